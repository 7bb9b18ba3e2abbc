"""Browse: one line of search, sort and filters over a justified gallery."""

from __future__ import annotations

import streamlit as st

from umair.service.browse import SORTS, browse
from umair.ui import components, detail, filters, states, word_field, words_notice
from umair.ui.components import Event
from umair.ui.opened import opened
from umair.ui.tiles import Section, cards

STEP = 90  # pictures sent at first, and each time the end comes near
ROW_PX = {"S": 150, "M": 220, "L": 320}
NOTHING = "No picture has all of these. Take one away."

state, address = st.session_state, st.query_params
lib = opened()


def search_line() -> tuple[tuple[str, ...], str, int]:
    """The words, the sort and the height of a row, as chosen in the line over the gallery."""
    if "words_start" in state:
        state["words"] = state.pop("words_start")
    elif "words" not in state and "q" in address:
        state["words"] = address.get_all("q")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="browse_bar"):
        words = state.get("words") or []
        word_field.field(
            lib,
            words,
            key="words_field",
            label="Search",
            placeholder="Search labels, characters, artists, in any language",
            on_words=lambda told: state.update(words=list(told)),
        )
        filters.popover(lib)
        sort = st.selectbox("Sort", SORTS, key="sort", label_visibility="collapsed", bind="query-params", width=140)
        size = st.segmented_control(
            "Size", list(ROW_PX), default="M", key="size", label_visibility="collapsed", width="content"
        )
    if words:
        address["q"] = words
    else:
        address.pop("q", None)
    return tuple(words), sort, ROW_PX[size or "M"]


def instead(word: str, name: str) -> None:
    """A label of this library in the place of a word that is none."""
    state["words"] = [name if word in one else one for one in state.get("words") or []]


def page() -> None:
    words, sort, row = search_line()
    filters.chips()
    if words:
        words_notice.draw(lib)
    word_field.unknown(lib, words, instead)
    query = filters.query(words, sort)
    answer = browse(lib, query)
    if state.get("browse_query") != query:
        state.update(browse_query=query, browse_shown=STEP)
    ids = [t.item_id for t in answer.tiles]
    visible = answer.tiles[: state["browse_shown"]]

    def act(event: Event) -> None:
        if event.do == "more":
            state["browse_shown"] += STEP
        else:
            detail.handle(event, ids)

    components.gallery(
        [Section(cards(visible), empty=NOTHING)],
        key="browse_gallery",
        on_act=act,
        row=row,
        more=len(visible) < len(ids),
        total=len(ids),
        selected=detail.shown(),
    )


if lib.illustrations().height:
    page()
else:
    states.empty_library("Your pictures would be here: hundreds at once, by label, artist, colour or taste.")
