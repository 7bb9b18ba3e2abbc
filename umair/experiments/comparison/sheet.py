"""A table as files: Markdown to read, CSV to work with, a plot; all say where the numbers are from."""

from __future__ import annotations

import csv
import io
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import torch

from umair.experiments.comparison.claims import judged
from umair.experiments.comparison.contenders import OURS
from umair.experiments.comparison.dots import Dot, dots
from umair.experiments.comparison.measures import AUC, BCE, GAUC, NDCG, RECALL
from umair.experiments.comparison.sentences import first_sentence, losers, signed, targets, with_interval
from umair.experiments.comparison.table import Row, Table
from umair.library.atomic import write_text
from umair.library.store import Library

HEAD = {AUC: "AUC", BCE: "BCE", GAUC: "GAUC", NDCG: "NDCG@10", RECALL: "Recall@50"}


@dataclass(frozen=True)
class Sheet:
    """What is printed around a table. number: of the paper's table; command: that prints it again."""

    number: int
    title: str
    library: Library
    command: str
    spent: float  # seconds of this run


def write_sheet(table: Table, sheet: Sheet, folder: Path) -> tuple[Path, ...]:
    """table_<number>_<library>.md, .csv and .svg in the folder."""
    stem = f"table_{sheet.number}_{sheet.library.path.name}"
    paths = tuple(folder / f"{stem}.{ending}" for ending in ("md", "csv", "svg"))
    write_text(paths[0], as_markdown(table, sheet, paths[2].name))
    write_text(paths[1], as_csv(table))
    write_text(paths[2], plot(table, sheet))
    return paths


def as_markdown(table: Table, sheet: Sheet, picture: str | None = None) -> str:
    """The whole page."""
    lines = [f"# {sheet.title}", "", *about(table, sheet), ""]
    if picture:
        lines += [f"![{sheet.title}: AUC with intervals]({picture})", ""]
    lines += [*_rows_table(table), "", first_sentence(table), "", *(f"- {line}" for line in losers(table)), ""]
    if sheet.number == 3 and (met := targets(table)):
        lines += ["Targets set before measuring:", "", *(f"- {line}" for line in met), ""]
    if pairs := judged(table, sheet.number):
        lines += ["## What the paper claims, on this library", "", *pairs, ""]
    if table.failures:
        lines += ["Trainings that failed:", ""]
        lines += [f"- {f.name}, seed {f.seed}: {f.error}" for f in table.failures] + [""]
    lines += ["## How it was measured", "", *(f"- {line}" for line in table.protocol.told()), "", *_chosen_table(table)]
    return "\n".join(lines).rstrip() + "\n"


def as_text(table: Table) -> str:
    """For the terminal: the points alone."""
    width = max((len(r.name) for r in table.rows), default=0) + 2
    lines = [" " * width + "".join(f"{h:>11}" for h in HEAD.values())]
    for r in table.rows:
        cells = [f"{r.measures[m].mean:.4f}" if m in r.measures else "–" for m in HEAD]
        lines.append(f"{r.name:<{width}}" + "".join(f"{c:>11}" for c in cells))
    return "\n".join([*lines, "", first_sentence(table)])


def about(table: Table, sheet: Sheet) -> list[str]:
    """Which data, command, time and machine."""
    info = sheet.library.info
    people = (
        "**Synthetic people**: tastes and bookmarks are invented; what wins here wins in a world that we made."
        if info.synthetic
        else "A real log."
    )
    counts = ", ".join(f"{n:,} {what}" for what, n in table.facts.items())
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    machine = f"{platform.machine()}, {os.cpu_count()} cores, torch {torch.__version__}"
    return [
        f"- Data: “{info.name}”. {people} {counts}. Split {table.split}.",
        f"- Source: {info.source or 'not said'}",
        f"- Command: `{sheet.command}`",
        f"- Printed {now} on {machine}; this run took {sheet.spent / 60:.1f} minutes"
        " (what was kept from an earlier run is not trained again). rows/s and seconds are medians of the trainings,"
        " some of them beside other work on this machine: no benchmark of speed.",
    ]


def as_csv(table: Table) -> str:
    """One line a row; every measure with its interval."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(
        ["model", "group", "seeds", *(f"{m}{part}" for m in HEAD for part in ("", "_low", "_high")), "ece"]
        + ["auc_difference", "auc_difference_low", "auc_difference_high", "other_side", "difference_to"]
        + ["parameters", "rows_per_second", "seconds", "choice"]
    )
    for r in table.rows:
        measures: list[object] = []
        for m in HEAD:
            i = r.measures.get(m)
            measures += ["", "", ""] if i is None else [i.mean, i.low, i.high]
        d = r.difference
        apart = ["", "", "", ""] if d is None else [d.mean, d.low, d.high, d.other_side]
        rest = [r.parameters, r.rows_per_second, r.seconds]
        write.writerow(
            [r.name, r.group, r.seeds, *measures, _or_empty(r.ece), *apart, r.beside]
            + [*map(_or_empty, rest), r.choice]
        )
    return out.getvalue()


def plot(table: Table, sheet: Sheet) -> str:
    """AUC of every model as a dot with its interval, as SVG."""
    models = [r for r in table.rows if not r.reference]
    made = [Dot(r.name, *_ends(r), strong=r.name in OURS.values()) for r in models]
    kind = "synthetic people" if sheet.library.info.synthetic else "a real log"
    return dots(made, f"{sheet.title} (AUC, 95 % interval; {kind})")


def _ends(r: Row) -> tuple[float, float, float]:
    return r.measures[AUC].mean, r.measures[AUC].low, r.measures[AUC].high


def _rows_table(table: Table) -> list[str]:
    head = ["model", *HEAD.values(), _difference_head(table), "ECE", "parameters", "rows/s", "seconds"]
    lines = ["| " + " | ".join(head) + " |", "|:--" + "|--:" * (len(head) - 1) + "|"]
    best = {
        m: (min if m == BCE else max)((r.measures[m].mean for r in table.rows if m in r.measures), default=None)
        for m in HEAD
    }
    for r in table.rows:
        cells = []
        for m in HEAD:
            i = r.measures.get(m)
            text = with_interval(i)
            cells.append(f"**{text}**" if i is not None and i.mean == best[m] else text)
        apart = "–" if r.difference is None else signed(r.difference)
        numbers = (
            ["–"] * 4
            if r.reference
            else [f"{r.ece:.3f}", f"{r.parameters:,}", f"{r.rows_per_second:,.0f}", f"{r.seconds:.1f}"]
        )
        name = f"*{r.name}* (reference)" if r.reference else r.name
        lines.append("| " + " | ".join([name, *cells, apart, *numbers]) + " |")
    return lines


def _difference_head(table: Table) -> str:
    """Said once where all differences are to one row."""
    names = {r.beside for r in table.rows if not r.reference}
    return f"AUC less that of {names.pop()}" if len(names) == 1 else "AUC less that of the whole model"


def _chosen_table(table: Table) -> list[str]:
    lines = ["| model | chosen on validation | seeds |", "|:--|:--|--:|"]
    return lines + [f"| {r.name} | {r.choice or '–'} | {'–' if r.reference else r.seeds} |" for r in table.rows]


def _or_empty(value: float | None) -> object:
    return "" if value is None else value
