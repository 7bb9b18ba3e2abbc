"""Every picture becomes upright RGB on white, or a reason why not."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from umair.errors import ImageError
from umair.library import images
from umair.library.images import load_picture, mean_color, read_facts, shrink


def _bytes(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _half_red() -> Image.Image:
    """Left half red, right half blue, 40 x 20."""
    picture = Image.new("RGB", (40, 20), (255, 0, 0))
    picture.paste((0, 0, 255), (20, 0, 40, 20))
    return picture


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    picture = load_picture(_bytes(_half_red().convert(mode), kind))
    assert picture.mode == "RGB" and picture.size == (40, 20)
    if mode in ("RGB", "RGBA", "P", "CMYK"):
        red, green, blue = picture.getpixel((5, 5))  # type: ignore[misc]
        assert red > 200 and green < 60 and blue < 60


def test_transparency_lies_on_white() -> None:
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert load_picture(_bytes(clear)).getpixel((0, 0)) == (255, 255, 255)
    half = Image.new("LA", (4, 4), (0, 128))
    assert abs(load_picture(_bytes(half)).getpixel((0, 0))[0] - 127) <= 1  # type: ignore[index]
    palette = Image.new("P", (4, 4), 0)
    palette.putpalette([10, 20, 30] * 256)
    assert load_picture(_bytes(palette, transparency=0)).getpixel((0, 0)) == (255, 255, 255)


def test_sixteen_bits_keep_their_brightness() -> None:
    grey = Image.fromarray(np.full((4, 4), 0x8000, dtype=np.uint16))
    assert load_picture(_bytes(grey)).getpixel((1, 1)) == (128, 128, 128)


def test_a_turned_photo_is_upright_in_size_and_pixels() -> None:
    exif = Image.Exif()
    exif[images.ORIENTATION] = 6  # lies on its side: turn it by 90 degrees clockwise to see it upright
    content = _bytes(_half_red(), "JPEG", exif=exif, quality=95)
    picture, facts = load_picture(content), read_facts(content, "x.jpg")
    assert picture.size == (20, 40) and (facts.width_px, facts.height_px) == (20, 40)
    assert picture.getpixel((10, 5))[0] > 200 and picture.getpixel((10, 35))[2] > 200  # type: ignore[index]


@pytest.mark.parametrize(
    ("size", "enough", "wanted"),
    [
        ((1200, 900), 512, (600, 450)),
        ((901, 1200), 300, (226, 300)),
        ((1200, 10), 512, (600, 5)),
        ((1023, 700), 512, (1023, 700)),  # half would be one pixel too few
        ((5000, 4000), 512, (625, 500)),
        ((100, 80), 512, (100, 80)),
        ((1200, 900), None, (1200, 900)),
    ],
)
def test_a_large_jpeg_is_decoded_with_no_more_pixels_than_are_enough(
    size: tuple[int, int], enough: int | None, wanted: tuple[int, int]
) -> None:
    content = _bytes(Image.new("RGB", size, (200, 40, 10)), "JPEG")
    assert load_picture(content, enough).size == wanted


def test_a_reduced_jpeg_shows_the_same_and_other_formats_are_left_whole(small_picture) -> None:
    large = small_picture(40).resize((1024, 1024), Image.Resampling.BICUBIC)
    content = _bytes(large, "JPEG", quality=92)
    small = [np.asarray(load_picture(content, e).resize((128, 128), Image.Resampling.BOX), int) for e in (512, None)]
    assert np.abs(small[0] - small[1]).mean() < 0.5
    assert load_picture(_bytes(large, "WEBP"), 512).size == (1024, 1024)


def test_a_reduced_jpeg_keeps_every_refusal_and_stands_upright(monkeypatch: pytest.MonkeyPatch) -> None:
    exif = Image.Exif()
    exif[images.ORIENTATION] = 6
    content = _bytes(_half_red().resize((1200, 600)), "JPEG", exif=exif)
    picture = load_picture(content, 300)
    assert picture.size == (150, 300) and picture.getpixel((75, 30))[0] > 200  # type: ignore[index]
    with pytest.raises(ImageError, match="cut short"):
        load_picture(content[: len(content) // 2], 300)
    monkeypatch.setattr(images, "MAX_PIXELS", 500_000)
    with pytest.raises(ImageError, match="1,200 x 600"):
        load_picture(content, 300)


def test_an_animation_is_its_first_frame() -> None:
    frames = [Image.new("RGB", (8, 8), c) for c in ((250, 0, 0), (0, 250, 0))]
    for kind in ("GIF", "WEBP", "PNG"):
        content = _bytes(frames[0], kind, save_all=True, append_images=frames[1:])
        assert load_picture(content).getpixel((4, 4))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_every_cut_is_a_refusal_and_never_another_error(kind: str, small_picture) -> None:
    content = _bytes(small_picture(30), kind)
    whole = load_picture(content)
    for part in (0, 1, 10, len(content) // 3, len(content) // 2, len(content) - 12):
        try:
            cut = load_picture(content[:part])
        except ImageError:
            continue
        assert cut.size == whole.size  # only what a format does not need (an end mark) was missing
    with pytest.raises(ImageError, match=r"cut short|not a picture"):
        read_facts(content[: len(content) // 2], f"cut.{kind.lower()}")


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(c)) + k + c + struct.pack(">I", zlib.crc32(k + c)) for k, c in chunks
    )
    with pytest.raises(ImageError, match=r"3,600|60,000|million"):
        load_picture(png)


def test_too_many_pixels_and_bytes_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    content = _bytes(_half_red())
    monkeypatch.setattr(images, "MAX_PIXELS", 500)
    with pytest.raises(ImageError, match="40 x 20"):
        load_picture(content)
    monkeypatch.setattr(images, "MAX_BYTES", 50)
    (tmp_path / "big.png").write_bytes(content)
    with pytest.raises(ImageError, match=r"big\.png has"):
        load_picture(tmp_path / "big.png")


@pytest.mark.parametrize("content", [b"<html><body>404</body></html>", b"PK\x03\x04zip", b"%PDF-1.7", b"\x00" * 5000])
def test_what_is_no_picture_is_told(content: bytes) -> None:
    with pytest.raises(ImageError, match="not a picture"):
        load_picture(content)


def test_facts_are_those_of_the_whole_picture(small_picture) -> None:
    large = small_picture(40).resize((1500, 1000), Image.Resampling.NEAREST)
    facts = read_facts(_bytes(large, "JPEG", quality=92), "large.png")
    assert (facts.ending, facts.width_px, facts.height_px) == ("jpg", 1500, 1000)
    thumbnail = Image.open(io.BytesIO(facts.thumbnail))
    assert thumbnail.format == "WEBP" and thumbnail.size == (256, 171)
    exact = np.asarray(large).reshape(-1, 3).mean(0)
    told = [int(facts.color[k : k + 2], 16) for k in (1, 3, 5)]
    assert np.abs(exact - told).max() < 3


def test_small_pictures_are_not_enlarged_and_thin_ones_keep_a_pixel() -> None:
    assert shrink(Image.new("RGB", (30, 20))).size == (30, 20)
    assert shrink(Image.new("RGB", (5000, 3))).size == (256, 1)
    assert mean_color(Image.new("RGB", (3, 3), (1, 2, 255))) == "#0102ff"
