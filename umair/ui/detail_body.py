"""What the detail of a picture shows: facts, labels, style in words, six neighbours in each space."""

from __future__ import annotations

import time
from importlib import import_module
from types import ModuleType

import streamlit as st

from umair.service import browse
from umair.ui import components, suggested, warm, word_field
from umair.ui.detail import handle, shown
from umair.ui.opened import opened
from umair.ui.plain import counted
from umair.ui.tiles import Card, Json


def body() -> None:
    """Draw the detail of the picture that the session has open."""
    item_id = shown()
    if st.session_state.get("goto") or item_id is None:
        st.rerun()
    lib, near = opened(), _near()
    picture = browse.tile(lib, str(item_id))
    ids: list[str] = st.session_state.get("detail_ids") or []
    at = ids.index(picture.item_id) if picture.item_id in ids else None
    data: Json = {
        "picture": Card(picture).data(),
        "artist": picture.artist,
        "labels": word_field.of_picture(lib, picture.labels),
        **suggested.of_picture(lib, picture.item_id),
        "liked": picture.liked,
        "style_words": near.style(lib, picture) if near else "",
        "heading": picture.title or ", ".join(picture.labels[:2]) or picture.item_id,
        "facts": " · ".join(filter(None, (picture.date, counted(picture.likes, "like")))),
        "prev": ids[at - 1] if at else None,
        "next": ids[at + 1] if at is not None and at + 1 < len(ids) else None,
        "strips": near.strips(lib, picture) if near else [],
        # Another number each time, so that the component draws again, and asks again until the neighbours are there.
        "waiting": 0.0 if near else time.monotonic(),
    }
    components.detail_view(data, key="detail_view", on_act=handle)


def _near() -> ModuleType | None:
    """The module that knows neighbours; None while the encoders that it needs are still being loaded."""
    if not warm.is_loaded(warm.NEIGHBOURS):
        warm.begin()
        return None
    return import_module("umair.ui.detail_near")
