"""What a page says when there is nothing to show, or when something went wrong: never a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from umair.errors import UmairError
from umair.settings import demo_library, set_open_library
from umair.ui.plain import plain

LOG = logging.getLogger("umair.ui")


def trouble(error: UmairError) -> None:
    """A foreseen error in its own words (found, expected, to do)."""
    st.error(plain(str(error)), icon=":material/error:")


def say_plainly(error: Exception) -> bool:
    """An error nobody foresaw, for st.App: what happened and what to do; the log has the traceback."""
    if isinstance(error, UmairError):
        trouble(error)
        return True
    LOG.exception("A page failed", exc_info=error)
    st.error(
        f"This page could not be drawn ({type(error).__name__}). Nothing in the library has changed. "
        "Reload the page; the details are in the terminal where the app was started.",
        icon=":material/error:",
    )
    return True


def not_encoded(error: UmairError) -> None:
    """A page that needs vectors where there are none yet: what is missing, and the way to make them."""
    st.info(plain(str(error)), icon=":material/hourglass_empty:")
    st.button("Go to Health", icon=":material/health_and_safety:", on_click=_to_health)


def _to_health() -> None:
    st.session_state.update(goto="library", library_tab="Health")


def empty_library(what_would_be_here: str) -> None:
    """The empty state of a page: what would be here, and the two ways to fill it."""
    with st.container(key="empty_state", horizontal_alignment="center", gap="medium"):
        st.title("This library is empty", anchor=False, text_alignment="center")
        st.markdown(what_would_be_here, text_alignment="center")
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.button(
                "Import a folder",
                type="primary",
                icon=":material/download:",
                on_click=lambda: st.session_state.update(goto="library", library_tab="Import"),
            )
            st.button("Open the demo", icon=":material/auto_awesome:", on_click=open_demo)


def open_demo() -> None:
    set_open_library(demo_library())
    forget_library()


def forget_library() -> None:
    """Drop from the session what belongs to the library that was open before."""
    kept = {"goto", "library_tab", "link_read"}
    for name in [k for k in st.session_state if isinstance(k, str) and k not in kept]:
        del st.session_state[name]
    st.query_params.clear()
