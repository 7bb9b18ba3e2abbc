"""Table 3 and Table 4 on a tiny library: kept trials, a kill on the way, failures, files, sentences."""

from __future__ import annotations

import csv
import io
import json
import shutil
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.training.conftest import add_vectors
from umair.cli.main import main
from umair.errors import TrainingError
from umair.experiments.comparison import claims, work
from umair.experiments.comparison.bootstrap import Interval
from umair.experiments.comparison.contenders import table_3_contenders, table_4_contenders
from umair.experiments.comparison.dots import Dot, dots
from umair.experiments.comparison.measures import AUC, BCE, NDCG, RECALL, Measured
from umair.experiments.comparison.protocol import Protocol
from umair.experiments.comparison.sentences import first_sentence, losers, targets
from umair.experiments.comparison.sheet import Sheet, as_markdown, write_sheet
from umair.experiments.comparison.table import Row, Table
from umair.experiments.comparison.trial import load
from umair.experiments.comparison.workplace import Workplace
from umair.experiments.table_3 import chosen_of, table_3
from umair.experiments.table_4 import table_4, table_4_rows
from umair.library.store import Library

TINY = Protocol(
    grid=Protocol().grid[:2], seeds=2, passes=1, own_passes=1, own_cross_passes=1, batch_rows=256, resamples=50
)
ONLY = ("DCN-V2, fields only", "UMAIR-FPS (umair)")


def _silent(done: int, of: int, name: str) -> None:
    pass


@pytest.fixture(scope="module")
def library(_small_library_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    copy = tmp_path_factory.mktemp("tables") / "small"
    shutil.copytree(_small_library_once, copy)
    found = Library.open(copy)
    add_vectors(found)
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    return Workplace(tmp_path_factory.mktemp("trials"))


@pytest.fixture(scope="module")
def table(library: Library, place: Workplace) -> Table:
    return table_3(library, TINY, place, _silent, ONLY)


def test_rows_have_intervals_around_their_means_and_references_stand_beside(table: Table) -> None:
    models = [r for r in table.rows if not r.reference]
    assert [r.name for r in models] == list(ONLY)
    for row in models:
        assert row.seeds == 2 and row.parameters and row.rows_per_second
        for name in (AUC, NDCG, RECALL):
            i = row.measures[name]
            assert 0.0 <= i.low <= i.mean <= i.high <= 1.0
        assert row.measures[AUC].low < row.measures[AUC].high
    assert "popularity" in {r.name for r in table.rows if r.reference}
    assert sum(r.difference is None for r in models) == 1


def test_nothing_is_trained_twice(
    library: Library, place: Workplace, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "do_job", lambda *_: pytest.fail("trained again"))
    again = table_3(library, TINY, place, _silent, ONLY)
    assert again.rows == table.rows and not again.failures


def test_a_killed_comparison_goes_on_to_the_same_table(library: Library, table: Table, tmp_path: Path) -> None:
    place, count, real = Workplace(tmp_path / "killed"), [0], work.do_job

    def dying(*args: object) -> work.Trial:
        count[0] += 1
        if count[0] == 6:
            raise KeyboardInterrupt
        return real(*args)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "do_job", dying)
        with pytest.raises(KeyboardInterrupt):
            table_3(library, TINY, place, _silent, ONLY)
        assert len(list(place.folder.glob("*.json"))) == 5
        went_on = table_3(library, TINY, place, _silent, ONLY)
    assert count[0] == 9  # four to tune, four to judge, and the one that was killed
    for a, b in zip(table.rows, went_on.rows, strict=True):
        assert (a.name, a.measures, a.difference, a.choice) == (b.name, b.measures, b.difference, b.choice)


