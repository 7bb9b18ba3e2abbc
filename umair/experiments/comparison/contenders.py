"""Who stands in Table 3 and Table 4: printed names and options, nothing more."""

from __future__ import annotations

from dataclasses import dataclass, replace

from umair.features.schema import MODALITIES
from umair.models import registry
from umair.models.registry import NAMES
from umair.training.options import RankerOptions

BASELINES = {instance: NAMES[instance] for instance in registry.BASELINES}
OURS = {instance: NAMES[instance] for instance in ("paper", "umair")}
FIELDS, VECTORS = "fields only", "with vectors"


@dataclass(frozen=True)
class Contender:
    """A row: its name, its group, its options, and the options whose tuning it uses (its own in Table 3).

    beside: the row that its difference is to; empty for the runner-up.
    """

    name: str
    group: str
    options: RankerOptions
    tuned_as: RankerOptions
    beside: str = ""

    @property
    def inputs(self) -> tuple[str, bool, tuple[str, ...]]:
        """What decides its schema: contenders that agree in this share data and rows."""
        kind = self.options.instance if self.options.instance in OURS else "baseline"
        return kind, self.options.vectors, self.options.modalities


def table_3_contenders() -> tuple[Contender, ...]:
    """Six baselines with fields only, the same with vectors, and both instances of UMAIR-FPS."""
    rows = []
    for vectors, group in ((False, FIELDS), (True, VECTORS)):
        for instance, name in BASELINES.items():
            options = RankerOptions(instance=instance, vectors=vectors)
            rows.append(Contender(f"{name}, {group}", group, options, options))
    for instance, name in OURS.items():
        options = RankerOptions(instance=instance)
        rows.append(Contender(name, "ours", options, options))
    return tuple(rows)


def table_4_contenders(instance: str, modalities: tuple[str, ...] = MODALITIES) -> tuple[Contender, ...]:
    """Every variant of one of ours, the whole model last. Modalities that the library lacks have no row."""
    base = RankerOptions(instance=instance)

    def without(*gone: str) -> RankerOptions:
        return replace(base, modalities=tuple(m for m in MODALITIES if m not in gone))

    single = {"STY": "style", "SEM": "semantic", "TSEM": "label_text"}
    rows = [("Multi-modal", f"w/o {short}", without(m)) for short, m in single.items() if m in modalities]
    if len(rows) > 1:
        rows.insert(0, ("Multi-modal", "w/o ALL", without(*single.values())))
    if instance == "umair":
        rows.append(("Multi-modal", "w/o META", without("metadata")))
    rows.append(("UMCM by single", "w/o UMCM", replace(base, contribution="none", experts=1)))
    if instance == "paper":
        rows += [
            ("UMCM by single", "w/ UMCM-ATT", replace(base, experts=1)),
            ("UMCM by single", "w/ UMCM-SEN", replace(base, contribution="senet", experts=1)),
        ]
        for kind, short in (("attention", "ATT"), ("senet", "SEN")):
            rows += [("UMCM by MoE", f"w/ {short}*{k}", replace(base, contribution=kind, experts=k)) for k in (2, 3, 4)]
    rows.append(("DCN-V2", "w/o DCN-V2", replace(base, crosses=False)))
    whole = OURS[instance]
    variants = [Contender(f"{name}, {instance}", group, options, base, whole) for group, name, options in rows]
    return (*variants, Contender(whole, "whole", base, base, whole))
