"""The rankers by name, and how large they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from umair.errors import TrainingError
from umair.features.schema import Schema
from umair.models.crosses import CrossNetMix
from umair.models.dcn_v2 import DCNV2
from umair.models.umair import Umair
from umair.models.umair_fps import WIDTH, UmairFPS
from umair.models.umcm import contribution


@dataclass(frozen=True)
class ModelChoices:
    """The small objects that make a variant. contribution: attention, senet or none; experts: how many in parallel;
    expert_form: paper (without parameters) or projected; crosses: DCN-V2 or not."""

    contribution: str = "attention"
    experts: int = 1
    expert_form: str = "paper"
    crosses: bool = True
    dropout: float = 0.5


def _umair(schema: Schema, choices: ModelChoices) -> nn.Module:
    if choices.contribution not in ("attention", "none") or choices.experts != 1:
        raise TrainingError(
            f"The instance `umair` weighs by attention or not at all (none), with one expert; "
            f"{choices.contribution!r} with {choices.experts} experts is a variant of the instance `paper`."
        )
    return Umair(schema, choices.crosses, choices.contribution == "none", choices.dropout)


def _paper(schema: Schema, choices: ModelChoices) -> nn.Module:
    fusion = contribution(choices.contribution, WIDTH, choices.experts, choices.expert_form, choices.dropout)
    crosses = CrossNetMix(2 * WIDTH) if choices.crosses else nn.Identity()
    return UmairFPS(schema, fusion, crosses, choices.dropout)


def _dcn_v2(schema: Schema, choices: ModelChoices) -> nn.Module:
    return DCNV2(schema, choices.dropout)


MODELS: dict[str, Callable[[Schema, ModelChoices], nn.Module]] = {
    "umair": _umair,
    "paper": _paper,
    "dcn_v2": _dcn_v2,
}


def build(name: str, schema: Schema, choices: ModelChoices) -> nn.Module:
    """A fresh ranker; TrainingError lists the names if there is none of this name."""
    if name not in MODELS:
        raise TrainingError(f"There is no ranker {name!r}. Choose one of {', '.join(MODELS)}.")
    return MODELS[name](schema, choices)


def parameter_count(model: nn.Module) -> int:
    """Parameters as Keras counts them: BatchNorm's running mean and variance included."""
    running = sum(
        buffer.numel() for name, buffer in model.named_buffers() if name.endswith(("running_mean", "running_var"))
    )
    return running + sum(p.numel() for p in model.parameters())
