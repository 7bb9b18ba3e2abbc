"""Heads fitted anew without the hands that are tested, from the same sources as the shipped one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.style import components, fitting, head, lda, perceptron, supervised_contrastive
from umair.encoders.style.fitting import fit_head
from umair.encoders.style.hand_table import HandTable, joined
from umair.encoders.style.head import CONFIG, StyleHead, load_head, save_head
from umair.encoders.style.options import FEW, StyleTrainingOptions
from umair.encoders.style.perceptron import Source
from umair.encoders.style.sources import (
    filter_hands,
    library_hands,
    library_held_out,
    painted_hands,
    picture_groups,
    table_hands,
)
from umair.errors import TrainingError
from umair.experiments.style_data import is_tested
from umair.experiments.style_retrieval.kept import Kept, stack_key
from umair.experiments.style_retrieval.splits import EMOJI_SETS
from umair.library.store import Library

LIBRARY, PAINTERS, FILTERS, DRAWINGS = "library", "painters", "filters", "drawings of other artists"
A_BATCH = {LIBRARY: 12, PAINTERS: 20, FILTERS: 10, DRAWINGS: 8}
OF_A_TABLE = 10  # hands of any other source in a batch
KIND = ": "  # between the name of a table and one of its kinds
LEARNING = (components, fitting, head, lda, perceptron, supervised_contrastive)


@dataclass(frozen=True)
class FitOptions:
    """How much is learnt from; the defaults are those of the shipped head."""

    steps: int = StyleTrainingOptions().steps
    networks: int = StyleTrainingOptions().networks
    seed: int = StyleTrainingOptions().seed
    painters: int = StyleTrainingOptions().painters
    painter_pictures: int = StyleTrainingOptions().painter_pictures
    filters: int = StyleTrainingOptions().filters
    filter_pictures: int = StyleTrainingOptions().filter_pictures


class Workshop:
    """Training sources, measured once, and heads fitted to choices of them, kept on disk."""

    def __init__(
        self, kept: Kept, shown: Path, tables: Sequence[Path], options: FitOptions, note: Callable[[str], None]
    ) -> None:
        self.options = options
        self._kept, self._tables, self._note = kept, tables, note
        self._library = Library.open(shown)
        self._sources: dict[str, HandTable] | None = None

    def sources(self) -> dict[str, HandTable]:
        """By name: the library's trained hands, each table or each of its kinds (“table: kind”), painters, filters."""
        if self._sources is None:
            own = self._measured("library", self._library_digest(), lambda: library_hands(self._library, self._tell))
            unseen = library_held_out(self._library, StyleTrainingOptions().held_out_share)
            found = {LIBRARY: own.without_hands(unseen)}
            for file in self._tables:
                found |= self._of_table(file)
            found[PAINTERS] = self._painters()
            found[FILTERS] = self._filters(unseen)
            self._sources = {name: enough(table) for name, table in found.items() if len(enough(table))}
        return self._sources

    def head(self, sources: dict[str, HandTable], seed: int | None = None) -> StyleHead:
        """A head fitted to these sources, or the one fitted before."""
        options = self.options if seed is None else replace(self.options, seed=seed)
        folder = self._kept.folder / f"head-{_fingerprint(sources, options)}"
        if not (folder / CONFIG).exists():
            train = [Source(table, A_BATCH.get(name, OF_A_TABLE)) for name, table in _by_table(sources).items()]
            folder.mkdir(parents=True, exist_ok=True)
            found = fit_head(train, options.networks, options.steps, options.seed, folder, self._step)
            assert found is not None, "nobody asks for a stop here"
            save_head(folder, found)
            for file in folder.glob("*.checkpoint.safetensors"):
                file.unlink()
        return load_head(folder)

    def _of_table(self, file: Path) -> dict[str, HandTable]:
        if not file.exists():
            raise TrainingError(f"{file} is absent. --pictures takes Parquet tables with image, hand, perhaps content.")
        table = self._measured(file.stem, _digest(file), lambda: table_hands(file, self._tell))
        if "kind" not in pl.read_parquet_schema(file):
            return {file.stem: table}
        kind = pl.read_parquet(file, columns=["kind"])["kind"].fill_null("other").to_numpy()
        return {f"{file.stem}{KIND}{one}": table.where(kind == one) for one in sorted(set(kind.tolist()))}

    def _painters(self) -> HandTable:
        o = self.options
        what = f"{o.painters}x{o.painter_pictures}"
        return self._measured("painters", what, lambda: painted_hands(o.painters, o.painter_pictures, self._tell))

    def _filters(self, unseen: Sequence[str]) -> HandTable:
        """Over the library's trained hands and tables that hold no emoji, so that no tested picture is under them."""
        o = self.options
        plain = [f for f in self._tables if not set(pl.read_parquet(f, columns=["hand"])["hand"]) & EMOJI_SETS]
        what = "-".join([f"{o.filters}x{o.filter_pictures}", self._library_digest(), *map(_digest, plain)])
        short = hashlib.sha256(what.encode()).hexdigest()[:16]

        def make() -> HandTable:
            groups = picture_groups(self._library, plain, unseen)
            return filter_hands(groups, o.filters, o.filter_pictures, self._tell)

        return self._measured("filters", short, make)

    def _measured(self, name: str, what: str, make: Callable[[], HandTable]) -> HandTable:
        return self._kept.table(f"source-{name}-{what}-{stack_key()}".replace(" ", "-"), make)

    def _library_digest(self) -> str:
        pictures = self._library.illustrations().drop_nulls("hand").select("sha256", "hand", "labels")
        return hashlib.sha256(repr(pictures.rows()).encode()).hexdigest()[:16]

    def _tell(self, done: int, of: int) -> None:
        self._note(f"measured {done:,} of {of:,} pictures")

    def _step(self, network: int, step: int, loss: float) -> bool:
        if step % 200 == 0:
            self._note(f"network {network + 1}, step {step}, loss {loss:.3f}")
        return False


