"""How contours turn and how straight they are; symmetry; the width of strokes along their middle. At 160 px."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from umair.encoders.style.histograms import (
    byte_counts,
    code_shares,
    count_shares,
    floor_bytes,
    folded,
    grouped,
    shares,
)
from umair.encoders.style.sample import Sample

SIDE = 160
THRESHOLDS = (86, 129, 215)  # of grey 0..255, from which on a pixel is light
TURN_PLACES = np.array([0, 6, 13, 22, 35, 50, 75, 105, 150, 210, 320])  # hundredths of a radian
TURN_STEPS = (3, 7)  # pixels
SMOOTH = 5  # points that a place on a contour is averaged over
SEGMENT_EDGES = np.array([0, 3, 6, 10, 16, 25, 40, 70, 400])  # pixels
WIDTH_PLACES = np.array([9, 15, 22, 30, 40, 55, 75, 100, 140, 200, 256])  # tenths of a pixel, middle to border
SHORTEST = 12  # pixels of a contour that says something
MOST = 400  # contours of a mask that are looked at, longest first
DIRECTIONS = 8


@dataclass(frozen=True)
class Contours:
    """The contours of a few masks: points (P,) x + iy of all; of each length, polygon, area, solidity, circularity."""

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
    calm = cv2.medianBlur(grey, 3)
    masks = [cv2.threshold(calm, light - 1, 255, cv2.THRESH_BINARY)[1] for light in THRESHOLDS]
    contours = [_described([otsu]), _described(masks)]
    return np.concatenate([*contours, _symmetry(grey), _widths(otsu), _widths(255 - otsu)]).astype(np.float32)


def _grey(sample: Sample) -> np.ndarray:
    height, width = sample.figure.shape
    scale = SIDE / max(height, width)
    grey = cv2.cvtColor(sample.rgb, cv2.COLOR_RGB2GRAY)
    size = (max(12, round(width * scale)), max(12, round(height * scale)))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)


def _described(masks: list[np.ndarray]) -> np.ndarray:
    found = _contours(masks)
    turns = _turns(found)
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
            *(count_shares(t) for t in turns),
            shares(length, SEGMENT_EDGES, length),
            folded(code_shares(code, DIRECTIONS, length * (length > 10))),
            numbers,
        ]
    )


def _contours(masks: list[np.ndarray]) -> Contours:
    all_of_them = [c for m in masks for c in cv2.findContours(m, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)[0]]
    kept = sorted((c for c in all_of_them if len(c) >= SHORTEST), key=len, reverse=True)[: MOST * len(masks)]
    areas = np.array([cv2.contourArea(c) for c in kept])
    hulls = np.array([cv2.contourArea(cv2.convexHull(c)) for c in kept])
    lengths = np.array([len(c) for c in kept], dtype=np.int64)
    points = np.concatenate(kept).astype(np.float32) if kept else np.zeros((0, 2), np.float32)
    return Contours(
        points=points.view(np.complex64).ravel(),
        lengths=lengths,
        polygons=[cv2.approxPolyDP(c, 1.6, True)[:, 0] for c in kept],
        areas=areas,
        solidity=areas / np.maximum(hulls, 1),
        circularity=4 * np.pi * areas / np.maximum(lengths, 1) ** 2,
    )


def _turns(found: Contours) -> list[np.ndarray]:
    """Counts (10,) of the angle 0..pi between one step along a contour and the next, on averaged points, for each step.

    Every contour is laid out with its own beginning once more behind it, so that places further along it are further
    along the array. Contours shorter than four steps are left out.
    """
    if not len(found.lengths):
        return [np.zeros(len(TURN_PLACES) - 1) for _ in TURN_STEPS]
    laid = found.lengths + (SMOOTH - 1 + 2 * max(TURN_STEPS))
    place = np.arange(laid.sum(), dtype=np.int32) - np.repeat((np.cumsum(laid) - laid).astype(np.int32), laid)
    length = np.repeat(found.lengths, laid)
    points = found.points[np.repeat(np.cumsum(found.lengths) - found.lengths, laid) + place % length]
    smooth = sum(points[n : len(points) - SMOOTH + 1 + n] for n in range(SMOOTH)) / np.float32(SMOOTH)
    own = place < length
    counts = []
    for step in TURN_STEPS:
        way = smooth[step:] - smooth[:-step]
        turned = way[step:] * way[:-step].conj()
        turned = turned[(own & (length >= 4 * step))[: len(turned)]]
        turn = np.arctan2(np.abs(turned.imag), turned.real)
        counts.append(grouped(np.bincount((turn * 100 + 1e-3).astype(np.int64), minlength=320), TURN_PLACES))
    return counts


def _sides(polygons: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Length and direction mod pi of every polygon side."""
    if not polygons:
        return np.zeros(0), np.zeros(0)
    corners = np.concatenate(polygons).astype(np.float64)
    ends = np.cumsum([len(p) for p in polygons])
    following = np.arange(1, len(corners) + 1)
    following[ends - 1] = np.concatenate([[0], ends[:-1]])
    x, y = (corners[following] - corners).T
    return np.hypot(x, y), np.arctan2(y, x) % np.pi


def _symmetry(grey: np.ndarray) -> list[float]:
    """Correlation with both mirror images and, squared to 64 px, with the transpose and a quarter turn."""
    own = grey.astype(np.float32) - np.float32(grey.mean())
    square = cv2.resize(own, (64, 64))
    energy, square_energy = (float((plane * plane).sum()) + 1e-6 for plane in (own, square))
    diagonal = ((square * square.T).sum() + (square * np.rot90(square.T, 2)).sum()) / 2  # the same for a mirror image
    return [
        float((own * own[:, ::-1]).sum() / energy),
        float((own * own[::-1]).sum() / energy),
        float(diagonal / square_energy),
        float((square * np.rot90(square)).sum() / square_energy),
    ]


def _widths(mask: np.ndarray) -> np.ndarray:
    """(13,) sqrt shares of the half width along the middle of strokes, log mean, relative spread, share of the area."""
    depth = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    middle = (depth == cv2.dilate(depth, np.ones((3, 3), np.uint8))) & (depth >= WIDTH_PLACES[0] / 10)
    counts = byte_counts([floor_bytes(depth, 10.0)], middle, [256], [256])
    share = cv2.countNonZero(mask) / mask.size
    many = float(counts.sum())
    if not many:
        return np.array([*np.zeros(len(WIDTH_PLACES) - 1), 0.0, 0.0, share])
    widths = np.arange(256) / 10
    mean = float(counts @ widths) / many
    spread = np.sqrt(float(counts @ (widths - mean) ** 2) / many)
    return np.concatenate([count_shares(grouped(counts, WIDTH_PLACES)), [np.log1p(mean), spread / (mean + 0.1), share]])
