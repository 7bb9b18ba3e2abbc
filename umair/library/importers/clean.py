"""Text from strangers made plain: no markup, no control characters, no endless lengths."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, datetime
from html.parser import HTMLParser

MAX_TEXT = 300
MAX_LABEL = 100
MAX_LABELS = 200
SPACE = re.compile(r"\s+")
HIDDEN = {"script", "style"}
BIGGEST = 2**62


class _Words(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        self.seen.append(" " if tag in {"br", "p", "div", "li"} else "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in HIDDEN))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.seen.append(data)


def plain_text(value: object, limit: int = MAX_TEXT) -> str | None:
    """Visible text of a title or name, HTML taken out; None if nothing is left or it is no text."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < BIGGEST:
        value = str(value)
    if not isinstance(value, str):
        return None
    return _one_line(_without_markup(value[: limit * 20]))[:limit].strip() or None


def plain_label(value: object) -> str | None:
    """A label as we keep it; None if it is none. A label that is too long is not cut but left out."""
    text = plain_text(value, MAX_LABEL + 1)
    return text if text is not None and len(text) <= MAX_LABEL else None


def distinct(labels: list[str | None]) -> list[str]:
    """The labels in order, each once, at most MAX_LABELS."""
    return list(dict.fromkeys(label for label in labels if label))[:MAX_LABELS]


def count_or_none(value: object) -> int | None:
    """A counter: a whole number from 0 on; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < BIGGEST else None


def time_or_none(value: object) -> datetime | None:
    """ISO text as UTC (without a zone it is UTC already); None if it is none or before 1900."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        at = datetime.fromisoformat(value.strip())
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.year >= 1900 else None


def id_or_none(value: object) -> str | None:
    """An id as text without spaces or separators of paths; None if it is none."""
    text = plain_text(value, MAX_LABEL)
    return re.sub(r"[\s/\\]+", "-", text) if text else None


def _without_markup(text: str) -> str:
    if "<" not in text and "&" not in text:
        return text
    words = _Words()
    words.feed(text)
    words.close()
    seen = "".join(words.seen)
    # What was escaped twice would turn into markup on the next screen: take it out once more.
    return re.sub(r"<[a-zA-Z/!][^>]*>", "", html.unescape(seen)) if "<" in seen or "&" in seen else seen


def _one_line(text: str) -> str:
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " " for c in text)
    return SPACE.sub(" ", kept).strip()
