"""A person's taste in words: one sentence, one line of detail, one reason a recommendation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from umair.features.schema import MODALITIES
from umair.service.tiles import Catalogue, Tile
from umair.training.serving import Taste

NAMES = {
    "label_text": "words",
    "semantic": "content",
    "style": "painting style",
    "metadata": "artists and popularity",
}
INTERVAL = (
    "The interval is meant to hold the true weight nine times in ten. It is wider than few bookmarks alone would make "
    "it, by a factor measured on other invented people, for what the encoders miss; on the demo it holds 90 % of the "
    "planted weights."
)
Z_90 = 1.645  # half width of an interval in standard errors
MORE_THAN_MOST = 1.25  # a weight this many times the median person's is worth a sentence
LEAST = 0.02  # a median below this would make any weight look large


def sentence(
    name: str, taste: Taste, weights: Mapping[str, float], everyone: Mapping[str, tuple[float, float, float]]
) -> str:
    """What the person follows, against most people; "not known yet" as long as nothing of it is sure."""
    verb = "follow" if name == "You" else "follows"
    if not taste.known:
        return f"Not known yet: {name} has too few bookmarks, or too even ones, to tell."
    lead = taste.main or _surely_more(taste, weights, everyone)
    if lead is None:
        who = "you" if name == "You" else name
        return f"Not known yet what {who} {verb} most: no part surely leads, or is surely more than most people's."
    share = f"{NAMES[lead]} ({weights[lead]:.0%})"
    if everyone and weights[lead] >= MORE_THAN_MOST * max(everyone[lead][1], LEAST):
        return f"{name} {verb} {share} more than most people ({everyone[lead][1]:.0%})."
    if taste.main:
        return f"{name} {verb} {share} most, about as most people do."
    return f"{name} {verb} {share} a little more than most people ({everyone[lead][1]:.0%})."


def _surely_more(
    taste: Taste, weights: Mapping[str, float], everyone: Mapping[str, tuple[float, float, float]]
) -> str | None:
    """The modality furthest above the median person's, of those whose whole interval lies above it."""
    half = dict(zip(MODALITIES, Z_90 * taste.standard_error, strict=True))
    above = {m: weights[m] / max(everyone[m][1], LEAST) for m in everyone if weights[m] - half[m] > everyone[m][1]}
    return max(above, key=lambda m: above[m]) if above else None


def details(known: Catalogue, rows: Sequence[int]) -> str:
    """What a person bookmarks most, in one line. rows: their bookmarks in the catalogue."""
    if not rows:
        return "No bookmarks yet."
    count = "1 bookmark" if len(rows) == 1 else f"{len(rows)} bookmarks"
    hands = Counter(known.hands[r] or known.tiles[r].artist for r in rows)
    labels = Counter(label for r in rows for label in known.tiles[r].labels)
    parts = [count]
    if hand := hands.most_common(1)[0][0]:
        parts.append(f", mostly {hand}")
    if labels:
        parts.append(f"; the label seen most is {labels.most_common(1)[0][0]}")
    return "".join(parts) + "."


def reason(lead: str, tile: Tile, hand: str | None, probability: float) -> str:
    """Why a picture is recommended: its chance and the modality `lead` that speaks most for it."""
    because = {
        "label_text": f"its words ({', '.join(tile.labels[:2])})" if tile.labels else "its words",
        "semantic": "what it shows",
        "style": f"its painting style ({hand or tile.artist})" if hand or tile.artist else "its painting style",
        "metadata": f"its artist and popularity ({tile.likes} likes)",
    }[lead]
    return f"{probability:.0%} likely a bookmark, mostly for {because}"
