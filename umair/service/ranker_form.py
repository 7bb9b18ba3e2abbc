"""Every choice of a ranker's training, in the order of the page. A test holds it equal to RankerOptions."""

from __future__ import annotations

from umair.features.schema import MODALITIES
from umair.service.form_fields import CHOICE, FLAG, NUMBER, SEVERAL, WHOLE, Field, Form

INSTANCES = ("umair", "paper", "dcn", "xdeepfm", "fibinet", "difm", "dcn_v2", "final_mlp")
CONTRIBUTIONS, EXPERT_FORMS = ("attention", "senet", "none"), ("paper", "projected")
POLICIES, SCHEDULES = ("uniform", "popularity"), ("constant", "one_cycle")
SIZES, OPTIMIZERS = ("fitted", "paper"), ("lazy", "dense")
DEVICES, PRECISIONS = ("cpu", "cuda", "mps", "auto"), ("32-true", "bf16-mixed", "16-mixed")
MODEL, STEPS, ROWS, MACHINE = "The model", "How it learns", "What it learns from", "The machine"


def _choice(name: str, label: str, default: str | None, told: str, choices: tuple[str, ...], part: str) -> Field:
    return Field(name, label, CHOICE, default, told, choices, advanced=True, part=part)


def _whole(name: str, label: str, default: int | None, told: str, low: int, high: int, part: str) -> Field:
    return Field(name, label, WHOLE, default, told, low=low, high=high, advanced=True, part=part)


def _number(name: str, label: str, default: float | None, told: str, low: float, high: float, part: str) -> Field:
    return Field(name, label, NUMBER, default, told, low=low, high=high, advanced=True, part=part)


def _flag(name: str, label: str, default: bool, told: str, part: str) -> Field:
    return Field(name, label, FLAG, default, told, advanced=True, part=part)


RANKER = Form(
    "ranker",
    "Recommender",
    "Learns what people like from their bookmarks: UMAIR-FPS, with what was known before each of them.",
    (
        Field("instance", "Instance", CHOICE, "umair", "As measured best, as printed, or a baseline.", INSTANCES),
        Field("modalities", "Modalities", SEVERAL, list(MODALITIES), "What it may look at.", MODALITIES),
        Field("passes", "Passes", WHOLE, None, "Over all bookmarks; fewer are quicker.", low=0, high=100),
        _choice("contribution", "Contribution", "attention", "How modalities are weighed.", CONTRIBUTIONS, MODEL),
        _whole("experts", "Experts", None, "Contributions side by side; a mixture from 2 on.", 0, 8, MODEL),
        _choice(
            "expert_form", "Experts are", "paper", "Without parameters, or each with its own.", EXPERT_FORMS, MODEL
        ),
        _flag("crosses", "Crosses", True, "DCN-V2 over the fused picture and the person (2.5).", MODEL),
        _flag("vectors", "Baselines see vectors", True, "The same as ours; off: fields alone, as printed.", MODEL),
        _choice("sizes", "Tables of ids", "fitted", "As large as this library needs, or the paper's.", SIZES, MODEL),
        _number("dropout", "Dropout", None, "Share of units left out in a step.", 0.0, 0.95, MODEL),
        _whole("cross_passes", "Passes of the crosses", None, "Of umair, after the others.", 0, 100, STEPS),
        _whole("batch_rows", "Batch", None, "Rows a step.", 0, 65_536, STEPS),
        _number("learning_rate", "Learning rate", None, "The largest one.", 1e-7, 1.0, STEPS),
        _choice("schedule", "Schedule", None, "The rate stays, or rises and falls.", SCHEDULES, STEPS),
        _number("decay", "Weight decay", None, "Of all but tables of ids.", 0.0, 10.0, STEPS),
        _number("table_decay", "Decay of tables", None, "Of the rows of ids that a step touches.", 0.0, 10.0, STEPS),
        _choice("optimizer", "Steps of tables", "lazy", "Of touched rows alone, or of all.", OPTIMIZERS, STEPS),
        _flag("keep_best", "Keep the best pass", False, "The pass with the best validation AUC, not the last.", STEPS),
        _whole("negatives", "Negatives", 3, "Pictures not taken, for each bookmark.", 1, 50, ROWS),
        _choice("negative_policy", "Negatives are drawn", "uniform", "Evenly, or popular ones more.", POLICIES, ROWS),
        _number("validation", "Validation", 0.1, "Share of bookmarks, the last but the test.", 0.01, 0.45, ROWS),
        _number("test", "Test", 0.15, "Share of bookmarks, the last of all.", 0.01, 0.45, ROWS),
        _whole("seed", "Seed", 0, "The same seed gives the same numbers.", 0, 2**31 - 1, ROWS),
        _choice("device", "Device", "cpu", "Where it is computed.", DEVICES, MACHINE),
        _choice("precision", "Precision", "32-true", "bf16 is faster where there is it.", PRECISIONS, MACHINE),
    ),
)
