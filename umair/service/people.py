"""People: what drives a person's taste (the UMCM weights), how sure that is, and what to show them next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl

from umair.errors import SearchError
from umair.features.schema import MODALITIES
from umair.library.store import Library
from umair.retrieval.recommend import Diversity, candidates, diversified
from umair.retrieval.search import unit_rows
from umair.service.memory import MEMORY, changed_at
from umair.service.spaces import content_space, is_encoded, style_space, vectors
from umair.service.tiles import Tile, catalogue
from umair.service.told import INTERVAL, NAMES, Z_90, details, reason, sentence
from umair.service.you import YOU, likes, you
from umair.training.serving import Recommender, Scores

__all__ = [
    "INTERVAL",
    "NAMES",
    "Person",
    "PersonRow",
    "Recommendation",
    "modalities",
    "people",
    "person",
    "person_from_picks",
    "pick_from",
    "recommend",
    "tellers",
]

TELLING = 3
LEADERS = {"follows style most": "style", "follows content most": "semantic"}


@dataclass(frozen=True)
class PersonRow:
    user_id: str
    name: str
    bookmarks: int


@dataclass(frozen=True)
class Person:
    """One person's taste. Weights sum to 1 over the four modalities; low and high: see INTERVAL.

    known: enough bookmarks for shares in figures. main: the modality that surely leads, else None.
    planted: the truth of the demo, else None.
    modalities: those that the ranker sees in this library; the others weigh 0 and are left out of words and figures.
    everyone: (10th, 50th, 90th) percentile of all people. pair_weights (n, 4): eq. 7 for each bookmark, in order.
    """

    user_id: str
    name: str
    sentence: str
    details: str
    bookmarks: int
    known: bool
    main: str | None
    weights: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    occlusion: dict[str, float]
    planted: dict[str, float] | None
    everyone: dict[str, tuple[float, float, float]]
    months: tuple[tuple[str, dict[str, float]], ...]
    pair_weights: np.ndarray
    bookmarked: tuple[Tile, ...]
    telling: dict[str, tuple[tuple[Tile, float], ...]]
    model: str
    modalities: tuple[str, ...] = MODALITIES


@dataclass(frozen=True)
class Recommendation:
    """A picture, the chance of a bookmark, its own four weights (eq. 7), and why in words."""

    tile: Tile
    probability: float
    weights: dict[str, float]
    why: str


@dataclass(frozen=True)
class _History:
    user_id: str | None
    rows: tuple[int, ...]
    at: tuple[datetime, ...]  # () where the log has no times
    dislikes: tuple[int, ...]


def people(lib: Library, search: str = "") -> tuple[PersonRow, ...]:
    """Everyone with bookmarks in the library's log, busiest first; `search` is part of a name or id."""
    token = (changed_at(lib.path / "users.parquet"), changed_at(lib.path / "interactions"))
    rows = MEMORY.recall(lib.path, "people", token, lambda: _people(lib))
    needle = search.casefold()
    return tuple(r for r in rows if needle in r.name.casefold() or needle in r.user_id.casefold())


def tellers(lib: Library) -> dict[str, str]:
    """People who show what the weights mean: who follows style most, characters most, and a bit of everything."""
    known = [row for row in people(lib) if row.bookmarks >= 40]
    if not known:
        return {}
    ids, weights = _all_weights(lib)
    place = {user: n for n, user in enumerate(ids)}
    rows = [place[r.user_id] for r in known if r.user_id in place]
    if not rows:
        return {}
    used = [MODALITIES.index(m) for m in modalities(lib)]
    spread = weights[rows][:, used].std(1)
    chosen = {
        **{
            told: rows[int(weights[rows, MODALITIES.index(m)].argmax())]
            for told, m in LEADERS.items()
            if m in modalities(lib)
        },
        "eclectic": rows[int(spread.argmin())],
    }
    return {words: ids[row] for words, row in chosen.items()}


def modalities(lib: Library) -> tuple[str, ...]:
    """Those that the ranker in use sees in this library: no content and no painting style without pictures."""
    return _recommender(lib).modalities


def person(lib: Library, user_id: str) -> Person:
    """One person of the log, or "you" from your likes; SearchError if nobody has this id."""
    if user_id == YOU:
        return person_from_picks(lib, tuple(you(lib).likes))
    rows = {row.user_id: row for row in people(lib)}
    if user_id not in rows:
        raise SearchError(f"Nobody in this library has the id {user_id!r}. Choose one of its {len(rows):,} people.")
    return _person(lib, _history(lib, user_id), rows[user_id].name)


def person_from_picks(lib: Library, item_ids: Sequence[str]) -> Person:
    """A person made of a few liked pictures, in the order they were picked."""
    return _person(lib, _picked(lib, item_ids), "You")


