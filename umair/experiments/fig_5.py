"""Fig. 5: pairs near in one space and far in the other, and whether near means alike; one command.

`python -m umair figure 5 --library DIR` prints what `figure_5` returns.
"""

from __future__ import annotations

from dataclasses import dataclass

from umair.encoders.vectors import read_vectors
from umair.library.store import Library
from umair.retrieval.pairs import all_pairs, telling
from umair.retrieval.quality import SpaceQuality, quality
from umair.retrieval.search import ContentSpace, unit_rows


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
    """The pairs that tell the spaces apart, and the figures of both spaces."""

    library: str
    synthetic: bool
    near_content_far_style: tuple[TellingPair, ...]
    near_style_far_content: tuple[TellingPair, ...]
    quality: SpaceQuality


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
    )
