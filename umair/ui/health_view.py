"""Library, third part: is everything in its place, and what to do about what is not."""

from __future__ import annotations

import streamlit as st

from umair.errors import UmairError
from umair.library.runs import list_runs
from umair.library.store import Library
from umair.service import library as service
from umair.service.library import HealthLine
from umair.ui import running
from umair.ui.plain import plain

SIGNS = {
    "good": ":green[:material/check_circle:]",
    "note": ":gray[:material/info:]",
    "warning": ":orange[:material/error:]",
    "error": ":red[:material/report:]",
}


def draw(lib: Library) -> None:
    run = running.latest(lib, _encoding(lib))
    if run is not None:
        with st.container(border=True, key="encoding"):
            if running.is_active(run):
                running.watch(run, key="encode")
            elif run.state().state == "done":
                st.markdown(":green[:material/check_circle:] Every picture is encoded: search and maps are ready.")
            else:
                running.ended(run)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Is everything in its place?", anchor=False, width="stretch")
        thorough = st.toggle("Read every picture too", key="health_contents", help="Compares every file with its hash.")
        st.button("Check again", icon=":material/refresh:")
    with st.spinner("Looking …", show_time=True):
        lines = service.health(lib, contents=thorough)
    busy = run is not None and running.is_active(run)
    for n, line in enumerate(lines):
        _line(lib, n, line, busy)


def _line(lib: Library, n: int, line: HealthLine, busy: bool) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"health_{n}"):
        with st.container(width="stretch"):
            st.markdown(f"{SIGNS[line.level]} {plain(line.text)}")
            if line.examples:
                more = " …" if line.count > len(line.examples) else ""
                st.caption(plain(", ".join(line.examples)) + more)
        if line.action == "encode":
            st.button(
                "Encode now",
                key=f"encode_{n}",
                icon=":material/bolt:",
                type="primary",
                disabled=busy,
                on_click=lambda: _encode(lib),
            )
        elif line.action == "import":
            st.button(
                "Import",
                key=f"import_{n}",
                icon=":material/download:",
                on_click=lambda: st.session_state.update(library_tab="Import"),
            )


def _encode(lib: Library) -> None:
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
