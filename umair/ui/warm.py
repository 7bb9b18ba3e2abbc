"""What is slow to import and not needed for the first page: loaded behind it, so that a later click does not wait.

Whoever needs one of these sooner imports it; Python lets the second importer wait for the first.
"""

from __future__ import annotations

import importlib
import logging
import threading

import streamlit as st

LOG = logging.getLogger("umair.ui")
AFTER_S = 1.0  # from the first picture on: it shall not wait for these
NEIGHBOURS = "umair.service.find"
NEEDED = {  # by page
    "find": NEIGHBOURS,
    "people": "umair.service.people",
    "maps": "umair.service.maps",
}
LATER = (*NEEDED.values(), "plotly.graph_objects")

_loaded = {name: threading.Event() for name in LATER}
_begun = threading.Event()


def begin() -> None:
    """Start loading in the background, once."""
    if not _begun.is_set():
        _begun.set()
        timer = threading.Timer(AFTER_S, _load_all)
        timer.daemon = True
        timer.start()


def is_loaded(name: str) -> bool:
    return _loaded[name].is_set()


def load(name: str) -> None:
    """Import now, or wait for the import that is under way."""
    importlib.import_module(name)
    _loaded[name].set()


def load_for(page: str) -> None:
    """What a page needs, with a word on the screen while it is being loaded."""
    name = NEEDED.get(page)
    if name and not is_loaded(name):
        with st.spinner("Loading the encoders, once …", show_time=True):
            load(name)


def _load_all() -> None:
    for name in LATER:
        try:
            load(name)
        except ImportError as error:
            LOG.warning("%s cannot be loaded: %s", name, error)
            _loaded[name].set()  # whoever needs it shall meet the error, not wait for ever
