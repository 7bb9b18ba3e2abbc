"""`check` and `stats`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, say, table
from umair.library.check import check as look
from umair.library.statistics import Figure4, Table2Row, Tail, drawn, figure_4, table_2

app = typer.Typer()


@app.command(epilog="Example: python -m umair check --library ~/my-library --contents")
def check(
    library: LibraryOption = None,
    contents: Annotated[bool, typer.Option("--contents", help="Also read every picture and compare its hash.")] = False,
    as_json: JsonOption = False,
) -> None:
    """See whether a library is sound. Exit code 1 if there is an error in it."""
    found = look(opened(library), contents)
    if as_json:
        document(
            {
                "sound": found.sound,
                "illustrations": found.illustrations,
                "users": found.users,
                "interactions": found.interactions,
                "findings": found.findings,
            }
        )
    else:
        counts = f"{found.illustrations:,} illustrations, {found.users:,} users, {found.interactions:,} interactions"
        say(f"{'Sound' if found.sound else 'Not sound'}: {counts}")
        for finding in found.findings:
            examples = f" ({', '.join(finding.examples)})" if finding.examples else ""
            say(f"  {finding.level}: {finding.told}{examples}")
    if not found.sound:
        raise typer.Exit(1)


@app.command(epilog="Example: python -m umair stats --library ~/my-library --split 2021-10-01 --json")
def stats(
    library: LibraryOption = None,
    split: Annotated[
        datetime | None, typer.Option("--split", formats=["%Y-%m-%d"], help="First day of the test set (UTC).")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Table 2 (train and test) and the long tails of Fig. 4."""
    lib = opened(library)
    rows = table_2(lib, split.replace(tzinfo=UTC) if split else None)
    tails = figure_4(lib)
    if as_json:
        document({"library": lib.info.name, "synthetic": lib.info.synthetic, "table_2": rows, "figure_4": tails})
        return
    say(f"{lib.info.name}{' (synthetic)' if lib.info.synthetic else ''}: {len(lib.illustrations()):,} illustrations\n")
    say(f"Table 2\n{table_2_text(rows)}\n")
    say(f"Fig. 4\n{figure_4_text(tails)}")


def table_2_text(rows: Sequence[Table2Row]) -> str:
    """Table 2 for the terminal."""
    head = ("Dataset", "Category", "Users", "Illustrations", "Interactions", "Time range")
    cells = [
        (r.dataset, r.category, r.users, r.illustrations, r.interactions, f"{r.since} to {r.until}" if r.since else "")
        for r in rows
    ]
    return table(head, cells)


def figure_4_text(tails: Figure4) -> str:
    """Fig. 4 for the terminal."""
    about = "How many have so many bookmarks (left few, right many; both scales logarithmic)"
    return "\n".join([about, *_tail("a", tails.illustrations), *_tail("b", tails.users)])


def _tail(letter: str, tail: Tail) -> list[str]:
    if not tail.counts:
        return [f"({letter}) {tail.of}: no bookmarks"]
    tops = ", ".join(f"the top {share:.0%} hold {part:.0%}" for share, part in tail.top)
    return [
        f"({letter}) {tail.of}: {tail.counts[0]:,} to {tail.counts[-1]:,} bookmarks",
        f"    {drawn(tail)}",
        f"    Gini {tail.gini:.2f}; {tops}; {tail.none:,} have none",
    ]
