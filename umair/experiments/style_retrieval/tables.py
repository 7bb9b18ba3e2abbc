"""Measured rows as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from umair.experiments.style_retrieval.measure import Measured
from umair.experiments.style_retrieval.resampling import Interval

WITH_INTERVAL = ("r1", "map", "auc")


@dataclass(frozen=True)
class Summary:
    """Which vector of a measured protocol stands for style in the summary."""

    set_name: str
    found: Measured
    vector: str


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others numbers."""
    lines = [_line(head), _line(["---"] + ["---:"] * (len(head) - 1))]
    return "\n".join(lines + [_line(row) for row in rows])


def measured_table(found: Measured) -> str:
    """R@1, R@5, mAP, AUC with the bootstrap over hands, and mAP over that of the first vector."""
    first = found.rows[0].vector
    head = ["vector", "likeness", "R@1", "R@5", "mAP", "pair AUC", f"mAP / {first}, cosine", f"mAP / {first}, CSLS"]
    rows = []
    for row in found.rows:
        told = [
            _number(row.figures[name]) + (_between(row.intervals[name]) if name in WITH_INTERVAL else "")
            for name in row.figures
        ]
        beside = [
            f"{row.beside[kind][0]:.2f}{_between(row.beside[kind][1])}" if kind in row.beside else ""
            for kind in ("cosine", "CSLS")
        ]
        rows.append([row.vector, row.likeness, *told, *beside])
    title = f"{found.protocol}: {found.queries:,} queries by {found.hands} hands, gallery of {found.gallery:,}"
    return f"**{title[0].upper()}{title[1:]}**\n\n{table(head, rows)}"


def summary_table(lines: Sequence[Summary]) -> str:
    """One line for each set and protocol: the histogram, then the style vector by CSLS."""
    histogram = ["histogram's mAP, cosine", "CSLS"]
    head = ["set", *histogram, "vector, CSLS", "R@1", "mAP", "pair AUC", "mAP / histogram's, cosine", "CSLS"]
    rows = []
    for line in lines:
        first, row = line.found.rows[0].vector, line.found.row(line.vector)
        plain = [_number(line.found.row(first, kind).figures["map"]) for kind in ("cosine", "CSLS")]
        told = [_number(row.figures[name]) + _between(row.intervals[name]) for name in WITH_INTERVAL]
        beside = [f"{row.beside[kind][0]:.2f}{_between(row.beside[kind][1])}" for kind in ("cosine", "CSLS")]
        rows.append([f"{line.set_name}: {line.found.protocol}", *plain, line.vector, *told, *beside])
    return table(head, rows)


def _number(value: float) -> str:
    return f"{value:.3f}"


def _between(interval: Interval) -> str:
    return f" [{interval.low:.2f} {interval.high:.2f}]"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
