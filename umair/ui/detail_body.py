"""What the detail of a picture shows: facts, labels, style in words, six neighbours in each space."""

from __future__ import annotations

import streamlit as st

from umair.errors import EncoderError, LibraryError, SearchError
from umair.library.store import Library
from umair.service import browse, find
from umair.service.browse import Tile
from umair.ui import components
from umair.ui.detail import handle, shown
from umair.ui.opened import opened
from umair.ui.plain import counted, percent
from umair.ui.tiles import Card, Json

STRIP = 6


def body() -> None:
    """Draw the detail of the picture that the session has open."""
    item_id = shown()
    if st.session_state.get("goto") or item_id is None:
        st.rerun()
    lib = opened()
    picture = browse.tile(lib, str(item_id))
    ids: list[str] = st.session_state.get("detail_ids") or []
    at = ids.index(picture.item_id) if picture.item_id in ids else None
    data: Json = {
        "picture": Card(picture).data(),
        "artist": picture.artist,
        "labels": list(picture.labels),
        "liked": picture.liked,
        "style_words": _style(lib, picture),
        "heading": picture.title or ", ".join(picture.labels[:2]) or picture.item_id,
        "facts": " · ".join(filter(None, (picture.date, counted(picture.likes, "like")))),
        "prev": ids[at - 1] if at else None,
        "next": ids[at + 1] if at is not None and at + 1 < len(ids) else None,
        "strips": _strips(lib, picture),
    }
    components.detail_view(data, key="detail_view", on_act=handle)


def _style(lib: Library, picture: Tile) -> str:
    try:
        return find.style_words(lib, picture.item_id).sentence
    except (EncoderError, LibraryError):
        return ""


def _strips(lib: Library, picture: Tile) -> list[Json]:
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
