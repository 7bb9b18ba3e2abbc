"""Fig. 5 for print: the telling pairs with their distances, and where like and unlike pairs lie. A4, landscape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from umair.errors import LibraryError
from umair.experiments.fig_5 import Figure5, TellingPair
from umair.library.atomic import replacing
from umair.library.images import load_picture
from umair.library.store import Library
from umair.retrieval.separation import Separation

DPI = 200
PAGE = (2339, 1654)  # A4 at 200 dpi
MARGIN, GAP, PICTURE = 110, 14, 245
PLOT = (960, 310)  # of one plot of distances
INK, SOFT, PAPER, RULE = "#2a2730", "#6d6877", "#ffffff", "#dcd8e2"
TONES = {"style": "#b02e6b", "content": "#1a6b7f"}  # as in the app
MOST = 4  # pairs of a row
NAMED = {"hand": "the same hand", "artist": "the same artist", "label": "a shared label"}

Opener = Callable[[str], Image.Image]  # a picture by its item id


def sheet(figure: Figure5, picture: Opener) -> Image.Image:
    """The page as an RGB picture of 2339 x 1654 px."""
    page = Image.new("RGB", PAGE, PAPER)
    pen = ImageDraw.Draw(page)
    _text(pen, (MARGIN, 74), "Near in one space, far in the other", 46, INK)
    _text(pen, (MARGIN, 136), _about(figure), 25, SOFT)
    top = 205
    for tone, title, group in (
        ("content", "Near in content, far in painting style", figure.near_content_far_style),
        ("style", "Near in painting style, far in content", figure.near_style_far_content),
    ):
        _text(pen, (MARGIN, top), title, 30, TONES[tone])
        for n, pair in enumerate(group[:MOST]):
            _pair(page, pen, (MARGIN + n * (2 * PICTURE + GAP + 42), top + 50), pair, picture)
        top += 425
    _text(pen, (MARGIN, top), "Near when alike, far when not", 30, INK)
    legend = "filled: pairs that share it; line: all others; AUC: how often the first lie nearer (0.50 is chance)"
    _text(pen, (PAGE[0] - MARGIN, top + 6), legend, 25, SOFT, "ra")
    for n, plot in enumerate(figure.separations[:4]):
        column, row = n % 2, n // 2
        where = (MARGIN + column * (PLOT[0] + 199), top + 64 + row * (PLOT[1] // 2 + 62))
        _plot(pen, where, (PLOT[0], PLOT[1] // 2), plot)
    return page


def save_sheet(figure: Figure5, library: Library, out: Path) -> None:
    """Write the page as PDF, PNG or WebP, by the ending of `out`; LibraryError for another ending."""
    if out.suffix.lower() not in (".pdf", ".png", ".webp"):
        raise LibraryError(f"Fig. 5 cannot be written as “{out.suffix or out.name}”. Name a .pdf, .png or .webp file.")
    page = sheet(figure, lambda item: load_picture(library.image_path(item)))
    with replacing(out) as aside, aside.open("wb") as file:
        page.save(file, out.suffix[1:].upper(), resolution=DPI, quality=90)


def _about(figure: Figure5) -> str:
    name = figure.library if figure.library.isascii() else "this library"
    kind = ", synthetic" if figure.synthetic else ""
    return (
        f"Found automatically in “{name}”{kind}, {figure.quality.pairs:,} pairs of pictures. Distances are 1 - cosine; "
        "in brackets, the share of all pairs that is nearer."
    )


def _pair(page: Image.Image, pen: ImageDraw.ImageDraw, at: tuple[int, int], pair: TellingPair, picture: Opener) -> None:
    left, top = at
    for n, item in enumerate((pair.a, pair.b)):
        fitted = ImageOps.fit(
            picture(item).convert("RGB"), (PICTURE, PICTURE), Image.Resampling.LANCZOS, centering=(0.5, 0.25)
        )
        page.paste(fitted, (left + n * (PICTURE + GAP), top))
    told = (
        ("style", pair.style_distance, pair.style_percentile),
        ("content", pair.content_distance, pair.content_percentile),
    )
    for n, (space, distance, percentile) in enumerate(told):
        text = f"{'painting style' if space == 'style' else 'content'} {distance:.2f} ({percentile:.0f} %)"
        _text(pen, (left, top + PICTURE + 14 + n * 36), text, 26, TONES[space])


def _plot(pen: ImageDraw.ImageDraw, at: tuple[int, int], size: tuple[int, int], plot: Separation) -> None:
    """Two outlines over one axis: filled for pairs that are alike, a line for all others."""
    (left, top), (width, height) = at, size
    tone, highest = TONES[plot.space], max(*plot.alike, *plot.unlike, 1e-9)
    alike = _steps(plot.alike, highest, left, top, width, height)
    pen.polygon([(left, top + height), *alike, (left + width, top + height)], fill=_pale(tone))
    pen.line(alike, fill=tone, width=3)
    pen.line(_steps(plot.unlike, highest, left, top, width, height), fill=SOFT, width=3)
    pen.line([(left, top + height), (left + width, top + height)], fill=RULE, width=2)
    space = "painting style" if plot.space == "style" else "content"
    _text(pen, (left, top - 2), f"{space}, by {NAMED[plot.by]}: AUC {plot.auc:.2f}", 25, tone)
    _text(pen, (left, top + height + 6), "0", 20, SOFT)
    _text(pen, (left + width, top + height + 6), f"distance {plot.edges[-1]:.1f}", 20, SOFT, "ra")


def _steps(
    shares: Sequence[float], highest: float, left: int, top: int, width: int, height: int
) -> list[tuple[float, float]]:
    each = width / len(shares)
    room = height - 34  # the line of words above stays free
    return [(left + (n + 0.5) * each, top + height - room * share / highest) for n, share in enumerate(shares)]


def _pale(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return (255 - (255 - red) // 4, 255 - (255 - green) // 4, 255 - (255 - blue) // 4)


def _text(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], words: str, size: int, colour: str, anchor: str = "la"
) -> None:
    pen.text(at, words, fill=colour, font=ImageFont.load_default(size), anchor=anchor)
