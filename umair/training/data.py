"""A library made ready for a training: log, catalogue, metadata, split, inputs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from umair.errors import TrainingError
from umair.features.catalogue import Catalogue
from umair.features.decorrelate import Prepared, prepare
from umair.features.events import Events
from umair.features.inputs import Inputs
from umair.features.metadata import Metadata
from umair.features.schema import MODALITIES, SPACES
from umair.features.split import Split, split_by_time
from umair.library.store import Library
from umair.training.instances import LibraryFacts, schema_of
from umair.training.options import RankerOptions


@dataclass(frozen=True)
class RankerData:
    """What a training reads. Nothing of it is learnt; `prepared` is as of the end of the training part."""

    events: Events
    catalogue: Catalogue
    metadata: Metadata
    split: Split
    prepared: Prepared
    inputs: Inputs

    @classmethod
    def of(cls, library: Library, options: RankerOptions, folder: Path | None = None) -> RankerData:
        """TrainingError says what the library lacks; modalities that it cannot have are left out.

        folder: where running sums go that are too large for memory.
        """
        events = Events.of(library)
        split = split_by_time(events, options.validation, options.test)
        catalogue = Catalogue.of(library, events)
        # Without times, what is counted is the training part: it is all that lies before every other row.
        until = None if events.timed else split.validation
        metadata = Metadata(catalogue, events, library.interactions(), until=until)
        options = there(options, catalogue)
        at = np.full(len(catalogue), split.validation)
        prepared = prepared_for(catalogue, options.modalities, metadata.at(np.arange(len(catalogue)), at))
        schema = schema_of(options, facts(library, events, catalogue, prepared))
        names = {u: n for u, n in library.users().select("user_id", "name").iter_rows() if n}
        return cls(
            events,
            catalogue,
            metadata,
            split,
            prepared,
            Inputs(schema, catalogue, events, metadata, prepared, names, folder),
        )

    def part(self, number: int) -> np.ndarray:
        """Numbers of the bookmarks of a part: 0 train, 1 validation, 2 test."""
        return np.flatnonzero(self.split.part(self.events.at) == number)


def there(options: RankerOptions, catalogue: Catalogue) -> RankerOptions:
    """The options with the modalities that the library has; TrainingError if none is left."""
    kept = tuple(m for m in options.modalities if m in catalogue.modalities)
    if not kept:
        raise TrainingError(
            f"The library has no {' and no '.join(options.modalities)}. It has {', '.join(catalogue.modalities)}."
        )
    return replace(options, modalities=kept)


def prepared_for(
    catalogue: Catalogue,
    modalities: tuple[str, ...],
    metadata: np.ndarray,
    bases: dict[str, np.ndarray] | None = None,
) -> Prepared:
    """The catalogue prepared in these modalities."""
    spaces = [m for m in MODALITIES if m in modalities and m in SPACES]
    return prepare(
        {s: catalogue.vectors[s] for s in spaces},
        {s: catalogue.present[s] for s in spaces},
        metadata if "metadata" in modalities else None,
        bases,
    )


def facts(library: Library, events: Events, catalogue: Catalogue, prepared: Prepared) -> LibraryFacts:
    frame = catalogue.frame
    return LibraryFacts(
        users=max(len(events.users), len(library.users())),
        illustrations=len(frame),
        artists=frame["artist_id"].n_unique(),
        labels=frame["labels"].explode().n_unique() if len(frame) else 0,
        raw_widths={s: own.shape[1] for s, own in catalogue.vectors.items()},
        prepared_widths=prepared.widths,
    )
