"""Train a ranker on a library, into a run's folder: rows, fit, report, artifact. Goes on where it was stopped."""

from __future__ import annotations

import platform
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from umair.errors import TrainingError
from umair.features.fields import Known
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.models.registry import build, parameter_count
from umair.models.umair import Umair
from umair.training import checkpoint, report
from umair.training.artifact import TrainedRanker
from umair.training.data import RankerData
from umair.training.fit import fit
from umair.training.instances import choices_of, recipe_of, stages_of
from umair.training.lens import Lens, Liked
from umair.training.options import RankerOptions
from umair.training.refined import Refined
from umair.training.refining import refine
from umair.training.regression import Prior, fit_population
from umair.training.rows import Drawing, Rows, make_rows

COLUMNS = "columns"
PEOPLE = 500  # whose regressions make the population's prior
ENOUGH = 10  # bookmarks from which a person counts for it


@dataclass(frozen=True)
class Training:
    """A library made ready for trainings: what is looked up, and the rows of the three parts.

    Every training with the same inputs (instance, vectors, modalities, sizes) and negatives may use one.
    """

    data: RankerData
    train: Rows
    validation: Rows
    test: Rows

    @classmethod
    def of(cls, library: Library, options: RankerOptions, folder: Path) -> Training:
        """The rows are written to the folder; the same whenever they are made. TrainingError says what lacks."""
        data = RankerData.of(library, options, folder / "sums")
        made = []
        for number, name in enumerate(("train", "validation", "test")):
            which = data.part(number)
            if not len(which):
                raise TrainingError(f"The {name} part has no bookmarks. Give it a larger share of the time.")
            how = Drawing(options.negatives, options.negative_policy, 10 * options.seed + number)
            made.append(make_rows(folder / name, data.inputs, data.events, which, how, train=number == 0))
            if number == 0:
                columns = made[0].columns.block(0, len(made[0]))
                both = np.concatenate([columns["user_fields"], columns["item_fields"]], axis=1)
                schema = data.inputs.schema
                data.inputs.known = Known.of((*schema.user_fields, *schema.item_fields), both)
        return cls(data, *made)

    def model(self, options: RankerOptions) -> nn.Module:
        """A fresh model of these options, its weights drawn by their seed."""
        torch.manual_seed(options.seed)
        model = build(options.instance, self.data.inputs.schema, choices_of(options))
        if isinstance(model, Umair):
            model.set_catalogue({m: torch.from_numpy(x) for m, x in self.data.prepared.items.items()})
        return model


def train_ranker(library: Library, run: RunFolder, options: RankerOptions) -> None:
    """Write model.safetensors, schema.json and metrics.json into the run's folder, beside config.toml.

    Stops early when the run is asked to; called again, it goes on to the same numbers. TrainingError says what lacks.
    """
    training = Training.of(library, options, run.path / COLUMNS)
    data, model = training.data, training.model(options)
    began = time.monotonic()
    if not fit(model, training.train, training.validation, stages_of(options), recipe_of(options), run):
        return
    seconds = time.monotonic() - began
    model.to("cpu")
    ranker = TrainedRanker(
        instance=options.instance,
        schema=data.inputs.schema,
        choices=choices_of(options),
        model=model,
        bases=data.prepared.bases,
        known=data.inputs.known or Known({}),
        prior=_population(model, data),
        fingerprints=data.catalogue.fingerprints,
        synthetic=library.info.synthetic,
    )
    ranker.save(run.path)
    if isinstance(model, Umair) and (refined := refine_for(model, data)):
        refined.save(run.path)
    run.write_metrics(_metrics(library, options, model, training, seconds))
    checkpoint.remove(run.path)
    shutil.rmtree(run.path / COLUMNS, ignore_errors=True)


def _population(model: nn.Module, data: RankerData) -> Prior:
    """The prior of the per-user regression, from people's bookmarks of the training part."""
    events, now = data.events, data.split.validation
    seen = (data.prepared, data.metadata, data.catalogue.published, now)
    lens = Lens(model.affinities, *seen) if isinstance(model, Umair) else Lens.plain(*seen)
    early = events.at < now
    people = []
    for user in np.random.default_rng(0).permutation(len(events.users))[:PEOPLE]:
        own = slice(events.start[user], events.start[user + 1])
        rows, at = events.item[own][early[own]].astype(np.int64), events.at[own][early[own]]
        if len(rows) >= ENOUGH:
            people.append(lens.person_rows(Liked(rows, at, np.zeros(0, np.int64)), int(user)))
    return fit_population(people, len(lens.modalities))


def refine_for(model: Umair, data: RankerData) -> Refined | None:
    """What people's weights are read from, of the whole log: they describe, nothing is predicted by them."""
    lens = Lens(model.affinities, data.prepared, data.metadata, data.catalogue.published, data.metadata.end)
    return refine(lens, data.events, data.catalogue.frame["item_id"].to_list())


def _metrics(
    library: Library,
    options: RankerOptions,
    model: nn.Module,
    training: Training,
    seconds: float,
) -> dict[str, object]:
    data, train, validation, test = training.data, training.train, training.validation, training.test
    ranked = report.ranking_metrics(report.model_score(model, data), data)
    popularity = report.ranking_metrics(report.popularity_score(data), data)
    passes = sum(s.passes for s in stages_of(options))
    return {
        "test": {**report.row_metrics(model, test), **ranked},
        "validation": report.row_metrics(model, validation),
        "popularity": popularity,
        "parameters": parameter_count(model),
        "rows": {"train": len(train), "validation": len(validation), "test": len(test)},
        "negatives": f"{options.negatives} for each bookmark, {options.negative_policy}, out by then, never bookmarked",
        "modalities": list(data.inputs.schema.modalities),
        "split": data.split.told,
        "split_from": {"validation_from_us": data.split.validation, "test_from_us": data.split.test},
        "seconds": seconds,
        "rows_per_second": passes * len(train) / max(seconds, 1e-9),
        "synthetic": library.info.synthetic,
        "machine": f"{platform.machine()}, torch {torch.__version__}, {torch.get_num_threads()} threads",
    }
