"""Maps: the same pictures by style and by content, linked; and the pairs that tell the two apart."""

from __future__ import annotations

import contextlib

import streamlit as st

from umair.errors import LibraryError, SearchError
from umair.service.browse import tile
from umair.ui import map_view, states
from umair.ui.opened import opened

VIEWS = ["Maps", "Pairs", "How good"]

state, address = st.session_state, st.query_params
lib = opened()


def read_link() -> None:
    """The picture that the address names, once, on arrival."""
    asked = address.get("pick")
    if "map_pick" in state:
        return
    state["map_pick"] = None
    if asked:
        with contextlib.suppress(LibraryError):
            state["map_pick"] = tile(lib, asked).item_id


def page() -> None:
    read_link()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="maps_bar"):
        view = st.segmented_control(
            "View",
            VIEWS,
            default=VIEWS[0],
            key="view",
            label_visibility="collapsed",
            width="content",
            bind="query-params",
        )
        if view not in VIEWS[1:]:
            pictures, by = map_view.bar(lib)
    pick = map_view.chosen()
    if pick:
        address["pick"] = pick
    else:
        address.pop("pick", None)
    if view == "Pairs":
        from umair.ui import pairs_view  # with Plotly, which the maps themselves do not need

        pairs_view.draw(lib)
    elif view == "How good":
        from umair.ui import quality_view

        quality_view.draw(lib)
    else:
        map_view.draw(lib, pictures, by)


if not lib.illustrations().height:
    states.empty_library("Two maps would be here: your pictures by how they are painted, and by what they show.")
else:
    try:
        page()
    except SearchError as error:
        states.not_encoded(error)
