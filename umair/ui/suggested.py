"""Suggested labels on screen: what the components need to know, and what happens when a person decides."""

from __future__ import annotations

import streamlit as st

from umair.errors import LibraryError
from umair.library.store import Library
from umair.service import suggest
from umair.service.names import LANGUAGES
from umair.service.suggest import Suggestion
from umair.ui.components import Event
from umair.ui.opened import opened
from umair.ui.plain import percent
from umair.ui.tiles import Json

IN_DETAIL, LEAST_IN_DETAIL = 5, 0.3
LAST = "suggest_last"


def of_picture(lib: Library, item_id: str) -> Json:
    """The part of a detail's data that is about suggested labels."""
    try:
        found = suggest.suggestions(lib, item_id, LEAST_IN_DETAIL, language())[:IN_DETAIL]
    except LibraryError:  # a damaged table of predictions is no reason to show no picture; Library, Labels tells it
        return {}
    told = "The chance that the artist would agree, as the image encoder sees it."
    return {"suggested": chips(found), "suggested_from": told, "decided": last(item_id)}


def chips(found: tuple[Suggestion, ...]) -> list[Json]:
    return [{"label": s.label, "chance": percent(s.confidence)} for s in found]


def language() -> str:
    """The browser's language if the glossary speaks it, else English."""
    asked = (st.context.locale or "en")[:2]
    return asked if asked in LANGUAGES else "en"


def decide(event: Event) -> None:
    """Accept, refuse or undo what a component asks for, and remember it for the way back."""
    lib, told = opened(), ""
    try:
        match event.do:
            case "accept":
                suggest.accept(lib, [Suggestion(event.id, event.value, 1.0)])
                told = f"“{event.value}” is a label of this picture now."
            case "refuse":
                suggest.refuse(lib, event.id, event.value)
                told = f"“{event.value}” is not suggested for this picture again."
            case "undo":
                suggest.take_back(lib, event.id, event.value)
    except LibraryError as error:
        st.toast(str(error), icon=":material/error:")
        return
    st.session_state[LAST] = {"id": event.id, "label": event.value, "text": told} if told else None


def last(item_id: str | None = None) -> Json | None:
    """What was decided last, of one picture or of any."""
    kept: Json | None = st.session_state.get(LAST)
    return kept if kept and item_id in (None, kept["id"]) else None
