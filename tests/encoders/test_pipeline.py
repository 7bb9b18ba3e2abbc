"""Lanes: results in order, no more begun than was said, errors and stops end all."""

from __future__ import annotations

import threading
import time

import pytest
import torch

from umair.encoders.pipeline import Lanes, batches, in_order

TWO = Lanes(lanes=2, threads=1, batch=3)


def test_results_keep_their_order_whoever_is_done_first() -> None:
    def slow_first(n: int) -> int:
        time.sleep(0.02 if n % 2 == 0 else 0)
        return n * n

    assert list(in_order(range(9), slow_first, TWO)) == [n * n for n in range(9)]


def test_two_are_in_work_at_once_and_no_more_than_four_are_ahead() -> None:
    both = threading.Barrier(2, timeout=5)
    taken: list[int] = []

    def given() -> object:
        for n in range(12):
            taken.append(n)
            yield n

    def work(n: int) -> int:
        if n < 2:
            both.wait()  # breaks unless the other lane is at work too
        return n

    for count, _ in enumerate(in_order(given(), work, TWO), start=1):
        assert len(taken) <= count + 3


def test_each_lane_has_its_own_share_of_threads_and_they_are_given_back() -> None:
    before = torch.get_num_threads()
    assert set(in_order(range(4), lambda _: torch.get_num_threads(), TWO)) == {1}
    assert torch.get_num_threads() == before


def test_an_error_ends_all_and_what_was_not_begun_never_is() -> None:
    begun: list[int] = []

    def work(n: int) -> int:
        begun.append(n)
        if n == 1:
            raise RuntimeError("layer 3 failed")
        return n

    found = in_order(range(1000), work, TWO)
    assert next(found) == 0
    with pytest.raises(RuntimeError, match="layer 3 failed"):
        list(found)
    assert max(begun) <= 4 and threading.active_count() < 20
    assert not [t for t in threading.enumerate() if t.name.startswith("encode")]


def test_a_stop_begins_nothing_more_and_loses_nothing_that_was_done() -> None:
    done: list[int] = []
    stopped = threading.Event()

    def work(n: int) -> int:
        done.append(n)
        return n

    found = []
    for n in in_order(range(100), work, TWO, stopped.is_set):
        found.append(n)
        if n == 5:
            stopped.set()
    assert sorted(done) == found == list(range(len(found))) and 6 <= len(found) <= 10


@pytest.mark.parametrize(("size", "batch"), [(128, 12), (224, 4), (448, 2), (32, 16)])
def test_a_batch_has_about_as_many_pixels_whatever_the_size(size: int, batch: int) -> None:
    assert Lanes.of(torch.device("cpu"), size).batch == batch
    assert Lanes.of(torch.device("meta"), size).batch == 16 * batch


@pytest.mark.parametrize(("allowed", "lanes", "threads"), [(1, 1, 1), (2, 2, 1), (8, 8, 1), (20, 8, 2)])
def test_lanes_share_the_threads_that_torch_may_use(
    monkeypatch: pytest.MonkeyPatch, allowed: int, lanes: int, threads: int
) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: allowed)
    own = Lanes.of(torch.device("cpu"), 128)
    assert (own.lanes, own.threads) == (lanes, threads)


def test_batches_hold_all_and_the_last_what_is_left() -> None:
    assert list(batches(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(batches([], 3)) == []
