"""Find: pictures painted like this one, showing the same, or both; uploads stay in memory."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from umair.encoders.style.axes import offered, steered
from umair.encoders.style.readable import StyleDescription, describe
from umair.errors import SearchError
from umair.library.images import load_picture
from umair.library.store import Library
from umair.retrieval.search import blend, ranks, standardised
from umair.service.label_groups import LabelGroup
from umair.service.label_groups import labels as label_groups
from umair.service.spaces import (
    calibration,
    content_space,
    directions,
    is_encoded,
    style_space,
    vectors,
)
from umair.service.tiles import Tile, catalogue
from umair.service.words import Term, has, scored, understood
from umair.service.you import likes

UPLOADS_KEPT = 64
AMONG_EQUALS = 1e-4  # what being liked adds to how well a word is met
WORDS_WEIGHT = 1.0  # of free words beside the blend of style and content, both standardised


@dataclass(frozen=True)
class Upload:
    """A picture that a person brought: its content key, size in pixels, style in words. Never written to disk."""

    key: str
    w: int
    h: int
    style_words: str


@dataclass(frozen=True)
class Query:
    """What to look for. mix: 0 painting style alone, 1 content alone. painted_like: the style comes from there."""

    items: tuple[str, ...] = ()
    uploads: tuple[Upload, ...] = ()
    painted_like: str | Upload | None = None
    mix: float = 0.3
    must: str = ""
    must_not: str = ""
    words: str = ""
    steer: tuple[str, ...] = ()  # of `wishes`: the style sought is moved that way


@dataclass(frozen=True)
class Hit:
    """One result and why: chance of the same hand (0..1), place by content, cosine of content, shared labels."""

    tile: Tile
    same_hand: float
    content_rank: int
    content: float
    shared: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class FindAnswer:
    """Results, best first; a hit counts as the same hand from `threshold` on. terms: how its words were understood."""

    hits: tuple[Hit, ...]
    threshold: float
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class StyleWords:
    """A picture's style as a sentence and as measured axes."""

    sentence: str
    axes: dict[str, float]


@dataclass(frozen=True)
class _Encoded:
    style: np.ndarray
    semantic: np.ndarray


_uploads: OrderedDict[str, _Encoded] = OrderedDict()


def upload(lib: Library, data: bytes, name: str) -> Upload:
    """Read a picture that a person brought and encode it as the library's are; ImageError says why one is refused."""
    picture = load_picture(data)
    from umair.encoders.encode import encode_one  # brings torch: searching the library itself needs none

    used = (vectors(lib, "style").fingerprint, vectors(lib, "semantic").fingerprint)
    key = hashlib.sha256(data + repr(used).encode()).hexdigest()[:16]
    if key not in _uploads:
        encoded = encode_one(picture, lib)
        _uploads[key] = _Encoded(style=encoded["style"], semantic=encoded["semantic"])
        while len(_uploads) > UPLOADS_KEPT:
            _uploads.popitem(last=False)
    return Upload(key, picture.width, picture.height, _sentence(describe(picture)))


def find(lib: Library, query: Query, n: int = 60) -> FindAnswer:
    """The n pictures nearest to the query; SearchError if there is nothing to look for."""
    known = catalogue(lib)
    wanted: list[str | Upload] = [*query.items, *query.uploads]
    painted = [query.painted_like] if query.painted_like is not None else wanted
    nothing = np.zeros(len(known.tiles))
    if not wanted and not query.words:
        raise SearchError("There is nothing to look for. Give a picture, or words, or both.")
    if not wanted:
        terms = understood(lib, query.words)
        score, nothing = _by_words(lib, terms), np.zeros(len(known.tiles))
        order = _best(lib, query, score, score > 0, n)
        return FindAnswer(_hits(lib, order, nothing, nothing, score, set()), 1.0, terms)
    if not seen(lib):
        return FindAnswer(_by_labels(lib, query, wanted, n), 1.0)
    style, content = _style(lib, painted), _content(lib, wanted)
    chance = calibration().probability(style) if painted else nothing
    style = _style(lib, painted, query.steer) if query.steer else style
    score = blend(
        standardised(style, vectors(lib, "style").present) if painted else nothing,
        standardised(content, vectors(lib, "semantic").present) if wanted else nothing,
        query.mix if painted and wanted else 0.5,
    )
    keep = np.ones(len(known.tiles), dtype=bool)
    keep[[known.row(item) for item in _own(query)]] = False
    if query.words:
        score = score + WORDS_WEIGHT * standardised(_by_words(lib, understood(lib, query.words)), keep)
    order = _best(lib, query, score, keep, n)
    return FindAnswer(_hits(lib, order, chance, content, score, _labels(lib, query)), calibration().threshold)


