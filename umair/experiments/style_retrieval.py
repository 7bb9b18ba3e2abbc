"""Does style find the same hand? R@1, mAP and pair AUC, by cosine and by CSLS, on hands that nothing was trained on.

`python -m umair.experiments.style_retrieval [--drawings DATA] [--library DIR]` prints one table for each set: open
drawings (19 hands, 796 pictures, no picture of any of them trained) and a library with known hands (the demo; only
queries by hands kept out of training, in the gallery of all). Rows: colour histogram; eq. 4 from an untrained network
and from the shipped one; the measured stack alone; the learnt vector. A bracket is the 95 % bootstrap over hands.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import torch
from PIL import Image

from umair.encoders.backbone import build_backbone
from umair.encoders.image import ImageEncoder
from umair.encoders.image_model import ImageModel, load_image_model
from umair.encoders.style.csls import NEIGHBOURS, csls, local_scale
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.retrieval import retrieval
from umair.encoders.style.sources import held_out_of
from umair.encoders.style.stack import SIZES, stacked
from umair.encoders.style.train import StyleTrainingOptions
from umair.encoders.vectors import read_vectors
from umair.errors import TrainingError
from umair.experiments.style_data import unseen_drawings
from umair.library.images import load_picture
from umair.library.store import Library
from umair.settings import assets, demo_library

BINS = 8  # of a side of the RGB cube
RESAMPLES = 200


@dataclass(frozen=True)
class Gallery:
    """Pictures with hands; queries (N,) are those by hands that were not trained; content (N,) "" if unknown."""

    name: str
    pictures: Sequence[Image.Image]
    hand: np.ndarray
    content: np.ndarray
    queries: np.ndarray


@dataclass(frozen=True)
class Row:
    """One vector on one gallery: R@1, R@5, mAP, AUC by a likeness, and the bootstrap's 2.5 and 97.5 % of the mAP."""

    vector: str
    likeness: str
    figures: dict[str, float]
    low: float
    high: float


def colour_histogram(pictures: Sequence[Image.Image]) -> np.ndarray:
    """(N, 512) square root of the shares of 8 x 8 x 8 RGB cells, the ground included: the best of six variants."""
    rows = []
    for picture in pictures:
        cell = np.asarray(picture.convert("RGB")).reshape(-1, 3).astype(np.int64) * BINS >> 8
        rows.append(np.sqrt(np.bincount(cell @ np.array([BINS * BINS, BINS, 1]), minlength=BINS**3) / len(cell)))
    return np.stack(rows)


def paper_gram(pictures: Sequence[Image.Image], trained: bool) -> np.ndarray:
    """(N, C) eq. 4 with max pooling, standardised over the gallery (without it every form ranks behind)."""
    shipped = load_image_model(assets() / "models" / "image")
    if not trained:
        torch.manual_seed(0)
        shipped = ImageModel(shipped.name, build_backbone(shipped.name), (), shipped.preprocess)
    rows = ImageEncoder(shipped, "cpu").encode(pictures)["style_paper"]
    return (rows - rows.mean(0)) / (rows.std(0) + 1e-6)


def stack_alone(pictures: Sequence[Image.Image]) -> np.ndarray:
    """(N, 2173) the measured statistics, standardised over the gallery, every family of equal weight; no learning."""
    rows = stacked(pictures)
    weights = np.concatenate([np.full(n, 1 / np.sqrt(n)) for n in SIZES.values()])
    return np.clip((rows - rows.mean(0)) / (rows.std(0) + 1e-3), -5, 5) * weights


VECTORS: dict[str, Callable[[Sequence[Image.Image]], np.ndarray]] = {
    "colour histogram": colour_histogram,
    "paper's Gram, untrained": lambda pictures: paper_gram(pictures, trained=False),
    "paper's Gram, shipped": lambda pictures: paper_gram(pictures, trained=True),
    "stack, no learning": stack_alone,
    "learnt": lambda pictures: StyleEncoder.load("shipped").encode(pictures),
}


def measure(gallery: Gallery) -> list[Row]:
    """Every vector by cosine and by CSLS."""
    rows = []
    for name, make in VECTORS.items():
        vectors = make(gallery.pictures)
        unit = (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)
        cosine, scale = unit @ unit.T, local_scale(unit, NEIGHBOURS)
        for kind, likeness in (("cosine", cosine), ("CSLS", csls(cosine, scale, scale))):
            rows.append(_row(gallery, name, kind, likeness))
    return rows


def drawings(data: Path) -> Gallery:
    """The open drawings under the zero protocol: every picture is a query."""
    frame = unseen_drawings(data)
    pictures = [load_picture(image) for image in frame["image"].to_list()]
    hand = np.array(frame["hand"].to_list())
    return Gallery("drawings", pictures, hand, np.full(len(hand), ""), np.ones(len(hand), dtype=bool))