def without_hands(sources: dict[str, HandTable], tested: Sequence[str]) -> dict[str, HandTable]:
    """Sources without the hands of these names."""
    kept = {name: table.without_hands(tested) for name, table in sources.items()}
    return {name: table for name, table in kept.items() if len(table)}


def without_emoji(sources: dict[str, HandTable], tested: frozenset[str]) -> dict[str, HandTable]:
    """Sources as a split of the emoji may use them: none of the tested sets, and no tested content of the others."""
    kept = {}
    for name, table in sources.items():
        seen = np.array([any(is_tested(c) for c in contents) for contents in table.contents])
        own = np.isin(table.hand, list(EMOJI_SETS))
        kept[name] = enough(table.where(~np.isin(table.hand, list(tested)) & ~(own & seen)))
    return {name: table for name, table in kept.items() if len(table)}


def enough(table: HandTable) -> HandTable:
    """Hands with enough pictures to be trained."""
    names, counts = np.unique(table.hand, return_counts=True)
    return table.of_hands(names[counts >= FEW].tolist())


def _by_table(sources: dict[str, HandTable]) -> dict[str, HandTable]:
    """The kinds of one table fill one place in a batch, as they do when the shipped head is trained."""
    places: dict[str, list[HandTable]] = {}
    for name, table in sources.items():
        places.setdefault(name.split(KIND)[0], []).append(table)
    return {name: joined(tables) for name, tables in places.items()}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def _fingerprint(sources: dict[str, HandTable], options: FitOptions) -> str:
    """Changes with the pictures, the hands, the choices and the code that learns."""
    whole = hashlib.sha256(json.dumps([stack_key(), asdict(options)]).encode())
    for module in LEARNING:
        whole.update(Path(str(module.__file__)).read_bytes())
    for name, table in sources.items():
        whole.update(repr((name, table.hand.tolist(), table.contents)).encode())
        whole.update(np.ascontiguousarray(table.statistics).tobytes())
    return whole.hexdigest()[:20]
