"""Library, third part: is everything in its place, and what to do about what is not."""

from __future__ import annotations

import streamlit as st

from umair.library.store import Library
from umair.service import library as service
from umair.service.library import HealthLine
from umair.ui import encoding
from umair.ui.plain import plain, with_code

SIGNS = {
    "good": ":green[:material/check_circle:]",
    "note": ":gray[:material/info:]",
    "warning": ":orange[:material/error:]",
    "error": ":red[:material/report:]",
}

ELSEWHERE = {
    "import": ("Import", "Import", ":material/download:"),
    "words": ("Text model", "Words", ":material/translate:"),
}


def draw(lib: Library) -> None:
    busy = encoding.draw(lib)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Is everything in its place?", anchor=False, width="stretch")
        thorough = st.toggle("Read every picture too", key="health_contents", help="Compares every file with its hash.")
        st.button("Check again", icon=":material/refresh:")
    with st.spinner("Looking …", show_time=True):
        lines = service.health(lib, contents=thorough)
    for n, line in enumerate(lines):
        _line(lib, n, line, busy)


def _line(lib: Library, n: int, line: HealthLine, busy: bool) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"health_{n}"):
        with st.container(width="stretch"):
            st.markdown(f"{SIGNS[line.level]} {with_code(line.text)}")
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
                on_click=lambda: encoding.start(lib),
            )
        elif line.action in ELSEWHERE:
            label, tab, icon = ELSEWHERE[line.action]
            st.button(
                label,
                key=f"{line.action}_{n}",
                icon=icon,
                on_click=lambda: st.session_state.update(library_tab=tab),
            )
