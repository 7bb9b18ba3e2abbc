"""A run on the screen while it runs: progress, speed, time to go, and a way to stop it. It runs without us."""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from umair.errors import RunError
from umair.library.background import ACTIVE, log_tail, stop_soon
from umair.library.runs import RunFolder, open_run
from umair.library.store import Library
from umair.ui.plain import lasting, plain

EVERY_S = 1.0
CANCEL_AFTER_S = 3.0  # shorter work gets no button that nobody could press in time
NAMES = {
    "image": "Picture encoder",
    "style": "Style encoder",
    "text": "Word encoder",
    "ranker": "Recommender",
    "encode": "Encoding the pictures",
    "import": "Import",
}


def is_active(run: RunFolder) -> bool:
    return run.state().state in ACTIVE


def latest(lib: Library, run_id: str | None) -> RunFolder | None:
    """The run by its id; None if there is none (any more)."""
    try:
        return open_run(lib.path, run_id) if run_id else None
    except RunError:
        return None


def watch(run: RunFolder, *, key: str, below: Callable[[RunFolder], None] = lambda run: None) -> None:
    """Progress that renews itself every second until the run ends; then the page is drawn anew.

    below: more to draw under the bar, such as curves.
    """

    @st.fragment(run_every=EVERY_S)
    def living() -> None:
        if not is_active(run):
            st.rerun()
        progress(run, key)
        below(run)

    if is_active(run):
        living()


def progress(run: RunFolder, key: str) -> None:
    """The bar of one run with its numbers in words, and Stop."""
    rows = run.progress_rows()
    last = rows[-1] if rows else {}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{NAMES.get(run.kind, run.kind)}** {_doing(run)}", width="stretch")
        if _age(run) > CANCEL_AFTER_S:
            st.button(
                "Stop",
                icon=":material/stop:",
                key=f"stop_{key}",
                disabled=run.stop_requested(),
                help="Stops at the next step. What is finished stays.",
                on_click=lambda: stop_soon(run),
            )
    st.progress(share(last), told(last))


def ended(run: RunFolder) -> None:
    """Say how a run ended, if that is not well: stopped or failed, with the reason and the end of its log."""
    state = run.state()
    if state.state == "failed":
        st.error(plain(state.error or "The run failed."), icon=":material/error:")
        said = log_tail(run)
        if said:
            with st.expander("What the process said last"):
                st.code(said, language=None)
    elif state.state == "stopped":
        reason = f" {plain(state.error)}" if state.error else ""
        st.warning(f"Stopped.{reason} What was finished is kept.", icon=":material/stop_circle:")


def share(row: dict) -> float:
    step, of = row.get("step"), row.get("of")
    if not isinstance(step, int | float) or not isinstance(of, int | float) or of <= 0:
        return 0.0
    return min(1.0, max(0.0, step / of))


def told(row: dict) -> str:
    """ "12,000 of 90,000 rows · 4,100 rows a second · 19 s left"."""
    if not row:
        return "Starting …"
    unit = plain(str(row.get("unit", "steps")))
    parts = [f"{row.get('step', 0):,.0f} of {row.get('of', 0):,.0f} {unit}"]
    rate, left = row.get("rate"), row.get("eta_s")
    if isinstance(rate, int | float):
        parts.append(f"{rate:,.0f} {unit} a second" if rate >= 10 else f"{rate:.1f} {unit} a second")
    if isinstance(left, int | float) and left >= 1:
        parts.append(f"{lasting(left)} left")
    return " · ".join(parts)


def _doing(run: RunFolder) -> str:
    if run.stop_requested():
        return "is stopping"
    return "is starting" if run.state().state == "waiting" else "is running"


def _age(run: RunFolder) -> float:
    return time.time() - run.path.stat().st_ctime
