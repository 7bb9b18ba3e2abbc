"""How good the two spaces of this library are, in plain words, with the command that prints the same figures."""

from __future__ import annotations

import math

import plotly.graph_objects as go
import streamlit as st

from umair.encoders.style.calibration import ReliabilityBin
from umair.library.store import Library
from umair.retrieval.separation import Separation
from umair.service.maps import reliability, separations, space_quality
from umair.ui import charts
from umair.ui.plain import counted
from umair.ui.theme import rgba, tokens

EXPLAINED = (
    ("The nearest picture is by the same artist", "style_same_artist_r1", "content_same_artist_r1", "of 100 pictures"),
    (
        "The same artist is nearer than another artist",
        "style_same_artist_auc",
        "content_same_artist_auc",
        "of 100 pairs; chance is 50",
    ),
    (
        "A shared label is nearer than no shared label",
        "style_shared_label_auc",
        "content_shared_label_auc",
        "of 100 pairs; chance is 50",
    ),
)


def draw(lib: Library) -> None:
    """Three questions, each with its answer in both spaces, computed on this library."""
    figures = space_quality(lib)
    st.subheader("How good the spaces are", anchor=False, help="Retrieval in this library, computed here")
    for (question, style, content, unit), column in zip(EXPLAINED, st.columns(3, gap="medium"), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(question)
            st.markdown(
                f"### :violet[{_hundred(getattr(figures, style))}] :small[painting style] &emsp; "
                f":blue[{_hundred(getattr(figures, content))}] :small[content]"
            )
            st.caption(unit)
    st.caption(
        f"Over {counted(figures.pairs, 'pair')} of this library. Style should know the artist, content the labels. "
        "The same figures in a terminal:"
    )
    st.code(f"{figures.command} --library '{lib.path}'", language="bash")

    distances, chances = st.columns([1.7, 1], gap="large")
    with distances:
        st.subheader("Near when alike, far when not", anchor=False)
        st.caption("Filled: pairs that share it. Line: all other pairs. To the left is near.")
        for start in (0, 2):
            for plot, column in zip(separations(lib)[start : start + 2], st.columns(2, gap="medium"), strict=True):
                with column:
                    _outlines(plot)
    with chances:
        told = reliability()
        if told:
            st.subheader(
                "Is a chance what it says?",
                anchor=False,
                help="Reliability on pairs of hands that the shipped style encoder never saw in training",
            )
            st.caption("Of pairs called the same hand with this chance, how many were. On the line is honest.")
            _reliability(told)


def _outlines(plot: Separation) -> None:
    """Distances of pairs that are alike over those of all others."""
    t, figure = tokens(), go.Figure()
    tone = t.style if plot.space == "style" else t.content
    middle = [(a + b) / 2 for a, b in zip(plot.edges, plot.edges[1:], strict=False)]
    figure.add_scatter(x=middle, y=plot.alike, fill="tozeroy", fillcolor=rgba(tone, 0.25), line={"color": tone})
    figure.add_scatter(x=middle, y=plot.unlike, line={"color": t.soft})
    figure.update_traces(mode="lines", hoverinfo="skip", line_shape="spline", line_width=2)
    figure.update_layout(showlegend=False, yaxis={"visible": False, "rangemode": "tozero"}, xaxis={"range": [0, None]})
    space = ":violet[painting style]" if plot.space == "style" else ":blue[content]"
    named = {"hand": "the same hand", "artist": "the same artist", "label": "a shared label"}[plot.by]
    st.markdown(f"{space}, {named}: **{_hundred(plot.auc)}** :small[of 100 lie nearer]")
    charts.show(figure, height=120, key=f"separation_{plot.space}_{plot.by}")


def _reliability(bins: tuple[ReliabilityBin, ...]) -> None:
    t, figure = tokens(), go.Figure()
    figure.add_scatter(x=[0, 100], y=[0, 100], mode="lines", line={"color": t.line, "dash": "dot"}, hoverinfo="skip")
    figure.add_scatter(
        x=[100 * b.told for b in bins],
        y=[100 * b.was for b in bins],
        customdata=[b.pairs for b in bins],
        mode="lines+markers",
        line={"color": t.style},
        marker={"size": 9},
        hovertemplate="told %{x:.0f} %, was %{y:.0f} %<br>%{customdata:,} pairs<extra></extra>",
    )
    figure.update_layout(
        showlegend=False,
        xaxis={"title": {"text": "chance told, %"}, "range": [-3, 103]},
        yaxis={"title": {"text": "were by one hand, %"}, "range": [-3, 103]},
    )
    charts.show(figure, height=330, key="reliability")


def _hundred(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.0f}"
