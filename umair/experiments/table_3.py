"""Table 3 on a library: six baselines, twice each, and UMAIR-FPS; `python -m umair table 3`."""

from __future__ import annotations

from collections.abc import Sequence

from umair.errors import TrainingError
from umair.experiments.comparison.contenders import Contender, table_3_contenders
from umair.experiments.comparison.protocol import Protocol
from umair.experiments.comparison.table import Table, compare
from umair.experiments.comparison.work import Told
from umair.experiments.comparison.workplace import Workplace
from umair.library.store import Library


def table_3(library: Library, protocol: Protocol, workplace: Workplace, told: Told, only: Sequence[str] = ()) -> Table:
    """Train the models (all, or those whose name or instance is given), measure all that are, beside references."""
    rows = table_3_contenders()
    return compare(library, rows, protocol, workplace, told, chosen_of(rows, only))


def chosen_of(contenders: Sequence[Contender], only: Sequence[str]) -> tuple[Contender, ...]:
    """Those named, by printed name, its first part, or the instance; TrainingError lists the names."""
    if not only:
        return tuple(contenders)
    wanted = {name.casefold() for name in only}
    known = {c.name: {c.name.casefold(), c.name.split(",")[0].casefold(), c.options.instance} for c in contenders}
    strange = [name for name in only if not any(name.casefold() in names for names in known.values())]
    if strange:
        raise TrainingError(f"The table has no row {strange[0]!r}. Its rows: {'; '.join(known)}.")
    return tuple(c for c in contenders if known[c.name] & wanted)
