"""People: what one person follows, how it moved, and what to recommend."""

from __future__ import annotations

import random
from functools import partial

import streamlit as st

from umair.errors import SearchError
from umair.service.people import INTERVAL, Person, PersonRow, people, person, recommend, tellers
from umair.service.you import YOU, likes
from umair.ui import components, detail, person_charts, pick_yourself, states, theme
from umair.ui.opened import opened
from umair.ui.plain import mark, plain
from umair.ui.tiles import NAME_OF, TONE_OF, Card, Section, four, on_screen

SHOWN = 24
DISAGREE = 0.10  # the two estimates are worth a note from this difference on
ENOUGH = 20  # bookmarks from which on shares are drawn
MOVED = 0.004
HELP = {
    "style": "STY: line, brush, palette and grain, as the style encoder sees them",
    "semantic": "SEM: what the picture shows, as the picture encoder sees it",
    "label_text": "TSEM: the meaning of the artist's labels",
    "metadata": "META: artist, size, age, popularity",
}

state, address = st.session_state, st.query_params
lib = opened()


def choose(user_id: str) -> None:
    state.update(person=user_id, person_no=state.get("person_no", 0) + 1)
    pick_yourself.stop()


def chosen(everyone: dict[str, PersonRow]) -> str:
    """The person of the session, of the address on arrival, or the first teller."""
    if "person" not in state:
        asked = address.get("person", "")
        known = asked in everyone or (asked == YOU and likes(lib))
        state["person"] = asked if known else next(iter(tellers(lib).values()), next(iter(everyone), YOU))
    return state["person"]


def bar(everyone: dict[str, PersonRow], now: str) -> str | None:
    """The line of choices; gives the id of the person to compare with."""

    def named(user_id: str) -> str:
        return f"{everyone[user_id].name} · {everyone[user_id].bookmarks:,}"

    ids = list(everyone)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="people_bar"):
        for label, user_id in tellers(lib).items():
            st.button(label, on_click=choose, args=(user_id,), type="primary" if now == user_id else "secondary")
        if ids:
            st.button("random", icon=":material/shuffle:", on_click=lambda: choose(random.choice(ids)))
        key = f"person_{state.get('person_no', 0)}"
        st.selectbox(
            "Person",
            ids,
            index=ids.index(now) if now in everyone else None,
            placeholder="Search a person",
            format_func=named,
            label_visibility="collapsed",
            key=key,
            width=210,
            on_change=lambda: choose(state[key]) if state.get(key) else None,
        )
        st.button(
            "You",
            icon=":material/person_add:",
            type="primary" if now == YOU else "secondary",
            on_click=lambda: choose(YOU) if likes(lib) else pick_yourself.start(),
            help="Pick pictures you like; five to ten make a person.",
        )
        st.space("stretch")
        return st.selectbox(
            "Compare with",
            ids,
            index=None,
            format_func=named,
            key="compare",
            placeholder="compare with",
            label_visibility="collapsed",
            width=190,
        )


def headline(p: Person) -> None:
    sentence = plain(p.sentence)
    for modality in on_screen(p.modalities):
        name = NAME_OF[modality]
        sentence = sentence.replace(name, f":{theme.MARKDOWN_COLOR[TONE_OF[modality]]}[{name}]", 1)
    with st.container(key="headline"):
        st.title(sentence, anchor=False)
        st.markdown(plain(p.details))
    if p.user_id == YOU:
        with st.container(horizontal=True):
            st.button("Pick more", icon=":material/add:", on_click=pick_yourself.start)


