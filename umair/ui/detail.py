"""The detail of one picture: state in the address (?picture=…), shown as a dialog over any page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from umair.errors import LibraryError
from umair.service import browse
from umair.ui import suggested
from umair.ui.components import Event
from umair.ui.opened import opened

MIX_OF = {"same_style": 0.1, "same_content": 0.9, "find": 0.3}


def handle(event: Event, ids: Sequence[str] | None = None) -> None:
    """One handler for every picture, wherever it appears (gallery, strip, map). `ids`: where arrows lead."""
    state = st.session_state
    match event.do:
        case "open" | "pick":
            state["detail"] = event.id
            if ids is not None:
                state["detail_ids"] = list(ids)
            st.query_params["picture"] = event.id
        case "like":
            browse.like(opened(), event.id, event.on)
        case "accept" | "refuse" | "undo":
            suggested.decide(event)
        case "same_style" | "same_content" | "find":
            look_for(event.id, MIX_OF[event.do])
        case "on_map":
            state.update(map_pick=event.id, goto="maps")
        case "search":
            state.update(words_start=[event.value], goto="browse")
        case "close":
            close()
    if state.get("goto"):
        close()


def look_for(item_id: str, mix: float) -> None:
    """Leave for Find with one picture as the query."""
    state = st.session_state
    state.update(find_items=(item_id,), find_second=None, find_words="", mix_start=mix, goto="find")
    state["find_no"] = state.get("find_no", 0) + 1


def close() -> None:
    st.session_state.pop("detail", None)
    st.query_params.pop("picture", None)


def shown() -> str | None:
    """Id of the picture whose detail is open."""
    return st.session_state.get("detail")


def go_where_asked(pages: Mapping[str, StreamlitPage]) -> None:
    """Callbacks cannot switch pages: they leave a wish, which the frame fulfils before it draws the page."""
    wish = st.session_state.pop("goto", None)
    if wish in pages:
        st.switch_page(pages[wish])


def left_behind(page: str) -> None:
    """Another page: its detail does not come along, even if its closing was not heard in the haste."""
    before = st.session_state.get("page_shown", page)
    st.session_state["page_shown"] = page
    if before != page:
        close()


def show_if_asked(draw: Callable[[], None]) -> None:
    """Open the detail over the page if the session or, on arrival, the address asks for one; `draw` fills it."""
    state = st.session_state
    asked = st.query_params.get("picture")
    if asked and "detail" not in state and not state.get("link_read") and _known(asked):
        state["detail"] = asked
    state["link_read"] = True
    if shown() is not None:
        # A dialog's title cannot change on its own reruns (next picture): the heading is in the component.
        st.dialog("Picture", width="large", on_dismiss=close)(draw)()


def _known(item_id: str) -> bool:
    try:
        browse.tile(opened(), item_id)
    except LibraryError:
        return False
    return True
