"""Run in the peers' environment: FuxiCTR's models and layers, called with the neutral weights."""

from __future__ import annotations

import importlib.util
from collections import OrderedDict
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import peer_cases as cases
import torch
from fuxictr.features import FeatureMap
from fuxictr.pytorch.layers import (
    BilinearInteractionV2,
    CompressedInteractionNet,
    CrossNet,
    CrossNetMix,
    SqueezeExcitation,
)
from peer_call import NORM, Peer, Tensors, call, linear_tables, slots, tables, zeros
from torch import Tensor, nn

ZOO = {  # model -> its file in the model zoo
    "DCN": "DCN/DCN_torch/src/DCN.py",
    "xDeepFM": "xDeepFM/src/xDeepFM.py",
    "FiBiNET": "FiBiNET/src/FiBiNET.py",
    "DCNv2": "DCNv2/src/DCNv2.py",
    "FinalMLP": "FinalMLP/src/FinalMLP.py",
}
SETTINGS = {
    "embedding_dim": cases.EMBEDDING,
    "task": "regression",  # the logit itself, without a sigmoid
    "batch_norm": True,
    "net_dropout": 0,
    "optimizer": "adam",
    "loss": "mse_loss",
    "metrics": [],
    "verbose": 0,
    "model_root": ".",
}
EPSILON = 1e-5  # of BatchNorm


def peers(zoo: Path) -> dict[str, Peer]:
    """Case -> FuxiCTR's form of it."""
    modules = {name: _load(zoo / path) for name, path in ZOO.items()}
    kinds = {name: getattr(module, name) for name, module in modules.items()}
    return {
        "dcn": partial(_dcn, kinds["DCN"]),
        "xdeepfm": partial(_xdeepfm, kinds["xDeepFM"]),
        "fibinet": partial(_fibinet, kinds["FiBiNET"]),
        "dcn_v2": partial(_dcn_v2, kinds["DCNv2"]),
        "final_mlp": partial(_final_mlp, kinds["FinalMLP"]),
        "cross_net": lambda w, x, train: call(CrossNet(cases.FLAT, cases.LAYERS), _cross(w), x["x"]),
        "cross_net_mix": lambda w, x, train: call(
            CrossNetMix(cases.FLAT, cases.LAYERS, cases.RANK, cases.EXPERTS), _mix(w), x["x"]
        ),
        "cin": _cin_part,
        "senet": lambda w, x, train: call(SqueezeExcitation(cases.F, cases.RATIO), _senet(w), x["x"]),
        "bilinear": lambda w, x, train: call(
            BilinearInteractionV2(cases.F, cases.EMBEDDING, "field_each"), {"bilinear_W": w["bilinear.raw"]}, x["x"]
        ),
        "gate": partial(_gate_part, modules["FinalMLP"].FeatureSelection),
        "join": partial(_join_part, modules["FinalMLP"].InteractionAggregation),
    }


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"zoo_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _features() -> FeatureMap:
    features = FeatureMap("peer", ".")
    features.features = OrderedDict(
        (f.name, {"type": "categorical", "source": "", "vocab_size": f.size + 1}) for f in cases.FIELDS
    )
    features.num_fields, features.default_emb_dim = cases.F, cases.EMBEDDING
    return features


def _logit(model: nn.Module, weights: Tensors, given: Tensors, train: bool) -> Tensor:
    inputs = {f.name: column for f, column in zip(cases.FIELDS, slots(given).unbind(1), strict=True)}
    return call(model.train(train), weights, inputs)["y_pred"].squeeze(1)


def _embeddings(w: Tensors) -> Tensors:
    return {f"embedding_layer.embedding_layer.embedding_layers.{f}.weight": t for f, t in tables(w).items()}


def _linear(w: Tensors) -> Tensors:
    place = "lr_layer.embedding_layer.embedding_layer.embedding_layers"
    return {f"{place}.{f}.weight": t for f, t in linear_tables(w).items()}


def _mlp(place: str, name: str, layers: int, w: Tensors) -> Tensors:
    """Linear, BatchNorm, ReLU each: three places of a Sequential."""
    found: Tensors = {}
    for k in range(layers):
        found |= {f"{place}.mlp.{3 * k}.{part}": w[f"{name}.{k}.{part}"] for part in ("weight", "bias")}
        found |= {f"{place}.mlp.{3 * k + 1}.{part}": w[f"{name}.{k}.{said}"].clone() for said, part in NORM.items()}
    return found


