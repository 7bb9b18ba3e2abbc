"""Which text model a library uses; models of each kind from folders and a hub's cache; what is said where one lacks."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import huggingface_hub.constants as hub
import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from tiny_hub import put_in_cache, tiny_static, tiny_transformer

from umair.encoders import text_training
from umair.encoders.text_choice import (
    RUN_MODEL,
    chosen_text,
    fetch_and_open,
    is_hub_name,
    named,
    on_this_machine,
    open_here,
)
from umair.encoders.text_hub import SentenceWords
from umair.encoders.words import unit_rows
from umair.errors import EncoderError, HubUnavailable
from umair.library.store import Library
from umair.settings import Settings

NAME = "someone/tiny-words"
TEXTS = ["night rain", "夜の雨", "cat", "猫", "zzz"]


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_transformer(tmp_path_factory.mktemp("transformer") / "model")


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_static(tmp_path_factory.mktemp("static") / "model")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty hub's cache, and no network."""
    monkeypatch.setattr(hub, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(hub, "HF_HUB_CACHE", str(tmp_path / "hub"))
    yield tmp_path / "hub"


def test_a_run_goes_before_the_library_and_that_before_the_person(small_library: Library) -> None:
    own = Settings(text_encoder="/the/person")
    assert chosen_text(None, own) == "/the/person" and chosen_text(small_library, own) == "/the/person"
    small_library.set_encoder("text", NAME)
    assert chosen_text(small_library, own) == NAME
    small_library.set_active("text", "text-1")
    assert chosen_text(small_library, own) == str(small_library.path / "runs" / "text-1" / "model")
    small_library.set_encoder("text", "shipped")
    assert chosen_text(small_library, own) == "shipped" and small_library.info.active == {}
    small_library.rename("Another")
    assert chosen_text(Library.open(small_library.path), own) == "shipped"
    assert text_training.MODEL == RUN_MODEL


def test_names_of_folders_and_of_hubs_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    assert named(" mine ") == str(tmp_path / "mine") and named("shipped") == "shipped" and named(NAME) == NAME
    assert [is_hub_name(n) for n in (NAME, "LaBSE", "mine", "shipped", "/a/b", "a/b/c", "../x", "a b", "")] == [
        *(True, True),
        *[False] * 7,
    ]


@pytest.mark.parametrize("kind", ["transformer", "static"])
def test_a_folder_of_either_kind_gives_what_sentence_transformers_gives(
    kind: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(kind)
    encoder = open_here(str(folder))
    theirs = SentenceTransformer(str(folder), device="cpu").encode(TEXTS)
    np.testing.assert_allclose(encoder.encode(TEXTS), unit_rows(theirs), atol=1e-5)
    assert encoder.dimension == 32 and len(encoder.fingerprint) == 64
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(encoder.encode(TEXTS), alone, atol=1e-5)


def test_the_fingerprint_follows_weights_and_pooling_and_not_the_place(transformer: Path, tmp_path: Path) -> None:
    own = SentenceWords.load(str(transformer)).fingerprint
    SentenceTransformer(str(transformer), device="cpu").save(str(tmp_path / "again"))
    assert SentenceWords.load(str(tmp_path / "again")).fingerprint == own
    for n, other in enumerate(({"seed": 1}, {"pooling": "cls"})):
        folder = tiny_transformer(tmp_path / f"other-{n}", **other)  # type: ignore[arg-type]
        assert SentenceWords.load(str(folder)).fingerprint != own


@pytest.mark.parametrize("kind", ["transformer", "static"])
def test_a_model_fetched_before_is_opened_without_a_network(
    kind: str, request: pytest.FixtureRequest, cache: Path
) -> None:
    folder: Path = request.getfixturevalue(kind)
    snapshot = put_in_cache(cache, NAME, folder)
    assert on_this_machine(NAME) == snapshot
    by_name, by_folder = open_here(NAME), open_here(str(folder))
    np.testing.assert_array_equal(by_name.encode(TEXTS), by_folder.encode(TEXTS))
    assert by_name.fingerprint == by_folder.fingerprint == fetch_and_open(NAME).fingerprint


def test_offline_the_error_says_what_to_run_and_where(cache: Path) -> None:
    for opened in (open_here, fetch_and_open):
        with pytest.raises(HubUnavailable) as caught:
            opened(NAME)
        said = str(caught.value)
        assert f"S('{NAME}').save('text-model')" in said and "--text-model text-model" in said and NAME in said
    assert "HF_HUB_OFFLINE is set" in said


def test_a_hub_that_does_not_answer_is_not_waited_for(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(hub, "ENDPOINT", "http://127.0.0.1:9")
    begun = time.monotonic()
    with pytest.raises(HubUnavailable, match=r"127.0.0.1:9 does not answer.*bring the folder"):
        fetch_and_open(NAME)
    assert time.monotonic() - begun < 10  # the hub's own client tries for more than a minute


def test_a_folder_that_is_gone_or_damaged_is_told(transformer: Path, tmp_path: Path, cache: Path) -> None:
    with pytest.raises(EncoderError, match=r"no folder at /gone/away.*--text-model FOLDER.*--text-model shipped"):
        open_here("/gone/away")
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderError, match=r"empty holds no SentenceTransformer.*modules\.json"):
        open_here(str(tmp_path / "empty"))
    snapshot = put_in_cache(cache, NAME, transformer)
    (snapshot / "model.safetensors").write_bytes(b"half")
    with pytest.raises(EncoderError, match="can be opened"):
        open_here(NAME)


def test_code_in_a_folder_is_never_run(transformer: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stranger"
    shutil.copytree(transformer, folder)
    (folder / "own.py").write_text(f"open({str(tmp_path / 'was-run')!r}, 'w')\nclass Own: pass\n")
    modules = json.loads((folder / "modules.json").read_text())
    modules.append({"idx": 2, "name": "2", "path": "", "type": "own.Own"})
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(EncoderError, match="can be opened"):
        open_here(str(folder))
    assert not (tmp_path / "was-run").exists()


def test_a_name_that_can_be_neither_is_refused_before_any_network() -> None:
    with pytest.raises(EncoderError, match="neither a folder here nor"):
        SentenceWords.load("'); import os #")


def test_the_person_may_choose_for_all_libraries(transformer: Path) -> None:
    chosen = replace(Settings(), text_encoder=str(transformer))
    assert open_here(chosen_text(None, chosen)).dimension == 32
