"""Where paint ends and the bare ground of the picture begins."""

from typing import Literal

import numpy as np

from umair.demo.canvas.noise import fbm, smooth
from umair.demo.hands.framed import Framed, centred, edge_distance
from umair.demo.hands.picture import soft
from umair.demo.passes import Plane

Edge = Literal["bleed", "torn", "oval", "taped", "patch"]


def laid(passes: Framed, edge: Edge, mark: Plane, seed: int) -> Plane:
    """1 where there is paint, 0 where the paper is bare.

    bleed: everywhere. torn: a ragged border. oval: a ragged oval, the figure goes beyond it. taped: a clean
    border, as of masking tape. patch: only near the figure. mark (mean 0, deviation about 1) is the trace of
    the tool, which frays the edge.
    """
    S, frame = passes.S, edge_distance(passes)
    if edge == "bleed":
        return np.ones((S, S), np.float32)
    if edge == "taped":
        return smooth(frame + mark * 0.0008, 0.040, 0.043)
    n = fbm((S, S), S * 0.08, seed, 4) - 0.5
    if edge == "torn":
        return smooth(frame + n * 0.09 + mark * 0.006, 0.018, 0.045)
    u, v = centred(passes)
    sheet = smooth(frame + n * 0.07 + mark * 0.008, 0.012, 0.040)
    w, h = passes.box.width / passes.side, passes.box.height / passes.side
    oval = 0.52 - np.hypot(u / w, v / h * 0.95) + n * 0.10 + mark * 0.012
    if edge == "oval":
        return np.maximum(smooth(oval, 0.0, 0.06), passes.alpha) * sheet
    near = soft(passes.alpha, S * 0.06) * 1.5 + n * 0.5 + mark * 0.04
    if passes.alpha.mean() < 0.15:  # no figure to keep near to: a smaller oval of the setting
        near = 1.5 * smooth(oval, 0.08, 0.2) + n * 0.2 + mark * 0.04
    return smooth(near, 0.25, 0.40) * sheet
