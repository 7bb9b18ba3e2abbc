"""Library, second part: bringing pictures, people and bookmarks in; preview, progress, report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import streamlit as st

from umair.errors import UmairError
from umair.library.importers.columns import READABLE, column_names, read_columns
from umair.library.importers.preview import Preview
from umair.library.importers.synonyms import OF_ILLUSTRATIONS, OF_INTERACTIONS, OF_USERS, understood
from umair.library.runs import list_runs
from umair.library.store import Library
from umair.library.tables import ILLUSTRATIONS, INTERACTIONS, USERS
from umair.service import library as service
from umair.ui import brought, running, states
from umair.ui.plain import counted, for_spreadsheet, plain, size_on_disk

PICTURES, TABLE, PEOPLE, BOOKMARKS = "Pictures", "Table of pictures", "People", "Bookmarks"
KIND = {PICTURES: "folder", TABLE: "illustrations", PEOPLE: "users", BOOKMARKS: "interactions"}
MEASURED = {"sha256", "width_px", "height_px", "color", "hand"}  # found out by us, never taken from a table
COLUMNS = {
    TABLE: [c for c in ILLUSTRATIONS.columns if c not in MEASURED],
    PEOPLE: list(USERS.columns),
    BOOKMARKS: [*INTERACTIONS.columns, "value"],
}
NEEDED = {TABLE: [], PEOPLE: ["user_id"], BOOKMARKS: ["user_id", "item_id"]}
SYNONYMS = {TABLE: OF_ILLUSTRATIONS, PEOPLE: OF_USERS, BOOKMARKS: OF_INTERACTIONS}
EXAMPLES = 10
TOLD_AT_MOST = 500


def draw(lib: Library) -> None:
    run = running.latest(lib, _last_import(lib))
    if run is not None and running.is_active(run):
        running.watch(run, key="import")
        return
    if run is not None:
        running.ended(run)
        report(lib, run.id)
    what = st.segmented_control("What", list(KIND), default=PICTURES, key="import_what") or PICTURES
    source = choose_source(what)
    if source is None:
        st.caption(
            "Pictures with gallery-dl sidecars (pixiv, danbooru) or Danbooru-style .txt tags bring their labels, "
            "artists and dates along. Nothing is changed where they lie."
        )
    elif what == PICTURES:
        pictures(lib, source)
    else:
        table(lib, what, source)


def choose_source(what: str) -> Path | None:
    """A path on this machine, or files through the browser."""
    table_wanted = what != PICTURES
    left, right = st.columns([1, 1], gap="large")
    path = left.text_input(
        "Table on this machine" if table_wanted else "Folder on this machine",
        key=f"import_path_{what}",
        icon=":material/folder:",
        placeholder="~/bookmarks.csv" if table_wanted else "~/Pictures/pixiv",
    )
    files = right.file_uploader(
        "or choose files" if table_wanted else "or drop files, or one zip",
        accept_multiple_files=not table_wanted,
        type=[ending.lstrip(".") for ending in READABLE] if table_wanted else None,
        key=f"import_files_{what}",
    )
    if path.strip():
        return Path(path.strip()).expanduser().absolute()
    if not files:
        return None
    chosen = files if isinstance(files, list) else [files]
    mark = tuple((f.file_id, f.size) for f in chosen)
    if st.session_state.get("import_mark") != mark:
        try:
            folder = brought.laid_out(chosen)
        except UmairError as error:
            states.trouble(error)
            return None
        st.session_state.update(import_mark=mark, import_folder=folder)
    folder = st.session_state["import_folder"]
    return folder / Path(chosen[0].name).name if table_wanted else folder


@st.cache_data(ttl=60, show_spinner="Looking into the folder …")
def looked_into(path: str) -> Preview:
    return service.preview_import(Path(path))


def pictures(lib: Library, source: Path) -> None:
    try:
        found = looked_into(str(source))
    except UmairError as error:
        states.trouble(error)
        return
    st.subheader("What is in the folder", anchor=False)
    sidecars = found.json_sidecars + found.txt_sidecars
    for column, (label, value, note) in zip(
        st.columns(4, gap="medium"),
        (
            ("Pictures", f"{found.pictures:,}", size_on_disk(found.bytes)),
            ("Sidecars", f"{sidecars:,}", f"{found.json_sidecars:,} gallery-dl JSON, {found.txt_sidecars:,} .txt"),
            ("Without labels", f"{max(0, found.pictures - sidecars):,}", "sub-folder and file name may give some"),
            ("Will be skipped", f"{len(found.skipped):,}", "see below" if found.skipped else "none so far"),
        ),
        strict=True,
    ):
        column.metric(label, value, border=True, help=note)
    if found.examples:
        rows = [
            {
                "File": e.file,
                "Artist": e.artist,
                "Title": e.title,
                "Labels": list(e.labels),
                "From": e.source,
                "Problem": e.problem,
            }
            for e in found.examples
        ]
        st.dataframe(pl.DataFrame(rows), hide_index=True)
    if found.skipped:
        with st.expander(counted(len(found.skipped), "file will be skipped", "files will be skipped")):
            notes = [{"File": n.file, "Why": n.reason} for n in found.skipped[:TOLD_AT_MOST]]
            st.dataframe(pl.DataFrame(notes), hide_index=True)
    link = st.toggle(
        "Link, do not copy",
        key="import_link",
        help="The library then points at the files where they lie; if they are moved, it loses them.",
    )
    start_button(lib, f"Import {counted(found.pictures, 'picture')}", source, PICTURES, {}, link, not found.pictures)


def table(lib: Library, what: str, source: Path) -> None:
    """Which of the table's columns is which of ours, and the first rows as they will be read."""
    try:
        theirs = column_names(source)
    except UmairError as error:
        states.trouble(error)
        return
    st.subheader("Which column is which", anchor=False)
    chosen: dict[str, str] = {}
    wanted = COLUMNS[what]
    guessed = understood(theirs, {}, SYNONYMS[what]).mapping
    for start in range(0, len(wanted), 4):
        for ours, column in zip(wanted[start : start + 4], st.columns(4, gap="small"), strict=False):
            need = " (needed)" if ours in NEEDED[what] else ""
            picked = column.selectbox(
                f"{plain(ours)}{need}",
                theirs,
                index=theirs.index(guessed.get(ours, ours)) if guessed.get(ours, ours) in theirs else None,
                placeholder="not there",
                key=f"map_{what}_{ours}",
            )
            if picked is not None:
                chosen[ours] = picked
    ratings = about_log(chosen) if what == BOOKMARKS else ALL_BOOKMARKS
    lost = [ours for ours in NEEDED[what] if ours not in chosen]
    if what == TABLE and not {"image", "item_id"} & set(chosen):
        lost = ["image (or item_id, for works without pictures)"]
    if what == BOOKMARKS and "at" not in chosen and not ratings.without_times:
        lost.append("at (or say that the times are not known)")
    if lost:
        st.info(f"Say which column holds {plain(', '.join(lost))}.", icon=":material/help:")
    elif chosen:
        try:
            frame = read_columns(source, chosen, wanted, NEEDED[what])
        except UmairError as error:
            states.trouble(error)
            return
        st.dataframe(frame.head(EXAMPLES), hide_index=True)
        told = f"Import {counted(len(frame), 'row')}"
        start_button(lib, told, source, what, chosen, False, not len(frame), ratings)


