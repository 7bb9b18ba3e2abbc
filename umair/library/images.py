"""Pictures from strangers, decoded safely: limits first, then the first frame, upright, as RGB on white."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, ImageOps

from umair.errors import ImageError

MAX_BYTES = 256 * 2**20
MAX_PIXELS = 120_000_000  # 360 MB as RGB; a 600 dpi A4 scan has 35 million
FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp", "GIF": "gif", "BMP": "bmp", "TIFF": "tif", "AVIF": "avif"}
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"})
THUMBNAIL_PX = 256
DRAFT_PX = 2 * THUMBNAIL_PX  # a JPEG is decoded no larger than needed for a thumbnail
ORIENTATION = 0x0112
SIDEWAYS = frozenset({5, 6, 7, 8})
# What Pillow raises for damaged or hostile files, beside OSError: each decoder has its own.
DAMAGED = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError)


@dataclass(frozen=True)
class PictureFacts:
    """What the library keeps of a picture: true format (file ending), upright size, mean colour, WebP thumbnail."""

    ending: str
    width_px: int
    height_px: int
    color: str
    thumbnail: bytes


def load_picture(source: Path | str | bytes, enough: int | None = None) -> Image.Image:
    """The picture as upright RGB on white, first frame; ImageError with the reason if it cannot or should not be.

    With `enough`, a JPEG is decoded at 1/2, 1/4 or 1/8 where its long side still keeps that many pixels.
    """
    name, content = _bytes_of(source)
    opened = _open(name, content)
    if enough and opened.format == "JPEG":
        _reduce(opened, enough)
    return _decode(opened, name)


def read_facts(content: bytes, name: str) -> PictureFacts:
    """Everything the library keeps, from one decoding; ImageError as `load_picture`."""
    opened = _open(name, content)
    ending = FORMATS[str(opened.format)]
    width, height = opened.size
    if _orientation(opened, name) in SIDEWAYS:
        width, height = height, width
    if ending == "jpg":
        opened.draft("RGB", (DRAFT_PX, DRAFT_PX))
    small = shrink(_decode(opened, name))
    return PictureFacts(ending, width, height, mean_color(small), webp(small))


def shrink(picture: Image.Image, long_side: int = THUMBNAIL_PX) -> Image.Image:
    """The picture with its long side at most `long_side`; never enlarged."""
    scale = long_side / max(picture.size)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def webp(picture: Image.Image) -> bytes:
    """The picture as WebP, good for a screen."""
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=84, method=2)
    return out.getvalue()


def mean_color(picture: Image.Image) -> str:
    """Mean colour as "#rrggbb": what a screen shows before the picture is there."""
    red, green, blue = picture.resize((1, 1), Image.Resampling.BOX).tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_bytes(path: Path) -> bytes:
    """The file's bytes, unless it is larger than a picture should be."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ImageError(f"{path.name} has {size / 2**20:,.0f} MB; a picture may have {MAX_BYTES // 2**20} MB.")
        return path.read_bytes()
    except OSError as error:
        raise ImageError(f"{path.name} cannot be read ({error.strerror or error}).") from error


def _bytes_of(source: Path | str | bytes) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return "the picture", source
    return Path(source).name, read_bytes(Path(source))


def _open(name: str, content: bytes) -> ImageFile.ImageFile:
    if not content:
        raise ImageError(f"{name} is empty. A picture was expected.")
    if len(content) > MAX_BYTES:
        raise ImageError(f"{name} has {len(content) / 2**20:,.0f} MB; a picture may have {MAX_BYTES // 2**20} MB.")
    try:
        opened = Image.open(io.BytesIO(content), formats=tuple(FORMATS))
    except Image.DecompressionBombError as error:
        raise ImageError(f"{name} would have more than {MAX_PIXELS / 1e6:.0f} million pixels.") from error
    except DAMAGED as error:
        raise ImageError(
            f"{name} is not a picture we can read (expected PNG, JPEG, WebP, AVIF, GIF, BMP or TIFF)."
        ) from error
    width, height = opened.size
    if width * height > MAX_PIXELS:
        raise ImageError(
            f"{name} would have {width:,} x {height:,} pixels; at most {MAX_PIXELS / 1e6:.0f} million are decoded."
        )
    if width < 1 or height < 1:
        raise ImageError(f"{name} has no pixels ({width} x {height}).")
    return opened


def _reduce(opened: ImageFile.ImageFile, enough: int) -> None:
    """Ask the JPEG decoder for fewer pixels. Pillow takes the smallest that is as large as asked on both sides."""
    longest = max(opened.size)
    if longest >= 2 * enough:
        width, height = (max(1, side * enough // longest) for side in opened.size)
        opened.draft(None, (width, height))


def _orientation(opened: Image.Image, name: str) -> int:
    try:
        return int(opened.getexif().get(ORIENTATION, 1))
    except DAMAGED:  # a damaged note about the orientation does not make the picture unreadable
        return 1


def _decode(opened: Image.Image, name: str) -> Image.Image:
    try:
        opened.load()
    except Image.DecompressionBombError as error:
        raise ImageError(f"{name} would have more than {MAX_PIXELS / 1e6:.0f} million pixels.") from error
    except DAMAGED as error:
        raise ImageError(f"{name} is damaged or cut short ({error}).") from error
    turned = _orientation(opened, name) != 1
    try:
        upright = ImageOps.exif_transpose(opened) if turned else opened
        return _rgb(upright)
    except DAMAGED as error:
        raise ImageError(f"{name} cannot be converted to RGB ({error}).") from error


def _rgb(picture: Image.Image) -> Image.Image:
    mode = picture.mode
    if mode == "RGB":
        return picture.copy() if hasattr(picture, "fp") else picture
    if mode.startswith("I;16") or mode in ("I", "F"):
        return Image.fromarray(_to_eight_bits(picture)).convert("RGB")
    if mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        # La and RGBa (colour already multiplied by alpha) reach RGBA only through their own straight form.
        straight = picture.convert("LA") if mode == "La" else picture
        over = straight.convert("RGBA")
        white = Image.new("RGBA", over.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, over).convert("RGB")
    return picture.convert("RGB")


def _to_eight_bits(picture: Image.Image) -> np.ndarray:
    """16-bit grey to 8: full range is 0..65535 (modes I;16 and I), or 0..1 for floats that stay within it."""
    values = np.nan_to_num(np.asarray(picture).astype(np.float64))
    top, highest = 65535.0, values.max(initial=0)
    if picture.mode == "F" and highest <= 255:
        top = 1.0 if highest <= 1 else 255.0
    return np.clip(values / top * 255, 0, 255).round().astype(np.uint8)
