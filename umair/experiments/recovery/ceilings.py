"""`python -m umair.experiments.recovery.ceilings`: which step between planted taste and a person's weights loses what.

The per-user regression on the demo's people with 80 bookmarks and more, on affinities that get less and less help from
the truth: the planted ones; planted directions, pictures as far as the encoders tell; directions from the likes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, cross_val_predict

from umair.demo.build import USERS, menu
from umair.demo.catalogue import BEGIN, YEAR
from umair.demo.world import MONTHS, World, affinities
from umair.experiments.recovery.people import depicted
from umair.features.catalogue import Catalogue
from umair.features.events import Events
from umair.features.metadata import Metadata
from umair.features.schema import MODALITIES, SPACES
from umair.library.runs import FOLDER
from umair.library.store import Library
from umair.models.umair import Umair
from umair.settings import assets
from umair.training.artifact import TrainedRanker
from umair.training.data import prepared_for
from umair.training.lens import Lens, Liked
from umair.training.metrics import spearman
from umair.training.refined import Refined, Sight
from umair.training.regression import fit_person, fit_population

MEASURED = 400
RIDGE = 30.0
ENOUGH = 80

Rows = Callable[[int, Liked], tuple[np.ndarray, np.ndarray]]


class Demo:
    """The demo's people, their planted affinities, and its active ranker."""

    def __init__(self) -> None:
        library = Library.open(assets() / "demo")
        self.events = Events.of(library)
        catalogue = Catalogue.of(library, self.events)
        metadata = Metadata(catalogue, self.events, library.interactions())
        run = library.path / FOLDER / library.info.active["ranker"]
        ranker = TrainedRanker.load(run)
        assert isinstance(ranker.model, Umair)
        prepared = prepared_for(catalogue, MODALITIES, metadata.now(), ranker.bases)
        seen = (prepared, metadata, catalogue.published, metadata.end)
        self.plain, self.lens, self._x = Lens.plain(*seen), Lens(ranker.model.affinities, *seen), prepared.items
        refined = Refined.load(run)
        self.sight = Sight(refined, self.lens, catalogue.frame["item_id"].to_list()) if refined else None
        self.pictures = depicted(library)
        self.latents = dict(zip(SPACES, self.pictures.blocks(), strict=True))
        self.world = World.generate(self.pictures, USERS, 0, menu())
        place = {user: n for n, user in enumerate(library.users()["user_id"])}
        self.who = np.array([place[user] for user in self.events.users])
        truth = pl.read_parquet(library.path / "truth" / "users.parquet").select(MODALITIES).to_numpy()
        self.planted = truth[self.who]

    def told(self) -> dict[str, np.ndarray]:
        """space -> (N, 16) latents as a ridge regression reads them from other pictures' encoder vectors."""
        folds = KFold(10, shuffle=True, random_state=0)
        return {m: cross_val_predict(Ridge(alpha=RIDGE), self._x[m], self.latents[m], cv=folds) for m in SPACES}

    def liked(self, n: int) -> Liked:
        own = slice(self.events.start[n], self.events.start[n + 1])
        return Liked(self.events.item[own].astype(np.int64), self.events.at[own], np.zeros(0, np.int64))

    def planted_rows(self, told: dict[str, np.ndarray]) -> Rows:
        """Affinities of planted directions over these latents; fame and newness as they are."""

        seen = replace(self.pictures, **{m: told[m].astype(np.float32) for m in SPACES})

        def rows(n: int, liked: Liked) -> tuple[np.ndarray, np.ndarray]:
            choices = self.lens.choices(liked)
            month = np.clip((choices.at - BEGIN) * MONTHS // YEAR, 0, MONTHS - 1)
            z = np.zeros((len(choices.items), len(MODALITIES)))
            for m in np.unique(month):
                middle = BEGIN + YEAR * (2 * int(m) + 1) // (2 * MONTHS)
                directions = self.world.tastes.at((m + 0.5) / MONTHS)[1]
                every = np.arange(len(self.pictures))[None]
                own = affinities(seen, self.world.tastes, directions, self.who[[n]], every, middle)[:, 0]
                z[month == m] = own[:, choices.items[month == m]].T
            return z, choices.label

        return rows


def main() -> None:
    demo = Demo()
    told = demo.told()
    print("What the encoders tell of the planted latents (R2 on other pictures):")
    for m in SPACES:
        away = ((demo.latents[m] - told[m]) ** 2).sum() / ((demo.latents[m] - demo.latents[m].mean(0)) ** 2).sum()
        print(f"  {m} {1 - away:.2f}")
    enough = np.flatnonzero(np.diff(demo.events.start) >= ENOUGH)
    who = np.sort(np.random.default_rng(0).permutation(enough)[:MEASURED])
    steps: dict[str, Rows] = {
        "planted affinities": demo.planted_rows(demo.latents),
        "planted directions, encoders' vectors": demo.planted_rows(told),
        "mean of the likes, vectors as they are": lambda _, liked: demo.plain.person_rows(liked),
        "mean of the likes, the ranker's keys": lambda _, liked: demo.lens.person_rows(liked),
    }
    if demo.sight is not None:
        sight = demo.sight
        steps["joint directions, refined keys"] = lambda _, liked: sight.person_rows(liked)
    print(f"\n| affinities | rho {' / '.join(MODALITIES)} | MAE |\n|---|---|---|")
    for name, rows in steps.items():
        people = [rows(int(n), demo.liked(int(n))) for n in who]
        prior = fit_population(people, len(MODALITIES))
        found = np.array([fit_person(z, label, prior).weights() for z, label in people])
        rho = " / ".join(f"{spearman(demo.planted[who, k], found[:, k]):.2f}" for k in range(len(MODALITIES)))
        print(f"| {name} | {rho} | {np.abs(found - demo.planted[who]).mean():.3f} |", flush=True)


if __name__ == "__main__":
    main()
