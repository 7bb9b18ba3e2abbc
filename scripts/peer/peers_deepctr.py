"""Run in the peers' environment: DeepCTR-Torch's models and layers, called with the neutral weights."""

from __future__ import annotations

import peer_cases as cases
import torch
from deepctr_torch.inputs import DenseFeat, SparseFeat
from deepctr_torch.layers.interaction import (
    CIN,
    FM,
    BilinearInteraction,
    CrossNet,
    CrossNetMix,
    InteractingLayer,
    SENETLayer,
)
from deepctr_torch.models import DCN, DIFM, DCNMix, xDeepFM
from peer_call import NORM, Peer, Tensors, call, linear_tables, slots, tables, zeros
from torch import Tensor, nn

SETTINGS = {
    "dnn_hidden_units": cases.DEEP,
    "dnn_use_bn": True,
    "dnn_dropout": 0,
    "task": "regression",
}  # the logit itself
WIDE = cases.HEADS * cases.HEAD_WIDTH  # DIFM: the peer's heads share the embedding's width, ours have one each


def _fields(width: int) -> list[SparseFeat]:
    return [SparseFeat(f.name, f.size + 1, width) for f in cases.FIELDS]


def _columns(given: Tensors, width: int = cases.EMBEDDING) -> tuple[list, list]:
    """Features of the linear term (fields) and of the rest (fields, and vectors where there are any)."""
    fields = _fields(width)
    vectors = [DenseFeat("vectors", given["dense"].shape[1])] if "dense" in given else []
    return fields, [*fields, *vectors]


def _logit(model: nn.Module, weights: Tensors, given: Tensors, train: bool) -> Tensor:
    parts = [slots(given).to(given["cotangent"].dtype), *([given["dense"]] if "dense" in given else [])]
    return call(model.train(train), weights, torch.cat(parts, dim=1)).squeeze(1)


def _inputs(w: Tensors) -> Tensors:
    linear = {f"linear_model.embedding_dict.{f}.weight": t for f, t in linear_tables(w).items()}
    return {**{f"embedding_dict.{f}.weight": t for f, t in tables(w).items()}, **linear, "out.bias": zeros(w, 1)}


def _deep(w: Tensors, place: str = "dnn") -> Tensors:
    found: Tensors = {}
    for k in range(len(cases.DEEP)):
        found |= {f"{place}.linears.{k}.{part}": w[f"deep.{k}.{part}"] for part in ("weight", "bias")}
        found |= {f"{place}.bn.{k}.{part}": w[f"deep.{k}.{said}"].clone() for said, part in NORM.items()}
    return found


def _cross(w: Tensors, prefix: str = "") -> Tensors:
    return {f"{prefix}kernels": w["cross.weight"].unsqueeze(2), f"{prefix}bias": w["cross.bias"].unsqueeze(2)}


def _mix(w: Tensors, prefix: str = "") -> Tensors:
    lists = {f"{prefix}{part.upper()}_list": w[f"mix.{part}"] for part in ("u", "v", "c")}
    gates = {f"{prefix}gating.{e}.weight": w["mix.gate"][e : e + 1] for e in range(cases.EXPERTS)}
    return {**lists, **gates, f"{prefix}bias": w["mix.bias"].unsqueeze(2)}


def _cin(w: Tensors, prefix: str = "") -> Tensors:
    """The peer's pairs are in the order (before, first), ours in (first, before)."""
    found: Tensors = {}
    for k, width in enumerate(cases.CROSSED):
        turned = w[f"cin.{k}"].unflatten(1, (cases.F, -1)).transpose(1, 2).flatten(1)
        found |= {f"{prefix}conv1ds.{k}.weight": turned.unsqueeze(2), f"{prefix}conv1ds.{k}.bias": zeros(w, width)}
    return found


def _dcn(w: Tensors, given: Tensors, train: bool) -> Tensor:
    model = DCN(*_columns(given), cross_num=cases.LAYERS, cross_parameterization="vector", **SETTINGS)
    own = {**_cross(w, "crossnet."), **_deep(w), "dnn_linear.weight": w["out"]}
    return _logit(model, {**_inputs(w), **own}, given, train)


