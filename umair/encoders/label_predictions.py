"""Asking the image encoder which labels a library's pictures should carry, and keeping what it says.

`predict_encoded` reads stored vectors and needs no torch; `predict_pictures` decodes what is left, and all of it for
a tagger from a hub.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from umair.encoders.label_head import LabelHead
from umair.encoders.vectors import read_vectors
from umair.errors import EncoderError, ImageError
from umair.library.images import load_picture
from umair.library.predictions import Guesses, Predictions, predicted_items, write_predictions
from umair.library.store import Library
from umair.settings import assets, read_settings

SHIPPED = "shipped"
LEAST, MOST = 0.05, 24  # a probability that is kept, and how many of a picture
BATCH = 64
HUBS = ("torchvision:", "timm:", "hf-hub:", "local-dir:")


def chosen_model(library: Library) -> str:
    """The encoder whose labels are suggested: the library's active run (a folder), else the person's setting."""
    run = library.info.active.get("image")
    return str(library.path / "runs" / run) if run else read_settings().image_encoder


def predict_encoded(library: Library, model: str | None = None) -> int:
    """Keep predictions for every picture that has a `semantic` vector by this encoder; how many there are.

    EncoderError if the encoder is a hub's (its head is not linear on what is stored) or names no labels.
    """
    name = model or chosen_model(library)
    if name.startswith(HUBS):
        raise EncoderError(f"{name} has to see the pictures themselves. Run `python -m umair suggest`.")
    head = LabelHead.load(assets() / "models" / "image" if name == SHIPPED else Path(name))
    vectors = read_vectors(library, "semantic", head.backbone)
    rows = np.flatnonzero(vectors.present)
    found = head.probabilities(vectors.matrix[rows]) if len(rows) else np.zeros((0, len(head.labels)))
    guesses = {vectors.item_ids[r]: surest(head.labels, own) for r, own in zip(rows, found, strict=True)}
    write_predictions(library, Predictions(guesses, head.fingerprint, name, head.calibration is not None))
    return len(rows)


def predict_after_encoding(library: Library) -> int:
    """`predict_encoded` where this encoder can, else nothing is done: 0."""
    try:
        return predict_encoded(library)
    except EncoderError:
        return 0


def predict_pictures(
    library: Library, model: str | None = None, told: Callable[[int, int], None] | None = None
) -> dict[str, str]:
    """Look at every picture that this encoder has not been asked about; item ids that cannot be read, with the reason.

    What is done is kept after every 64 pictures. Raises HubUnavailable, or EncoderError for weights without labels.
    """
    from umair.encoders.image import ImageEncoder  # torch: only where pictures are looked at

    name = model or chosen_model(library)
    encoder = ImageEncoder.load(name, read_settings().device)
    kept = [n for n in range(len(encoder.labels)) if encoder.tags is None or n not in encoder.tags.ratings]
    labels = [encoder.labels[n] for n in kept]
    print_, calibrated = encoder.prediction_fingerprint, encoder.is_calibrated
    done = predicted_items(library, print_)
    todo = [item for item in library.illustrations().drop_nulls("image")["item_id"].to_list() if item not in done]
    refused: dict[str, str] = {}
    for start in range(0, len(todo), BATCH):
        items, pictures = [], []
        for item in todo[start : start + BATCH]:
            try:
                pictures.append(load_picture(library.image_path(item)))
                items.append(item)
            except (ImageError, OSError) as error:
                refused[item] = str(error)
        if items:
            found = encoder.predict(pictures)[:, kept]
            guesses = {item: surest(labels, own) for item, own in zip(items, found, strict=True)}
            write_predictions(library, Predictions(guesses, print_, name, calibrated))
        if told:
            told(min(start + BATCH, len(todo)), len(todo))
    return refused


def surest(labels: Sequence[str], probabilities: np.ndarray) -> Guesses:
    """What is worth keeping of one picture's (V,) probabilities, the surest first."""
    order = np.argsort(-probabilities, kind="stable")[:MOST]
    return tuple((labels[v], round(float(probabilities[v]), 4)) for v in order if probabilities[v] >= LEAST)
