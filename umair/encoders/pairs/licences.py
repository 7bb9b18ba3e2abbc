"""What a source of pairs asks of those who use it, in a line for reports."""

from __future__ import annotations

from umair.encoders.text_sources import sources_of

UNKNOWN = "not known here; you know where it comes from"


def licence(source: str) -> str:
    """The licence and credit of a source."""
    return "; ".join(f"{s.license}; {s.credit}" for s in sources_of(source)) or UNKNOWN


def parts(source: str) -> list[str]:
    """The single sources of a pair's source ("danbooru + danbooru-gallery-zh")."""
    return [part.strip() for part in source.split(" + ") if part.strip()] or ["(none told)"]
