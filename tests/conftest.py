"""What every test may use: an own home folder, and a small library that is made in a moment."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import Image, ImageDraw, ImageFilter

from umair.library.atomic import write_bytes
from umair.library.images import read_facts
from umair.library.store import Library, image_place, thumbnail_place

HANDS = ("flat", "soft", "grain", "lines")
SUBJECTS = ("circle", "square", "triangle")
WORDS = {"circle": ["moon", "月"], "square": ["window", "窓"], "triangle": ["mountain", "山"]}
PICTURES, USERS, EACH = 24, 30, 10
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)


def pytest_configure(config: pytest.Config) -> None:
    config.umair_home = tempfile.mkdtemp(prefix="umair-test-home-")  # type: ignore[attr-defined]
    os.environ["UMAIR_HOME"] = config.umair_home  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.umair_home, ignore_errors=True)  # type: ignore[attr-defined]


@pytest.fixture
def small_library(_small_library_once: Path, tmp_path: Path) -> Library:
    """A library of its own for the test: 24 pictures (3 subjects by 4 hands, twice), 30 users, 300 bookmarks.

    Even users bookmark by subject, odd users by hand. `hand` is the painter, `artist_id` says the same.
    """
    copy = tmp_path / "small-library"
    shutil.copytree(_small_library_once, copy)
    return Library.open(copy)


@pytest.fixture(scope="session")
def _small_library_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = Library.create(tmp_path_factory.mktemp("library") / "small", name="Small", synthetic=True)
    library.write_illustrations(pl.DataFrame([_illustration(library.path, n) for n in range(PICTURES)]))
    library.write_users(pl.DataFrame([{"user_id": f"u{n:02d}", "name": f"User {n}"} for n in range(USERS)]))
    library.append_interactions(_bookmarks(library.illustrations()))
    return library.path


@pytest.fixture(scope="session")
def small_picture() -> Callable[[int], Image.Image]:
    """Picture number n of the small library (any n; from 24 on they are new ones)."""
    return _draw


def _draw(n: int) -> Image.Image:
    """Picture number n: subject n % 3 by hand (n // 3) % 4, 64 x 48, no two alike."""
    rng = np.random.default_rng(n)
    hand = HANDS[n // 3 % 4]
    picture = Image.new("RGB", (64, 48), tuple(int(v) for v in rng.integers(120, 255, 3)))
    pen = ImageDraw.Draw(picture)
    x, y, r = (int(v) for v in (rng.integers(20, 44), rng.integers(18, 30), rng.integers(9, 15)))
    ink = tuple(int(v) for v in rng.integers(0, 120, 3))
    fill = None if hand == "lines" else ink
    outline = ink if hand == "lines" else None
    match SUBJECTS[n % 3]:
        case "circle":
            pen.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=outline)
        case "square":
            pen.rectangle((x - r, y - r, x + r, y + r), fill=fill, outline=outline)
        case _:
            pen.polygon([(x, y - r), (x - r, y + r), (x + r, y + r)], fill=fill, outline=outline)
    if hand == "soft":
        picture = picture.filter(ImageFilter.GaussianBlur(3))
    if hand == "grain":
        grain = np.asarray(picture).astype(int) + rng.integers(-40, 40, (48, 64, 1))
        picture = Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))
    return picture


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _illustration(library: Path, n: int) -> dict[str, object]:
    content = _png(_draw(n))
    sha, facts = hashlib.sha256(content).hexdigest(), read_facts(content, f"picture {n}")
    write_bytes(library / image_place(sha, facts.ending), content)
    write_bytes(thumbnail_place(library, sha), facts.thumbnail)
    hand, subject = HANDS[n // 3 % 4], SUBJECTS[n % 3]
    return {
        "item_id": f"p{n:02d}",
        "image": image_place(sha, facts.ending),
        "sha256": sha,
        "width_px": facts.width_px,
        "height_px": facts.height_px,
        "labels": [*WORDS[subject], subject] if n % 5 else WORDS[subject][:1],
        "artist_id": hand,
        "title": f"{subject} {n}",
        "published_at": BEGIN + timedelta(days=7 * n),
        "series": "shapes" if n % 2 else None,
        "rating": "general",
        "views": 100 + n,
        "bookmarks": 10 + n,
        "color": facts.color,
        "hand": hand,
    }


def _bookmarks(frame: pl.DataFrame) -> pl.DataFrame:
    rng = np.random.default_rng(1)
    published, ids = frame["published_at"].to_list(), frame["item_id"].to_list()
    log = []
    for user in range(USERS):
        wanted = [n % 3 == user // 2 % 3 if user % 2 == 0 else n // 3 % 4 == user // 2 % 4 for n in range(PICTURES)]
        order = np.argsort(-(2.0 * np.array(wanted) + rng.random(PICTURES) * 2.2))
        for n in order[:EACH]:
            at = published[n] + timedelta(hours=float(rng.integers(1, 24 * 190)))
            log.append({"user_id": f"u{user:02d}", "item_id": ids[n], "at": at, "kind": "bookmark"})
    return pl.DataFrame(log).sort("at")
