"""The part of a detail that needs the encoders' modules: style in words, and neighbours in both spaces."""

from __future__ import annotations

from umair.errors import EncoderError, ImageError, LibraryError, SearchError
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
    except (EncoderError, LibraryError, ImageError):
        return ""


def strips(lib: Library, picture: Tile) -> list[Json]:
    """Painted like this, and shows the same: six each; a note where the library has no vectors yet."""
    if not picture.drawn:
        return _by_words(lib, picture)
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


def _by_words(lib: Library, picture: Tile) -> list[Json]:
    """Six whose labels mean the same: all that is known of an illustration without a picture."""
    try:
        near = find.neighbours(lib, picture.item_id, "label_text", STRIP)
    except (SearchError, EncoderError):
        return []
    cards = [Card(hit.tile, badge=percent(hit.score)).data() for hit in near]
    return [{"title": "Means the same", "hint": "likeness of labels", "tone": "words", "items": cards}]
