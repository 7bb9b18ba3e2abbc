"""Train anew: a drawer with the choices of one kind of training, an estimate of the time, and Start."""

from __future__ import annotations

import streamlit as st

from umair.errors import UmairError
from umair.library.store import Library
from umair.service import train
from umair.service.forms import Field
from umair.ui import states
from umair.ui.plain import lasting, plain

SHORT_LIST = 4  # choices up to so many are buttons, more are a list
CHOSEN_NAMES = {"label_text": "words", "semantic": "content", "style": "painting style", "metadata": "other fields"}


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
                values |= {f.name: _widget(kind, f) for f in more}
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
            return st.selectbox(field.label, field.choices, key=key, help=field.help)
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
                int(str(field.default)),
                step=1,
                key=key,
                help=field.help,
            )
        case "number":
            return st.number_input(
                field.label, low, high, float(str(field.default)), format="%.2e", key=key, help=field.help
            )
        case "files":
            return st.text_input(field.label, "", key=key, help=field.help, placeholder="paths, divided by commas")
    return st.text_input(field.label, str(field.default), key=key, help=field.help)
