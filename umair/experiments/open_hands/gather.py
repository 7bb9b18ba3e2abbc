"""From what was found to rows of the table: drawn, on a ground, without empty ones and copies, packed."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from PIL import Image

from umair.errors import ImageError
from umair.experiments.open_hands.found import Found, chance_of
from umair.experiments.open_hands.ground import WHITE, on_ground, print_of
from umair.experiments.open_hands.raster import cut_to_drawn, open_raster, tiles, to_size
from umair.experiments.open_hands.vector import draw_svg

MOST, FEWEST = 30, 5  # pictures of a hand
SMALL_FILE = 12_000  # bytes up to which a picture is kept without loss
DRAWN_SIDE = 192


def rows_of_hand(found: Iterable[Found]) -> list[dict[str, Any]]:
    """At most 30 rows of one hand, or none where fewer than 5 are left."""
    rows: dict[bytes, dict[str, Any]] = {}
    for one in found:
        for rgb in _pictures(one):
            if near_empty(rgb):
                continue
            key = hashlib.blake2b(rgb.tobytes(), digest_size=16).digest()
            rows.setdefault(key, _row(one, rgb))
            if len(rows) == MOST:
                return list(rows.values())
    return list(rows.values()) if len(rows) >= FEWEST else []


def near_empty(rgb: np.ndarray) -> bool:
    """Fewer than one pixel in a hundred differs from the commonest corner, or it is a thread."""
    if min(rgb.shape[:2]) < 24:
        return True
    differs = np.abs(rgb.astype(np.int16) - rgb[0, 0].astype(np.int16)).max(axis=-1) > 24
    return bool(differs.mean() < 0.01)


def pack(rgb: np.ndarray, lossless: bool) -> bytes:
    """WebP: without loss where asked and small, else quality 90."""
    image = Image.fromarray(rgb)
    if lossless and len(whole := _webp(image, lossless=True)) <= SMALL_FILE:
        return whole
    return _webp(image, quality=90)


def _webp(image: Image.Image, lossless: bool = False, quality: int = 90) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=lossless, quality=quality, method=4)
    return out.getvalue()


def _pictures(one: Found) -> Iterator[np.ndarray]:
    try:
        if one.kind == "icon" and one.vector:
            yield _icon(one)
        elif one.vector:
            text = one.data.decode("utf-8", "replace")
            yield on_ground(to_size(cut_to_drawn(draw_svg(text, DRAWN_SIDE)), False), WHITE)
        else:
            yield from _raster(one)
    except (ImageError, UnicodeDecodeError):
        return


def _icon(one: Found) -> np.ndarray:
    how = print_of(one.hand, one.plain)
    rgb = on_ground(draw_svg(one.data.decode(), how.side, how.ink_name), how.ground)
    if how.chain is None:
        return rgb
    return how.chain(rgb, np.random.default_rng(chance_of(f"{one.hand}/{one.name}")))


def _raster(one: Found) -> Iterator[np.ndarray]:
    rgba = open_raster(one.data)
    pieces = list(tiles(rgba, one.tile)) if one.tile else [rgba]
    for at in sorted(range(len(pieces)), key=lambda at: chance_of(f"{one.name}/{at}"))[:MOST]:
        yield on_ground(to_size(cut_to_drawn(pieces[at]), one.pixels), WHITE)


def _row(one: Found, rgb: np.ndarray) -> dict[str, Any]:
    lossless = one.pixels or one.vector
    return {
        "image": pack(rgb, lossless), "hand": one.hand, "content": one.content, "license": one.license,
        "source": one.source, "kind": one.kind,
    }  # fmt: skip
