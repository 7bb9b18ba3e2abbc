"""Curves of one or two runs: losses in one figure, other measures beside it."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from umair.service.train import RunDetail
from umair.ui import charts
from umair.ui.theme import tokens

LOSS = "loss"
SAVE = {
    "displayModeBar": True,
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "svg", "filename": "umair-curves"},
}


def draw(details: Sequence[RunDetail], *, key: str, height: int = 260, save: bool = False) -> None:
    """Every curve the runs have noted; two runs are told apart by colour, curves of one run by the kind of line."""
    names = list(dict.fromkeys(name for d in details for name in d.curves))
    groups = ([n for n in names if LOSS in n], [n for n in names if LOSS not in n])
    shown = [group for group in groups if group]
    if not shown:
        return
    for part, (group, column) in enumerate(zip(shown, st.columns(len(shown), gap="medium"), strict=True)):
        with column:
            _figure(details, group, f"{key}_{part}", height, save)


def _figure(details: Sequence[RunDetail], names: Sequence[str], key: str, height: int, save: bool) -> None:
    t, figure = tokens(), go.Figure()
    colors = (t.style, t.content) if len(details) > 1 else (t.style, t.content, t.words, t.soft)
    dashes = ("solid", "dash", "dot", "dashdot")
    for n, detail in enumerate(details):
        for k, name in enumerate(names):
            if name not in detail.curves:
                continue
            steps, values = detail.curves[name]
            alone = len(details) == 1
            figure.add_scatter(
                x=steps,
                y=values,
                mode="lines+markers" if len(steps) < 3 else "lines",
                name=name if alone else f"{detail.row.id} · {name}",
                line={
                    "color": colors[(k if alone else n) % len(colors)],
                    "width": 2.4,
                    "dash": "solid" if alone else dashes[k % len(dashes)],
                },
            )
    unit = details[0].row.unit or "steps"
    figure.update_layout(
        legend={"y": 1.18}, xaxis={"title": {"text": unit}}, yaxis={"title": {"text": LOSS if LOSS in names[0] else ""}}
    )
    charts.styled(figure, height)
    figure.update_layout(margin={"t": 30})
    st.plotly_chart(figure, key=key, theme=None, config=SAVE if save else {"displayModeBar": False})