def figures(p: Person, other: Person | None) -> None:
    if p.bookmarks < ENOUGH:
        st.info(
            f"Shares are drawn from {ENOUGH} bookmarks on; {p.bookmarks} are too few to tell the parts apart. "
            "What they have in common decides what is recommended below.",
            icon=":material/hourglass_empty:",
        )
        return
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        shown = on_screen(p.modalities)
        parts = "; ".join(f"{NAME_OF[m]}: {HELP[m]}" for m in shown)
        st.subheader(
            "What counts in a bookmark",
            anchor=False,
            help=f"How much each part counts for this person (UMCM weights). {INTERVAL} {parts}",
        )
        person_charts.bars(p, other)
        off = max(abs(p.weights[m] - p.occlusion[m]) for m in shown)
        if off > DISAGREE:
            st.caption(
                f":material/info: The two estimates differ by up to {off:.0%} for this person. Occlusion takes one "
                "part away and looks how much the model's answer suffers."
            )
    with right:
        view = st.segmented_control(
            "View",
            ["Over the year", "Over the bookmarks"],
            default="Over the year",
            key="person_view",
            label_visibility="collapsed",
        )
        if view == "Over the bookmarks":
            person_charts.spread(p)
        elif len(p.months) > 1:
            person_charts.months(p)
        else:
            st.markdown("This needs bookmarks of some months. Like pictures as you browse; the line grows with them.")


def exemplars(p: Person) -> None:
    st.subheader("The bookmarks where each weighed most", anchor=False)
    shown = on_screen(p.modalities)
    for modality, column in zip(shown, st.columns(len(shown), gap="medium"), strict=True):
        best = p.telling[modality]
        ids = [tile.item_id for tile, _ in best]
        section = Section(
            tuple(Card(tile, badge=f"{weight:.0%}") for tile, weight in best),
            title=NAME_OF[modality].capitalize(),
            tone=TONE_OF[modality],
        )
        with column:
            components.gallery(
                [section],
                key=f"telling_{modality}",
                on_act=partial(detail.handle, ids=ids),
                row=220,
                gap=5,
                ratio=0.8,
                label=f"Bookmarks where {NAME_OF[modality]} weighed most",
                selected=detail.shown(),
            )


def recommended(p: Person) -> None:
    """The gallery of what to show next; the bar of shares asks what if the person cared in other proportions."""
    st.subheader("Recommended now", anchor=False, help=f"Ranked by: {p.model}")
    with st.container(key="quiet_what_if"):
        st.markdown("What if this person cared more for one of them? Move the borders.")
    shown = on_screen(p.modalities)
    start = [p.weights[m] for m in shown]
    key = f"what_if_{mark(p.user_id)}_{p.bookmarks}"
    moved = components.shares(start, [NAME_OF[m] for m in shown], [TONE_OF[m] for m in shown], key=key)
    asked = dict(zip(shown, moved, strict=True))
    changed = max(abs(a - b) for a, b in zip(moved, start, strict=True)) > MOVED
    found = recommend(lib, p.user_id, asked if changed else None, SHOWN)
    ids = [r.tile.item_id for r in found]
    cards = tuple(Card(r.tile, badge=f"{r.probability:.0%}", bars=four(r.weights), caption=r.why) for r in found)
    components.gallery(
        [Section(cards, empty="Nothing is left to recommend: everything here is bookmarked already.")],
        key="recommended",
        on_act=lambda event: detail.handle(event, ids),
        row=220,
        label="Recommended pictures",
        selected=detail.shown(),
    )


def page() -> None:
    everyone = {row.user_id: row for row in people(lib)}
    with st.spinner("Reading what people here follow …", show_time=True):  # long only the first time
        now = chosen(everyone)
    if pick_yourself.open_now() or (now == YOU and not likes(lib)):
        pick_yourself.page(lib, done=lambda: choose(YOU))
        return
    compared = bar(everyone, now)
    address["person"] = now
    try:
        with st.spinner("Reading what this person follows …", show_time=True):
            p = person(lib, now)
    except SearchError as error:
        states.trouble(error)
        return
    headline(p)
    figures(p, person(lib, compared) if compared and compared != now else None)
    if p.bookmarks:
        exemplars(p)
    recommended(p)


if lib.illustrations().height:
    page()
else:
    states.empty_library("People would be here: what each of them follows, and what to show them next.")
