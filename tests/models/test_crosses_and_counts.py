"""The cross network beside a naive loop; parameters beside the paper's."""

from __future__ import annotations

import pytest
import torch

from umair.errors import TrainingError
from umair.experiments.parameters import parameter_rows
from umair.features.schema import Field, umair_schema
from umair.models.affinity import StandardisedAffinity
from umair.models.crosses import CrossNetMix
from umair.models.layers import FieldEmbeddings, LinearTerm
from umair.models.registry import ModelChoices, build

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


@pytest.mark.parametrize("row", parameter_rows(), ids=lambda r: f"{r.table} {r.variant}")
def test_parameters_are_the_papers_or_the_difference_is_explained(row: object) -> None:
    assert (row.difference == 0) != (row.variant in EXPLAINED and bool(row.why))  # type: ignore[attr-defined]


def test_leaving_out_the_semantic_vector_alone_leaves_10_531_428() -> None:
    assert next(r for r in parameter_rows() if r.variant == "w/o SEM").ours == 10_531_428


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
