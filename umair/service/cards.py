"""What stands in a picture's place where an illustration has none: its title and labels on a colour of its first label.

Drawn as SVG, so that the browser's own fonts write every script.
"""

from __future__ import annotations

import colorsys
import hashlib
import html
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

WIDTH, HEIGHT = 300, 400  # as a book or a film poster
SIZE, STEP, MARGIN = 27, 35, 24
LINES, LABELS = 6, 3
SERIF = "'Noto Serif','Noto Serif CJK JP','Yu Mincho',serif"
SANS = "'Noto Sans','Noto Sans CJK JP','Yu Gothic',sans-serif"


def color_of(labels: Sequence[str]) -> str:
    """A quiet dark colour, the same for the same first label; grey without labels."""
    if not labels:
        return "#4a4a4f"
    hue = int(hashlib.sha256(labels[0].encode()).hexdigest()[:4], 16) / 0xFFFF
    red, green, blue = (round(255 * v) for v in colorsys.hls_to_rgb(hue, 0.31, 0.33))
    return f"#{red:02x}{green:02x}{blue:02x}"


def card(title: str, labels: Sequence[str], color: str) -> bytes:
    """The picture of an illustration without one: an SVG of WIDTH x HEIGHT, everything of strangers escaped."""
    lines = list(_wrapped(title, WIDTH - 2 * MARGIN, SIZE))
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1].rstrip()} …"]
    top = MARGIN + SIZE
    texts = [_text(line, top + n * STEP, SIZE, SERIF, 1.0) for n, line in enumerate(lines)]
    foot = HEIGHT - MARGIN - (min(len(labels), LABELS) - 1) * 21
    for n, label in enumerate(labels[:LABELS]):
        first = next(_wrapped(label, WIDTH - 2 * MARGIN, 15), "")
        texts.append(_text(first, foot + n * 21, 15, SANS, 0.82))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="100%" height="100%" fill="{html.escape(color)}"/>{"".join(texts)}</svg>'
    ).encode()


def _text(line: str, y: int, size: int, family: str, opacity: float) -> str:
    shown = "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cs"))  # what XML may not hold
    return (
        f'<text x="{MARGIN}" y="{y}" font-size="{size}" font-family="{family}" fill="#fff" '
        f'fill-opacity="{opacity}">{html.escape(shown)}</text>'
    )


def _wrapped(text: str, width: int, size: int) -> Iterator[str]:
    """Lines of about `width` pixels: broken at spaces, within a word only where it is longer than a line."""
    line, used = "", 0.0
    for word in _pieces(text, width / size):
        wide = _ems(word)
        if line and used + wide > width / size:
            yield line
            line, used = "", 0.0
            word = word.lstrip()
        line, used = line + word, used + wide
    if line:
        yield line


def _pieces(text: str, most: float) -> Iterator[str]:
    for n, word in enumerate(text.split()):
        word = f" {word}" if n else word
        while _ems(word) > most:
            head = "".join(islice(_until(word, most), len(word))) or word[:1]
            yield head
            word = word[len(head) :]
        yield word


def _until(word: str, most: float) -> Iterator[str]:
    used = 0.0
    for letter in word:
        used += _ems(letter)
        if used > most:
            return
        yield letter


def _ems(text: str) -> float:
    """About how wide a text is, in its own size: wide letters 1, others half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.55 for c in text)
