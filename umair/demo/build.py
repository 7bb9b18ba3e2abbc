"""Builds the demo library: plans, pictures, labels, users, glossary. Twice built, every byte is the same.

Painted pictures are kept losslessly beside each other by scene, artist and drawing code, so that a stopped build goes
on where it was and a changed brush repaints only what it has to.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from PIL import Image

from umair.demo.artists import artists
from umair.demo.assignment import assign
from umair.demo.cast.registry import MEMBERS
from umair.demo.catalogue import Catalogue
from umair.demo.content import SETTING_NAMES
from umair.demo.files import (
    Entry,
    encoded,
    stamp_of,
    write_illustrations,
    write_people,
    write_pictures,
    write_truth_of_pictures,
)
from umair.demo.glossary import write_glossary
from umair.demo.hands.model import KINDS
from umair.demo.labels import THEMES, write_labels
from umair.demo.painting import Job, painted
from umair.demo.scenes import catalogue
from umair.demo.taste import Menu
from umair.demo.world import World
from umair.library.atomic import replacing
from umair.library.info import LibraryInfo, write_info
from umair.settings import home

NAME = "Demo"
CREATED = "2026-01-01T00:00:00Z"  # the day after the log's year: a build reads no clock
SOURCE = "Drawn by umair/demo; users and bookmarks are synthetic."
SCENES = 300
BY_SCENE = 5  # artists of one scene
PICTURES, USERS = 1_500, 2_000
MOST_BYTES = 20_000_000  # of all pictures
QUALITIES = (92, 90, 88, 86, 84, 82, 80, 77, 74, 70, 65, 60)


def build(
    out: Path, pictures: int = PICTURES, seed: int = 0, processes: int = 2, users: int = USERS, kept: Path | None = None
) -> Path:
    """Write a demo library of about so many pictures to `out`, replacing what is there; returns `out`.

    kept: where painted pictures are kept for the next build (default: the home folder's cache).
    """
    plans = catalogue(seed, max(SCENES, -(-pictures // BY_SCENE)))  # a smaller library has the first of them
    everyone = artists(seed, THEMES)
    jobs = assign(plans, everyone, BY_SCENE, seed)[:pictures]
    kept = kept or home() / "cache" / "demo-pictures"
    _paint_missing(jobs, kept, processes)
    entries = _entries(jobs, kept, seed)
    named = {f"demo-{n:04d}": entry for n, entry in enumerate(entries)}
    items = Catalogue.of([entry.depicted(item_id) for item_id, entry in named.items()], seed)
    world = World.generate(items, users, seed, menu())
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=".demo-", dir=out.parent))
    try:
        write_pictures(aside, entries)
        write_illustrations(aside, named, items, world)
        write_people(aside, items, world, seed)
        write_truth_of_pictures(aside, named)
        write_glossary(aside)
        write_info(aside, LibraryInfo(NAME, CREATED, source=SOURCE, synthetic=True, stamp=stamp_of(aside)))
        aside.chmod(0o755)
        _put(aside, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _tell(world, entries)
    return out


def menu() -> Menu:
    settings = [name for name in SETTING_NAMES if name != "studio"]
    return Menu(themes=THEMES, characters=tuple(MEMBERS), settings=settings, hands=KINDS)


def _paint_missing(jobs: Sequence[Job], kept: Path, processes: int) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    missing = [job for job in jobs if not (kept / f"{job.key}.png").is_file()]
    begin = time.monotonic()
    for done, _ in enumerate(_painting(missing, kept, processes), 1):
        if done % 10 == 0 or done == len(missing):
            left = (time.monotonic() - begin) / done * (len(missing) - done)
            print(f"painted {done} of {len(missing)}, {left / 60:.1f} minutes to go", file=sys.stderr, flush=True)


def _painting(jobs: Sequence[Job], kept: Path, processes: int) -> Iterator[str]:
    if processes <= 1 or len(jobs) < 2:
        yield from (_paint(job, kept) for job in jobs)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(
            _paint, jobs, [kept] * len(jobs), chunksize=BY_SCENE
        )  # a scene with its ground in one process


def _paint(job: Job, kept: Path) -> str:
    with replacing(kept / f"{job.key}.png", durable=False) as aside:
        Image.fromarray(painted(job)).save(aside, "PNG")
    return job.key


def _entries(jobs: Sequence[Job], kept: Path, seed: int) -> list[Entry]:
    """Pictures with labels, in one order for ever: by a seeded shuffle, so that neighbours differ."""
    order = np.random.default_rng([seed, 81]).permutation(len(jobs))
    shuffled = [jobs[n] for n in order]
    painted_pictures = [Image.open(kept / f"{job.key}.png").convert("RGB") for job in shuffled]
    quality = _quality([(p, j.artist.hand) for p, j in zip(painted_pictures, shuffled, strict=True)])
    found = []
    for n, (job, picture) in enumerate(zip(shuffled, painted_pictures, strict=True)):
        labels = write_labels(job.plan, job.artist.hand, job.artist.habit, np.random.default_rng([seed, 82, n]))
        found.append(Entry(job.plan, job.artist, labels, encoded(picture, job.artist.hand, quality)))
    return found


def _quality(pictures: Sequence[tuple[Image.Image, str]]) -> int:
    """The best quality at which every sixth picture stays within its share of MOST_BYTES."""
    sample = pictures[:: 6 if len(pictures) > 60 else 1]
    for quality in QUALITIES:
        size = sum(len(encoded(picture, hand, quality)) for picture, hand in sample)
        if size * len(pictures) / len(sample) <= 0.97 * MOST_BYTES:
            return quality
    return QUALITIES[-1]


def _put(aside: Path, out: Path) -> None:
    """The new library in the old one's place."""
    old = out.with_name(f".{out.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    aside.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _tell(world: World, entries: Sequence[Entry]) -> None:
    size = sum(len(e.content) for e in entries) / 1e6
    marks = int((world.kind == 0).sum())
    print(f"{len(entries)} pictures ({size:.1f} MB), {len(world.followed)} users, {marks:,} bookmarks", file=sys.stderr)
    print(f"mean size of the correlation between affinities:\n{world.correlation.round(2)}", file=sys.stderr)
