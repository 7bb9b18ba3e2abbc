"""Learns what illustrations are like from who bookmarks them, and what people's directions are like, in turns.

Collaborative topic regression (Wang and Blei 2011) in several modalities: a picture's vector in a modality is what its
encoder says plus a deviation of its own, a person's direction is theirs in every modality at once. Directions with
vectors fixed (directions.follow), vectors with directions fixed (a ridge logistic regression over those who met the
picture), then what the encoders say about the vectors so found. Only the log is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from umair.features.events import Events
from umair.training.directions import Directions, People, follow, learn_people
from umair.training.lens import Lens, Liked
from umair.training.refined import Refined, Sight, popularity
from umair.training.regression import Prior, fit_population

MANY = 100  # people from which refining is tried
ENOUGH = 10  # bookmarks from which a person counts
MOST = 2_000  # people, at random
REACH = 16  # directions of a space that people's tastes differ in
BEFORE = 800  # people who say which those are
TELLERS = 500  # people whose regressions make the prior of the last step
TURNS = 6
DEVIATION = 0.6  # prior spread of a picture's own deviation, its vectors having spread 1
RIDGE = 30.0  # of what an encoder says about the vectors found
FOLDS = 5
STEP_LIMIT = 1.0


def refine(lens: Lens, events: Events, item_ids: Sequence[str], seed: int = 0) -> Refined | None:
    """From the whole log; None if there are too few people to learn from."""
    order = np.random.default_rng(seed).permutation(len(events.users))
    people = [n for n in order[: 2 * MOST] if events.start[n + 1] - events.start[n] >= ENOUGH][:MOST]
    if len(people) < MANY:
        return None
    turns = _Turns(lens, _Met.of(lens, events, people))
    turns.reach(BEFORE)
    for number in range(TURNS):
        turns.directions(rounds=3 if number else 6)
        turns.illustrations()
        turns.encoders()
        turns.directions(rounds=2)
    found = turns.refined(item_ids)
    sight = Sight(found, lens, item_ids)
    rows = [sight.person_rows(_liked(events, user), int(user)) for user in people[:TELLERS]]
    return replace(found, prior=fit_population(rows, len(found.modalities)))


def _liked(events: Events, user: int) -> Liked:
    own = slice(events.start[user], events.start[user + 1])
    return Liked(events.item[own].astype(np.int64), events.at[own], np.zeros(0, np.int64))


@dataclass(frozen=True)
class _Met:
    """R rows of what people met: items, label, person (R), numbers (R, M) the metadata whitened by middle and axes.

    Person u's rows are start[u]..start[u + 1].
    """

    items: np.ndarray
    label: np.ndarray
    person: np.ndarray
    start: np.ndarray
    numbers: np.ndarray
    axes: np.ndarray
    middle: np.ndarray

    @classmethod
    def of(cls, lens: Lens, events: Events, people: Sequence[int]) -> _Met:
        found = [lens.choices(_liked(events, user)) for user in people]
        items, at = np.concatenate([c.items for c in found]), np.concatenate([c.at for c in found])
        start = np.cumsum([0, *(len(c.items) for c in found)])
        person = np.repeat(np.arange(len(people)), np.diff(start))
        label = np.concatenate([c.label for c in found])
        if "metadata" not in lens.modalities:
            nothing = np.zeros((len(items), 0))
            return cls(items, label, person, start, nothing, np.zeros((0, 0)), np.zeros(0))
        numbers = lens.pictures("metadata", items, at).astype(np.float64)
        middle, axes = _whitening(numbers[label == 0])
        return cls(items, label, person, start, (numbers - middle) @ axes, axes, -middle @ axes)


class _Turns:
    """The state between turns: keys (N, r) of each space with mean 0 and covariance 1, expected (N, r) by encoders."""

    def __init__(self, lens: Lens, met: _Met) -> None:
        self._lens, self._met = lens, met
        self._spaces = [m for m in lens.modalities if m != "metadata"]
        every, now = np.arange(len(lens)), np.full(len(lens), lens.now)
        self._x = {m: lens.pictures(m, every, now).astype(np.float64) for m in self._spaces}
        self._keys = {}
        for space in self._spaces:
            keys = lens.keys[space].double().numpy()
            middle, axes = _whitening(keys)
            self._keys[space] = (keys - middle) @ axes
        self._expected = dict(self._keys)
        self._popular = popularity(lens)
        self._standing = self._popular.copy()
        self._found: list[Directions] = []
        self._people = People.unknown(self._widths())
        self._order = np.argsort(met.items, kind="stable")
        self._first = np.searchsorted(met.items[self._order], np.arange(len(lens) + 1))

    def _widths(self) -> list[int]:
        numbers = self._met.numbers.shape[1]
        return [self._keys[m].shape[1] for m in self._spaces] + ([numbers + 1] if numbers else [])

    def _features(self, rows: slice) -> np.ndarray:
        items = self._met.items[rows]
        found = [self._keys[m][items] for m in self._spaces]
        if self._met.numbers.shape[1]:
            found += [self._met.numbers[rows], self._standing[items, None]]
        return np.concatenate(found, axis=1)

    def directions(self, rounds: int, most: int | None = None) -> None:
        """People's directions, the illustrations as they are; then what directions are like."""
        begin = [f.strength for f in self._found]
        found = []
        for n in range(min(len(self._met.start) - 1, most or MOST)):
            rows = slice(self._met.start[n], self._met.start[n + 1])
            first = begin[n] if n < len(begin) else None
            found.append(follow(self._features(rows), self._met.label[rows], self._people, first, rounds))
        self._found, self._people = found, learn_people(found, self._people)

    def reach(self, most: int) -> None:
        """Turn every space to the REACH axes in which people's directions differ most."""
        self.directions(8, most)
        self.directions(4, most)
        means, covariances = list(self._people.means), list(self._people.covariances)
        for j, space in enumerate(self._spaces):
            axes = np.linalg.eigh(covariances[j])[1][:, ::-1][:, :REACH]
            self._keys[space] = self._keys[space] @ axes
            self._expected[space] = self._keys[space]
            means[j], covariances[j] = axes.T @ means[j], axes.T @ covariances[j] @ axes
        self._people = People(tuple(means), tuple(covariances), self._people.constant)

    def illustrations(self) -> None:
        """Every picture's vectors and standing, people's directions as they are."""
        met, blocks = self._met, self._people.blocks[: len(self._spaces)]
        theta = np.array([f.theta for f in self._found])
        spaces, numbers = blocks[-1].stop if blocks else 0, met.numbers.shape[1]
        free = np.r_[0:spaces, spaces + numbers : spaces + numbers + (1 if numbers else 0)]
        precision = np.append(np.full(spaces, DEVIATION**-2), np.ones(len(free) - spaces))
        standing = slice(0, len(free) - spaces)
        expected = np.concatenate([*self._expected.values(), self._popular[:, None][:, standing]], axis=1)
        now = np.concatenate([*self._keys.values(), self._standing[:, None][:, standing]], axis=1)
        fixed = (met.numbers * theta[met.person, spaces : spaces + numbers]).sum(1) + theta[met.person, -1]
        met_at_all = np.diff(self._first) > 0
        now[~met_at_all] = expected[~met_at_all]
        for item in np.flatnonzero(met_at_all):
            rows = self._order[self._first[item] : self._first[item + 1]]
            of_people = theta[met.person[rows]][:, free]
            p = 1 / (1 + np.exp(-np.clip(fixed[rows] + of_people @ now[item], -30, 30)))
            curvature = (of_people * (p * (1 - p))[:, None]).T @ of_people + np.diag(precision)
            gradient = of_people.T @ (met.label[rows] - p) - precision * (now[item] - expected[item])
            now[item] += np.clip(np.linalg.solve(curvature, gradient), -STEP_LIMIT, STEP_LIMIT)
        for space, own in zip(self._spaces, blocks, strict=True):
            self._keys[space] = now[:, own]
        if numbers:
            self._standing = (now[:, -1] - now[:, -1].mean()) / max(float(now[:, -1].std()), 1e-9)

    def encoders(self) -> None:
        """What a picture's own vector says of its keys, by other pictures; then keys to mean 0 and covariance 1."""
        means, covariances = list(self._people.means), list(self._people.covariances)
        fold = np.random.default_rng(0).permutation(len(self._lens)) % FOLDS
        for j, space in enumerate(self._spaces):
            x, keys = self._x[space], self._keys[space]
            said = np.zeros_like(keys)
            for number in range(FOLDS):
                said[fold == number] = x[fold == number] @ _ridge(x[fold != number], keys[fold != number])
            middle, axes = _whitening(keys)
            self._keys[space], self._expected[space] = (keys - middle) @ axes, (said - middle) @ axes
            back = np.linalg.inv(axes)
            means[j], covariances[j] = back @ means[j], back @ covariances[j] @ back.T
        self._people = People(tuple(means), tuple(covariances), self._people.constant)

    def refined(self, item_ids: Sequence[str]) -> Refined:
        axes = {m: _ridge(self._x[m], self._keys[m]) for m in self._spaces}
        middles = {m: np.zeros(self._keys[m].shape[1]) for m in self._spaces}
        if self._met.numbers.shape[1]:
            axes["metadata"], middles["metadata"] = self._met.axes, self._met.middle
        prior = Prior.vague(len(axes))
        slope = float((self._popular * self._standing).mean())
        return Refined(tuple(item_ids), dict(self._keys), axes, middles, self._standing, slope, self._people, prior)


def _whitening(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(mean (D), axes (D, r)) so that (rows - mean) @ axes has covariance 1; what never varies is left out."""
    middle = rows.mean(0)
    value, vector = np.linalg.eigh(np.cov(rows, rowvar=False, bias=True).reshape(rows.shape[1], -1))
    kept = value > 1e-6 * max(value.max(), 1e-12)
    return middle, vector[:, kept] / np.sqrt(value[kept])


def _ridge(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ y)
