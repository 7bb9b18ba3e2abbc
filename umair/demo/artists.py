"""The forty-eight artists of the demo library: an invented name, one hand, and how they write labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.demo.hands.model import KINDS, Kind

EACH = 4  # artists of a hand
SEEDS: dict[Kind, tuple[int, int, int, int]] = {  # chosen by eye: each hand's four are told apart at a glance
    "cel": (11, 3, 2, 1),
    "watercolour": (5, 9, 4, 8),
    "ink": (0, 7, 5, 11),
    "oil": (6, 5, 11, 0),
    "gouache": (0, 4, 6, 9),
    "pixel": (3, 2, 12, 6),
    "neon": (0, 5, 14, 15),
    "pastel": (7, 8, 13, 14),
    "pencil": (2, 1, 3, 9),
    "riso": (4, 7, 9, 0),
    "woodblock": (12, 0, 9, 5),
    "sticker": (0, 5, 6, 11),
}
NAMES: dict[Kind, tuple[str, str, str, str]] = {  # Latin, Japanese and Chinese letters in changing order
    "cel": ("水無月そら", "Polychrome Fox", "云间漫步", "Halfmoon Relay"),
    "watercolour": ("Rainy Saucer", "雫ノ音", "青瓷小雨", "みずたまり"),
    "ink": ("墨田ヨル", "Inkwell Crow", "夜半研墨", "Dotted Line Dan"),
    "oil": ("Ottoline Vane", "灯台もり", "赭石", "あぶらや"),
    "gouache": ("紙月", "Marzipan Hill", "午后橘子", "Tallow & Teal"),
    "pixel": ("8ビット猫", "Tiny Lantern", "方格子", "像素喵"),
    "neon": ("Violet Static", "夜更かし電波", "霓虹鲸", "Glowworm Ave"),
    "pastel": ("粉雪チョーク", "Peach Dust", "白昼梦", "Saffron Smudge"),
    "pencil": ("HB and Tea", "けずりかす", "铅笔屑", "二十四色"),
    "riso": ("にじみ二色刷り", "Misprint Club", "错版先生", "Blue Drum"),
    "woodblock": ("Old Carver", "波間堂", "木纹斋", "半月庵"),
    "sticker": ("ぺたぺた堂", "Gumdrop Parade", "贴贴工坊", "Jellybean Depot"),
}


@dataclass(frozen=True)
class Habit:
    """How somebody writes labels. languages: chances of en, ja, zh; labels: how many, on average; rest: chances."""

    languages: tuple[float, float, float]
    labels: float
    main_spelling: float
    wrong: float
    themes: tuple[float, ...]  # liking of each theme of `labels.THEMES`, sum 1


@dataclass(frozen=True)
class Artist:
    """artist_id is stable; seed makes the jitter of the hand; lang is the language that comes first to them."""

    artist_id: str
    name: str
    hand: Kind
    seed: int
    lang: str
    habit: Habit


def artists(seed: int, themes: Sequence[str]) -> tuple[Artist, ...]:
    """Everyone, hand by hand. `themes`: what labels may speak of beyond what is drawn."""
    rng = np.random.default_rng([seed, 41])
    found = []
    for hand in KINDS:
        for n, (name, look) in enumerate(zip(NAMES[hand], SEEDS[hand], strict=True)):
            lang = _language(name)
            habit = Habit(
                languages=_languages(lang, rng),
                labels=float(rng.uniform(4.5, 9.0)),
                main_spelling=float(rng.uniform(0.6, 0.85)),
                wrong=float(rng.uniform(0.02, 0.08)),
                themes=tuple(float(v) for v in 0.6 / len(themes) + 0.4 * rng.dirichlet([0.5] * len(themes))),
            )
            found.append(Artist(f"{hand}-{n + 1}", name, hand, look, lang, habit))
    return tuple(found)


def _language(name: str) -> str:
    if name.isascii():
        return "en"
    kana = any("ぁ" <= c <= "ヿ" for c in name)
    return "ja" if kana or name in ("紙月", "波間堂", "水無月そら", "半月庵") else "zh"


def _languages(first: str, rng: np.random.Generator) -> tuple[float, float, float]:
    """Mostly one language; Japanese is everybody's second."""
    strong = rng.uniform(0.6, 0.85)
    shares = {"en": 0.35, "ja": 0.5, "zh": 0.15}
    shares[first] = 0.0
    rest = sum(shares.values())
    chance = {lang: strong if lang == first else (1 - strong) * share / rest for lang, share in shares.items()}
    return chance["en"], chance["ja"], chance["zh"]
