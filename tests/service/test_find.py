"""Find: the slider's ends are the two spaces, composed queries take each from its own picture, words filter."""

from __future__ import annotations

import io

import numpy as np
import polars as pl
import pytest
from PIL import Image

from umair.encoders import encode as encode_module
from umair.encoders.style.axes import Direction
from umair.errors import EncoderError, ImageError, SearchError
from umair.library.store import Library
from umair.service import find as find_module
from umair.service.find import Query, find, neighbours, samples, style_words, upload, wishes
from umair.service.spaces import style_space
from umair.service.tiles import catalogue


def _hand(item: str) -> int:
    return int(item[1:]) // 3 % 4


def _subject(item: str) -> int:
    return int(item[1:]) % 3


def test_the_style_end_of_the_slider_finds_the_same_hand(encoded_library: Library) -> None:
    found = find(encoded_library, Query(items=("p00",), mix=0.0), n=5)
    assert {_hand(h.tile.item_id) for h in found.hits} == {0}


def test_the_content_end_finds_the_same_subject(encoded_library: Library) -> None:
    found = find(encoded_library, Query(items=("p00",), mix=1.0), n=7)
    assert {_subject(h.tile.item_id) for h in found.hits} == {0}
    assert [h.content_rank for h in found.hits] == sorted(h.content_rank for h in found.hits)


def test_composed_finds_what_one_shows_painted_like_the_other(encoded_library: Library) -> None:
    found = find(encoded_library, Query(items=("p00",), painted_like="p04", mix=0.5), n=1)
    best = found.hits[0].tile.item_id
    assert _subject(best) == _subject("p00")
    assert _hand(best) == _hand("p04")


def test_the_query_itself_is_never_a_result(encoded_library: Library) -> None:
    found = find(encoded_library, Query(items=("p00", "p05"), painted_like="p07", mix=0.5), n=99)
    assert not {"p00", "p05", "p07"} & {h.tile.item_id for h in found.hits}
    assert len(found.hits) == 21


def test_the_chance_of_the_same_hand_is_a_probability_and_higher_for_the_same_hand(encoded_library: Library) -> None:
    found = find(encoded_library, Query(items=("p00",), mix=0.0), n=99)
    chance = np.array([h.same_hand for h in found.hits])
    same = np.array([_hand(h.tile.item_id) == 0 for h in found.hits])
    assert ((chance >= 0) & (chance <= 1)).all()
    assert chance[same].min() > chance[~same].max()
    assert 0 < found.threshold < 1


def test_words_must_and_must_not_be_there(encoded_library: Library) -> None:
    must = find(encoded_library, Query(items=("p00",), mix=0.0, must="mountain"), n=99)
    assert {_subject(h.tile.item_id) for h in must.hits} == {2}
    without = find(encoded_library, Query(items=("p00",), mix=0.0, must_not="mountain, window"), n=99)
    assert {_subject(h.tile.item_id) for h in without.hits} == {0}


def test_hits_say_which_labels_both_have(encoded_library: Library) -> None:
    hit = find(encoded_library, Query(items=("p01",), mix=1.0), n=1).hits[0]
    assert set(hit.shared) >= {"window"}


def test_a_query_of_nothing_says_what_is_wanted(encoded_library: Library) -> None:
    with pytest.raises(SearchError, match="Give a picture"):
        find(encoded_library, Query())


def test_a_library_without_vectors_says_how_to_make_them(small_library: Library) -> None:
    with pytest.raises(SearchError, match="Encode now"):
        find(small_library, Query(items=("p00",)))


def test_an_upload_is_encoded_once_and_never_written(encoded_library: Library, monkeypatch) -> None:
    calls = []

    def encode(picture: Image.Image, lib: Library) -> dict[str, np.ndarray]:
        calls.append(picture.size)
        return {"style": np.eye(8, dtype=np.float32)[2], "semantic": np.eye(8, dtype=np.float32)[1]}

    monkeypatch.setattr(encode_module, "encode_one", encode)
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "#aa3355").save(out, "PNG")
    before = sorted(p.name for p in encoded_library.path.rglob("*"))
    sent = upload(encoded_library, out.getvalue(), "mine.png")
    assert upload(encoded_library, out.getvalue(), "again.png").key == sent.key
    assert calls == [(80, 60)]
    found = find(encoded_library, Query(uploads=(sent,), mix=0.0), n=3)
    assert {_hand(h.tile.item_id) for h in found.hits} == {2}
    assert sorted(p.name for p in encoded_library.path.rglob("*")) == before


def test_a_file_that_is_no_picture_is_refused(encoded_library: Library) -> None:
    with pytest.raises(ImageError):
        upload(encoded_library, b"<html>", "page.png")


def test_neighbours_in_each_space(encoded_library: Library) -> None:
    for space, knows in (("style", _hand), ("semantic", _subject), ("label_text", _subject)):
        found = neighbours(encoded_library, "p05", space, n=4)
        assert {knows(h.tile.item_id) for h in found} == {knows("p05")}


def test_samples_are_by_different_hands(encoded_library: Library) -> None:
    assert sorted(_hand(t.item_id) for t in samples(encoded_library, n=4)) == [0, 1, 2, 3]


def test_style_in_words_is_a_sentence_with_numbers(encoded_library: Library) -> None:
    told = style_words(encoded_library, "p02")
    assert told.sentence.endswith(".")
    assert told.axes


def test_a_wish_moves_the_search_to_another_hand_and_the_chance_stays_that_of_the_first(
    encoded_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = style_space(encoded_library)
    rows = {item: catalogue(encoded_library).row(item) for item in ("p00", "p04")}
    way = space.vectors[rows["p04"]] - space.vectors[rows["p00"]]
    axis = Direction("grain", 0.9, 2.0, tuple((way / np.linalg.norm(way)).tolist()))
    monkeypatch.setattr(find_module, "directions", lambda lib: (axis,))
    plain, moved = (find(encoded_library, Query(items=("p00",), mix=0.0, steer=s), n=5) for s in ((), ("grainier",)))
    assert {_hand(h.tile.item_id) for h in plain.hits} == {0}
    assert {_hand(h.tile.item_id) for h in moved.hits} == {_hand("p04")}
    told = {h.tile.item_id: h.same_hand for h in find(encoded_library, Query(items=("p00",), mix=0.0)).hits}
    assert all(told[h.tile.item_id] == h.same_hand for h in moved.hits)


def test_vectors_of_another_width_have_no_directions(encoded_library: Library) -> None:
    assert wishes(encoded_library) == ()
    with pytest.raises(EncoderError, match="no named directions"):
        find(encoded_library, Query(items=("p00",), steer=("grainier",)))


def test_labels_that_both_have_may_be_written_differently(encoded_library: Library) -> None:
    names = pl.DataFrame(
        {"concept": ["w", "w"], "lang": ["en", "ja"], "text": ["window", "窓"], "is_main": [True, True]}
    )
    names.write_parquet(encoded_library.path / "glossary.parquet")
    frame = encoded_library.illustrations()
    own = [["窓"] if item == "p01" else labels for item, labels in frame.select("item_id", "labels").iter_rows()]
    encoded_library.write_illustrations(frame.with_columns(labels=pl.Series(own, dtype=pl.List(pl.String))))
    hit = find(Library.open(encoded_library.path), Query(items=("p01",), mix=1.0), n=1).hits[0]
    assert hit.shared == ("window",)
