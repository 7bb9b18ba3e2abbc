"""Find: drop a picture, see what is painted the same way or shows the same; mix two; or say it in words."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from umair.errors import ImageError
from umair.service.browse import tile
from umair.service.find import FindAnswer, Hit, Upload, find, samples, seen, wishes
from umair.ui import components, detail, query, states, uploads, word_field, words_notice
from umair.ui.components import Event, Slot
from umair.ui.opened import opened
from umair.ui.plain import counted, ordinal, percent, plain
from umair.ui.query import Sought, Wanted
from umair.ui.tiles import Card, Section

SAME_SHOWN, CLOSE_SHOWN = 30, 30
SECOND = "second"
NEW = "new"

state = st.session_state
lib = opened()
total = lib.illustrations().height
pictures = bool(total) and seen(lib)  # without any, labels are all that a search goes by


def slot_act(event: Event) -> None:
    """Something was dropped into, taken from or swapped between the places for pictures."""
    now = query.wanted()
    if event.do == "bad":
        state["refused"] = f"“{event.name}” is not a picture. Expected PNG, JPEG, WebP, GIF or AVIF."
    elif event.do == "swap":
        first = now.items[0]
        if now.second is not None:
            query.want((now.second, *now.items[1:]), first, mix=state.get("mix_now", now.mix))
    elif event.do == "clear" and event.slot == SECOND:
        query.want(now.items, mix=query.START_MIX)
    elif event.do == "clear":
        query.take_away(now.items[int(event.slot.removeprefix("q"))])
    else:
        brought = _brought(event)
        if brought is not None and event.slot == SECOND:
            query.want(now.items, brought, mix=query.EVEN_MIX)
        elif brought is not None:
            query.add((brought,))


def _brought(event: Event) -> Sought | None:
    if event.do == "pick":
        return event.id
    try:
        return uploads.take(event.data, event.name)
    except ImageError as error:
        state["refused"] = str(error)
        return None


def start() -> None:
    """Nothing to look for yet: a wide place to drop a picture, a line for words, six samples."""
    st.title("Find what is painted the same way" if pictures else "Find what is described alike", anchor=False)
    hint = "or paste one, or click to choose. Several make one query. It stays on this machine and is not kept."
    if pictures:
        components.slots([Slot(NEW, label="Drop a picture here", hint=hint)], key="drop_big", on_act=slot_act, big=True)
    else:
        st.markdown("This library has no pictures, so works are compared by the meaning of their labels.")
    word_field.line(
        "",
        key="say",
        label="In words",
        placeholder=f"{'Or say what it shows' if pictures else 'Say what it is about'}, in English, 日本語 or 中文",
        on_text=lambda text: query.want((), words=text),
    )

    def begin(event: Event) -> None:
        if event.do == "open":
            query.want((event.id,))
        else:
            detail.handle(event)

    six = Section(
        tuple(Card(t) for t in samples(lib)),
        title="Or start from one of these",
        note="six hands, as unlike as can be" if pictures else "bookmarked most",
    )
    components.gallery([six], key="samples", on_act=begin, ratio=0.8, label="Sample pictures", peek=False)


def places(now: Wanted) -> list[Slot]:
    """The pictures of the query, the place for one more, and the place for the second picture of a mix."""
    several = len(now.items) > 1
    shown = [
        Slot(
            f"q{n}",
            label="Shows this" if now.second is not None and n == 0 else "",
            tone="content",
            picture=_key(item),
            alt=_alt(item),
            tall=150 if several else 240,
            half=several,
        )
        for n, item in enumerate(now.items)
    ]
    if len(now.items) < query.AT_MOST and now.second is None:
        shown.append(Slot(NEW, label="Add a picture", hint="" if several else "alike both", half=True))
    if now.second is not None:
        second = Slot(
            SECOND,
            label="Painted like this",
            tone="style",
            picture=_key(now.second),
            alt=_alt(now.second),
            tall=240,
        )
    else:
        second = Slot(SECOND, label="Mix", hint="painted like another", half=True)
    return [*shown, second]


def controls(now: Wanted) -> tuple[float, str, str]:
    """The left column: query, slider, words. Gives the mix and the words to add and to forbid."""
    value = 0.5
    if now.items and not pictures:
        names = ", ".join(tile(lib, i).title or i for i in now.items if isinstance(i, str))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(f"Like {plain(names)}", anchor=False, width="stretch")
            st.button("", icon=":material/close:", help="Another search", on_click=lambda: query.want(()))
    elif now.items:
        components.slots(places(now), key="drop_side", on_act=slot_act, swap=now.second is not None)
        value = components.mix(now.mix, key=f"mix_{now.number}", left="Painting style", right="Content")
        state["mix_now"] = value
        steer()
    else:
        word_field.line(
            now.words,
            key="say_again",
            label="In words",
            placeholder="Say what it shows",
            on_text=lambda text: query.want((), words=text),
        )
    with st.container(horizontal=True, gap="small", key="find_words_line"):
        must = st.text_input("Must have", key="must", placeholder="must have: words")
        must_not = st.text_input("Must not have", key="must_not", placeholder="must not: words")
    if now.items and pictures:
        st.button(
            "More of this hand, not this subject",
            on_click=other_subject,
            icon=":material/brush:",
            width="stretch",
            help="Slider to painting style, and what the picture shows is forbidden.",
        )
    return value, must, must_not


def steer() -> None:
    """Ways to move the style that is sought; the choice is in the address."""
    offered = wishes(lib)
    if offered:
        with st.popover("Steer the style", icon=":material/tune:", width="stretch"):
            st.pills("Like this, but", offered, selection_mode="multi", key="steer", bind="query-params")


def other_subject() -> None:
    """The same hand with other subjects: style alone, the query's first labels forbidden."""
    now = query.wanted()
    labels = [label for item in now.items[:1] if isinstance(item, str) for label in tile(lib, item).labels[:2]]
    state.update(must_not=", ".join(labels), must="")
    query.want(now.items, now.second, mix=0.0)


