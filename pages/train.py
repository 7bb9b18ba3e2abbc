"""Train: what is active, training anew, what runs now, and the runs compared."""

from __future__ import annotations

import streamlit as st

from umair.errors import UmairError
from umair.library.runs import RunFolder, open_run
from umair.service import train
from umair.service.forms import FORMS
from umair.service.train import SHIPPED, Card
from umair.ui import curves, running, runs_view, states, train_form
from umair.ui.opened import opened
from umair.ui.plain import plain
from umair.ui.theme import MARKDOWN_COLOR

TONE = {"image": "content", "style": "style", "text": "words", "ranker": "other"}

state = st.session_state
lib = opened()


def say() -> None:
    """What came of the last thing that was done here."""
    if state.get("train_trouble"):
        st.error(plain(state.pop("train_trouble")), icon=":material/error:")
    if state.get("train_said"):
        st.success(plain(state.pop("train_said")), icon=":material/check_circle:")


def card(about: Card) -> None:
    st.subheader(about.title, anchor=False)
    st.caption(plain(about.about))
    if about.figure:
        st.markdown(f"##### :{MARKDOWN_COLOR[TONE[about.kind]]}[{plain(about.figure[:1].upper() + about.figure[1:])}]")
    elif about.active:
        st.markdown("It has noted no figure of its own.")
    else:
        st.markdown("Nothing is trained yet.")
    active = "ours, shipped" if about.active == SHIPPED else plain(about.active) or "none"
    st.caption(f"In use: {active}" + (f" · {plain(about.trained_on)}" if about.trained_on else ""))
    with st.container(horizontal=True, gap="small"):
        if st.button(
            "Train anew",
            key=f"anew_{about.kind}",
            icon=":material/model_training:",
            disabled=about.running is not None,
        ):
            train_form.ask(lib, about.kind)
        if about.active not in ("", SHIPPED):
            st.button(
                "Back to ours",
                key=f"shipped_{about.kind}",
                type="tertiary",
                on_click=lambda: back_to_shipped(about.kind),
            )


def back_to_shipped(kind: str) -> None:
    try:
        state["train_said"] = train.use(lib, f"{SHIPPED}-{kind}")
    except UmairError as error:
        state["train_trouble"] = str(error)


def living_curves(run: RunFolder) -> None:
    curves.draw([train.run(lib, run.id)], key=f"live_{run.id}", height=220)


def page() -> None:
    say()
    for about, column in zip(train.cards(lib), st.columns(len(FORMS), gap="medium"), strict=True):
        with column, st.container(border=True, key=f"card_{about.kind}", height="stretch"):
            card(about)
    for row in train.runs(lib):
        if row.kind in FORMS and row.state in running.ACTIVE:
            with st.container(border=True, key=f"running_{row.id}"):
                running.watch(open_run(lib.path, row.id), key=row.id, below=living_curves)
    st.space("small")
    runs_view.draw(lib)


if lib.illustrations().height:
    page()
else:
    states.empty_library("The encoders and the recommender would be trained here, on your pictures and bookmarks.")
