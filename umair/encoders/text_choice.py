"""Which text model a library uses, and opening it: the shipped one, a run's, a folder, or a hub's by its name.

Nothing heavy is imported before a model that needs it is opened.
"""

from __future__ import annotations

import re
from pathlib import Path

from huggingface_hub import try_to_load_from_cache
from huggingface_hub.errors import HFValidationError

from umair.encoders.text import TextEncoder
from umair.encoders.words import SHIPPED
from umair.errors import EncoderError, HubUnavailable
from umair.library.store import Library
from umair.settings import Settings, read_settings

KIND = "text"
RUN_MODEL = "model"  # the SentenceTransformer folder in a run (text_training.MODEL, whose module loads torch)
HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")
FIRST_FILES = ("modules.json", "config.json")  # one of them is in every model that can be opened


def chosen_text(library: Library | None, settings: Settings | None = None) -> str:
    """The library's active run (its model folder), else the model chosen for it, else the person's setting."""
    if library is not None:
        run = library.info.active.get(KIND)
        if run:
            return str(library.path / "runs" / run / RUN_MODEL)
        if KIND in library.info.encoders:
            return library.info.encoders[KIND]
    return (settings or read_settings()).text_encoder


def named(text: str) -> str:
    """What a person typed, as it is kept: "shipped", the whole path of a folder that is there, else as it is."""
    name = text.strip()
    folder = Path(name).expanduser()
    return str(folder.absolute()) if name and name != SHIPPED and folder.is_dir() else name


def is_hub_name(name: str) -> bool:
    """Whether it is neither "shipped" nor the path of a folder, and may be a model's name on a hub."""
    return name != SHIPPED and HUB_NAME.fullmatch(name) is not None and not Path(name).expanduser().is_dir()


def on_this_machine(name: str) -> Path | None:
    """The folder of a hub's model that was fetched before; None if it never was."""
    try:
        found = [try_to_load_from_cache(name, file) for file in FIRST_FILES]
    except HFValidationError:
        return None
    return next((Path(file).parent for file in found if isinstance(file, str)), None)


def open_here(name: str) -> TextEncoder:
    """The encoder, from what is on this machine: no network is asked, so a page may wait for it.

    EncoderError: nothing there, or damaged; HubUnavailable: a hub's model that was never fetched. Both say what to do.
    """
    if not is_hub_name(name):
        return _opened(name)
    folder = on_this_machine(name)
    if folder is None:
        raise HubUnavailable(
            f"The model “{name}” is not on this machine. Encode the library while there is a network, "
            f"which fetches it, or bring it as a folder. {how_to_bring(name)}"
        )
    return TextEncoder.load(folder)


def fetch_and_open(name: str) -> TextEncoder:
    """As `open_here`, and a hub's model that is not here yet is fetched: for jobs and commands."""
    if is_hub_name(name) and on_this_machine(name) is None:
        from umair.encoders.text_hub import fetch  # torch and transformers: only for models that need them

        fetch(name)
    return open_here(name)


def how_to_bring(name: str) -> str:
    """The exact commands that make a hub's model a folder here."""
    return (
        f'On a computer with a network run `python -c "from sentence_transformers import SentenceTransformer as S; '
        f"S('{name}').save('text-model')\"`, bring the folder text-model here, and choose it: "
        "`python -m umair encode --text-model text-model`."
    )


def _opened(name: str) -> TextEncoder:
    folder = Path(name).expanduser()
    if name != SHIPPED and not folder.is_dir():
        raise EncoderError(
            f"There is no folder at {folder}, where the chosen text model should be. Put the SentenceTransformer "
            "folder back, choose another with `python -m umair encode --text-model FOLDER`, or go back to ours with "
            "`--text-model shipped`."
        )
    return TextEncoder.load(name)
