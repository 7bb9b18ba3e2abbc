"""Labels that a picture lacks, as the image encoder suggests them: offer, accept, refuse, take back.

Reads stored predictions and needs no torch. What a person decided is kept in the library's folder as
`suggestions.json`, so that it is not offered again: {"refused": {item: {key: time}}, "accepted": {item: {key: label}}}.
A key is the glossary's concept, so a refusal holds for the label's other spellings too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from umair.encoders.label_lists import LabelLists
from umair.encoders.label_predictions import chosen_model, predict_encoded
from umair.encoders.vectors import active_fingerprint, write_vectors
from umair.errors import LibraryError
from umair.library.atomic import write_json
from umair.library.predictions import FOLDER, Predictions, read_predictions
from umair.library.store import Library
from umair.service.memory import MEMORY, changed_at
from umair.service.names import names
from umair.service.text_model import in_use

FILE = "suggestions.json"
LEAST = 0.5  # the chance from which a label is worth a look where many pictures are reviewed
SURE = 0.9  # from which all may be accepted at once
WAIT_S = 6.0  # for another writer: a click is short, an import is not
FEW = 3  # labels; a picture with so many, or fewer, is worth a look


@dataclass(frozen=True)
class Suggestion:
    """A label that a picture lacks: as it would be written, and the chance (0..1) that its artist would agree."""

    item_id: str
    label: str
    confidence: float


@dataclass(frozen=True)
class Review:
    """One picture's suggestions, the surest first, and how many labels it has."""

    item_id: str
    labels: int
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Standing:
    """How a library is labelled; `asked` pictures have predictions, `calibrated` ones may be read as chances."""

    pictures: int
    without: int
    few: int
    asked: int
    calibrated: bool
    model: str


@dataclass
class _Decided:
    refused: dict[str, dict[str, str]]
    accepted: dict[str, dict[str, str]]


def standing(lib: Library) -> Standing:
    """How many pictures have no labels, or few, and for how many the encoder was asked."""
    counts, found = lib.illustrations()["labels"].list.len(), _predictions(lib)
    asked = sum(item in found.guesses for item in lib.illustrations()["item_id"])
    few = int((counts <= FEW).sum())
    return Standing(len(counts), int((counts == 0).sum()), few, asked, found.calibrated, found.model)


def ask(lib: Library) -> int:
    """Ask the encoder about every encoded picture (moments, no picture is decoded); how many there are.

    EncoderError if its head cannot answer from stored vectors, or names no labels.
    """
    return predict_encoded(lib, chosen_model(lib))


def suggestions(lib: Library, item_id: str, least: float = LEAST, language: str = "en") -> tuple[Suggestion, ...]:
    """Labels of at least that chance which the picture lacks in every spelling and nobody refused, surest first."""
    row = lib.row_of(item_id)
    return _open(lib, item_id, lib.illustrations()["labels"][row].to_list(), least, language)


def review(
    lib: Library, least: float = LEAST, language: str = "en", most_labels: int | None = None
) -> tuple[Review, ...]:
    """Every picture with a suggestion: fewest labels first, then the surest. most_labels: none with more labels."""
    frame = lib.illustrations().select("item_id", "labels")
    found = []
    for item_id, own in frame.iter_rows():
        if most_labels is None or len(own) <= most_labels:
            offered = _open(lib, item_id, own, least, language)
            if offered:
                found.append(Review(item_id, len(own), offered))
    return tuple(sorted(found, key=lambda r: (r.labels, -r.suggestions[0].confidence)))


