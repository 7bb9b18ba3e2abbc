"""Work in lanes: each lane takes a batch from the file to the vectors, so that one reads while another computes.

Two lanes with one thread each keep two cores busier than one network with two threads does, whose threads wait for
each other after every layer and are pushed aside by whatever reads beside them. Results keep their order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import torch

LANES = 8  # at most: each holds the maps of a batch, in ResNet-101 about 0.1 GB
PIXELS = 4 * 224**2  # of a batch on the processor: measured fastest, larger ones leave the cache
ON_DEVICE = 16  # times as many on a graphics card
FEWEST = 2  # pictures in a batch: oneDNN has other kernels for one alone, whose numbers differ in the last bits
MOST = 16  # pictures in a batch: the last one is filled up

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Lanes:
    """How work is shared out: `lanes` side by side, `threads` of arithmetic in each, `batch` pictures at a time."""

    lanes: int
    threads: int
    batch: int

    @classmethod
    def of(cls, device: torch.device, size: int) -> Lanes:
        """For squares of `size` pixels a side, within the threads that torch may use (OMP_NUM_THREADS)."""
        allowed = torch.get_num_threads()
        lanes = min(allowed, LANES)
        times = 1 if device.type == "cpu" else ON_DEVICE
        batch = times * min(max(PIXELS // size**2, FEWEST), MOST)
        return cls(lanes, max(1, allowed // lanes), batch)


def batches(items: Iterable[Item], count: int) -> Iterator[list[Item]]:
    """Lists of `count` items, the last one shorter."""
    left = iter(items)
    while own := list(islice(left, count)):
        yield own


def in_order(
    given: Iterable[Item], work: Callable[[Item], Result], lanes: Lanes, stop: Callable[[], bool] = lambda: False
) -> Generator[Result]:
    """`work` of each, in the order given. At most twice as many as there are lanes are begun and not yet taken.

    After a stop nothing new is begun; what a lane has in work still comes. The first error of `work` ends all and is
    raised here.
    """
    begun: deque[Future[Result]] = deque()
    before = torch.get_num_threads()
    pool = ThreadPoolExecutor(lanes.lanes, "encode", initializer=torch.set_num_threads, initargs=(lanes.threads,))
    try:
        for one in given:
            if stop():
                begun = deque(future for future in begun if not future.cancel())
                break
            begun.append(pool.submit(work, one))
            if len(begun) >= 2 * lanes.lanes:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        torch.set_num_threads(before)