def _head(place: str, weight: Tensor, w: Tensors) -> Tensors:
    """A last layer whose bias ours has not."""
    return {f"{place}.weight": weight, f"{place}.bias": zeros(w, 1)}


def _cross(w: Tensors, prefix: str = "") -> Tensors:
    found: Tensors = {}
    for k in range(cases.LAYERS):
        found[f"{prefix}cross_net.{k}.weight.weight"] = w["cross.weight"][k : k + 1]
        found[f"{prefix}cross_net.{k}.bias"] = w["cross.bias"][k]
    return found


def _mix(w: Tensors, prefix: str = "") -> Tensors:
    found = {f"{prefix}gating.{e}.weight": w["mix.gate"][e : e + 1] for e in range(cases.EXPERTS)}
    for k in range(cases.LAYERS):
        found |= {f"{prefix}{part.upper()}_list.{k}": w[f"mix.{part}"][k] for part in ("u", "v", "c")}
        found[f"{prefix}bias.{k}"] = w["mix.bias"][k].unsqueeze(1)
    return found


def _cin(w: Tensors, prefix: str = "") -> Tensors:
    found: Tensors = {}
    for k, width in enumerate(cases.CROSSED):
        found[f"{prefix}cin_layer.layer_{k + 1}.weight"] = w[f"cin.{k}"].unsqueeze(2)
        found[f"{prefix}cin_layer.layer_{k + 1}.bias"] = zeros(w, width)
    return found


def _senet(w: Tensors, prefix: str = "") -> Tensors:
    return {f"{prefix}excitation.0.weight": w["senet.squeeze"], f"{prefix}excitation.2.weight": w["senet.excite"]}


def _gates(w: Tensors, prefix: str = "") -> Tensors:
    found: Tensors = {}
    for k in (1, 2):
        found[f"{prefix}fs{k}_ctx_bias"] = w[f"gate_{k}.context"].unsqueeze(0)
        found |= {f"{prefix}fs{k}_gate.mlp.0.{part}": w[f"gate_{k}.{part}"] for part in ("weight", "bias")}
    return found


def _join(w: Tensors, prefix: str = "") -> Tensors:
    """Ours has a bias a head, the peer one a side: the same sum, ours put on the first side."""
    return {
        f"{prefix}w_x.weight": w["join.first"].reshape(1, -1),
        f"{prefix}w_x.bias": w["join.bias"].sum().reshape(1),
        f"{prefix}w_y.weight": w["join.second"].reshape(1, -1),
        f"{prefix}w_y.bias": zeros(w, 1),
        f"{prefix}w_xy": w["join.both"].reshape(-1, 1),
    }


def _dcn(kind: type[nn.Module], w: Tensors, given: Tensors, train: bool) -> Tensor:
    model = kind(_features(), dnn_hidden_units=list(cases.DEEP), num_cross_layers=cases.LAYERS, **SETTINGS)
    weights = {**_embeddings(w), **_cross(w, "crossnet."), **_mlp("dnn", "deep", 3, w), **_head("fc", w["out"], w)}
    return _logit(model, weights, given, train) + _linear_apart(w, given)


def _dcn_v2(kind: type[nn.Module], w: Tensors, given: Tensors, train: bool) -> Tensor:
    model = kind(
        _features(),
        model_structure="parallel",
        use_low_rank_mixture=True,
        low_rank=cases.RANK,
        num_experts=cases.EXPERTS,
        parallel_dnn_hidden_units=list(cases.DEEP),
        num_cross_layers=cases.LAYERS,
        **SETTINGS,
    )
    deep, head = _mlp("parallel_dnn", "deep", 3, w), _head("fc", w["out"], w)
    return _logit(model, {**_embeddings(w), **_mix(w, "crossnet."), **deep, **head}, given, train) + _linear_apart(
        w, given
    )


def _linear_apart(w: Tensors, given: Tensors) -> Tensor:
    """What FuxiCTR's DCN and DCNv2 have not: the linear term, summed here over plain look-ups."""
    looked = linear_tables(w)
    columns = zip(cases.FIELDS, slots(given).unbind(1), strict=True)
    return torch.stack([looked[f.name][column, 0] for f, column in columns]).sum(0)


