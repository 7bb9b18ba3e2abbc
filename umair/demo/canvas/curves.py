"""Curves and closed shapes as (N, 2) point arrays, and the skia paths made of them."""

import math

import numpy as np
import skia
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]


def spline(pts: ArrayLike, n: int = 14, closed: bool = False) -> Points:
    """Catmull-Rom curve through pts (M, 2), n samples a span."""
    p = np.asarray(pts, np.float64)
    before, after = ([p[-1]], [p[0], p[1]]) if closed else ([2 * p[0] - p[1]], [2 * p[-1] - p[-2]])
    p = np.vstack([before, p, after])
    t = np.linspace(0, 1, n, endpoint=False)[:, None]
    spans = []
    for i in range(1, len(p) - 2):
        a, b, c, d = p[i - 1], p[i], p[i + 1], p[i + 2]
        cubic = (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        spans.append(0.5 * (2 * b + (c - a) * t + cubic))
    out = np.vstack(spans)
    return out if closed else np.vstack([out, p[-2]])


def bez(p0: ArrayLike, p1: ArrayLike, p2: ArrayLike, p3: ArrayLike, n: int = 24) -> Points:
    """Cubic Bezier curve, n samples."""
    t = np.linspace(0, 1, n)[:, None]
    a, b, c, d = (np.asarray(q, np.float64) for q in (p0, p1, p2, p3))
    return (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d


def path(pts: ArrayLike, closed: bool = True) -> skia.Path:
    """A skia polygon through pts (N, 2)."""
    p = skia.Path()
    p.addPoly([skia.Point(float(x), float(y)) for x, y in np.asarray(pts, np.float64)], closed)
    return p


def shape(*segs: ArrayLike) -> skia.Path:
    """A closed path out of segments; corners only where segments meet."""
    return path(np.vstack([np.asarray(s, np.float64) for s in segs]))


def moved(p: skia.Path, dx: float, dy: float) -> skia.Path:
    """A copy of p, shifted: the outline of a cast shadow."""
    q = skia.Path(p)
    q.offset(dx, dy)
    return q


def shifted(pts: ArrayLike, dx: float, dy: float) -> Points:
    """Points (N, 2) or (2,), moved by (dx, dy)."""
    return np.asarray(pts, np.float64) + np.array((dx, dy))


def ellipse(
    cx: float,
    cy: float,
    rx: float,
    ry: float,
    n: int = 40,
    rot: float = 0.0,
    a0: float = 0,
    a1: float = 2 * math.pi,
) -> Points:
    """(n, 2) points of an ellipse turned by rot (radians), from angle a0 to a1."""
    a = np.linspace(a0, a1, n, endpoint=abs(a1 - a0) < 6.28)
    x, y = rx * np.cos(a), ry * np.sin(a)
    c, s = math.cos(rot), math.sin(rot)
    return np.stack([cx + x * c - y * s, cy + x * s + y * c], 1)


def normals(p: Points) -> Points:
    """Unit normals of a curve (N, 2), to its left as it runs (y downwards)."""
    d = np.gradient(p, axis=0)
    d /= np.maximum(np.linalg.norm(d, axis=1, keepdims=True), 1e-9)
    return np.stack([-d[:, 1], d[:, 0]], 1)


def ribbon(p: ArrayLike, w: ArrayLike) -> Points:
    """The closed outline of a curve with half width w (a number, or one a point)."""
    q = np.asarray(p, np.float64)
    n = normals(q)
    half = np.broadcast_to(np.asarray(w, np.float64), (len(q),))[:, None]
    return np.vstack([q + n * half, (q - n * half)[::-1]])


def pressure(n: int, a: float = 0.0, b: float = 0.0, peak: float = 0.5) -> NDArray[np.float64]:
    """Pen pressure 0..1 along a stroke of n points: a at the start, 1 at peak, b at the end."""
    t = np.linspace(0, 1, n)
    up = a + (1 - a) * np.sin(np.clip(t / max(peak, 1e-3), 0, 1) * math.pi / 2)
    down = b + (1 - b) * np.cos(np.clip((t - peak) / max(1 - peak, 1e-3), 0, 1) * math.pi / 2)
    return np.where(t < peak, up, down)
