"""The HTTP face: the same questions and the same documents as the command line's --json.

Mounted at /api by the app; alone with `python -m umair serve`. Loopback only unless told otherwise, no telemetry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from fastapi import FastAPI, File, Query, Request, UploadFile
from fastapi.responses import JSONResponse

from umair.errors import ImageError, LibraryError, UmairError
from umair.library.store import Library
from umair.service import browse as browsing
from umair.service import find as finding
from umair.service import people as tastes
from umair.service.find import Hit, Upload
from umair.service.tiles import Tile, catalogue
from umair.service.what_if import asked_weights
from umair.service.words import Suggested, suggest_words
from umair.settings import open_library_path

UPLOAD_BYTES = 64 * 2**20
MIX = {"style": 0.0, "content": 1.0}
Top = Annotated[int, Query(ge=1, le=500, description="How many results at most.")]
Mix = Annotated[float | None, Query(ge=0, le=1, description="0: painting style alone, 1: content alone.")]
By = Literal["style", "content", "words"]


@dataclass(frozen=True)
class Illustration:
    """One picture. picture: its key in the app's address /picture/thumb/{key}.webp; likes: bookmarks in the log."""

    item_id: str
    picture: str
    width_px: int
    height_px: int
    title: str
    artist_id: str | None
    labels: tuple[str, ...]
    date: str
    likes: int
    liked: bool


@dataclass(frozen=True)
class Illustrations:
    total: int
    found: int
    results: tuple[Illustration, ...]


@dataclass(frozen=True)
class Found:
    """One result of a search. same_hand: calibrated chance 0..1, null where style was not asked for."""

    item_id: str
    score: float
    same_hand: float | None
    artist_id: str | None
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    query: str
    by: str
    results: tuple[Found, ...]


@dataclass(frozen=True)
class Suggestions:
    query: str
    results: tuple[Suggested, ...]


@dataclass(frozen=True)
class Recommended:
    item_id: str
    probability: float
    weights: dict[str, float]
    why: str
    artist_id: str | None
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Recommendations:
    user_id: str
    results: tuple[Recommended, ...]


@dataclass(frozen=True)
class Weights:
    """What drives a taste. weights sum to 1; low, high: the nominal 90 % interval; planted on the demo only."""

    user_id: str
    bookmarks: int
    weights: dict[str, float]
    occlusion: dict[str, float]
    planted: dict[str, float] | None
    known: bool
    main: str | None
    low: dict[str, float]
    high: dict[str, float]


@dataclass(frozen=True)
class Style:
    picture: str
    sentence: str
    axes: dict[str, float]


@dataclass(frozen=True)
class Health:
    status: str
    library: str
    illustrations: int
    synthetic: bool


