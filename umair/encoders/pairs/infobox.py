"""The wiki text of a Bangumi entry's box: `|key= value` and lists `|key={` `[key|value]` `}`."""

from __future__ import annotations

from collections.abc import Iterator

from umair.encoders.pairs.tally import clean

OPENS, CLOSES = "{", "}"


def box_fields(wiki: str) -> Iterator[tuple[str, str, str]]:
    """(key, key within a list or "", value) of every filled field; lines of another form are passed over."""
    key, listed = "", False
    for line in map(str.strip, wiki.splitlines()):
        if line.startswith("|") and "=" in line:
            key, _, value = (part.strip() for part in line[1:].partition("="))
            listed = value == OPENS
            if value and not listed:
                yield key, "", clean(value)
        elif line == CLOSES:
            listed = False
        elif listed and line.startswith("[") and line.endswith("]"):
            name, bar, value = line[1:-1].partition("|")
            name, value = (name, value) if bar else ("", name)
            if clean(value):
                yield key, clean(name), clean(value)
