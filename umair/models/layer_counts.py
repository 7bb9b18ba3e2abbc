"""A model's parameters layer by layer, as Keras counts them, each with the product that gives its number."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from torch import nn

NORMS = (nn.BatchNorm1d,)


@dataclass(frozen=True)
class Layer:
    """One layer with numbers of its own: `deep.0`, "184·64 + 64", 11,840."""

    name: str
    formula: str
    parameters: int


def layers_of(model: nn.Module) -> tuple[Layer, ...]:
    """Every layer that has numbers; their sum is `parameter_count(model)`."""
    return tuple(_layers(model))


def changes(model: tuple[Layer, ...], whole: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """What `model` has more (positive) or less (negative) than `whole`, by name of the layer."""
    here, there = {l.name: l for l in model}, {l.name: l for l in whole}
    found = []
    for name in [*there, *(n for n in here if n not in there)]:
        more, less = here.get(name), there.get(name)
        difference = (more.parameters if more else 0) - (less.parameters if less else 0)
        if difference:
            gone = f"-({less.formula})" if less else ""
            come = f"+({more.formula})" if more else ""
            found.append(Layer(name, f"{gone} {come}".strip(), difference))
    return tuple(found)


def _layers(model: nn.Module) -> Iterator[Layer]:
    for name, module in model.named_modules():
        if isinstance(module, NORMS):
            yield Layer(name, f"4·{module.num_features}", 4 * module.num_features)  # scale, shift, two running buffers
            continue
        shapes = [tuple(p.shape) for p in module.parameters(recurse=False)]
        if isinstance(module, nn.Linear):
            shapes[0] = (module.in_features, module.out_features)
        if shapes:
            yield Layer(name or "(itself)", _formula(shapes), sum(math.prod(s) for s in shapes))


def _formula(shapes: list[tuple[int, ...]]) -> str:
    """Equal terms together: "2·4·8 + 16" for two of (4, 8) and one of (16)."""
    terms = Counter("·".join(str(n) for n in shape) or "1" for shape in shapes)
    return " + ".join(t if n == 1 else f"{n}·{t}" for t, n in terms.items())
