"""Frame of every page: theme, top navigation, name of the open library, the detail over the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from umair.errors import UmairError
from umair.settings import assets
from umair.ui import detail, detail_body, states, theme, warm
from umair.ui.opened import opened

HERE = Path(__file__).parent
STATIC = assets() / "static"
ICONS = {
    "browse": "grid_view",
    "find": "image_search",
    "people": "group",
    "maps": "scatter_plot",
    "train": "model_training",
    "library": "photo_library",
}

st.set_page_config(page_title="umair", page_icon=str(STATIC / "icon.svg"), layout="wide")
theme.apply()
st.logo(str(STATIC / "umair.svg"), size="medium")
pages = {
    name: st.Page(
        HERE / f"{name}.py",
        title=name.capitalize(),
        icon=f":material/{icon}:",
        url_path=name,
        default=name == "browse",
    )
    for name, icon in ICONS.items()
}
page = st.navigation(list(pages.values()), position="top")
detail.go_where_asked(pages)
with st.container(key="tabbar", horizontal=True, gap=None):  # phones only, see style.css
    for one in pages.values():
        st.page_link(one, label=one.title, icon=one.icon)
try:
    theme.library_badge(opened().info)
    detail.left_behind(page.url_path)
    warm.load_for(page.url_path)
    page.run()
    detail.show_if_asked(detail_body.body)
except UmairError as error:
    states.trouble(error)
