"""The command line: answers on standard output, the rest on standard error, exit codes 0, 1 and 2, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from umair.cli import output
from umair.cli.main import PLACES, main
from umair.library.runs import RunFolder
from umair.library.store import Library

ROOT = Path(__file__).parent.parent


def _json(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def at(small_library: Library) -> list[str]:
    return ["--library", str(small_library.path)]


@pytest.fixture
def folder(tmp_path: Path, small_picture) -> Path:
    (tmp_path / "in").mkdir()
    for n in range(3):
        small_picture(200 + n).save(tmp_path / "in" / f"red_fox_{n}.png")
    (tmp_path / "in" / "bad.png").write_bytes(b"no")
    return tmp_path / "in"


def test_import_makes_the_library_and_reports(folder: Path, tmp_path: Path, capsys) -> None:
    at = ["--library", str(tmp_path / "new lib")]
    assert main(["import", "folder", str(folder), *at, "--json"]) == 0
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert (report["taken"], len(report["skipped"]), report["kind"]) == (3, 1, "folder")
    assert "New library" in told.err and Path(report["file"]).is_file()
    assert main(["import", "folder", str(folder), *at]) == 0
    assert "Duplicates: 3" in capsys.readouterr().out
    assert main(["check", *at, "--contents"]) == 0
    assert "Sound: 3 illustrations" in capsys.readouterr().out


def test_the_demo_is_not_imported_into_by_accident(folder: Path, capsys) -> None:
    assert main(["import", "folder", str(folder)]) == 1
    assert "--library DIR" in capsys.readouterr().err


def test_a_preview_writes_nothing(folder: Path, tmp_path: Path, capsys) -> None:
    assert main(["import", "folder", str(folder), "--preview", "--json", "--library", str(tmp_path / "lib")]) == 0
    assert _json(capsys)["pictures"] == 4 and not (tmp_path / "lib").exists()


def test_tables_with_a_mapping(at: list[str], tmp_path: Path, capsys) -> None:
    (tmp_path / "log.csv").write_text("who,what,when\nu00,p01,2026-02-03\nu00,p77,2026-02-03\n")
    mapping = ["--map", "user_id=who", "--map", "item_id=what", "--map", "at=when"]
    assert main(["import", "interactions", str(tmp_path / "log.csv"), *mapping, *at]) == 0
    assert "Taken: 1 interactions" in capsys.readouterr().out
    assert main(["import", "interactions", str(tmp_path / "log.csv"), *at]) == 1
    assert "no column for user_id" in capsys.readouterr().err


def test_check_fails_a_library_that_is_not_sound(small_library: Library, at: list[str], capsys) -> None:
    small_library.image_path("p00").unlink()
    assert main(["check", *at, "--json"]) == 1
    found = _json(capsys)
    assert not found["sound"] and found["findings"][0]["code"] == "picture-missing"


def test_stats_are_table_2_and_figure_4(at: list[str], capsys) -> None:
    assert main(["stats", *at, "--split", "2025-08-01", "--json"]) == 0
    found = _json(capsys)
    train, test = found["table_2"]
    assert train["interactions"] + test["interactions"] == 300 and train["until"] == "2025-08-01"
    assert sum(found["figure_4"]["users"]["how_many"]) == 30
    assert main(["stats", *at]) == 0
    assert "Table 2" in capsys.readouterr().out


def test_doctor(capsys) -> None:
    assert main(["doctor", "--json"]) == 0
    assert _json(capsys)["packages"]["polars"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check", "--library", "/nowhere"], 1),
        (["runs", "nothing", "--library", "/nowhere"], 1),
        (["nonsense"], 2),
        (["check", "--nonsense"], 2),
        (["import", "folder"], 2),
        (["train", "dreams"], 2),
        (["stats", "--split", "yesterday"], 2),
        (["--help"], 0),
    ],
)
def test_exit_codes(words: list[str], code: int, capsys) -> None:
    assert main(words) == code
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    if code == 1:
        assert told.out == "" and told.err.startswith("umair: ") and told.err.count("\n") == 1


def test_a_mistake_of_ours_is_a_line_and_not_a_traceback(at: list[str], monkeypatch, capsys) -> None:
    monkeypatch.setattr("umair.cli.look.look", lambda lib, contents: 1 / 0)
    assert main(["check", *at]) == 1
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told and "Traceback" not in told
    monkeypatch.setenv("UMAIR_DEBUG", "1")
    main(["check", *at])
    assert "Traceback" in capsys.readouterr().err


def test_a_package_that_one_command_lacks_is_named(monkeypatch, capsys) -> None:
    def lacking(name: str) -> None:
        raise ModuleNotFoundError("No module named 'skia'", name="skia")

    monkeypatch.setattr("umair.cli.main.import_module", lacking)
    assert main(["demo", "build"]) == 1
    assert "needs the package skia" in capsys.readouterr().err


def test_json_is_alone_on_standard_output(at: list[str], monkeypatch, capsys) -> None:
    def chatty(lib: Library, contents: bool) -> object:
        print("a package that talks")
        return real(lib, contents)

    from umair.cli import look

    real = look.look
    monkeypatch.setattr(look, "look", chatty)
    assert main(["check", *at, "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["sound"] and "talks" in told.err


def test_runs_are_listed_and_shown(small_library: Library, at: list[str], capsys) -> None:
    assert main(["runs", *at]) == 0 and "No runs yet" in capsys.readouterr().out
    run = RunFolder.create(small_library.path, "text", {"epochs": 1})
    assert main(["runs", *at, "--json"]) == 0
    assert _json(capsys)["runs"][0]["id"] == run.id
    assert main(["runs", run.id, *at]) == 0
    assert _json(capsys)["config"] == {"epochs": 1}
    assert main(["use", run.id, *at]) == 1
    assert "only a finished" in capsys.readouterr().err


def test_choices_are_listed_and_wrong_ones_refused(at: list[str], capsys) -> None:
    assert main(["train", "image", "--choices", "--json"]) == 0
    assert "backbone" in {f["name"] for f in _json(capsys)["fields"]}
    for wrong in ("epochs=many", "loss=hinge", "colour=red", "epochs"):
        assert main(["train", "image", "--set", wrong, *at]) == 1
        assert capsys.readouterr().err.startswith("umair: ")


def test_a_training_in_the_terminal(small_library: Library, at: list[str], capsys) -> None:
    small = ["--epochs", "1", "--set", "size=32", "--set", "min_count=2", "--set", "batch=8"]
    assert main(["train", "image", *small, *at, "--json"]) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert answer["state"] == "done" and "validation_loss" in answer["metrics"] and "steps" in told.err
    assert main(["use", answer["run"], *at]) == 0
    assert Library.open(small_library.path).info.active == {"image": answer["run"]}


def test_every_command_has_help_with_an_example(capsys) -> None:
    for name in PLACES:
        assert main([name, "--help"]) == 0
        assert "xample" in capsys.readouterr().out or name in ("import", "demo"), name  # groups: on their commands


@pytest.mark.parametrize("words", [["--help"], ["check", "--library", "/nowhere"], ["import", "folder", "--help"]])
def test_light_commands_load_nothing_heavy(words: list[str]) -> None:
    program = (
        "import sys; from umair.cli.main import main; main(sys.argv[1:]);"
        "print([m for m in ('torch', 'umap', 'sklearn', 'sentence_transformers', 'lancedb') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, cwd=ROOT)
    assert told.stdout.splitlines()[-1] == "[]"


def test_the_module_runs() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "umair", "check", "--library", "/nowhere"], capture_output=True, cwd=ROOT
    )
    assert (told.returncode, told.stdout) == (1, b"")


def test_tables_of_text_line_up_with_wide_letters() -> None:
    lines = output.table(("word", "count"), [("夜の海", 12_345), ("sea", 7)]).splitlines()
    assert (
        lines == ["word     count", "夜の海  12,345", "sea          7"] or len({output._width(x) for x in lines}) == 1
    )


def test_durations() -> None:
    assert [output.duration(s) for s in (5, 125, 3725)] == ["0:05", "2:05", "1:02:05"]


def test_the_papers_counts(capsys) -> None:
    assert main(["params", "--paper", "--json"]) == 0
    rows = {(r["table"], r["variant"]): r for r in _json(capsys)["rows"]}
    assert rows["Table 3", "UMAIR-FPS"]["ours"] == rows["Table 3", "UMAIR-FPS"]["paper"] == 10_597_028


def test_the_papers_small_ones_by_name(at: list[str], capsys) -> None:
    assert main(["table", "2", *at, "--json"]) == 0 and len(_json(capsys)["table_2"]) == 2
    assert main(["figure", "4", *at]) == 0 and "Gini" in capsys.readouterr().out
