"""Text from outside (labels, names, titles, paths) as Markdown that shows exactly that text, and nothing else."""

from __future__ import annotations

import hashlib
import re

MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&^=])")
WORD_JOINER = "\u2060"  # invisible; keeps ":material/star:" and ":smile:" from being read as an icon


def plain(text: str) -> str:
    """Escape every character that Markdown, HTML, TeX or Streamlit's own directives could read as a command."""
    escaped = MARKS.sub(r"\\\1", " ".join(text.split()))
    return escaped.replace(":", f"\\:{WORD_JOINER}")


def with_code(text: str) -> str:
    """As `plain`; what stands between two backticks (a command to copy) stays code."""
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    return "".join(f"`{part}`" if n % 2 else _spaced(part) for n, part in enumerate(parts))


def _spaced(part: str) -> str:
    return " " * part.startswith(" ") + plain(part) + " " * (part.endswith(" ") and part != " ")


def for_spreadsheet(text: str) -> str:
    """A cell of a CSV file that no spreadsheet runs as a formula: the sign that begins one gets a quote before it."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def ordinal(n: int) -> str:
    """1 -> "1st", 12 -> "12th", 1502 -> "1,502nd"."""
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"


def counted(n: int, one: str, many: str = "") -> str:
    """ "1 picture", "1,500 pictures"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A chance or likeness, 0..1, without claiming certainty: 0.998 is "99%", 0.002 is "1%", below 0 is "0%"."""
    if share <= 0:
        return "0%"
    return f"{min(99, max(1, round(100 * share)))}%" if share < 1 - 1e-6 else "100%"


def lasting(seconds: float) -> str:
    """A time to wait, as a person would say it: "40 s", "4 min", "2 h 5 min"."""
    whole = max(0, round(seconds))
    if whole < 90:
        return f"{whole} s"
    if whole < 5400:
        return f"{round(whole / 60)} min"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def size_on_disk(count: int) -> str:
    """Bytes in the unit that gives a short number."""
    for unit, step in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= step:
            return f"{count / step:.3g} {unit}"
    return f"{count} bytes"


def mark(text: str) -> str:
    """A short name for a key of the session: ten hex digits, whatever the text holds."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
