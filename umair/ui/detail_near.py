"""The part of a detail that needs the encoders' modules: style in words, and neighbours in both spaces."""

from __future__ import annotations

from umair.errors import EncoderError, LibraryError, SearchError
from umair.library.store import Library
from umair.service import find
from umair.service.browse import Tile
from umair.ui.plain import percent
from umair.ui.tiles import Card, Json

STRIP = 6


def style(lib: Library, picture: Tile) -> str:
    """How the picture is painted, as a sentence; empty if it cannot be read."""
    try:
        return find.style_words(lib, picture.item_id).sentence
    except (EncoderError, LibraryError):
        return ""


def strips(lib: Library, picture: Tile) -> list[Json]:
    """Painted like this, and shows the same: six each; a note where the library has no vectors yet."""
    try:
        style = find.neighbours(lib, picture.item_id, "style", STRIP)
        content = find.neighbours(lib, picture.item_id, "semantic", STRIP)
    except (SearchError, EncoderError):
        note = "Not known yet: this library is not encoded. The Library page does it (Health, Encode now)."
        return [{"title": "Painted like this", "hint": "", "tone": "style", "items": [], "note": note}]
    return [
        {
            "title": "Painted like this",
            "hint": "chance that it is the same hand",
            "tone": "style",
            "items": [Card(hit.tile, badge=percent(hit.same_hand)).data() for hit in style],
        },
        {
            "title": "Shows the same",
            "hint": "likeness of content",
            "tone": "content",
            "items": [Card(hit.tile, badge=percent(hit.content)).data() for hit in content],
        },
    ]
