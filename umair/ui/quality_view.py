"""How good the two spaces of this library are, in plain words, with the command that prints the same figures."""

from __future__ import annotations

import math

import polars as pl
import streamlit as st

from umair.library.store import Library
from umair.service.maps import space_quality
from umair.ui.plain import counted

EXPLAINED = (
    ("nearest picture is by the same artist", "style_same_artist_r1", "content_same_artist_r1", "of 100 pictures"),
    (
        "same artist nearer than another artist",
        "style_same_artist_auc",
        "content_same_artist_auc",
        "of 100 pairs; chance is 50",
    ),
    (
        "shared label nearer than no shared label",
        "style_shared_label_auc",
        "content_shared_label_auc",
        "of 100 pairs; chance is 50",
    ),
)


def draw(lib: Library) -> None:
    """A table of three questions by two spaces, computed on this library."""
    figures = space_quality(lib)
    st.subheader("How good the spaces are", anchor=False, help="Retrieval in this library, computed here")
    rows = [
        {
            "Question": question,
            "Painting style": _per_cent(getattr(figures, style)),
            "Content": _per_cent(getattr(figures, content)),
            "Counted": unit,
        }
        for question, style, content, unit in EXPLAINED
    ]
    bar = {"min_value": 0, "max_value": 100, "format": "%.0f"}
    st.dataframe(
        pl.DataFrame(rows, schema_overrides={"Painting style": pl.Float64, "Content": pl.Float64}),
        hide_index=True,
        column_config={
            "Question": st.column_config.TextColumn(width="large"),
            "Painting style": st.column_config.ProgressColumn(color="violet", **bar),
            "Content": st.column_config.ProgressColumn(color="blue", **bar),
        },
    )
    st.caption(
        f"Over {counted(figures.pairs, 'pair')} of this library. Style should know the artist, content the labels. "
        "The same figures in a terminal:"
    )
    st.code(f"{figures.command} --library '{lib.path}'", language="bash")


def _per_cent(share: float) -> float | None:
    return None if math.isnan(share) else round(100 * share, 1)