@dataclass(frozen=True)
class Ratings:
    """What else an import of bookmarks has to be told."""

    bookmark_from: float | None = None
    without_times: bool = False


ALL_BOOKMARKS = Ratings()


def about_log(chosen: dict[str, str]) -> Ratings:
    """From which value on a rating is a bookmark, where there are values; that nobody knows the times, without any."""
    bookmark_from = None
    if "value" in chosen:
        bookmark_from = st.number_input(
            "A bookmark from this value on",
            value=None,
            step=0.5,
            placeholder="every row is one",
            key="import_bookmark_from",
            help="Rows with a lower value were seen, not bookmarked: they become views.",
            width=260,
        )
    without_times = "at" not in chosen and st.toggle(
        "The times are not known",
        key="import_without_times",
        help="The rows are taken without times. A training then parts them at random, not into earlier and later.",
    )
    return Ratings(bookmark_from, without_times)


def start_button(
    lib: Library,
    words: str,
    source: Path,
    what: str,
    mapping: dict[str, str],
    link: bool,
    disabled: bool,
    ratings: Ratings = ALL_BOOKMARKS,
) -> None:
    def begin() -> None:
        try:
            run_id = service.start_import(
                lib,
                source,
                kind=KIND[what],
                link=link,
                mapping=mapping,
                bookmark_from=ratings.bookmark_from,
                without_times=ratings.without_times,
            )
        except UmairError as error:
            st.session_state["library_trouble"] = str(error)
        else:
            st.session_state["import_run"] = run_id
            for name in ("import_mark", "import_folder", f"import_path_{what}"):
                st.session_state.pop(name, None)

    st.button(
        words,
        type="primary",
        icon=":material/download:",
        disabled=disabled,
        on_click=begin,
        help="You can stop at any time; what is in stays in.",
    )


