"""Our models and parts with the neutral weights of a case: output and gradients for its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import peer_cases as cases
import torch
from torch import Tensor, nn

from umair.features.schema import Field, Schema
from umair.models.batch import Batch
from umair.models.crosses import CrossNet, CrossNetMix
from umair.models.difm import FieldAttention, factorisation
from umair.models.fibinet import BilinearEach, FieldSENet
from umair.models.final_mlp import BilinearHeads, FeatureGate
from umair.models.registry import ModelChoices, build
from umair.models.xdeepfm import CIN

Weights = Mapping[str, Tensor]
Renamed = Callable[[Weights], dict[str, Tensor]]


@dataclass(frozen=True)
class Answer:
    """output (n, ...) and the gradient of sum(output * cotangent) by neutral name; float64."""

    output: np.ndarray
    gradients: cases.Arrays


def answer(case: str, mode: str, seed: int, n: int, kind: torch.dtype) -> Answer:
    """What ours gives. mode: `eval`, or `train` (BatchNorm by the batch, dropout 0)."""
    leaves = {name: torch.tensor(values, dtype=kind) for name, values in cases.weights(case, seed).items()}
    given = {
        k: torch.from_numpy(v) if k == "slots" else torch.tensor(v, dtype=kind)
        for k, v in cases.rows(case, n, seed).items()
    }
    inputs = {k: v for k, v in given.items() if k in ("x", "y")}
    wanted = {name: {**leaves, **inputs}[name].requires_grad_() for name in cases.learnt(case)}
    found = _model(case, mode, leaves, given) if case in cases.MODELS else _part(case, leaves, inputs)
    cotangent = given["cotangent"].reshape(n, -1)[:, : found.numel() // n]
    (found.reshape(n, -1) * cotangent).sum().backward()
    return Answer(found.detach().double().numpy(), {name: _numbers(leaf) for name, leaf in wanted.items()})


def _numbers(leaf: Tensor) -> np.ndarray:
    gradient = leaf.grad
    if gradient is None:
        return torch.zeros_like(leaf).double().detach().numpy()
    return (gradient.to_dense() if gradient.is_sparse else gradient).double().numpy()


def _model(case: str, mode: str, w: Weights, given: Weights) -> Tensor:
    model = _built(case).train(mode == "train")
    renamed = {**_reader(w), **RENAMED[case.removesuffix("_vectors")](w)}
    return _call(model, renamed, _batch(given)).logit


def _call(module: nn.Module, renamed: dict[str, Tensor], *inputs: object) -> Any:
    """The module with these weights instead of its own; an AssertionError if any of its own would be left."""
    own = {name for name in module.state_dict() if not name.endswith("num_batches_tracked")}
    if own != set(renamed):
        raise AssertionError(f"Weights that only one side knows: {sorted(own ^ set(renamed))}")
    return torch.func.functional_call(module, renamed, inputs)


def _built(case: str) -> nn.Module:
    vectors = cases.VECTORS if case.endswith("_vectors") else {}
    schema = Schema(
        modalities=tuple(vectors),
        vectors=vectors,
        interests=vectors,
        user_fields=tuple(Field(f.name, f.size, f.table) for f in cases.USER_FIELDS),
        item_fields=tuple(Field(f.name, f.size, f.table) for f in cases.ITEM_FIELDS),
        embedding=cases.EMBEDDING,
    )
    return build(case.removesuffix("_vectors"), schema, ModelChoices(dropout=0.0))


def _batch(given: Weights) -> Batch:
    users = len(cases.USER_FIELDS)
    n = len(given["slots"])
    return Batch(
        user_fields=given["slots"][:, :users],
        item_fields=given["slots"][:, users:],
        items={m: given[f"item.{m}"] for m in cases.VECTORS if f"item.{m}" in given},
        interests={m: given[f"sum.{m}"] for m in cases.VECTORS if f"sum.{m}" in given},
        facts=given["count"].unsqueeze(1) if "count" in given else torch.zeros(n, 1),
        label=torch.zeros(n),
    )


def _reader(w: Weights) -> dict[str, Tensor]:
    tables = {f"embeddings.tables.{t}.weight": w[f"table.{t}"] for t in cases.TABLES}
    return {**tables, **{f"embeddings.bias.{t}": w[f"table_bias.{t}"] for t in cases.TABLES}}


def _linear(w: Weights) -> dict[str, Tensor]:
    return {"linear.weight.weight": w["linear"]}


NORM = {"scale": "weight", "shift": "bias", "mean": "running_mean", "variance": "running_var"}


def _tower(ours: str, name: str, layers: int, w: Weights) -> dict[str, Tensor]:
    """Linear, BatchNorm, ReLU, Dropout each: four places of a Sequential."""
    found: dict[str, Tensor] = {}
    for k in range(layers):
        found |= {f"{ours}.{4 * k}.{part}": w[f"{name}.{k}.{part}"] for part in ("weight", "bias")}
        found |= {f"{ours}.{4 * k + 1}.{part}": w[f"{name}.{k}.{said}"].clone() for said, part in NORM.items()}
    return found


def _deep(w: Weights) -> dict[str, Tensor]:
    return _tower("deep", "deep", len(cases.DEEP), w)


def _mix(w: Weights, prefix: str = "") -> dict[str, Tensor]:
    own = {f"{prefix}{part}": w[f"mix.{part}"] for part in ("u", "v", "c", "bias")}
    return {**own, f"{prefix}gates.weight": w["mix.gate"]}


def _cross(w: Weights, prefix: str = "") -> dict[str, Tensor]:
    return {f"{prefix}{part}": w[f"cross.{part}"] for part in ("weight", "bias")}


def _cin(w: Weights, prefix: str = "") -> dict[str, Tensor]:
    return {f"{prefix}filters.{k}.weight": w[f"cin.{k}"] for k in range(len(cases.CROSSED))}


def _senet(w: Weights, prefix: str = "") -> dict[str, Tensor]:
    return {f"{prefix}{part}.weight": w[f"senet.{part}"] for part in ("squeeze", "excite")}


def _attention(w: Weights, prefix: str = "") -> dict[str, Tensor]:
    return {f"{prefix}{part}.weight": w[f"attention.{part}"] for part in ("query", "key", "value", "residual")}


def _gate(w: Weights, name: str, prefix: str = "") -> dict[str, Tensor]:
    affine = {f"{prefix}gate.{part}": w[f"{name}.{part}"] for part in ("weight", "bias")}
    return {f"{prefix}context": w[f"{name}.context"], **affine}


def _join(w: Weights, prefix: str = "") -> dict[str, Tensor]:
    return {f"{prefix}{part}": w[f"join.{part}"] for part in ("first", "second", "both", "bias")}


def _stream(ours: str, layers: int, w: Weights) -> dict[str, Tensor]:
    last = {f"{ours}.1.{part}": w[f"{ours}.{layers - 1}.{part}"] for part in ("weight", "bias")}
    return {**_tower(f"{ours}.0", ours, layers - 1, w), **last}


def _dcn(w: Weights) -> dict[str, Tensor]:
    return {**_linear(w), **_cross(w, "crosses."), **_deep(w), "out.weight": w["out"]}


def _dcn_v2(w: Weights) -> dict[str, Tensor]:
    return {**_linear(w), **_mix(w, "crosses."), **_deep(w), "out.weight": w["out"]}


def _xdeepfm(w: Weights) -> dict[str, Tensor]:
    outs = {f"{part}.weight": w[part] for part in ("cin_out", "deep_out")}
    return {**_linear(w), **_cin(w, "cin."), **_deep(w), **outs}


def _fibinet(w: Weights) -> dict[str, Tensor]:
    pairs = {"bilinear.weight": w["bilinear.raw"], "bilinear_senet.weight": w["bilinear.senet"]}
    return {**_linear(w), **_senet(w, "senet."), **pairs, **_deep(w), "out.weight": w["out"]}


def _difm(w: Weights) -> dict[str, Tensor]:
    outs = {f"{part}.weight": w[part] for part in ("vector_wise", "bit_wise")}
    return {**_linear(w), **_attention(w, "attention."), **_deep(w), **outs}


def _final_mlp(w: Weights) -> dict[str, Tensor]:
    gates = {**_gate(w, "gate_1", "first_gate."), **_gate(w, "gate_2", "second_gate.")}
    streams = {**_stream("first", len(cases.FIRST), w), **_stream("second", len(cases.SECOND), w)}
    return {**gates, **streams, **_join(w, "join.")}


RENAMED: dict[str, Renamed] = {
    "dcn": _dcn,
    "xdeepfm": _xdeepfm,
    "fibinet": _fibinet,
    "difm": _difm,
    "dcn_v2": _dcn_v2,
    "final_mlp": _final_mlp,
}


def _part(case: str, w: Weights, given: Weights) -> Tensor:
    return PART[case](w, **given)


def _gated(w: Weights, x: Tensor) -> Tensor:
    sides = [_call(FeatureGate(cases.F, cases.FLAT), _gate(w, name), x) for name in ("gate_1", "gate_2")]
    return torch.cat(sides, dim=1)


def _joined(w: Weights, x: Tensor, y: Tensor) -> Tensor:
    return _call(BilinearHeads(cases.FIRST[-1], cases.SECOND[-1], cases.JOIN_HEADS), _join(w), x, y)


PART: dict[str, Callable[..., Tensor]] = {
    "cross_net": lambda w, x: _call(CrossNet(cases.FLAT, cases.LAYERS), _cross(w), x),
    "cross_net_mix": lambda w, x: _call(CrossNetMix(cases.FLAT, cases.LAYERS, cases.EXPERTS, cases.RANK), _mix(w), x),
    "cin": lambda w, x: _call(CIN(cases.F, cases.CROSSED), _cin(w), x),
    "senet": lambda w, x: _call(FieldSENet(cases.F, cases.RATIO), _senet(w), x),
    "bilinear": lambda w, x: _call(BilinearEach(cases.F, cases.EMBEDDING), {"weight": w["bilinear.raw"]}, x),
    "attention": lambda w, x: _call(FieldAttention(cases.EMBEDDING, cases.HEADS, cases.HEAD_WIDTH), _attention(w), x),
    "factorisation": lambda w, x: factorisation(x),
    "gate": _gated,
    "join": _joined,
}
