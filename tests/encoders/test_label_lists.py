"""Label lists to vectors: every weighting against a loop of its own, counts that are kept, fingerprints that tell."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from umair.encoders.label_lists import KEPT, SMOOTHING, WEIGHTINGS, Carriers, LabelLists
from umair.encoders.text import TextEncoder
from umair.encoders.vectors import set_active_vectors
from umair.encoders.words import SHIPPED, shipped_folder
from umair.errors import EncoderError
from umair.library.store import Library

LISTS = [["night", "雨"], ["night", "cat ears", "smile"], ["night"], [], ["smile", "smile", "night"]]

pytestmark = pytest.mark.skipif(not shipped_folder().is_dir(), reason="the shipped text encoder is not here")


@pytest.fixture(scope="module")
def words() -> TextEncoder:
    return TextEncoder.load(SHIPPED)


def _unit(x: np.ndarray) -> np.ndarray:
    return x / np.linalg.norm(x)


def _naive(weighting: str, own: list[str], words: TextEncoder) -> np.ndarray:
    """One list, label after label."""
    total = np.zeros(words.dimension)
    written = sum(len(set(x)) for x in LISTS)
    for label in dict.fromkeys(own):
        carriers = sum(label in x for x in LISTS)
        weight = {
            "mean": 1.0,
            "idf": math.log((1 + len(LISTS)) / (1 + carriers)) + 1,
            "smooth": SMOOTHING / (SMOOTHING + carriers / written),
        }[weighting]
        total += weight * words.encode([label])[0]
    return _unit(total)


@pytest.mark.parametrize("weighting", ["mean", "idf", "smooth"])
def test_a_weighting_is_what_a_loop_over_labels_makes(words: TextEncoder, weighting: str) -> None:
    rows = WEIGHTINGS[weighting](words, LISTS, Carriers.of(LISTS))
    for row, own in zip(rows, LISTS, strict=True):
        if own:
            np.testing.assert_allclose(row, _naive(weighting, own, words), atol=1e-5)
    assert not rows[3].any()


def test_joined_is_one_text_and_empty_lists_stay_empty(words: TextEncoder) -> None:
    rows = WEIGHTINGS["joined"](words, LISTS, Carriers.of(LISTS))
    np.testing.assert_allclose(rows[1], words.encode(["night cat ears smile"])[0], atol=1e-6)
    np.testing.assert_allclose(rows[4], words.encode(["smile night"])[0], atol=1e-6)
    assert not rows[3].any()


@pytest.mark.parametrize("weighting", list(WEIGHTINGS))
def test_a_row_depends_on_its_own_list_alone_and_not_on_repeats(words: TextEncoder, weighting: str) -> None:
    carriers = Carriers.of(LISTS)
    whole = WEIGHTINGS[weighting](words, LISTS, carriers)
    for n, own in enumerate(LISTS):
        np.testing.assert_allclose(WEIGHTINGS[weighting](words, [own], carriers)[0], whole[n], atol=1e-6)
    np.testing.assert_allclose(WEIGHTINGS[weighting](words, [LISTS[4] * 2], carriers)[0], whole[4], atol=1e-6)


def test_what_nobody_carries_weighs_most(words: TextEncoder) -> None:
    carriers = Carriers.of(LISTS)
    for weights in (carriers.rarity(["night", "雨", "never seen"]), carriers.smooth(["night", "雨", "never seen"])):
        assert weights["night"] < weights["雨"] < weights["never seen"]


def test_every_weighting_has_a_fingerprint_and_other_counts_another(words: TextEncoder) -> None:
    some, more = Carriers.of(LISTS), Carriers.of([*LISTS, ["night"]])
    prints = {name: LabelLists(words, name, some).fingerprint for name in WEIGHTINGS}
    assert len(set(prints.values())) == len(WEIGHTINGS)
    assert prints["mean"] == words.fingerprint  # vectors of before this choice existed
    changed = {name: LabelLists(words, name, more).fingerprint != prints[name] for name in WEIGHTINGS}
    assert changed == {"mean": False, "idf": True, "smooth": True, "joined": False}
    with pytest.raises(EncoderError, match="mean, idf"):
        LabelLists(words, "loudest", some)


def _labelled(path: Path, lists: list[list[str]]) -> Library:
    library = Library.create(path, "Labelled")
    _write(library, lists)
    return library


def _write(library: Library, lists: list[list[str]]) -> None:
    ids = [f"i{n}" for n in range(len(lists))]
    library.write_illustrations(pl.DataFrame({"item_id": ids, "labels": lists}))


def test_pictures_that_come_later_are_weighed_as_the_earlier_until_the_library_has_doubled(
    words: TextEncoder, tmp_path: Path
) -> None:
    library = _labelled(tmp_path / "lib", LISTS)
    first = LabelLists.of(library, words)
    first.keep(library.path)
    _write(library, [*LISTS, ["night"], ["rain"]])
    again = LabelLists.of(library, words)
    assert again.fingerprint == first.fingerprint == LabelLists.in_use(library, words).fingerprint
    assert again.carriers.counts["night"] == 4  # as counted first
    _write(library, LISTS * 3)
    grown = LabelLists.of(library, words)
    assert grown.carriers.counts["night"] == 12 and grown.fingerprint != first.fingerprint
    assert LabelLists.in_use(library, words).fingerprint == first.fingerprint  # until it is encoded


def test_a_library_keeps_the_way_it_was_encoded_unless_asked(words: TextEncoder, tmp_path: Path) -> None:
    library = _labelled(tmp_path / "lib", LISTS)
    assert LabelLists.of(library, words).weighting == "idf"
    set_active_vectors(library, "label_text", words.fingerprint)
    assert LabelLists.of(library, words).weighting == "mean"  # made before there was a choice
    assert LabelLists.of(library, words, "joined").weighting == "joined"
    LabelLists.of(library, words, "smooth").keep(library.path)
    assert LabelLists.of(library, words).weighting == LabelLists.in_use(library, words).weighting == "smooth"
    (library.path / "vectors" / KEPT).write_text('{"weighting": "smooth"}', encoding="utf-8")
    with pytest.raises(EncoderError, match="encode again"):
        LabelLists.of(library, words)
