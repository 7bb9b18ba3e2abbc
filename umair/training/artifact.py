"""A trained ranker on disk: model.safetensors and schema.json in its run's folder. Data only, nothing is unpickled."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn

from umair.errors import TrainingError
from umair.features.fields import Known
from umair.features.schema import Schema
from umair.library.atomic import replacing, write_json
from umair.models.registry import ModelChoices, build
from umair.training.regression import Prior

MODEL, SCHEMA = "model.safetensors", "schema.json"


@dataclass(frozen=True)
class TrainedRanker:
    """A model with what it needs to meet a library.

    bases: principal axes of each space; known: slots that training met; prior: of the per-user regression;
    fingerprints: the encoders whose vectors it learnt from; synthetic: trained on people that we made up.
    """

    instance: str
    schema: Schema
    choices: ModelChoices
    model: nn.Module
    bases: dict[str, np.ndarray]
    known: Known
    prior: Prior
    fingerprints: dict[str, str]
    synthetic: bool

    def save(self, folder: Path) -> None:
        tensors = {f"model.{k}": v.detach().cpu().contiguous() for k, v in self.model.state_dict().items()}
        tensors |= {f"bases.{k}": torch.from_numpy(np.ascontiguousarray(v)) for k, v in self.bases.items()}
        tensors |= {f"known.{k}": torch.from_numpy(v.astype(np.uint8)) for k, v in self.known.met.items()}
        tensors |= {f"prior.{k}": torch.from_numpy(np.ascontiguousarray(v)) for k, v in asdict(self.prior).items()}
        with replacing(folder / MODEL) as aside:
            save_file(tensors, aside)
        write_json(
            folder / SCHEMA,
            {
                "instance": self.instance,
                "schema": self.schema.to_json(),
                "choices": asdict(self.choices),
                "fingerprints": self.fingerprints,
                "synthetic": self.synthetic,
            },
        )

    @classmethod
    def load(cls, folder: Path) -> TrainedRanker:
        """TrainingError if the folder holds no ranker or one that is damaged."""
        if not (folder / MODEL).is_file() or not (folder / SCHEMA).is_file():
            raise TrainingError(
                f"{folder.name} holds no trained ranker (no {MODEL}). Let it finish, or choose another."
            )
        try:
            kept = json.loads((folder / SCHEMA).read_text(encoding="utf-8"))
            tensors = load_file(folder / MODEL)
            older = {"numbers": False}  # runs of before the tower of numbers do not name it
            schema, choices = Schema.from_json(kept["schema"]), ModelChoices(**{**older, **kept["choices"]})
            model = build(kept["instance"], schema, choices)
            model.load_state_dict(_under(tensors, "model."))
            prior = Prior(**{k: v.numpy() for k, v in _under(tensors, "prior.").items()})
        except (SafetensorError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise TrainingError(
                f"The ranker in {folder} is damaged ({error}). Train again or choose another."
            ) from error
        model.eval()
        return cls(
            instance=kept["instance"],
            schema=schema,
            choices=choices,
            model=model,
            bases={k: v.numpy() for k, v in _under(tensors, "bases.").items()},
            known=Known({k: v.numpy().astype(bool) for k, v in _under(tensors, "known.").items()}),
            prior=prior,
            fingerprints=dict(kept["fingerprints"]),
            synthetic=bool(kept["synthetic"]),
        )


def _under(tensors: dict[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
