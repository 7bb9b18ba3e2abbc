"""The crosses of the baselines beside plain loops over small sizes, from each paper's equation."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from torch import Tensor, nn

from umair.features.schema import Schema, TableSizes, baseline_schema, paper_schema
from umair.models.batch import Batch
from umair.models.crosses import CrossNet
from umair.models.difm import DIFM, FieldAttention, factorisation
from umair.models.fibinet import BilinearEach, FieldSENet
from umair.models.final_mlp import BilinearHeads, FeatureGate
from umair.models.inputs import Reader
from umair.models.user_weights import log_count
from umair.models.xdeepfm import CIN

B, F, D = 4, 5, 3


def _fields(seed: int = 0) -> Tensor:
    return torch.randn(B, F, D, generator=torch.Generator().manual_seed(seed))


def _moved(module: nn.Module) -> nn.Module:
    torch.manual_seed(1)
    with torch.no_grad():
        for p in module.parameters():
            p.copy_(torch.randn_like(p))
    return module.requires_grad_(False)


def test_dcns_crosses_are_x0_times_a_number_and_a_bias_layer_by_layer() -> None:
    net, x = _moved(CrossNet(D, layers=2)), _fields()[:, 0]
    for b in range(B):
        first = now = x[b].tolist()
        for w, bias in zip(net.weight.tolist(), net.bias.tolist(), strict=True):
            dot = sum(n * v for n, v in zip(now, w, strict=True))
            now = [first[i] * dot + bias[i] + now[i] for i in range(D)]
        assert net(x)[b].tolist() == pytest.approx(now, rel=1e-4, abs=1e-4)


def test_cin_crosses_every_field_with_every_row_of_the_layer_before() -> None:
    widths = (3, 2)
    net, x = _moved(CIN(F, widths)), _fields()
    for b in range(B):
        first = now = x[b].tolist()
        out = []
        for filter_ in net.filters:
            weight = filter_.weight.unflatten(1, (F, len(now))).tolist()
            following = []
            for n in range(len(weight)):
                row = [0.0] * D
                for h, m, d in itertools.product(range(F), range(len(now)), range(D)):
                    row[d] += weight[n][h][m] * first[h][d] * now[m][d]
                following.append(row)
            out += [sum(row) for row in following]
            now = following
        assert net(x)[b].tolist() == pytest.approx(out, rel=1e-4, abs=1e-3)


def test_senet_weighs_fields_by_two_layers_over_their_means() -> None:
    net, x = FieldSENet(F, ratio=2), _fields()
    with torch.no_grad():
        net.squeeze.weight.copy_(torch.randn(2, F, generator=torch.Generator().manual_seed(5)).abs())
        net.excite.weight.copy_(torch.randn(F, 2, generator=torch.Generator().manual_seed(6)))
    found = []
    for b in range(B):
        means = [sum(v) / D for v in x[b].tolist()]
        small = [max(sum(w * m for w, m in zip(row, means, strict=True)), 0.0) for row in net.squeeze.weight.tolist()]
        weight = [max(sum(w * s for w, s in zip(row, small, strict=True)), 0.0) for row in net.excite.weight.tolist()]
        found += weight
        want = [weight[f] * v for f in range(F) for v in x[b, f].tolist()]
        assert net(x)[b].flatten().tolist() == pytest.approx(want, abs=1e-5)
    assert 0 < sum(w > 0 for w in found) < len(found)  # both sides of the ReLU are seen


def test_bilinear_pairs_use_the_matrix_of_the_left_field() -> None:
    net, x = _moved(BilinearEach(F, D)), _fields()
    for b in range(B):
        want = []
        for i, j in itertools.combinations(range(F), 2):
            for e in range(D):
                turned = sum(float(x[b, i, d]) * float(net.weight[i, d, e]) for d in range(D))
                want.append(turned * float(x[b, j, e]))
        assert net(x)[b].tolist() == pytest.approx(want, abs=1e-4)


def test_the_factorisation_is_the_sum_over_all_pairs() -> None:
    x = _fields()
    for b in range(B):
        want = sum(float(x[b, i, d] * x[b, j, d]) for i, j in itertools.combinations(range(F), 2) for d in range(D))
        assert float(factorisation(x)[b]) == pytest.approx(want, abs=1e-4)


def test_attention_over_fields_is_each_heads_own() -> None:
    heads, wide = 2, 3
    net, x = _moved(FieldAttention(D, heads, wide)), _fields()
    for b in range(B):
        rows = {n: (getattr(net, n)(x[b])).tolist() for n in ("query", "key", "value", "residual")}
        for f in range(F):
            want = []
            for h in range(heads):
                cut = slice(h * wide, (h + 1) * wide)
                match_ = [
                    sum(q * k for q, k in zip(rows["query"][f][cut], rows["key"][g][cut], strict=True))
                    / math.sqrt(wide)
                    for g in range(F)
                ]
                exp = [math.exp(m - max(match_)) for m in match_]
                for d in range(wide):
                    seen = sum(e / sum(exp) * rows["value"][g][cut][d] for g, e in enumerate(exp))
                    want.append(max(seen + rows["residual"][f][cut][d], 0.0))
            assert net(x)[b, f].tolist() == pytest.approx(want, abs=1e-4)


@pytest.mark.parametrize("widths", [None, {"label_text": 4, "style": 3}], ids=["fields", "vectors"])
def test_difms_weights_reach_the_linear_term_and_the_pairs(widths: dict[str, int] | None) -> None:
    schema = baseline_schema(paper_schema(TableSizes(9, 9, 9, 9, 9)), widths)
    model, batch = _moved(DIFM(schema)).eval(), _batch(schema)
    seen = model.read(batch)
    x = model.vector_fields(seen)
    m = model.vector_wise(model.attention(x).flatten(1)) + model.bit_wise(model.deep(seen.flat))
    offsets = [sum(f.size for f in model.fields[:k]) for k in range(len(model.fields))]
    for b in range(B):
        logit = 0.0
        for k, offset in enumerate(offsets):
            if int(seen.slots[b, k]) >= 0:
                logit += float(m[b, k] * model.linear.weight.weight[offset + int(seen.slots[b, k]), 0])
        for v in range(len(model.vector_widths)):
            k = len(offsets) + v
            logit += float(m[b, k] * (model.vector_linear[v] @ x[b, k]))
        for i, j in itertools.combinations(range(x.shape[1]), 2):
            logit += float(m[b, i] * m[b, j] * (x[b, i] @ x[b, j]))
        assert float(model(batch).logit[b]) == pytest.approx(logit, rel=1e-3, abs=1e-3)


def test_final_mlps_streams_meet_head_by_head() -> None:
    net = _moved(BilinearHeads(6, 4, heads=2))
    a, c = torch.randn(B, 6), torch.randn(B, 4)
    for b in range(B):
        want = 0.0
        for h in range(2):
            one, other = a[b, 3 * h : 3 * h + 3].tolist(), c[b, 2 * h : 2 * h + 2].tolist()
            want += float(net.bias[h]) + sum(one[i] * float(net.first[h, i]) for i in range(3))
            want += sum(other[j] * float(net.second[h, j]) for j in range(2))
            want += sum(one[i] * float(net.both[h, i, j]) * other[j] for i in range(3) for j in range(2))
        assert float(net(a, c)[b]) == pytest.approx(want, abs=1e-4)


def test_a_gate_is_the_same_for_every_row() -> None:
    gate, x = _moved(FeatureGate(2, 6)), torch.randn(B, 6)
    for i in range(6):
        raw = sum(float(gate.gate.weight[i, c]) * float(gate.context[c]) for c in range(2)) + float(gate.gate.bias[i])
        for b in range(B):
            assert float(gate(x)[b, i]) == pytest.approx(2 / (1 + math.exp(-raw)) * float(x[b, i]), abs=1e-5)


def test_vectors_are_the_items_then_drawn_in_mean_interests_then_the_count() -> None:
    schema = baseline_schema(paper_schema(TableSizes(9, 9, 9, 9, 9)), {"label_text": 4, "style": 3})
    batch = _batch(schema)
    seen = Reader(schema).read(batch)
    for b, n in enumerate(batch.facts[:, 0].tolist()):
        for k, modality in enumerate(("label_text", "style")):
            assert seen.vectors[k][b].tolist() == batch.items[modality][b].tolist()
            mean = batch.interests[modality][b] / max(n, 1) * (n / (n + 2))
            assert seen.vectors[2 + k][b].tolist() == pytest.approx(mean.tolist(), abs=1e-6)
        assert float(seen.vectors[4][b]) == pytest.approx(math.log(1 + n) / 4)
    torch.testing.assert_close(seen.vectors[4], log_count(batch.facts[:, 0]))
    assert seen.flat.shape[1] == Reader(schema).flat_width


def _batch(schema: Schema) -> Batch:
    torch.manual_seed(2)
    count = torch.tensor([0.0, 1.0, 7.0, 40.0])

    def slots(fields: tuple) -> Tensor:
        return torch.stack([torch.randint(-1 if f.table == "label" else 0, f.size, (B,)) for f in fields], 1)

    return Batch(
        slots(schema.user_fields),
        slots(schema.item_fields),
        {m: torch.randn(B, w) for m, w in schema.vectors.items()},
        {m: torch.randn(B, w) * count.unsqueeze(1) for m, w in schema.interests.items()},
        torch.cat([count.unsqueeze(1), torch.rand(B, len(schema.modalities))], 1),
        torch.zeros(B),
    )
