"""What is asked about the text model of a library: which one reads its words, choosing another, what is out of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from umair.encoders.label_lists import KEPT, LabelLists
from umair.encoders.text import TextEncoder
from umair.encoders.text_choice import KIND, chosen_text, fetch_and_open, is_hub_name, named, on_this_machine, open_here
from umair.encoders.vectors import active_fingerprint, read_vectors
from umair.encoders.words import SHIPPED, shipped_folder
from umair.errors import EncoderError
from umair.library.runs import FOLDER, list_runs
from umair.library.store import Library
from umair.service import train
from umair.service.memory import MEMORY, changed_at

NOWHERE = Path()  # what belongs to no library
SPACE = "label_text"
MEANWHILE = "Until then the model that comes with the app reads words."
STALE = (
    "The labels of “{}” were encoded by another text model than the one that reads words now. Search by words takes "
    "the present one; likeness of labels and recommendations keep to the old vectors until the pictures are encoded "
    "again."
)


@dataclass(frozen=True)
class InUse:
    """The model that reads words, and the one that was chosen; trouble: why the chosen one cannot be opened."""

    encoder: TextEncoder
    chosen: str
    trouble: str = ""


@dataclass(frozen=True)
class TextModel:
    """What the Library page tells. kind: shipped | run | folder | hub. made_at: of the vectors of labels, UTC.

    fingerprint and dimension are of the model in use (ours, where there is trouble); current: it made the vectors.
    """

    kind: str
    name: str
    dimension: int
    fingerprint: str
    trouble: str
    made_at: datetime | None
    made_by: str
    encoded: int
    illustrations: int
    current: bool


def in_use(lib: Library) -> InUse:
    """The model that reads this library's words: the chosen one, else the shipped one with the reason.

    No network is asked. EncoderError only if not even the shipped one is here.
    """
    name = chosen_text(lib)
    if name == SHIPPED:
        return MEMORY.recall(NOWHERE, "text model", _token(SHIPPED), lambda: InUse(open_here(SHIPPED), SHIPPED))
    return MEMORY.recall(lib.path, "text model", (name, _token(name)), lambda: _opened(name))


def about(lib: Library) -> TextModel:
    """Everything that is known of a library's text model and of the vectors of its labels."""
    used, made_by = in_use(lib), active_fingerprint(lib.path, SPACE) or ""
    folder = lib.path / "vectors" / f"{SPACE}-{made_by[:12]}"
    parts = [part.stat().st_mtime for part in folder.glob("part-*.parquet")] if made_by else []
    return TextModel(
        kind=_kind(lib, used.chosen),
        name=_name(lib, used.chosen),
        dimension=used.encoder.dimension,
        fingerprint=used.encoder.fingerprint,
        trouble=used.trouble,
        made_at=datetime.fromtimestamp(max(parts), UTC) if parts else None,
        made_by=made_by,
        encoded=int(read_vectors(lib, SPACE).present.sum()) if parts else 0,
        illustrations=len(lib.illustrations()),
        current=current(lib),
    )


def current(lib: Library) -> bool:
    """Whether the vectors of labels were made by the model that reads words now; False if there are none."""
    made_by, encoder = active_fingerprint(lib.path, SPACE), in_use(lib).encoder
    token = (made_by, encoder.fingerprint, changed_at(lib.path / "vectors" / KEPT))
    return MEMORY.recall(
        lib.path, "labels current", token, lambda: made_by == LabelLists.in_use(lib, encoder).fingerprint
    )


def notice(lib: Library) -> str:
    """What a page that searches by words has to say of the model; "" if all is well or nothing is encoded yet.

    Also "" where no model is here at all, not even ours: the search by words says that itself.
    """
    try:
        trouble = in_use(lib).trouble
    except EncoderError:
        return ""
    if trouble:
        return f"{trouble} {MEANWHILE}"
    stale = active_fingerprint(lib.path, SPACE) is not None and not current(lib)
    return STALE.format(lib.info.name) if stale else ""


def choose(lib: Library, text: str) -> str:
    """Let a model read this library's words: "shipped", a folder, a hub's name (fetched now), or a text run's id.

    Says what follows. EncoderError or HubUnavailable, with nothing changed, if it cannot be opened.
    """
    name = named(text)
    if not name:
        raise EncoderError("No text model was named. Give a SentenceTransformer folder or a model's name on a hub.")
    if name in runs(lib):
        return train.use(lib, name)
    opened = fetch_and_open(name)
    lib.set_encoder(KIND, name)
    told = f"{'Our own text model' if name == SHIPPED else name} reads words now ({opened.dimension} numbers a word)."
    return told if current(lib) else f"{told} Encode the pictures again, so that likeness of labels follows."


def runs(lib: Library) -> tuple[str, ...]:
    """The finished trainings of a text model here, latest first."""
    return tuple(run.id for run in list_runs(lib.path, KIND) if run.state().state == "done")


def _opened(name: str) -> InUse:
    try:
        return InUse(open_here(name), name)
    except EncoderError as error:
        return InUse(open_here(SHIPPED), name, str(error))


def _token(name: str) -> tuple[object, ...]:
    """Changes when a model's files do, or when a hub's model has been fetched."""
    folder = shipped_folder() if name == SHIPPED else on_this_machine(name) if is_hub_name(name) else Path(name)
    if folder is None:
        return ()
    files = [folder, *sorted(p for pattern in ("*.*", "*/*.*") for p in folder.expanduser().glob(pattern))]
    return (str(folder), *map(changed_at, files))


def _kind(lib: Library, name: str) -> str:
    if name == SHIPPED:
        return "shipped"
    if Path(name).is_relative_to(lib.path / FOLDER):
        return "run"
    return "hub" if is_hub_name(name) else "folder"


def _name(lib: Library, name: str) -> str:
    return Path(name).parent.name if _kind(lib, name) == "run" else name
