"""The front end's own components, made with st.components.v2 (no iframe, no node build).

Each is a pair of files in web/; what goes in and what comes out is said at each function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from umair.ui.tiles import Json, Section

WEB = Path(__file__).parent / "web"


@dataclass(frozen=True)
class Event:
    """What a person did in a component. `do`: open, pick, like, same_style, same_content, find, on_map, search,
    close, more; for a suggested label (value) accept, refuse, undo; in slots also file, clear, swap, bad; in a field
    words. The rest is what the deed needs."""

    do: str
    id: str = ""
    on: bool = False
    value: str = ""
    slot: str = ""
    name: str = ""
    data: str = ""


Handler = Callable[[Event], None]


def read_event(sent: object) -> Event | None:
    """An event from what the browser sent; None for anything that is not one."""
    if not isinstance(sent, Mapping) or not isinstance(sent.get("do"), str):
        return None

    def text(name: str) -> str:
        value = sent.get(name)
        return value if isinstance(value, str) else ""

    on = sent.get("on") is True or sent.get("value") is True
    return Event(sent["do"], text("id"), on, text("value"), text("slot"), text("name"), text("data"))


def _read(name: str) -> str:
    return (WEB / name).read_text(encoding="utf-8")


def _make(name: str) -> Callable:
    css = _read("common.css") + _read(f"{name}.css")
    return st.components.v2.component(f"umair_{name}", css=css, js=_read("common.js") + _read(f"{name}.js"))


_gallery, _detail, _slots, _mix, _shares, _maps = map(_make, ("gallery", "detail", "slots", "mix", "shares", "maps"))
_review, _words = map(_make, ("review", "words"))


def _on_act(key: str, handler: Handler) -> Callable[[], None]:
    """A callback that hands the trigger's value to `handler`, and is silent when there is none."""

    def run() -> None:
        event = read_event(getattr(st.session_state.get(key), "act", None))
        if event is not None:
            handler(event)

    return run


def gallery(
    sections: Sequence[Section],
    *,
    key: str,
    on_act: Handler,
    row: int = 220,
    gap: int = 6,
    label: str = "Pictures",
    more: bool = False,
    total: int | None = None,
    selected: str | None = None,
    ratio: float | None = None,
    peek: bool = True,
) -> None:
    """Justified gallery; with `ratio` every section is one row of equal tiles.

    row: wished height in pixels. more: further tiles may be asked for (event "more"). peek: a click opens the
    detail, so the large picture is shown at once. Events: open, like, same_style, same_content, on_map, more, close.
    """
    data = {
        "sections": [s.data() for s in sections],
        "row": row,
        "gap": gap,
        "label": label,
        "more": more,
        "total": total,
        "selected": selected,
        "ratio": ratio,
        "single": ratio is not None,
        "peek": peek,
    }
    _gallery(key=key, data=data, on_act_change=_on_act(key, on_act))


def detail_view(data: Json, *, key: str, on_act: Handler) -> None:
    """One picture, large, with what is known of it.

    Events: pick, like, find, on_map, search, accept, refuse, undo, and the keys'.
    """
    _detail(key=key, data=data, on_act_change=_on_act(key, on_act))


def review(rows: Sequence[Json], decided: Json | None, *, key: str, on_act: Handler) -> None:
    """Pictures with labels that are suggested for them: {picture, title, labels, suggested: [{label, chance}]}.

    decided: what was decided last {id, label, text}, or None. Events: open, accept, refuse, undo.
    """
    _review(key=key, data={"rows": list(rows), "decided": decided}, on_act_change=_on_act(key, on_act))


def words(data: Json, *, key: str, on_act: Handler) -> None:
    """A field for words with suggestions as they are typed (from /api/labels), in chips or, with `single`, one line.

    data: label, placeholder, language; chips [{value, text, title}] or single and text. Event: words, its value a JSON
    list of all that the field holds.
    """
    _words(key=key, data=data, on_act_change=_on_act(key, on_act))


@dataclass(frozen=True)
class Slot:
    """A place for a picture. picture: key of what lies in it, "" while it is empty; half: two of them in one line."""

    key: str
    label: str = ""
    hint: str = ""
    tone: str = ""
    picture: str = ""
    alt: str = ""
    tall: int = 340
    half: bool = False

    def data(self) -> Json:
        return {name: value for name, value in vars(self).items() if value}


def slots(places: Sequence[Slot], *, key: str, on_act: Handler, big: bool = False, swap: bool = False) -> None:
    """Places for pictures: drop, paste, choose a file, or drag a tile in.

    Events: file (slot, name, data = data URL of the file), pick (slot, id of a tile), clear, swap, bad (name).
    """
    data = {"slots": [p.data() for p in places], "big": big, "swap": swap}
    _slots(key=key, data=data, on_act_change=_on_act(key, on_act))


def mix(value: float, *, key: str, left: str, right: str) -> float:
    """Slider between two named ends, 0..1; reports while it is dragged."""
    data = {"value": value, "left": left, "right": right}
    out = _mix(key=key, data=data, default={"value": value}, on_value_change=_nothing)
    return min(1.0, max(0.0, float(out.value))) if isinstance(out.value, int | float) else value


def shares(values: Sequence[float], names: Sequence[str], tones: Sequence[str], *, key: str) -> tuple[float, ...]:
    """One bar with movable borders, each part in its tone; they always sum to one. Reports while it is dragged."""
    start = [round(float(v), 3) for v in values]
    data = {"values": start, "names": list(names), "tones": list(tones)}
    out = _shares(key=key, data=data, default={"values": start}, on_values_change=_nothing)
    sent = out["values"]
    good = isinstance(sent, list) and len(sent) == len(start) and all(isinstance(v, int | float) for v in sent)
    return tuple(float(v) for v in sent) if good else tuple(start)


@dataclass(frozen=True)
class Pane:
    """One of the linked maps. xy: a place in 0..1 for each point; near: ids to lead a line to from the chosen one."""

    title: str
    tone: str
    xy: Sequence[Sequence[float]]
    near: tuple[str, ...] = ()

    def data(self) -> Json:
        return {"title": self.title, "tone": self.tone, "xy": self.xy, "near": self.near}


def maps(
    panes: Sequence[Pane],
    points: Sequence[Json],
    *,
    key: str,
    on_act: Handler,
    pictures: bool,
    selected: str | None,
    legend: Sequence[tuple[str, str]] = (),
) -> None:
    """Linked maps on canvas: one hover, one selection, lit in both.

    points: {id, key, w, h, color, group, title, sub} in the order of every pane's xy; legend: (group, colour).
    Events: pick, open and the keys'.
    """
    data = {
        "panes": [p.data() for p in panes],
        "points": points,
        "pictures": pictures,
        "selected": selected,
        "legend": legend,
    }
    _maps(key=key, data=data, on_act_change=_on_act(key, on_act))


def _nothing() -> None:
    """Streamlit sends a state's change only if there is somebody to hear it."""