def _dcn_v2(w: Tensors, given: Tensors, train: bool) -> Tensor:
    sizes = {"cross_num": cases.LAYERS, "low_rank": cases.RANK, "num_experts": cases.EXPERTS}
    model = DCNMix(*_columns(given), **sizes, **SETTINGS)
    own = {**_mix(w, "crossnet."), **_deep(w), "dnn_linear.weight": w["out"]}
    return _logit(model, {**_inputs(w), **own}, given, train)


def _xdeepfm(w: Tensors, given: Tensors, train: bool) -> Tensor:
    settings = {"cin_layer_size": cases.CROSSED, "cin_split_half": False, "cin_activation": "linear"}
    model = xDeepFM(*_columns(given), **settings, **SETTINGS)
    heads = {"dnn_linear.weight": w["deep_out"], "cin_linear.weight": w["cin_out"]}
    return _logit(model, {**_inputs(w), **_cin(w, "cin."), **_deep(w), **heads}, given, train)


def _wide(weight: Tensor) -> Tensor:
    """(..., d) with noughts behind: (..., WIDE)."""
    return torch.nn.functional.pad(weight, (0, WIDE - weight.shape[-1]))


def _attention(w: Tensors, prefix: str = "") -> Tensors:
    """(heads * head width, d) -> (WIDE, heads * head width): the rows of the padding are nought."""
    names = {"W_Query": "query", "W_key": "key", "W_Value": "value", "W_Res": "residual"}
    return {f"{prefix}{theirs}": _wide(w[f"attention.{ours}"]).T for theirs, ours in names.items()}


def _difm(w: Tensors, given: Tensors, train: bool) -> Tensor:
    """Embeddings of 8 with 56 noughts behind: eight heads of eight numbers then fit the peer's one width."""
    model = DIFM(*_columns(given, WIDE), att_head_num=cases.HEADS, att_res=True, **SETTINGS)
    inputs = {name: _wide(t) if name.startswith("embedding_dict") else t for name, t in _inputs(w).items()}
    deep = _deep(w, "bit_wise_net")
    first = w["deep.0.weight"].unflatten(1, (cases.F, cases.EMBEDDING))
    deep["bit_wise_net.linears.0.weight"] = _wide(first).flatten(1)
    heads = {"transform_matrix_P_vec.weight": w["vector_wise"], "transform_matrix_P_bit.weight": w["bit_wise"]}
    return _logit(model, {**inputs, **_attention(w, "vector_wise_net."), **deep, **heads}, given, train)


def _attention_part(w: Tensors, given: Tensors, train: bool) -> Tensor:
    layer = InteractingLayer(WIDE, cases.HEADS, use_res=True, scaling=True)
    return call(layer, _attention(w), _wide(given["x"]))


def _bilinear_part(w: Tensors, given: Tensors, train: bool) -> Tensor:
    layer = BilinearInteraction(cases.F, cases.EMBEDDING, "each")
    return call(layer, {f"bilinear.{f}.weight": w["bilinear.raw"][f].T for f in range(cases.F)}, given["x"])


def _senet_part(w: Tensors, given: Tensors, train: bool) -> Tensor:
    weights = {"excitation.0.weight": w["senet.squeeze"], "excitation.2.weight": w["senet.excite"]}
    return call(SENETLayer(cases.F, cases.RATIO), weights, given["x"])


def _cin_part(w: Tensors, given: Tensors, train: bool) -> Tensor:
    return call(CIN(cases.F, cases.CROSSED, activation="linear", split_half=False), _cin(w), given["x"])


def _mix_part(w: Tensors, given: Tensors, train: bool) -> Tensor:
    layer = CrossNetMix(cases.FLAT, low_rank=cases.RANK, num_experts=cases.EXPERTS, layer_num=cases.LAYERS)
    return call(layer, _mix(w), given["x"])


PEERS: dict[str, Peer] = {
    "dcn": _dcn,
    "dcn_vectors": _dcn,
    "dcn_v2": _dcn_v2,
    "dcn_v2_vectors": _dcn_v2,
    "xdeepfm": _xdeepfm,
    "difm": _difm,
    "cross_net": lambda w, given, train: call(CrossNet(cases.FLAT, cases.LAYERS, "vector"), _cross(w), given["x"]),
    "cross_net_mix": _mix_part,
    "cin": _cin_part,
    "senet": _senet_part,
    "bilinear": _bilinear_part,
    "attention": _attention_part,
    "factorisation": lambda w, given, train: call(FM(), {}, given["x"]),
}
