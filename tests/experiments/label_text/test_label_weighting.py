"""Forms of label lists by oracles, neighbours by a loop, and a choice that follows from planted numbers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.experiments.label_text.words_by_hand import by_hand, knowing, knowing_nothing, world
from umair.cli.main import main
from umair.encoders.label_lists import WEIGHTINGS, Carriers
from umair.encoders.words import shipped_folder
from umair.experiments.label_text.forms import FORMS, Form, first_direction, largest, without, written
from umair.experiments.label_text.likes import Judges, found_again
from umair.experiments.label_text.neighbours import Measure, Pictures, hidden_labels, nearest, same_content
from umair.experiments.label_text.page import Origin
from umair.experiments.label_text.weighting import PLAIN, Measured, Weighed, balances, weigh
from umair.experiments.label_text.weighting_sheet import as_page, verdict
from umair.library.store import Library

WORDS = by_hand({"sun": [1, 0, 0, 0], "moon": [0, 1, 0, 0], "star": [0, 0, 1, 0.5], "everywhere": [0, 0, 0, 1]})
LISTS = [["everywhere", name] for name in ("sun", "moon", "star") for _ in range(8)]


def test_max_takes_the_largest_number_of_each_dimension() -> None:
    row = largest(WORDS, [["sun", "star"], []], Carriers.of(LISTS))
    wanted = np.maximum(WORDS.encode(["sun"])[0], WORDS.encode(["star"])[0])
    np.testing.assert_allclose(row[0], wanted / np.linalg.norm(wanted), atol=1e-6)
    assert not row[1].any()


def test_the_first_direction_is_the_one_that_all_share_and_is_gone_when_taken_off() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(200, 5)).astype(np.float32)
    rows[:, 2] += 20.0
    direction = first_direction(rows)
    assert abs(direction[2]) > 0.99
    np.testing.assert_allclose(without(rows, direction) @ direction, 0.0, atol=1e-5)
    fitted = next(f for f in FORMS if f.direction_off).fitted(WORDS, LISTS)
    np.testing.assert_allclose(np.linalg.norm(fitted(LISTS), axis=1), 1.0, atol=1e-5)


def test_labels_as_written_are_alike_by_what_they_share_whatever_they_mean() -> None:
    rows = written(WORDS, [["sun", "moon"], ["sun", "star"], ["star"], ["unknown"]], Carriers.of(LISTS))
    like = rows @ rows.T
    assert like[0, 1] == pytest.approx(0.5, abs=1e-5) and like[0, 2] == pytest.approx(0.0, abs=1e-6)
    assert like[3, 3] == pytest.approx(1.0, abs=1e-5)


def test_the_nearest_are_those_of_a_loop_and_never_the_barred() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(30, 6))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    barred = rng.random((30, 30)) < 0.3
    found = nearest(rows, rows, barred, 4)
    for n in range(30):
        able = [k for k in range(30) if not barred[n, k]]
        assert found[n].tolist() == sorted(able, key=lambda k: -rows[n] @ rows[k])[:4]


def test_a_hidden_label_is_found_by_those_who_know_its_companions() -> None:
    """Two kinds of pictures, each with a label of its own kind; what is hidden is beside those of the same kind."""
    lists = [["sun", "warm"], ["moon", "cold"]] * 12 + [["sun"], ["moon"]]
    knows = by_hand({"sun": [1, 0.1], "warm": [1, -0.1], "moon": [0.1, 1], "cold": [-0.1, 1]})
    blind = by_hand({name: [1, 0] for name in ("sun", "warm", "moon", "cold")})
    pictures = Pictures(lists, lists, np.arange(len(lists)), {})
    forms = {"knows": FORMS[0].fitted(knows, lists), "blind": FORMS[0].fitted(blind, lists)}
    (found,) = hidden_labels(pictures, forms)
    assert len(found.values["knows"]) == 24  # pictures with one label are not asked
    assert found.values["knows"].mean() > 0.9 > 0.6 > found.values["blind"].mean()
    carriers = {"sun": 13, "moon": 13, "warm": 12, "cold": 12}
    assert min(carriers.values()) - 1 <= found.chance * (len(lists) - 1) <= max(carriers.values()) - 1
    assert same_content(pictures, forms) == []


def test_the_same_content_is_asked_of_other_artists_only(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "lib", "Truth")
    ids = [f"i{n:02d}" for n in range(24)]
    labels = [["sun"] if n % 2 else ["moon"] for n in range(24)]
    artists = [f"a{n // 4}" for n in range(24)]
    library.write_illustrations(pl.DataFrame({"item_id": ids, "labels": labels, "artist_id": artists}))
    (library.path / "truth").mkdir()
    truth = {
        "item_id": ids[::-1],
        "characters": [[f"c{n % 2}"] for n in range(24)][::-1],
        "setting": ["here"] * 24,
        "concepts": [["same"]] * 24,
    }
    pl.DataFrame(truth).write_parquet(library.path / "truth" / "pictures.parquet")
    pictures = Pictures.of(library)
    assert pictures.meant == [["same"]] * 24 and pictures.shown["character"][3] == {"c1"}
    who, where = same_content(pictures, {PLAIN: FORMS[0].fitted(WORDS, pictures.lists)})
    assert (who.values[PLAIN] == 1.0).all() and who.chance == pytest.approx(0.5)
    assert (where.values[PLAIN] == 1.0).all() and where.chance == 1.0


def test_later_bookmarks_are_found_by_words_that_know_and_not_by_others(tmp_path: Path) -> None:
    library = world(tmp_path / "by-hand")
    lists = library.illustrations()["labels"].to_list()
    judges = Judges.of(library)
    rows = {"knows": knowing().encode_labels(lists), "blind": knowing_nothing().encode_labels(lists)}
    recall, area = found_again(judges, rows)
    assert area.values["knows"].mean() > 0.7 and abs(area.values["blind"].mean() - 0.5) < 0.1
    assert recall.values["knows"].mean() > 1.5 * recall.chance
    for p in judges.people:
        assert not set(p.candidates) & set(p.own) and p.later.any()


def test_the_choice_is_the_form_that_wins_and_its_sentence_says_so() -> None:
    rng = np.random.default_rng(0)
    plain = rng.random(400)
    values = {PLAIN: plain, "idf": plain + 0.1, "smooth": plain + rng.normal(0, 0.01, 400), "joined": plain - 0.1}
    found = [Measured.of("A", Measure("m", "pictures", values, 0.1))]
    order = balances(found, list(values))
    assert [b.form for b in order][0::3] == ["idf", "joined"]
    assert (order[0].better, order[0].worse) == (3, 0) and (order[-1].better, order[-1].worse) == (0, 3)
    whole = Weighed(tuple(found), order)
    assert whole.chosen == "idf" and verdict(whole).startswith("To be taken: idf.")
    assert found[0].less("idf", PLAIN).low == pytest.approx(0.1, abs=1e-3)  # paired: the spread of pictures falls out
    assert found[0].interval("idf").high - found[0].interval("idf").low > 0.02


def test_a_whole_library_is_weighed_and_told(tmp_path: Path) -> None:
    library = world(tmp_path / "by-hand")
    told: list[str] = []
    forms = (*(f for f in FORMS if f.product), Form("max", largest))
    found = weigh([library], knowing(), told.append, forms)
    assert [m.name for m in found.measures] == ["Recall@50 of later bookmarks", "AUC of later bookmarks"]
    assert {b.form for b in found.balances} == {"mean", "idf", "smooth", "joined"} and len(told) == 1
    page = as_page(found, Origin((library,), "python -m umair words weighting", "by hand", "", 1.0))
    assert verdict(found) in page and "synthetic people" in page and "| max |" in page


@pytest.mark.skipif(not shipped_folder().is_dir(), reason="the shipped text encoder is not here")
def test_the_commands_answer_and_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = world(tmp_path / "by-hand")
    asked = ["--library", str(library.path)]
    assert main(["words", "weighting", *asked, "--json", "--out", str(tmp_path)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["chosen"] in WEIGHTINGS and said["measures"][0]["library"] == "By hand"
    assert said["chosen"] in (tmp_path / "words_weighting.md").read_text(encoding="utf-8")
    bare = Library.create(tmp_path / "bare", "Bare")
    bare.write_illustrations(library.illustrations().select("item_id"))
    for command in ("weighting", "effect"):
        assert main(["words", command, "--library", str(bare.path)]) == 1
        assert "Bare" in capsys.readouterr().err
