"""Hours and weathers: what they do to a sky, to local colours and to the light on a figure."""

from dataclasses import dataclass, replace

import numpy as np

from umair.demo.canvas.colours import Colour, mix, rgb
from umair.demo.passes import Light


@dataclass(frozen=True)
class Sky:
    """Colours of a sky from the zenith down, their places, and the tones of its clouds."""

    cols: tuple[str, ...]
    at: tuple[float, ...]
    cloud: tuple[str, str, str] = ("#ffffff", "#e6eefb", "#a9c2e8")  # lit, middle, shadow
    haze: str = "#d6ebfa"  # what clouds fade to at their base
    stars: int = 0
    cover: float = 1.0  # how much cloud, 0..1


@dataclass(frozen=True)
class Shine:
    """Colours of a `Light`, and its strength; the side comes with the scene."""

    key: str
    amb: str
    shadow: str
    tint: float
    rim: str = ""  # "" = none
    bounce: str = ""
    rim_with_key: bool = False  # the rim grazes the key's side, as a low sun does
    rim_right: str = ""  # its colour when the key comes from the right, if another

    def light(self, lx: int) -> Light:
        """This shine from the left (-1) or the right (1)."""
        rim = self.rim_right if lx > 0 and self.rim_right else self.rim
        return Light(
            key=rgb(self.key),
            amb=rgb(self.amb),
            shadow=rgb(self.shadow),
            lx=lx,
            rim=rgb(rim) if rim else None,
            rim_dir=lx if self.rim_with_key else -lx,
            tint=self.tint,
            bounce=rgb(self.bounce) if self.bounce else None,
        )


@dataclass(frozen=True)
class Hour:
    """One hour in one setting. In the setting's own hour nothing is toned."""

    sky: Sky
    shine: Shine
    tint: str = "#ffffff"  # multiplied onto local colours
    gain: float = 1.0
    veil: str = "#ffffff"  # then mixed in
    veiled: float = 0.0
    lamps: float = 1.0  # how strongly lamps burn

    def tone(self, color: Colour) -> Colour:
        """A local colour (3,) or (4,) at this hour."""
        if self.gain == 1.0 and self.veiled == 0.0 and self.tint == "#ffffff":
            return color
        out = np.array(color, np.float32)
        out[:3] = mix(np.clip(out[:3] * rgb(self.tint) * self.gain, 0, 1), rgb(self.veil), self.veiled)
        return out


# ------------------------------------------------------------ hours of an open sky, for settings drawn by day
MORNING_SKY = Sky(
    cols=("#6f9fd8", "#a9c8ea", "#f3d9d0", "#ffe9c4"),
    at=(0.0, 0.35, 0.62, 0.85),
    cloud=("#fff6ea", "#f3d6d2", "#a9a6d0"),
    haze="#fbe2cc",
)
DUSK_SKY = Sky(
    cols=("#3b4a8c", "#8a5f9c", "#e07f86", "#ffc183"),
    at=(0.0, 0.35, 0.62, 0.85),
    cloud=("#ffd2a0", "#e48f94", "#7c5c9a"),
    haze="#f8b486",
)
NIGHT_SKY = Sky(
    cols=("#0b1238", "#1a2a62", "#34508c", "#5f7cb0"),
    at=(0.0, 0.35, 0.62, 0.85),
    cloud=("#8fa2d0", "#52679e", "#2c3c70"),
    haze="#4f6aa0",
    stars=90,
)
MORNING_SHINE = Shine("#fff0d8", "#dfe4f8", "#a99cd0", 0.10, rim="#fff2d0", bounce="#e0d8f0")
DUSK_SHINE = Shine("#ffd0a0", "#d09ab4", "#8062a0", 0.20, rim="#ffca90", bounce="#c07aa0", rim_with_key=True)
NIGHT_SHINE = Shine("#dfe8ff", "#8f9ad8", "#505a9c", 0.20, rim="#bcd4ff", bounce="#5a7ac0")

MORNING = Hour(MORNING_SKY, MORNING_SHINE, tint="#fff0e2", veil="#fff0dc", veiled=0.10)
DUSK = Hour(DUSK_SKY, DUSK_SHINE, tint="#e8a296", gain=0.92, veil="#c0709a", veiled=0.10, lamps=1.2)
NIGHT = Hour(NIGHT_SKY, NIGHT_SHINE, tint="#6d86c8", gain=0.72, veil="#1c2c60", veiled=0.18, lamps=1.5)


def rainy(hour: Hour) -> Hour:
    """The same hour under rain: grey sky without sun, cooler and dimmer, everything a little veiled."""
    grey = _greyed(hour.sky, "#7f8da6", 0.62)
    lit, mid, shadow = (_mixed(c, "#8b97ac", 0.6) for c in grey.cloud)
    sky = replace(grey, cloud=(lit, mid, shadow), stars=0)
    shine = replace(
        hour.shine,
        key=_mixed(hour.shine.key, "#cfdaee", 0.6),
        amb=_mixed(hour.shine.amb, "#b4c0d8", 0.5),
        tint=max(0.12, hour.shine.tint),
        rim=_mixed(hour.shine.rim, "#d8e6f8", 0.5) if hour.shine.rim else "#d8e6f8",
    )
    return replace(hour, sky=sky, shine=shine, tint=_mixed(hour.tint, "#8796b4", 0.40), veil="#8b99b4", veiled=0.16)


def cloudy(hour: Hour) -> Hour:
    """An even, bright grey: little shadow, soft light."""
    sky = replace(_greyed(hour.sky, "#c3cbd8", 0.5), stars=0)
    shine = replace(hour.shine, key=_mixed(hour.shine.key, "#eef0f4", 0.6), rim="")
    return replace(hour, sky=sky, shine=shine, tint=_mixed(hour.tint, "#dfe3ea", 0.6), veiled=max(0.06, hour.veiled))


def misty(hour: Hour) -> Hour:
    """Pale air: the sky loses its depth; `setting.mist` veils the distance."""
    sky = replace(_greyed(hour.sky, hour.sky.haze, 0.55), cover=0.4)
    shine = replace(hour.shine, amb=_mixed(hour.shine.amb, "#eef0f4", 0.3), rim="")
    return replace(hour, sky=sky, shine=shine)


def _greyed(sky: Sky, to: str, amount: float) -> Sky:
    """The sky's colours drawn towards one that is as light as they are."""
    return replace(
        sky, cols=tuple(_mixed(c, _as_light(to, c), amount) for c in sky.cols), haze=_mixed(sky.haze, to, 0.5)
    )


def _as_light(to: str, like: str) -> str:
    """`to`, made half as far lighter or darker as `like` is."""
    k = 0.5 + 0.5 * float(rgb(like).mean() / max(0.05, rgb(to).mean()))
    return _hex(np.clip(rgb(to) * k, 0, 1))


def _mixed(a: str, b: str, t: float) -> str:
    return _hex(mix(rgb(a), rgb(b), t))


def _hex(color: Colour) -> str:
    return "#" + "".join(f"{round(float(v) * 255):02x}" for v in color)
