"""One finished training on disk: a small JSON to read, and an .npz with what intervals need."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from umair.library.atomic import replacing, write_json
from umair.training.options import RankerOptions


@dataclass(frozen=True)
class Job:
    """A training to be done once: on which library (its fingerprint), by which options; for its test part or not.

    ranked_users: for how many the catalogue is ranked, 0 for none. judged: False while tuning, when only validation
    is looked at.
    """

    name: str
    fingerprint: str
    options: RankerOptions
    judged: bool
    ranked_users: int

    @property
    def file(self) -> str:
        """Name of its files, without ending; another library, option or seed has another name."""
        said = {**self.options.to_config(), "library": self.fingerprint, "judged": self.judged}
        said |= {"ranked": self.ranked_users}
        digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]
        o = self.options
        kind = "judged" if self.judged else "tuned"
        return f"{o.instance}-{'vectors' if o.vectors else 'fields'}-{kind}-{o.seed}-{digest}"


@dataclass(frozen=True)
class Scores:
    """What a model said of the test part. user, label, logit (R) of its rows; ranked_user, ndcg, recall (n)."""

    user: np.ndarray
    label: np.ndarray
    logit: np.ndarray
    ranked_user: np.ndarray
    ndcg: np.ndarray
    recall: np.ndarray


@dataclass(frozen=True)
class Trial:
    """What came of a job. validation_auc: of the kept pass; seconds: of the training; rows_per_second in training."""

    name: str
    seed: int
    validation_auc: float
    parameters: int
    seconds: float
    rows_per_second: float
    test: dict[str, float]
    scores: Scores | None


def save(folder: Path, job: Job, trial: Trial) -> None:
    """First the scores, then the JSON: a trial whose JSON is there is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    if trial.scores is not None:
        with replacing(folder / f"{job.file}.npz") as aside, aside.open("wb") as file:
            np.savez_compressed(file, **vars(trial.scores))
    said = {k: v for k, v in vars(trial).items() if k != "scores"}
    write_json(folder / f"{job.file}.json", {**said, "library": job.fingerprint, "options": asdict(job.options)})


def load(folder: Path, job: Job) -> Trial | None:
    """The kept trial, or None where it is not there or cannot be read (it is then done again)."""
    try:
        said = json.loads((folder / f"{job.file}.json").read_text(encoding="utf-8"))
        scores = None
        if job.judged:
            with np.load(folder / f"{job.file}.npz", allow_pickle=False) as kept:
                scores = Scores(**{name: kept[name] for name in kept.files})
        return Trial(
            name=job.name,
            seed=said["seed"],
            validation_auc=said["validation_auc"],
            parameters=said["parameters"],
            seconds=said["seconds"],
            rows_per_second=said["rows_per_second"],
            test=said["test"],
            scores=scores,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(folder: Path, job: Job) -> None:
    """So that it is done again."""
    for ending in ("json", "npz"):
        (folder / f"{job.file}.{ending}").unlink(missing_ok=True)
