"""Training the style network: batches are hands, and a stopped training goes on to the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import polars as pl
import pytest
import torch
from safetensors.numpy import load_file

from umair.encoders.style.convolution import load_network
from umair.encoders.style.convolution_training import NetworkOptions, PictureTable, train_network
from umair.encoders.style.hand_batches import PER_HAND, Pool, batch, shaken
from umair.encoders.style.hand_pictures import (
    HandPictures,
    filter_pictures,
    library_pictures,
    painted_pictures,
    table_pictures,
)
from umair.errors import TrainingError
from umair.library.store import Library

TINY = NetworkOptions(steps=4, painters=5, painter_pictures=5, painters_without=(1, 2), painters_a_batch=3, filters=0)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def flat(hands: int, each: int, contents: bool = True) -> HandPictures:
    """Hand h paints content c in the one colour (h, c, 0)."""
    pictures = [np.full((96, 96, 3), (40 * h, 10 * c, 0), np.uint8) for h in range(hands) for c in range(each)]
    content = [f"thing {c}" if contents else "" for _ in range(hands) for c in range(each)]
    return HandPictures(pictures, np.repeat([f"hand {h}" for h in range(hands)], each), np.array(content))


def noise_by_painters(file: Path) -> None:
    """As if painters 0 to 4 had painted: noise of a coarseness of each."""
    chance = np.random.default_rng(2)
    coarse = [chance.integers(0, 256, (5, 12 * (h + 1), 12 * (h + 1), 3), dtype=np.uint8) for h in range(5)]
    pictures = [cv2.resize(p, (128, 128), interpolation=cv2.INTER_NEAREST) for own in coarse for p in own]
    file.parent.mkdir()
    np.savez(file, pictures=np.stack(pictures), hand=np.repeat(np.arange(5), 5))


def never(phase: str, done: int, of: int, loss: float) -> bool:
    return False


def test_a_batch_is_four_squares_by_each_hand_and_the_same_for_the_same_chance() -> None:
    pools = [Pool.of(flat(4, 7), 3), Pool.of(flat(2, 5, contents=False), 2)]
    squares, group = batch(pools, np.random.default_rng(1))
    assert squares.shape == (20, 96, 96, 3) and squares.dtype == np.uint8
    assert group.tolist() == np.repeat(range(5), PER_HAND).tolist()
    np.testing.assert_array_equal(squares, batch(pools, np.random.default_rng(1))[0])
    assert (squares != batch(pools, np.random.default_rng(2))[0]).any()


def test_pictures_of_a_group_are_by_one_hand_and_often_of_the_same_contents() -> None:
    pool, same = Pool.of(flat(5, 9), 3), 0
    for seed in range(20):
        drawn = pool.drawn(np.random.default_rng(seed))
        assert all(len({int(p[0, 0, 0]) for p in group}) == 1 for group in drawn)
        assert len({int(group[0][0, 0, 0]) for group in drawn}) == 3
        assert all(len({int(p[0, 0, 1]) for p in group}) == PER_HAND for group in drawn)
        same += len({tuple(int(p[0, 0, 1]) for p in group) for group in drawn}) == 1
    assert 4 < same < 17
    assert not Pool.of(flat(3, 3), 2).hands  # too few pictures of each


def test_colours_are_shaken_for_a_whole_hand_for_each_picture_or_not_at_all() -> None:
    same = [np.full((100, 100, 3), (200, 90, 30), np.uint8)] * PER_HAND
    seen = [shaken(same, np.random.default_rng(seed))[:, 50, 50] for seed in range(60)]
    kept = sum(bool((s == (200, 90, 30)).all()) for s in seen)
    each = sum(len({tuple(row) for row in s.tolist()}) > 1 for s in seen)
    assert 15 < kept < 40 and 8 < each < 30 and kept + each < 55


def test_the_same_painters_are_painted_once_and_named_by_number(tmp_path: Path) -> None:
    file = tmp_path / "painters.npz"
    assert painted_pictures([3, 8], 1, file, lambda done, of: True) is None and not file.exists()
    first = painted_pictures([3, 8], 1, file, lambda done, of: False)
    stamp = file.stat().st_mtime_ns
    again = painted_pictures([8], 1, file, lambda done, of: False)
    assert first is not None and again is not None
    assert first.hand.tolist() == ["painter 3", "painter 8"] and file.stat().st_mtime_ns == stamp
    assert again.hand.tolist() == ["painter 8"]
    np.testing.assert_array_equal(again.pictures[0], first.pictures[1])
    more = painted_pictures([8, 9], 1, file, lambda done, of: False)
    assert more is not None and more.hand.tolist() == ["painter 8", "painter 9"]  # a file that lacks one is made anew


def test_hands_kept_out_of_a_library_are_not_read(small_library: Library) -> None:
    frame = small_library.illustrations()
    artists = sorted(frame["artist_id"].drop_nulls().unique().to_list())
    assert set(library_pictures(small_library, ()).hand.tolist()) <= set(artists)
    assert artists[0] not in library_pictures(small_library, artists[:1]).hand


def test_filter_hands_need_eight_pictures(painted: list[np.ndarray]) -> None:
    found = filter_pictures([painted[:9], painted[:3]], 3, 5)
    assert set(found.hand.tolist()) == {"filter 0", "filter 1", "filter 2"} and found.pictures[0].shape == (128, 128, 3)
    assert len(filter_pictures([painted[:3]], 3, 5)) == 0


def test_a_stopped_training_goes_on_to_the_same_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("umair.encoders.style.convolution_training.EVERY", 2)
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    for folder in (whole, parts):
        noise_by_painters(folder / "painters.npz")
    losses: list[float] = []

    def watch(phase: str, done: int, of: int, loss: float) -> bool:
        losses.append(loss)
        return False

    assert train_network(whole, [], TINY, None, watch)
    assert not train_network(parts, [], TINY, None, lambda phase, done, of, loss: done == 2)
    assert not (parts / "network.safetensors").exists()
    assert train_network(parts, [], TINY, None, never)
    one, other = load_file(whole / "network.safetensors"), load_file(parts / "network.safetensors")
    assert all((one[name] == other[name]).all() for name in one)
    assert losses[-1] > 0 and load_network(parts, 0.3).share == 0.3
    assert not list(parts.glob("*checkpoint*"))


def test_nothing_to_tell_apart_is_said(tmp_path: Path) -> None:
    nothing = NetworkOptions(steps=1, painters=0, filters=0)
    with pytest.raises(TrainingError, match="Add tables or painters"):
        train_network(tmp_path, [], nothing, None, never)
    with pytest.raises(TrainingError, match="not a readable Parquet"):
        train_network(tmp_path, [PictureTable(tmp_path / "none.parquet")], nothing, None, never)


def test_a_table_gives_the_rows_of_one_kind_and_leaves_out_what_is_no_picture(tmp_path: Path) -> None:
    ok, png = cv2.imencode(".png", np.full((300, 150, 3), 90, np.uint8))
    kept = [png.tobytes(), png.tobytes(), b"no picture"]
    frame = pl.DataFrame({"image": kept, "hand": ["ann", "bob", "ann"], "kind": ["icon", "drawing", "icon"]})
    frame.write_parquet(tmp_path / "table.parquet")
    both, icons = table_pictures(tmp_path / "table.parquet"), table_pictures(tmp_path / "table.parquet", "icon")
    assert ok and both.hand.tolist() == ["ann", "bob"] and icons.hand.tolist() == ["ann"]
    assert both.pictures[0].shape == (256, 128, 3) and both.content.tolist() == ["", ""]
    frame.drop("kind").write_parquet(tmp_path / "other.parquet")
    with pytest.raises(TrainingError, match="needs the columns hand and image and kind"):
        table_pictures(tmp_path / "other.parquet", "icon")
