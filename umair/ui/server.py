"""The routes beside the pages: pictures by content key, and what is loaded before anybody asks for it."""

from __future__ import annotations

import asyncio
import importlib
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import App

from umair.errors import UmairError
from umair.retrieval.written import LONGEST
from umair.service.words import suggest_words
from umair.ui import warm
from umair.ui.opened import opened, picture_file
from umair.ui.previews import preview

LOG = logging.getLogger("umair.ui")
KEY = re.compile(r"[0-9a-f]{16}")
# The key is the content's hash: what it names never changes.
HEADERS = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
# A card changes when the title does, and nothing in it may run if it is opened by itself.
CARD = {**HEADERS, "Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'; sandbox"}
# The server's sockets hold a small answer back until its head is acknowledged (40 ms and more); closing sends it now.
AT_ONCE = {"Connection": "close"}
KINDS = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}


async def picture(request: Request) -> Response:
    """A picture of the open library (or an upload in memory) by the first 16 hex digits of its SHA-256."""
    size, key = request.path_params["size"], request.path_params["key"]
    if size not in ("thumb", "full") or not KEY.fullmatch(key):
        return Response(status_code=404)
    warm.begin()
    return await asyncio.to_thread(_picture, size, key)


def _picture(size: str, key: str) -> Response:
    brought = preview(key)
    if brought is not None:
        return Response(brought, media_type="image/webp", headers={**HEADERS, "Cache-Control": "no-store"})
    file = picture_file(key, large=size == "full")
    if file is None:
        return Response(status_code=404)
    if isinstance(file, bytes):
        return Response(file, media_type="image/svg+xml", headers=CARD)
    kind = KINDS.get(file.suffix.lower())
    if kind is None or not file.is_file():
        return Response(status_code=404)
    return FileResponse(file, media_type=kind, headers=HEADERS)


async def labels(request: Request) -> Response:
    """The API's /labels, without waiting for the encoders that the rest of the API loads: it is asked at every key."""
    asked = request.query_params
    typed, language = asked.get("q", "")[:LONGEST], asked.get("language", "")[:2]
    try:
        found = await asyncio.to_thread(lambda: suggest_words(opened(), typed, language))
        if not typed:  # the field was just entered: what the first letters need is read meanwhile
            asyncio.get_running_loop().run_in_executor(None, lambda: suggest_words(opened(), "a"))
    except UmairError as error:
        return JSONResponse({"error": str(error)}, status_code=422)
    return JSONResponse({"query": typed, "results": [asdict(one) for one in found]}, headers=AT_ONCE)


async def api(scope: Scope, receive: Receive, send: Send) -> None:
    """The HTTP API of umair/api.py, loaded with its first request: it needs the encoders, the pages' start does not."""
    app = await asyncio.to_thread(_api)
    await app(scope, receive, send)


@lru_cache(maxsize=1)
def _api() -> ASGIApp:
    return importlib.import_module("umair.api").create_api(opened)


@asynccontextmanager
async def lifespan(_: App) -> AsyncIterator[None]:
    """Prepare the demo library (a copy of the person's own) before the first page is asked for."""
    try:
        await asyncio.to_thread(lambda: opened().illustrations())
    except UmairError as error:
        LOG.warning("%s", error)  # the page says the same, and how to go on
    yield
