"""Poses: where a figure stands, how it turns, tilts and looks, for each kind of picture."""

from dataclasses import replace

import numpy as np

from umair.demo.cast.model import Member
from umair.demo.composing.action import in_motion
from umair.demo.composing.extent import above
from umair.demo.composing.gestures import extent_of, gesture_of
from umair.demo.composing.pairs import arranged
from umair.demo.composing.standing import standing
from umair.demo.content import Kind, SettingName
from umair.demo.figure.model import Arms, Character, Expression, Figure, Prop, Stance
from umair.demo.setting.indoors import INDOORS

FACES: dict[str, dict[Expression, float]] = {
    "bright": {"happy": 3, "joy": 2, "smile": 3, "wink": 1.5, "surprise": 0.5, "shy": 0.5, "angry": 0.3},
    "gentle": {"smile": 4, "calm": 2, "shy": 1.5, "happy": 1.5, "sleepy": 0.7, "sad": 0.8},
    "cool": {"cool": 3, "calm": 3, "smile": 2, "sleepy": 1, "angry": 0.6, "sad": 0.5},
    "stern": {"calm": 4, "cool": 1.5, "smile": 2.2, "angry": 1.3, "sad": 0.8, "shy": 0.5},
}
GLANCE: dict[Expression, float] = {  # how far a mood looks down
    "shy": 0.45,
    "sad": 0.4,
    "sleepy": 0.3,
    "surprise": -0.2,
    "joy": -0.1,
    "cool": -0.15,
}
PROP_COLOURS: dict[Prop, tuple[str, ...]] = {
    "mug": ("#e8a08a", "#8ab0c8", "#f0e4d0", "#a8c080"),
    "book": ("#8a3a4a", "#3a5a7a", "#4a6a4a", "#7a5a8a"),
    "bouquet": ("#f28aa8", "#f6c860", "#b08ae0", "#f4f0e8"),
    "lantern": ("#e8e4da",),
    "": ("#e8e4da",),
}
_DOLLS: tuple[tuple[Arms, Stance], ...] = (  # what chibis do
    *(("wave", "stand"), ("wave", "walk"), ("up", "stand"), ("up", "leap"), ("down", "stand"), ("down", "walk")),
)
PROFILES = 0.14  # share of busts that are seen from the side
TOP_AIR = 0.035  # between the frame and whatever stands highest on a head


def face_of(rng: np.random.Generator, member: Member) -> Expression:
    """An expression that suits their temper."""
    faces = FACES[member.temper]
    weights = np.array(list(faces.values()))
    return tuple(faces)[rng.choice(len(faces), p=weights / weights.sum())]


def posed(
    rng: np.random.Generator, member: Member, char: Character, kind: Kind, setting: SettingName, hold: Prop
) -> Figure:
    """One person alone in the picture."""
    way = 1 if rng.random() < 0.5 else -1  # looks to the viewer's right or left
    expr = face_of(rng, member)
    figure = _tilted(rng, Figure(char, expr=expr, wind=_wind(rng, setting, kind)), way)
    match kind:
        case "close":
            figure = _close(rng, figure, way)
        case "half":
            figure = replace(
                _placed(rng, figure, way, 0.370, 0.395, 0.11),
                hold=hold,
                hold_col=str(rng.choice(PROP_COLOURS[hold])),
                arms="down" if hold else gesture_of(rng, member, char),
                camera=_camera(rng, 0.2, 0.6),
            )
            figure = replace(figure, x=figure.x + _aside(figure))
        case "full":
            figure = standing(rng, figure, way)
        case "action":
            figure = in_motion(rng, figure, way)
        case "behind":
            x = float(rng.choice((0.31, 0.5, 0.67)) + rng.uniform(-0.03, 0.03))
            scale = rng.uniform(0.26, 0.30)
            y = max(rng.uniform(0.38, 0.46), above(char) * scale + 0.10)
            figure = replace(figure, pose="behind", yaw=-0.1, x=x, y=y, scale=scale, pitch=0.0)
        case "shoulder":
            figure = replace(_placed(rng, figure, way, 0.40, 0.43, 0.17), pose="back", yaw=way * rng.uniform(0.8, 1.0))
            figure = replace(figure, roll=-way * rng.uniform(0.05, 0.11), lean=0.0)
        case "chibi":
            figure = replace(
                _placed(rng, figure, way, 0.365, 0.385, 0.12), pose="chibi", yaw=way * rng.uniform(0.1, 0.5)
            )
            figure = replace(figure, lean=0.0, x=0.5 + rng.uniform(-0.03, 0.03))
            arms, stance = _DOLLS[rng.choice(len(_DOLLS))]
            figure = replace(figure, arms=arms, stance=stance)
        case _:
            figure = replace(_placed(rng, figure, way, 0.43, 0.50, 0.11), camera=_camera(rng, 0.4, 1.0))
    return _in_profile(rng, figure, way) if kind == "bust" and rng.random() < PROFILES else figure


