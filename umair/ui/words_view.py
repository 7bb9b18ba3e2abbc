"""Library, words: which text model reads words and labels, choosing another, and encoding with it."""

from __future__ import annotations

import streamlit as st

from umair.errors import UmairError
from umair.library.store import Library
from umair.service import text_model
from umair.service.text_model import TextModel
from umair.ui import encoding, states
from umair.ui.plain import mark, plain, with_code

KINDS = {
    "shipped": "the one that comes with the app",
    "run": "trained here",
    "folder": "a folder on this machine",
    "hub": "from a hub",
}
OURS, TRAINED, FOLDER, HUB = "Ours", "Trained here", "A folder", "From a hub"
SAID = "words_said"


def draw(lib: Library) -> None:
    said = st.session_state.pop(SAID, None)
    if said:
        st.success(plain(said), icon=":material/check_circle:")
    busy = encoding.draw(lib)
    try:
        model = text_model.about(lib)
    except UmairError as error:
        states.trouble(error)
        return
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True, key="text_model", height="stretch"):
        card(lib, model, busy)
    with right, st.container(border=True, key="text_model_choice", height="stretch"):
        choice(lib, model, busy)


def card(lib: Library, model: TextModel, busy: bool) -> None:
    st.subheader("The model that reads words", anchor=False)
    st.caption("Search, labels of one meaning in three languages and recommendations understand words by it.")
    name = "Ours" if model.kind == "shipped" else plain(model.name)
    st.markdown(f"##### {name}\n:gray[{KINDS[model.kind]}]")
    if model.trouble:
        st.warning(f"{with_code(model.trouble)}\n\n{plain(text_model.MEANWHILE)}", icon=":material/error:")
    facts = {
        "Numbers a word": f"{model.dimension:,}",
        "Fingerprint": f"`{model.fingerprint[:12]}`",
        "Labels encoded": f"{model.encoded:,} of {model.illustrations:,}",
        "Last time (UTC)": f"{model.made_at:%Y-%m-%d %H:%M}" if model.made_at else "never",
    }
    for fact, value in facts.items():
        with st.container(horizontal=True, gap="small", key=f"fact_{mark(fact)}"):
            st.markdown(f":gray[{fact}]", width=140)
            st.markdown(value, width="stretch")
    _standing(model)
    st.button(
        "Encode again",
        key="encode_words",
        icon=":material/bolt:",
        type="primary" if not model.current and not model.trouble else "secondary",
        disabled=busy or not model.illustrations or (bool(model.trouble) and model.kind != "hub"),
        help="With the chosen model, in a process of its own; what is encoded by it already is not done again.",
        on_click=lambda: encoding.start(lib),
    )


def choice(lib: Library, model: TextModel, busy: bool) -> None:
    st.subheader("Choose another", anchor=False)
    trained = text_model.runs(lib)
    kinds = [OURS, *([TRAINED] if trained else []), FOLDER, HUB]
    kind = st.radio("Which", kinds, key="text_model_kind", label_visibility="collapsed", horizontal=True)
    name = ""
    match kind:
        case "Ours":
            st.caption("Small and quick; knows names in English, Japanese and Chinese. Needs no network.")
            name = text_model.SHIPPED
        case "Trained here":
            name = st.selectbox("Run", trained, key="text_model_run")
        case "A folder":
            name = st.text_input(
                "Folder",
                key="text_model_folder",
                placeholder="~/models/text-model",
                help="What SentenceTransformer(…).save(FOLDER) writes.",
            )
        case _:
            name = st.text_input("Name on a hub", key="text_model_hub", placeholder="sentence-transformers/LaBSE")
            st.caption("Fetched once, now; afterwards it needs no network.")
    same = model.name == name and not model.trouble
    if st.button(
        "Use this model",
        key="use_text_model",
        icon=":material/check:",
        disabled=busy or not (name or "").strip() or same,
    ):
        use(lib, name)


def use(lib: Library, name: str) -> None:
    with st.spinner("Opening the model …", show_time=True):
        try:
            told = text_model.choose(lib, name)
        except UmairError as error:
            st.error(with_code(str(error)), icon=":material/error:")
            return
    st.session_state[SAID] = told
    st.rerun()


def _standing(model: TextModel) -> None:
    if not model.illustrations:
        st.markdown(":gray[:material/inbox: The library is empty.]")
    elif model.made_at is None:
        st.markdown(":gray[:material/pending: Labels are not encoded yet.]")
    elif model.current and not model.trouble:
        st.markdown(":green[:material/check_circle:] The vectors of all labels are this model's.")
    elif not model.trouble:
        st.markdown(
            ":orange[:material/error:] The labels were encoded by another model. Search by words takes this one "
            "already; likeness of labels and recommendations follow when the pictures are encoded again."
        )
