"""`check` and `stats`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, say, table
from umair.library.check import check as look
from umair.library.statistics import Tail, drawn, figure_4, table_2

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
    head = ("Dataset", "Category", "Users", "Illustrations", "Interactions", "Time range")
    cells = [
        (r.dataset, r.category, r.users, r.illustrations, r.interactions, f"{r.since} to {r.until}" if r.since else "")
        for r in rows
    ]
    say(f"Table 2\n{table(head, cells)}\n")
    say("Fig. 4: how many have so many bookmarks (left few, right many; both scales logarithmic)")
    for letter, tail in (("a", tails.illustrations), ("b", tails.users)):
        _tail(letter, tail)


def _tail(letter: str, tail: Tail) -> None:
    if not tail.counts:
        say(f"({letter}) {tail.of}: no bookmarks")
        return
    say(f"({letter}) {tail.of}: 1 … {tail.counts[-1]:,} bookmarks" if tail.counts[0] == 1 else
        f"({letter}) {tail.of}: {tail.counts[0]:,} … {tail.counts[-1]:,} bookmarks")  # fmt: skip
    say(f"    {drawn(tail)}")
    tops = ", ".join(f"the top {share:.0%} hold {part:.0%}" for share, part in tail.top)
    say(f"    Gini {tail.gini:.2f}; {tops}; {tail.none:,} have none")
