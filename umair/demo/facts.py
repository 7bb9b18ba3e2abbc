"""What is true of a planned picture, as keys of the glossary: what an artist could write on it."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

from umair.demo.cast.registry import MEMBERS
from umair.demo.content import ScenePlan
from umair.demo.figure.model import Character

SETTINGS = {
    "rooftop": ("rooftop", "sky"),
    "shrine": ("shrine", "torii"),
    "city": ("city",),
    "forest": ("forest",),
    "cafe": ("cafe",),
    "snow": ("snowfield",),
    "sea": ("sea", "beach"),
    "field": ("flower_field",),
    "autumn": ("autumn_park",),
    "aquarium": ("aquarium", "fish"),
    "studio": ("studio",),
}
TIMES = {"day": ("noon",), "morning": ("morning",), "dusk": ("sunset", "evening"), "night": ("night",)}
SEASONS = {"snow": "winter", "autumn": "autumn", "field": "spring", "sea": "summer"}
WEATHERS = {"rain": "rain", "mist": "fog", "snow": "snow", "cloudy": "cloudy"}
PARTICLES = {
    "petals": "cherry_blossoms",
    "snow": "snow",
    "leaves": "falling_leaves",
    "maple": "maple_leaves",
    "sparks": "sparks",
    "rain": "rain",
    "bubbles": "bubbles",
    "fireflies": "fireflies",
}
OUTFITS = {
    "sailor": ("sailor_uniform", "school_uniform"),
    "blazer": ("blazer", "school_uniform"),
    "hoodie": ("hoodie",),
    "kimono": ("kimono",),
    "cyber": ("cyber_suit", "jacket"),
    "cape": ("cape",),
    "coat": ("coat", "scarf"),
    "dress": ("dress",),
}
WORN = {
    "headphones": "headphones",
    "straw": "straw_hat",
    "witch": "witch_hat",
    "glasses": "glasses",
    "flower": "hair_flower",
    "hairpin": "hairpin",
    "catears": "cat_ears",
    "bow": "hair_ribbon",
    "mask": "fox_mask",
}
HELD = {"mug": ("mug", "coffee"), "book": ("book",), "lantern": ("lantern",), "bouquet": ("bouquet", "flowers")}
FACES = {
    "smile": ("smile",),
    "happy": ("happy", "smile"),
    "joy": ("laugh", "happy"),
    "calm": ("calm",),
    "sleepy": ("sleepy",),
    "wink": ("wink",),
    "surprise": ("surprised",),
    "sad": ("sad",),
    "angry": ("angry",),
    "shy": ("shy", "blush"),
    "cool": ("cool",),
}
VIEWS = {
    "bust": ("bust",),
    "close": ("portrait",),
    "half": ("half_body",),
    "behind": ("from_behind",),
    "duo": ("duo",),
    "chibi": ("chibi",),
    "scenery": ("scenery", "no_humans"),
    "shoulder": ("looking_back",),
    "full": ("full_body",),
    "action": ("half_body", "wind"),
}
BACK_HAIR = {
    "long": "long_hair",
    "xlong": "long_hair",
    "wavy": "wavy_hair",
    "curls": "wavy_hair",
    "bob": "bob",
    "short": "short_hair",
    "wolf": "messy_hair",
    "twin": "twintails",
    "pony": "ponytail",
    "braid": "braid",
    "bun": "hair_bun",
}
EYE_SHAPES = {"tare": "droopy_eyes", "tsuri": "sharp_eyes", "sharp": "sharp_eyes"}
TECHNIQUES = {
    "cel": ("cel", "digital"),
    "watercolour": ("watercolour", "traditional"),
    "ink": ("ink", "screentone", "monochrome"),
    "oil": ("oil_painting",),
    "gouache": ("gouache",),
    "pixel": ("pixel_art",),
    "neon": ("neon_style", "digital"),
    "pastel": ("pastel", "traditional"),
    "pencil": ("pencil", "sketch"),
    "riso": ("riso", "spot_colour"),
    "woodblock": ("woodblock",),
    "sticker": ("sticker_style", "flat_poster"),
}


STEEP = 0.45  # of the camera: from there on one would say so


@dataclass(frozen=True)
class Fact:
    """A concept and how readily it is written: 1 as good as always, 0 never."""

    concept: str
    readiness: float


def facts(plan: ScenePlan, hand: str) -> tuple[Fact, ...]:
    """Everything that is true of the plan painted by this hand, each concept once, with its highest readiness."""
    found: dict[str, float] = {}
    for concept, readiness in [*_of_people(plan), *_of_place(plan), *((t, 0.16) for t in TECHNIQUES.get(hand, ()))]:
        found[concept] = max(readiness, found.get(concept, 0.0))
    return tuple(Fact(c, r) for c, r in found.items())


def _of_people(plan: ScenePlan) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for key in plan.members:
        member = MEMBERS[key]
        found += [(f"character/{key}", 0.85), (f"series/{member.series}", 0.5)]
        found.append(("girl" if member.gender in ("girl", "woman") else "boy", 0.35))
        found += [(c, 0.4) for c in _looks(member.character, plan.kind == "behind")]
    if len(plan.members) > 1:
        found.append(("friends", 0.3))
    if plan.members:
        worn = OUTFITS.get(plan.outfit, ())
        found += [(c, 0.5) for c in worn[:1]] + [(c, 0.3) for c in worn[1:]]
        found += [(WORN[a], 0.6) for a in plan.accessories if a in WORN]
        found += [(c, 0.55) for c in HELD.get(plan.hold, ())]
        found += [(c, 0.4) for c in FACES.get(plan.expression, ())]
    found += [(c, 0.35) for c in _camera(plan)]
    return found + [(c, 0.3) for c in VIEWS.get(plan.kind, ())]


def _camera(plan: ScenePlan) -> list[str]:
    """From where the first figure is seen, where that is unusual."""
    if not plan.scene.figures:
        return []
    first = plan.scene.figures[0]
    found = ["profile"] if first.pose == "profile" else []
    if abs(first.camera) >= STEEP:
        found.append("from_above" if first.camera > 0 else "from_below")
    return found


def _of_place(plan: ScenePlan) -> list[tuple[str, float]]:
    found = [(c, 0.6) for c in SETTINGS[plan.setting]]
    if plan.setting == "city" and plan.time == "night":
        found += [("night_city", 0.7), ("neon_lights", 0.45)]
    if plan.setting == "studio":
        return found
    found += [(c, 0.4 if plan.time != "day" else 0.1) for c in TIMES[plan.time]]
    if plan.setting in SEASONS:
        found.append((SEASONS[plan.setting], 0.3))
    if plan.weather in WEATHERS:
        found.append((WEATHERS[plan.weather], 0.6))
    if plan.particles in PARTICLES:
        found.append((PARTICLES[plan.particles], 0.5))
    return found


def _looks(character: Character, from_behind: bool) -> list[str]:
    found = [f"{colour_word(character.hair)}_hair"]
    if character.back in BACK_HAIR:
        found.append(BACK_HAIR[character.back])
    if character.bangs == "hime" and not from_behind:
        found.append("hime_cut")
    if character.ahoge:
        found.append("ahoge")
    if character.hair2 and colour_word(character.hair2) != colour_word(character.hair):
        found.append("gradient_hair")
    if from_behind:
        return found
    found.append(f"{eye_word(character.eye)}_eyes")
    if character.eye2:
        found.append("heterochromia")
    if character.eye_type in EYE_SHAPES:
        found.append(EYE_SHAPES[character.eye_type])
    if character.freckles:
        found.append("freckles")
    if character.mole:
        found.append("mole")
    if character.mouth == "fang":
        found.append("fang")
    return found


def colour_word(colour: str) -> str:
    """The word for hair of this "#rrggbb": black, white, silver, brown, red, orange, blonde, green, blue …"""
    hue, saturation, value = _hsv(colour)
    if value < 0.28 or (value < 0.4 and saturation < 0.35):
        return "black"
    if saturation < 0.16:
        return "white" if value > 0.85 else "silver"
    if hue >= 310 and value < 0.5:
        return "red"
    if hue < 45 or hue >= 345:
        if value < 0.7 and saturation > 0.25:
            return "brown" if 12 <= hue < 45 else "red"
        if hue >= 345 or hue < 12:
            return "pink" if saturation < 0.45 else "red"
        return "orange" if hue < 32 else "blonde"
    for end, word in ((70, "blonde"), (180, "green"), (255, "blue"), (295, "purple"), (345, "pink")):
        if hue < end:
            return word
    return "red"


def eye_word(colour: str) -> str:
    """The word for eyes of this "#rrggbb": brown, golden, green, blue, purple, pink, red."""
    hue, saturation, value = _hsv(colour)
    if saturation < 0.2:
        return "blue"
    if hue < 15 or hue >= 345:
        return "red" if value > 0.6 and saturation > 0.55 else "brown" if hue < 15 else "pink"
    for end, word in ((32, "brown"), (62, "golden"), (175, "green"), (250, "blue"), (295, "purple"), (345, "pink")):
        if hue < end:
            return word
    return "red"


def _hsv(colour: str) -> tuple[float, float, float]:
    """Hue in degrees, saturation and value in 0..1."""
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    return hue * 360, saturation, value
