# Two commands do everything: `make app` opens the app, `make test` checks it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEVELOPMENT := $(VENV)/.development

.PHONY: app test check screenshots demo benchmarks clean

app: $(INSTALLED)  ## the app on a ready library, at http://localhost:8501
	$(BIN)/streamlit run app.py

test: $(DEVELOPMENT)  ## all tests, the browser's included; no network, no GPU
	scripts/browser
	$(BIN)/python -m pytest

check: $(DEVELOPMENT)  ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy umair app.py pages

screenshots: $(DEVELOPMENT)  ## docs/screenshots: each page, light, dark and phone
	scripts/browser
	$(BIN)/python scripts/screenshots.py

demo: $(DEVELOPMENT)  ## draw the demo library anew (the same bytes every time)
	$(BIN)/python -m umair demo build

benchmarks: $(DEVELOPMENT)  ## how fast the app answers, in a browser
	scripts/browser
	$(BIN)/python benchmarks/app_speed.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --disable-pip-version-check -q -r requirements.txt
	touch $@

$(DEVELOPMENT): requirements-dev.txt $(INSTALLED)
	$(BIN)/pip install --disable-pip-version-check -q -r requirements-dev.txt
	touch $@

clean:  ## remove the environment
	rm -rf $(VENV)
