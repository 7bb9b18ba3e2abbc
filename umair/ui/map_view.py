"""The linked maps of Maps: colours by a field, and the neighbours of the chosen picture in both spaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from umair.library.store import Library
from umair.service.browse import tile
from umair.service.maps import MapAnswer, Overlap, color_fields, layout, neighbour_overlap
from umair.ui import components, detail
from umair.ui.components import Event, Pane
from umair.ui.plain import counted, percent, plain
from umair.ui.tiles import Card, Json, Section

PICTURES, POINTS = ":material/photo: pictures", ":material/scatter_plot: points"
PICTURES_AT_MOST = 5_000  # more are drawn as points at first: the browser would load them all
NAMED_AT_MOST = 12  # values of a field that get a colour of their own; the rest share one
REST = "#8d8a93"
WHEEL = (
    "#d2427f",
    "#2a8ea3",
    "#c98a2b",
    "#7a64c9",
    "#5a9e57",
    "#d9744a",
    "#4a7fd1",
    "#a0529e",
    "#8a8f2e",
    "#3fae94",
    "#b85c5c",
    "#7d8595",
)


def bar(lib: Library) -> tuple[bool, str | None]:
    """The choices over the maps: whether to show pictures, and the field that gives the colours."""
    fields = list(color_fields(lib))
    many = len(layout(lib).tiles) > PICTURES_AT_MOST
    show = st.segmented_control(
        "Show",
        [PICTURES, POINTS],
        default=POINTS if many else PICTURES,
        key="map_show",
        label_visibility="collapsed",
        width="content",
    )
    by = None
    if fields:
        by = st.selectbox(
            "Colour by",
            fields,
            format_func=lambda field: f"colour by {field}",
            key="map_by",
            label_visibility="collapsed",
            width=170,
        )
    if chosen() is not None:
        st.button("Clear", icon=":material/close:", on_click=lambda: st.session_state.update(map_pick=None))
    return show != POINTS, by


def chosen() -> str | None:
    return st.session_state.get("map_pick")


def draw(lib: Library, pictures: bool, by: str | None) -> None:
    """Both maps, and below them the neighbours of the chosen picture."""
    answer, pick = layout(lib), chosen()
    values = color_fields(lib)[by] if by else ("",) * len(answer.tiles)
    near = neighbour_overlap(lib, pick) if pick is not None else None
    color = colors(values, ramp=by == "date")
    legend = list(color.items()) if by != "date" and len(color) <= NAMED_AT_MOST + 1 else []

    def act(event: Event) -> None:
        if event.do == "pick":
            st.session_state["map_pick"] = event.id
        else:
            detail.handle(event)

    style_near = tuple(h.tile.item_id for h in near.style) if near else ()
    content_near = tuple(h.tile.item_id for h in near.content) if near else ()
    components.maps(
        [
            Pane("Painting style", "style", answer.style_xy.round(4).tolist(), style_near),
            Pane("Content", "content", answer.content_xy.round(4).tolist(), content_near),
        ],
        points(answer, values, color),
        key="maps",
        on_act=act,
        pictures=pictures,
        selected=pick,
        legend=[(name, shade) for name, shade in legend if name],
    )
    if near is None or pick is None:
        st.caption("The same picture lights up in both maps. Click one to see its neighbours in each.")
    else:
        neighbours(lib, pick, near)


def points(answer: MapAnswer, values: Sequence[str], color: dict[str, str]) -> list[Json]:
    return [
        {
            "id": t.item_id,
            "key": t.key,
            "w": t.w,
            "h": t.h,
            "color": color.get(value, REST),
            "group": value if value in color else "other",
            "title": t.title or t.artist,
            "sub": " · ".join(filter(None, (t.artist, value))),
        }
        for t, value in zip(answer.tiles, values, strict=True)
    ]


def colors(values: Sequence[str], *, ramp: bool) -> dict[str, str]:
    """A colour for each value: from plum to teal in order of a date, else one of twelve for the commonest."""
    found = Counter(v for v in values if v and v not in ("NaT", "other"))
    if ramp:
        ordered = sorted(found)
        return {v: f"hsl({330 - 140 * n / max(1, len(ordered) - 1):.0f} 55% 52%)" for n, v in enumerate(ordered)}
    common = sorted(v for v, _ in found.most_common(NAMED_AT_MOST))
    named = dict(zip(common, WHEEL, strict=False))
    return named | ({"other": REST} if len(found) > len(named) or "other" in values else {})


def neighbours(lib: Library, pick: str, near: Overlap) -> None:
    picture = tile(lib, pick)
    shared = set(near.shared)
    what = picture.title or ", ".join(picture.labels[:2]) or picture.item_id
    by = f" by {picture.artist}" if picture.artist else ""
    both = f"{counted(len(shared), 'neighbour')} of {len(near.style)} shared" if shared else "no neighbour is shared"
    st.subheader(plain(f"{what}{by}: {both}"), anchor=False)
    one, two, three = st.columns([0.55, 2, 2], gap="medium")
    with one:
        strip("Chosen", "", (Card(picture),), "chosen")
    with two:
        hits = tuple(
            Card(h.tile, badge=percent(h.same_hand), tone="content" if h.tile.item_id in shared else "")
            for h in near.style
        )
        strip("Nearest in style", "style", hits, "near_style")
    with three:
        hits = tuple(
            Card(h.tile, badge=percent(h.content), tone="style" if h.tile.item_id in shared else "")
            for h in near.content
        )
        strip("Nearest in content", "content", hits, "near_content")


def strip(title: str, tone: str, cards: tuple[Card, ...], key: str) -> None:
    ids = [card.tile.item_id for card in cards]
    note = {"near_style": "chance of the same hand", "near_content": "likeness of content"}.get(key, "")
    components.gallery(
        [Section(cards, title=title, tone=tone, note=note)],
        key=key,
        on_act=lambda event: detail.handle(event, ids),
        row=150,
        label=title,
        selected=detail.shown(),
        ratio=0.8 if len(cards) == 1 else None,
    )
