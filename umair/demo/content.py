"""What a picture shows, as data: never how it is painted."""

from dataclasses import dataclass
from typing import Literal, get_args

from umair.demo.figure.model import Expression, Figure, Prop

SettingName = Literal[
    "rooftop", "shrine", "city", "forest", "cafe", "snow", "sea", "field", "autumn", "aquarium", "studio"
]
Time = Literal["day", "morning", "dusk", "night"]
Weather = Literal["clear", "rain", "mist", "snow", "cloudy"]
Camera = Literal["usual", "other"]  # most settings have two places to stand
Particles = Literal["", "petals", "snow", "leaves", "maple", "sparks", "rain", "bubbles", "fireflies"]
Kind = Literal["bust", "close", "half", "behind", "duo", "chibi", "scenery", "shoulder", "action", "full"]
Aspect = Literal["1:1", "3:4", "2:3", "4:3", "8:5"]  # width : height

SETTING_NAMES: tuple[SettingName, ...] = get_args(SettingName)
TIMES: tuple[Time, ...] = get_args(Time)
WEATHERS: tuple[Weather, ...] = get_args(Weather)
PARTICLES: tuple[Particles, ...] = get_args(Particles)
KINDS: tuple[Kind, ...] = get_args(Kind)
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)


@dataclass(frozen=True)
class Box:
    """A part of the square picture, fractions of its side; y downwards."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, other: "Box") -> bool:
        """Whether the other box lies inside this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def pixels(self, side: int) -> tuple[int, int, int, int]:
        """left, top, right, bottom in a square of `side` pixels."""
        left, top, right, bottom = (round(v * side) for v in (self.left, self.top, self.right, self.bottom))
        return left, top, right, bottom


@dataclass(frozen=True)
class Place:
    """A setting as it is that hour."""

    setting: SettingName
    time: Time = "day"
    weather: Weather = "clear"
    camera: Camera = "usual"


@dataclass(frozen=True)
class Scene:
    """Everything that is drawn. The same scene is drawn by every hand; the seed moves clouds, windows, leaves."""

    name: str
    place: Place
    figures: tuple[Figure, ...] = ()  # the last one stands in front
    lx: int = -1  # side the key light comes from: -1 left, +1 right
    seed: int = 1
    particles: Particles = ""


@dataclass(frozen=True)
class ScenePlan:
    """A scene with what is true of it in neutral keys, from which labels are written."""

    key: str  # unique in its catalogue
    scene: Scene
    members: tuple[str, ...]  # keys into the cast, as scene.figures
    setting: SettingName
    kind: Kind
    outfit: str  # of the first member ("" in scenery); others: scene.figures[i].char.outfit
    accessories: tuple[str, ...]  # of everyone that is seen
    hold: Prop
    weather: Weather
    time: Time
    expression: Expression | Literal[""]  # of the first member; "" where no face is seen
    particles: Particles
    crop: Aspect
    box: Box = Box()  # the part of the square that becomes the picture
