"""A pixiv sidecar of gallery-dl (1.32): one JSON object a file; every key may be absent and others may be there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from umair.library.importers.clean import (
    count_or_none,
    distinct,
    id_or_none,
    plain_label,
    plain_text,
    time_or_none,
)
from umair.library.importers.described import Bookmark, Described

# "1000users入り": the site's own mark of popularity, set when a work has become popular. It knows the future.
POPULARITY = re.compile(r"\d+\s*users入り$", re.IGNORECASE)
RATING_OF_SANITY = {0: "general", 2: "general", 4: "sensitive", 6: "questionable"}
AI_MADE = 2


def read_pixiv(told: Mapping[str, object]) -> Described:
    """The common form of a pixiv sidecar."""
    user = told.get("user")
    series = told.get("series")
    work, page = id_or_none(told.get("id")), count_or_none(told.get("num"))
    labels = _labels(told.get("tags"))
    if told.get("illust_ai_type") == AI_MADE:
        labels = [*labels, "ai-generated"]
    artist = user if isinstance(user, Mapping) else {}
    artist_id = id_or_none(artist.get("id"))
    return Described(
        item_id=f"pixiv-{work}-p{page or 0}" if work else None,
        labels=tuple(distinct(labels)),
        artist_id=f"pixiv-{artist_id}" if artist_id else None,
        artist_name=plain_text(artist.get("name")) or plain_text(artist.get("account")),
        title=plain_text(told.get("title")),
        published_at=time_or_none(told.get("date")) or time_or_none(told.get("create_date")),
        series=plain_text(series.get("title")) if isinstance(series, Mapping) else None,
        rating=_rating(told),
        views=count_or_none(told.get("total_view")),
        bookmarks=count_or_none(told.get("total_bookmarks")),
        bookmarked_by=_bookmark(told),
        source="pixiv",
    )


def _labels(tags: object) -> list[str | None]:
    """All three forms of the option `tags`: texts, or objects with `name` and `translated_name`."""
    if not isinstance(tags, list):
        return []
    names = [plain_label(t.get("name") if isinstance(t, Mapping) else t) for t in tags]
    return [n for n in names if n and not POPULARITY.search(n)]


def _rating(told: Mapping[str, object]) -> str | None:
    restricted, sanity = told.get("x_restrict"), told.get("sanity_level")
    if (isinstance(restricted, int) and restricted > 0) or told.get("rating") in ("R-18", "R-18G"):
        return "explicit"
    return RATING_OF_SANITY.get(sanity) if isinstance(sanity, int) else None


def _bookmark(told: Mapping[str, object]) -> Bookmark | None:
    """Whose bookmarks were crawled: only what was asked for as `favorite` tells it."""
    owner = told.get("user_bookmark")
    if told.get("subcategory") != "favorite" or not isinstance(owner, Mapping):
        return None
    user_id = id_or_none(owner.get("id"))
    return Bookmark(f"pixiv-{user_id}", plain_text(owner.get("name"))) if user_id else None
