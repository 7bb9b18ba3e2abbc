"""The query of Find as the session keeps it and the address says it; a link shows the same."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from umair.errors import LibraryError
from umair.library.store import Library
from umair.service.browse import tile
from umair.service.find import Query, Upload

Sought = str | Upload  # a picture of the library by its id, or one that the person brought
START_MIX, EVEN_MIX = 0.3, 0.5
AT_MOST = 6


@dataclass(frozen=True)
class Wanted:
    """Pictures (all of them together), a second one for its style, words alone; `number` counts new beginnings."""

    items: tuple[Sought, ...] = ()
    second: Sought | None = None
    words: str = ""
    mix: float = START_MIX
    number: int = 0

    @property
    def empty(self) -> bool:
        return not self.items and not self.words

    def question(self, mix: float, must: str, must_not: str) -> Query:
        return Query(
            items=tuple(i for i in self.items if isinstance(i, str)),
            uploads=tuple(i for i in self.items if isinstance(i, Upload)),
            painted_like=self.second,
            mix=mix,
            must=must.strip(),
            must_not=must_not.strip(),
            words=self.words,
        )


def wanted() -> Wanted:
    state = st.session_state
    return Wanted(
        items=tuple(state.get("find_items") or ()),
        second=state.get("find_second"),
        words=state.get("find_words") or "",
        mix=state.get("mix_start", START_MIX),
        number=state.get("find_no", 0),
    )


def want(items: tuple[Sought, ...], second: Sought | None = None, words: str = "", mix: float = START_MIX) -> None:
    """Begin anew: the slider starts at `mix`."""
    state = st.session_state
    state.update(find_items=items[-AT_MOST:], find_second=second, find_words=words, mix_start=mix)
    state["find_no"] = state.get("find_no", 0) + 1


def add(new: tuple[Sought, ...]) -> None:
    """More pictures for the query, none twice; the slider stays where it is."""
    now = wanted()
    items = tuple(dict.fromkeys((*now.items, *new)))
    want(items, now.second, "", st.session_state.get("mix_now", now.mix) if now.items else START_MIX)


def take_away(sought: Sought) -> None:
    """Without this picture; the second one takes the place of the last of the first."""
    now = wanted()
    items = tuple(i for i in now.items if i != sought)
    if not items and now.second is not None:
        want((now.second,))
    else:
        want(items, now.second, now.words, st.session_state.get("mix_now", now.mix))


def read_link(lib: Library) -> None:
    """What the address asks for, once, on arrival; afterwards the session leads and the address follows."""
    address = st.query_params
    if "find_items" in st.session_state:
        return
    items = tuple(i for i in address.get_all("query") if _is_known(lib, i))
    second = address.get("painted_like")
    want(
        items,
        second if second and items and _is_known(lib, second) else None,
        address.get("words", "") if not items else "",
        _share(address.get("mix")),
    )
    for name in ("must", "must_not"):
        if address.get(name):
            st.session_state[name] = address[name]


def write_link(now: Wanted, mix: float, must: str, must_not: str) -> None:
    """The address of what is seen. Uploads are not in it: they are on this machine only."""
    address = st.query_params
    said = {
        "query": [i for i in now.items if isinstance(i, str)],
        "painted_like": [now.second] if isinstance(now.second, str) else [],
        "words": [now.words] if now.words else [],
        "mix": [f"{mix:.2f}"] if now.items else [],
        "must": [must.strip()] if must.strip() else [],
        "must_not": [must_not.strip()] if must_not.strip() else [],
    }
    for name, values in said.items():
        if values != address.get_all(name):
            if values:
                address[name] = values
            else:
                address.pop(name, None)


def _share(text: str | None) -> float:
    try:
        return min(1.0, max(0.0, float(text or START_MIX)))
    except ValueError:
        return START_MIX


def _is_known(lib: Library, item_id: str) -> bool:
    try:
        tile(lib, item_id)
    except LibraryError:
        return False
    return True
