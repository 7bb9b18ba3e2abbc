"""The HTTP face gives the documents of the command line, and refuses in words."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("httpx", reason="the test client needs httpx (requirements-dev.txt)")

import numpy as np
from fastapi.testclient import TestClient

from umair.api import create_api
from umair.encoders.vectors import set_active_vectors, write_vectors
from umair.library.store import Library

FINGERPRINT = "0" * 64


@pytest.fixture
def encoded(small_library: Library) -> Library:
    """The small library with invented vectors: style by hand, content by subject, both a little noisy."""
    frame = small_library.illustrations()
    rng = np.random.default_rng(3)
    for space, groups in (("style", frame["hand"]), ("semantic", frame["title"].str.split(" ").list.first())):
        of = {g: n for n, g in enumerate(dict.fromkeys(groups))}
        matrix = np.eye(8, dtype=np.float32)[[of[g] for g in groups]] + rng.normal(0, 0.05, (len(frame), 8))
        unit = (matrix / np.linalg.norm(matrix, axis=1, keepdims=True)).astype(np.float32)
        write_vectors(small_library.path, space, FINGERPRINT, frame["item_id"].to_list(), unit)
        set_active_vectors(small_library, space, FINGERPRINT)
    return small_library


@pytest.fixture
def client(encoded: Library) -> TestClient:
    return TestClient(create_api(lambda: encoded))


def test_health_names_the_library(client: TestClient) -> None:
    assert client.get("/health").json() == {
        "status": "ok",
        "library": "Small",
        "illustrations": 24,
        "synthetic": True,
    }


def test_illustrations_are_filtered_sorted_and_paged(client: TestClient) -> None:
    first = client.get("/illustrations", params={"artist": "soft", "sort": "Popular", "top": 2}).json()
    rest = client.get("/illustrations", params={"artist": "soft", "sort": "Popular", "offset": 2}).json()
    assert first["total"] == 24 and first["found"] == 6 and len(first["results"]) == 2
    ids = [r["item_id"] for r in first["results"] + rest["results"]]
    likes = [r["likes"] for r in first["results"] + rest["results"]]
    assert len(set(ids)) == 6 and likes == sorted(likes, reverse=True)
    assert {r["artist_id"] for r in first["results"]} == {"soft"}


def test_similar_gives_the_document_of_the_command_line(client: TestClient) -> None:
    answer = client.get("/similar/p00", params={"by": "style", "top": 3}).json()
    assert set(answer) == {"query", "by", "results"} and answer["query"] == "p00" and answer["by"] == "style"
    assert set(answer["results"][0]) == {"item_id", "score", "same_hand", "artist_id", "labels"}
    assert {r["artist_id"] for r in answer["results"]} == {"flat"}
    assert all(0 <= r["same_hand"] <= 1 for r in answer["results"])
    assert "p00" not in {r["item_id"] for r in answer["results"]}


def test_mix_one_asks_for_content(client: TestClient) -> None:
    results = client.get("/similar/p00", params={"mix": 1, "top": 5}).json()["results"]
    assert all("circle" in r["labels"] or "moon" in r["labels"] for r in results)


def test_what_is_not_there_is_404_in_words(client: TestClient) -> None:
    answer = client.get("/similar/nothing")
    assert answer.status_code == 404 and "nothing" in answer.json()["error"]


@pytest.mark.parametrize("weight", ["style", "style=2", "taste=0.5", "style=x"])
def test_a_weight_that_is_none_is_refused(client: TestClient, weight: str) -> None:
    answer = client.get("/recommend/u00", params={"weight": weight})
    assert answer.status_code == 422 and "MODALITY=NUMBER" in answer.json()["error"]


def test_what_is_sent_and_is_no_picture_is_refused(client: TestClient) -> None:
    answer = client.post("/similar", files={"picture": ("x.png", io.BytesIO(b"not a picture"), "image/png")})
    assert answer.status_code == 422 and "x.png" not in answer.headers.get("content-disposition", "")
    assert answer.json()["error"]


def test_labels_are_suggested_as_they_are_typed(client: TestClient) -> None:
    answer = client.get("/labels", params={"q": "moun", "language": "ja"}).json()
    assert set(answer) == {"query", "results"} and answer["query"] == "moun"
    first = answer["results"][0]
    assert set(first) == {"name", "kind", "pictures", "also", "completes"}
    assert "mountain" in (first["name"], *first["also"]) and first["pictures"] == 8 and first["kind"] == "label"
    assert client.get("/labels", params={"q": "x" * 401}).status_code == 422
    assert len(client.get("/labels").json()["results"]) == 6


def test_a_search_meets_every_word(client: TestClient) -> None:
    def found(words: str) -> set[str]:
        results = client.get("/search", params={"words": words, "top": 99}).json()["results"]
        return {r["item_id"] for r in results}

    assert found("mountain") == found("山") and len(found("mountain")) == 8
    assert found("mountain triangle") == found("mountain") & found("triangle") != set()
    assert found("mountain moon") == set()