def together(
    rng: np.random.Generator, members: tuple[Member, Member], chars: tuple[Character, Character], setting: SettingName
) -> tuple[Figure, Figure]:
    """Two people who have to do with each other; the last one stands in front."""
    heights = [
        0.03 * (m.gender == "man") + 0.01 * (m.gender == "boy") - 0.05 * (m.character.age < -0.5) for m in members
    ]
    figures = []
    for i, (member, char) in enumerate(zip(members, map(_bare_headed, chars), strict=True)):
        way = 1 if i == 0 else -1  # the left one looks right
        scale = rng.uniform(0.365, 0.39)
        expr = face_of(rng, member)
        y = 0.19 - heights[i] + rng.uniform(-0.015, 0.02)
        y = max(y, above(char) * scale + TOP_AIR)
        x = 0.5 - way * rng.uniform(0.185, 0.205)
        figure = Figure(char, expr=expr, x=x, y=y, scale=scale, wind=_wind(rng, setting, "duo"))
        figures.append(replace(_tilted(rng, figure, way), yaw=way * rng.uniform(0.35, 0.9)))
    return arranged(rng, (figures[0], figures[1]))


def _tilted(rng: np.random.Generator, figure: Figure, way: int) -> Figure:
    """Turn of the head, its tilt, a lean the other way (art: this alone makes a pose), and a glance up or down."""
    frontal = rng.random() < 0.12
    side = float(rng.choice((-1, 1)))
    return replace(
        figure,
        yaw=way * (rng.uniform(0.0, 0.15) if frontal else rng.uniform(0.45, 1.0)),
        roll=side * rng.uniform(0.03, 0.10),
        lean=-side * rng.uniform(0.015, 0.055),
        pitch=float(np.clip(GLANCE.get(figure.expr, 0.0) + rng.normal(0, 0.22), -0.7, 0.7)),
    )


def _placed(rng: np.random.Generator, figure: Figure, way: int, small: float, large: float, y: float) -> Figure:
    """On the canvas with room to look into and room above whatever is worn; a tall hat makes the head smaller."""
    tall = max(0.0, above(figure.char) - 0.35)
    scale = rng.uniform(small, large) * (1 - 0.22 * tall)
    crown = max(y + rng.uniform(-0.01, 0.04), above(figure.char) * scale + TOP_AIR)
    room = 0.0 if abs(figure.yaw) < 0.2 else way * rng.uniform(0.0, 0.055)
    return replace(figure, x=0.5 - room, y=crown, scale=scale)


def _in_profile(rng: np.random.Generator, figure: Figure, way: int) -> Figure:
    """Seen from the side, with room before the face."""
    x = 0.5 - way * rng.uniform(0.02, 0.06)
    return replace(
        figure, pose="profile", yaw=float(way), x=x, roll=way * rng.uniform(-0.05, 0.05), lean=0.0, pitch=0.0
    )


def _close(rng: np.random.Generator, figure: Figure, way: int) -> Figure:
    """A face that fills the frame; hats are off, they would be cut."""
    scale = rng.uniform(0.64, 0.76)
    char = _bare_headed(figure.char)
    tall = "catears" in char.accs or char.back == "bun"
    if tall:
        scale *= 0.86
    y = 0.36 * scale if tall else rng.uniform(-0.035, 0.01)
    return replace(figure, char=char, x=0.5 - way * rng.uniform(0.0, 0.04), y=y, scale=scale, lean=figure.lean * 0.6)


def _bare_headed(char: Character) -> Character:
    """Without a hat, whose brim would be cut or hide someone else's face."""
    return replace(char, accs=tuple(a for a in char.accs if a not in ("witch", "straw")))


def _camera(rng: np.random.Generator, chance: float, furthest: float) -> float:
    """Mostly level; else from below or above."""
    if rng.random() >= chance:
        return 0.0
    return float(rng.choice((-1, 1)) * rng.uniform(0.6, 1.0) * furthest)


def _aside(figure: Figure) -> float:
    """A step away from the arm that reaches out."""
    extent = extent_of(figure.char, figure.arms)
    return 0.0 if extent is None else 0.25 * (extent.near - extent.far) * figure.scale * (1 if figure.yaw > 0 else -1)


def _wind(rng: np.random.Generator, setting: SettingName, kind: Kind) -> float:
    strongest = 0.15 if setting in INDOORS else 0.35 if kind not in ("behind", "shoulder") else 0.6
    return float(rng.choice((-1, 1)) * rng.uniform(0.05, strongest))
