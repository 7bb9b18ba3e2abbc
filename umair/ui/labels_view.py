"""Library, fourth part: which pictures lack labels, and labels that are suggested for them."""

from __future__ import annotations

import streamlit as st

from umair.errors import UmairError
from umair.library.store import Library
from umair.service import browse, suggest
from umair.service.suggest import Review, Standing, Suggestion
from umair.ui import components, detail, suggested, word_field
from umair.ui.plain import counted, plain
from umair.ui.tiles import Card, Json

PAGE = 24
WHICH = {"All": None, "No labels": 0, "Few labels": suggest.FEW}
STEPS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
WRITTEN = "labels_written"


def draw(lib: Library) -> None:
    try:
        standing = suggest.standing(lib)
        _head(lib, standing)
        if standing.asked:
            _list(lib)
    except UmairError as error:
        st.error(plain(str(error)), icon=":material/error:")


def _head(lib: Library, standing: Standing) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Labels that pictures lack", anchor=False, width="stretch")
        waiting = standing.pictures - standing.asked
        st.button(
            "Suggest labels" if not standing.asked else "Look again",
            icon=":material/label:",
            type="primary" if waiting else "secondary",
            on_click=lambda: _ask(lib),
            help="The image encoder reads the stored vectors; this takes a moment.",
        )
    few = f"{standing.few - standing.without:,} with {suggest.FEW} or fewer"
    parts = [counted(standing.pictures, "picture"), f"{standing.without:,} without labels", few]
    st.caption(plain(" · ".join(parts)))
    if standing.asked and waiting:
        st.info(f"{counted(waiting, 'picture')} not looked at yet: encode them first (Health, Encode now).")
    if standing.asked and not standing.calibrated:
        st.info("This encoder’s chances are not calibrated: read them as an order, not as percentages.")


def _list(lib: Library) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        which = st.segmented_control("Pictures", list(WHICH), default="All", key="labels_which") or "All"
        least = st.selectbox(
            "Least chance", STEPS, STEPS.index(suggest.LEAST), lambda p: f"{p:.0%}", key="labels_least", width=130
        )
        found = suggest.review(lib, least, suggested.language(), WHICH[which])
        sure = suggest.above(found)
        st.button(
            f"Accept all above {suggest.SURE:.0%} ({len(sure):,})",
            icon=":material/done_all:",
            disabled=not sure,
            help="" if sure else "No suggestion is that sure.",
            on_click=lambda: _accept(lib, sure),
        )
    written: tuple[Suggestion, ...] = st.session_state.get(WRITTEN, ())
    if written:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":green[:material/check_circle:] {counted(len(written), 'label')} written.", width="content")
            st.button("Undo all", icon=":material/undo:", type="tertiary", on_click=lambda: _undo(lib, written))
    if not found:
        st.info("No suggestion of that chance is left. Lower the least chance to see more.", icon=":material/check:")
    shown = st.session_state.get("labels_shown", PAGE)
    components.review(
        [_row(lib, one) for one in found[:shown]], suggested.last(), key="labels_review", on_act=detail.handle
    )
    if len(found) > shown:
        st.button(f"Show more ({len(found) - shown:,})", on_click=lambda: _more(shown))


def _row(lib: Library, one: Review) -> Json:
    tile = browse.tile(lib, one.item_id)
    title = tile.title or tile.artist or tile.item_id
    own = {"picture": Card(tile).data(), "title": title, "labels": word_field.names_of(lib, tile.labels)}
    return {**own, "suggested": suggested.chips(one.suggestions)}


def _more(shown: int) -> None:
    st.session_state["labels_shown"] = shown + PAGE


def _ask(lib: Library) -> None:
    try:
        if not suggest.ask(lib):
            st.toast("No picture is encoded yet. Encode them first: Health, Encode now.", icon=":material/info:")
    except UmairError as error:
        st.session_state["library_trouble"] = str(error)


def _accept(lib: Library, sure: tuple[Suggestion, ...]) -> None:
    try:
        st.session_state[WRITTEN] = suggest.accept(lib, sure)
    except UmairError as error:
        st.session_state["library_trouble"] = str(error)


def _undo(lib: Library, written: tuple[Suggestion, ...]) -> None:
    try:
        suggest.take_back_all(lib, written)
        st.session_state.pop(WRITTEN, None)
    except UmairError as error:
        st.session_state["library_trouble"] = str(error)
