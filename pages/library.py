"""Library: which libraries there are, bringing pictures in, labels that pictures lack, the text model, and health."""

from __future__ import annotations

import streamlit as st

from umair.errors import LibraryError
from umair.ui import health_view, import_view, labels_view, shelf_view, words_view
from umair.ui.opened import opened
from umair.ui.plain import plain

TABS = {
    "Libraries": ":material/photo_library: Libraries",
    "Import": ":material/download: Import",
    "Labels": ":material/label: Labels",
    "Words": ":material/translate: Words",
    "Health": ":material/health_and_safety: Health",
}

state = st.session_state
tab = st.segmented_control(
    "Part",
    list(TABS),
    format_func=lambda name: TABS[name],
    default="Libraries" if "library_tab" not in state else None,
    key="library_tab",
    label_visibility="collapsed",
)
if state.get("library_trouble"):
    st.error(plain(state.pop("library_trouble")), icon=":material/error:")
VIEWS = {"Import": import_view, "Labels": labels_view, "Words": words_view, "Health": health_view}
if tab in VIEWS:
    try:
        lib = opened()
    except LibraryError as error:
        st.error(plain(str(error)), icon=":material/error:")
    else:
        VIEWS[tab].draw(lib)
else:
    shelf_view.draw()
