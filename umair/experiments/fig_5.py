"""Fig. 5: pairs near in one space and far in the other, and whether near means alike; one command.

`python -m umair figure 5 --library DIR` prints what `figure_5` returns; with `--out FILE` it is drawn for print.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umair.encoders.vectors import read_vectors
from umair.library.store import Library
from umair.retrieval.pairs import AllPairs, all_pairs, telling
from umair.retrieval.quality import SpaceQuality, quality
from umair.retrieval.search import ContentSpace, unit_rows
from umair.retrieval.separation import Separation, separation


@dataclass(frozen=True)
class TellingPair:
    """Two item ids, their distances (1 - cosine) in both spaces, and what share of all pairs is nearer (0..100)."""

    a: str
    b: str
    style_distance: float
    content_distance: float
    style_percentile: float
    content_percentile: float


@dataclass(frozen=True)
class Figure5:
    """The pairs that tell the spaces apart, the figures of both spaces, and how far apart like and unlike pairs lie.

    separations: style and content by the hand (the artist, where hands are not known), then both by shared labels.
    """

    library: str
    synthetic: bool
    near_content_far_style: tuple[TellingPair, ...]
    near_style_far_content: tuple[TellingPair, ...]
    quality: SpaceQuality
    separations: tuple[Separation, ...]


def figure_5(library: Library, n: int = 4) -> Figure5:
    """Find the pairs of Fig. 5 in a library that is encoded."""
    style, semantic = read_vectors(library, "style"), read_vectors(library, "semantic")
    painted, shown = unit_rows(style.matrix), ContentSpace.of(semantic.matrix).vectors
    pairs = all_pairs(painted, shown, style.present & semantic.present)
    frame = library.illustrations()
    ids = frame["item_id"].to_list()

    def told(k: int) -> TellingPair:
        a, b = (int(r) for r in pairs.rows[k])
        far, apart = float(pairs.style[k]), float(pairs.content[k])
        return TellingPair(
            ids[a], ids[b], far, apart, pairs.percentile("style", far), pairs.percentile("content", apart)
        )

    artists = [a or "" for a in frame["artist_id"].to_list()]
    labels = [own or [] for own in frame["labels"].to_list()]
    return Figure5(
        library.info.name,
        library.info.synthetic,
        tuple(told(k) for k in telling(pairs, "content", n)),
        tuple(told(k) for k in telling(pairs, "style", n)),
        quality(painted, shown, artists, labels, pairs),
        _separations(pairs, [h or "" for h in frame["hand"].to_list()], artists, labels),
    )


def _separations(
    pairs: AllPairs, hands: list[str], artists: list[str], labels: list[list[str]]
) -> tuple[Separation, ...]:
    by, names = ("hand", np.array(hands)) if any(hands) else ("artist", np.array(artists))
    a, b = pairs.rows[:, 0], pairs.rows[:, 1]
    known, same = (names[a] != "") & (names[b] != ""), names[a] == names[b]
    sets = [frozenset(own) for own in labels]
    shared = np.fromiter((not sets[i].isdisjoint(sets[j]) for i, j in pairs.rows.tolist()), bool, len(pairs.rows))
    return (
        *(separation(pairs, space, by, same, known) for space in ("style", "content")),
        *(separation(pairs, space, "label", shared) for space in ("style", "content")),
    )
