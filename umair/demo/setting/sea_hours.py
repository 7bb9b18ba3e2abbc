"""The colours of water, hour by hour."""

from dataclasses import dataclass

from umair.demo.content import Time


@dataclass(frozen=True)
class Water:
    """A sea and the light above it."""

    depth: tuple[str, str, str, str]  # from the horizon to the foot
    waves: tuple[str, str, str, str]  # dark, middle, under the sun, sparkle
    streaks: tuple[str, str, str]  # thin clouds: high, low, their lit edge
    streaked: float  # their strength
    glow: tuple[str, str]  # round the sun: wide, near
    glows: float
    disk: str
    cape: str
    height: float = 0.055  # of the sun above the horizon
    radius: float = 0.060
    warm: bool = True


WATERS: dict[Time, Water] = {
    "dusk": Water(
        depth=("#f0a080", "#b8688e", "#4e3f7c", "#2c2a5a"),
        waves=("#3a3470", "#c87a98", "#ffe2a0", "#fff4cc"),
        streaks=("#8a5a9a", "#ffb27a", "#ffe0a8"),
        streaked=0.75,
        glow=("#ff9a4a", "#ffe2a0"),
        glows=1.0,
        disk="#fff6d8",
        cape="#5a4478",
    ),
    "morning": Water(
        depth=("#f8e0cc", "#a8c4e0", "#6a9cc8", "#3f70a8"),
        waves=("#5a88b8", "#c8d8ec", "#fff0d0", "#fffdf0"),
        streaks=("#c8c8e8", "#ffe0d0", "#fff6e8"),
        streaked=0.6,
        glow=("#ffd0a0", "#fff0d0"),
        glows=0.7,
        disk="#fffdf4",
        cape="#7f90b8",
        height=0.10,
        radius=0.048,
    ),
    "day": Water(
        depth=("#bfe8f0", "#5ec0dc", "#2a8fc8", "#1a62a8"),
        waves=("#2a80c0", "#8ad8ec", "#e8fbff", "#ffffff"),
        streaks=("#d8ecfb", "#f4fafe", "#ffffff"),
        streaked=0.45,
        glow=("#fff4d8", "#fffdf0"),
        glows=0.35,
        disk="#ffffff",
        cape="#4f8a7a",
        height=0.46,
        radius=0.040,
    ),
    "night": Water(
        depth=("#6a88b8", "#34568c", "#182c60", "#0c1740"),
        waves=("#14285a", "#4a6ca8", "#e0ecff", "#ffffff"),
        streaks=("#2c3c74", "#5a74ac", "#8aa4d4"),
        streaked=0.55,
        glow=("#6a90e0", "#cfe0ff"),
        glows=0.55,
        disk="#fdfbe8",
        cape="#101c40",
        height=0.30,
        radius=0.050,
        warm=False,
    ),
}
