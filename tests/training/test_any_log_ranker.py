"""A ranker on a library without pictures and without times; it is shown, searched and served too."""

from __future__ import annotations

import shutil

import numpy as np
import polars as pl
import pytest

from umair.cli.main import main
from umair.encoders.vectors import set_active_vectors, write_vectors
from umair.errors import SearchError
from umair.features.schema import MODALITIES
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.service import cards, find, people, tiles
from umair.training.options import RankerOptions
from umair.training.ranker import train_ranker
from umair.training.serving import Recommender


@pytest.fixture
def bare_library(small_library: Library) -> Library:
    """The small library with its pictures and times taken away: labels and bookmarks are left."""
    none = {c: pl.lit(None).cast(pl.String if c in ("image", "sha256") else pl.Int32)
            for c in ("image", "sha256", "width_px", "height_px")}  # fmt: skip
    small_library.write_illustrations(small_library.illustrations().with_columns(**none, color=pl.lit(None)))
    log = small_library.interactions()
    for part in (small_library.path / "interactions").iterdir():
        part.unlink()
    small_library.append_interactions(log.with_columns(at=pl.lit(None, dtype=log.schema["at"])))
    ids = small_library.illustrations()["item_id"].to_list()
    words = np.pad(np.eye(3)[np.arange(len(ids)) % 3], ((0, 0), (0, 5)))
    words += 0.1 * np.random.default_rng(0).normal(size=words.shape)
    write_vectors(small_library.path, "label_text", "c" * 64, ids, words)
    set_active_vectors(small_library, "label_text", "c" * 64)
    return small_library


@pytest.mark.parametrize("instance", ["umair", "dcn_v2"])
def test_it_trains_and_serves_with_what_there_is(bare_library: Library, instance: str) -> None:
    options = RankerOptions(instance=instance, passes=1, batch_rows=64)
    run = RunFolder.create(bare_library.path, "ranker", options.to_config())
    run.set_state("running")
    train_ranker(bare_library, run, options)
    told = run.metrics()
    assert told["modalities"] == ["label_text", "metadata"] and "at random" in told["split"]
    scores = Recommender.load(bare_library, run.path).score([0, 3], user_id="u00")
    assert np.isfinite(scores.probability).all() and (scores.user_weights[1:3] == 0).all()


@pytest.mark.parametrize("instance", ["paper", "dcn"])
def test_pictures_without_a_single_label_are_enough(encoded_library: Library, instance: str) -> None:
    none = pl.lit([], dtype=pl.List(pl.String))
    encoded_library.write_illustrations(encoded_library.illustrations().with_columns(labels=none))
    for words in (encoded_library.path / "vectors").glob("label_text-*"):
        shutil.rmtree(words)
    options = RankerOptions(instance=instance, passes=1, batch_rows=64)
    run = RunFolder.create(encoded_library.path, "ranker", options.to_config())
    run.set_state("running")
    train_ranker(encoded_library, run, options)
    assert run.metrics()["modalities"] == ["semantic", "style", "metadata"]


def test_it_is_shown_and_searched_by_its_labels(bare_library: Library) -> None:
    shown = tiles.catalogue(bare_library).tiles
    assert len({t.key for t in shown}) == len(shown) and not any(t.drawn for t in shown)
    first = shown[0].item_id
    near = find.find(bare_library, find.Query(items=(first,)), 4).hits
    assert [tiles.catalogue(bare_library).row(h.tile.item_id) % 3 for h in near] == [0] * 4
    assert len(find.samples(bare_library)) == 6 and find.wishes(bare_library) == ()
    assert len(people.recommend(bare_library, "u00", n=5)) == 5
    assert people.person(bare_library, "u00").months == ()


def test_what_it_cannot_have_is_no_part_of_a_taste(bare_library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    person = people.person(bare_library, "u00")
    assert person.modalities == people.modalities(bare_library) == ("label_text", "metadata")
    assert list(person.weights) == list(MODALITIES) and sum(person.weights.values()) == pytest.approx(1)
    assert person.weights["style"] == person.weights["semantic"] == 0
    for command in ("weights", "recommend"):
        assert main([command, "u00", "--library", str(bare_library.path)]) == 0
        text = capsys.readouterr().out
        assert "words" in text and "painting style" not in text and "content" not in text
    with pytest.raises(SearchError, match="ranked by label_text, metadata"):
        people.recommend(bare_library, "u00", {"style": 1.0})
    half = people.recommend(bare_library, "u00", {"style": 0.5, "label_text": 0.5}, n=3)
    assert [r.weights["label_text"] for r in half] == pytest.approx([1.0] * 3)


def test_a_card_shows_what_strangers_wrote_as_text() -> None:
    drawn = cards.card("<script>x</script> & 海" + "長" * 200, ["<b>"], cards.color_of(["<b>"])).decode()
    assert "<script" not in drawn and "<b>" not in drawn and "&lt;b&gt;" in drawn and drawn.count("<text") == 7
