"""What the gallery component needs to know about a picture, made from the service's tiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from umair.features.schema import MODALITIES
from umair.service.browse import Tile

LABELS_IN_CAPTION = 3
# Bars and colours stand in the order of the screens, style first; the columns keep the order of the paper.
ON_SCREEN = ("style", "semantic", "label_text", "metadata")
TONE_OF = {"style": "style", "semantic": "content", "label_text": "words", "metadata": "other"}
NAME_OF = {
    "style": "painting style",
    "semantic": "content",
    "label_text": "words",
    "metadata": "artists and popularity",
}
assert set(ON_SCREEN) == set(MODALITIES)

Json = dict[str, object]


@dataclass(frozen=True)
class Card:
    """A tile with what is written on it: a badge with a colour, a caption, four numbers that sum to 1 as bars."""

    tile: Tile
    badge: str = ""
    tone: str = ""
    caption: str = ""
    bars: tuple[float, ...] = ()
    liked: bool | None = None  # None: as the tile says

    def data(self) -> Json:
        """As the components read it; empty parts are left out."""
        tile = self.tile
        liked = tile.liked if self.liked is None else self.liked
        optional = {"badge": self.badge, "tone": self.tone, "bars": list(self.bars), "liked": liked}
        return {
            "id": tile.item_id,
            "key": tile.key,
            "w": tile.w,
            "h": tile.h,
            "color": tile.color,
            "alt": tile.alt,
            "title": tile.artist or tile.title,
            "sub": self.caption or " · ".join(tile.labels[:LABELS_IN_CAPTION]),
        } | {name: value for name, value in optional.items() if value}


@dataclass(frozen=True)
class Section:
    """A part of a gallery with a heading; `empty` is said when there are no cards."""

    cards: tuple[Card, ...]
    title: str = ""
    note: str = ""
    tone: str = ""
    empty: str = ""

    def data(self) -> Json:
        words = {"title": self.title, "note": self.note, "tone": self.tone, "empty": self.empty}
        return {"items": [c.data() for c in self.cards]} | {name: text for name, text in words.items() if text}


def on_screen(modalities: Iterable[str]) -> tuple[str, ...]:
    """Those of the modalities that there are, in the order of the screens."""
    there = set(modalities)
    return tuple(m for m in ON_SCREEN if m in there)


def cards(tiles: Iterable[Tile]) -> tuple[Card, ...]:
    return tuple(Card(tile) for tile in tiles)


def four(values: Mapping[str, float]) -> tuple[float, ...]:
    """Modality shares in the order of the screens, short enough for the wire."""
    return tuple(round(float(values[m]), 3) for m in ON_SCREEN)
