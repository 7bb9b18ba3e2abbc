"""The app: pages, pictures and API on one port. Run it with `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from umair.settings import assets
from umair.ui.server import api, labels, lifespan, picture
from umair.ui.states import say_plainly

app = st.App(
    "pages/navigation.py",
    lifespan=lifespan,
    routes=[
        Route("/picture/{size:str}/{key:str}.webp", picture),
        Route("/api/labels", labels),
        Mount("/api", app=api),
        Mount("/assets", StaticFiles(directory=assets() / "static")),
    ],
    on_script_error=say_plainly,
)
