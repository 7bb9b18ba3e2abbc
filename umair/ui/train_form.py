"""Train anew: a drawer with the choices of one kind of training, an estimate of the time, and Start."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from umair.errors import UmairError
from umair.library.store import Library
from umair.service import train
from umair.service.form_fields import Field
from umair.ui import states
from umair.ui.plain import lasting, plain

SHORT_LIST = 4  # choices up to so many are buttons, more are a list
OPEN = "as the instance has it"
CHOSEN_NAMES = {"label_text": "words", "semantic": "content", "style": "painting style", "metadata": "other fields"}
LISTED_NAMES = {
    "umair": "UMAIR-FPS, as measured best",
    "paper": "UMAIR-FPS, as printed",
    "dcn": "DCN",
    "xdeepfm": "xDeepFM",
    "fibinet": "FiBiNET",
    "difm": "DIFM",
    "dcn_v2": "DCN-V2",
    "final_mlp": "FinalMLP",
}


def ask(lib: Library, kind: str) -> None:
    """Open the drawer for a kind of training."""
    form = train.choices(kind)

    @st.dialog(f"Train anew: {form.title}", position="right", width=480, icon=":material/model_training:")
    def drawer() -> None:
        st.markdown(plain(form.about))
        values: dict[str, object] = {f.name: _widget(kind, f) for f in form.fields if not f.advanced}
        more = [f for f in form.fields if f.advanced]
        if more:
            with st.expander("More choices"):
                for part, fields in groupby(more, key=lambda f: f.part):
                    if part:
                        st.caption(part)
                    values |= {f.name: _widget(kind, f) for f in fields}
        _estimate(lib, kind, values)
        if st.button("Start", type="primary", icon=":material/play_arrow:", width="stretch"):
            try:
                train.start(lib, kind, values)
            except UmairError as error:
                states.trouble(error)
            else:
                st.rerun()

    drawer()


def _estimate(lib: Library, kind: str, values: dict[str, object]) -> None:
    try:
        seconds = train.estimate(lib, kind, values)
    except UmairError as error:
        states.trouble(error)
        return
    told = (
        f"About {lasting(seconds)} on this machine, as the last one took"
        if seconds
        else "How long it takes is known after the first one has finished here"
    )
    st.caption(f":material/schedule: {told}. You can close the browser; the run goes on.")


def _widget(kind: str, field: Field) -> object:
    """The widget that fits a field, and what it holds."""
    key = f"train_{kind}_{field.name}"
    low, high = field.low, field.high
    match field.kind:
        case "choice" if len(field.choices) <= SHORT_LIST:
            names = {c: c.removeprefix("torchvision:") for c in field.choices}
            picked = st.segmented_control(
                field.label,
                field.choices,
                default=field.default,
                key=key,
                help=field.help,
                format_func=lambda c: names[c],
            )
            return picked or field.default
        case "choice":
            return st.selectbox(
                field.label, field.choices, key=key, help=field.help, format_func=lambda c: LISTED_NAMES.get(c, c)
            )
        case "several":
            return st.pills(
                field.label,
                field.choices,
                default=field.default,
                selection_mode="multi",
                key=key,
                help=field.help,
                format_func=lambda c: CHOSEN_NAMES.get(c, c),
            )
        case "flag":
            return st.toggle(field.label, value=bool(field.default), key=key, help=field.help)
        case "whole":
            return st.number_input(
                field.label,
                int(low) if low is not None else None,
                int(high) if high is not None else None,
                None if field.default is None else int(str(field.default)),
                step=1,
                key=key,
                help=field.help,
                placeholder=OPEN,
            )
        case "number":
            return st.number_input(
                field.label,
                low,
                high,
                None if field.default is None else float(str(field.default)),
                format="%g",
                key=key,
                help=field.help,
                placeholder=OPEN,
            )
        case "files":
            return st.text_input(field.label, "", key=key, help=field.help, placeholder="paths, divided by commas")
    return st.text_input(field.label, str(field.default), key=key, help=field.help)
