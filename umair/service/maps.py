"""Maps: the same pictures by painting style and by content, and the pairs that tell the two spaces apart (Fig. 5)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np

from umair.encoders.style.calibration import ReliabilityBin, read_reliability
from umair.errors import SearchError
from umair.experiments.fig_5 import Figure5, figure_5
from umair.experiments.fig_5_sheet import DPI, sheet
from umair.library.images import load_picture
from umair.library.store import Library
from umair.retrieval.layouts import read_layout
from umair.retrieval.pairs import AllPairs, all_pairs, telling
from umair.retrieval.quality import SpaceQuality, quality
from umair.retrieval.separation import Separation
from umair.service.find import Hit, neighbours
from umair.service.memory import MEMORY
from umair.service.spaces import NOWHERE, content_space, style_space, vectors
from umair.service.tiles import Catalogue, Tile, catalogue
from umair.service.you import likes
from umair.settings import assets

NEAR = 8  # neighbours compared between the two spaces


@dataclass(frozen=True)
class MapAnswer:
    """Pictures with a place in both maps; style_xy and content_xy are (N, 2) in 0..1."""

    tiles: tuple[Tile, ...]
    style_xy: np.ndarray
    content_xy: np.ndarray


@dataclass(frozen=True)
class Overlap:
    """The nearest pictures in each space, and the ids that are in both lists."""

    style: tuple[Hit, ...]
    content: tuple[Hit, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two pictures, their distances (1 - cosine), and what share of all pairs is nearer (0..100)."""

    a: Tile
    b: Tile
    style_distance: float
    content_distance: float
    style_percentile: float
    content_percentile: float


@dataclass(frozen=True)
class PairsAnswer:
    """Fig. 5: telling pairs, and the distances of all (or a sample of) pairs in both spaces."""

    near_content_far_style: tuple[Pair, ...]
    near_style_far_content: tuple[Pair, ...]
    sample_style: np.ndarray
    sample_content: np.ndarray


def layout(lib: Library) -> MapAnswer:
    """The stored maps; SearchError says how to make them if they are missing."""
    known = catalogue(lib)
    places = []
    for space in ("style", "semantic"):
        found = read_layout(lib.path, space, vectors(lib, space))
        if found is None:
            raise SearchError(
                f"The {space} map of “{lib.info.name}” is not made yet. "
                "Press *Encode now* on the Library page, or run `python -m umair encode`."
            )
        places.append(found)
    rows = np.flatnonzero(~np.isnan(places[0]).any(1) & ~np.isnan(places[1]).any(1))
    liked = likes(lib)
    return MapAnswer(tuple(known.tile(int(r), liked) for r in rows), places[0][rows], places[1][rows])


def color_fields(lib: Library) -> dict[str, tuple[str, ...]]:
    """For each field that this library knows, its value for every picture of `layout`, in that order."""
    known = catalogue(lib)
    rows = [known.row_of[t.item_id] for t in layout(lib).tiles]
    common = _common_labels(known)
    values = {
        "hand": [known.hands[r] or "" for r in rows],
        "artist": [known.tiles[r].artist for r in rows],
        "series": [known.series[r] or "" for r in rows],
        "label": [next((c for c in common if c in known.tiles[r].labels), "other") for r in rows],
        "date": [str(known.published[r].astype("datetime64[M]")) for r in rows],
    }
    return {field: tuple(v) for field, v in values.items() if len({x for x in v if x and x != "NaT"}) > 1}


def neighbour_overlap(lib: Library, item_id: str, n: int = NEAR) -> Overlap:
    """One picture's neighbours in both spaces and which of them are the same."""
    style, content = neighbours(lib, item_id, "style", n), neighbours(lib, item_id, "semantic", n)
    in_content = {h.tile.item_id for h in content}
    return Overlap(style, content, tuple(h.tile.item_id for h in style if h.tile.item_id in in_content))


def pairs(lib: Library, n: int = 4) -> PairsAnswer:
    """Pairs near in content and far in style, and the other way round, found by themselves."""
    found = _pairs(lib)
    return PairsAnswer(
        tuple(_pair(lib, found, k) for k in telling(found, "content", n)),
        tuple(_pair(lib, found, k) for k in telling(found, "style", n)),
        found.style,
        found.content,
    )


def pair(lib: Library, a: str, b: str) -> Pair:
    """Where two pictures of your own choice fall among all pairs."""
    known, found = catalogue(lib), _pairs(lib)
    one, two = known.row(a), known.row(b)
    style = 1.0 - float(style_space(lib).vectors[one] @ style_space(lib).vectors[two])
    content = 1.0 - float(content_space(lib).vectors[one] @ content_space(lib).vectors[two])
    return _as_pair(lib, found, one, two, style, content)


def space_quality(lib: Library) -> SpaceQuality:
    """Figures of this library's own spaces, over the same pairs as `pairs`."""

    def make() -> SpaceQuality:
        tiles = catalogue(lib).tiles
        artists, labels = [t.artist for t in tiles], [t.labels for t in tiles]
        return quality(style_space(lib).vectors, content_space(lib).vectors, artists, labels, _pairs(lib))

    return MEMORY.recall(lib.path, "quality", _token(lib), make)


def printed_figure(lib: Library) -> bytes:
    """Fig. 5 of this library as one PDF page."""

    def make() -> bytes:
        page, out = sheet(_figure(lib), lambda item: load_picture(lib.image_path(item))), BytesIO()
        page.save(out, "PDF", resolution=DPI, quality=90)
        return out.getvalue()

    return MEMORY.recall(lib.path, "figure 5 printed", _token(lib), make)


def separations(lib: Library) -> tuple[Separation, ...]:
    """Distances of pairs that share a hand (or artist), then a label, against all others, in both spaces."""
    return _figure(lib).separations


def reliability() -> tuple[ReliabilityBin, ...]:
    """Chances told against what was so, on hands that the shipped style encoder never saw; () if it keeps none."""
    return MEMORY.recall(NOWHERE, "reliability", 0, lambda: read_reliability(assets() / "models" / "style"))


def _figure(lib: Library) -> Figure5:
    return MEMORY.recall(lib.path, "figure 5", _token(lib), lambda: figure_5(lib))


def _common_labels(known: Catalogue, n: int = 11) -> list[str]:
    counts: dict[str, int] = {}
    for t in known.tiles:
        for label in t.labels:
            counts[label] = counts.get(label, 0) + 1
    return sorted(counts, key=lambda label: -counts[label])[:n]


def _token(lib: Library) -> tuple[object, ...]:
    return (
        vectors(lib, "style").fingerprint,
        vectors(lib, "semantic").fingerprint,
        len(catalogue(lib).tiles),
    )


def _pairs(lib: Library) -> AllPairs:
    def make() -> AllPairs:
        present = vectors(lib, "style").present & vectors(lib, "semantic").present
        return all_pairs(style_space(lib).vectors, content_space(lib).vectors, present)

    return MEMORY.recall(lib.path, "pairs", _token(lib), make)


def _pair(lib: Library, found: AllPairs, k: int) -> Pair:
    one, two = (int(r) for r in found.rows[k])
    return _as_pair(lib, found, one, two, float(found.style[k]), float(found.content[k]))


def _as_pair(lib: Library, found: AllPairs, one: int, two: int, style: float, content: float) -> Pair:
    known, liked = catalogue(lib), likes(lib)
    return Pair(
        known.tile(one, liked),
        known.tile(two, liked),
        style,
        content,
        found.percentile("style", style),
        found.percentile("content", content),
    )
