"""The trainings of a comparison: those not yet kept, by one process or several; a failure stops nothing else."""

from __future__ import annotations

import hashlib
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from umair.errors import TrainingError
from umair.experiments.comparison.trial import Job, Scores, Trial, load, save
from umair.features.catalogue import Catalogue
from umair.features.events import Events
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.models.registry import parameter_count
from umair.training import metrics, report
from umair.training.fit import fit, predict
from umair.training.instances import recipe_of, stages_of
from umair.training.options import RankerOptions
from umair.training.ranker import Training

TOGETHER = 8  # jobs that a process takes at once: they share one preparation of the data
LOOK_S = 2.0
Told = Callable[[int, int, str], None]  # done, of, what was done last


@dataclass(frozen=True)
class Failure:
    """A training that ended with an error, and which."""

    name: str
    seed: int
    error: str


def fingerprint(library: Library) -> str:
    """Of what trainings see of a library: its log, its illustrations, its vectors."""
    events = Events.of(library)
    found = Catalogue.as_far_as_encoded(library, events)
    made = hashlib.sha256()
    for part in (events.user, events.item, events.at, found.published):
        made.update(np.ascontiguousarray(part).tobytes())
    made.update(repr((sorted(found.fingerprints.items()), len(found.frame))).encode())
    return made.hexdigest()[:16]


def run_jobs(
    library: Library, jobs: Sequence[Job], inputs: Sequence[object], folder: Path, processes: int, told: Told
) -> list[Failure]:
    """Do all jobs that `folder` does not keep yet. inputs: one for each job; jobs with equal ones share their data."""
    left = [k for k, job in enumerate(jobs) if load(folder, job) is None]
    kinds: dict[object, list[Job]] = {}
    for k in left:
        kinds.setdefault(inputs[k], []).append(jobs[k])
    chunks = [chunk for own in kinds.values() for chunk in _chunks(own, processes)]
    told(0, len(left), "")
    if processes <= 1 or len(chunks) <= 1:
        names: list[str] = []

        def ended(name: str) -> None:
            names.append(name)
            told(len(names), len(left), name)

        return [failure for chunk in chunks for failure in do_chunk(library.path, chunk, folder, ended)]
    return _in_processes(library.path, chunks, folder, processes, told)


def _chunks(jobs: list[Job], processes: int) -> list[list[Job]]:
    """Small enough that every process has some of them, large enough that data is not made for each."""
    size = min(TOGETHER, -(-len(jobs) // processes))
    return [jobs[n : n + size] for n in range(0, len(jobs), size)]


def _in_processes(path: Path, chunks: list[list[Job]], folder: Path, processes: int, told: Told) -> list[Failure]:
    jobs = [job for chunk in chunks for job in chunk]
    failures: list[Failure] = []
    known: set[str] = set()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        running = {pool.submit(do_chunk, path, chunk, folder): chunk for chunk in chunks}
        waiting = set(running)
        while waiting:
            ended, waiting = wait(waiting, timeout=LOOK_S, return_when=FIRST_COMPLETED)
            for future in ended:
                try:
                    failures += future.result()
                except Exception as error:  # the process itself is gone: its jobs are named, the others go on
                    failures += [
                        Failure(j.name, j.options.seed, repr(error)) for j in running[future] if not load(folder, j)
                    ]
            new = [j for j in jobs if j.file not in known and (folder / f"{j.file}.json").is_file()]
            known.update(j.file for j in new)
            told(len(known), len(jobs), "; ".join(f"{j.name}, seed {j.options.seed}" for j in new))
    return failures


def do_chunk(
    path: Path, jobs: Sequence[Job], folder: Path, ended: Callable[[str], None] | None = None
) -> list[Failure]:
    """Jobs that share their data, one after the other, each kept as soon as it is done."""
    library, failures = Library.open(path), []
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="umair-rows-") as rows:
        try:
            training = Training.of(library, _drawn(jobs[0].options), Path(rows))
        except TrainingError as error:
            return [Failure(j.name, j.options.seed, str(error)) for j in jobs]
        for number, job in enumerate(jobs):
            if _orphaned():
                break
            try:
                save(folder, job, do_job(training, job, Path(rows) / str(number)))
            except Exception as error:  # whatever it is, the other trainings go on, and the table says what is missing
                failures.append(Failure(job.name, job.options.seed, f"{type(error).__name__}: {error}"))
            if ended is not None:
                ended(f"{job.name}, seed {job.options.seed}")
    return failures


def _orphaned() -> bool:
    """Whether the process that asked for the work is gone: nobody would wait for the rest of it."""
    parent = multiprocessing.parent_process()
    return parent is not None and not parent.is_alive()


def do_job(training: Training, job: Job, scratch: Path) -> Trial:
    """Train once, look at validation, and at the test part if that is what the job is for."""
    options = job.options
    model = training.model(options)
    run = RunFolder.create(scratch, "ranker", options.to_config())
    began = time.monotonic()
    fit(model, training.train, training.validation, stages_of(options), recipe_of(options), run)
    seconds = time.monotonic() - began
    logit, columns = predict(model, training.validation)
    passes = sum(s.passes for s in stages_of(options))
    test, scores = _judged(model, training, job.ranked_users) if job.judged else ({}, None)
    return Trial(
        name=job.name,
        seed=options.seed,
        validation_auc=metrics.auc(columns["label"], logit),
        parameters=parameter_count(model),
        seconds=seconds,
        rows_per_second=passes * len(training.train) / max(seconds, 1e-9),
        test=test,
        scores=scores,
    )


def _judged(model: nn.Module, training: Training, ranked_users: int) -> tuple[dict[str, float], Scores]:
    logit, columns = predict(model, training.test)
    label = columns["label"].astype(np.float64)
    score = report.model_score(model, training.data)
    ranked = report.ranked_by_user(score, training.data, users=ranked_users)
    scores = Scores(
        user=columns["user"].astype(np.int32),
        label=columns["label"] > 0.5,
        logit=logit.astype(np.float32),
        ranked_user=ranked.user.astype(np.int32),
        ndcg=ranked.ndcg.astype(np.float64),
        recall=ranked.recall.astype(np.float64),
    )
    test = {"ece": metrics.ece(label, 1 / (1 + np.exp(-logit.astype(np.float64))))}
    return test, scores


def _drawn(options: RankerOptions) -> RankerOptions:
    """The rows are drawn once, by seed 0: another seed is another training of the same rows."""
    return replace(options, seed=0)
