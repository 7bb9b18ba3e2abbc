"""Display names and regions of the demo's users, in three languages. Invented; nobody is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

REGIONS = {"ja": ("JP",), "zh": ("CN", "TW", "HK", "SG"), "en": ("US", "GB", "FR", "BR", "DE", "PH", "CA")}
SHARES = (("ja", 0.45), ("zh", 0.25), ("en", 0.3))
FIRST = {
    "ja": "あおい こはる ゆずき さくや みなと ひなた つばさ れいか そうた かなで いつき しおん なぎさ",
    "zh": "小鱼 阿澄 晚风 青柠 木棉 听雨 南山 糯米 星野 云朵 半夏 白露 橘子 墨白 浅川 长安 鹿鸣 阿狸 月半 拾光",
    "en": "Moth Juniper Pixel Wren Clover Basil Echo Marlow Saffron Otter Hazel Indigo Fern Comet Maple Quill",
}
SECOND = {  # "-" is nothing
    "ja": "の本棚 ＠絵が好き 丸 まる茶 の夜 ラテ 日和 のしっぽ ノート の窓辺 -",
    "zh": "的画册 不吃葱 同学 在看图 酱 小屋 的猫 先生 一号 -",
    "en": "_draws &co .jpg 42 inks _archive _and_tea _ga _the_second -",
}


@dataclass(frozen=True)
class Person:
    """user_id, display name, region (two letters) and language."""

    user_id: str
    name: str
    region: str
    lang: str


def people(count: int, seed: int) -> list[Person]:
    """As many as wanted, no two with one name."""
    rng = np.random.default_rng([seed, 51])
    langs = [SHARES[int(k)][0] for k in rng.choice(3, count, p=[share for _, share in SHARES])]
    met: dict[str, int] = {}
    found = []
    for n, lang in enumerate(langs):
        name = _one(FIRST[lang].split(), rng) + _one(SECOND[lang].split(), rng).removesuffix("-")
        met[name] = met.get(name, 0) + 1
        shown = name if met[name] == 1 else f"{name} {met[name]}"
        found.append(Person(f"u{n:04d}", shown, _one(REGIONS[lang], rng), lang))
    return found


def _one(choices: Sequence[str], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]
