"""`pairs build`, `pairs formats` and `table 1`, and that a training takes the table that was built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from umair.cli.main import main
from umair.encoders.pairs import SUB_TYPES, TextPair, read_tsv, write_tsv
from umair.errors import TrainingError
from umair.jobs import text_pairs
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.service.forms import chosen, form

ITEM = {"title": "風の庭", "lang": "ja", "titleTranslate": {"zh-Hans": ["风之庭"], "en": ["Garden of Wind"]}}
OTHER = {"title": "風の庭 2", "lang": "ja", "titleTranslate": {"en": ["Garden of Wind"]}}


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "data.json").write_text(json.dumps({"siteMeta": {}, "items": [ITEM, OTHER, {"title": ""}]}))
    (folder / "readme.csv").write_text("nothing,here\n")
    write_tsv(tmp_path / "mine.tsv", [TextPair("setting-meaning", "torii", "the gate of a shrine", "en", "en", "me")])
    return [str(folder), str(tmp_path / "mine.tsv")]


def test_build_writes_a_table_and_says_what_it_did(sources: list[str], tmp_path: Path, capsys) -> None:
    out = tmp_path / "sources" / "pairs.tsv"
    for _ in range(2):  # what was built is no source of the next building
        assert main(["pairs", "build", *sources, "--out", str(out), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["pairs"], told["conflicts"], told["ambiguous"], told["out"]) == (5, 1, 2, str(out))
    assert told["counts"]["en-ja"] == {"bangumi-data": 2} and told["counts"]["setting-meaning"] == {"me": 1}
    assert list(told["counts"]) == list(SUB_TYPES)
    assert told["first_conflicts"][0]["others"] == ["風の庭", "風の庭 2"]
    assert told["sources"][0]["broken"] == 1 and len(told["passed_over"]) == 1
    assert told["licences"]["bangumi-data"].startswith("CC BY 4.0")
    assert {p.note for p in read_tsv(out) if p.sub_type == "en-ja"} == {"ambiguous"}
    assert main(["pairs", "build", *sources]) == 0
    text = capsys.readouterr().out
    assert "5 pairs" in text and "Garden of Wind" in text and "item 3" in text and "CC BY 4.0" in text


def test_nothing_to_build_from_is_an_error_that_says_why(tmp_path: Path, capsys) -> None:
    (tmp_path / "a.txt").write_text("hello")
    assert main(["pairs", "build", str(tmp_path / "a.txt")]) == 1
    assert "bangumi-archive" in capsys.readouterr().err
    (tmp_path / "04.json").write_text(
        json.dumps([{"title": "空", "titleTranslate": {}}, {"lang": "ja", "titleTranslate": {}}])
    )
    assert main(["pairs", "build", str(tmp_path / "04.json"), "--out", str(tmp_path / "out.tsv")]) == 1
    assert "item 2" in capsys.readouterr().err and not (tmp_path / "out.tsv").exists()


def test_formats_are_listed(capsys) -> None:
    assert main(["pairs", "formats"]) == 0
    assert "anime-offline-database" in capsys.readouterr().out
    assert main(["pairs", "formats", "--json"]) == 0
    assert {"name", "holds", "together"} == set(json.loads(capsys.readouterr().out)["formats"][0])


def test_a_training_takes_the_pairs_that_its_run_names(sources: list[str], small_library: Library, capsys) -> None:
    write_tsv(small_library.path / "relations.tsv", [TextPair("zh-en", "海", "sea", "zh", "en")])
    for named in sources:
        run = RunFolder.create(small_library.path, "text", chosen("text", {"pairs": named}))
        plain = RunFolder.create(small_library.path, "text", chosen("text", {}))
        (own, none), (again, more) = text_pairs(small_library, plain), text_pairs(small_library, run)
        assert again == own and not none and more
    assert "Passed over" in capsys.readouterr().err  # the item without a title
    absent = RunFolder.create(small_library.path, "text", chosen("text", {"pairs": "/nowhere.tsv"}))
    with pytest.raises(TrainingError, match=r"nowhere\.tsv"):
        text_pairs(small_library, absent)
    assert "pairs build" in next(f for f in form("text").fields if f.name == "pairs").help


def test_table_1_is_printed_and_written(sources: list[str], small_library: Library, tmp_path: Path, capsys) -> None:
    at = ["--library", str(small_library.path)]
    assert main(["table", "1", *sources, *at, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["table_1"]
    assert [r["sub_type"] for r in rows] == list(SUB_TYPES)
    assert {"a": "风之庭", "b": "Garden of Wind", "source": "bangumi-data", "invented": False} in rows[0]["examples"]
    assert main(["table", "1", *at, "--out", str(tmp_path / "docs")]) == 0
    assert "series-character" in capsys.readouterr().out
    page = (tmp_path / "docs" / "table_1.md").read_text(encoding="utf-8")
    assert "| Chinese-English |" in page and "*invented*" in page and str(small_library.path) not in page
    assert main(["table", "2", *sources, *at]) == 1
    assert "takes no sources" in capsys.readouterr().err
