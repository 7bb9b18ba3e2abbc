"""Table 4 on a library: what each modality, the contribution and the crosses are worth; `python -m umair table 4`.

Every variant is a schema or a small object; nothing is copied. Each is trained anew with the same rows and seed, so a
difference is the variant's, up to the noise of one seed; the report says how many rows and which library.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from umair.features.schema import MODALITIES
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.training.options import RankerOptions
from umair.training.ranker import train_ranker


@dataclass(frozen=True)
class Table4Row:
    """One variant on the test part: AUC, BCE, within-user AUC, NDCG@10, parameters as built for this library."""

    group: str
    variant: str
    auc: float
    bce: float
    gauc: float
    ndcg: float
    parameters: int


def variants(options: RankerOptions) -> tuple[tuple[str, str, RankerOptions], ...]:
    """(group, name, options) of every row, the whole model last."""

    def without(*gone: str) -> RankerOptions:
        return replace(options, modalities=tuple(m for m in MODALITIES if m not in gone))

    umcm = "UMCM by single"
    rows = [
        ("Multi-modal", "w/o ALL", without("label_text", "semantic", "style")),
        ("Multi-modal", "w/o STY", without("style")),
        ("Multi-modal", "w/o SEM", without("semantic")),
        ("Multi-modal", "w/o TSEM", without("label_text")),
        (umcm, "w/o UMCM", replace(options, contribution="none", experts=1)),
    ]
    if options.instance == "paper":
        rows += [
            (umcm, "w/ UMCM-ATT", replace(options, experts=1)),
            (umcm, "w/ UMCM-SEN", replace(options, contribution="senet", experts=1)),
        ]
        for kind, short in (("attention", "ATT"), ("senet", "SEN")):
            for k in (2, 3, 4):
                rows.append(("UMCM by MoE", f"w/ {short}*{k}", replace(options, contribution=kind, experts=k)))
    rows.append(("DCN-V2", "w/o DCN-V2", replace(options, crosses=False)))
    return (*rows, ("-", options.instance, options))


def table_4(library: Library, options: RankerOptions | None = None, only: Sequence[str] = ()) -> Iterator[Table4Row]:
    """Train and measure the variants one after the other (all, or those named); their runs are not kept."""
    for group, name, chosen in variants(options or RankerOptions(instance="paper")):
        if only and name not in only:
            continue
        run = RunFolder.create(library.path, "ranker", chosen.to_config())
        try:
            train_ranker(library, run, chosen)
            metrics = run.metrics()
        finally:
            shutil.rmtree(run.path, ignore_errors=True)
        test = metrics["test"]
        yield Table4Row(
            group,
            name,
            auc=test["auc"],
            bce=test["bce"],
            gauc=test["gauc"],
            ndcg=test.get("ndcg@10", float("nan")),
            parameters=metrics["parameters"],
        )


def as_text(rows: Sequence[Table4Row], library: Library) -> str:
    """For the terminal: which library, whether its people are invented, and one line a variant."""
    kind = "synthetic people" if library.info.synthetic else "its own log"
    lines = [
        f"Table 4 on “{library.info.name}” ({kind}), one seed",
        f"{'variant':<14}{'AUC':>8}{'BCE':>8}{'GAUC':>8}{'NDCG@10':>9}{'parameters':>12}",
    ]
    lines += [f"{r.variant:<14}{r.auc:>8.4f}{r.bce:>8.4f}{r.gauc:>8.4f}{r.ndcg:>9.4f}{r.parameters:>12,}" for r in rows]
    return "\n".join(lines)
