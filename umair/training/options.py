"""What can be chosen about the training of a ranker; the command line, the app and a run's config.toml all use this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

from umair.errors import TrainingError
from umair.features.negatives import POLICIES
from umair.features.schema import MODALITIES
from umair.models.registry import MODELS
from umair.models.umcm import CONTRIBUTIONS, EXPERTS

SIZES = ("fitted", "paper")
OPTIMIZERS = ("lazy", "dense")
SCHEDULES = ("constant", "one_cycle")


@dataclass(frozen=True)
class RankerOptions:
    """One training. Where a number is None, the instance's own value holds (instances.py)."""

    instance: str = "umair"
    modalities: tuple[str, ...] = MODALITIES
    contribution: str = "attention"  # attention | senet | none
    experts: int | None = None  # how many contributions in parallel (a mixture from 2 on)
    expert_form: str = "paper"  # paper: without parameters | projected: each with its own
    crosses: bool = True
    vectors: bool = True  # baselines: the same prepared vectors as `umair`, or fields alone as the paper printed them
    passes: int | None = None  # over the training rows
    cross_passes: int | None = None  # umair: further passes for the crosses alone
    negatives: int = 3  # for each bookmark
    negative_policy: str = "uniform"  # uniform | popularity
    batch_rows: int | None = None
    learning_rate: float | None = None
    schedule: str | None = None  # constant | one_cycle
    dropout: float | None = None
    decay: float | None = None  # weight decay of everything but tables
    table_decay: float | None = None  # the same of the touched rows of tables
    keep_best: bool = False  # of all passes, keep the weights of the one with the best validation AUC
    seed: int = 0
    sizes: str = "fitted"  # tables fitted to the library | the paper's 1.1 M slots
    optimizer: str = "lazy"  # lazy: only touched rows of tables | dense: the paper's
    device: str = "cpu"
    precision: str = "32-true"
    validation: float = 0.1  # share of bookmarks, by time
    test: float = 0.15

    def __post_init__(self) -> None:
        _one_of("instance", self.instance, tuple(MODELS))
        _one_of("contribution", self.contribution, CONTRIBUTIONS)
        _one_of("expert_form", self.expert_form, EXPERTS)
        _one_of("negative_policy", self.negative_policy, POLICIES)
        _one_of("sizes", self.sizes, SIZES)
        _one_of("optimizer", self.optimizer, OPTIMIZERS)
        if self.schedule is not None:
            _one_of("schedule", self.schedule, SCHEDULES)
        _share("dropout", self.dropout, below=1.0)
        _share("decay", self.decay)
        _share("table_decay", self.table_decay)
        for modality in self.modalities:
            _one_of("modalities", modality, MODALITIES)
        if not self.modalities or self.negatives < 1:
            raise TrainingError("A ranker needs at least one modality and one negative for each bookmark.")
        in_order = tuple(m for m in MODALITIES if m in self.modalities)
        object.__setattr__(self, "modalities", in_order)

    def to_config(self) -> dict[str, str | int | float | bool | list[str] | None]:
        """As a run's config holds it."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    @classmethod
    def from_config(cls, config: Mapping[str, object]) -> RankerOptions:
        """From a run's config; what it does not name has its default. TrainingError names an unknown choice."""
        known = {f.name for f in fields(cls)}
        strange = [name for name in config if name not in known]
        if strange:
            raise TrainingError(f"A ranker has no option {strange[0]!r}. There are {', '.join(sorted(known))}.")
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in config.items()}
        return replace(cls(), **values)


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise TrainingError(f"{name} is {value!r}; choose one of {', '.join(allowed)}.")


def _share(name: str, value: float | None, below: float | None = None) -> None:
    if value is not None and (value < 0 or (below is not None and value >= below)):
        raise TrainingError(
            f"{name} is {value}; it must be 0 or more{'' if below is None else f', and under {below:g}'}."
        )
