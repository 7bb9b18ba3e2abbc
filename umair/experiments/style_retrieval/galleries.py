"""The pictures that are searched: a library with known hands, open drawings, avatars, emoji, made painters."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl
from PIL import Image

from umair.encoders.style.options import StyleTrainingOptions
from umair.encoders.style.painter_hand import painter_hand
from umair.encoders.style.painters import paint
from umair.encoders.style.sources import held_out_of
from umair.errors import TrainingError
from umair.experiments.style_data import all_emoji, avatars, is_tested, unseen_drawings
from umair.experiments.style_retrieval.splits import EMOJI_SPLITS
from umair.library.images import load_picture
from umair.library.store import Library

UNTRAINED_PAINTERS = 50_000  # first seed; training takes others (sources.FIRST_PAINTER, FIRST_FILTER)


@dataclass(frozen=True)
class Pictures:
    """Encoded pictures that are measured together, so that subsets of them share one measurement."""

    name: str
    encoded: Sequence[bytes]

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits that change with any picture or the order."""
        whole = hashlib.sha256()
        for one in self.encoded:
            whole.update(hashlib.sha256(one).digest())
        return whole.hexdigest()[:16]

    def __iter__(self) -> Iterator[Image.Image]:
        return (load_picture(one) for one in self.encoded)

    def __len__(self) -> int:
        return len(self.encoded)


@dataclass(frozen=True)
class Gallery:
    """N of the pictures (`rows` (N,) says which), what is known of each, and who may ask.

    hand, kind (N,); contents: N sets, empty where unknown; queries (N,) bool: pictures by hands kept out of training.
    """

    name: str
    pictures: Pictures
    rows: np.ndarray
    hand: np.ndarray
    contents: tuple[frozenset[str], ...]
    kind: np.ndarray
    queries: np.ndarray

    def where(self, kept: np.ndarray, name: str) -> Gallery:
        """The part of the gallery where `kept` (N,) bool is true."""
        contents = tuple(c for c, keep in zip(self.contents, kept, strict=True) if keep)
        return replace(
            self,
            name=name,
            rows=self.rows[kept],
            hand=self.hand[kept],
            contents=contents,
            kind=self.kind[kept],
            queries=self.queries[kept],
        )

    @property
    def asked_hands(self) -> list[str]:
        return sorted(set(self.hand[self.queries].tolist()))

    def sharing(self) -> np.ndarray:
        """(N, N) bool: two pictures show a content of the same name."""
        names = {name: n for n, name in enumerate(sorted(set().union(*self.contents)))}
        shown = np.zeros((len(self.contents), len(names)), dtype=np.float32)
        for row, contents in enumerate(self.contents):
            shown[row, [names[c] for c in contents]] = 1
        return shown @ shown.T > 0


def library(path: Path) -> Gallery:
    """A library's pictures; asked by the hands that `train style` keeps out by its default share.

    Contents are the planted characters of a demo (truth/pictures.parquet), unknown elsewhere.
    """
    own = Library.open(path)
    frame = own.illustrations().drop_nulls("hand")
    hands = sorted(set(frame["hand"].to_list()))
    if len(hands) < 2:
        raise TrainingError(f"“{own.info.name}” does not know which hand painted what, so nothing can be measured.")
    items = frame["item_id"].to_list()
    truth = path / "truth" / "pictures.parquet"
    shown: dict[str, list[str]] = {}
    if truth.exists():
        shown = dict(pl.read_parquet(truth, columns=["item_id", "characters"]).iter_rows())
    return _gallery(
        own.info.name,
        [own.image_path(item).read_bytes() for item in items],
        frame["hand"].to_list(),
        [frozenset(shown.get(item) or ()) for item in items],
        asked=held_out_of(hands, StyleTrainingOptions().held_out_share),
    )


def library_artists(path: Path) -> Gallery:
    """The same pictures with the artist as the hand: each artist's own manner, asked by those of the hands kept out."""
    whole = library(path)
    frame = Library.open(path).illustrations().drop_nulls("hand")
    artists = np.array([a or h for a, h in frame.select("artist_id", "hand").iter_rows()])
    return replace(whole, name=f"{whole.name}, by artist", hand=artists)


def drawings(data: Path) -> Gallery:
    """Open drawings by certain hands, no avatars; no picture of any of these hands is in shipped weights."""
    return _of_frame("drawings", unseen_drawings(data))


def avatar_drawings(data: Path) -> Gallery:
    """Faces composed at random from an artist's parts, apart because they make one hand look easy."""
    return _of_frame("avatars", avatars(data))


def emoji(data: Path) -> Gallery:
    """All sets, tested contents alone."""
    frame = all_emoji(data).filter(pl.col("content").map_elements(is_tested, return_dtype=pl.Boolean))
    contents = [frozenset({c}) for c in frame["content"].to_list()]
    return _gallery("emoji", frame["image"].to_list(), frame["hand"].to_list(), contents)


def emoji_split(whole: Gallery, split: int) -> Gallery:
    """The six sets of one split."""
    return whole.where(np.isin(whole.hand, list(EMOJI_SPLITS[split])), f"emoji, split {split}")


def painters(hands: int, each: int) -> Gallery:
    """Made painters whose seeds no training uses."""
    encoded, hand = [], []
    for number in range(hands):
        painter = painter_hand(UNTRAINED_PAINTERS + number)
        for n in range(each):
            encoded.append(_png(paint(painter, np.random.default_rng((UNTRAINED_PAINTERS + number, n)))))
            hand.append(f"painter {number}")
    return _gallery("painters", encoded, hand, [frozenset()] * len(hand))


def _of_frame(name: str, frame: pl.DataFrame) -> Gallery:
    hand = frame["hand"].to_list()
    return _gallery(name, frame["image"].to_list(), hand, [frozenset()] * len(hand), frame["kind"].to_list())


def _gallery(
    name: str,
    encoded: Sequence[bytes],
    hand: Sequence[str],
    contents: Sequence[frozenset[str]],
    kind: Sequence[str] | None = None,
    asked: Sequence[str] | None = None,
) -> Gallery:
    names = np.array(hand, dtype=np.str_)
    return Gallery(
        name,
        Pictures(name, encoded),
        np.arange(len(names)),
        names,
        tuple(contents),
        np.array(kind if kind is not None else [""] * len(names), dtype=np.str_),
        np.ones(len(names), dtype=bool) if asked is None else np.isin(names, list(asked)),
    )


def _png(rgb: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "png")
    return out.getvalue()
