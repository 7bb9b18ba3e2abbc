"""Table 4 on a library: what each modality, the contribution and the crosses are worth; `python -m umair table 4`.

Every variant is a schema or a small object; nothing is copied. All are trained on the same rows with the same seeds.
"""

from __future__ import annotations

from collections.abc import Sequence

from umair.experiments.comparison.contenders import OURS, Contender, table_4_contenders
from umair.experiments.comparison.protocol import Protocol
from umair.experiments.comparison.table import Table, compare
from umair.experiments.comparison.work import Told
from umair.experiments.comparison.workplace import Workplace
from umair.experiments.table_3 import chosen_of
from umair.features.catalogue import Catalogue
from umair.features.events import Events
from umair.library.store import Library


def table_4(library: Library, protocol: Protocol, workplace: Workplace, told: Told, only: Sequence[str] = ()) -> Table:
    """Train the variants of `paper` and `umair` (all, or those named), measure all that are, each beside its whole."""
    rows = table_4_rows(library)
    return compare(library, rows, protocol, workplace, told, chosen_of(rows, only))


def table_4_rows(library: Library) -> tuple[Contender, ...]:
    """Every row that this library can have: a space that it lacks cannot be left out."""
    spaces = tuple(Catalogue.as_far_as_encoded(library, Events.of(library)).vectors)
    return tuple(row for instance in OURS for row in table_4_contenders(instance, (*spaces, "metadata")))
