"""Mouths and lips."""

import numpy as np

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import ellipse, path, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.expressions import MouthKind
from umair.demo.figure.view import View

_LINE = {"smile": (0.115, 0.030), "calm": (0.075, 0.006), "soft": (0.085, 0.016)}  # half width, curve
_OPEN = {"open": (0.095, 0.085), "laugh": (0.13, 0.115), "small": (0.045, 0.045)}  # half width, height
_SIZE = {"small": 0.72, "wide": 1.22}


def draw_mouth(pen: Pen, view: View, x: float, y: float, kind: MouthKind) -> None:
    """The mouth at (x, y); the part drawn last must be the face, and is again when this returns."""
    f = (1 - 0.22 * view.k) * _SIZE.get(view.char.mouth, 1.0)
    _lips(pen, view, x, y, f, kind)
    if view.char.mouth == "cat" and kind in ("smile", "soft", "calm", "grin"):
        _cat(pen, view, x, y, f)
    elif kind in _LINE:
        _line(pen, view, x, y, f, kind)
    elif kind in _OPEN:
        _open(pen, view, x, y, f, kind)
    elif kind == "pout":
        lip = [(x - 0.05 * f, y + 0.012), (x - 0.015, y - 0.008), (x + 0.02, y - 0.006), (x + 0.055 * f, y + 0.014)]
        pen.stroke(spline(lip, 8), 0.011, 0.3, 0.3, 0.5, view.feature_line)
    elif kind == "grin":
        w = 0.12 * f
        lip = [(x - w, y - 0.02), (x - w * 0.3, y + 0.016), (x + w * 0.4, y + 0.012), (x + w, y - 0.038)]
        pen.stroke(spline(lip, 10), 0.012, 0.4, 0.7, 0.6, view.feature_line)
    if view.char.mouth == "fang" and kind not in ("pout", "small"):
        _fang(pen, view, x, y, f, kind)


def _line(pen: Pen, view: View, x: float, y: float, f: float, kind: MouthKind) -> None:
    w, d = _LINE[kind]
    w *= f
    lip = [(x - w, y - d * 0.95), (x - w * 0.55, y + d * 0.12), (x, y + d * 0.42)]
    lip += [(x + w * 0.55, y + d * 0.12), (x + w, y - d * 1.05)]
    pen.stroke(spline(lip, 10), 0.0105, 0.5, 0.5, 0.5, view.feature_line)
    under = [(x - w * 0.32, y + 0.040 + d * 0.4), (x, y + 0.048 + d * 0.4), (x + w * 0.32, y + 0.040 + d * 0.4)]
    pen.stroke(spline(under, 8), 0.006, 0, 0, 0.5, view.feature_line, 0.55)


def _open(pen: Pen, view: View, x: float, y: float, f: float, kind: MouthKind) -> None:
    w, h = _OPEN[kind]
    w *= f
    corner = [(x - w, y - 0.022), (x - w * 0.4, y - 0.008), (x, y - 0.012)]
    top = spline([*corner, (x + w * 0.4, y - 0.008), (x + w, y - 0.024)], 8)
    low = [(x + w, y - 0.024), (x + w * 0.62, y + h * 0.62), (x, y + h * 0.82)]
    bottom = spline([*low, (x - w * 0.62, y + h * 0.60), (x - w, y - 0.022)], 8)
    face, color = pen.cur, pen.curcol
    pen.part(shape(top, bottom), rgb("#8c2f3c"), "lip", round_=0.005)
    pen.paint(ellipse(x + 0.005, y + h * 0.78, w * 0.62, h * 0.42), rgb("#e8737a"))
    if kind != "small":
        teeth = [(x + w * 0.8, y + 0.004), (x + w * 0.3, y + 0.016), (x - w * 0.3, y + 0.016), (x - w * 0.8, y + 0.004)]
        pen.paint(shape(top, teeth), rgb("#fff6f2"))
    pen.stroke(top, 0.0105, 0.6, 0.6, 0.5, view.feature_line)
    pen.stroke(bottom, 0.0085, 0.4, 0.4, 0.5, view.feature_line)
    pen.cur, pen.curcol = face, color


def _cat(pen: Pen, view: View, x: float, y: float, f: float) -> None:
    lip = [(x - 0.085 * f, y - 0.012), (x - 0.045 * f, y + 0.020), (x, y - 0.004)]
    lip += [(x + 0.045 * f, y + 0.020), (x + 0.085 * f, y - 0.012)]
    pen.stroke(spline(lip, 10), 0.0105, 0.4, 0.4, 0.5, view.feature_line)


def _fang(pen: Pen, view: View, x: float, y: float, f: float, kind: MouthKind) -> None:
    """One small pointed tooth at the near corner."""
    face, color = pen.cur, pen.curcol
    at = x + (0.055 if kind in _OPEN else 0.048) * f
    top = y - 0.012 if kind in _OPEN else y + 0.006
    pen.part(path([(at - 0.017, top), (at + 0.017, top - 0.002), (at + 0.002, top + 0.032)]), rgb("#fffaf6"), "lip")
    pen.stroke(
        np.array([(at - 0.017, top), (at + 0.002, top + 0.032), (at + 0.017, top - 0.002)]),
        0.006,
        0.4,
        0.4,
        0.5,
        view.feature_line,
    )
    pen.cur, pen.curcol = face, color


def _lips(pen: Pen, view: View, x: float, y: float, f: float, kind: MouthKind) -> None:
    """Colour of the lips, laid under the line of the mouth."""
    style = view.char.lips
    if style == "plain":
        return
    rose = mix(view.skin, rgb("#d8455a"), 0.42 if style == "tinted" else 0.62)
    w, h = _OPEN.get(kind, (0.062, 0.0))
    w *= f
    full = 1.0 if style == "full" else 0.72
    if kind in _OPEN:
        pen.paint(ellipse(x, y + h * 0.34, w * 1.10, h * 0.62 + 0.014 * full), rose, 0.8)
        return
    lower = spline(
        [
            (x - w, y),
            (x - w * 0.5, y + 0.026 * full),
            (x, y + 0.034 * full),
            (x + w * 0.5, y + 0.026 * full),
            (x + w, y),
        ],
        8,
    )
    upper = spline(
        [
            (x + w, y),
            (x + w * 0.45, y - 0.015 * full),
            (x, y - 0.007 * full),
            (x - w * 0.45, y - 0.015 * full),
            (x - w, y),
        ],
        8,
    )
    pen.paint(shape(lower, upper), rose, 0.85, blur=0.002)
    pen.high(ellipse(x - 0.012 * view.light * -1, y + 0.017 * full, w * 0.22, 0.005), 0.8)
