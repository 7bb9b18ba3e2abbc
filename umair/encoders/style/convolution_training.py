"""Train the style network on many kinds of hands, so that squares by one hand lie together; steps count, not time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from umair.encoders.style import checkpoint
from umair.encoders.style.convolution import StyleConvolution, save_network
from umair.encoders.style.hand_batches import Pool, batch
from umair.encoders.style.hand_pictures import (
    PAINTERS,
    HandPictures,
    filter_pictures,
    library_pictures,
    painted_pictures,
    table_pictures,
)
from umair.encoders.style.supervised_contrastive import supervised_contrastive
from umair.errors import TrainingError
from umair.library.store import Library

LEARNING_RATE, LEAST_RATE, DECAY, WARM_UP = 2e-3, 1e-5, 0.02, 60
CLIP = 5.0  # norm of the gradient
EVERY = 20  # steps between two notes of progress
CHECKPOINT = 200  # steps between two checkpoints
STATE = "convolution.checkpoint.safetensors"

Note = Callable[[str, int, int, float], bool]  # phase, done, of how many, loss (0 if none yet) -> whether to stop


@dataclass(frozen=True)
class PictureTable:
    """A Parquet table of training pictures (image, hand, perhaps content) and how many of its hands a batch takes."""

    file: Path
    hands_a_batch: int = 4
    kind: str = ""  # only its rows of this kind, so that a few drawings are not drowned by many icons


@dataclass(frozen=True)
class NetworkOptions:
    """What the network is trained on and how long. A batch has four squares by each hand."""

    steps: int = 1_200
    seed: int = 1
    share: float = 0.2  # of the cosine, beside the head; best on hands kept out of the demo and of the painters
    painters: int = 1_500  # made painters …
    painter_pictures: int = 6
    painters_without: tuple[int, int] = (400, 440)  # … but for these numbers, which measure
    painters_a_batch: int = 8
    filters: int = 300  # filter hands over the tables' and the library's pictures
    filter_pictures: int = 8
    filters_a_batch: int = 3
    library_without: tuple[str, ...] = ()  # hands or artists of the library never trained
    library_a_batch: int = 2


def train_network(
    folder: Path, tables: Sequence[PictureTable], options: NetworkOptions, library: Library | None, note: Note
) -> bool:
    """Write `network.safetensors` and its share into a style folder; False if `note` asked to stop.

    Called again it goes on from the last checkpoint to the same numbers: a step's chance depends on seed and step.
    Raises TrainingError if there are no two hands to tell apart.
    """
    pools = _pools(folder, tables, options, library, note)
    if pools is None:
        return False
    torch.manual_seed(options.seed)
    network = StyleConvolution().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=DECAY)
    for step in range(checkpoint.restore(folder / STATE, network, optimiser), options.steps):
        loss = _step(network, optimiser, pools, options, step)
        last = step + 1 == options.steps
        stop = ((step + 1) % EVERY == 0 or last) and note("network", step + 1, options.steps, loss)
        if stop or last or (step + 1) % CHECKPOINT == 0:
            checkpoint.keep(folder / STATE, network, optimiser, step + 1)
        if stop and not last:
            return False
    save_network(folder, network.eval(), options.share)
    (folder / STATE).unlink(missing_ok=True)
    return True


def _step(
    network: StyleConvolution,
    optimiser: torch.optim.Optimizer,
    pools: Sequence[Pool],
    options: NetworkOptions,
    step: int,
) -> float:
    """One batch: rate by warm-up and cosine, loss by Khosla et al.; gives the loss."""
    rate = LEARNING_RATE * min(1.0, (step + 1) / WARM_UP) * (0.5 + 0.5 * np.cos(np.pi * step / options.steps))
    for group in optimiser.param_groups:
        group["lr"] = rate + LEAST_RATE
    squares, hands = batch(pools, np.random.default_rng((options.seed, step)))
    torch.manual_seed(options.seed * 1_000_003 + step)
    network.train()
    with torch.autocast("cpu", torch.bfloat16):
        rows = network(torch.from_numpy(squares))
    loss = supervised_contrastive(rows, torch.from_numpy(hands))
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    optimiser.step()
    return float(loss.detach())


def _pools(
    folder: Path, tables: Sequence[PictureTable], options: NetworkOptions, library: Library | None, note: Note
) -> list[Pool] | None:
    """Every source's hands, decoded; None if a stop was asked for while painters painted (they begin again)."""
    real: list[tuple[HandPictures, int]] = [(table_pictures(t.file, t.kind), t.hands_a_batch) for t in tables]
    if library is not None:
        real.append((library_pictures(library, options.library_without), options.library_a_batch))
    made: list[tuple[HandPictures, int]] = []
    if options.painters:
        apart = range(*options.painters_without)
        numbers = [n for n in range(options.painters) if n not in apart]

        def tell(done: int, of: int) -> bool:
            return note("painters", done, of, 0.0)

        painted = painted_pictures(numbers, options.painter_pictures, folder / PAINTERS, tell)
        if painted is None:
            return None
        made.append((painted, options.painters_a_batch))
    groups = [group for pictures, _ in real for group in pictures.groups()]
    made.append((filter_pictures(groups, options.filters, options.filter_pictures), options.filters_a_batch))
    pools = [Pool.of(pictures, count) for pictures, count in [*made, *real] if count]
    pools = [pool for pool in pools if pool.hands]
    if sum(len(pool.hands) for pool in pools) < 2:
        raise TrainingError(
            "No two hands with four pictures each to train the style network on. Add tables or painters."
        )
    return pools
