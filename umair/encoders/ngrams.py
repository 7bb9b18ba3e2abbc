"""Texts as bags of character n-grams: windows of one to five letters and whole words, named by 64-bit hashes.

No loop over texts or letters: all texts are one array of code points. A hash names a piece on every machine.
"""

from __future__ import annotations

import numpy as np

LONGEST = 5
SPACE, LINE = ord(" "), ord("\n")
BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that products keep texts apart
WORD = np.uint64(0xD1B54A32D192ED03)  # tells a whole word from a window
LATIN = 0x250  # a letter below this code point says too little alone


def pieces(lines: str) -> tuple[np.ndarray, np.ndarray]:
    """(hashes (M,) uint64, rows (M,) int64): the pieces of each line, with repeats; a row's pieces have no order.

    A window may begin and end with the space around a word, and never holds one inside; one letter alone counts where
    it is a sign of its own (kana, hanzi, emoji). Words too long for a window with both its spaces count whole as well.
    """
    codes = np.frombuffer(f"\n{lines}\n".encode("utf-32-le", "surrogatepass"), np.uint32)
    gap = (codes == SPACE) | (codes == LINE)
    rows = np.cumsum(codes == LINE) - 1 - (codes == LINE)  # a line's break is its last letter
    letters = np.where(gap, SPACE, codes).astype(np.uint64)
    found = [_words(letters, gap, rows), _windows(letters, ~gap & (codes >= LATIN), 1, rows)]
    rolled = letters  # the hash of the window that begins here
    whole = ~gap[:-1] | ~gap[1:]  # the window holds no space but at its ends
    for n in range(2, LONGEST + 1):
        rolled = rolled[:-1] * BASE + letters[n - 1 :]
        if n > 2:
            whole = whole[:-1] & ~gap[n - 2 : -1]
        found.append(_windows(rolled, whole, n, rows[1:]))  # its second letter's
    hashes, own = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return hashes, own


def _windows(rolled: np.ndarray, good: np.ndarray, n: int, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    at = np.flatnonzero(good)
    return _mix(rolled[at] + np.uint64(n)), rows[at]


def _words(letters: np.ndarray, gap: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    edges = np.diff(gap.astype(np.int8))
    first, last = np.flatnonzero(edges == -1) + 1, np.flatnonzero(edges == 1)
    if not len(first):
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    place = np.arange(len(gap))
    place = np.where(gap, 0, place - np.maximum.accumulate(np.where(gap, place, 0)) - 1)  # of a letter in its word
    powers = np.cumprod(np.full(place.max() + 1, BASE))
    hashes = np.add.reduceat(np.where(gap, np.uint64(0), letters * powers[place]), first)
    long = last - first + 1 > LONGEST - 2
    return _mix(hashes[long] ^ WORD), rows[first[long]]


def _mix(hashes: np.ndarray) -> np.ndarray:
    """Every bit of the result depends on every bit of the hash (the finaliser of MurmurHash3)."""
    mixed = hashes ^ (hashes >> np.uint64(33))
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(0xC4CEB9FE1A85EC53)
    return mixed ^ (mixed >> np.uint64(33))