def neighbours(lib: Library, item_id: str, space: str, n: int = 6) -> tuple[Hit, ...]:
    """The n nearest of one picture in one space ("style", "semantic" or "label_text")."""
    mix = {"style": 0.0, "semantic": 1.0}.get(space)
    if mix is not None:
        return find(lib, Query(items=(item_id,), mix=mix), n).hits
    known, row = catalogue(lib), catalogue(lib).row(item_id)
    matrix = vectors(lib, "label_text").matrix
    cosine = matrix @ matrix[row]
    order = [int(r) for r in np.argsort(-cosine, kind="stable") if r != row][:n]
    own = set(known.tiles[row].labels)
    if not seen(lib):
        nothing = np.zeros(len(cosine))
        return _hits(lib, order, nothing, nothing, cosine, own)
    style, content = _style(lib, [item_id]), _content(lib, [item_id])
    return _hits(lib, order, calibration().probability(style), content, cosine, own)


def search_words(lib: Library, text: str, n: int = 60) -> FindAnswer:
    """Pictures that meet every word, in whatever language they are written; `terms` says what is not known here."""
    return find(lib, Query(words=text), n) if text.strip() else FindAnswer((), 1.0)


def style_words(lib: Library, item_id: str) -> StyleWords:
    """How a picture of the library is painted, in words and numbers measured from its pixels."""
    return _described(str(lib.image_path(item_id)))


def wishes(lib: Library) -> tuple[str, ...]:
    """Which ways a search by style can be steered in this library; () if its vectors have no named directions."""
    return offered(directions(lib)) if seen(lib) else ()


def samples(lib: Library, n: int = 6) -> tuple[Tile, ...]:
    """A few pictures to begin with, as unlike each other in painting style as the library allows."""
    known = catalogue(lib)
    if not seen(lib) and not any(t.drawn for t in known.tiles):
        popular = np.argsort([-t.likes for t in known.tiles], kind="stable")[:n]
        return tuple(known.tile(int(r), likes(lib)) for r in popular)
    space = style_space(lib)
    rows = np.flatnonzero(vectors(lib, "style").present)
    tall = [int(r) for r in rows if known.tiles[r].h >= known.tiles[r].w] or [int(r) for r in rows]
    chosen = [max(tall, key=lambda r: known.tiles[r].likes)]
    nearest = space.vectors[tall] @ space.vectors[chosen[0]]
    met = {known.hands[chosen[0]]}
    while len(chosen) < min(n, len(tall)):
        fresh = [k for k, r in enumerate(tall) if known.hands[r] is None or known.hands[r] not in met]
        best = tall[min(fresh or range(len(tall)), key=lambda k: nearest[k])]
        chosen.append(best)
        met.add(known.hands[best])
        nearest = np.maximum(nearest, space.vectors[tall] @ space.vectors[best])
    return tuple(known.tile(r, likes(lib)) for r in chosen)


def seen(lib: Library) -> bool:
    """Whether the pictures have been looked at; a library may have none, and is searched by its labels then."""
    return any(t.drawn for t in catalogue(lib).tiles) or is_encoded(lib, "style")


def _by_labels(lib: Library, query: Query, wanted: list[str | Upload], n: int) -> tuple[Hit, ...]:
    """Of a library without pictures: nearest in the meaning of their labels. SearchError for an uploaded picture."""
    known = catalogue(lib)
    if any(isinstance(w, Upload) for w in [*wanted, query.painted_like]):
        vectors(lib, "style")  # says why not
    found, keep = vectors(lib, "label_text"), np.ones(len(known.tiles), dtype=bool)
    keep[[known.row(item) for item in _own(query)]] = False
    score = np.zeros(len(known.tiles))
    if _own(query):
        near = found.matrix @ found.matrix[[known.row(item) for item in _own(query)]].mean(0)
        score = standardised(near, found.present)
    if query.words:
        score = score + WORDS_WEIGHT * standardised(_by_words(lib, understood(lib, query.words)), keep)
    nothing = np.zeros(len(score))
    return _hits(lib, _best(lib, query, score, keep, n), nothing, nothing, score, _labels(lib, query))