def test_a_failed_training_is_told_and_the_others_go_on(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = work.do_job

    def failing(training: work.Training, job: work.Job, scratch: Path) -> work.Trial:
        if job.judged and job.options.seed == 2:
            raise TrainingError("The loss is no longer a number")
        return real(training, job, scratch)

    monkeypatch.setattr(work, "do_job", failing)
    found = table_3(library, TINY, Workplace(tmp_path), _silent, ONLY[:1])
    assert [(f.name, f.seed) for f in found.failures] == [(ONLY[0], 2)] and "no longer" in found.failures[0].error
    assert found.rows[0].seeds == 1
    page = as_markdown(found, Sheet(3, "T", library, "c", 1.0))
    assert "Trainings that failed" in page and "no longer a number" in page


def test_two_processes_keep_what_one_keeps(library: Library, tmp_path: Path) -> None:
    rows = chosen_of(table_3_contenders(), ONLY)
    choice, own = TINY.grid[0], work.fingerprint(library)
    jobs = [work.Job(c.name, own, TINY.applied(c.options, choice, 1), True, 300) for c in rows]
    told: list[tuple[int, int]] = []
    for folder, processes in ((tmp_path / "one", 1), (tmp_path / "two", 2)):
        inputs = [c.inputs for c in rows]
        assert not work.run_jobs(library, jobs, inputs, folder, processes, lambda done, of, _: told.append((done, of)))
    assert told[-1] == (2, 2)
    for job in jobs:
        one, two = (load(tmp_path / name, job) for name in ("one", "two"))
        assert one and two and one.scores and two.scores
        np.testing.assert_allclose(one.scores.logit, two.scores.logit, atol=1e-4)


def test_files_say_where_their_numbers_are_from_and_parse(library: Library, table: Table, tmp_path: Path) -> None:
    sheet = Sheet(3, "Table 3 on “Small”", library, "python -m umair table 3", 61.0)
    page, sums, plot = write_sheet(table, sheet, tmp_path)
    text = page.read_text(encoding="utf-8")
    assert page.name == "table_3_small.md" and plot.name in text
    for said in (
        "Synthetic people",
        "python -m umair table 3",
        "cores, torch",
        "rate 0.003",
        "2 seeds",
        "300 users",
        "half of the passes",
        "Split by time",
    ):
        assert said in text
    rows = list(csv.DictReader(io.StringIO(sums.read_text(encoding="utf-8"))))
    assert [r["model"] for r in rows] == [r.name for r in table.rows]
    assert float(rows[0]["auc"]) == pytest.approx(table.rows[0].measures[AUC].mean)
    assert rows[-1]["auc"] == "" and float(rows[-1]["ndcg@10"]) >= 0
    drawn = ElementTree.parse(plot).getroot()
    assert len(drawn.findall(".//{*}circle")) == 2 and "synthetic people" in plot.read_text(encoding="utf-8")


def test_table_4_judges_variants_beside_their_whole(library: Library, place: Workplace, table: Table) -> None:
    found = table_4(library, TINY, place, _silent, ("w/o STY, umair", "UMAIR-FPS (umair)"))
    assert [r.name for r in found.rows if not r.reference] == ["w/o STY, umair", "UMAIR-FPS (umair)"]
    variant, whole = found.rows[0], found.rows[1]
    assert variant.beside == whole.name and variant.difference is not None and whole.difference is None
    assert variant.difference.mean == pytest.approx(variant.measures[AUC].mean - whole.measures[AUC].mean)
    assert variant.choice == whole.choice and (variant.parameters or 0) < (whole.parameters or 0)
    assert whole.measures == next(r for r in table.rows if r.name == whole.name).measures  # Table 3's own trainings


def test_every_row_of_both_tables_is_there(library: Library) -> None:
    assert len({c.name for c in table_3_contenders()}) == 14
    assert len({c.name for c in table_4_contenders("paper")}) == 15
    assert [c.name for c in table_4_rows(library) if c.options.instance == "umair"][-1] == "UMAIR-FPS (umair)"
    without_pictures = [c.name for c in table_4_contenders("umair", ("label_text", "metadata"))]
    assert "w/o STY, umair" not in without_pictures and "w/o TSEM, umair" in without_pictures
    with pytest.raises(TrainingError, match="no row 'w/o SYT'"):
        chosen_of(table_4_rows(library), ["w/o SYT"])
    assert {c.group for c in chosen_of(table_3_contenders(), ["dcn-v2"])} == {"fields only", "with vectors"}


def _row(name: str, auc: float, ndcg: float, group: str = "ours", reference: bool = False) -> Row:
    measures = {NDCG: Interval(ndcg, ndcg, ndcg), RECALL: Interval(ndcg, ndcg, ndcg)}
    if not reference:
        measures[AUC] = Interval(auc, auc, auc)
    return Row(name, group, 1, "", measures, "", None, reference=reference)


def _table(*rows: Row) -> Table:
    raw = {
        r.name: {m: Measured(np.array([i.mean]), i.mean + np.linspace(-1e-3, 1e-3, 20)) for m, i in r.measures.items()}
        for r in rows
    }
    return Table(rows, (), TINY, raw, {}, "by time")


def test_a_model_that_loses_to_popularity_is_seen_to_lose() -> None:
    popularity, good = _row("popularity", 0, 0.10, "reference", reference=True), _row("UMAIR-FPS (umair)", 0.8, 0.2)
    said = losers(_table(good, _row("DCN, with vectors", 0.7, 0.05), popularity))
    assert len(said) == 2 and all(s.startswith("DCN, with vectors loses in") for s in said)
    assert "popularity 0.1000" in said[0]
    assert losers(_table(good, popularity)) == ("No model loses to a reference row in NDCG@10 or Recall@50.",)


def test_targets_are_told_met_or_missed() -> None:
    own, paper = _row("UMAIR-FPS (umair)", 0.8, 0.2), _row("UMAIR-FPS (paper)", 0.7, 0.1)
    fair = _row("DCN, with vectors", 0.79, 0.15, "with vectors")
    said = targets(_table(fair, paper, own))
    assert [("met" if ": met" in s else "missed") for s in said] == ["met", "missed", "missed"]
    assert "1.33 times" in said[2]
    assert first_sentence(_table(paper, own)).startswith("Best by AUC: UMAIR-FPS (umair) (0.8000)")


def test_claims_are_judged_by_pairs_of_rows_and_only_where_both_are_there() -> None:
    whole = _row("UMAIR-FPS (paper)", 0.70, 0.2)
    table = _table(_row("w/o STY, paper", 0.60, 0.2), _row("w/o SEM, paper", 0.70, 0.2), whole)
    for raw in table.raw.values():
        raw[BCE] = Measured(1 - raw[AUC].point, 1 - raw[AUC].resampled)
    lines = [line for line in claims.judged(table, 4) if "paper)" in line or "paper over" in line]
    by_claim = {line.split("|")[1].split(" (")[0].strip(): line.split("|")[-2].strip() for line in lines}
    assert by_claim == {
        "style helps": "holds",
        "semantic helps": "not decided",
        "style is worth more than semantic": "holds",
    }
    swapped = _table(_row("UMAIR-FPS (paper)", 0.60, 0.2), _row("DCN, fields only", 0.70, 0.2))
    for raw in swapped.raw.values():
        raw[BCE] = raw[AUC]
    assert claims.judged(swapped, 3)[-1].endswith("| the contrary holds |")
    assert claims.judged(table, 3) == []


def test_a_plot_of_one_dot_and_of_none_is_drawn() -> None:
    for rows in ([Dot("a <b>", 0.5, 0.5, 0.5)], []):
        assert len(ElementTree.fromstring(dots(rows, "t & t")).findall(".//{*}circle")) == len(rows)


def test_the_command_prints_a_quick_look_and_writes_nothing_into_documents(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    at = ["--library", str(library.path), "--work", str(tmp_path / "kept"), "--passes", "1"]
    assert main(["table", "3", *at, "--quick", "--only", "paper", "--json"]) == 0
    told = capsys.readouterr()
    rows = json.loads(told.out)["rows"]
    assert rows[0]["name"] == "UMAIR-FPS (paper)" and rows[0]["seeds"] == 1
    assert "1/1 trainings" in told.err and not (tmp_path / "docs").exists()
    assert main(["table", "3", *at, "--only", "nothing"]) == 1
    assert "no row 'nothing'" in capsys.readouterr().err


def test_another_option_is_another_trial_and_the_same_is_the_same() -> None:
    options = table_3_contenders()[0].options
    job = work.Job("DCN", "f" * 16, options, True, 300)
    assert job.file == replace(job, name="another name").file
    others = [
        replace(job, options=replace(options, seed=1)),
        replace(job, fingerprint="e" * 16),
        replace(job, judged=False),
    ]
    assert len({job.file, *(o.file for o in others)}) == 4


def test_a_worker_whose_table_was_killed_begins_nothing_more(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = SimpleNamespace(is_alive=lambda: False)
    monkeypatch.setattr(work.multiprocessing, "parent_process", lambda: gone)
    job = work.Job("DCN", "f" * 16, TINY.applied(table_3_contenders()[0].options, TINY.grid[0], 1), True, 10)
    assert work.do_chunk(library.path, [job], tmp_path) == [] and not list(tmp_path.glob("*.json"))
