"""A style head from measured hands: standardised statistics, LDA, components, and networks with different seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from umair.encoders.style.components import fit_components
from umair.encoders.style.hand_table import HandTable, joined
from umair.encoders.style.head import CUT, Part, StyleHead
from umair.encoders.style.lda import fit_lda
from umair.encoders.style.perceptron import Source, train_perceptron
from umair.encoders.style.stack import SIZES

Note = Callable[[int, int, float], bool]  # network, step, loss -> whether to stop


def fit_head(
    sources: Sequence[Source], networks: int, steps: int, seed: int, checkpoints: Path, note: Note
) -> StyleHead | None:
    """Fit to unstandardised tables; None if `note` asked to stop (the networks go on from `checkpoints` next time)."""
    everything = joined([s.table for s in sources])
    mean, std = everything.statistics.mean(0), everything.statistics.std(0) + 1e-3
    train = [Source(_standardised(s.table, mean, std), s.hands_a_batch) for s in sources]
    together = joined([s.table for s in train])
    even = _even_weights()
    parts: list[Part] = [fit_lda(together.statistics, together.hand, even), fit_components(together.statistics, even)]
    for number in range(networks):
        file = checkpoints / f"network-{number}.checkpoint.safetensors"

        def tell(step: int, loss: float, number: int = number) -> bool:
            return note(number, step, loss)

        network = train_perceptron(train, seed + number, steps, file, tell)
        if network is None:
            return None
        parts.append(network)
    return StyleHead(mean, std, parts, _shares(networks))


def _standardised(table: HandTable, mean: np.ndarray, std: np.ndarray) -> HandTable:
    cut = np.clip((table.statistics - mean) / std, -CUT, CUT).astype(np.float32)
    return HandTable(cut, table.hand, table.contents)


def _even_weights() -> np.ndarray:
    """(F,) every family weighs the same."""
    return np.concatenate([np.full(n, 1 / np.sqrt(n)) for n in SIZES.values()])


def _shares(networks: int) -> np.ndarray:
    """Each kind of part has the same share: LDA, components, and the networks together."""
    each = np.array([1.0, 1.0, *([1.0 / networks] * networks)], dtype=np.float32)
    return each / each.sum()
