"""What other people call our columns: taken without being told where only one of theirs can be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ITEM = (
    "movie_id", "film_id", "book_id", "anime_id", "manga_id", "illust_id", "illustration_id", "artwork_id", "work_id",
    "picture_id", "image_id", "song_id", "track_id", "game_id", "product_id", "article_id", "item", "isbn", "asin",
)  # fmt: skip
USER = ("user", "member", "member_id", "person_id", "reader_id", "customer_id", "reviewer_id", "uid")
OF_ILLUSTRATIONS = {
    "item_id": (*ITEM, "id"),
    "image": ("file", "file_name", "image_path", "image_file", "picture", "picture_path", "path"),
    "labels": ("tags", "tag", "genres", "genre", "keywords", "categories"),
    "artist_id": ("author", "authors", "artist", "studio", "director", "creator"),
    "title": ("name",),
    "published_at": ("published", "published_on", "release_date", "created_at", "create_date", "date", "year"),
}
OF_USERS = {"user_id": (*USER, "id"), "interest_labels": ("interests",)}
OF_INTERACTIONS = {
    "item_id": ITEM,
    "user_id": USER,
    "at": ("timestamp", "time", "date", "datetime", "created_at", "rated_at", "bookmarked_at"),
    "value": ("rating", "score", "stars"),
}


@dataclass(frozen=True)
class Understood:
    """Our column -> theirs, and what is to be said about the guesses in it."""

    mapping: dict[str, str]
    remarks: tuple[str, ...]


def understood(columns: Sequence[str], mapping: Mapping[str, str], synonyms: Mapping[str, Sequence[str]]) -> Understood:
    """The mapping with what it leaves open: where our name is absent and exactly one synonym is there, that one.

    A column that the mapping names already is not taken twice. Case, spaces, dots, `_` and `-` do not matter.
    """
    full, remarks = dict(mapping), []
    for ours, names in synonyms.items():
        if ours in full or ours in columns:
            continue
        meant = {_plain(name) for name in (ours, *names)}
        found = [c for c in columns if _plain(c) in meant and c not in full.values()]
        if len(found) == 1:
            full[ours] = found[0]
            remarks.append(f"The column {found[0]!r} was taken for {ours}. If that is wrong, say --map {ours}=THEIRS.")
        elif found:
            choice = " or ".join(f"{ours}={c}" for c in found[:5])
            remarks.append(f"No column was taken for {ours}: it could be {choice}. Say which, with --map.")
    return Understood(full, tuple(remarks))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
