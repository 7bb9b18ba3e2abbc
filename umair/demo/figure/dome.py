"""The dome of hair on the skull, and what may stand out of it."""

import numpy as np
import skia

from umair.demo.canvas.curves import Points, path, spline

_FRONT = np.array(
    [
        *[(-0.395, 0.72), (-0.456, 0.62), (-0.482, 0.42), (-0.442, 0.15), (-0.295, -0.045), (-0.10, -0.122)],
        *[(0.08, -0.124), (0.285, -0.055), (0.442, 0.13), (0.490, 0.40), (0.462, 0.62), (0.40, 0.72)],
    ]
)
_THREE_QUARTER = np.array(
    [
        *[(-0.375, 0.70), (-0.426, 0.60), (-0.454, 0.42), (-0.422, 0.15), (-0.295, -0.040), (-0.12, -0.118)],
        *[(0.08, -0.130), (0.31, -0.075), (0.487, 0.11), (0.545, 0.38), (0.51, 0.62), (0.41, 0.72)],
    ]
)


def dome(k: float) -> Points:
    """Outer silhouette of the hair on the skull, left ear over the crown to the right one."""
    return spline(_FRONT * (1 - k) + _THREE_QUARTER * k, 10)


def union(a: skia.Path, b: skia.Path) -> skia.Path:
    return skia.Op(a, b, skia.PathOp.kUnion_PathOp)


def room_for_locks(k: float) -> skia.Path:
    """Where fringe and side locks may be seen: inside the dome above the temples, free below them."""
    below = [(-0.34, 0.20), (0.40 + 0.04 * k, 0.20), (0.478 + 0.055 * k, 0.36), (0.56 + 0.05 * k, 0.52)]
    below += [(0.70 + 0.05 * k, 1.0), (3, 1.6), (3, 6), (-3, 6), (-3, 1.6), (-0.70, 1.0)]
    below += [(-0.545 + 0.02 * k, 0.52), (-0.466 + 0.025 * k, 0.36)]
    return union(path(dome(k)), path(below))
