"""The text model of a library: chosen, opened, gone, and never mixed with the vectors of another one."""

from __future__ import annotations

import shutil
from pathlib import Path

import huggingface_hub.constants as hub
import numpy as np
import pytest

from umair.encoders.label_lists import LabelLists
from umair.encoders.text_choice import open_here
from umair.encoders.vectors import active_fingerprint, read_vectors, set_active_vectors, write_vectors
from umair.encoders.words import shipped_folder
from umair.errors import EncoderError, HubUnavailable, RunError
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.service import library as page
from umair.service import suggest, text_model, train
from umair.service.spaces import label_vectors, words

pytestmark = pytest.mark.skipif(not shipped_folder().is_dir(), reason="the shipped text model is not here")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another model than ours, in a folder: ours with one file of its list of modules written otherwise."""
    folder = tmp_path / "other"
    shutil.copytree(shipped_folder(), folder)
    file = folder / "modules.json"
    file.write_text(file.read_text() + "\n")
    return folder


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(hub, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(hub, "HF_HUB_CACHE", str(tmp_path / "hub"))


def encode_labels(lib: Library) -> None:
    """What an encoding does for labels."""
    lists = LabelLists.of(lib, text_model.in_use(lib).encoder)
    frame = lib.illustrations()
    rows = lists.encode([own or [] for own in frame["labels"].to_list()])
    write_vectors(lib.path, "label_text", lists.fingerprint, frame["item_id"].to_list(), rows)
    lists.keep(lib.path)
    set_active_vectors(lib, "label_text", lists.fingerprint)


def test_what_is_told_before_and_after_encoding(small_library: Library) -> None:
    before = text_model.about(small_library)
    assert (before.kind, before.name, before.trouble, before.made_at, before.current) == (
        *("shipped", "shipped", "", None),
        False,
    )
    assert before.fingerprint == open_here("shipped").fingerprint and before.illustrations == 24
    assert text_model.notice(small_library) == ""  # nothing is encoded: the pages say that themselves
    encode_labels(small_library)
    after = text_model.about(small_library)
    assert after.current and after.encoded == 24 and after.made_at is not None
    assert text_model.notice(small_library) == "" and len(after.made_by) == 64


def test_another_model_reads_words_at_once_and_the_labels_are_to_be_encoded_again(
    small_library: Library, other: Path
) -> None:
    encode_labels(small_library)
    made_by = active_fingerprint(small_library.path, "label_text")
    told = text_model.choose(small_library, str(other))
    assert "Encode the pictures again" in told and str(other) in told
    assert words(small_library).fingerprint == open_here(str(other)).fingerprint != open_here("shipped").fingerprint
    assert "encoded again" in text_model.notice(small_library)
    assert [line.action for line in page.health(small_library) if "text model" in line.text] == ["encode"]
    assert active_fingerprint(small_library.path, "label_text") == made_by  # nothing was mixed or lost
    kept = read_vectors(small_library, "label_text")
    suggest.accept(small_library, [suggest.Suggestion("p00", "moonlight", 1.0)])
    np.testing.assert_array_equal(read_vectors(small_library, "label_text").matrix, kept.matrix)
    encode_labels(small_library)
    assert text_model.notice(small_library) == "" and text_model.about(small_library).kind == "folder"
    assert text_model.choose(small_library, "shipped").startswith("Our own") and text_model.notice(small_library)


def test_a_folder_that_is_gone_is_told_and_ours_reads_meanwhile(small_library: Library, other: Path) -> None:
    text_model.choose(small_library, str(other))
    encode_labels(small_library)
    shutil.rmtree(other)
    used = text_model.in_use(small_library)
    assert str(other) in used.trouble and "--text-model shipped" in used.trouble
    assert used.encoder.fingerprint == open_here("shipped").fingerprint
    assert label_vectors(small_library).vectors.shape[1] == used.encoder.dimension  # search goes on
    assert text_model.notice(small_library).endswith(text_model.MEANWHILE)
    assert [line.action for line in page.health(small_library) if str(other) in line.text] == ["words"]
    shutil.copytree(shipped_folder(), other)  # it comes back, and is seen without a restart
    assert text_model.in_use(small_library).trouble == ""


def test_what_cannot_be_opened_is_not_chosen(small_library: Library, tmp_path: Path) -> None:
    with pytest.raises(HubUnavailable, match=r"HF_HUB_OFFLINE.*save\('text-model'\)"):
        text_model.choose(small_library, "someone/no-such-model")
    with pytest.raises(EncoderError, match="no folder at"):
        text_model.choose(small_library, str(tmp_path / "gone"))
    with pytest.raises(EncoderError, match="was named"):
        text_model.choose(small_library, "  ")
    assert small_library.info.encoders == {} and text_model.in_use(small_library).chosen == "shipped"


def test_a_hub_model_that_was_chosen_elsewhere_is_not_fetched_by_a_page(small_library: Library) -> None:
    small_library.set_encoder("text", "someone/no-such-model")
    told = text_model.about(small_library)
    assert told.kind == "hub" and "not on this machine" in told.trouble and "save('text-model')" in told.trouble
    assert text_model.in_use(small_library).encoder.dimension == open_here("shipped").dimension


def test_a_training_becomes_the_model_that_reads_words(small_library: Library, other: Path) -> None:
    run = RunFolder.create(small_library.path, "text", {})
    run.set_state("done")
    with pytest.raises(EncoderError, match="no folder at"):
        train.use(small_library, run.id)
    shutil.copytree(other, run.path / "model")
    small_library.set_encoder("text", str(other))
    assert text_model.runs(small_library) == (run.id,)
    assert "Encode again" in text_model.choose(small_library, run.id)
    told = text_model.about(small_library)
    assert (told.kind, told.name, told.trouble) == ("run", run.id, "")
    assert next(c.active for c in train.cards(small_library) if c.kind == "text") == run.id
    with pytest.raises(RunError, match="is the active"):
        train.delete(small_library, run.id)
    train.use(small_library, "shipped-text")
    assert text_model.about(small_library).kind == "shipped"
    text_model.choose(small_library, str(other))
    assert next(c.active for c in train.cards(small_library) if c.kind == "text") == str(other)


def test_a_run_that_is_gone_leaves_the_page_alive(small_library: Library) -> None:
    small_library.set_active("text", "text-of-yesterday")
    told = text_model.about(small_library)
    assert told.kind == "run" and "text-of-yesterday" in told.trouble and told.dimension > 0
