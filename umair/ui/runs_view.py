"""The runs of a library: a table, one in full, two beside each other, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl
import streamlit as st

from umair.errors import UmairError
from umair.library.background import ACTIVE
from umair.library.store import Library
from umair.service import train
from umair.service.forms import FORMS
from umair.service.train import RunDetail, RunRow
from umair.ui import curves, tables
from umair.ui.plain import plain
from umair.ui.running import NAMES

SIGNS = {"done": "✓ done", "running": "▶ running", "waiting": "… waiting", "stopped": "■ stopped", "failed": "✕ failed"}


def draw(lib: Library) -> None:
    _undo(lib)
    rows = [row for row in train.runs(lib) if row.kind in FORMS]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Runs", anchor=False, help="Select one to see it, two to compare them", width="stretch")
    if not rows:
        st.markdown("None yet. What is active was trained before; *Train anew* makes the first of your own.")
        return
    picked = table(rows)
    actions(lib, picked)
    details = [train.run(lib, row.id) for row in picked[:2]]
    if len(details) == 2:
        comparison(lib, details[0], details[1])
    elif details:
        one(details[0])


def table(rows: list[RunRow]) -> list[RunRow]:
    """The table; gives the rows that are selected."""
    frame = pl.DataFrame(
        {
            "Run": [row.id for row in rows],
            "What": [NAMES.get(row.kind, row.kind) for row in rows],
            "State": [SIGNS[row.state] + (" · in use" if row.active else "") for row in rows],
            "Progress": [row.progress for row in rows],
            "Result": [row.main for row in rows],
            "Minutes": [round(row.seconds / 60, 1) if row.seconds is not None else None for row in rows],
            "Started": [row.started[:16].replace("T", " ") for row in rows],
        }
    )
    shown = st.dataframe(
        frame,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key="runs_table",
        column_config={
            "Progress": st.column_config.ProgressColumn(min_value=0, max_value=1, format="percent", width="small"),
            "Result": st.column_config.TextColumn(width="large"),
        },
    )
    return [rows[n] for n in shown.selection.rows if n < len(rows)]


def actions(lib: Library, picked: list[RunRow]) -> None:
    single = picked[0] if len(picked) == 1 else None
    idle = bool(picked) and all(row.state not in ACTIVE and not row.active for row in picked)
    with st.container(horizontal=True, gap="small", key="run_actions"):
        st.button(
            "Use this one",
            type="primary",
            icon=":material/check:",
            disabled=single is None or single.state != "done" or single.active,
            on_click=lambda: _do(lambda: train.use(lib, single.id)) if single else None,
        )
        st.button(
            "Resume",
            icon=":material/play_arrow:",
            disabled=single is None or single.state not in ("stopped", "failed"),
            on_click=lambda: _do(lambda: train.resume(lib, single.id)) if single else None,
        )
        if picked:
            export([train.run(lib, row.id) for row in picked])
        st.button(
            "Delete",
            icon=":material/delete:",
            disabled=not idle,
            help="Put away for a week; Undo brings it back." if idle else "Not while it runs or is in use.",
            on_click=lambda: _delete(lib, picked),
        )


def export(details: list[RunDetail]) -> None:
    """The numbers of the selected runs as CSV and LaTeX; curves are saved from their figure."""
    names = list(dict.fromkeys(n for d in details for n in _numbers(d)))
    head = ["run", *(d.row.id for d in details)]
    rows = [[name, *(_numbers(d).get(name) for d in details)] for name in names]
    with st.popover("Export", icon=":material/download:"):
        st.download_button("Numbers as CSV", tables.csv(head, rows), "umair-runs.csv", "text/csv")
        st.download_button("Numbers as LaTeX", tables.latex(head, rows), "umair-runs.tex", "text/plain")
        st.caption("Curves: the camera over their figure saves an SVG.")


def one(detail: RunDetail) -> None:
    if detail.row.error:
        st.error(plain(detail.row.error), icon=":material/error:")
    curves.draw([detail], key="one_run", save=True)
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("Choices")
        st.dataframe(
            pl.DataFrame({"Choice": list(detail.config), "Value": [str(v) for v in detail.config.values()]}),
            hide_index=True,
        )
    with right:
        numbers = _numbers(detail)
        st.caption("Numbers")
        if numbers:
            st.dataframe(pl.DataFrame({"Number": list(numbers), "Value": list(numbers.values())}), hide_index=True)
        else:
            st.markdown("Measured at the end of the run.")
    st.caption(plain(detail.folder))
    if detail.log:
        with st.expander("What the process said last"):
            st.code(detail.log, language=None)


def comparison(lib: Library, a: RunDetail, b: RunDetail) -> None:
    both = train.compare(lib, a.row.id, b.row.id)
    curves.draw([a, b], key="two_runs", save=True)
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("Where their choices differ")
        if both.differences:
            st.dataframe(
                pl.DataFrame(
                    {
                        "Choice": list(both.differences),
                        a.row.id: [str(x) for x, _ in both.differences.values()],
                        b.row.id: [str(y) for _, y in both.differences.values()],
                    }
                ),
                hide_index=True,
            )
        else:
            st.markdown("Nowhere.")
    with right:
        st.caption("Their numbers")
        if both.metrics:
            st.dataframe(
                pl.DataFrame(
                    {
                        "Number": list(both.metrics),
                        a.row.id: [x for x, _ in both.metrics.values()],
                        b.row.id: [y for _, y in both.metrics.values()],
                        "Difference": [
                            y - x if x is not None and y is not None else None for x, y in both.metrics.values()
                        ],
                    }
                ),
                hide_index=True,
            )
        else:
            st.markdown("Neither has finished.")


def _numbers(detail: RunDetail) -> dict[str, float]:
    return {
        name: float(value)
        for name, value in detail.metrics.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _delete(lib: Library, picked: list[RunRow]) -> None:
    gone = []
    for row in picked:
        _do(partial(train.delete, lib, row.id))
        gone.append(row.id)
    st.session_state["deleted_runs"] = gone
    st.session_state.pop("runs_table", None)


def _undo(lib: Library) -> None:
    """A line with Undo after a deletion, until something else is done."""
    gone: list[str] = st.session_state.get("deleted_runs") or []
    if not gone:
        return

    def bring_back() -> None:
        for run_id in gone:
            _do(partial(train.undelete, lib, run_id))
        st.session_state.pop("deleted_runs", None)

    with st.container(horizontal=True, vertical_alignment="center", border=True, key="undo_delete"):
        st.markdown(f":material/delete: {plain(', '.join(gone))} put away.", width="stretch")
        st.button("Undo", icon=":material/undo:", on_click=bring_back)
        st.button(
            "", icon=":material/close:", on_click=lambda: st.session_state.pop("deleted_runs", None), help="Close"
        )


def _do(deed: Callable[[], object]) -> None:
    """Do something with a run; what it says, or why it would not, is shown on the next drawing."""
    try:
        said = deed()
    except UmairError as error:
        st.session_state["train_trouble"] = str(error)
    else:
        if isinstance(said, str):
            st.session_state["train_said"] = said
