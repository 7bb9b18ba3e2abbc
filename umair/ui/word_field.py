"""Words on screen: the field that suggests while one types, labels as chips (one a group), and words unknown here."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import streamlit as st

from umair.library.store import Library
from umair.service.label_groups import LabelGroup, labels
from umair.service.words import Term, understood
from umair.ui import components, suggested
from umair.ui.components import Event
from umair.ui.plain import counted, mark, plain
from umair.ui.tiles import Json

LONGEST, MOST = 400, 24  # characters of a word, words of a field: more than a person types
ALSO_SHOWN = 12


def field(lib: Library, words: Sequence[str], *, key: str, label: str, placeholder: str, on_words: Callable) -> None:
    """A field that gathers words as chips; `on_words` hears them all after every change."""
    data: Json = {"chips": [_chip(lib, word) for word in words], "label": label, "placeholder": placeholder}
    components.words(data | {"language": suggested.language()}, key=key, on_act=lambda event: on_words(sent(event)))


def line(text: str, *, key: str, label: str, placeholder: str, on_text: Callable[[str], None]) -> None:
    """One line of words; `on_text` hears it when it is finished (Enter, or a suggestion taken)."""
    data: Json = {"single": True, "text": text, "label": label, "placeholder": placeholder}
    data["language"] = suggested.language()
    components.words(data, key=key, on_act=lambda event: on_text(" ".join(sent(event))))


def sent(event: Event) -> tuple[str, ...]:
    """The words that a field sent; () for anything that is no list of texts."""
    try:
        found = json.loads(event.value) if event.do == "words" else []
    except ValueError:
        return ()
    texts = [one.strip()[:LONGEST] for one in found if isinstance(one, str)] if isinstance(found, list) else []
    return tuple(dict.fromkeys(t for t in texts if t))[:MOST]


def of_picture(lib: Library, own: Sequence[str]) -> list[Json]:
    """A picture's labels as chips, one a group: its name, how the artist wrote it, all it is called."""
    language, written = suggested.language(), set(own)
    chips: list[Json] = []
    for group in labels(lib).grouped(own):
        name = group.name(language)
        as_written = " · ".join(s for s in group.spellings if s in written and s != name)
        chips.append({"value": name, "text": name, "own": as_written, "title": _told(group, language)})
    return chips


def names_of(lib: Library, own: Sequence[str]) -> list[str]:
    """A picture's labels by the names of their groups, each once."""
    return [group.name(suggested.language()) for group in labels(lib).grouped(own)]


def unknown(lib: Library, words: Sequence[str], on_instead: Callable[[str, str], None]) -> None:
    """Say which of these words mean nothing in this library, with the nearest labels as buttons."""
    for term in (t for word in words for t in understood(lib, word, suggested.language()) if not t.known):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            near = " Nearest:" if term.nearest else " Nothing here is near it."
            st.markdown(f"“{plain(_short(term.text))}” is no label here.{near}", width="content")
            for name in term.nearest:
                st.button(
                    plain(name), key=f"near_{mark(term.text)}_{mark(name)}", on_click=on_instead, args=(term.text, name)
                )


def alone(lib: Library, terms: Sequence[Term]) -> str:
    """Why no picture is found: how many there are for each word by itself."""
    known = labels(lib)
    each = []
    for term in (t for t in terms if t.known):
        rows = {int(row) for meant in term.meant for row in known.rows(meant)}
        each.append(f"{_short(term.text)} ({counted(len(rows), 'picture')})" if rows else _short(term.text))
    return f"No picture has all of these: {', '.join(each)}." if len(each) > 1 else "No picture has this."


def _chip(lib: Library, word: str) -> Json:
    known, language = labels(lib), suggested.language()
    meant = sorted(known.spellings.exact(word))
    if not meant:
        return {"value": word, "text": word}
    if meant[0] >= len(known.groups):
        return {"value": word, "text": known.name(meant[0]), "title": "Artist"}
    group = known.groups[meant[0]]
    return {"value": word, "text": group.name(language), "title": _told(group, language)}


def _told(group: LabelGroup, language: str) -> str:
    others = group.others(language)
    more = f" and {len(others) - ALSO_SHOWN} more" if len(others) > ALSO_SHOWN else ""
    also = f"Also: {', '.join(others[:ALSO_SHOWN])}{more} · " if others else ""
    return f"{also}{counted(group.pictures, 'picture')}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
