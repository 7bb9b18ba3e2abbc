"""What someone wears where: their own clothes, or others in colours that stand off from their hair."""

import zlib
from dataclasses import dataclass, replace

import numpy as np

from umair.demo.cast.model import Member
from umair.demo.content import SettingName
from umair.demo.figure.model import Accessory, Character, OutfitName

SLEEVED: tuple[OutfitName, ...] = ("sailor", "blazer", "hoodie", "cyber", "coat")  # hands may come before the chest
BELONGS: dict[Accessory, tuple[OutfitName, ...]] = {  # headgear that is taken off with the clothes it goes with
    "witch": ("cape",),
    "straw": ("dress",),
    "headphones": ("cyber", "hoodie", "blazer", "sailor", "coat"),
    "mask": ("kimono",),
}


@dataclass(frozen=True)
class Dye:
    """The colours of one set of clothes."""

    c1: str
    c2: str
    c3: str
    acc: str


DYES: dict[OutfitName, tuple[Dye, ...]] = {
    "kimono": (
        Dye("#3a4a8c", "#d8e0f4", "#e8c46a", "#e8c46a"),
        Dye("#a8405a", "#f8d8d0", "#f0d080", "#f0d080"),
        Dye("#2f6a5a", "#e8f0c8", "#d86a4a", "#d86a4a"),
        Dye("#f2ece0", "#c87a9a", "#4a5a9c", "#4a5a9c"),
        Dye("#7a5aa8", "#f0d8f0", "#f0c860", "#f0c860"),
    ),
    "coat": (
        Dye("#5f6f8c", "#d8a04a", "#f4e4c4", "#d8a04a"),
        Dye("#a86a5a", "#3f5a7a", "#d8e0ec", "#3f5a7a"),
        Dye("#d8cbb4", "#6a3f6a", "#e8d0e4", "#6a3f6a"),
        Dye("#3f4a4a", "#b8404a", "#f0dcd0", "#b8404a"),
        Dye("#c2703c", "#f0e4d0", "#7a4a3a", "#f0e4d0"),
        Dye("#4a5f9c", "#f0c040", "#f8f0d0", "#f0c040"),
    ),
    "hoodie": (
        Dye("#7a9ac8", "#7a9ac8", "#f4f0e4", "#f4f0e4"),
        Dye("#d86a5a", "#d86a5a", "#f8f0e0", "#3f4a6a"),
        Dye("#5a7a5a", "#5a7a5a", "#e8dcb0", "#e8dcb0"),
        Dye("#e8e0d4", "#e8e0d4", "#4a6a9a", "#4a6a9a"),
        Dye("#b08ac8", "#b08ac8", "#f6f0fa", "#f6f0fa"),
        Dye("#4a4a5a", "#4a4a5a", "#f0b040", "#f0b040"),
    ),
    "dress": (
        Dye("#f8f4ee", "#c8d8ec", "#ffffff", "#4a7ab8"),
        Dye("#e07a7a", "#f8d8d0", "#ffffff", "#a83a4a"),
        Dye("#f0cf6a", "#fbf0d0", "#ffffff", "#c8683a"),
        Dye("#5a78b8", "#d0dcf4", "#ffffff", "#f0c860"),
        Dye("#8ac0a4", "#e4f4e8", "#ffffff", "#d8607a"),
    ),
    "sailor": (
        Dye("#f6f6fb", "#5a2f44", "#f4f6ff", "#d8a03a"),
        Dye("#f6f6fb", "#2f447f", "#f4f6ff", "#c83a4a"),
        Dye("#f6f6fb", "#2f5a54", "#f4f6ff", "#d86a8a"),
        Dye("#3a4464", "#2a3250", "#f4f6ff", "#c83a4a"),
    ),
}
ALTERNATIVES: dict[SettingName, tuple[tuple[OutfitName, float], ...]] = {  # outfit, chance; else their own
    "rooftop": (("sailor", 0.15),),
    "shrine": (("kimono", 0.35),),
    "city": (("coat", 0.2), ("hoodie", 0.2)),
    "forest": (("hoodie", 0.15),),
    "cafe": (("coat", 0.15), ("hoodie", 0.2)),
    "snow": (("coat", 0.6), ("hoodie", 0.1)),
    "sea": (("dress", 0.3), ("hoodie", 0.15)),
    "field": (("dress", 0.2), ("hoodie", 0.1)),
    "autumn": (("coat", 0.3), ("hoodie", 0.15), ("kimono", 0.1)),
    "aquarium": (("hoodie", 0.25), ("dress", 0.15)),
    "studio": (),
}


def dressed(rng: np.random.Generator, member: Member, setting: SettingName, sleeved: bool) -> Character:
    """The member in what they would wear there; `sleeved` asks for clothes in which hands can hold something."""
    outfit = _choice(rng, member, setting)
    if sleeved and outfit not in SLEEVED:
        outfit = member.character.outfit if member.character.outfit in SLEEVED else _with_sleeves(rng, setting)
    return wearing(member.character, outfit)


def wearing(char: Character, outfit: OutfitName) -> Character:
    """The same person in another outfit, always in the same dye; unchanged in their own."""
    if outfit == char.outfit:
        return char
    dye = _dye(char, outfit)
    accs = tuple(a for a in char.accs if outfit in BELONGS.get(a, (outfit,)))
    return replace(
        char,
        outfit=outfit,
        c1=dye.c1,
        c2=dye.c2,
        c3=dye.c3,
        acc=dye.acc,
        accs=accs,
        eri="",
        stripe="",
        skirt="",
        pattern=True,
        two_tone=False,
    )


def _choice(rng: np.random.Generator, member: Member, setting: SettingName) -> OutfitName:
    at = rng.random()
    for outfit, chance in ALTERNATIVES[setting]:
        if outfit in ("dress", "sailor") and member.gender in ("boy", "man"):
            continue
        if outfit == "sailor" and member.gender == "woman":
            continue
        if at < chance:
            return outfit
        at -= chance
    return member.character.outfit


def _with_sleeves(rng: np.random.Generator, setting: SettingName) -> OutfitName:
    return "coat" if setting in ("snow", "autumn") or rng.random() < 0.4 else "hoodie"


def _dye(char: Character, outfit: OutfitName) -> Dye:
    """Their dye: any but the two nearest to their hair."""
    apart = sorted(DYES[outfit], key=lambda dye: -_apart(dye.c1, char.hair))[:-2]
    return apart[zlib.crc32(char.name.encode()) % len(apart)]


def _apart(a: str, b: str) -> int:
    """How far two "#rrggbb" colours are from each other, summed over the channels."""
    return sum(abs(int(a[i : i + 2], 16) - int(b[i : i + 2], 16)) for i in (1, 3, 5))
