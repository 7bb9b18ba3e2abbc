"""Draws SVG with Skia, which knows no style sheets: rules for classes are written into the elements first."""

from __future__ import annotations

import re

import numpy as np
import skia

from umair.errors import ImageError

ROOT = re.compile(r"<svg\b[^>]*>", re.S)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
NUMBER = re.compile(r"[-+]?[\d.]+")


def draw_svg(text: str, side: int, ink: str = "#000000") -> np.ndarray:
    """SVG -> (H, W, 4) uint8, not premultiplied, longer side `side`; ImageError where it is not SVG or has no size."""
    text = _without_sheet(text.replace("currentColor", ink))
    root = ROOT.search(text)
    if root is None:
        raise ImageError("no <svg> element was found; expected SVG text")
    left, top, width, height = _box(root.group())
    scale = side / max(width, height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    tag = re.sub(r"\s(?:width|height|viewBox|preserveAspectRatio)\s*=\s*(\"[^\"]*\"|'[^']*')", "", root.group())
    tag = f'{tag[:4]} viewBox="{left} {top} {width} {height}" width="{size[0]}" height="{size[1]}"{tag[4:]}'
    whole = text[: root.start()] + tag + text[root.end() :]
    dom = skia.SVGDOM.MakeFromStream(skia.MemoryStream.MakeCopy(whole.encode()))
    if dom is None:
        raise ImageError("the SVG cannot be read; it may be damaged")
    surface = skia.Surface(*size)
    surface.getCanvas().clear(skia.ColorTRANSPARENT)
    dom.setContainerSize(skia.Size(*size))
    dom.render(surface.getCanvas())
    rgba = surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    return np.ascontiguousarray(rgba)


def _box(root: str) -> tuple[float, float, float, float]:
    def numbers(name: str) -> list[float]:
        found = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)", root)
        if not found or "%" in found.group(1):
            return []
        return [float(n) for n in NUMBER.findall(found.group(1))]

    box = numbers("viewBox")
    if len(box) != 4:
        sides = numbers("width")[:1] + numbers("height")[:1]
        if len(sides) != 2:
            raise ImageError("the SVG has neither a viewBox nor a size; one of them is needed")
        box = [0.0, 0.0, *sides]
    if min(box[2:]) <= 0:
        raise ImageError(f"the SVG is {box[2]} by {box[3]}; both have to be above zero")
    return box[0], box[1], box[2], box[3]


def _without_sheet(text: str) -> str:
    sheets = re.findall(r"<style[^>]*>(.*?)</style>", text, re.S)
    if not sheets:
        return text
    rules: dict[str, str] = {}
    for names, body in RULE.findall(re.sub(r"/\*.*?\*/|<!\[CDATA\[|\]\]>", "", "".join(sheets), flags=re.S)):
        for name in names.split(","):
            if name.strip().startswith("."):
                rules[name.strip()[1:]] = rules.get(name.strip()[1:], "") + body.strip().rstrip(";") + ";"

    def inline(tag: re.Match[str]) -> str:
        classes = re.search(r"\sclass\s*=\s*[\"']([^\"']*)[\"']", tag.group())
        told = "".join(rules.get(name, "") for name in classes.group(1).split()) if classes else ""
        if not told:
            return tag.group()
        told = told.replace('"', "'")
        if (own := re.search(r"\sstyle\s*=\s*\"([^\"]*)\"", tag.group())) is not None:
            return tag.group().replace(own.group(), f' style="{told}{own.group(1)}"')
        name = tag.group(1)
        return f'<{name} style="{told}"' + tag.group()[len(name) + 1 :]

    return re.sub(r"<([A-Za-z][\w:-]*)\b[^>]*\sclass\s*=[^>]*>", inline, text, flags=re.S)
