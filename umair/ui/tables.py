"""Tables to take away: CSV that no spreadsheet runs, LaTeX with booktabs."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from umair.ui.plain import for_spreadsheet

LATEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
Row = Sequence[object]


def csv(head: Sequence[str], rows: Sequence[Row]) -> str:
    """A table as CSV; cells of text that begin like a formula get a quote before them."""
    texts = [[for_spreadsheet(_text(cell)) for cell in row] for row in rows]
    columns = {for_spreadsheet(name): [row[n] for row in texts] for n, name in enumerate(head)}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).write_csv()


def latex(head: Sequence[str], rows: Sequence[Row]) -> str:
    """A table as LaTeX (booktabs), the first column left, the others right."""
    lines = [
        r"\begin{tabular}{l" + "r" * (len(head) - 1) + "}",
        r"\toprule",
        " & ".join(map(_escaped, head)) + r" \\",
        r"\midrule",
        *(" & ".join(_escaped(_text(cell)) for cell in row) + r" \\" for row in rows),
        r"\bottomrule",
        r"\end{tabular}",
    ]
    return "\n".join(lines) + "\n"


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)


def _escaped(text: str) -> str:
    return "".join(LATEX.get(c, c) for c in text)
