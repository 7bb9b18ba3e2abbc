"""Vectors brought to one scale and decorrelated; metadata as of a time; columns on disk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from umair.features.catalogue import Catalogue
from umair.features.columns import Columns
from umair.features.decorrelate import prepare
from umair.features.events import Events
from umair.features.metadata import Metadata, by_column
from umair.library.store import Library


def _spaces(seed: int = 0) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(400, 6))
    style = common + 0.7 * rng.normal(size=(400, 6))
    semantic = common + 0.7 * rng.normal(size=(400, 6))
    spaces = {"semantic": semantic.astype(np.float32), "style": (50 * style + 9).astype(np.float32)}
    return spaces, {name: np.ones(400, bool) for name in spaces}


def test_each_modality_is_centred_with_mean_square_one() -> None:
    prepared = prepare(*_spaces(), metadata=None)
    for x in prepared.items.values():
        np.testing.assert_allclose(x.mean(0), 0, atol=1e-4)
        assert abs(float((x**2).mean()) - 1) < 1e-4


def test_interest_vectors_are_freed_of_what_the_spaces_have_in_common() -> None:
    prepared = prepare(*_spaces(), metadata=None)
    y = prepared.interests(prepared.items)

    def shared(a: np.ndarray, b: np.ndarray) -> float:
        return float(np.abs(np.corrcoef(a.T, b.T)[:6, 6:]).max())

    before = shared(prepared.items["style"], prepared.items["semantic"])
    assert shared(y["style"], prepared.items["semantic"]) < 0.75 * before
    assert shared(y["style"], prepared.items["style"]) > 0.6


def test_decorrelation_is_the_formula() -> None:
    prepared = prepare(*_spaces(), metadata=None)
    x = np.concatenate(list(prepared.items.values()), axis=1).astype(np.float64)
    s = np.cov(x, rowvar=False, bias=True)
    blocks = np.zeros_like(s)
    for cut in (slice(0, 6), slice(6, 12)):
        value, vector = np.linalg.eigh(s[cut, cut])
        blocks[cut, cut] = vector @ np.diag(np.sqrt(value)) @ vector.T
    y = np.array([blocks @ np.linalg.inv(s + 0.3 * np.eye(12)) @ row for row in x])
    y /= np.sqrt((y**2).mean())
    np.testing.assert_allclose(np.concatenate(list(prepared.interests(prepared.items).values()), 1), y, atol=1e-3)


def test_another_library_is_seen_through_the_same_axes() -> None:
    spaces, present = _spaces()
    first = prepare(spaces, present, None, width=3)
    again = prepare({k: v + 4 for k, v in spaces.items()}, present, None, bases=first.bases)
    np.testing.assert_allclose(again.items["style"], first.items["style"], atol=1e-3)


def test_metadata_knows_nothing_of_its_own_time_or_later(small_library: Library) -> None:
    events = Events.of(small_library)
    catalogue = Catalogue.as_far_as_encoded(small_library, events)
    late = int(datetime(2025, 5, 1, tzinfo=UTC).timestamp()) * 1_000_000
    log = small_library.interactions()
    whole = Metadata(catalogue, events, log)
    early_events = Events.from_frame(log.filter(log["at"].dt.epoch("us") < late), catalogue.frame["item_id"])
    cut = Metadata(catalogue, early_events, log)
    every = np.arange(len(catalogue))
    assert all(
        (a == b).all()
        for a, b in zip(
            whole.counts(every, np.full(len(every), late)),
            cut.counts(every, np.full(len(every), late)),
            strict=True,
        )
    )
    popularity = by_column(whole.at(every, np.full(len(every), late)), "bookmarks")
    naive = [int((early_events.item == i).sum()) for i in every]
    assert np.corrcoef(popularity, np.log1p(naive))[0, 1] > 0.999


def test_columns_come_back_whole_and_groups_stay_together(tmp_path: Path) -> None:
    rows = {"item": np.arange(54, dtype=np.int32), "label": np.tile([1.0, 0, 0], 18).astype(np.float32)}
    columns = Columns.write(tmp_path / "c", rows, group=3, seed=1)
    got = np.concatenate([b["item"] for b in columns.shuffled(9, seed=2)])
    assert sorted(got.tolist()) == list(range(54)) and got.tolist() != list(range(54))
    assert all((group == group[0] + np.arange(3)).all() and group[0] % 3 == 0 for group in got.reshape(-1, 3))
    skipped = np.concatenate([b["item"] for b in Columns(tmp_path / "c", 3).shuffled(9, seed=2, skip=2)])
    assert skipped.tolist() == got[18:].tolist()
    assert columns.block(0, 3)["item"].dtype == np.int32
