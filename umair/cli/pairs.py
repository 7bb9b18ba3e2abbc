"""`pairs build` and `pairs formats`: texts that mean the same or belong together, for the training of words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from umair.cli.options import JsonOption
from umair.cli.output import document, note, say, table
from umair.encoders.pairs import Choices, PairsReport, read_pairs, write_tsv
from umair.encoders.pairs.formats import FORMATS
from umair.errors import TrainingError

app = typer.Typer()
group = typer.Typer(no_args_is_help=True, help="Pairs of texts that the word encoder learns from.")
app.add_typer(group, name="pairs", epilog="Example: python -m umair pairs build ~/names my-pairs.tsv --out pairs.tsv")
app.callback()(lambda: None)


@group.command("build", epilog="Example: python -m umair pairs build ~/names my-pairs.tsv --out pairs.tsv")
def build(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Files or folders; see `pairs formats`.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.tsv", help="Where the pairs go; without it, only the report.")
    ] = None,
    machine: Annotated[bool, typer.Option("--machine", help="Also names that a machine translated.")] = False,
    share_alike: Annotated[
        bool, typer.Option("--share-alike", help="Also words under a share-alike licence (tables of names: word_*).")
    ] = False,
    keywords: Annotated[bool, typer.Option("--keywords", help="Also keywords of emoji, which many share.")] = False,
    measured: Annotated[
        bool, typer.Option("--measured", help="Also the things of tables of names that measure encoders.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read pairs from any of the known formats into one table, and say what was left out and what is doubtful.

    Your own table needs the columns sub_type, a, b, lang_a, lang_b, with tabs between. Train with the result:
    python -m umair train text --set pairs=pairs.tsv
    """
    reading = read_pairs(*sources, choices=Choices(machine, share_alike, keywords, measured), apart=out)
    if not reading.pairs:
        broken = [place for source in reading.report.sources for place in source.first_broken]
        why = f" Broken: {'; '.join(broken)}." if broken else " Things need names in two languages."
        raise TrainingError(f"No pair was found in {', '.join(map(str, sources))}.{why}")
    if out is not None:
        write_tsv(out, reading.pairs)
        note(f"Written: {out}")
    if as_json:
        document({**vars(reading.report), "out": out})
    else:
        say(report_text(reading.report))


@group.command("formats", epilog="Example: python -m umair pairs formats")
def formats(as_json: JsonOption = False) -> None:
    """The formats that `pairs build` reads. It tells them by their content; just name files or a folder."""
    if as_json:
        document({"formats": [{"name": f.name, "holds": f.holds, "together": f.together} for f in FORMATS]})
    else:
        say(table(("format", "holds"), [(f.name, f.holds) for f in FORMATS]))


def report_text(report: PairsReport) -> str:
    """The report for the terminal."""
    lines = [f"{report.pairs:,} pairs", "", table(("sub-type", "source", "pairs"), _counts(report)), ""]
    lines += [f"Dropped: {report.repeated:,} repeats, {report.equal:,} pairs of two equal texts"]
    for source in report.sources:
        where = source.files[0] if len(source.files) == 1 else f"{len(source.files)} files"
        lines.append(f"{source.format}, {where}: {source.found:,} pairs found")
        lines += [f"  left out: {count:,} {why}" for why, count in source.left_out.items()]
        if source.broken:
            lines.append(f"  broken, passed over: {source.broken:,}")
            lines += [f"    {place}" for place in source.first_broken]
    if report.passed_over:
        lines.append(f"Of no format that we read: {len(report.passed_over):,} files, {report.passed_over[0]} the first")
    if report.conflicts:
        told = f"{report.conflicts:,} texts stand for several main names ({report.ambiguous:,} pairs, kept and noted)"
        lines.append(f"Ambiguous: {told}")
        lines += [f"  {c.lang} {c.text} - {c.lang_of_others} {' | '.join(c.others)}" for c in report.first_conflicts]
    lines.append("Licences")
    lines += [f"  {source}: {told}" for source, told in report.licences.items()]
    return "\n".join(lines)


def _counts(report: PairsReport) -> list[tuple[str, str, int]]:
    rows = []
    for sub_type, sources in report.counts.items():
        rows.append((sub_type, "", sum(sources.values())))
        rows += [("", source or "(none told)", count) for source, count in sources.items()]
    return rows
