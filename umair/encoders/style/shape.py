"""How contours turn and how straight they are; symmetry; the width of strokes along their middle. At 160 px."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from umair.encoders.style.histograms import code_shares, folded, shares
from umair.encoders.style.sample import Sample

SIDE = 160
THRESHOLDS = (60, 110, 180)  # of grey 0..255, after steps of 43
TURN_EDGES = np.array([0, 0.06, 0.13, 0.22, 0.35, 0.5, 0.75, 1.05, 1.5, 2.1, 3.2])  # radians
TURN_STEPS = (3, 7)  # pixels
SEGMENT_EDGES = np.array([0, 3, 6, 10, 16, 25, 40, 70, 400])  # pixels
WIDTH_EDGES = np.array([0.9, 1.5, 2.2, 3, 4, 5.5, 7.5, 10, 14, 20, 200])  # pixels from middle to border
DEEPEST = np.float32(199.0)  # pixels: a mask without a border has no depth
SHORTEST = 12  # pixels of a contour that says something
MOST = 400  # contours of a mask that are looked at, longest first
DIRECTIONS = 8


@dataclass(frozen=True)
class Contours:
    """The contours of a few masks: points (P, 2) of all, length, polygon, area, solidity, circularity of each."""

    points: np.ndarray
    lengths: np.ndarray
    polygons: list[np.ndarray]
    areas: np.ndarray
    solidity: np.ndarray
    circularity: np.ndarray


def contour_shapes(sample: Sample) -> np.ndarray:
    """(122,) contours of the Otsu mask (44) and of three fixed thresholds (44), symmetry (4), stroke widths (2 x 15).

    A set of contours gives sqrt shares of the turning angle after 3 px (10) and 7 px (10), of the length (8) and
    direction (8, weighted) of polygon sides, and: log count, log length, log largest and median area, solidity and
    circularity weighted by area and plain, shares of straight and of sharp places.
    """
    grey = _grey(sample)
    otsu = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    steps = cv2.medianBlur(grey, 3) // 43 * 43
    masks = [np.where(steps > t, np.uint8(255), np.uint8(0)) for t in THRESHOLDS]
    contours = [_described([otsu]), _described(masks)]
    return np.concatenate([*contours, _symmetry(grey), _widths(otsu), _widths(255 - otsu)]).astype(np.float32)


def _grey(sample: Sample) -> np.ndarray:
    height, width = sample.figure.shape
    scale = SIDE / max(height, width)
    size = (max(12, round(width * scale)), max(12, round(height * scale)))
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cv2.cvtColor(cv2.resize(sample.rgb, size, interpolation=kind), cv2.COLOR_RGB2GRAY)


def _described(masks: list[np.ndarray]) -> np.ndarray:
    found = _contours(masks)
    turns = [np.histogram(_turning(found, step), TURN_EDGES)[0].astype(np.float64) for step in TURN_STEPS]
    length, direction = _sides(found.polygons)
    code = np.floor(direction * (DIRECTIONS / np.pi) + 0.5).astype(np.int64) % DIRECTIONS
    weight = (found.areas + 1) / max((found.areas + 1).sum(), 1e-6)
    largest, median = (found.areas.max(), np.median(found.areas)) if len(found.areas) else (0.0, 0.0)
    numbers = [
        np.log1p(len(found.areas) / len(masks)),
        np.log1p(found.lengths.sum() / len(masks)),
        np.log1p(largest) / 3,
        np.log1p(median) / 3,
        (found.solidity * weight).sum(),
        found.solidity.mean() if len(found.solidity) else 0.0,
        (found.circularity * weight).sum(),
        found.circularity.mean() if len(found.circularity) else 0.0,
        turns[0][:2].sum() / max(turns[0].sum(), 1),
        turns[0][-3:].sum() / max(turns[0].sum(), 1) * 5,
    ]
    return np.concatenate(
        [
            *(np.sqrt(t / max(t.sum(), 1e-6)) for t in turns),
            shares(length, SEGMENT_EDGES, length),
            folded(code_shares(code, DIRECTIONS, length * (length > 10))),
            numbers,
        ]
    )


def _contours(masks: list[np.ndarray]) -> Contours:
    all_of_them = [c for m in masks for c in cv2.findContours(m, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)[0]]
    kept = sorted((c for c in all_of_them if len(c) >= SHORTEST), key=len, reverse=True)[: MOST * len(masks)]
    areas = np.array([abs(cv2.contourArea(c)) for c in kept])
    hulls = np.array([cv2.contourArea(cv2.convexHull(c)) for c in kept])
    lengths = np.array([len(c) for c in kept], dtype=np.int64)
    return Contours(
        points=np.concatenate([c[:, 0] for c in kept]).astype(np.float64) if kept else np.zeros((0, 2)),
        lengths=lengths,
        polygons=[cv2.approxPolyDP(c, 1.6, True)[:, 0].astype(np.float64) for c in kept],
        areas=areas,
        solidity=areas / np.maximum(hulls, 1),
        circularity=4 * np.pi * areas / np.maximum(lengths, 1) ** 2,
    )


def _turning(found: Contours, step: int) -> np.ndarray:
    """Angle (n,) in 0..pi between one step along a contour and the next, on points averaged over five."""
    ends = np.cumsum(found.lengths)
    start = np.repeat(ends - found.lengths, found.lengths)
    length = np.repeat(found.lengths, found.lengths)
    place = np.arange(len(found.points)) - start

    def moved(by: int) -> np.ndarray:
        return start + (place + by) % np.maximum(length, 1)

    smooth = sum(found.points[moved(k)] for k in (-2, -1, 0, 1, 2)) / 5 if len(found.points) else found.points
    way = smooth[moved(step)] - smooth
    angle = np.arctan2(way[:, 1], way[:, 0])
    turn = np.abs((angle[moved(step)] - angle + np.pi) % (2 * np.pi) - np.pi)
    return turn[length >= 4 * step]


def _sides(polygons: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Length and direction mod pi of every polygon side."""
    if not polygons:
        return np.zeros(0), np.zeros(0)
    side = np.concatenate([np.roll(p, -1, axis=0) - p for p in polygons])
    return np.hypot(side[:, 0], side[:, 1]), np.arctan2(side[:, 1], side[:, 0]) % np.pi


