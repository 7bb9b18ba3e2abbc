"""How good the two spaces of this library are, in plain words, with the command that prints the same figures."""

from __future__ import annotations

import math

import streamlit as st

from umair.library.store import Library
from umair.service.maps import space_quality
from umair.ui.plain import counted

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


def _hundred(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.0f}"
