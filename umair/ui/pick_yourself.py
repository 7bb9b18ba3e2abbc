"""Becoming a person: twelve pictures at a time, five to ten picks, which are kept as likes."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from umair.library.store import Library
from umair.service.browse import like, likes, tile
from umair.service.people import pick_from
from umair.ui import components
from umair.ui.components import Event
from umair.ui.plain import counted
from umair.ui.tiles import Card, Section

NEEDED, TWELVE = 5, 12
PICKS, OFFERED, SEEN = "you_picks", "you_offered", "you_seen"


def start() -> None:
    st.session_state.update({PICKS: [], OFFERED: [], SEEN: []})


def stop() -> None:
    for name in (PICKS, OFFERED, SEEN):
        st.session_state.pop(name, None)


def open_now() -> bool:
    return PICKS in st.session_state


def page(lib: Library, done: Callable[[], None]) -> None:
    """The round of picking; `done` is called when the person has enough."""
    state = st.session_state
    if not open_now():
        start()
    picks: list[str] = state[PICKS]
    if not state[OFFERED]:
        _offer(lib)
    have = len(picks) + len(likes(lib) - set(picks))
    missing = max(0, NEEDED - have)
    words = f"{missing} more to go" if missing else f"{counted(have, 'like')}. Enough to know you a little"
    st.title(f"Pick what you like: {words}" if missing else words, anchor=False)

    def act(event: Event) -> None:
        if event.do in ("open", "like"):
            state[PICKS] = [i for i in picks if i != event.id] if event.id in picks else [*picks, event.id]

    offered = tuple(Card(tile(lib, i), liked=i in picks) for i in state[OFFERED])
    components.gallery(
        [Section(offered)],
        key="you_pick",
        on_act=act,
        row=230,
        label="Twelve pictures to choose from",
        peek=False,
    )
    with st.container(horizontal=True):
        st.button("Twelve others", icon=":material/refresh:", on_click=lambda: _offer(lib))
        if not missing:
            st.button("See what I follow", type="primary", on_click=lambda: _finish(lib, done))
        st.button("Back", on_click=_back)


def _back() -> None:
    stop()
    st.session_state.pop("person", None)


def _offer(lib: Library) -> None:
    state = st.session_state
    seen = [*state[SEEN], *state[OFFERED]]
    state[SEEN] = seen
    state[OFFERED] = [t.item_id for t in pick_from(lib, (*state[PICKS], *seen), TWELVE)]


def _finish(lib: Library, done: Callable[[], None]) -> None:
    for item_id in st.session_state[PICKS]:
        like(lib, item_id, True)
    stop()
    done()