def recommend(
    lib: Library,
    who: str | Sequence[str],
    weights: dict[str, float] | None = None,
    n: int = 60,
    without: Sequence[str] = (),
    with_: Sequence[str] = (),
) -> tuple[Recommendation, ...]:
    """What to show a person (a user id, "you", or liked item ids) next, best first.

    weights: score as if the person cared in these proportions. without, with_: as if these bookmarks were not
    there, or were. SearchError if they care only for what the library does not have.
    """
    history = _asked(lib, who)
    known = catalogue(lib)
    gone, more = {known.row(i) for i in without}, [known.row(i) for i in with_]
    rows = [r for r in history.rows if r not in gone] + more
    scores = _recommender(lib).score(rows, user_id=history.user_id, dislikes=history.dislikes)
    probability = scores.probability
    if weights is not None:
        wanted = np.array([weights.get(m, 0.0) if m in modalities(lib) else 0.0 for m in MODALITIES], dtype=float)
        if not wanted.sum():
            raise SearchError(
                f"“{lib.info.name}” is ranked by {', '.join(modalities(lib))}. Give one of these a weight over 0."
            )
        probability = _recommender(lib).rescore(scores, wanted / max(wanted.sum(), 1e-9))
    hidden = {*history.rows, *more, *history.dislikes}
    best = _shown(lib, sorted(hidden), probability, n)
    return tuple(_recommendation(lib, row, probability, scores, weights) for row in best)


def pick_from(lib: Library, picked: Sequence[str], n: int = 12) -> tuple[Tile, ...]:
    """Pictures to choose from, unlike each other in style and content, none picked already; a new set each round."""
    known, round_ = catalogue(lib), len(picked)
    rows = np.random.default_rng(round_ + 11).permutation(len(known.tiles))
    chosen: list[int] = []
    hands: Counter[str | None] = Counter()
    for row in (int(r) for r in rows):
        kind = known.hands[row] or known.tiles[row].artist
        if known.tiles[row].item_id not in picked and hands[kind] < 1 + len(chosen) // max(1, len(hands) or 1):
            chosen.append(row)
            hands[kind] += 1
        if len(chosen) == n:
            break
    return tuple(known.tile(r, likes(lib)) for r in chosen)


def _people(lib: Library) -> tuple[PersonRow, ...]:
    log = lib.interactions().filter(pl.col("kind") == "bookmark").group_by("user_id").len("bookmarks")
    named = log.join(lib.users().select("user_id", "name"), on="user_id", how="left")
    ordered = named.sort(["bookmarks", "user_id"], descending=[True, False])
    return tuple(PersonRow(u, name or u, int(n)) for u, n, name in ordered.iter_rows())


def _all_weights(lib: Library) -> tuple[list[str], np.ndarray]:
    """Everyone's ids and weights (U, 4), worked out once for a model and a log."""
    return MEMORY.recall(lib.path, "all weights", _token(lib), lambda: _recommender(lib).everyone())


def _recommender(lib: Library) -> Recommender:
    return MEMORY.recall(lib.path, "recommender", _token(lib), lambda: Recommender.load(lib))


def _token(lib: Library) -> Hashable:
    return (
        lib.info.active.get("ranker"),
        changed_at(lib.path / "vectors"),
        changed_at(lib.path / "interactions"),
    )


def _history(lib: Library, user_id: str) -> _History:
    known = catalogue(lib)
    own = lib.interactions().filter(pl.col("user_id") == user_id).sort("at")
    liked = [
        (known.row_of[i], at)
        for i, at, kind in own.select("item_id", "at", "kind").iter_rows()
        if kind == "bookmark" and i in known.row_of
    ]
    not_liked = [i for i, kind in own.select("item_id", "kind").iter_rows() if kind == "dislike"]
    return _History(
        user_id,
        tuple(r for r, _ in liked),
        tuple(at for _, at in liked) if all(at is not None for _, at in liked) else (),
        tuple(known.row_of[i] for i in not_liked if i in known.row_of),
    )


def _picked(lib: Library, item_ids: Sequence[str]) -> _History:
    known, mine = catalogue(lib), you(lib)
    rows = tuple(known.row_of[i] for i in item_ids if i in known.row_of)
    at = tuple(datetime.fromisoformat(mine.likes[i]) for i in item_ids if i in mine.likes and i in known.row_of)
    dislikes = tuple(known.row_of[i] for i in mine.dislikes if i in known.row_of)
    return _History(None, rows, at if len(at) == len(rows) else (), dislikes)


def _asked(lib: Library, who: str | Sequence[str]) -> _History:
    if isinstance(who, str):
        return _picked(lib, tuple(you(lib).likes)) if who == YOU else _history(lib, who)
    return _picked(lib, who)


