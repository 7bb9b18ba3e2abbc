"""Batches of pairs in which no other text is known to mean the same: every negative is a true one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import torch
from datasets import Dataset
from sentence_transformers.base.sampler import DefaultBatchSampler

from umair.encoders.names import fold
from umair.encoders.pairs import TextPair


def neighbours(pairs: Sequence[TextPair]) -> dict[str, set[str]]:
    """Folded text -> itself and all texts that it is paired with, folded: "PSYCHO-PASS" is "Psycho-Pass"."""
    known: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        both = {fold(pair.a), fold(pair.b)}
        for text in both:
            known[text] |= both
    return known


class TruePairsBatchSampler(DefaultBatchSampler):
    """Like sentence-transformers' NO_DUPLICATES, and stricter: no text beside another that it is *paired* with.

    Without this, (sea, 海) would push `sea` away from the `大海` of (ocean, 大海) although the glossary
    says that they agree.
    The last batches of a pass may be smaller where what is left does not fit together.
    """

    def __init__(self, dataset: Dataset, batch_size: int, seed: int, known: Mapping[str, Set[str]]) -> None:
        """dataset: columns of texts, the last perhaps of negatives; known: as `neighbours` tells it."""
        super().__init__(dataset, batch_size, drop_last=False, seed=seed)
        self.texts = list(zip(*(map(fold, dataset[column]) for column in dataset.column_names), strict=True))
        self.known = known

    def __iter__(self) -> Iterator[list[int]]:
        generator = torch.Generator().manual_seed(self.seed + self.epoch)
        waiting = torch.randperm(len(self.texts), generator=generator).tolist()
        for _ in range(len(self)):
            batch: list[int] = []
            taken: set[str] = set()
            later: list[int] = []
            for place, row in enumerate(waiting):
                if len(batch) == self.batch_size:
                    later += waiting[place:]
                    break
                if taken.intersection(self.texts[row]):
                    later.append(row)
                else:
                    batch.append(row)
                    taken.update(*(self.known[text] for text in self.texts[row]))
            waiting = later
            yield batch

    def __len__(self) -> int:
        return max(1, -(-len(self.texts) // self.batch_size))


@dataclass(frozen=True)
class TruePairs:
    """What the trainer calls to make its batches: knows which texts are paired."""

    known: Mapping[str, Set[str]]

    def __call__(
        self,
        dataset: Dataset,
        batch_size: int,
        drop_last: bool,
        valid_label_columns: list[str] | None = None,
        generator: torch.Generator | None = None,
        seed: int = 0,
    ) -> TruePairsBatchSampler:
        return TruePairsBatchSampler(dataset, batch_size, seed, self.known)
