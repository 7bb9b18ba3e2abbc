"""Pictures that are the same to the eye though not by their bytes: resized, recompressed, a little recoloured."""

from __future__ import annotations

import numpy as np
from PIL import Image

from umair.errors import ImageError, LibraryError
from umair.library.images import load_picture
from umair.library.store import Library

SIDE = 16
BITS = SIDE * SIDE  # of a fingerprint
ALIKE = 12  # bits in which two pictures may differ and still count as the same
FLAT = 24  # bits: a fingerprint with fewer ones or zeros says too little (a blank page)
BLOCK = 512


def fingerprint(picture: Image.Image) -> np.ndarray:
    """(256,) bool: at each of 16 x 16 places, is the grey larger than at the place to its left?"""
    grey = np.asarray(picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX), dtype=np.int16)
    return (np.diff(grey, axis=1) > 0).reshape(-1)


def near_duplicates(library: Library) -> list[tuple[str, str]]:
    """Pairs of item ids that look the same, in row order; pictures that cannot be read are passed over."""
    items, prints = [], []
    for item in library.illustrations().drop_nulls("image")["item_id"]:
        try:
            bits = fingerprint(load_picture(library.thumbnail_path(item)))
        except (ImageError, LibraryError, OSError):
            continue
        if FLAT <= bits.sum() <= BITS - FLAT:
            items.append(item)
            prints.append(bits)
    return [(items[a], items[b]) for a, b in _pairs(np.array(prints, dtype=np.float32).reshape(-1, BITS))]


def _pairs(prints: np.ndarray) -> list[tuple[int, int]]:
    """(N, 256) of 0 and 1 to pairs of rows that differ in at most ALIKE places; |a - b| = |a| + |b| - 2 a.b."""
    ones = prints.sum(1)
    found = []
    for start in range(0, len(prints), BLOCK):
        rows = slice(start, start + BLOCK)
        distance = ones[rows, None] + ones[None] - 2 * prints[rows] @ prints.T
        for a, b in np.argwhere(distance <= ALIKE):
            if start + a < b:
                found.append((int(start + a), int(b)))
    return found
