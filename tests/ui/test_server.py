"""Pictures go out by the key of their content, and nothing else goes out."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("httpx", reason="the test client needs httpx (requirements-dev.txt)")

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from umair.api import create_api
from umair.library.store import Library
from umair.settings import set_open_library
from umair.ui import previews, server, warm


@pytest.fixture
def client(small_library: Library, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(warm, "begin", lambda: None)
    set_open_library(small_library.path)
    routes = [Route("/picture/{size:str}/{key:str}.webp", server.picture), Route("/api/labels", server.labels)]
    return TestClient(Starlette(routes=routes))


def test_a_picture_is_served_by_its_key_and_may_be_kept(client: TestClient, small_library: Library) -> None:
    row = small_library.illustrations().row(0, named=True)
    key = row["sha256"][:16]
    small, large = client.get(f"/picture/thumb/{key}.webp"), client.get(f"/picture/full/{key}.webp")
    assert small.headers["content-type"] == "image/webp" and "immutable" in small.headers["cache-control"]
    assert large.content == Path(small_library.path / row["image"]).read_bytes()
    assert large.headers["content-type"] == "image/png" and large.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/picture/thumb/ffffffffffffffff.webp",
        "/picture/thumb/..%2f..%2flibrary.webp",
        "/picture/thumb/library.webp",
        "/picture/original/{key}.webp",
        "/picture/thumb/{key}0.webp",
        "/picture/thumb/{upper}.webp",
    ],
)
def test_anything_else_is_not_found(client: TestClient, small_library: Library, path: str) -> None:
    key = small_library.illustrations()["sha256"][0][:16]
    assert client.get(path.format(key=key, upper="A" * 16)).status_code == 404


def test_an_upload_is_shown_from_memory_and_not_kept_by_the_browser(client: TestClient) -> None:
    previews.remember("00000000000000aa", b"webp")
    answer = client.get("/picture/full/00000000000000aa.webp")
    assert answer.content == b"webp" and answer.headers["cache-control"] == "no-store"


def test_old_previews_make_room() -> None:
    for n in range(previews.KEPT + 1):
        previews.remember(f"{n:016x}", b"x")
    assert previews.preview(f"{0:016x}") is None and previews.preview(f"{previews.KEPT:016x}") == b"x"


@pytest.mark.parametrize("q", ["", "moun", "山", "<b>", "x" * 400])
def test_suggestions_are_those_of_the_api(client: TestClient, small_library: Library, q: str) -> None:
    asked = {"q": q, "language": "ja"}
    whole = TestClient(create_api(lambda: small_library)).get("/labels", params=asked).json()
    assert client.get("/api/labels", params=asked).json() == whole
    assert bool(whole["results"]) == (q in ("", "moun", "山"))


def test_a_pasted_page_is_no_reason_to_fail(client: TestClient) -> None:
    assert client.get("/api/labels", params={"q": "y" * 10_000}).json()["results"] == []
