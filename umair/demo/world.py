"""Users with planted taste and their log of a year: who bookmarked what, and when.

A user's liking of a picture at a time is `strength * sum_j w_j * z_j + Gumbel noise`, z_j being the affinity by words,
content, style, or fame and age, each with mean 0 and spread 1 over the catalogue. Month by month each user bookmarks
the most liked of what is published and not yet bookmarked. Everything drawn from this is synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umair.demo.catalogue import BEGIN, YEAR, Catalogue
from umair.demo.taste import Menu, Tastes, plant

MONTHS = 12
FEWEST, MOST = 15, 300  # bookmarks of a user
TYPICAL, SPREAD = 82, 0.7  # of the log-normal count of bookmarks
BOOKMARK, VIEW, DISLIKE = 0, 1, 2
KINDS = ("bookmark", "view", "dislike")
ACCIDENTS = 0.04  # share of bookmarks that follow no taste
SEEN_AT_ONCE = 2_048  # of a larger catalogue a user comes across so many pictures a month
NOTHING = Menu()  # no pictures, no names of favourites
CHUNK = 500  # users at a time
MINUTE = 60_000_000  # microseconds


@dataclass(frozen=True)
class World:
    """The log, sorted by time: user, item (M,) places; at (M,) microseconds since 1970; kind (M,) place in KINDS.

    tastes: the truth. followed (U, 4): the planted weights as a user's bookmarks met them (they drift for some).
    correlation (4, 4): mean size of the correlation between two affinities; low, or the four cannot be told apart.
    """

    user: np.ndarray
    item: np.ndarray
    at: np.ndarray
    kind: np.ndarray
    tastes: Tastes
    followed: np.ndarray
    correlation: np.ndarray

    @classmethod
    def generate(cls, items: Catalogue, users: int, seed: int, menu: Menu = NOTHING) -> World:
        """A year of `users` users over a catalogue. Equal for equal arguments; memory grows with the log alone."""
        tastes = plant(users, menu, seed)
        wanted = _bookmarks_by_month(users, len(items) // 2, np.random.default_rng([seed, 31]))
        parts = []
        for k in range(0, users, CHUNK):
            who = np.arange(k, min(k + CHUNK, users))
            parts.append(_year(items, tastes, who, wanted[who], np.random.default_rng([seed, 32, k])))
        log = _joined(parts)
        order = np.lexsort((log.item, log.user, log.at))
        user, item, at, kind = log.user[order], log.item[order], log.at[order], log.kind[order]
        return cls(user, item, at, kind, tastes, _followed(tastes, log), affinity_correlation(items, tastes))


@dataclass(frozen=True)
class _Rows:
    """A piece of the log: user, item (n,) places, at (n,) microseconds, kind (n,)."""

    user: np.ndarray
    item: np.ndarray
    at: np.ndarray
    kind: np.ndarray


def _year(items: Catalogue, tastes: Tastes, who: np.ndarray, wanted: np.ndarray, rng: np.random.Generator) -> _Rows:
    """The year of the users `who`, of whom `wanted` (u, MONTHS) says how many bookmarks they make in each month."""
    met = np.zeros((len(who), len(items)), bool) if len(items) <= SEEN_AT_ONCE else None
    parts = []
    for month in range(MONTHS):
        seen = _seen(items, len(who), month, rng)
        liking = _liking(items, tastes, who, seen, month) + rng.gumbel(size=(len(who), seen.shape[1]))
        rare = ACCIDENTS * wanted[:, month, None] / seen.shape[1]
        liking = np.where(rng.random(liking.shape) < rare, liking + 50.0, liking)
        liking[items.published[np.broadcast_to(seen, liking.shape)] >= _starts(month + 1) - MINUTE] = -np.inf
        if met is not None:
            liking[met] = -np.inf
        user, column, kind = _choose(liking, wanted[:, month], rng)
        item = np.broadcast_to(seen, liking.shape)[user, column]
        if met is not None:
            met[user, item] = True
        opens = np.maximum(items.published[item] + MINUTE, _starts(month))
        at = opens + (rng.random(len(item)) * (_starts(month + 1) - opens)).astype(np.int64)
        parts.append(_Rows(who[user], item, at, kind))
    whole = _joined(parts)
    if met is not None:
        return whole
    _, first = np.unique(whole.user * np.int64(len(items)) + whole.item, return_index=True)
    return _Rows(whole.user[first], whole.item[first], whole.at[first], whole.kind[first])  # met twice counts once


def _starts(month: int) -> int:
    return BEGIN + YEAR * month // MONTHS


def _seen(items: Catalogue, users: int, month: int, rng: np.random.Generator) -> np.ndarray:
    """Places of the pictures that each user comes across in a month: (1, N) all, or (users, SEEN_AT_ONCE) at random."""
    if len(items) <= SEEN_AT_ONCE:
        return np.arange(len(items))[None, :]
    there = np.flatnonzero(items.published < _starts(month + 1) - MINUTE)
    return there[rng.integers(0, len(there), (users, SEEN_AT_ONCE))]


def _liking(items: Catalogue, tastes: Tastes, who: np.ndarray, seen: np.ndarray, month: int) -> np.ndarray:
    """(u, S) strength * sum_j w_j * z_j in the middle of a month, without noise."""
    weights, directions = tastes.at((month + 0.5) / MONTHS)
    z = affinities(items, tastes, directions, who, seen, _starts(month) + YEAR // MONTHS // 2)
    return tastes.strength[who, None] * np.einsum("uj,jus->us", weights[who], z)


def affinities(
    items: Catalogue, tastes: Tastes, directions: np.ndarray, who: np.ndarray, seen: np.ndarray, at: int
) -> np.ndarray:
    """(4, u, S) how much each user likes each picture by each modality, with mean 0 and spread 1 over the catalogue."""
    found = []
    for block, direction in zip(items.blocks(), directions[:, who], strict=True):
        spread = np.sqrt(np.einsum("uw,wv,uv->u", direction, np.cov(block.T), direction))
        raw = direction @ block[seen[0]].T if len(seen) == 1 else np.einsum("uw,usw->us", direction, block[seen])
        found.append(raw / np.maximum(spread[:, None], 1e-9))
    new = items.newness(at)
    new = (new - new.mean()) / max(float(new.std()), 1e-9)
    fame, newness = tastes.fame[who, None], tastes.newness[who, None]
    found.append((fame * items.fame[seen] + newness * new[seen]) / np.sqrt(fame**2 + newness**2))
    return np.stack([np.broadcast_to(z, (len(who), seen.shape[1])) for z in found])


def _choose(
    liking: np.ndarray, wanted: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(user, column, kind) of a month: the most liked are bookmarked, the next are only looked at, a few disliked."""
    looked = wanted + np.ceil(0.2 * wanted).astype(np.int64)
    most = min(int(looked.max(initial=1)), liking.shape[1])
    near = np.argpartition(-liking, most - 1, axis=1)[:, :most]
    near = np.take_along_axis(near, np.argsort(-np.take_along_axis(liking, near, 1), axis=1), 1)
    user, place = np.nonzero(np.arange(most)[None, :] < looked[:, None])
    column, kind = near[user, place], np.where(place < wanted[user], BOOKMARK, VIEW)
    cross = np.flatnonzero((rng.random(len(wanted)) < 0.08) & (wanted > 0))
    worst = np.where(np.isfinite(liking[cross]), liking[cross], np.inf).argmin(1)
    user, column = np.concatenate([user, cross]), np.concatenate([column, worst])
    kind = np.concatenate([kind, np.full(len(cross), DISLIKE)]).astype(np.int8)
    there = np.isfinite(liking[user, column])
    return user[there], column[there], kind[there]


