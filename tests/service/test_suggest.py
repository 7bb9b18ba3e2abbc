"""Suggested labels: never one that is there in any spelling, written once, refused for good, and all can be undone."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import polars as pl
import pytest

from umair.encoders.text import TextEncoder
from umair.encoders.vectors import read_vectors, set_active_vectors, write_vectors
from umair.errors import LibraryError
from umair.library.predictions import Predictions, write_predictions
from umair.library.store import Library
from umair.service import suggest
from umair.service.suggest import Suggestion

ROOT = Path(__file__).parents[2]
TERMS = [
    ("moon", "en", "moon", True),
    ("moon", "en", "full moon", False),
    ("moon", "ja", "月", True),
    ("window", "en", "window", True),
    ("window", "ja", "窓", True),
    ("sea", "en", "sea", True),
    ("sea", "ja", "海", True),
]


@pytest.fixture
def asked(small_library: Library) -> Library:
    """p00 has 月 alone; p01 window, 窓, square. Both are guessed: moon 95 %, sea 91 %, window 60 %, night 30 %."""
    rows = [dict(zip(("concept", "lang", "text", "is_main"), term, strict=True)) for term in TERMS]
    pl.DataFrame(rows).write_parquet(small_library.path / "glossary.parquet")
    frame = small_library.illustrations()
    own = [["月"], *frame["labels"].to_list()[1:]]
    small_library.write_illustrations(frame.with_columns(labels=pl.Series(own, dtype=pl.List(pl.String))))
    guesses = (("moon", 0.95), ("sea", 0.91), ("window", 0.6), ("night", 0.3))
    found = Predictions({"p00": guesses, "p01": guesses, "p02": ()}, "a" * 64, "a model", True)
    write_predictions(small_library, found)
    return small_library


def labels(lib: Library, item: str) -> list[str]:
    return Library.open(lib.path).illustrations()["labels"][lib.row_of(item)].to_list()


def offered(lib: Library, item: str, least: float = 0.2, language: str = "en") -> list[str]:
    return [s.label for s in suggest.suggestions(lib, item, least, language)]


def test_a_label_that_is_there_in_another_language_is_not_offered(asked: Library) -> None:
    assert labels(asked, "p00") == ["月"]
    assert offered(asked, "p00") == ["sea", "window", "night"]
    assert offered(asked, "p01") == ["moon", "sea", "night"]
    assert offered(asked, "p02") == offered(asked, "p03") == []


def test_labels_are_offered_in_the_persons_language_where_the_glossary_knows_it(asked: Library) -> None:
    assert offered(asked, "p00", language="ja") == ["海", "窓", "night"]
    assert offered(asked, "p00", 0.6) == ["sea", "window"] and offered(asked, "p00", 0.61) == ["sea"]


def test_accepting_writes_once_and_for_all_spellings(asked: Library) -> None:
    (sea,) = suggest.suggestions(asked, "p00", 0.9, "ja")
    assert suggest.accept(asked, [sea, sea]) == (sea,)
    table = (asked.path / "illustrations.parquet").read_bytes()
    assert labels(asked, "p00") == ["月", "海"] and "sea" not in offered(asked, "p00")
    assert suggest.accept(asked, [sea, Suggestion("p00", "SEA", 1.0)]) == ()
    assert (asked.path / "illustrations.parquet").read_bytes() == table
    assert suggest.accept(asked, [Suggestion("p00", "full moon", 0.5)]) == ()  # 月 is there


def test_an_accepted_label_can_be_taken_back_and_is_offered_again(asked: Library) -> None:
    before, window = labels(asked, "p00"), Suggestion("p00", "窓", 0.6)
    suggest.accept(asked, [window])
    assert suggest.take_back(asked, "p00", "window")  # by any of its names
    assert labels(asked, "p00") == before and "window" in offered(asked, "p00")
    assert not suggest.take_back(asked, "p00", "window")
    assert not suggest.take_back(asked, "p00", "月") and labels(asked, "p00") == before  # the artist's own stays


def test_a_refusal_is_remembered_by_any_name_until_it_is_undone(asked: Library) -> None:
    suggest.refuse(asked, "p00", "海")
    suggest.refuse(asked, "p00", "night")
    again = Library.open(asked.path)
    assert offered(again, "p00") == ["window"] and "sea" in offered(again, "p01")
    assert suggest.take_back(again, "p00", "sea") and offered(again, "p00") == ["sea", "window"]
    suggest.refuse(again, "p00", "sea")
    assert suggest.accept(again, [Suggestion("p00", "sea", 0.9)])  # a change of mind
    assert list(json.loads((asked.path / suggest.FILE).read_text())["refused"]["p00"]) == ["night"]
    assert suggest.take_back(again, "p00", "sea") and offered(again, "p00") == ["sea", "window"]


def test_the_review_begins_with_the_fewest_labels_and_takes_the_sure_ones(asked: Library) -> None:
    found = suggest.review(asked, 0.5)
    assert [(r.item_id, r.labels) for r in found] == [("p00", 1), ("p01", 3)]
    assert [s.label for s in suggest.above(found)] == ["sea", "moon", "sea"]
    assert [r.item_id for r in suggest.review(asked, 0.5, most_labels=1)] == ["p00"]
    assert len(suggest.accept(asked, suggest.above(found))) == 3
    assert suggest.above(suggest.review(asked, 0.5)) == ()
    assert suggest.take_back_all(asked, suggest.above(found)) == 3
    assert suggest.review(asked, 0.5) == found


def test_standing_counts_labels_and_answers(asked: Library) -> None:
    told = suggest.standing(asked)
    assert (told.pictures, told.without, told.asked, told.calibrated, told.model) == (24, 0, 3, True, "a model")
    assert told.few == 24
    frame = asked.illustrations()
    asked.write_illustrations(frame.with_columns(labels=pl.Series([[]] + frame["labels"].to_list()[1:])))
    assert suggest.standing(asked).without == 1


def test_an_unknown_picture_or_a_damaged_file_is_told_and_nothing_written(asked: Library) -> None:
    before = (asked.path / "illustrations.parquet").read_bytes()
    with pytest.raises(LibraryError, match="p99"):
        suggest.accept(asked, [Suggestion("p00", "sea", 0.9), Suggestion("p99", "sea", 0.9)])
    with pytest.raises(LibraryError, match="p99"):
        suggest.refuse(asked, "p99", "sea")
    assert (asked.path / "illustrations.parquet").read_bytes() == before and not (asked.path / suggest.FILE).exists()
    (asked.path / suggest.FILE).write_text("{")
    with pytest.raises(LibraryError, match="delete it"):
        offered(asked, "p00")


def test_two_people_at_once_lose_nothing(asked: Library) -> None:
    errors: list[Exception] = []

    def decide(item: str) -> None:
        own = Library.open(asked.path)
        try:
            suggest.accept(own, [Suggestion(item, "sea", 0.9)])
            suggest.refuse(own, item, "night")
        except Exception as error:
            errors.append(error)

    items = [f"p{n:02d}" for n in range(4)]
    threads = [threading.Thread(target=decide, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = json.loads((asked.path / suggest.FILE).read_text())
    assert errors == [] and all("sea" in labels(asked, item) for item in items)
    assert set(kept["accepted"]) == set(kept["refused"]) == set(items)


def test_another_process_that_writes_is_named_and_nothing_is_half_done(
    asked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggest, "WAIT_S", 0.1)
    program = (
        "import sys; from umair.library.store import Library\n"
        f"with Library.open({str(asked.path)!r}).writing('a long import'): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "in\n"
        with pytest.raises(LibraryError, match="a long import"):
            suggest.accept(asked, [Suggestion("p00", "sea", 0.9)])
        other.communicate()
    assert labels(asked, "p00") == ["月"] and not (asked.path / suggest.FILE).exists()
    assert suggest.accept(asked, [Suggestion("p00", "sea", 0.9)])


def test_an_accepted_label_reaches_the_label_vectors(asked: Library) -> None:
    encoder = TextEncoder.load("shipped")
    frame = asked.illustrations()
    ids, own = frame["item_id"].to_list(), frame["labels"].to_list()
    write_vectors(asked.path, "label_text", encoder.fingerprint, ids, encoder.encode_labels(own))
    set_active_vectors(asked, "label_text", encoder.fingerprint)
    before = read_vectors(asked, "label_text").matrix
    suggest.accept(asked, [Suggestion("p00", "sea", 0.9)])
    after = read_vectors(asked, "label_text").matrix
    assert ((before[0] - after[0]) ** 2).sum() > 0.01 and (before[1:] == after[1:]).all()
    wanted = encoder.encode_labels([["月", "sea"]])[0]
    assert abs(after[0] - wanted).max() < 1e-3


def test_reading_suggestions_loads_no_torch() -> None:
    program = "import sys, umair.service.suggest; print([m for m in ('torch', 'timm', 'sklearn') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
