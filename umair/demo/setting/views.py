"""Where one stands in a setting: a second camera, and what weather does to the distance."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from umair.demo.canvas.noise import smooth
from umair.demo.content import SettingName
from umair.demo.setting.backdrop import RGB, Ground


@dataclass(frozen=True)
class View:
    """A window into a larger drawing: its middle, its enlargement, its tilt in degrees."""

    x: float
    y: float
    zoom: float
    tilt: float = 0.0


OTHER: dict[SettingName, View] = {  # low, high and tilted ones
    "rooftop": View(0.50, 0.42, 1.32, tilt=-7),
    "shrine": View(0.66, 0.42, 1.50, tilt=4),
    "city": View(0.46, 0.40, 1.35, tilt=8),
    "forest": View(0.52, 0.42, 1.30, tilt=-5),
    "cafe": View(0.40, 0.46, 1.45),
    "snow": View(0.36, 0.60, 1.40, tilt=2),
    "sea": View(0.60, 0.64, 1.40, tilt=-3),
    "field": View(0.55, 0.62, 1.45, tilt=4),
    "autumn": View(0.64, 0.52, 1.45, tilt=-4),
    "aquarium": View(0.58, 0.36, 1.35, tilt=6),
}


def drawn_size(size: int, view: View) -> int:
    """How large to draw, so that the window has as many pixels as are asked for."""
    return round(size * view.zoom)


def seen_from(ground: Ground, view: View, size: int, lx: int) -> Ground:
    """The window of `ground` (drawn at `drawn_size`), size by size; mirrored where the key is on the right."""
    x, tilt = (view.x, view.tilt) if lx < 0 else (1 - view.x, -view.tilt)
    big = ground.rgb.shape[0]
    turn = cv2.getRotationMatrix2D((x * big, view.y * big), tilt, 1.0)
    turn[:, 2] += (size / 2 - x * big, size / 2 - view.y * big)

    def window(picture: RGB) -> RGB:
        seen = cv2.warpAffine(picture, turn, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        return np.asarray(seen, np.float32)

    horizon = 0.5 + (ground.horizon - view.y) * view.zoom
    return replace(
        ground,
        rgb=window(ground.rgb),
        line=window(ground.line),
        emit=window(ground.emit),
        horizon=float(np.clip(horizon, 0.05, 1.2)),
    )


def misted(ground: Ground, haze: RGB, strength: float) -> Ground:
    """Veiled towards the haze, most at the horizon; contour and lamps fade with it."""
    size = ground.rgb.shape[0]
    y = np.linspace(0, 1, size, dtype=np.float32)[:, None]
    band = 1 - smooth(np.abs(y - ground.horizon), 0.0, 0.55)
    veil = (strength * (0.45 + 0.55 * band) * np.ones((size, size), np.float32))[..., None]
    line = ground.line.copy()
    line[..., 3:] *= 1 - veil
    return replace(ground, rgb=ground.rgb * (1 - veil) + haze * veil, line=line, emit=ground.emit * (1 - 0.6 * veil))