def instead(word: str, name: str) -> None:
    """A label of this library in the place of a word that is none."""
    query.want((), words=query.wanted().words.replace(word, f", {name}, ").strip(" ,"))


def results(answer: FindAnswer, now: Wanted, ways: tuple[str, ...]) -> None:
    """Two groups for pictures, one for words or for a style that is steered away from its hand."""
    if not now.items:
        words_notice.draw(lib)
        word_field.unknown(lib, [now.words], instead)
        sections = [
            Section(
                tuple(Card(hit.tile) for hit in answer.hits),
                title="By words",
                tone="words",
                note="each word is met, in any language",
                empty=word_field.alone(lib, answer.terms),
            )
        ]
    elif not pictures:
        sections = [
            Section(
                tuple(Card(hit.tile, caption=_both(hit)) for hit in answer.hits),
                title="Described alike",
                tone="words",
                note="by the meaning of the labels, nearest first",
                empty="Nothing here is described alike.",
            )
        ]
    elif ways:
        sections = [
            Section(
                tuple(_card(hit, "style") for hit in answer.hits),
                title=f"Like this, but {', '.join(ways)}",
                tone="style",
                note="nearest first; the chance is still that of the hand you began with",
            )
        ]
    else:
        same = [hit for hit in answer.hits if hit.same_hand >= answer.threshold][:SAME_SHOWN]
        rest = [hit for hit in answer.hits if hit.same_hand < answer.threshold][:CLOSE_SHOWN]
        sections = [
            Section(
                tuple(_card(hit, "style") for hit in same),
                title="Same hand",
                tone="style",
                note=f"{counted(len(same), 'picture')}, chance over {answer.threshold:.0%}",
                empty="Nothing here passes the threshold: no picture in this library is likely to be by the same hand.",
            ),
            Section(
                tuple(_card(hit, "other") for hit in rest),
                title="Close, but probably another hand",
                tone="other",
                note="best first" if rest else "none",
            ),
        ]
    ids = [card.tile.item_id for section in sections for card in section.cards]
    components.gallery(
        sections,
        key="hits",
        on_act=lambda event: detail.handle(event, ids),
        row=210,
        label="Results",
        selected=detail.shown(),
    )


def _card(hit: Hit, tone: str) -> Card:
    shared = f" · {_both(hit)}" if hit.shared else ""
    why = f"{percent(hit.same_hand)} same hand · content {ordinal(hit.content_rank)} of {total:,}{shared}"
    return Card(hit.tile, badge=percent(hit.same_hand), tone=tone, caption=why)


def _both(hit: Hit) -> str:
    return f"both {', '.join(hit.shared[:3])}" if hit.shared else ""


def _key(item: Sought) -> str:
    return item.key if isinstance(item, Upload) else tile(lib, item).key


def _alt(item: Sought) -> str:
    return f"Your picture. {item.style_words}" if isinstance(item, Upload) else tile(lib, item).alt


def page() -> None:
    query.read_link(lib)
    if state.get("refused"):
        st.error(plain(state.pop("refused")), icon=":material/broken_image:")
    now = query.wanted()
    if now.empty:
        query.write_link(now, 0.0, "", "")
        start()
        return
    left, right = st.columns([1, 3.3], gap="large")
    with left, st.container(key="sticky_query", gap="medium"):
        value, must, must_not = controls(now)
    query.write_link(now, value, must, must_not)
    with right:
        ways = tuple(w for w in state.get("steer") or () if now.items)
        results(find(lib, replace(now.question(value, must, must_not), steer=ways)), now, ways)


if total:
    page()
else:
    states.empty_library("Drop a picture and see what is painted the same way, as soon as there are some to compare.")
