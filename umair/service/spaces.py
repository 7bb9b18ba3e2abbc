"""The vector spaces of one library, ready for search; each read once and again only when its vectors change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from umair.encoders.style.axes import Direction, load_directions
from umair.encoders.style.calibration import Calibration
from umair.encoders.text import TextEncoder
from umair.encoders.text_choice import chosen_text
from umair.encoders.vectors import Vectors, active_fingerprint, read_vectors
from umair.encoders.words import SHIPPED, shipped_folder
from umair.errors import SearchError
from umair.library.store import Library
from umair.retrieval.meaning import Meaning, measured, read_meaning
from umair.retrieval.search import ContentSpace, StyleSpace
from umair.retrieval.words import LabelVectors
from umair.service.memory import MEMORY, changed_at
from umair.service.names import demo_names
from umair.service.text_model import in_use

TOLD = {"style": "painting style", "semantic": "what they show"}
NOWHERE = Path()  # what belongs to no library: the shipped encoders


def vectors(lib: Library, space: str) -> Vectors:
    """The active vectors of a space in the order of the catalogue; SearchError if nothing is encoded yet."""
    found = MEMORY.recall(lib.path, f"vectors/{space}", _token(lib, space), lambda: read_vectors(lib, space))
    if not found.present.any() and space != "label_text" and not lib.illustrations()["image"].count():
        raise SearchError(
            f"“{lib.info.name}” has no pictures, so nothing is known about {TOLD.get(space, space)}. "
            "Words, people and recommendations work from titles, labels and bookmarks; import pictures for the rest."
        )
    if not found.present.any():
        raise SearchError(
            f"The pictures of “{lib.info.name}” are not encoded yet (no {space} vectors). "
            "Press *Encode now* on the Library page, or run `python -m umair encode`."
        )
    return found


def is_encoded(lib: Library, space: str) -> bool:
    """Whether any illustration of the library has a vector in this space."""
    try:
        return bool(vectors(lib, space).present.any())
    except SearchError:
        return False


def style_space(lib: Library) -> StyleSpace:
    """Style vectors with the local scale that the calibration was fitted with."""
    found, k = vectors(lib, "style"), calibration().neighbours
    return MEMORY.recall(
        lib.path, "style space", _token(lib, "style"), lambda: StyleSpace.of(found.matrix, k, found.present)
    )


def content_space(lib: Library) -> ContentSpace:
    found = vectors(lib, "semantic")
    return MEMORY.recall(
        lib.path, "content space", _token(lib, "semantic"), lambda: ContentSpace.of(found.matrix, found.present)
    )


def label_vectors(lib: Library) -> LabelVectors:
    """The distinct labels of the library with their vectors, by the word encoder that the library uses."""
    encoder = words(lib)
    token = (encoder.fingerprint, changed_at(lib.path / "illustrations.parquet"))
    lists = lib.illustrations()["labels"]
    return MEMORY.recall(
        lib.path, "labels", token, lambda: LabelVectors.of([own or [] for own in lists.to_list()], encoder)
    )


def words(lib: Library) -> TextEncoder:
    """The word encoder that reads the library's words: the chosen one, or the shipped one where that cannot be opened.

    EncoderError if there is none at all.
    """
    return in_use(lib).encoder


def words_name(lib: Library) -> str:
    """What changes with the encoder that reads words; it is not opened for this."""
    return chosen_text(lib)


def meaning(lib: Library) -> Meaning:
    """From which cosines on words mean the same by the library's encoder: as kept beside it, else measured now."""
    encoder = words(lib)
    folder = shipped_folder() if encoder.name == SHIPPED else Path(encoder.name).expanduser()

    def make() -> Meaning:
        return read_meaning(folder, encoder.fingerprint) or _measured(encoder)

    return MEMORY.recall(NOWHERE, "meaning", (encoder.fingerprint, changed_at(folder / "meaning.json")), make)


def _measured(encoder: TextEncoder) -> Meaning:
    told: Mapping[str, str] = demo_names().told()
    return measured(told, encoder.encode, encoder.fingerprint) if told else Meaning(fingerprint=encoder.fingerprint)


def calibration() -> Calibration:
    return MEMORY.recall(NOWHERE, "calibration", 0, lambda: Calibration.load("shipped"))


def directions(lib: Library) -> tuple[Direction, ...]:
    """The named directions of the style vectors in use; () if these have none."""
    run = lib.info.active.get("style")
    found = load_directions(lib.path / "runs" / run if run else "shipped")[0]
    return found if found and len(found[0].direction) == vectors(lib, "style").matrix.shape[1] else ()


def _token(lib: Library, space: str) -> tuple[object, ...]:
    fingerprint = active_fingerprint(lib.path, space)
    folder = lib.path / "vectors" / f"{space}-{fingerprint[:12]}" if fingerprint else lib.path / "vectors"
    return (fingerprint, changed_at(folder), changed_at(lib.path / "illustrations.parquet"))
