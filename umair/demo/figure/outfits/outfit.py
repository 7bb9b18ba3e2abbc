"""What an outfit is."""

from collections.abc import Callable
from dataclasses import dataclass

from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve
from umair.demo.figure.view import View


@dataclass(frozen=True)
class Outfit:
    """Clothes from the neck down to the frame's edge.

    draw: everything before the head, arms included unless in `view.arms_later`.
    behind: what stands behind the neck (hood, standing collar), drawn first.
    sleeve: the cloth of its arms; None where hands cannot be brought before the chest.
    gesture: the cloth of an arm that moves freely, where it is not `sleeve`.
    """

    draw: Callable[[Pen, View], None]
    behind: Callable[[Pen, View], None] | None = None
    sleeve: Callable[[View], Sleeve] | None = None
    gesture: Callable[[View], Sleeve] | None = None
