"""One look for every figure: no frame, hairline grid, our type, no tool bar, no zoom by accident on touch screens."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from umair.ui.theme import tokens

FONT = "Instrument Sans, Hiragino Sans, Noto Sans JP, Noto Sans CJK JP, sans-serif"


def styled(figure: go.Figure, height: int) -> go.Figure:
    """The figure in the colours of the theme that the browser shows; `height` in pixels."""
    t = tokens()
    figure.update_layout(
        height=height,
        margin={"l": 4, "r": 8, "t": 8, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        font={"family": FONT, "size": 13, "color": t.ink},
        hoverlabel={"bgcolor": t.raised, "bordercolor": t.line, "font": {"color": t.ink, "family": FONT}},
        legend={"orientation": "h", "x": 0, "font": {"size": 12, "color": t.soft}},
    )
    axis = {
        "gridcolor": t.line,
        "zeroline": False,
        "linecolor": t.line,
        "tickfont": {"color": t.soft},
        "fixedrange": True,
        "automargin": True,
        "title_font": {"size": 12.5, "color": t.soft},
    }
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    return figure


def show(figure: go.Figure, *, height: int, key: str) -> None:
    st.plotly_chart(styled(figure, height), key=key, theme=None, config={"displayModeBar": False})
