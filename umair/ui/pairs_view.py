"""Fig. 5 on the screen: all pairs in two distances, the pairs that tell the spaces apart, and a pair of one's own."""

from __future__ import annotations

import hashlib

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from umair.errors import ImageError, LibraryError
from umair.library.store import KEY_LENGTH, Library
from umair.service.browse import BrowseQuery, browse, tile
from umair.service.maps import Pair, PairsAnswer, pair, pairs, printed_figure
from umair.ui import charts, components, detail
from umair.ui.components import Event, Slot
from umair.ui.plain import plain
from umair.ui.theme import rgba, tokens
from umair.ui.tiles import Section, cards
from umair.ui.uploads import from_data_url

BINS = 56
FAR_STYLE = "same content, other hand"
FAR_CONTENT = "same hand, other content"


def draw(lib: Library) -> None:
    answer = pairs(lib)
    left, right = st.columns([1, 1.5], gap="large")
    with left:
        st.subheader(
            "All pairs of pictures",
            anchor=False,
            help="Fig. 5 of the paper: the distance of every pair in the two spaces (1 − cosine)",
        )
        own = own_pair(lib)
        cloud(answer, own)
        if own is not None:
            st.markdown(
                f"Your pair is farther apart than :violet[**{own.style_percentile:.0f}%**] of all pairs in style, "
                f"and than :blue[**{own.content_percentile:.0f}%**] in content."
            )
        choose_pair(lib)
        st.download_button(
            "Fig. 5 for print",
            data=lambda: printed_figure(lib),
            file_name="figure-5.pdf",
            mime="application/pdf",
            icon=":material/print:",
            help="One page: these pairs with their distances, and how like and unlike pairs lie in both spaces",
        )
    with right:
        found(FAR_STYLE, "content", answer.near_content_far_style)
        found(FAR_CONTENT, "style", answer.near_style_far_content)


def cloud(answer: PairsAnswer, own: Pair | None) -> None:
    """How many pairs lie at each pair of distances, with the telling ones and one's own on top."""
    t, figure = tokens(), go.Figure()
    counts, across, up = np.histogram2d(answer.sample_style, answer.sample_content, bins=BINS)
    figure.add_heatmap(
        z=np.where(counts > 0, np.log1p(counts), np.nan).T,
        x=(across[1:] + across[:-1]) / 2,
        y=(up[1:] + up[:-1]) / 2,
        showscale=False,
        hoverinfo="skip",
        colorscale=[[0, rgba(t.soft, 0.14)], [1, rgba(t.soft, 0.8)]],
    )
    for group, color, name in (
        (answer.near_content_far_style, t.content, FAR_STYLE),
        (answer.near_style_far_content, t.style, FAR_CONTENT),
    ):
        figure.add_scatter(
            x=[p.style_distance for p in group],
            y=[p.content_distance for p in group],
            mode="markers+text",
            text=[str(n + 1) for n in range(len(group))],
            textfont={"color": t.paper, "size": 11},
            marker={"size": 21, "color": color, "line": {"width": 2, "color": t.paper}},
            name=name,
            hovertemplate="style %{x:.2f} · content %{y:.2f}<extra>" + name + "</extra>",
        )
    if own is not None:
        figure.add_scatter(
            x=[own.style_distance],
            y=[own.content_distance],
            mode="markers",
            marker={"symbol": "star", "size": 22, "color": t.words, "line": {"width": 2, "color": t.paper}},
            name="your pair",
            hovertemplate="style %{x:.2f} · content %{y:.2f}<extra>your pair</extra>",
        )
    figure.update_layout(
        legend={"y": -0.2},
        xaxis={"title": {"text": "distance in style"}},
        yaxis={"title": {"text": "distance in content"}},
    )
    charts.show(figure, height=430, key="pairs_cloud")


def own_pair(lib: Library) -> Pair | None:
    a, b = (st.session_state.get(f"pair_{side}") for side in "ab")
    return pair(lib, a, b) if a and b and a != b else None


def choose_pair(lib: Library) -> None:
    """Two places to drag or drop pictures of this library into, with a list for those who cannot drag."""
    st.subheader("Your own pair", anchor=False)
    if st.session_state.get("pair_refused"):
        st.error(plain(st.session_state.pop("pair_refused")), icon=":material/broken_image:")
    places = []
    for side, name in (("a", "First picture"), ("b", "Second picture")):
        item_id = st.session_state.get(f"pair_{side}")
        lying = tile(lib, item_id) if item_id else None
        places.append(
            Slot(
                side,
                label="" if lying else name,
                hint="" if lying else "drag one here, or choose below",
                picture=lying.key if lying else "",
                alt=lying.alt if lying else "",
                tall=180,
                half=True,
            )
        )
    components.slots(places, key="own_pair", on_act=lambda event: _slot_act(lib, event))
    every = {t.item_id: t.alt for t in browse(lib, BrowseQuery()).tiles}
    for side, column in zip("ab", st.columns(2, gap="small"), strict=True):
        column.selectbox(
            "First" if side == "a" else "Second",
            list(every),
            index=None,
            format_func=lambda i: every.get(i, i),
            key=f"pair_{side}",
            placeholder="choose",
            label_visibility="collapsed",
        )


def _slot_act(lib: Library, event: Event) -> None:
    state, place = st.session_state, f"pair_{event.slot}"
    if event.do == "pick":
        state[place] = event.id
    elif event.do == "clear":
        state[place] = None
    elif event.do == "file":
        try:
            content = from_data_url(event.data, event.name)
            state[place] = lib.by_sha(hashlib.sha256(content).hexdigest()[:KEY_LENGTH])
        except ImageError as error:
            state["pair_refused"] = str(error)
        except LibraryError:
            state["pair_refused"] = (
                f"“{event.name}” is not in this library. Import it first, or drag a picture from here."
            )
    elif event.do == "bad":
        state["pair_refused"] = f"“{event.name}” is not a picture. Expected PNG, JPEG, WebP or GIF."


def found(title: str, tone: str, group: tuple[Pair, ...]) -> None:
    """The pairs of one corner, two in a row, each with its percentiles."""
    st.subheader(title.capitalize(), anchor=False)
    with st.container(key=f"pairs_{tone}"):
        for start in range(0, len(group), 2):
            for n, column in zip((start, start + 1), st.columns(2, gap="medium"), strict=True):
                if n < len(group):
                    with column:
                        _pair(n, tone, title, group[n])


def _pair(n: int, tone: str, title: str, p: Pair) -> None:
    ids = [p.a.item_id, p.b.item_id]
    note = f"farther than {p.style_percentile:.0f}% in style, {p.content_percentile:.0f}% in content"
    components.gallery(
        [Section(cards((p.a, p.b)), title=f"Pair {n + 1}", tone=tone, note=note)],
        key=f"pair_{tone}_{n}",
        on_act=lambda event: detail.handle(event, ids),
        row=400,
        ratio=0.86,
        label=title,
        selected=detail.shown(),
    )