def _best(lib: Library, query: Query, score: np.ndarray, keep: np.ndarray, n: int) -> list[int]:
    """Rows with the highest scores among those kept which have, and have not, the words that must, and must not, be."""
    keep = keep.copy()
    for text, want in ((query.must, True), (query.must_not, False)):
        for word in filter(None, (part.strip() for part in text.split(","))):
            keep &= has(lib, word) == want
    return [int(r) for r in np.argsort(-score, kind="stable") if keep[r]][:n]


def _own(query: Query) -> list[str]:
    liked = [query.painted_like] if isinstance(query.painted_like, str) else []
    return [*query.items, *liked]


def _encoded(sent: Upload) -> _Encoded:
    if sent.key not in _uploads:
        raise SearchError("The uploaded picture is no longer in memory. Drop it again.")
    return _uploads[sent.key]


def _style(lib: Library, wanted: list[str | Upload], steer: tuple[str, ...] = ()) -> np.ndarray:
    """(N,) mean CSLS of the library's pictures to those wanted, their style moved as `steer` wishes."""
    space, each = style_space(lib), []
    for w in wanted:
        row = catalogue(lib).row(w) if isinstance(w, str) else None
        if row is not None and not steer:
            each.append(space.of_row(row))
            continue
        vector = _encoded(w).style if isinstance(w, Upload) else space.vectors[row]
        each.append(space.of_vector(steered(vector, directions(lib), steer) if steer else vector))
    return np.mean(each, axis=0) if each else np.zeros(len(space.vectors))


def _content(lib: Library, wanted: list[str | Upload]) -> np.ndarray:
    """(N,) mean cosine of content of the library's pictures to those wanted."""
    space = content_space(lib)
    each = [
        space.of_row(catalogue(lib).row(w)) if isinstance(w, str) else space.of_vector(_encoded(w).semantic)
        for w in wanted
    ]
    return np.mean(each, axis=0) if each else np.zeros(len(space.vectors))


def _by_words(lib: Library, terms: tuple[Term, ...]) -> np.ndarray:
    """(N,) how well each picture meets all terms, 0 where it does not; the more liked first among equals."""
    liked = catalogue(lib).log_bookmarks
    score = scored(lib, terms)
    return np.where(score > 0, score + AMONG_EQUALS * liked / max(int(liked.max(initial=1)), 1), 0)


def _labels(lib: Library, query: Query) -> set[str]:
    known = catalogue(lib)
    return {label for item in query.items for label in known.tiles[known.row(item)].labels}


def _hits(
    lib: Library,
    rows: list[int],
    chance: np.ndarray,
    content: np.ndarray,
    score: np.ndarray,
    labels: set[str],
) -> tuple[Hit, ...]:
    known, liked, place = catalogue(lib), likes(lib), ranks(content)
    groups = label_groups(lib)
    asked = {g.number for g in groups.grouped(labels)}
    return tuple(
        Hit(
            tile=known.tile(r, liked),
            same_hand=float(chance[r]),
            content_rank=int(place[r]),
            content=float(content[r]),
            shared=tuple(
                _written(known.tiles[r], g) for g in groups.grouped(known.tiles[r].labels) if g.number in asked
            ),
            score=float(score[r]),
        )
        for r in rows
    )


def _written(tile: Tile, group: LabelGroup) -> str:
    """The first of a picture's labels that is of the group."""
    return next(label for label in tile.labels if label in group.spellings)


@lru_cache(maxsize=512)
def _described(path: str) -> StyleWords:
    found = describe(load_picture(path))
    return StyleWords(_sentence(found), dict(found.axes))


def _sentence(found: StyleDescription) -> str:
    text = ", ".join(found.words)
    return text[:1].upper() + text[1:] + "." if text else ""