def _person(lib: Library, history: _History, name: str) -> Person:
    known, model = catalogue(lib), _recommender(lib)
    taste = model.taste(list(history.rows), user_id=history.user_id, dislikes=history.dislikes)
    scores = model.score(list(history.rows), user_id=history.user_id, dislikes=history.dislikes)
    pairs = scores.pair_weights[list(history.rows)]
    everyone = _everyone(lib)
    half = Z_90 * taste.standard_error
    return Person(
        user_id=history.user_id or YOU,
        name=name,
        sentence=sentence(name, taste, _named(taste.weights), everyone),
        details=details(known, history.rows),
        bookmarks=len(history.rows),
        known=taste.known,
        main=taste.main,
        weights=_named(taste.weights),
        low=_named(np.clip(taste.weights - half, 0, 1)),
        high=_named(np.clip(taste.weights + half, 0, 1)),
        occlusion=_named(taste.occlusion),
        planted=_planted(lib, history.user_id),
        everyone=everyone,
        months=_months(history, pairs),
        pair_weights=pairs,
        bookmarked=tuple(known.tile(r, likes(lib)) for r in history.rows),
        telling=_telling(lib, history, pairs),
        model=model.kind,
        modalities=model.modalities,
    )


def _named(values: np.ndarray) -> dict[str, float]:
    return {modality: float(v) for modality, v in zip(MODALITIES, values, strict=True)}


def _everyone(lib: Library) -> dict[str, tuple[float, float, float]]:
    _, weights = _all_weights(lib)
    if not len(weights):
        return {}
    cut = np.quantile(weights, (0.1, 0.5, 0.9), axis=0)
    return {m: (float(cut[0, k]), float(cut[1, k]), float(cut[2, k])) for k, m in enumerate(MODALITIES)}


def _planted(lib: Library, user_id: str | None) -> dict[str, float] | None:
    file = lib.path / "truth" / "users.parquet"
    if user_id is None or not file.is_file():
        return None
    truth = MEMORY.recall(lib.path, "truth", changed_at(file), lambda: pl.read_parquet(file))
    own = truth.filter(pl.col("user_id") == user_id)
    return {m: float(own[m][0]) for m in MODALITIES} if own.height else None


def _months(history: _History, pairs: np.ndarray) -> tuple[tuple[str, dict[str, float]], ...]:
    """Mean pair weights of each month's bookmarks ("2026-03"), months with fewer than three left out."""
    by_month: dict[str, list[int]] = {}
    for n, at in enumerate(history.at):
        by_month.setdefault(f"{at:%Y-%m}", []).append(n)
    return tuple((m, _named(pairs[rows].mean(0))) for m, rows in sorted(by_month.items()) if len(rows) >= 3)


def _telling(lib: Library, history: _History, pairs: np.ndarray) -> dict[str, tuple[tuple[Tile, float], ...]]:
    known, liked = catalogue(lib), likes(lib)
    found = {}
    for k, modality in enumerate(MODALITIES):
        best = np.argsort(-pairs[:, k], kind="stable")[:TELLING]
        found[modality] = tuple((known.tile(history.rows[n], liked), float(pairs[n, k])) for n in best)
    return found


def _shown(lib: Library, hidden: list[int], probability: np.ndarray, n: int) -> list[int]:
    known = catalogue(lib)
    style, content, looks = _looks(lib)
    artists = [t.artist for t in known.tiles]
    found = candidates(
        hidden,
        style,
        content,
        artists,
        known.log_bookmarks,
        known.published.astype("datetime64[us]").astype(np.int64),
    )
    return diversified(found.rows, probability[found.rows], looks, artists, n, Diversity())


def _looks(lib: Library) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Unit rows of style and of content, and of both; without pictures the labels stand for all three."""
    if is_encoded(lib, "style") and is_encoded(lib, "semantic"):
        style, content = style_space(lib).vectors, content_space(lib).vectors
        return style, content, np.concatenate([style, content], axis=1) / np.sqrt(2)
    if is_encoded(lib, "label_text"):
        own = unit_rows(vectors(lib, "label_text").matrix)
        return own, own, own
    none = np.zeros((len(catalogue(lib).tiles), 1), np.float32)
    return none, none, none


def _recommendation(
    lib: Library, row: int, probability: np.ndarray, scores: Scores, weights: dict[str, float] | None
) -> Recommendation:
    known = catalogue(lib)
    pair = scores.pair_weights[row]
    if weights is not None:  # the what-if changes the person's share in eq. 7, not the picture's affinity
        asked = np.array([weights.get(m, 0.0) for m in MODALITIES])
        pair = pair * asked / np.maximum(scores.user_weights, 1e-6)
        pair = pair / max(float(pair.sum()), 1e-9)
    lead = MODALITIES[int(pair.argmax())]
    tile = known.tile(row, likes(lib))
    return Recommendation(
        tile,
        float(probability[row]),
        _named(pair),
        reason(lead, tile, known.hands[row], float(probability[row])),
    )
