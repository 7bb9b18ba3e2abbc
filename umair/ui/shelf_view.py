"""Library, first part: the libraries of this person, and what can be done with each."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from umair.errors import UmairError
from umair.library.store import Library
from umair.service import library as service
from umair.service.browse import BrowseQuery, browse
from umair.service.library import ShelfRow
from umair.ui import components, detail, states
from umair.ui.plain import counted, mark, plain, size_on_disk
from umair.ui.tiles import Section, cards

MOSAIC = 5
COLUMNS = 3
SAID = "library_said"


@st.cache_data(ttl=5, show_spinner=False)
def rows() -> tuple[ShelfRow, ...]:
    """The shelf; sizes on disk are added up, which takes a moment for large libraries."""
    return service.shelf()


def draw() -> None:
    said = st.session_state.pop(SAID, None)
    if said:
        st.success(plain(said), icon=":material/check_circle:")
    found = rows()
    for start in range(0, len(found), COLUMNS):
        for row, column in zip(found[start : start + COLUMNS], st.columns(COLUMNS, gap="medium"), strict=False):
            with column, st.container(border=True, key=f"shelf_{mark(row.path)}", height="stretch"):
                card(row)
    with st.container(horizontal=True, gap="small", key="shelf_actions"):
        new_library()
        open_folder()
        restore()


def card(row: ShelfRow) -> None:
    mosaic(row)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(plain(row.name), anchor=False, width="content")
        if row.synthetic:
            st.badge("synthetic demo" if row.is_demo else "synthetic", color="violet")
        if row.is_open:
            st.badge("open now", color="gray", icon=":material/check:")
    if row.problem:
        st.error(plain(row.problem), icon=":material/error:")
    else:
        people = counted(row.people, "person", "people") if row.people else "no people"
        facts = [counted(row.pictures, "picture"), people, counted(row.bookmarks, "bookmark"), size_on_disk(row.bytes)]
        st.caption(" · ".join(facts))
        st.caption(
            ":material/check_circle: encoded: search and maps are ready"
            if row.encoded
            else ":material/pending: not encoded yet"
            if row.pictures
            else ":material/inbox: empty"
        )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Open now" if row.is_open else "Open",
            key=f"open_{mark(row.path)}",
            disabled=row.is_open or bool(row.problem),
            on_click=lambda: _open(Path(row.path)),
        )
        with st.popover("More", help="Rename, back up, remove from this list"):
            more(row)


def mosaic(row: ShelfRow) -> None:
    if row.problem or not row.pictures:
        with st.container(key=f"empty_mosaic_{mark(row.path)}", height=120, border=False, vertical_alignment="center"):
            st.markdown(":material/photo_library: :gray[no pictures yet]", text_alignment="center")
        return
    best = browse(Library.open(row.path), BrowseQuery(sort="Popular")).tiles[:MOSAIC]
    components.gallery(
        [Section(cards(best))],
        key=f"mosaic_{mark(row.path)}",
        on_act=detail.handle if row.is_open else lambda event: None,
        row=170,
        gap=4,
        ratio=0.72,
        label=f"Some pictures of {row.name}",
        peek=row.is_open,
    )


def more(row: ShelfRow) -> None:
    st.caption(plain(row.path))
    if not row.problem:
        name = st.text_input("Name", row.name, key=f"name_{mark(row.path)}")
        st.button(
            "Rename",
            icon=":material/edit:",
            key=f"rename_{mark(row.path)}",
            disabled=not name.strip() or name == row.name,
            on_click=lambda: _do(lambda: service.rename(Library.open(row.path), name), f"It is called “{name}” now."),
        )
        target = st.text_input(
            "Back up to", key=f"target_{mark(row.path)}", placeholder="a folder; yours if left empty"
        )
        if st.button("Back up", icon=":material/archive:", key=f"backup_{mark(row.path)}"):
            back_up(row, target)
    if not row.is_demo:
        st.button(
            "Remove from this list",
            icon=":material/close:",
            key=f"forget_{mark(row.path)}",
            help="Nothing on the disk is touched.",
            on_click=lambda: _do(
                lambda: service.forget(Path(row.path)), f"“{row.name}” is off the list; its folder stays at {row.path}."
            ),
        )


def back_up(row: ShelfRow, target: str) -> None:
    with st.spinner("Packing …", show_time=True):
        try:
            place = service.backup(Library.open(row.path), Path(target).expanduser() if target.strip() else None)
        except UmairError as error:
            states.trouble(error)
        else:
            st.success(plain(f"Backed up to {place} ({size_on_disk(place.stat().st_size)})."))


def new_library() -> None:
    with st.popover("New library", icon=":material/add:", width="content"):
        name = st.text_input("Name", key="new_name", placeholder="Commission ideas")
        folder = st.text_input("Folder", key="new_folder", placeholder="empty: a place of its own")
        st.button(
            "Create",
            type="primary",
            disabled=not name.strip(),
            on_click=lambda: _do(
                lambda: service.create(name, Path(folder).expanduser() if folder.strip() else None),
                f"“{name}” is open. Import pictures to fill it.",
                away="Import",
            ),
        )


def open_folder() -> None:
    with st.popover("Open a folder", icon=":material/folder_open:", width="content"):
        path = st.text_input("Library folder", key="open_path", placeholder="~/Pictures/my-library")
        st.button("Open", type="primary", disabled=not path.strip(), on_click=lambda: _open(Path(path).expanduser()))


def restore() -> None:
    with st.popover("Restore a backup", icon=":material/unarchive:", width="content"):
        path = st.text_input("Backup (.zip)", key="restore_path", placeholder="~/backup.zip")
        file = st.file_uploader("or choose the file", type="zip", key="restore_file")
        if st.button("Restore", type="primary", disabled=not (path.strip() or file)):
            try:
                if file is not None:
                    with tempfile.TemporaryDirectory() as aside:
                        place = Path(aside) / Path(file.name).name
                        place.write_bytes(file.getbuffer())
                        lib = service.restore(place)
                else:
                    lib = service.restore(Path(path).expanduser())
            except UmairError as error:
                states.trouble(error)
            else:
                _after(f"“{lib.info.name}” is restored and open.")
                st.rerun()


def _open(path: Path) -> None:
    _do(lambda: service.open(path), "Opened.")


def _do(deed: Callable[[], object], said: str, away: str = "") -> None:
    """Do something with the shelf; say what came of it on the next drawing."""
    try:
        deed()
    except UmairError as error:
        st.session_state["library_trouble"] = str(error)
    else:
        _after(said, away)


def _after(said: str, tab: str = "") -> None:
    rows.clear()
    states.forget_library()
    st.session_state[SAID] = said
    if tab:
        st.session_state["library_tab"] = tab