def library(path: Path, character: dict[str, str] | None = None) -> Gallery:
    """A library's pictures; queries by hands that `train style` keeps out by its default share."""
    own = Library.open(path)
    frame = own.illustrations().drop_nulls("hand")
    ids, hand = frame["item_id"].to_list(), np.array(frame["hand"].to_list())
    if len(set(hand)) < 2:
        raise TrainingError(f"“{own.info.name}” does not know which hand painted what, so nothing can be measured.")
    unseen = held_out_of(sorted(set(hand.tolist())), StyleTrainingOptions().held_out_share)
    content = np.array([(character or {}).get(item, "") for item in ids])
    pictures = [load_picture(own.image_path(item)) for item in ids]
    return Gallery(own.info.name, pictures, hand, content, np.isin(hand, unseen))


def neighbours(path: Path, among: int = 10) -> str:
    """What the nearest pictures share, in both spaces: the content leak of style, the hand leak of content.

    Shares of the `among` nearest by the same hand and with the same character, beside those of any two pictures.
    """
    own = Library.open(path)
    truth = pl.read_parquet(path / "truth" / "pictures.parquet")
    frame = own.illustrations().select("item_id").join(truth, on="item_id", how="left", maintain_order="left")
    facts = {name: frame[name].to_numpy() for name in ("hand", "character")}
    lines = ["| nearest by | same hand | same character | same hand, other character |", "|---|---:|---:|---:|"]
    for space in ("style", "semantic"):
        found = read_vectors(own, space)
        centred = found.matrix - (found.matrix.mean(0) if space == "semantic" else 0)
        unit = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        likeness = unit @ unit.T
        if space == "style":
            scale = local_scale(unit)
            likeness = csls(likeness, scale, scale)
        np.fill_diagonal(likeness, -np.inf)
        nearest = np.argsort(-likeness, axis=1)[:, :among]
        lines.append(_shared(f"{space}, {among} nearest", facts, nearest))
    anyone = np.random.default_rng(0).integers(0, len(frame), (len(frame), 50))
    lines.append(_shared("chance", facts, anyone))
    return "\n".join(lines)


def _shared(name: str, facts: dict[str, np.ndarray], nearest: np.ndarray) -> str:
    hand, character = ((fact[nearest] == fact[:, None]) for fact in facts.values())
    return f"| {name} | {hand.mean():.3f} | {character.mean():.3f} | {(hand & ~character).mean():.3f} |"


def table(gallery: Gallery, rows: Sequence[Row]) -> str:
    """Markdown."""
    hands = len(set(gallery.hand[gallery.queries].tolist()))
    lines = [
        f"**{gallery.name}**: {int(gallery.queries.sum()):,} queries by {hands} hands never trained, "
        f"gallery of {len(gallery.hand):,}",
        "",
        "| vector | likeness | R@1 | R@5 | mAP [95 %] | pair AUC |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for row in rows:
        f = row.figures
        lines.append(
            f"| {row.vector} | {row.likeness} | {f['r1']:.3f} | {f['r5']:.3f} | "
            f"{f['map']:.3f} [{row.low:.2f} {row.high:.2f}] | {f['auc']:.3f} |"
        )
    return "\n".join(lines)


def _row(gallery: Gallery, name: str, kind: str, likeness: np.ndarray) -> Row:
    known = gallery.content != ""
    same_content = (gallery.content[:, None] == gallery.content) & known[:, None] & known
    seen_pairs = ~(gallery.queries[:, None] | gallery.queries)
    figures = retrieval(likeness, gallery.hand, same_content | seen_pairs, gallery.queries)
    hands = sorted(set(gallery.hand[gallery.queries].tolist()))
    each = [
        retrieval(likeness, gallery.hand, same_content | seen_pairs, gallery.queries & (gallery.hand == one))["map"]
        for one in hands
    ]
    size = np.array([(gallery.queries & (gallery.hand == one)).sum() for one in hands], dtype=float)
    rng = np.random.default_rng(0)
    means = []
    for _ in range(RESAMPLES):
        drawn = rng.choice(len(hands), len(hands))
        means.append(float((np.array(each)[drawn] * size[drawn]).sum() / size[drawn].sum()))
    low, high = np.percentile(means, [2.5, 97.5])
    return Row(name, kind, figures, float(low), float(high))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawings", type=Path, help="folder of the development data")
    parser.add_argument("--library", type=Path, help="a library with known hands (default: the demo)")
    asked = parser.parse_args()
    shown = asked.library or demo_library()
    galleries = [library(shown)]
    if asked.drawings:
        galleries.insert(0, drawings(asked.drawings))
    for gallery in galleries:
        print(table(gallery, measure(gallery)), end="\n\n", flush=True)
    if (shown / "truth" / "pictures.parquet").exists():
        print(neighbours(shown))


if __name__ == "__main__":
    main()