def _symmetry(grey: np.ndarray) -> list[float]:
    """Correlation with both mirror images and, squared to 64 px, with the transpose and a quarter turn."""
    own = grey.astype(np.float64) - grey.mean()
    square = cv2.resize(own, (64, 64))
    energy, square_energy = (own * own).sum() + 1e-6, (square * square).sum() + 1e-6
    diagonal = ((square * square.T).sum() + (square * np.rot90(square.T, 2)).sum()) / 2  # the same for a mirror image
    return [
        float((own * own[:, ::-1]).sum() / energy),
        float((own * own[::-1]).sum() / energy),
        float(diagonal / square_energy),
        float((square * np.rot90(square)).sum() / square_energy),
    ]


def _widths(mask: np.ndarray) -> np.ndarray:
    """(13,) sqrt shares of the half width along the middle of strokes, log mean, relative spread, share of the area."""
    depth = np.minimum(cv2.distanceTransform(mask, cv2.DIST_L2, 3), DEEPEST)
    middle = (depth == cv2.dilate(depth, np.ones((3, 3), np.uint8))) & (depth > WIDTH_EDGES[0])
    width = depth[middle]
    if not len(width):
        return np.array([*np.zeros(len(WIDTH_EDGES) - 1), 0.0, 0.0, (mask > 0).mean()])
    numbers = [np.log1p(width.mean()), width.std() / (width.mean() + 0.1), (mask > 0).mean()]
    return np.concatenate([shares(width, WIDTH_EDGES), numbers])