def _xdeepfm(kind: type[nn.Module], w: Tensors, given: Tensors, train: bool) -> Tensor:
    model = kind(_features(), dnn_hidden_units=list(cases.DEEP), cin_hidden_units=list(cases.CROSSED), **SETTINGS)
    heads = {**_head("dnn.mlp.9", w["deep_out"], w), **_head("cin.fc", w["cin_out"], w)}
    weights = {**_embeddings(w), **_linear(w), **_cin(w, "cin."), **_mlp("dnn", "deep", 3, w), **heads}
    return _logit(model, weights, given, train)


def _fibinet(kind: type[nn.Module], w: Tensors, given: Tensors, train: bool) -> Tensor:
    settings = {**SETTINGS, "hidden_units": list(cases.DEEP), "bilinear_type": "field_each"}
    model = kind(_features(), reduction_ratio=cases.RATIO, **settings)
    pairs = {
        "bilinear_interaction1.bilinear_W": w["bilinear.raw"],
        "bilinear_interaction2.bilinear_W": w["bilinear.senet"],
    }
    deep = {**_mlp("dnn", "deep", 3, w), **_head("dnn.mlp.9", w["out"], w)}
    weights = {**_embeddings(w), **_linear(w), **_senet(w, "senet_layer."), **pairs, **deep}
    return _logit(model, weights, given, train)


def _final_mlp(kind: type[nn.Module], w: Tensors, given: Tensors, train: bool) -> Tensor:
    """The peer has a BatchNorm after each tower's last layer; held in eval mode with the identity's numbers."""
    activations = {
        f"mlp{k}_hidden_activations": ["ReLU"] * (len(widths) - 1) + [None]
        for k, widths in ((1, cases.FIRST), (2, cases.SECOND))
    }
    model = kind(
        _features(),
        mlp1_hidden_units=list(cases.FIRST),
        mlp2_hidden_units=list(cases.SECOND),
        mlp1_batch_norm=True,
        mlp2_batch_norm=True,
        fs_hidden_units=[],
        num_heads=cases.JOIN_HEADS,
        **activations,
        **SETTINGS,
    ).train(train)
    weights = {**_embeddings(w), **_gates(w, "fs_module."), **_join(w, "fusion_module.")}
    for place, name, widths in (("mlp1", "first", cases.FIRST), ("mlp2", "second", cases.SECOND)):
        last = len(widths) - 1
        one, none = zeros(w, widths[-1]) + 1, zeros(w, widths[-1])
        identity = {"scale": one, "shift": none, "mean": none, "variance": one * (1 - EPSILON)}
        whole = {**w, **{f"{name}.{last}.{part}": values for part, values in identity.items()}}
        weights |= _mlp(place, name, len(widths), whole)
    return _held(model, weights, given, train)


def _held(model: Any, weights: Tensors, given: Tensors, train: bool) -> Tensor:
    """As `_logit`, the last BatchNorm of either tower in eval mode."""
    for tower in (model.mlp1, model.mlp2):
        tower.mlp[-1].register_forward_pre_hook(lambda module, _: module.eval() and None)
    return _logit(model, weights, given, train)


def _cin_part(w: Tensors, given: Tensors, train: bool) -> Tensor:
    """The peer ends in a linear layer: the identity there shows the network itself."""
    wide = sum(cases.CROSSED)
    head = {"fc.weight": torch.eye(wide, dtype=given["x"].dtype), "fc.bias": zeros(w, wide)}
    layer = CompressedInteractionNet(cases.F, list(cases.CROSSED), output_dim=wide)
    return call(layer, {**_cin(w), **head}, given["x"])


def _gate_part(kind: type[nn.Module], w: Tensors, given: Tensors, train: bool) -> Tensor:
    layer = kind(_features(), cases.FLAT, cases.F, fs_hidden_units=[])
    return torch.cat(call(layer, _gates(w), {}, given["x"]), dim=1)


def _join_part(kind: type[nn.Module], w: Tensors, given: Tensors, train: bool) -> Tensor:
    layer = kind(cases.FIRST[-1], cases.SECOND[-1], output_dim=1, num_heads=cases.JOIN_HEADS)
    return call(layer, _join(w), given["x"], given["y"])
