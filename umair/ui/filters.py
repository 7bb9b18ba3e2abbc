"""The filters of Browse: a popover with counts beside every choice, and chips for what is active."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Literal

import streamlit as st

from umair.library.store import Library
from umair.service.browse import SHAPES, BrowseQuery, facets
from umair.ui import word_field
from umair.ui.plain import plain

LABELS = "labels"
CHOICES = {
    LABELS: "Labels",
    "hands": "Painter's hand",
    "series": "Series",
    "ratings": "Rating",
    "artists": "Artist",
}
PILLS_AT_MOST = 14  # more choices than these are a list with a search field
ANY_SHAPE = SHAPES[0]
NO_DATES: list[date | datetime | str | Literal["today"] | None] = []  # the type that st.date_input asks for


def popover(lib: Library) -> None:
    """The button *Filters* and what it opens. Choices are kept in the session under f_NAME."""
    known = facets(lib)
    count = len(_active())
    with st.popover(f"Filters · {count}" if count else "Filters", icon=":material/tune:", width="content"):
        _labels(lib)
        for name, title in CHOICES.items():
            if name != LABELS:
                _choice(name, title, getattr(known, name))
        left, right = st.columns([1, 1], gap="medium")
        left.segmented_control("Shape", SHAPES, default=ANY_SHAPE, key="f_shape")
        right.date_input("Published", value=list(NO_DATES), key="f_dates", format="YYYY-MM-DD")
        st.toggle("Only what I like", key="f_liked")


def chips() -> None:
    """One button for every active filter; a click takes it away."""
    active = _active()
    if not active:
        return
    with st.container(horizontal=True, gap="small", key="active_filters"):
        for name, value, shown in active:
            st.button(
                plain(shown),
                icon=":material/close:",
                key=f"drop_{name}_{value}",
                on_click=_drop,
                args=(name, value),
                help="Take this filter away",
            )
        st.button("Clear all", type="tertiary", on_click=_drop_all)


def query(words: tuple[str, ...], sort: str) -> BrowseQuery:
    """The words and the filters of the session as one question. Labels ask for all of them, other fields for any."""
    since, until = _dates()
    return BrowseQuery(
        words=(*words, *_chosen("labels")),
        artists=_chosen("artists"),
        hands=_chosen("hands"),
        series=_chosen("series"),
        ratings=_chosen("ratings"),
        shape=st.session_state.get("f_shape") or ANY_SHAPE,
        since=since,
        until=until,
        liked=bool(st.session_state.get("f_liked")),
        sort=sort,
    )


def _labels(lib: Library) -> None:
    """Labels by any of their spellings, typed; a group is one."""
    st.markdown(f":small[{CHOICES[LABELS]}]")
    word_field.field(
        lib,
        _chosen(LABELS),
        key="f_labels_field",
        label="Labels of the picture",
        placeholder="Any, in any language",
        on_words=lambda words: st.session_state.update({f"f_{LABELS}": list(words)}),
    )


def _choice(name: str, title: str, counts: Mapping[str, int]) -> None:
    if len(counts) < 2:
        return
    values = list(counts)

    def pill(value: str) -> str:
        return f"{plain(value)} :gray[{counts.get(value, 0):,}]"

    if len(values) <= PILLS_AT_MOST:
        st.pills(title, values, selection_mode="multi", key=f"f_{name}", format_func=pill)
    else:
        st.multiselect(
            title,
            values,
            key=f"f_{name}",
            format_func=lambda value: f"{value}  ·  {counts.get(value, 0):,}",
            placeholder=f"Any of {len(values):,}",
        )


def _chosen(name: str) -> tuple[str, ...]:
    return tuple(st.session_state.get(f"f_{name}") or ())


def _dates() -> tuple[datetime | None, datetime | None]:
    """The first moment of the first day and the last of the last; a single day picked so far counts as a start."""
    picked: tuple[date, ...] = tuple(st.session_state.get("f_dates") or ())
    since = datetime.combine(picked[0], time.min, UTC) if picked else None
    until = datetime.combine(picked[1], time.max, UTC) if len(picked) > 1 else None
    return since, until


def _active() -> list[tuple[str, str, str]]:
    """(filter, value, what the chip says) of everything that narrows the gallery."""
    state = st.session_state
    found = [(name, value, value) for name in CHOICES for value in _chosen(name)]
    if (state.get("f_shape") or ANY_SHAPE) != ANY_SHAPE:
        found.append(("shape", "", state["f_shape"]))
    since, until = _dates()
    if since:
        found.append(("dates", "", f"from {since:%Y-%m-%d}" + (f" to {until:%Y-%m-%d}" if until else "")))
    if state.get("f_liked"):
        found.append(("liked", "", "only what I like"))
    return found


def _drop(name: str, value: str) -> None:
    fallback = {"shape": ANY_SHAPE, "dates": (), "liked": False}
    kept = [v for v in _chosen(name) if v != value] if name in CHOICES else fallback[name]
    st.session_state[f"f_{name}"] = kept


def _drop_all() -> None:
    for name, value, _ in _active():
        _drop(name, value)
