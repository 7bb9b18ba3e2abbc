"""From painted pictures to the tables and files of the demo library. Nothing here reads a clock."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from PIL import Image

from umair.demo.artists import Artist
from umair.demo.catalogue import Catalogue, Depicted
from umair.demo.clock import utc
from umair.demo.content import ScenePlan
from umair.demo.glossary import glossary
from umair.demo.labels import Written
from umair.demo.people import people
from umair.demo.taste import MODALITIES
from umair.demo.world import BOOKMARK, KINDS, World
from umair.library.atomic import write_bytes, write_parquet
from umair.library.images import mean_color
from umair.library.store import image_place
from umair.library.tables import ILLUSTRATIONS, INTERACTIONS, USERS, conform

NIGHT = {"night": {"en": "at night", "ja": "夜", "zh": "夜"}, "dusk": {"en": "at dusk", "ja": "夕暮れ", "zh": "黄昏"}}


PLACES = {"snow": "snowfield", "field": "flower_field", "autumn": "autumn_park"}


@dataclass(frozen=True)
class Entry:
    """One picture of the library: its plan, who painted it, what they wrote, and the file's content."""

    plan: ScenePlan
    artist: Artist
    labels: tuple[Written, ...]
    content: bytes  # WebP

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def depicted(self, item_id: str) -> Depicted:
        return Depicted(
            item_id=item_id,
            hand=self.artist.hand,
            artist=self.artist.artist_id,
            character=self.plan.members[0] if self.plan.members else "",
            setting=self.plan.setting,
            kind=self.plan.kind,
            concepts=tuple(w.concept for w in self.labels),
        )


def encoded(picture: Image.Image, hand: str, quality: int) -> bytes:
    """As WebP: pixel art exactly, everything else at a quality."""
    file = io.BytesIO()
    picture.save(file, "WEBP", lossless=hand == "pixel", quality=quality, method=6)
    return file.getvalue()


def title(entry: Entry) -> str:
    """What the artist calls it, in their own language."""
    lang, words = entry.artist.lang, glossary()
    where = words[PLACES.get(entry.plan.setting, entry.plan.setting)].main(lang)
    when = NIGHT.get(entry.plan.time, {}).get(lang, "")
    who = [_given(words[f"character/{m}"].names[lang]) for m in entry.plan.members]
    if lang == "en":
        place = f"{where} {when}".strip()
        return f"{' and '.join(who)}, {place}" if who else place.capitalize()
    place = f"{when}{'の' if lang == 'ja' else '的'}{where}" if when else where
    between, together = ("の", "と") if lang == "ja" else ("，", "与")
    return f"{place}{between}{together.join(who)}" if who else place


def write_pictures(folder: Path, entries: Sequence[Entry]) -> None:
    for entry in entries:
        write_bytes(folder / image_place(entry.sha256, "webp"), entry.content, durable=False)


def write_illustrations(folder: Path, entries: Mapping[str, Entry], items: Catalogue, world: World) -> None:
    """illustrations.parquet, entries by item_id in the order of the catalogue; crawl totals follow log and fame."""
    marks = np.bincount(world.item[world.kind == BOOKMARK], minlength=len(items))
    rng = np.random.default_rng([len(items), 71])
    total = np.round(marks * rng.lognormal(2.0, 0.25, len(items)) + 4 * np.exp(0.5 * items.fame)).astype(np.int64)
    looks = np.round(total * rng.uniform(6, 18, len(items))).astype(np.int64)
    rows = []
    for n, (item_id, entry) in enumerate(entries.items()):
        picture = Image.open(io.BytesIO(entry.content)).convert("RGB")
        series = [w for w in entry.labels if w.concept.startswith("series/")]
        rows.append(
            {
                "item_id": item_id,
                "image": image_place(entry.sha256, "webp"),
                "sha256": entry.sha256,
                "width_px": picture.width,
                "height_px": picture.height,
                "labels": [w.text for w in entry.labels],
                "artist_id": entry.artist.artist_id,
                "artist_name": entry.artist.name,
                "title": title(entry),
                "published_at": int(items.published[n]),
                "series": glossary()[series[0].concept].main("en") if series else None,
                "rating": "general",
                "views": int(looks[n]),
                "bookmarks": int(total[n]),
                "color": mean_color(picture),
                "hand": entry.artist.hand,
            }
        )
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(utc("published_at"))
    write_parquet(folder / "illustrations.parquet", conform(frame, ILLUSTRATIONS))


def write_people(folder: Path, items: Catalogue, world: World, seed: int) -> None:
    """users.parquet, the log, and the truth about the users."""
    tastes = world.tastes
    everyone = people(len(tastes.weights), seed)
    rng = np.random.default_rng([seed, 72])
    liked = [(*tastes.themes[n], *(f"character/{c}" for c in tastes.characters[n])) for n in range(len(everyone))]
    told = [_interests(own, person.lang, rng) for own, person in zip(liked, everyone, strict=True)]
    users = pl.DataFrame(
        {
            "user_id": [p.user_id for p in everyone],
            "name": [p.name for p in everyone],
            "region": [p.region for p in everyone],
            "interest_labels": told,
        },
        schema=USERS.columns,
    )
    write_parquet(folder / "users.parquet", conform(users, USERS))
    ids, pictures = np.array(users["user_id"]), np.array(list(items.item_ids))
    log = pl.DataFrame(
        {
            "user_id": ids[world.user],
            "item_id": pictures[world.item],
            "at": world.at,
            "kind": np.array(KINDS)[world.kind],
        }
    ).with_columns(utc("at"))
    write_parquet(folder / "interactions" / "part-00000.parquet", conform(log, INTERACTIONS))
    truth = pl.DataFrame(
        {
            "user_id": ids,
            **{name: world.followed[:, j] for j, name in enumerate(MODALITIES)},
            "favourite_hands": [list(h) for h in tastes.hands],
            "favourite_characters": [list(c) for c in tastes.characters],
            "favourite_themes": [list(t) for t in tastes.themes],
        }
    )
    write_parquet(folder / "truth" / "users.parquet", truth)


def write_truth_of_pictures(folder: Path, entries: Mapping[str, Entry]) -> None:
    rows = [
        {
            "item_id": item_id,
            "hand": e.artist.hand,
            "character": e.plan.members[0] if e.plan.members else "",
            "characters": list(e.plan.members),
            "setting": e.plan.setting,
            "scene": e.plan.key,
            "kind": e.plan.kind,
            "time": e.plan.time,
            "weather": e.plan.weather,
            "concepts": [w.concept for w in e.labels],
        }
        for item_id, e in entries.items()
    ]
    write_parquet(folder / "truth" / "pictures.parquet", pl.DataFrame(rows))


def stamp_of(folder: Path) -> str:
    """Hash of every file's path and content but library.toml, which holds it."""
    digest = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "library.toml"):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _interests(favourites: Sequence[str], lang: str, rng: np.random.Generator) -> list[str]:
    """Up to four labels that the person says to like: most of the favourites, in their own language."""
    said = [c for c in favourites if rng.random() < 0.7][:4]
    return [glossary()[c].main(lang) for c in said]


def _given(names: Sequence[str]) -> str:
    return names[1] if len(names) > 1 else names[0]
