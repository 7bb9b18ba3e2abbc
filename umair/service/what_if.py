"""Weights that somebody asks for in writing, "style=0.6": the same words on the command line and over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from umair.errors import SearchError
from umair.features.schema import MODALITIES


def asked_weights(pairs: Sequence[str] | None) -> dict[str, float] | None:
    """MODALITY=NUMBER (0 to 1) as weights; what is not named counts nothing, None if nothing is named.

    Raises SearchError for a name or number that is none.
    """
    if not pairs:
        return None
    chosen = dict.fromkeys(MODALITIES, 0.0)
    for pair in pairs:
        name, _, number = pair.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if name not in MODALITIES or not 0 <= value <= 1:
            raise SearchError(f"{pair!r} is no weight. Write MODALITY=NUMBER (0 to 1), with {', '.join(MODALITIES)}.")
        chosen[name] = value
    return chosen
