"""The rankers by name, and how large they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from umair.errors import TrainingError
from umair.features.schema import Schema
from umair.models.crosses import CrossNetMix
from umair.models.dcn import DCN
from umair.models.dcn_v2 import DCNV2
from umair.models.difm import DIFM
from umair.models.fibinet import FiBiNET
from umair.models.final_mlp import FinalMLP
from umair.models.umair import Umair
from umair.models.umair_fps import WIDTH, UmairFPS
from umair.models.umcm import contribution
from umair.models.xdeepfm import XDeepFM


@dataclass(frozen=True)
class ModelChoices:
    """The small objects that make a variant. contribution: attention, senet or none; experts: how many in parallel;
    expert_form: paper (without parameters) or projected; crosses: DCN-V2 or not; numbers: the tower of `umair`."""

    contribution: str = "attention"
    experts: int = 1
    expert_form: str = "paper"
    crosses: bool = True
    dropout: float = 0.5
    numbers: bool = True


def _umair(schema: Schema, choices: ModelChoices) -> nn.Module:
    if choices.contribution not in ("attention", "none") or choices.experts != 1:
        raise TrainingError(
            f"The instance `umair` weighs by attention or not at all (none), with one expert; "
            f"{choices.contribution!r} with {choices.experts} experts is a variant of the instance `paper`."
        )
    return Umair(schema, choices.crosses, choices.contribution == "none", choices.dropout, choices.numbers)


def _paper(schema: Schema, choices: ModelChoices) -> nn.Module:
    fusion = contribution(choices.contribution, WIDTH, choices.experts, choices.expert_form, choices.dropout)
    crosses = CrossNetMix(2 * WIDTH) if choices.crosses else nn.Identity()
    return UmairFPS(schema, fusion, crosses, choices.dropout)


Builder = Callable[[Schema, ModelChoices], nn.Module]


def _baseline(kind: Callable[[Schema, float], nn.Module]) -> Builder:
    return lambda schema, choices: kind(schema, choices.dropout)


BASELINES: dict[str, Builder] = {
    "dcn": _baseline(DCN),
    "xdeepfm": _baseline(XDeepFM),
    "fibinet": _baseline(FiBiNET),
    "difm": _baseline(DIFM),
    "dcn_v2": _baseline(DCNV2),
    "final_mlp": _baseline(FinalMLP),
}
MODELS: dict[str, Builder] = {"umair": _umair, "paper": _paper, **BASELINES}
NAMES = {
    "umair": "UMAIR-FPS (umair)",
    "paper": "UMAIR-FPS (paper)",
    "dcn": "DCN",
    "xdeepfm": "xDeepFM",
    "fibinet": "FiBiNET",
    "difm": "DIFM",
    "dcn_v2": "DCN-V2",
    "final_mlp": "FinalMLP",
}  # as tables print them


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
