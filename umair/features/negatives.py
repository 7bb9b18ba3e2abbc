"""Illustrations that a person did not bookmark, to learn against."""

from __future__ import annotations

import numpy as np

from umair.errors import TrainingError
from umair.features.events import Events

POLICIES = ("uniform", "popularity")
TRIES = 30


def draw_negatives(
    user: np.ndarray,
    at: np.ndarray,
    each: int,
    events: Events,
    published: np.ndarray,
    seed: int,
    policy: str = "uniform",
) -> np.ndarray:
    """(B, each) rows of illustrations for rows of user (B) at time (B).

    Published before the row's time, never one that the user has bookmarked at any time; uniform, or by popularity
    (how often bookmarked, plus one). published (N) microseconds. Where a user has taken nearly all, a repeat is drawn.
    """
    if policy not in POLICIES:
        raise TrainingError(f"Negatives can be drawn {' or by '.join(POLICIES)}, not {policy!r}.")
    n, rng = len(published), np.random.default_rng(seed)
    order = np.argsort(published, kind="stable")
    open_ = np.searchsorted(published[order], np.repeat(at, each), side="left")  # the first so many are out by then
    open_ = np.maximum(open_, 1)
    mass = np.ones(n) if policy == "uniform" else 1.0 + np.bincount(events.item, minlength=n)[order]
    reach = np.append(0.0, np.cumsum(mass))
    taken = np.sort(events.user.astype(np.int64) * n + events.item)
    owner = np.repeat(user.astype(np.int64), each)
    chosen = np.zeros(len(owner), dtype=np.int64)
    wrong = np.arange(len(owner))
    for _ in range(TRIES):
        drawn = np.searchsorted(reach, rng.random(len(wrong)) * reach[open_[wrong]], side="right") - 1
        chosen[wrong] = order[np.minimum(drawn, open_[wrong] - 1)]
        keys = owner[wrong] * n + chosen[wrong]
        place = np.minimum(np.searchsorted(taken, keys), len(taken) - 1)
        wrong = wrong[taken[place] == keys]
        if not len(wrong):
            break
    for row in wrong:  # a person who has nearly everything: look at what is left, one by one
        own = events.item[events.start[owner[row]] : events.start[owner[row] + 1]]
        left = np.setdiff1d(order[: open_[row]], own)
        left = left if len(left) else np.setdiff1d(np.arange(n), own)
        if not len(left):
            raise TrainingError(
                f"{events.users[owner[row]]} has bookmarked everything; there is nothing to set against it."
            )
        chosen[row] = rng.choice(left)
    return chosen.reshape(len(user), each)