def _joined(parts: list[_Rows]) -> _Rows:
    return _Rows(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("user", "item", "at", "kind")))


def _followed(tastes: Tastes, log: _Rows) -> np.ndarray:
    """(U, 4) the planted weights, averaged over the times of each user's bookmarks."""
    marks = log.kind == BOOKMARK
    users, share = log.user[marks], (log.at[marks] - BEGIN) / YEAR
    counts = np.maximum(np.bincount(users, minlength=len(tastes.weights)), 1)
    passed = (np.bincount(users, weights=share, minlength=len(tastes.weights)) / counts)[:, None]
    return (1 - passed) * tastes.weights + passed * tastes.later_weights


def affinity_correlation(items: Catalogue, tastes: Tastes, sample: int = 300) -> np.ndarray:
    """(4, 4) mean size of the correlation over pictures between the affinities of one user."""
    rng = np.random.default_rng(0)
    who = np.arange(min(sample, len(tastes.weights)))
    seen = rng.permutation(len(items))[None, :2_000]
    z = affinities(items, tastes, tastes.at(0.5)[1], who, seen, BEGIN + YEAR // 2)
    return np.abs([np.corrcoef(z[:, u]) for u in who]).mean(0)


def _bookmarks_by_month(users: int, most: int, rng: np.random.Generator) -> np.ndarray:
    """(users, MONTHS) counts: long-tailed over users, unevenly over the year, FEWEST..MOST in all."""
    totals = np.clip(np.round(np.exp(rng.normal(np.log(TYPICAL), SPREAD, users))), FEWEST, MOST)
    upto = np.cumsum(rng.dirichlet([1.2] * MONTHS, users), 1) * np.minimum(totals, most)[:, None]
    return np.diff(np.round(upto), axis=1, prepend=0).astype(np.int64)
