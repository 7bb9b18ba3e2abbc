"""The learnt part: a small network on the statistics, trained so that pictures of one hand lie together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from umair.encoders.style import checkpoint as checkpoints
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.head import Perceptron
from umair.encoders.style.stack import SIZES
from umair.encoders.style.supervised_contrastive import supervised_contrastive

HIDDEN, WIDTH = 512, 128
DROP_INPUT, DROP_HIDDEN = 0.3, 0.2
DROP_BLOCK = 0.1  # chance that a family of statistics is hidden for a whole hand
SAME_CONTENTS = 0.5  # chance that a source gives pictures of the same few contents, so that content is no cue
CONTENTS = 4
PER_HAND = 4
LEARNING_RATE, DECAY, WARM_UP = 2e-3, 0.05, 50
EVERY = 50  # steps between two notes of progress
CHECKPOINT = 200  # steps between two checkpoints


@dataclass(frozen=True)
class Source:
    """Training pictures of one kind: standardised rows of the table, and how many of its hands a batch holds."""

    table: HandTable
    hands_a_batch: int


class StyleNetwork(nn.Module):
    """Dropout, Linear 512, BatchNorm, ReLU, dropout, Linear 128, plus a linear skip from the input; length 1."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.drop_input, self.drop_hidden = nn.Dropout(DROP_INPUT), nn.Dropout(DROP_HIDDEN)
        self.hidden, self.norm = nn.Linear(width, HIDDEN), nn.BatchNorm1d(HIDDEN)
        self.out, self.skip = nn.Linear(HIDDEN, WIDTH), nn.Linear(width, WIDTH)

    def forward(self, weighted: Tensor) -> Tensor:
        x = self.drop_input(weighted)
        deep = self.drop_hidden(torch.relu(self.norm(self.hidden(x))))
        return nn.functional.normalize(self.out(deep) + self.skip(x), dim=1)


def block_weights(most: float = 60.0) -> np.ndarray:
    """(F,) sqrt(60 / size) for families above 60 numbers, so that no palette drowns the rest."""
    return np.concatenate([np.full(n, min(1.0, np.sqrt(most / n))) for n in SIZES.values()]).astype(np.float32)


def train_perceptron(
    sources: Sequence[Source], seed: int, steps: int, checkpoint: Path, note: Callable[[int, float], bool]
) -> Perceptron | None:
    """Train one network; `note(step, loss)` is told now and then and says whether to stop, which gives None.

    Goes on from `checkpoint` if it is there, to the same numbers: each step's chance depends on seed and step alone.
    """
    weights = block_weights()
    rows = torch.from_numpy(np.concatenate([s.table.statistics for s in sources]) * weights)
    torch.manual_seed(seed)
    network = StyleNetwork(rows.shape[1])
    optimiser = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=DECAY)
    pools = _pools(sources)
    block = torch.from_numpy(np.repeat(np.arange(len(SIZES)), list(SIZES.values())))
    for step in range(checkpoints.restore(checkpoint, network, optimiser), steps):
        rate = LEARNING_RATE * min(1.0, (step + 1) / WARM_UP) * (0.5 + 0.5 * np.cos(np.pi * step / steps)) + 1e-6
        for group in optimiser.param_groups:
            group["lr"] = rate
        chosen, group_of = _batch(pools, np.random.default_rng((seed, step)))
        torch.manual_seed(seed * 1_000_003 + step)
        shown = (torch.rand(int(group_of.max()) + 1, len(SIZES)) > DROP_BLOCK).float()[group_of][:, block]
        network.train()
        loss = supervised_contrastive(network(rows[chosen] * shown), group_of)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        last = step + 1 == steps
        if (step + 1) % EVERY == 0 or last:
            stop = note(step + 1, float(loss.detach()))
            if stop or last or (step + 1) % CHECKPOINT == 0:
                checkpoints.keep(checkpoint, network, optimiser, step + 1)
            if stop and not last:
                return None
    return _folded(network, weights)


def _pools(sources: Sequence[Source]) -> list[tuple[int, list[np.ndarray], list[set[str]]]]:
    """For each source: hands a batch, the rows of each hand that has enough, the contents of each row of all."""
    pools, start = [], 0
    contents = [set(c) for s in sources for c in s.table.contents]
    for source in sources:
        hands = [start + np.flatnonzero(source.table.hand == name) for name in source.table.hands]
        pools.append((source.hands_a_batch, [h for h in hands if len(h) >= PER_HAND], contents))
        start += len(source.table)
    return pools


def _batch(
    pools: list[tuple[int, list[np.ndarray], list[set[str]]]], chance: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Rows and the group (hand) of each: a few pictures of many hands from every source."""
    chosen: list[np.ndarray] = []
    for count, hands, contents in pools:
        if not hands:
            continue
        picked = chance.choice(len(hands), min(count, len(hands)), replace=False)
        wanted = _wanted(hands, contents, chance) if chance.random() < SAME_CONTENTS else set()
        for number in picked:
            rows = hands[number]
            alike = np.array([r for r in rows if contents[r] & wanted], dtype=np.int64) if wanted else rows
            rows = alike if len(alike) >= 2 else rows
            chosen.append(chance.choice(rows, min(PER_HAND, len(rows)), replace=False))
    groups = np.repeat(np.arange(len(chosen)), [len(c) for c in chosen])
    return torch.from_numpy(np.concatenate(chosen)), torch.from_numpy(groups)


def _wanted(hands: list[np.ndarray], contents: list[set[str]], chance: np.random.Generator) -> set[str]:
    """A few contents out of those that randomly chosen pictures show."""
    known = sorted({c for rows in hands for c in contents[int(chance.choice(rows))]})
    return set(chance.choice(known, min(CONTENTS, len(known)), replace=False).tolist()) if known else set()


def _folded(network: StyleNetwork, weights: np.ndarray) -> Perceptron:
    """The network in evaluation as plain matrices on unweighted statistics; BatchNorm goes into the first layer."""
    network.eval()
    with torch.no_grad():
        norm = network.norm
        assert norm.running_var is not None and norm.running_mean is not None
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        hidden = (network.hidden.weight * scale[:, None]).numpy().T * weights[:, None]
        bias = ((network.hidden.bias - norm.running_mean) * scale + norm.bias).numpy()
        skip = network.skip.weight.numpy().T * weights[:, None]
        shift = (network.out.bias + network.skip.bias).numpy()
    return Perceptron(hidden, bias, network.out.weight.detach().numpy().T.copy(), skip, shift)
