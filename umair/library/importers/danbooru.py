"""A danbooru sidecar of gallery-dl (1.32), and of sites built like it."""

from __future__ import annotations

from collections.abc import Mapping

from umair.library.importers.clean import (
    count_or_none,
    distinct,
    id_or_none,
    plain_label,
    plain_text,
    time_or_none,
)
from umair.library.importers.described import Described

RATINGS = {"g": "general", "s": "sensitive", "q": "questionable", "e": "explicit"}
LABEL_GROUPS = ("general", "character", "copyright")
SERIES_TAGS_THAT_ARE_NONE = {"original"}


def read_danbooru(told: Mapping[str, object]) -> Described:
    """The common form of a danbooru sidecar. The uploader is not the artist; the date is that of the upload."""
    site = id_or_none(told.get("category")) or "danbooru"
    post = id_or_none(told.get("id"))
    artists = _group(told, "artist")
    labels = [label for group in LABEL_GROUPS for label in _group(told, group)]
    if not labels:  # posts of older crawls and of other sites have the one list only
        known = {*artists, *_group(told, "meta")}
        labels = [label for label in _words(told.get("tags") or told.get("tag_string")) if label not in known]
    if "ai-generated" in _group(told, "meta"):
        labels.append("ai-generated")
    commentary = told.get("artist_commentary")
    return Described(
        item_id=f"{site}-{post}" if post else None,
        labels=tuple(distinct([*labels])),
        artist_id=f"{site}-{artists[0].replace(' ', '_')}" if artists else None,
        artist_name=artists[0] if artists else None,
        title=plain_text(commentary.get("original_title")) if isinstance(commentary, Mapping) else None,
        published_at=time_or_none(told.get("date")) or time_or_none(told.get("created_at")),
        series=_series(told),
        rating=RATINGS.get(rating) if isinstance(rating := told.get("rating"), str) else None,
        bookmarks=count_or_none(told.get("fav_count")),
        source=site,
    )


def tag_words(tag: object) -> str | None:
    """`long_hair` as `long hair`; faces such as `^_^` and `0_0` stay as they are."""
    label = plain_label(tag)
    return label.replace("_", " ").strip() or None if label and len(label) > 3 else label


def _group(told: Mapping[str, object], group: str) -> list[str]:
    return _words(told.get(f"tags_{group}") or told.get(f"tag_string_{group}"))


def _words(tags: object) -> list[str]:
    listed = tags.split() if isinstance(tags, str) else tags if isinstance(tags, list) else []
    return [word for word in map(tag_words, listed) if word]


def _series(told: Mapping[str, object]) -> str | None:
    named = [t for t in _group(told, "copyright") if t not in SERIES_TAGS_THAT_ARE_NONE]
    pool = told.get("pool")
    in_pool = plain_text(pool.get("name")) if isinstance(pool, Mapping) and pool.get("category") == "series" else None
    return named[0] if named else in_pool
