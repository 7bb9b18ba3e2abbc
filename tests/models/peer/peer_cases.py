"""What our models and a peer's are both given: cases, their weights under neutral names, rows, and what is compared.

numpy alone, for it is read in the peer's environment too. Everything is drawn from named seeds by RandomState's uniform
numbers, whose stream numpy has frozen, so that weights need not be stored: a checksum of them is.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Arrays = dict[str, np.ndarray]
Shapes = dict[str, tuple[int, ...]]
EMBEDDING = 8
DEEP = (64, 32, 16)
CROSSED = (64, 64)
FIRST, SECOND = (512, 512, 512, 512, 256, 256, 128, 128), (128, 128, 64, 64, 32, 32)
HEADS, HEAD_WIDTH = 8, 8
JOIN_HEADS = 2
LAYERS, EXPERTS, RANK = 2, 4, 32
RATIO = 3
WHOLE, PROJECTIONS = 32, 8  # gradients of so many numbers are stored whole; of larger ones, so many projections


@dataclass(frozen=True)
class Field:
    """One categorical input; fields of one table share their embedding."""

    name: str
    size: int
    table: str


USER_FIELDS = (Field("user_id", 11, "user_id"), Field("long_label", 7, "label"), Field("short_label", 7, "label"))
ITEM_FIELDS = (
    Field("illust_id", 13, "illust_id"),
    Field("artist_id", 5, "artist_id"),
    Field("label", 7, "label"),
    Field("width", 4, "width"),
    Field("views", 6, "views"),
)
FIELDS = (*USER_FIELDS, *ITEM_FIELDS)  # eight, as many as the embedding is wide: FuxiCTR's FinalMLP ties the two
F, FLAT = len(FIELDS), len(FIELDS) * EMBEDDING
TABLES = {f.table: f.size for f in FIELDS}
VECTORS = {"label_text": 6, "style": 5}
FLAT_VECTORS = FLAT + 2 * sum(VECTORS.values()) + 1  # both sides and the count

MODELS = ("dcn", "dcn_vectors", "xdeepfm", "fibinet", "difm", "dcn_v2", "dcn_v2_vectors", "final_mlp")
PARTS = ("cross_net", "cross_net_mix", "cin", "senet", "bilinear", "attention", "factorisation", "gate", "join")
STATISTICS = ("mean", "variance")  # of BatchNorm: given, not learnt


def shapes(case: str) -> Shapes:
    """Neutral name -> shape of every weight of a case, in the order of comparison."""
    own: Shapes = _OWN[case]()
    return {**_inputs(), **own} if case in MODELS else own


def _inputs() -> Shapes:
    tables = {f"table.{t}": (size, EMBEDDING) for t, size in TABLES.items()}
    return {**tables, **{f"table_bias.{t}": (EMBEDDING,) for t in TABLES}}


def _linear() -> Shapes:
    return {"linear": (sum(f.size for f in FIELDS), 1)}


def _deep(name: str, width: int, widths: tuple[int, ...], norms: int) -> Shapes:
    """Layers `name`.k, the first `norms` of them with BatchNorm."""
    found: Shapes = {}
    for k, (before, after) in enumerate(zip((width, *widths), widths, strict=False)):
        found |= {f"{name}.{k}.weight": (after, before), f"{name}.{k}.bias": (after,)}
        if k < norms:
            found |= {f"{name}.{k}.{part}": (after,) for part in ("scale", "shift", *STATISTICS)}
    return found


def _cross(width: int) -> Shapes:
    return {"cross.weight": (LAYERS, width), "cross.bias": (LAYERS, width)}


def _mix(width: int) -> Shapes:
    tall, small = (LAYERS, EXPERTS, width, RANK), (LAYERS, EXPERTS, RANK, RANK)
    return {"mix.u": tall, "mix.v": tall, "mix.c": small, "mix.bias": (LAYERS, width), "mix.gate": (EXPERTS, width)}


def _cin() -> Shapes:
    before = (F, *CROSSED[:-1])
    return {f"cin.{k}": (w, F * b) for k, (b, w) in enumerate(zip(before, CROSSED, strict=True))}


def _senet() -> Shapes:
    return {"senet.squeeze": (F // RATIO, F), "senet.excite": (F, F // RATIO)}


def _attention() -> Shapes:
    return {f"attention.{part}": (HEADS * HEAD_WIDTH, EMBEDDING) for part in ("query", "key", "value", "residual")}


def _gates() -> Shapes:
    one: Shapes = {"context": (F,), "weight": (FLAT, F), "bias": (FLAT,)}
    return {f"{gate}.{part}": shape for gate in ("gate_1", "gate_2") for part, shape in one.items()}


def _join(first: int, second: int) -> Shapes:
    a, c = first // JOIN_HEADS, second // JOIN_HEADS
    return {
        "join.first": (JOIN_HEADS, a),
        "join.second": (JOIN_HEADS, c),
        "join.both": (JOIN_HEADS, a, c),
        "join.bias": (JOIN_HEADS,),
    }


def _dcn(width: int) -> Shapes:
    return {**_linear(), **_cross(width), **_deep("deep", width, DEEP, 3), "out": (1, width + DEEP[-1])}


def _dcn_v2(width: int) -> Shapes:
    return {**_linear(), **_mix(width), **_deep("deep", width, DEEP, 3), "out": (1, width + DEEP[-1])}


def _xdeepfm() -> Shapes:
    outs = {"cin_out": (1, sum(CROSSED)), "deep_out": (1, DEEP[-1])}
    return {**_linear(), **_cin(), **_deep("deep", FLAT, DEEP, 3), **outs}


def _fibinet() -> Shapes:
    pairs = {f"bilinear.{side}": (F, EMBEDDING, EMBEDDING) for side in ("raw", "senet")}
    deep = _deep("deep", F * (F - 1) * EMBEDDING, DEEP, 3)
    return {**_linear(), **_senet(), **pairs, **deep, "out": (1, DEEP[-1])}


def _difm() -> Shapes:
    outs = {"vector_wise": (F, F * HEADS * HEAD_WIDTH), "bit_wise": (F, DEEP[-1])}
    return {**_linear(), **_attention(), **_deep("deep", FLAT, DEEP, 3), **outs}


def _final_mlp() -> Shapes:
    first = _deep("first", FLAT, FIRST, len(FIRST) - 1)
    second = _deep("second", FLAT, SECOND, len(SECOND) - 1)
    return {**_gates(), **first, **second, **_join(FIRST[-1], SECOND[-1])}


_OWN: dict[str, Callable[[], Shapes]] = {
    "dcn": lambda: _dcn(FLAT),
    "dcn_vectors": lambda: _dcn(FLAT_VECTORS),
    "xdeepfm": _xdeepfm,
    "fibinet": _fibinet,
    "difm": _difm,
    "dcn_v2": lambda: _dcn_v2(FLAT),
    "dcn_v2_vectors": lambda: _dcn_v2(FLAT_VECTORS),
    "final_mlp": _final_mlp,
    "cross_net": lambda: _cross(FLAT),
    "cross_net_mix": lambda: _mix(FLAT),
    "cin": _cin,
    "senet": _senet,
    "bilinear": lambda: {"bilinear.raw": (F, EMBEDDING, EMBEDDING)},
    "attention": _attention,
    "factorisation": dict,
    "gate": _gates,
    "join": lambda: _join(FIRST[-1], SECOND[-1]),
}
_X: dict[str, Shapes] = {  # what a part is given beside its weights
    "cross_net": {"x": (FLAT,)},
    "cross_net_mix": {"x": (FLAT,)},
    "gate": {"x": (FLAT,)},
    "join": {"x": (FIRST[-1],), "y": (SECOND[-1],)},
}


def drawn(*name: object) -> np.random.RandomState:
    """A stream of its own for every name."""
    return np.random.RandomState(zlib.crc32("/".join(map(str, name)).encode()))


def uniform(shape: tuple[int, ...], low: float, high: float, *name: object) -> np.ndarray:
    return low + (high - low) * drawn(*name).random_sample(shape)


def weights(case: str, seed: int) -> Arrays:
    """Every weight of a case, float64, of a size that keeps outputs near 1."""
    return {name: _weight(name, shape, seed) for name, shape in shapes(case).items()}


def _weight(name: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    last = name.rsplit(".", 1)[-1]
    if last in ("scale", "variance"):
        return uniform(shape, 0.5, 1.5, "weight", seed, name)
    inner = shape[-2] if name in ("mix.u", "mix.v", "bilinear.raw", "bilinear.senet") and len(shape) > 2 else shape[-1]
    reach = 1.0 if name.startswith(("table.", "linear")) else 0.4 if len(shape) == 1 else (3.0 / inner) ** 0.5
    return uniform(shape, -reach, reach, "weight", seed, name)


def rows(case: str, n: int, seed: int) -> Arrays:
    """What the rows are: slots (n, F) with one in six padding (-1), vectors and counts; or x (and y) of a part; and
    cotangent (n, ...): the loss whose gradients are compared is the sum of outputs times it."""
    if case in MODELS:
        found = _model_rows(n, seed, case.endswith("_vectors"))
        return {**found, "cotangent": uniform((n,), -1, 1, "cotangent", seed, n)}
    given = _X.get(case, {"x": (F, EMBEDDING)})
    found = {name: uniform((n, *shape), -1, 1, name, seed, n) for name, shape in given.items()}
    return {**found, "cotangent": uniform((n, 2 * F * F * EMBEDDING), -1, 1, "cotangent", seed, n)}


def _model_rows(n: int, seed: int, with_vectors: bool) -> Arrays:
    random = drawn("slots", seed, n)
    slots = np.stack([np.floor(random.random_sample(n) * f.size) for f in FIELDS], axis=1).astype(np.int64)
    slots[random.random_sample(slots.shape) < 1 / 6] = -1
    if not with_vectors:
        return {"slots": slots}
    found: Arrays = {"slots": slots, "count": np.floor(uniform((n,), 0, 30, "count", seed, n))}
    for name, width in VECTORS.items():
        found[f"item.{name}"] = uniform((n, width), -1, 1, "item", name, seed, n)
        found[f"sum.{name}"] = uniform((n, width), -1, 1, "sum", name, seed, n) * found["count"][:, None]
    return found


def dense(given: Arrays) -> np.ndarray:
    """The vectors as a model reads them, side by side: items, shrunk means n / (n + 2) * sum / n, log(1 + n) / 4."""
    count = given["count"][:, None]
    items = [given[f"item.{name}"] for name in VECTORS]
    means = [given[f"sum.{name}"] / (count + 2) for name in VECTORS]
    return np.concatenate([*items, *means, np.log1p(count) / 4], axis=1)


def learnt(case: str) -> list[str]:
    """Names whose gradients are compared: every weight but BatchNorm's running numbers, then inputs of a part."""
    own = [name for name in shapes(case) if name.rsplit(".", 1)[-1] not in STATISTICS]
    return own if case in MODELS else [*own, *_X.get(case, {"x": ()})]


def digest(gradients: Arrays) -> np.ndarray:
    """Gradients as one short row: small ones whole, large ones as projections on fixed random directions."""
    return np.concatenate([_digest(name, values.ravel()) for name, values in gradients.items()] or [np.zeros(0)])


def _digest(name: str, values: np.ndarray) -> np.ndarray:
    if len(values) <= WHOLE:
        return values
    return uniform((PROJECTIONS, len(values)), -1, 1, "direction", name) @ values


def checksum(case: str, n: int, seed: int) -> str:
    """Of a case's weights and rows: equal wherever they are drawn again."""
    found = hashlib.sha256()
    for name, values in {**weights(case, seed), **rows(case, n, seed)}.items():
        found.update(name.encode() + values.tobytes())
    return found.hexdigest()[:16]


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference, absolute up to 1 and relative above: max |a - b| / max(1, |b|)."""
    if one.shape != other.shape:
        raise ValueError(f"Shapes differ: {one.shape} and {other.shape}.")
    return float((np.abs(one - other) / np.maximum(1.0, np.abs(other))).max(initial=0.0))