def create_api(library: Callable[[], Library] | None = None) -> FastAPI:
    """The application. `library` gives the library of a request; by default the one that the app has open."""
    opened = library or _opened
    api = FastAPI(title="umair", summary="Find, understand and recommend anime illustrations.", docs_url="/docs")
    api.add_exception_handler(UmairError, _refused)

    @api.get("/health")
    def health() -> Health:
        lib = opened()
        return Health("ok", lib.info.name, len(lib.illustrations()), lib.info.synthetic)

    @api.get("/illustrations")
    def illustrations(
        q: Annotated[list[str] | None, Query(description="Words that all must fit.")] = None,
        artist: Annotated[list[str] | None, Query()] = None,
        liked: bool = False,
        sort: Literal["New", "Popular", "For you", "By colour", "Random"] = "New",
        offset: Annotated[int, Query(ge=0)] = 0,
        top: Top = 60,
    ) -> Illustrations:
        """The pictures of the library, filtered and sorted as on Browse."""
        query = browsing.BrowseQuery(words=tuple(q or ()), artists=tuple(artist or ()), liked=liked, sort=sort)
        answer = browsing.browse(opened(), query)
        shown = tuple(_illustration(t) for t in answer.tiles[offset : offset + top])
        return Illustrations(answer.total, len(answer.tiles), shown)

    @api.get("/similar/{item_id}")
    def similar(item_id: str, by: By = "style", mix: Mix = None, top: Top = 20) -> Answer:
        """Pictures like one of the library."""
        lib = opened()
        catalogue(lib).row(item_id)  # an unknown id is refused before anything is computed
        if by == "words" and mix is None:
            return _answer(item_id, by, finding.neighbours(lib, item_id, "label_text", top), with_hand=False)
        share = MIX.get(by, 0.0) if mix is None else mix
        query = finding.Query(items=(item_id,), mix=share)
        return _answer(item_id, _told(by, mix), finding.find(lib, query, top).hits)

    @api.post("/similar")
    def similar_to_upload(
        picture: Annotated[UploadFile, File(description="A picture file; it is not kept.")],
        by: Literal["style", "content"] = "style",
        mix: Mix = None,
        top: Top = 20,
    ) -> Answer:
        """Pictures like one that is sent."""
        sent = _received(picture)
        query = finding.Query(uploads=(sent,), mix=MIX[by] if mix is None else mix)
        return _answer(picture.filename or sent.key, _told(by, mix), finding.find(opened(), query, top).hits)

    @api.get("/search")
    def search(words: Annotated[str, Query(min_length=1, max_length=400)], top: Top = 20) -> Answer:
        """Pictures that meet every word, in whatever of three languages; what is typed wrong or in part is forgiven."""
        return _answer(words, "words", finding.search_words(opened(), words, top).hits, with_hand=False)

    @api.get("/labels")
    def labels(
        q: Annotated[str, Query(max_length=400, description="What has been typed so far.")] = "",
        language: Annotated[str, Query(max_length=2, description="en, ja or zh: in which to name them.")] = "",
        top: Annotated[int, Query(ge=1, le=50)] = 8,
    ) -> Suggestions:
        """Labels (what means the same as one) and artists to search for, as they are typed."""
        return Suggestions(q, suggest_words(opened(), q, language, top))

    @api.get("/recommend/{user_id}")
    def recommend(
        user_id: str,
        weight: Annotated[list[str] | None, Query(description="What if: MODALITY=NUMBER, repeatable.")] = None,
        top: Top = 20,
    ) -> Recommendations:
        """What to show a person next; `you` is the person in front of the screen."""
        found = tastes.recommend(opened(), user_id, asked_weights(weight), n=top)
        return Recommendations(
            user_id,
            tuple(
                Recommended(r.tile.item_id, r.probability, r.weights, r.why, r.tile.artist or None, r.tile.labels)
                for r in found
            ),
        )

    @api.get("/weights/{user_id}")
    def weights(user_id: str) -> Weights:
        """The four UMCM weights of a person, beside occlusion and, on the demo, the planted truth."""
        p = tastes.person(opened(), user_id)
        return Weights(p.user_id, p.bookmarks, p.weights, p.occlusion, p.planted, p.known, p.main, p.low, p.high)

    @api.get("/style/{item_id}")
    def style(item_id: str) -> Style:
        """How a picture of the library is painted: a sentence, and the measured axes behind it."""
        told = finding.style_words(opened(), item_id)
        return Style(item_id, told.sentence, told.axes)

    return api


def _opened() -> Library:
    return _open(open_library_path())


@lru_cache(maxsize=4)
def _open(path: Path) -> Library:
    return Library.open(path)


def _refused(request: Request, error: Exception) -> JSONResponse:
    """A foreseen error in its own words: 404 for what is not there, else 422."""
    return JSONResponse({"error": str(error)}, status_code=404 if isinstance(error, LibraryError) else 422)


def _received(picture: UploadFile) -> Upload:
    content = picture.file.read(UPLOAD_BYTES + 1)
    name = picture.filename or "the picture"
    if len(content) > UPLOAD_BYTES:
        raise ImageError(f"“{name}” is larger than {UPLOAD_BYTES // 2**20} MB. Send it smaller.")
    return finding.upload(_opened(), content, name)


def _told(by: str, mix: float | None) -> str:
    return by if mix is None else f"style and content, {mix:g} content"


def _answer(query: str, by: str, hits: tuple[Hit, ...], *, with_hand: bool = True) -> Answer:
    return Answer(
        query,
        by,
        tuple(
            Found(
                hit.tile.item_id,
                hit.score,
                hit.same_hand if with_hand else None,
                hit.tile.artist or None,
                hit.tile.labels,
            )
            for hit in hits
        ),
    )


def _illustration(tile: Tile) -> Illustration:
    return Illustration(
        item_id=tile.item_id,
        picture=tile.key,
        width_px=tile.w,
        height_px=tile.h,
        title=tile.title,
        artist_id=tile.artist or None,
        labels=tile.labels,
        date=tile.date,
        likes=tile.likes,
        liked=tile.liked,
    )
