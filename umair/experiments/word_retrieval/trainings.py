"""Encoders trained with and without each perspective of Table 1, for the same budget, and kept."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from umair.encoders.pairs import MULTILINGUAL, SUB_TYPES, TextPair
from umair.encoders.text_training import CHECKPOINTS, MODEL, TextTraining, train_text
from umair.errors import TrainingError
from umair.library.runs import RunFolder, list_runs

EVERY, TRANSLATIONS = "all perspectives", "translations alone"


@dataclass(frozen=True)
class Variant:
    """A training that sees these sub-types of pairs only."""

    name: str
    sub_types: tuple[str, ...]

    def of(self, pairs: Sequence[TextPair]) -> list[TextPair]:
        return [p for p in pairs if p.sub_type in self.sub_types]


def variants() -> tuple[Variant, ...]:
    """All perspectives, then each one left out, then translations alone."""
    without = (Variant(f"without {s}", tuple(o for o in SUB_TYPES if o != s)) for s in SUB_TYPES)
    return (Variant(EVERY, SUB_TYPES), *without, Variant(TRANSLATIONS, MULTILINGUAL))


@dataclass(frozen=True)
class Taught:
    """Pairs that training may see: `world` (a library's own), then those of the tables; told so often altogether."""

    world: tuple[TextPair, ...]
    tables: tuple[TextPair, ...]
    passes: int

    def budget(self) -> int:
        """Pairs told in the training that sees all of them."""
        return self.passes * (len(self.world) + len(self.tables))


def trained(variant: Variant, taught: Taught, seed: int, work: Path) -> Path:
    """The model folder; trained now, or as far as it was left, or kept from before if the pairs are still the same.

    A variant with fewer pairs passes over them more often, so that all are told as many.
    """
    world, tables = variant.of(taught.world), variant.of(taught.tables)
    pairs = [*world, *tables]
    if not pairs:
        raise TrainingError(f"There is no pair left for “{variant.name}”. Bring tables of names, or a glossary.")
    passes = max(1, round(taught.budget() / len(pairs)))
    config = TextTraining(core=len(world), epochs=passes, seed=seed)
    place = work / f"{variant.name.replace(' ', '-')}-{seed}-{_digest(pairs, config)}"
    runs = list_runs(place, "text")
    if runs and runs[0].state().state == "done":
        return runs[0].path / MODEL
    run = runs[0] if runs else RunFolder.create(place, "text", {})
    folder = train_text(pairs, run, config)
    if run.state().state != "done":
        raise TrainingError(f"The training “{variant.name}” was stopped. The same command goes on where it was.")
    shutil.rmtree(run.path / CHECKPOINTS, ignore_errors=True)
    return folder


def _digest(pairs: Sequence[TextPair], config: TextTraining) -> str:
    told = json.dumps([asdict(config), [(p.sub_type, p.a, p.b) for p in pairs]], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:8]
