"""The cross network beside a naive loop; parameters beside the paper's."""

from __future__ import annotations

import math

import pytest
import torch

from umair.errors import TrainingError
from umair.experiments.parameters import WHOLE, ParameterRow, parameter_rows
from umair.features.schema import Field, umair_schema
from umair.models.affinity import StandardisedAffinity
from umair.models.crosses import CrossNetMix
from umair.models.layers import FieldEmbeddings, LinearTerm
from umair.models.registry import ModelChoices, build

ROWS = parameter_rows()
EXPLAINED = {"w/o ALL", "w/o SEM", "w/o UMCM"}


def test_the_cross_network_is_dcn_v2s_mixture_row_by_row() -> None:
    torch.manual_seed(0)
    net = CrossNetMix(6, layers=2, experts=3, rank=2)
    torch.nn.init.normal_(net.bias)
    x = torch.randn(5, 6)
    for b in range(5):
        first = now = x[b]
        for layer in range(2):
            scores, answers = [], []
            for e in range(3):
                low = torch.tanh(net.v[layer, e].T @ now)
                low = torch.tanh(net.c[layer, e] @ low)
                answers.append(first * (net.u[layer, e] @ low + net.bias[layer]))
                scores.append(net.gates.weight[e] @ now)
            gate = torch.softmax(torch.stack(scores), 0)
            now = now + sum(g * a for g, a in zip(gate, answers, strict=True))
        torch.testing.assert_close(net(x)[b], now)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.table} {r.variant}")
def test_parameters_are_the_papers_or_the_difference_is_explained(row: ParameterRow) -> None:
    if row.paper is None:
        assert row.table == "Ours"
    else:
        assert (row.difference == 0) != (row.variant in EXPLAINED and bool(row.why))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.table} {r.variant}")
def test_layers_sum_to_the_count_and_changes_to_what_a_variant_differs_by(row: ParameterRow) -> None:
    assert sum(layer.parameters for layer in row.layers) == row.ours
    assert sum(c.parameters for c in row.changes) == (row.ours - WHOLE if row.table == "Table 4" else 0)
    for layer in row.layers:  # a formula is its number
        terms = [math.prod(int(n) for n in term.split("·")) for term in layer.formula.split(" + ")]
        assert sum(terms) == layer.parameters, layer


TOWER = {"deep.0": 11_840, "deep.1": 256, "deep.4": 2_080, "deep.5": 128, "deep.8": 528, "deep.9": 64}
LAYERS: dict[str, dict[str, int]] = {  # after tables and linear term; derived from the paper's published code
    "DCN": {"crosses": 736, **TOWER, "out": 200},
    "xDeepFM": {"cin.filters.0": 33_856, "cin.filters.1": 94_208, "cin_out": 128, **TOWER, "deep_out": 16},
    "FiBiNET": {
        "senet.squeeze": 161,
        "senet.excite": 161,
        "bilinear": 1_472,
        "bilinear_senet": 1_472,
        **TOWER,
        "deep.0": 4048 * 64 + 64,
        "out": 16,
    },
    "DIFM": {
        **dict.fromkeys((f"attention.{n}" for n in ("query", "key", "value", "residual")), 512),
        "vector_wise": 33_856,
        **TOWER,
        "bit_wise": 368,
    },
    "DCN-V2": {"crosses": 94_208 + 8_192 + 368, "crosses.gates": 736, **TOWER, "out": 200},
}


@pytest.mark.parametrize("name", LAYERS)
def test_a_baseline_has_the_papers_layers(name: str) -> None:
    layers = {l.name: l.parameters for l in next(r for r in ROWS if r.variant == name).layers}
    tables = {n: c for n, c in layers.items() if n.startswith("embeddings.")}
    assert sum(tables.values()) == 8_952_448 and layers["linear.weight"] == 1_207_044
    assert {n: c for n, c in layers.items() if n not in tables and n != "linear.weight"} == LAYERS[name]


def test_final_mlps_streams_are_the_papers() -> None:
    layers = next(r for r in ROWS if r.variant == "FinalMLP").layers
    sums = {part: sum(l.parameters for l in layers if l.name.startswith(part)) for part in ("first.", "second.")}
    assert sums == {"first.": 10_101_294 - 8_961_326, "second.": 10_158_702 - 10_101_294}
    gates = sum(l.parameters for l in layers if "_gate" in l.name)
    assert gates == 8_832 + 46 and next(l.parameters for l in layers if l.name == "join") == 160 + 2_048 + 2


def test_leaving_out_the_semantic_vector_alone_leaves_10_531_428() -> None:
    assert next(r for r in ROWS if r.variant == "w/o SEM").ours == 10_531_428


def test_fields_of_one_table_share_it_and_padding_adds_nothing() -> None:
    fields = (Field("label_1", 5, "label"), Field("label_2", 5, "label"), Field("width", 4, "width"))
    embeddings, linear = FieldEmbeddings(fields, 3), LinearTerm(fields)
    torch.nn.init.normal_(linear.weight.weight)
    out = embeddings(torch.tensor([[2, 2, 1], [2, -1, 1]]))
    torch.testing.assert_close(out[0, :3], out[0, 3:6])
    assert out[1, 3:6].abs().sum() == 0
    weights = linear.weight.weight[:, 0]
    torch.testing.assert_close(linear(torch.tensor([[2, -1, 1]]))[0], weights[2] + weights[11])


def test_an_affinity_has_mean_nought_and_spread_one_over_its_catalogue() -> None:
    torch.manual_seed(0)
    affinity, x = StandardisedAffinity(12, 8), torch.randn(500, 12) * torch.arange(1, 13) + 3
    affinity.set_catalogue(x)
    query = affinity.queries(torch.randn(1, 12)).expand(500, -1)
    z = affinity(query, affinity.keys(x)).detach()
    assert abs(float(z.mean())) < 1e-3
    assert float(z.std(correction=0)) == pytest.approx(1.0, abs=1e-3)


def test_the_umair_instance_refuses_a_contribution_that_it_is_not() -> None:
    schema = umair_schema({"style": 4, "semantic": 4}, 16)
    with pytest.raises(TrainingError, match="variant of the instance `paper`"):
        build("umair", schema, ModelChoices("senet"))
    with pytest.raises(TrainingError, match="umair, paper, dcn, xdeepfm"):
        build("nothing", schema, ModelChoices())