def accept(lib: Library, chosen: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Write labels into the library, those that a picture has by any name left out; gives what was written.

    All or nothing, by one writer. LibraryError for an unknown picture, or if another process writes.
    """
    told, written = names(lib), []
    with lib.writing("accept suggested labels", WAIT_S):
        frame = lib.illustrations()
        labels = frame["labels"].to_list()
        decided = _read(lib)
        for one in chosen:
            own = labels[lib.row_of(one.item_id)]
            if one.label.strip() and not told.keys(own) & told.keys([one.label]):
                labels[lib.row_of(one.item_id)] = [*own, one.label.strip()]
                decided.accepted.setdefault(one.item_id, {})[told.key(one.label)] = one.label.strip()
                decided.refused.get(one.item_id, {}).pop(told.key(one.label), None)
                written.append(one)
        if written:
            _write_labels(lib, frame, labels, {s.item_id for s in written})
            _write(lib, decided)
    return tuple(written)


def refuse(lib: Library, item_id: str, label: str) -> None:
    """Do not offer this label, in any spelling, for this picture again. LibraryError for an unknown picture."""
    lib.row_of(item_id)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    key = names(lib).key(label)
    _change(lib, lambda decided: decided.refused.setdefault(item_id, {}).setdefault(key, now))


def take_back(lib: Library, item_id: str, label: str) -> bool:
    """Undo an accepting or a refusal: the label that was written goes, and may be offered again.

    A label that the artist or an import wrote stays. False if there was nothing to undo.
    """
    return take_back_all(lib, [Suggestion(item_id, label, 0.0)]) == 1


def take_back_all(lib: Library, chosen: Iterable[Suggestion]) -> int:
    """`take_back` of many, in one writing; how many there were to undo."""
    told, undone, changed = names(lib), 0, set()
    with lib.writing("take suggestions back", WAIT_S):
        decided = _read(lib)
        frame = lib.illustrations()
        labels = frame["labels"].to_list()
        for one in chosen:
            key = told.key(one.label)
            refused = decided.refused.get(one.item_id, {}).pop(key, None)
            written = decided.accepted.get(one.item_id, {}).pop(key, None)
            undone += refused is not None or written is not None
            if written is not None:
                row = lib.row_of(one.item_id)
                labels[row] = [own for own in labels[row] if own != written]
                changed.add(one.item_id)
        if changed:
            _write_labels(lib, frame, labels, changed)
        if undone:
            _write(lib, decided)
    return undone


def above(found: Sequence[Review], sure: float = SURE) -> tuple[Suggestion, ...]:
    """Those of a review that are at least so sure."""
    return tuple(s for r in found for s in r.suggestions if s.confidence >= sure)


def _open(lib: Library, item_id: str, own: Sequence[str], least: float, language: str) -> tuple[Suggestion, ...]:
    told = names(lib)
    guesses = _predictions(lib).guesses.get(item_id, ())
    taken = set(told.keys(own)) | set(_decided(lib).refused.get(item_id, {}))
    found = []
    for label, confidence in guesses:
        if confidence >= least and told.key(label) not in taken:
            taken.add(told.key(label))
            found.append(Suggestion(item_id, told.shown(label, language), confidence))
    return tuple(found)


def _predictions(lib: Library) -> Predictions:
    return MEMORY.recall(lib.path, "predictions", changed_at(lib.path / FOLDER), lambda: read_predictions(lib))


def _write_labels(lib: Library, frame: pl.DataFrame, labels: list[list[str]], items: set[str]) -> None:
    """The table with other labels, and new `label_text` vectors for these items where the word encoder made them."""
    lib.write_illustrations(frame.with_columns(pl.Series("labels", labels, dtype=pl.List(pl.String))))
    lists = LabelLists.in_use(lib, in_use(lib).encoder)
    if active_fingerprint(lib.path, "label_text") == lists.fingerprint:
        ids = sorted(items)
        own = [labels[lib.row_of(item)] for item in ids]
        write_vectors(lib.path, "label_text", lists.fingerprint, ids, lists.encode(own))


def _decided(lib: Library) -> _Decided:
    return MEMORY.recall(lib.path, "suggestions decided", changed_at(lib.path / FILE), lambda: _read(lib))


def _change(lib: Library, how: Callable[[_Decided], object]) -> None:
    with lib.writing("decide on a suggestion", WAIT_S):
        decided = _read(lib)
        how(decided)
        _write(lib, decided)


def _write(lib: Library, decided: _Decided) -> None:
    kept = {name: {item: own for item, own in whole.items() if own} for name, whole in vars(decided).items()}
    write_json(lib.path / FILE, kept)


def _read(lib: Library) -> _Decided:
    try:
        kept = json.loads((lib.path / FILE).read_text("utf-8"))
        return _Decided(*({str(i): dict(own) for i, own in kept[name].items()} for name in ("refused", "accepted")))
    except FileNotFoundError:
        return _Decided({}, {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LibraryError(
            f"{lib.path / FILE} is not readable ({error}). It keeps which suggested labels were refused; "
            "restore it from a backup, or delete it to begin anew."
        ) from error
