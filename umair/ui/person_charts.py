"""The figures of People: what counts in a bookmark, over the year, and over the bookmarks."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from umair.features.schema import MODALITIES
from umair.service.people import Person
from umair.ui import charts
from umair.ui.theme import rgba, tokens
from umair.ui.tiles import NAME_OF, TONE_OF, on_screen

HEIGHT = 330
DOTS_AT_MOST = 150  # bookmarks drawn as dots a modality
GAP_OF_LABELS = 0.035  # share of the axis between two names at the ends of lines


def bars(person: Person, other: Person | None) -> None:
    """Weights with their interval, the band of everyone, dots for bookmarks, occlusion and planted truth."""
    t, shown, figure = tokens(), on_screen(person.modalities), go.Figure()
    y = np.arange(len(shown))[::-1]
    if person.everyone:
        low, high = (np.array([person.everyone[m][k] for m in shown]) for k in (0, 2))
        figure.add_bar(
            y=y,
            x=high - low,
            base=low,
            customdata=high,
            orientation="h",
            width=0.74,
            marker={"color": rgba(t.soft, 0.17), "cornerradius": 6},
            name="8 of 10 people",
            hovertemplate="8 of 10 people: %{base:.0%} to %{customdata:.0%}<extra></extra>",
        )
    weights = np.array([person.weights[m] for m in shown])
    figure.add_bar(
        y=y + 0.1,
        x=weights,
        orientation="h",
        width=0.36,
        marker={"color": [t.of(TONE_OF[m]) for m in shown], "cornerradius": 6},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [person.high[m] - person.weights[m] for m in shown],
            "arrayminus": [person.weights[m] - person.low[m] for m in shown],
            "color": rgba(t.ink, 0.55),
            "thickness": 1.4,
            "width": 4,
        },
        showlegend=False,
        customdata=[(person.low[m], person.high[m]) for m in shown],
        hovertemplate="weight %{x:.0%}, surely between %{customdata[0]:.0%} and %{customdata[1]:.0%}<extra></extra>",
    )
    _dots(figure, person, y)
    _marks(figure, person, other, y + 0.1)
    figure.update_layout(
        barmode="overlay",
        legend={"y": -0.12},
        xaxis={"tickformat": ".0%", "rangemode": "tozero", "nticks": 9},
        yaxis={
            "tickvals": y,
            "ticktext": [f"{NAME_OF[m]}  <b>{person.weights[m]:.0%}</b>" for m in shown],
            "range": [-0.5, len(shown) - 0.5],
            "showgrid": False,
        },
    )
    charts.show(figure, height=HEIGHT, key="person_bars")


def _dots(figure: go.Figure, person: Person, y: np.ndarray) -> None:
    t, shown, rng = tokens(), on_screen(person.modalities), np.random.default_rng(1)
    pairs = person.pair_weights[-DOTS_AT_MOST:]
    for row, modality in enumerate(shown):
        values = pairs[:, MODALITIES.index(modality)] if len(pairs) else np.zeros(0)
        figure.add_scatter(
            x=values,
            y=y[row] - 0.24 + rng.uniform(-0.07, 0.07, len(values)),
            mode="markers",
            marker={"size": 4, "color": rgba(t.of(TONE_OF[modality]), 0.45)},
            name="one bookmark",
            showlegend=row == len(shown) - 1,
            hovertemplate="one bookmark: %{x:.0%}<extra></extra>",
        )


def _marks(figure: go.Figure, person: Person, other: Person | None, y: np.ndarray) -> None:
    t = tokens()
    marks = [
        (
            "occlusion estimate",
            person.occlusion,
            {"symbol": "line-ns", "size": 20, "line": {"width": 2.5, "color": t.ink}},
        )
    ]
    if person.planted is not None:
        diamond = {"symbol": "diamond", "size": 12, "color": t.paper, "line": {"width": 2.5, "color": t.ink}}
        marks.append(("planted truth (demo)", person.planted, diamond))
    if other is not None:
        ring = {"symbol": "circle-open", "size": 14, "line": {"width": 3, "color": t.ink}}
        marks.append((other.name, other.weights, ring))
    for name, values, marker in marks:
        figure.add_scatter(
            x=[values[m] for m in on_screen(person.modalities)],
            y=y,
            mode="markers",
            marker=marker,
            name=_safe(name),
            hovertemplate=f"{_safe(name)}: %{{x:.0%}}<extra></extra>",
        )


def months(person: Person) -> None:
    """Mean weight by month of the bookmark, one line a modality, named at its end."""
    t, figure = tokens(), go.Figure()
    dates = [f"{month}-15" for month, _ in person.months]
    last = person.months[-1][1]
    top = max(max(values.values()) for _, values in person.months)
    floor = -1.0
    for modality in sorted(on_screen(person.modalities), key=lambda m: last[m]):
        color = t.of(TONE_OF[modality])
        figure.add_scatter(
            x=dates,
            y=[values[modality] for _, values in person.months],
            mode="lines",
            line={"color": color, "width": 3 if modality == person.main else 2, "shape": "spline", "smoothing": 0.7},
            name=NAME_OF[modality],
            hovertemplate=NAME_OF[modality] + " %{y:.0%}<extra></extra>",
        )
        floor = max(last[modality], floor + GAP_OF_LABELS * top * 2)
        figure.add_annotation(
            x=dates[-1],
            y=floor,
            text=NAME_OF[modality],
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"color": color, "size": 12.5},
        )
    figure.update_layout(
        showlegend=False,
        hovermode="x unified",
        xaxis={"tickformat": "%b", "type": "date", "hoverformat": "%B %Y", "nticks": 7, "range": [dates[0], dates[-1]]},
        yaxis={"tickformat": ".0%", "rangemode": "tozero", "nticks": 6},
    )
    charts.styled(figure, HEIGHT)
    figure.update_layout(margin={"r": 150})
    charts.st.plotly_chart(figure, key="person_months", theme=None, config={"displayModeBar": False})


def spread(person: Person) -> None:
    """How each modality's weight is spread over the bookmarks (eq. 7 for each): violins."""
    t, figure = tokens(), go.Figure()
    for modality in on_screen(person.modalities):
        color = t.of(TONE_OF[modality])
        figure.add_violin(
            y=person.pair_weights[:, MODALITIES.index(modality)],
            name=NAME_OF[modality],
            line={"color": color, "width": 1.6},
            fillcolor=rgba(color, 0.25),
            meanline={"visible": True},
            points=False,
            spanmode="hard",
            hoverinfo="y",
        )
    figure.update_layout(
        showlegend=False, violingap=0.25, yaxis={"tickformat": ".0%", "rangemode": "tozero", "hoverformat": ".0%"}
    )
    charts.show(figure, height=HEIGHT, key="person_spread")


def _safe(text: str) -> str:
    """A name from outside in a figure: Plotly reads a little HTML and %{…}."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("%{", "% {")
