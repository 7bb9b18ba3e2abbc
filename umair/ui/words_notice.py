"""What a page that searches by words says of the text model: gone, or other than the one that encoded the labels."""

from __future__ import annotations

import streamlit as st

from umair.library.store import Library
from umair.service import text_model
from umair.ui import encoding
from umair.ui.plain import with_code


def draw(lib: Library) -> None:
    """A line with a button where something is wrong; nothing else."""
    told = text_model.notice(lib)
    if not told:
        return
    trouble = text_model.in_use(lib).trouble
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="words_notice"):
        st.markdown(f":orange[:material/translate:] {with_code(told)}", width="stretch")
        if not trouble:
            st.button("Encode again", key="words_encode", icon=":material/bolt:", on_click=lambda: _encode(lib))
        st.button("Text model", key="words_model", icon=":material/tune:", on_click=_to_model)


def _encode(lib: Library) -> None:
    encoding.start(lib)
    _to_model()


def _to_model() -> None:
    st.session_state.update(goto="library", library_tab="Words")