def report(lib: Library, run_id: str) -> None:
    """What an import took, skipped and why, and what was there already; to read and to take away."""
    found = service.import_report(lib, run_id)
    if not found:
        return
    people = found.get("users", 0)
    with st.container(border=True, key="import_report"):
        skipped, twice = found.get("skipped", []), found.get("duplicates", [])
        facts = [
            f"**{found.get('taken', 0):,} taken**",
            f"{len(skipped):,} skipped",
            counted(len(twice), "duplicate"),
            *([f"{people:,} people"] if people else []),
            *([f"{found['interactions']:,} interactions"] if found.get("interactions") else []),
        ]
        st.markdown(f":material/task_alt: Import of {plain(Path(found.get('source', '')).name)}: {', '.join(facts)}.")
        for remark in found.get("remarks", []):
            st.caption(plain(remark))
        for reason, count in found.get("reasons", {}).items():
            st.caption(f"{count:,} × {plain(reason)}")
        notes = [
            *({"file": n["file"], "what": "skipped", "why": n["reason"]} for n in skipped),
            *({"file": d["file"], "what": "duplicate", "why": f"same as {d['item_id']}"} for d in twice),
            *({"file": n["file"], "what": "problem", "why": n["reason"]} for n in found.get("problems", [])),
        ]
        if notes:
            with st.expander("File by file"):
                st.dataframe(pl.DataFrame(notes[:TOLD_AT_MOST]), hide_index=True)
        with st.container(horizontal=True, gap="small"):
            safe = [{k: for_spreadsheet(v) for k, v in n.items()} for n in notes]
            if safe:
                st.download_button("Report as CSV", pl.DataFrame(safe).write_csv(), "import-report.csv", "text/csv")
            st.download_button(
                "Report as JSON",
                json.dumps(found, ensure_ascii=False, indent=1),
                "import-report.json",
                "application/json",
            )
            st.button(
                "Encode now",
                type="primary",
                icon=":material/bolt:",
                help="Style, content and words of the new pictures, for search and maps.",
                on_click=lambda: _encode(lib),
            )


def _encode(lib: Library) -> None:
    st.session_state.update(encode_run=service.encode(lib), library_tab="Health")


def _last_import(lib: Library) -> str | None:
    """The import of this session, else one that is still running (started before a reload)."""
    own = st.session_state.get("import_run")
    if own:
        return own
    active = [run.id for run in list_runs(lib.path, "import") if running.is_active(run)]
    return active[0] if active else None
