"""What config.toml cannot say: a small style sheet, the library's badge, and the colours for plots."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from umair.library.info import LibraryInfo
from umair.ui.plain import plain

STYLE_SHEET = Path(__file__).parent / "style.css"


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme; the same values stand in .streamlit/config.toml and style.css."""

    ink: str
    soft: str
    line: str
    paper: str
    raised: str
    style: str
    content: str
    words: str
    other: str

    def of(self, tone: str) -> str:
        """Colour of a tone: style, content, words or other."""
        return {"style": self.style, "content": self.content, "words": self.words}.get(tone, self.other)


LIGHT = Tokens(
    ink="#1d1a22",
    soft="#6b6672",
    line="#e2ddd7",
    paper="#fbfaf8",
    raised="#f1eeea",
    style="#b02e6b",
    content="#176b7f",
    words="#9a6213",
    other="#6b6672",
)
DARK = Tokens(
    ink="#ece8ef",
    soft="#a39daa",
    line="#332e3b",
    paper="#131117",
    raised="#1e1b24",
    style="#f07aae",
    content="#58c4d6",
    words="#e7b24d",
    other="#a39daa",
)
MARKDOWN_COLOR = {"style": "violet", "content": "blue", "words": "orange", "other": "gray"}


def apply() -> None:
    """Our style sheet, on every page."""
    st.html(STYLE_SHEET)


def tokens() -> Tokens:
    """Colours of the theme that the browser shows; a change of theme runs the script again."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def library_badge(info: LibraryInfo) -> None:
    """The open library's name in the header, and that its pictures are drawn by us where they are."""
    with st.container(key="library_badge", horizontal=True, gap="small", vertical_alignment="center", width="content"):
        st.markdown(plain(info.name))
        if info.synthetic:
            st.badge(
                "synthetic demo",
                color="violet",
                help="These pictures and people are drawn and invented by this software.",
            )


def rgba(color: str, alpha: float) -> str:
    """ "#b02e6b", 0.5 -> "rgba(176,46,107,0.5)" for plots."""
    red, green, blue = (int(color[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
