"""Encoding the open library as a job: starting it, and how far it is, wherever a page offers it."""

from __future__ import annotations

import streamlit as st

from umair.errors import UmairError
from umair.library.runs import list_runs
from umair.library.store import Library
from umair.service import library as service
from umair.ui import running


def draw(lib: Library) -> bool:
    """The encoding that runs, or how this session's last one ended; nothing if there was none. Whether one runs."""
    run = running.latest(lib, _encoding(lib))
    if run is None:
        return False
    with st.container(border=True, key="encoding"):
        if running.is_active(run):
            running.watch(run, key="encode")
        elif run.state().state == "done":
            st.markdown(":green[:material/check_circle:] Every picture is encoded: search and maps are ready.")
        else:
            running.ended(run)
    return running.is_active(run)


def start(lib: Library) -> None:
    """Encode in a process of its own, for a button; what goes wrong is said on the next drawing of the Library page."""
    try:
        st.session_state["encode_run"] = service.encode(lib)
    except UmairError as error:
        st.session_state["library_trouble"] = str(error)


def _encoding(lib: Library) -> str | None:
    """The encoding of this session, else one that is still running."""
    own = st.session_state.get("encode_run")
    if own:
        return own
    active = [run.id for run in list_runs(lib.path, "encode") if running.is_active(run)]
    return active[0] if active else None
