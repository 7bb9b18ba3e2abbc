"""A model card names every source with its licence and every figure; runs write theirs."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from umair.encoders.model_card import UNTOLD, Learnt, learnt_from, write_card


def test_sources_are_counted_by_name_and_licence(tmp_path: Path) -> None:
    rows = {
        "image": [b"x"] * 5,
        "hand": ["a", "a", "b", "c", "c"],
        "source": ["book", "book", "book", "game", None],
        "license": ["CC0 1.0", "CC0 1.0", "MIT", "CC BY 4.0", "CC BY 4.0"],
    }
    pl.DataFrame(rows).write_parquet(tmp_path / "hands.parquet")
    assert learnt_from(tmp_path / "hands.parquet") == [
        Learnt("book", 1, 2, "CC0 1.0"),
        Learnt("book", 1, 1, "MIT"),
        Learnt("game", 1, 1, "CC BY 4.0"),
        Learnt("hands", 1, 1, "CC BY 4.0"),
    ]


def test_a_table_that_tells_nothing_is_one_source_of_untold_licence(tmp_path: Path) -> None:
    pl.DataFrame({"image": [b"x"] * 2, "hand": ["a", "b"]}).write_parquet(tmp_path / "mine.parquet")
    assert learnt_from(tmp_path / "mine.parquet") == [Learnt("mine", 2, 2, UNTOLD)]


def test_a_card_holds_sources_choices_figures_and_limits(tmp_path: Path) -> None:
    choices = {
        "steps": 12,
        "pictures": ("/far/away/hands.parquet", "other.parquet"),
        "judged_on": (),
        "growth": (0.5, 1.0),
    }
    write_card(tmp_path, "Style", "What it is.", [Learnt("book", 3, 40, "MIT")], choices, [("mAP", "0.5")], ["Small."])
    text = (tmp_path / "README.md").read_text("utf-8")
    assert text.startswith("# Style\n\nWhat it is.\n")
    assert "| book | 3 | 40 | MIT |" in text and "| mAP | 0.5 |" in text and "- Small." in text
    assert (
        "`steps = 12`, `pictures = hands other`, `judged_on = none`, `growth = 0.5 1.0`" in text and "/far" not in text
    )
