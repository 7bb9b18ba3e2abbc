"""Icon sets as one JSON file each: every set, and every sub-style of it by the ending of the name, is a hand."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from umair.experiments.open_hands.clones import Clone
from umair.experiments.open_hands.found import Found, chosen
from umair.experiments.open_hands.manifest import Source

ENDINGS = (
    "bold-duotone", "line-duotone", "fill-sharp", "outline-sharp", "outline-rounded", "sharp-outline", "twotone",
    "two-tone", "duotone", "outline", "outlined", "rounded", "round", "sharp", "filled", "fill", "solid", "bold",
    "light", "thin", "linear", "line", "broken", "regular", "duo", "negative", "alt", "loop", "color",
)  # fmt: skip
SIZE = re.compile(r"-\d\d(px)?$")  # the grid, as in `home-16-filled`
NOT_A_HAND = ("alt", "loop", "negative")
ICONS_A_HAND, SMALLEST_STYLE = 26, 40


def find_icons(clone: Clone, source: Source) -> Iterator[Found]:
    """Icons of every set under a licence of the source's list, but logos, flags and what is left out."""
    for path, text in clone.read(path for path in clone.paths() if path.startswith("json/")):
        prefix = PurePosixPath(path).stem
        data = json.loads(text)
        license = dict(source.licenses).get(data["info"]["license"].get("spdx", ""))
        if license is None or data["info"].get("category") in ("Logos", "Emoji") or _left_out(prefix, source):
            continue
        for style, names in _styles(data).items():
            hand = f"{source.name}/{prefix}" + (f"-{style}" if style else "")
            if hand.removeprefix(f"{source.name}/") in source.leave_out:
                continue
            plain = not data["info"].get("palette")
            for name in chosen(names, hand, ICONS_A_HAND):
                yield Found(name, hand, _svg(data, name), license, source.name, source.kind, plain=plain)


def _left_out(prefix: str, source: Source) -> bool:
    return any(prefix == name or (name.endswith("*") and prefix.startswith(name[:-1])) for name in source.leave_out)


def _styles(data: dict[str, Any]) -> dict[str, list[str]]:
    """Names of shown icons by style; an icon that comes in several sizes counts once in a style."""
    declared = tuple(ending for ending in data.get("suffixes", {}) if ending)
    endings = sorted({*declared, *ENDINGS}, key=len, reverse=True)
    styles: dict[str, dict[str, str]] = defaultdict(dict)
    for name, icon in data["icons"].items():
        if icon.get("hidden") or "<animate" in icon["body"]:
            continue
        ending = next((e for e in endings if name.endswith(f"-{e}")), "")
        style = ending.lstrip("0123456789-")
        styles[style].setdefault(SIZE.sub("", name.removesuffix(ending).rstrip("-")), name)
    enough = {style: list(of.values()) for style, of in styles.items() if len(of) >= SMALLEST_STYLE}
    if not enough:
        return {"": [name for of in styles.values() for name in of.values()]}
    return {style: names for style, names in enough.items() if style not in NOT_A_HAND}


def _svg(data: dict[str, Any], name: str) -> bytes:
    icon = data["icons"][name]
    left, top, width, height = (
        icon.get(key, data.get(key, usual)) for key, usual in (("left", 0), ("top", 0), ("width", 16), ("height", 16))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{left} {top} {width} {height}">{icon["body"]}</svg>'
    ).encode()
