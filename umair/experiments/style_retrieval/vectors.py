"""The vectors that are compared, each as unit rows for a gallery, and the two likenesses of unit rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from umair.encoders.image_model import ImageModel
from umair.encoders.style.csls import NEIGHBOURS, csls, local_scale
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.head import StyleHead
from umair.encoders.style.stack import SIZES, stacked
from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.histograms import colour_histogram, edge_histogram
from umair.experiments.style_retrieval.kept import Kept, stack_key
from umair.experiments.style_retrieval.networks import network_rows, shipped_network, untrained_network

CUT = 5.0  # standard deviations


@dataclass(frozen=True)
class Vector:
    """A name for the tables and how a gallery becomes rows (N, D) of length 1."""

    name: str
    rows: Callable[[Gallery], np.ndarray]


class Readings:
    """What is read of pictures, each set of pictures once: histograms, statistics, outputs of networks."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._networks: dict[str, ImageModel] = {}

    def colour(self, gallery: Gallery) -> np.ndarray:
        return self._read(gallery, "colour", colour_histogram)

    def edges(self, gallery: Gallery) -> np.ndarray:
        return self._read(gallery, "edges", edge_histogram)

    def statistics(self, gallery: Gallery) -> np.ndarray:
        """(N, 2173) of the measured stack."""
        return self._read(gallery, f"stack-{stack_key()}", stacked)

    def network(self, gallery: Gallery, model: ImageModel, output: str) -> np.ndarray:
        """`semantic`, `paper` or `whole` of an image network."""
        pictures = gallery.pictures
        key = f"{pictures.name}-{pictures.digest}-network-{model.fingerprint[:16]}"
        return self._kept.arrays(key, lambda: network_rows(model, pictures))[output][gallery.rows]

    def style(self, gallery: Gallery, encoder: StyleEncoder) -> np.ndarray:
        """Rows of length 1 of a whole style encoder."""
        return self._read(gallery, f"style-{stack_key()}-{encoder.fingerprint[:16]}", encoder.encode)

    def _read(self, gallery: Gallery, what: str, make: Callable[..., np.ndarray]) -> np.ndarray:
        pictures = gallery.pictures
        key = f"{pictures.name}-{pictures.digest}-{what}".replace(" ", "-")
        return self._kept.rows(key, lambda: make(pictures))[gallery.rows]


def plain_vectors(readings: Readings) -> list[Vector]:
    """Everything that learnt nothing of hands: histograms, Grams, the stack alone, the semantic vector."""
    found = [
        Vector("colour histogram", readings.colour),
        Vector("colour + edge histogram", lambda g: _beside(readings.colour(g), readings.edges(g))),
    ]
    for word, model in (("untrained", untrained_network()), ("shipped", shipped_network())):
        found.append(Vector(f"paper's Gram, {word}", partial(_standardised_output, readings, model, "paper")))
        found.append(Vector(f"whole Gram, {word}", partial(_standardised_output, readings, model, "whole")))
    found.append(Vector("stack, no learning", lambda g: stack_alone(readings.statistics(g))))
    found.append(semantic_vector(readings, shipped_network(), "semantic"))
    return found


def semantic_vector(readings: Readings, model: ImageModel, name: str) -> Vector:
    """What a picture shows (eq. 3), less the gallery's mean."""

    def rows(gallery: Gallery) -> np.ndarray:
        found = readings.network(gallery, model, "semantic")
        return unit(found - found.mean(0))

    return Vector(name, rows)


def whole_encoder(readings: Readings, encoder: StyleEncoder, name: str) -> Vector:
    """A style encoder as it is used."""
    return Vector(name, lambda gallery: readings.style(gallery, encoder))


def head_vector(readings: Readings, head: StyleHead, name: str) -> Vector:
    """A head on the measured statistics."""
    return Vector(name, lambda gallery: head.vectors(readings.statistics(gallery)))


def beside_network(readings: Readings, head: StyleHead, encoder: StyleEncoder, name: str) -> Vector:
    """A head with the network of an encoder beside it, in the encoder's shares."""
    network = encoder.network
    assert network is not None, "only for an encoder with a network"

    def rows(gallery: Gallery) -> np.ndarray:
        seen = readings.style(gallery, encoder)[:, head_width(encoder.head) :]
        measured = head.vectors(readings.statistics(gallery))
        return np.concatenate([measured * np.float32(np.sqrt(1 - network.share)), seen], axis=1)

    return Vector(name, rows)


def head_width(head: StyleHead) -> int:
    """How many numbers a head's vector has."""
    return head.vectors(head.mean[None]).shape[1]


def stack_alone(statistics: np.ndarray, without: str = "") -> np.ndarray:
    """The measured statistics, standardised over the gallery, every family of equal weight; one family left out."""
    weights = np.concatenate(
        [np.full(size, 0.0 if family == without else 1 / np.sqrt(size)) for family, size in SIZES.items()]
    )
    return unit(np.clip(standardised(statistics), -CUT, CUT) * weights)


def likenesses(rows: np.ndarray, k: int = NEIGHBOURS) -> Mapping[str, np.ndarray]:
    """(N, N) by cosine and by CSLS, whose local scale is that of the whole gallery."""
    cosine, scale = rows @ rows.T, local_scale(rows, k)
    return {"cosine": cosine, "CSLS": csls(cosine, scale, scale)}


def standardised(rows: np.ndarray) -> np.ndarray:
    """Each number less its mean over its spread in the gallery."""
    return (rows - rows.mean(0)) / (rows.std(0) + 1e-3)


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1, float32."""
    return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)


def _standardised_output(readings: Readings, model: ImageModel, output: str, gallery: Gallery) -> np.ndarray:
    rows = readings.network(gallery, model, output).astype(np.float32)
    return unit((rows - rows.mean(0)) / (rows.std(0) + 1e-6))


def _beside(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    return np.concatenate([one, two], axis=1) * np.float32(np.sqrt(0.5))
