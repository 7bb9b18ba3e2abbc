"""Style in words: six axes, each a small formula over pixels, told against what reference pictures measure.

Lightness L is CIE 0..100; every picture is measured at a long side of 256 px at most.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from umair.encoders.style.sample import Sample, sample
from umair.errors import EncoderError
from umair.library.atomic import write_json
from umair.settings import assets

FILE = "axes.json"
LINE_DEPTH = 12.0  # L by which a line is darker than what it lies on
LINE_REACH = 9  # pixels: what is wider is an area, not a line
FLAT = 0.6  # L and colour units by which neighbours in a flat area differ at most
QUANTILES = 101
LOW, HIGH = 0.35, 0.65  # places among the reference between which nothing is worth saying
FEW_LINES = 0.02  # share of the picture under lines below which it has none


def line_weight(own: Sample) -> float:
    """Mean width of thin dark lines in pixels: 2 A / (pi E / 4), their area and the pixel edges around it; 0 without.

    pi / 4 turns a count of upright and level edges into the length of a line in any direction (Cauchy, Crofton).
    """
    mask = _lines(own)
    if mask.mean() < FEW_LINES / 4:
        return 0.0
    edges = int((mask[1:] != mask[:-1]).sum() + (mask[:, 1:] != mask[:, :-1]).sum())
    return float(2 * int(mask.sum()) / (np.pi / 4 * max(edges, 1)))


def line_share(own: Sample) -> float:
    """Share 0..1 of the picture under lines: where closing by 9 px lifts L by more than 12 and half of the most."""
    return float(_lines(own).mean())


def flatness(own: Sample) -> float:
    """Share 0..1 of pixels whose 3 x 3 surroundings differ by less than 0.6 in each of L, a, b."""
    flat = np.ones(own.figure.shape, dtype=bool)
    around = np.ones((3, 3), np.uint8)
    for plane in (own.scales[0].lightness, own.scales[0].a, own.scales[0].b):
        flat &= (cv2.dilate(plane, around) - cv2.erode(plane, around)) < FLAT
    return float(flat.mean())


def saturation(own: Sample) -> float:
    """Mean chroma sqrt(a^2 + b^2) of the figure."""
    return float(own.inside(own.chroma).mean())


def edge_softness(own: Sample) -> float:
    """Width of strong edges in pixels: median of (range of L in 7 x 7) / |grad L| over the 5 % steepest pixels."""
    lightness = own.scales[0].lightness
    steep = cv2.magnitude(
        cv2.Sobel(lightness, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(lightness, cv2.CV_32F, 0, 1, scale=0.125)
    )
    strong = steep >= max(float(np.quantile(steep, 0.95)), 0.5)
    if not strong.any():
        return 0.0
    around = np.ones((7, 7), np.uint8)
    contrast = cv2.dilate(lightness, around) - cv2.erode(lightness, around)
    return float(np.median(contrast[strong] / steep[strong]))


def grain(own: Sample) -> float:
    """Mean |L - L blurred by 1 px| over the half of the picture with the least change of L around."""
    lightness = own.scales[0].lightness
    broad = cv2.GaussianBlur(lightness, (0, 0), 3.0)
    steep = cv2.magnitude(cv2.Sobel(broad, cv2.CV_32F, 1, 0), cv2.Sobel(broad, cv2.CV_32F, 0, 1))
    around = cv2.blur(steep, (9, 9))
    calm = around <= np.median(around)
    return float(np.abs(lightness - cv2.GaussianBlur(lightness, (0, 0), 1.0))[calm].mean())


def value_range(own: Sample) -> float:
    """95th less 5th percentile of L."""
    low, high = np.percentile(own.scales[0].lightness, [5, 95])
    return float(high - low)


AXES: dict[str, Callable[[Sample], float]] = {
    "line weight": line_weight,
    "flatness of colour": flatness,
    "saturation": saturation,
    "edge softness": edge_softness,
    "grain": grain,
    "value range": value_range,
}
LOW_HIGH: dict[str, tuple[str, str]] = {
    "line weight": ("thin dark lines", "heavy dark lines"),
    "flatness of colour": ("modelled colour", "flat colour"),
    "saturation": ("muted colours", "saturated colours"),
    "edge softness": ("crisp edges", "soft edges"),
    "grain": ("low grain", "rough grain"),
    "value range": ("narrow range of light and dark", "wide range of light and dark"),
}


@dataclass(frozen=True)
class StyleDescription:
    """words in reading order; axes: place 0..1 among the reference pictures; numbers: what was measured, see AXES."""

    words: tuple[str, ...]
    axes: dict[str, float]
    numbers: dict[str, float]

    @property
    def sentence(self) -> str:
        text = ", ".join(self.words)
        return text[:1].upper() + text[1:] + "." if text else ""


def describe(picture: Image.Image, reference: str | Path = "shipped") -> StyleDescription:
    """How a picture is painted; `reference` is “shipped” or a folder with `axes.json`."""
    own = sample(np.asarray(picture.convert("RGB")))
    numbers = {name: measure(own) for name, measure in AXES.items()}
    numbers["lines"] = line_share(own)
    known = _quantiles(str(reference))
    axes = {name: _place(numbers[name], known[name]) for name in AXES}
    return StyleDescription(tuple(_words(axes, numbers["lines"])), axes, numbers)


def measured_rows(pictures: Iterable[Image.Image]) -> np.ndarray:
    """(N, 6) what pictures measure on each of AXES; EncoderError if there are none."""
    rows = []
    for picture in pictures:
        own = sample(np.asarray(picture.convert("RGB")))
        rows.append([measure(own) for measure in AXES.values()])
    if not rows:
        raise EncoderError("Style axes need at least one reference picture; none could be read.")
    return np.array(rows)


def quantiles_of(rows: np.ndarray) -> dict[str, list[float]]:
    """rows (N, 6) of `measured_rows` at 101 evenly spaced quantiles of each axis."""
    spread = np.quantile(rows, np.linspace(0, 1, QUANTILES), axis=0)
    return {name: [round(float(v), 4) for v in spread[:, n]] for n, name in enumerate(AXES)}


def save_quantiles(folder: Path, quantiles: Mapping[str, list[float]]) -> None:
    write_json(folder / FILE, dict(quantiles))
    _quantiles.cache_clear()


@lru_cache(maxsize=8)
def _quantiles(reference: str) -> dict[str, np.ndarray]:
    folder = assets() / "models" / "style" if reference == "shipped" else Path(reference)
    try:
        read = json.loads((folder / FILE).read_text("utf-8"))
        return {name: np.array(read[name], dtype=np.float64) for name in AXES}
    except (OSError, ValueError, KeyError) as error:
        raise EncoderError(f"{folder} has no readable {FILE} ({error}). Train the style encoder again.") from error


def _place(value: float, quantiles: np.ndarray) -> float:
    """Share of the reference below the value, ties counted half."""
    below, upto = np.searchsorted(quantiles, value, side="left"), np.searchsorted(quantiles, value, side="right")
    return float((below + upto) / 2 / len(quantiles))


def _words(axes: Mapping[str, float], lines: float) -> list[str]:
    """Lines are always named; of the others those far from the middle, or the farthest if none is."""
    if lines < FEW_LINES:
        told = ["hardly any lines"]
    else:
        weight = axes["line weight"]
        low, high = LOW_HIGH["line weight"]
        told = [low if weight < LOW else high if weight > HIGH else "lines of middling weight"]
    others = [name for name in AXES if name != "line weight"]
    far = [name for name in others if not LOW <= axes[name] <= HIGH]
    for name in far or [max(others, key=lambda n: abs(axes[n] - 0.5))]:
        told.append(LOW_HIGH[name][int(axes[name] > 0.5)])
    return told


def _lines(own: Sample) -> np.ndarray:
    lightness = own.scales[0].lightness
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (LINE_REACH, LINE_REACH))
    lift = cv2.morphologyEx(lightness, cv2.MORPH_CLOSE, kernel) - lightness
    return (lift > LINE_DEPTH) & (lift > cv2.dilate(lift, kernel) / 2)
