"""Our parameter counts beside the paper's, row by row and layer by layer, at the paper's sizes; `params --paper`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch

from umair.features.schema import Schema, TableSizes, baseline_schema, paper_schema, residual_fields, umair_schema
from umair.models.layer_counts import Layer, changes, layers_of
from umair.models.registry import BASELINES, NAMES, ModelChoices, build, parameter_count


@dataclass(frozen=True)
class ParameterRow:
    """One row of a table: our count, the paper's (None: the paper has no such row), and where they differ, why.

    layers: every layer of ours; they sum to `ours`. changes: layers by which it differs from the row UMAIR-FPS, for
    the variants of Table 4.
    """

    table: str
    variant: str
    ours: int
    paper: int | None
    layers: tuple[Layer, ...]
    changes: tuple[Layer, ...] = ()
    why: str = ""

    @property
    def difference(self) -> int | None:
        return None if self.paper is None else self.ours - self.paper


TABLE_3 = {
    "dcn": 10_175_324,
    "xdeepfm": 10_302_596,
    "fibinet": 10_424_966,
    "difm": 10_210_660,
    "dcn_v2": 10_278_092,
    "final_mlp": 10_160_912,
}
WHOLE = 10_597_028  # UMAIR-FPS
PREPARED = {"label_text": 128, "semantic": 128, "style": 128, "metadata": 12}  # as `umair` is given them
WHY = {
    "w/o SEM": "The authors' file of this row reads the label text in place of the style vector, by a wrong index: "
    "without the semantic layer, -(1024+1)*64 = -65,600, and with a style layer of 512 instead of 256 numbers, "
    "+(512-256)*64 = +16,384, it has the printed count. Ours leaves out the semantic vector alone.",
    "w/o UMCM": "Not from the published code: all its layers are multiples of 8 but the linear term (4 mod 8), and "
    "this count is 0 mod 8. Ours is the plain mean, without weights of its own; laid side by side without crosses "
    "it would be 10,534,820 (-21,804).",
    "w/o ALL": "Not from the published code: this count is 0 mod 8 as well (see w/o UMCM). Ours leaves out the three "
    "vectors and their layers; the nearest structure is DCN-V2's row of Table 3, 10,278,092 (-4,980), whose loss and "
    "AUC are printed alike.",
}


def parameter_rows() -> tuple[ParameterRow, ...]:
    """Every row of Tables 3 and 4, then our forms that the paper has no figure for. Nothing is allocated."""
    schema, three = paper_schema(), ModelChoices(experts=3)
    fair = baseline_schema(schema, PREPARED)
    ours = umair_schema(PREPARED, TableSizes().users, residual_fields(TableSizes()))
    return (
        *(_row("Table 3", NAMES[n], n, baseline_schema(schema), ModelChoices(), p) for n, p in TABLE_3.items()),
        _row("Table 3", "UMAIR-FPS", "paper", schema, three, WHOLE),
        *_table_4(schema, three),
        *(_row("Ours", f"{NAMES[n]}, same vectors", n, fair, ModelChoices()) for n in BASELINES),
        _row("Ours", NAMES["umair"], "umair", ours, ModelChoices()),
    )


def as_text(rows: tuple[ParameterRow, ...], layers: bool = False) -> str:
    """For the terminal; `layers` prints every layer of every row below it."""
    lines = [f"{'row':<32}{'ours':>12}{'paper':>12}{'difference':>12}"]
    for r in rows:
        paper = f"{'-':>12}{'':>12}" if r.paper is None else f"{r.paper:>12,}{r.difference:>+12,}"
        lines.append(f"{r.table + ' ' + r.variant:<32}{r.ours:>12,}{paper}")
        if r.table == "Table 4" and r.paper is not None:
            lines += [f"    against UMAIR-FPS  {c.name:<34}{c.parameters:>+12,}  {c.formula}" for c in r.changes]
            lines += [f"    printed against UMAIR-FPS{'':<28}{r.paper - WHOLE:>+12,}"] if r.difference else []
        lines += [f"    {r.why}"] if r.why else []
        if layers:
            lines += [f"    {l.name:<44}{l.parameters:>12,}  {l.formula}" for l in r.layers]
            lines.append(f"    {'sum':<44}{sum(l.parameters for l in r.layers):>12,}")
    return "\n".join(lines)


def _table_4(schema: Schema, three: ModelChoices) -> Iterator[ParameterRow]:
    whole = layers_of(_built("paper", schema, three))
    senet = {1: 10_597_608, 2: 10_598_188, 3: 10_598_768, 4: 10_599_348}
    text = ("label_text", "semantic", "style")
    for variant, inputs, choices, paper in (
        ("w/o ALL", schema.without(*text), three, 10_283_072),
        ("w/o STY", schema.without("style"), three, 10_580_580),
        ("w/o SEM", schema.without("semantic"), three, 10_547_812),
        ("w/o TSEM", schema.without("label_text"), three, 10_564_196),
        ("w/o UMCM", schema, ModelChoices("none"), 10_556_624),
        ("w/ UMCM-ATT", schema, ModelChoices(), WHOLE),
        ("w/ UMCM-SEN", schema, ModelChoices("senet"), senet[1]),
        *((f"w/ ATT*{k}", schema, ModelChoices(experts=k), WHOLE) for k in (2, 3, 4)),
        *((f"w/ SEN*{k}", schema, ModelChoices("senet", k), senet[k]) for k in (2, 3, 4)),
        ("w/o DCN-V2", schema, ModelChoices(experts=3, crosses=False), 10_522_532),
    ):
        yield _row("Table 4", variant, "paper", inputs, choices, paper, whole)


def _row(
    table: str,
    variant: str,
    name: str,
    schema: Schema,
    choices: ModelChoices,
    paper: int | None = None,
    whole: tuple[Layer, ...] = (),
) -> ParameterRow:
    model = _built(name, schema, choices)
    layers = layers_of(model)
    against = changes(layers, whole) if whole else ()
    return ParameterRow(table, variant, parameter_count(model), paper, layers, against, WHY.get(variant, ""))


def _built(name: str, schema: Schema, choices: ModelChoices) -> torch.nn.Module:
    with torch.device("meta"):
        return build(name, schema, choices)
