"""The house keeps its order: lower layers never import higher ones, and light pages stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = (
    "errors",
    "settings",
    "library",
    "demo",
    "encoders",
    "features",
    "models",
    "training",
    "retrieval",
    "experiments",
    "service",
    "jobs",
    "cli",
    "api",
    "ui",
)
PLACE = {name: n for n, name in enumerate(LAYERS)}
OUTSIDE = {
    "paper",
    "__main__",
    "__init__",
}  # the map of the paper names everything; __main__ starts the command line
HEAVY = ("torch", "umap", "sentence_transformers", "sklearn", "timm", "datasets", "plotly")


def _sources() -> list[Path]:
    return sorted((ROOT / "umair").rglob("*.py"))


def _layer(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "umair" and len(parts) > 1 else None


def _imports(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module] + [f"{node.module}.{a.name}" for a in node.names if node.module == "umair"]
        elif isinstance(node, ast.Import):
            found += [a.name for a in node.names]
    return found


@pytest.mark.parametrize("file", _sources(), ids=lambda f: str(f.relative_to(ROOT)))
def test_a_module_imports_only_its_own_layer_and_those_below(file: Path) -> None:
    own = file.relative_to(ROOT).with_suffix("").parts[1]
    if own in OUTSIDE:
        pytest.skip("stands beside the layers")
    layers = {_layer(m) for m in _imports(ast.parse(file.read_text(encoding="utf-8")))} - {None, *OUTSIDE}
    assert {name for name in layers if PLACE[name] > PLACE[own]} == set()


@pytest.mark.parametrize("file", _sources(), ids=lambda f: str(f.relative_to(ROOT)))
def test_streamlit_lives_in_the_user_interface_alone(file: Path) -> None:
    names = {m.split(".")[0] for m in _imports(ast.parse(file.read_text(encoding="utf-8")))}
    assert "streamlit" not in names or file.relative_to(ROOT).parts[1] == "ui"


@pytest.mark.parametrize("module", ["umair.service.browse", "umair.library.store", "umair.encoders.words"])
def test_browsing_pays_for_no_import_that_it_does_not_use(module: str) -> None:
    program = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert answer.stdout.strip() == "[]"


def test_nothing_is_ever_unpickled() -> None:
    calls = []
    for file in _sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            unsafe = name in {"pickle.load", "pickle.loads", "joblib.load", "eval", "exec"}
            weights_only = isinstance(node, ast.Call) and any(
                k.arg == "weights_only" and getattr(k.value, "value", None) is True for k in node.keywords
            )
            if unsafe or (name == "torch.load" and not weights_only):
                calls.append(f"{file.relative_to(ROOT)}:{node.lineno} {name}")
    assert calls == []
