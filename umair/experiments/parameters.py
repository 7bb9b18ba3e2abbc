"""Our parameter counts beside the paper's, row by row (Tables 3 and 4), at the paper's sizes; `params --paper`."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from umair.features.schema import Schema, baseline_schema, paper_schema
from umair.models.registry import NAMES, ModelChoices, build, parameter_count


@dataclass(frozen=True)
class ParameterRow:
    """One row of a table: our count, the paper's, and where they differ, why."""

    table: str
    variant: str
    ours: int
    paper: int
    why: str = ""

    @property
    def difference(self) -> int:
        return self.ours - self.paper


SEMANTIC_INDEX = (
    "the authors' file for this row reads the label text in place of the style vector by a wrong index: "
    "-(1024+1)*64 + (512-256)*64; ours leaves the semantic vector out alone"
)
NOT_UMCM = "no structure of the published code gives this count (0 mod 8); ours is the plain mean, which has no weights"
NOT_ALL = "no structure of the published code gives this count; ours leaves the three vectors out"


BASELINES_PRINTED = (
    ("dcn", 10_175_324),
    ("xdeepfm", 10_302_596),
    ("fibinet", 10_424_966),
    ("difm", 10_210_660),
    ("dcn_v2", 10_278_092),
    ("final_mlp", 10_160_912),
)


def parameter_rows() -> tuple[ParameterRow, ...]:
    """Every row of Table 3 that we have a model for, and every row of Table 4. Nothing is allocated."""
    schema, mixture = paper_schema(), ModelChoices(experts=3)
    plain = ModelChoices()
    rows = [
        *(_row("Table 3", NAMES[n], n, baseline_schema(schema), plain, printed) for n, printed in BASELINES_PRINTED),
        _row("Table 3", "UMAIR-FPS", "paper", schema, mixture, 10_597_028),
        _row(
            "Table 4",
            "w/o ALL",
            "paper",
            schema.without("label_text", "semantic", "style"),
            mixture,
            10_283_072,
            NOT_ALL,
        ),
        _row("Table 4", "w/o STY", "paper", schema.without("style"), mixture, 10_580_580),
        _row("Table 4", "w/o SEM", "paper", schema.without("semantic"), mixture, 10_547_812, SEMANTIC_INDEX),
        _row("Table 4", "w/o TSEM", "paper", schema.without("label_text"), mixture, 10_564_196),
        _row("Table 4", "w/o UMCM", "paper", schema, ModelChoices("none"), 10_556_624, NOT_UMCM),
        _row("Table 4", "w/ UMCM-ATT", "paper", schema, plain, 10_597_028),
        _row("Table 4", "w/ UMCM-SEN", "paper", schema, ModelChoices("senet"), 10_597_608),
        *(_row("Table 4", f"w/ ATT*{k}", "paper", schema, ModelChoices(experts=k), 10_597_028) for k in (2, 3, 4)),
        *(
            _row("Table 4", f"w/ SEN*{k}", "paper", schema, ModelChoices("senet", k), printed)
            for k, printed in ((2, 10_598_188), (3, 10_598_768), (4, 10_599_348))
        ),
        _row("Table 4", "w/o DCN-V2", "paper", schema, ModelChoices(experts=3, crosses=False), 10_522_532),
    ]
    return tuple(rows)


def as_text(rows: tuple[ParameterRow, ...]) -> str:
    """For the terminal."""
    lines = [f"{'row':<22}{'ours':>12}{'paper':>12}{'difference':>12}"]
    for r in rows:
        lines.append(f"{r.table + ' ' + r.variant:<22}{r.ours:>12,}{r.paper:>12,}{r.difference:>+12,}")
        if r.why:
            lines.append(f"    {r.why}")
    return "\n".join(lines)


def _row(
    table: str, variant: str, name: str, schema: Schema, choices: ModelChoices, paper: int, why: str = ""
) -> ParameterRow:
    with torch.device("meta"):
        model = build(name, schema, choices)
    return ParameterRow(table, variant, parameter_count(model), paper, why)
