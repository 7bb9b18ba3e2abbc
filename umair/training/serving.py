"""The ranker in use: scores, a person's taste, and everyone's; with a trained model, a shipped one, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from umair.errors import TrainingError
from umair.features.catalogue import Catalogue
from umair.features.events import Events
from umair.features.metadata import Metadata, by_column
from umair.features.schema import MODALITIES
from umair.library.atomic import write_parquet
from umair.library.runs import FOLDER
from umair.library.store import Library
from umair.models.umair import Umair
from umair.settings import assets, read_toml
from umair.training.artifact import TrainedRanker
from umair.training.data import prepared_for
from umair.training.evidence import Evidence, Likeness, weigh
from umair.training.lens import Lens, Liked
from umair.training.refined import Refined, Sight
from umair.training.regression import Prior
from umair.training.scorers import CoherenceScorer, RowScorer, Scorer, UmairScorer, WithPopularity

SHARES_FROM = 20  # bookmarks from which a person's shares may be told in figures
FEW_PEOPLE = 20  # below, a library's own log says nothing about popularity
EVERYONE = "everyone"


@dataclass(frozen=True)
class Scores:
    """One person and all N illustrations. Modalities in the order of MODALITIES; one that is not used has weight 0.

    probability (N,): of a bookmark, at the training's share of negatives. affinity (N, 4): standardised.
    pair_weights (N, 4): eq. 7, rows sum to 1. user_weights (4,). logit = gain * affinity @ weights + bias + residual.
    """

    probability: np.ndarray
    affinity: np.ndarray
    pair_weights: np.ndarray
    user_weights: np.ndarray
    gain: float
    bias: float
    residual: np.ndarray


@dataclass(frozen=True)
class Taste:
    """What a person follows. weights (4,) sum to 1, standard_error (4,) of them, occlusion (4,) a second estimate.

    main: the modality that surely leads (its lead is over 1.64 standard errors), else None. known: enough bookmarks
    for shares in figures.
    """

    weights: np.ndarray
    standard_error: np.ndarray
    occlusion: np.ndarray
    bookmarks: int
    main: str | None
    known: bool


class Recommender:
    """Answers for one library. kind: "trained" here, "shipped" (on the demo, no ids), or "coherence" (no model).

    note says in words why it is not a trained model. Everything fixed is computed at load.
    """

    def __init__(
        self,
        library: Library,
        kind: str,
        lens: Lens,
        scorer: Scorer,
        evidence: Evidence,
        events: Events,
        run: Path | None,
        note: str,
    ) -> None:
        self.library, self.kind, self.note, self.run = library, kind, note, run
        self._lens, self._scorer, self._evidence, self._events = lens, scorer, evidence, events
        self._number = {user: n for n, user in enumerate(events.users)}
        self._place = [MODALITIES.index(m) for m in lens.modalities]

    @classmethod
    def load(cls, library: Library, run_dir: Path | str | None = None) -> Recommender:
        """The given run, else the library's active ranker, else the shipped one, else coherence weights.

        TrainingError if `run_dir` is given and cannot serve this library; the others fall through, with a note.
        """
        events = Events.of(library)
        catalogue = Catalogue.as_far_as_encoded(library, events)
        metadata = Metadata(catalogue, events, library.interactions(), crawl=len(events.users) < FEW_PEOPLE)
        if run_dir is not None:
            return cls._with_model(library, Path(run_dir), "trained", catalogue, events, metadata)
        notes = []
        for kind, folder in (("trained", _active(library)), ("shipped", _shipped())):
            if folder is not None:
                try:
                    return cls._with_model(library, folder, kind, catalogue, events, metadata)
                except TrainingError as error:
                    notes.append(str(error))
        available = tuple(m for m in MODALITIES if m in catalogue.vectors or m == "metadata")
        prepared = prepared_for(catalogue, available, metadata.now())
        lens = Lens.plain(prepared, metadata, catalogue.published, metadata.end)
        note = " ".join(notes) or "No trained ranker yet: weights come from how alike the liked pictures are."
        scorer = guessing(CoherenceScorer(lens), events, metadata)
        evidence = Likeness(lens, Prior.vague(len(lens.modalities)))
        return cls(library, "coherence", lens, scorer, evidence, events, None, note)

    @classmethod
    def _with_model(
        cls, library: Library, run: Path, kind: str, catalogue: Catalogue, events: Events, metadata: Metadata
    ) -> Recommender:
        ranker = TrainedRanker.load(run)
        _same_encoders(ranker, catalogue, run)
        prepared = prepared_for(catalogue, ranker.schema.modalities, metadata.now(), ranker.bases)
        if isinstance(ranker.model, Umair):
            lens = Lens(ranker.model.affinities, prepared, metadata, catalogue.published, metadata.end)
            scorer: Scorer = UmairScorer(ranker, lens, catalogue.frame, with_ids=kind == "trained")
        else:
            lens = Lens.plain(prepared, metadata, catalogue.published, metadata.end)
            names = {u: n for u, n in library.users().select("user_id", "name").iter_rows() if n}
            scorer = RowScorer(ranker, lens, catalogue, metadata, prepared, names)
        scorer = guessing(scorer, events, metadata)
        refined = Refined.load(run)
        item_ids = catalogue.frame["item_id"].to_list()
        evidence = Sight(refined, lens, item_ids) if refined else Likeness(lens, ranker.prior)
        return cls(library, kind, lens, scorer, evidence, events, run, "")

    @property
    def modalities(self) -> tuple[str, ...]:
        """The modalities that are used."""
        return self._lens.modalities

    def score(self, history: Sequence[int], *, user_id: str | None = None, dislikes: Sequence[int] = ()) -> Scores:
        """Everything scored for a person who likes these illustrations (rows, oldest first)."""
        answer = self._scorer.score(self._liked(history, dislikes, user_id), user_id)
        return Scores(
            probability=_sigmoid(answer.logit),
            affinity=self._four(answer.affinity),
            pair_weights=self._four(answer.pair_weights),
            user_weights=self._four(answer.user_weights),
            gain=answer.gain,
            bias=answer.bias,
            residual=answer.logit - answer.gain * (answer.affinity @ answer.user_weights) - answer.bias,
        )

    def rescore(self, scores: Scores, weights: np.ndarray) -> np.ndarray:
        """(N,) probability if the person's weights were these (4,), which sum to 1."""
        return _sigmoid(scores.gain * (scores.affinity @ weights) + scores.bias + scores.residual)

    def taste(self, history: Sequence[int], *, user_id: str | None = None, dislikes: Sequence[int] = ()) -> Taste:
        """What a person who likes these illustrations follows: the regression's answer, with occlusion beside it."""
        liked = self._liked(history, dislikes, user_id)
        fit = weigh(self._evidence, liked)
        occlusion = self._scorer.occlusion(self._scorer.score(liked, user_id))
        main, known = fit.main(), len(liked) >= SHARES_FROM
        return Taste(
            weights=self._four(fit.weights()),
            standard_error=self._four(fit.standard_error()),
            occlusion=self._four(occlusion / max(float(occlusion.sum()), 1e-9)),
            bookmarks=len(liked),
            main=self._lens.modalities[main] if main is not None and len(liked) else None,
            known=known,
        )

    def everyone(self) -> tuple[list[str], np.ndarray]:
        """User ids and the weights (U, 4) of everyone with bookmarks; computed once, kept in the run's folder."""
        users = list(self._events.users)
        file = self.run / f"{EVERYONE}-{self._token()}.parquet" if self.kind == "trained" and self.run else None
        if file is not None and file.is_file():
            kept = pl.read_parquet(file)
            return kept["user_id"].to_list(), kept.select(MODALITIES).to_numpy()
        weights = np.zeros((len(users), len(MODALITIES)))
        for n in range(len(users)):
            own = slice(self._events.start[n], self._events.start[n + 1])
            liked = Liked(_rows(self._events.item[own]), self._events.at[own], _rows(()))
            weights[n] = self._four(weigh(self._evidence, liked).weights())
        if file is not None:
            for stale in self.run.glob(f"{EVERYONE}-*.parquet") if self.run else ():
                stale.unlink(missing_ok=True)
            columns = {m: weights[:, k] for k, m in enumerate(MODALITIES)}
            write_parquet(file, pl.DataFrame({"user_id": pl.Series(users, dtype=pl.String), **columns}))
        return users, weights

    def _liked(self, history: Sequence[int], dislikes: Sequence[int], user_id: str | None) -> Liked:
        """The history with its times: those of the log for a person of the log, else now."""
        rows, now = _rows(history), self._lens.now
        user = self._number.get(user_id or "")
        if user is None:
            return Liked(rows, np.full(len(rows), now), _rows(dislikes))
        own = slice(self._events.start[user], self._events.start[user + 1])
        when = dict(zip(self._events.item[own].tolist(), self._events.at[own].tolist(), strict=True))
        return Liked(rows, np.array([when.get(r, now) for r in rows.tolist()], np.int64), _rows(dislikes))

    def _four(self, values: np.ndarray) -> np.ndarray:
        """(…, J) of the used modalities -> (…, 4)."""
        whole = np.zeros((*values.shape[:-1], len(MODALITIES)))
        whole[..., self._place] = values
        return whole

    def _token(self) -> str:
        log = self._events
        facts = f"{len(log)} {int(log.at.sum() % (1 << 61))} {int(log.item.sum())} {len(self._lens)}"
        return hashlib.sha256(facts.encode()).hexdigest()[:12]


