"""Text from outside is shown as it is, and never as a command."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umair.ui.plain import (
    WORD_JOINER,
    counted,
    for_spreadsheet,
    lasting,
    ordinal,
    percent,
    plain,
    size_on_disk,
    with_code,
)
from umair.ui.tables import csv, latex

HOSTILE = (
    "<script>alert(1)</script>",
    "![x](https://example.org/x.png)",
    "[click](javascript:alert(1))",
    ":material/star: :smile: :red[text]",
    "$x^2$ `code` **bold** ~~gone~~",
    "# heading\n- list\n> quote",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_mark_is_escaped(text: str) -> None:
    shown = plain(text)
    assert not re.search(r"(?<!\\)[<>\[\]`*_$#!(~|]", shown)
    assert "\n" not in shown
    assert not re.search(r":[a-z]", shown)


def test_commands_stay_code_and_the_rest_is_plain() -> None:
    said = with_code("Run `S('a/b').save(\"x\")`, then *rest* `ls` now.")
    assert said == "Run `S('a/b').save(\"x\")`, then \\*rest\\* `ls` now\\."
    assert with_code("an odd ` mark <b>") == plain("an odd ` mark <b>")


@given(st.text(max_size=60).filter(lambda text: "\\" not in text and WORD_JOINER not in text))
def test_escaping_keeps_every_letter(text: str) -> None:
    assert plain(text).replace("\\", "").replace(WORD_JOINER, "") == " ".join(text.split())


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_in_a_csv_cell_is_quoted(cell: str) -> None:
    assert for_spreadsheet(cell).startswith("'")
    written = csv(["=head", "value"], [[cell, 1.5]])
    frame = pl.read_csv(written.encode(), infer_schema=False)
    assert frame.columns[0] == "'=head" and frame.row(0)[0].startswith("'")


def test_plain_cells_stay_as_they_are() -> None:
    assert for_spreadsheet("月") == "月" and for_spreadsheet("") == ""


def test_latex_escapes_what_latex_would_read() -> None:
    table = latex(["run", "50 %"], [["a_b & c", 0.123456]])
    assert r"a\_b \& c & 0.1235 \\" in table and r"50 \%" in table and table.count(r"\toprule") == 1


@pytest.mark.parametrize(
    ("n", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st"), (1112, "1,112th")],
)
def test_ordinals(n: int, text: str) -> None:
    assert ordinal(n) == text


def test_counts_times_and_sizes_are_words() -> None:
    assert counted(1, "picture") == "1 picture" and counted(1500, "picture") == "1,500 pictures"
    assert counted(0, "person", "people") == "0 people"
    assert [lasting(s) for s in (0.2, 59, 240, 7500)] == ["0 s", "59 s", "4 min", "2 h 5 min"]
    assert [size_on_disk(n) for n in (12, 5_000, 24_000_000, 9_100_000_000)] == ["12 bytes", "5 kB", "24 MB", "9.1 GB"]


@pytest.mark.parametrize(
    ("share", "text"), [(-0.2, "0%"), (0.0, "0%"), (0.002, "1%"), (0.5, "50%"), (0.998, "99%"), (1.0, "100%")]
)
def test_a_chance_never_claims_to_be_certain(share: float, text: str) -> None:
    assert percent(share) == text