def guessing(scorer: Scorer, events: Events, metadata: Metadata) -> Scorer:
    """With popularity as a first guess, where the library's log has too few people and a crawl told of others."""
    numbers = metadata.now()
    told = [c for c in (by_column(numbers, name) for name in ("bookmarks", "views")) if c.std() > 0]
    few = len(events.users) < FEW_PEOPLE
    return WithPopularity(scorer, told[0].astype(np.float64)) if few and told else scorer


def _active(library: Library) -> Path | None:
    run_id = library.info.active.get("ranker")
    return library.path / FOLDER / run_id if run_id else None


def _shipped() -> Path | None:
    """The ranker that is shipped trained on the demo library."""
    file = assets() / "demo" / "library.toml"
    active = read_toml(file).get("active") if file.is_file() else None
    run_id = active.get("ranker") if isinstance(active, dict) else None
    return assets() / "demo" / FOLDER / str(run_id) if run_id else None


def _same_encoders(ranker: TrainedRanker, catalogue: Catalogue, run: Path) -> None:
    for modality in ranker.schema.modalities:
        if modality == "metadata":
            continue
        if modality not in catalogue.vectors:
            raise TrainingError(
                f"The ranker {run.name} needs {modality} vectors, and this library has none. Encode it."
            )
        if catalogue.fingerprints[modality] != ranker.fingerprints.get(modality):
            raise TrainingError(
                f"The ranker {run.name} learnt from {modality} vectors of another encoder. "
                "Train anew, or encode with the encoder that it knows."
            )


def _rows(rows: Sequence[int] | np.ndarray) -> np.ndarray:
    return np.asarray(rows, dtype=np.int64).reshape(-1)


def _sigmoid(logit: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(logit, -50, 50)))
