"""Pairs out of any files and folders, with a report: what was taken, what was left out and why, what is doubtful."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from umair.encoders.pairs.conflicts import Conflict, find_conflicts
from umair.encoders.pairs.formats import ENDINGS, Format, all_formats, recognise
from umair.encoders.pairs.licences import licence, parts
from umair.encoders.pairs.pair import AMBIGUOUS, SUB_TYPES, TextPair, tidy
from umair.encoders.pairs.parquet import read_glossary
from umair.encoders.pairs.tables import read_tsv
from umair.encoders.pairs.tally import NOTHING_MORE, Choices, Tally
from umair.errors import TrainingError

LISTED = 20  # conflicts that a report shows
LIBRARY, GLOSSARY_FILE, RELATIONS_FILE = "library.toml", "glossary.parquet", "relations.tsv"


@dataclass(frozen=True)
class SourceReport:
    """What came out of one file, or of the files of a format that are read together."""

    format: str
    files: tuple[str, ...]
    found: int  # pairs, before repeats are dropped
    broken: int
    first_broken: tuple[str, ...]
    left_out: dict[str, int]


@dataclass(frozen=True)
class PairsReport:
    """What a reading gave. `counts`: sub-type -> source -> pairs, in the order of Table 1."""

    pairs: int
    counts: dict[str, dict[str, int]]
    equal: int  # dropped: two equal texts
    repeated: int  # dropped: there already
    conflicts: int
    first_conflicts: tuple[Conflict, ...]
    ambiguous: int  # pairs that are part of a conflict; kept and noted
    licences: dict[str, str]
    sources: tuple[SourceReport, ...]
    passed_over: tuple[str, ...]  # files of a folder that are nothing we read


@dataclass(frozen=True)
class Reading:
    """Pairs without repeats, and the report on them."""

    pairs: list[TextPair]
    report: PairsReport


def read_pairs(*paths: Path, choices: Choices = NOTHING_MORE, apart: Path | None = None) -> Reading:
    """The pairs of files and folders of any known format, in the order given.

    Broken lines are counted and the first named; the rest goes on. TrainingError if a path is not there, if a named
    file is nothing we know, or if a folder holds nothing we know; it names the formats. `apart`: a file that is not
    read where a folder holds it (what an earlier reading wrote there).
    """
    found, passed_over = _recognised(paths, apart)
    together: dict[str, list[Path]] = defaultdict(list)
    groups: list[tuple[Format, list[Path]]] = []
    for path, known in found:
        if known.together and known.name in together:
            together[known.name].append(path)
            continue
        group = together[known.name] if known.together else []
        group.append(path)
        groups.append((known, group))
    read: list[TextPair] = []
    sources: list[SourceReport] = []
    told: dict[str, str] = {}
    for known, files in groups:
        tally = Tally()
        before = len(read)
        read += known.read(files, tally, choices)
        told |= tally.licences
        names = tuple(map(str, files))
        first, left_out = tuple(tally.first_broken), dict(tally.left_out)
        sources.append(SourceReport(known.name, names, len(read) - before, tally.broken, first, left_out))
    tidied = tidy(read)
    pairs, conflicts = find_conflicts(tidied.pairs)
    report = PairsReport(
        pairs=len(pairs),
        counts=counted(pairs),
        equal=tidied.equal,
        repeated=tidied.repeated,
        conflicts=len(conflicts),
        first_conflicts=tuple(conflicts[:LISTED]),
        ambiguous=sum(p.note == AMBIGUOUS for p in pairs),
        licences={s: told.get(s, licence(s)) for s in _single_sources(pairs)},
        sources=tuple(sources),
        passed_over=tuple(map(str, passed_over)),
    )
    return Reading(pairs, report)


def library_pairs(folder: Path, demo: Path) -> list[TextPair]:
    """Pairs of a library's own glossary and relations, else of those that the demo library (`demo`) has."""
    own = folder if (folder / GLOSSARY_FILE).is_file() else demo
    glossary, relations = own / GLOSSARY_FILE, own / RELATIONS_FILE
    pairs = read_glossary(glossary) if glossary.is_file() else []
    return pairs + (read_tsv(relations) if relations.is_file() else [])


def counted(pairs: Sequence[TextPair]) -> dict[str, dict[str, int]]:
    """sub-type -> source -> pairs; every sub-type is there, the largest source first."""
    counts = Counter((p.sub_type, p.source) for p in pairs)
    ordered = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    return {kind: {source: n for (own, source), n in ordered if own == kind} for kind in SUB_TYPES}


def _single_sources(pairs: Sequence[TextPair]) -> list[str]:
    return list(dict.fromkeys(part for source in dict.fromkeys(p.source for p in pairs) for part in parts(source)))


def _recognised(paths: Sequence[Path], apart: Path | None) -> tuple[list[tuple[Path, Format]], list[Path]]:
    """((file, format) in the order given, once each; files of folders that are of no known format)."""
    found: dict[Path, tuple[Path, Format]] = {}
    passed_over: list[Path] = []
    for path in paths:
        place = path.expanduser()
        if not place.exists():
            raise TrainingError(f"There is nothing at {path}. Name files or folders with names or pairs.")
        known = [(file, recognise(file)) for file in (_inside(place, apart) if place.is_dir() else [place])]
        if not any(kind for _, kind in known):
            held = "nothing that we read" if place.is_dir() else "no format that we read"
            raise TrainingError(f"{path} has {held}. We read: {all_formats()}.")
        passed_over += [file for file, kind in known if kind is None]
        for file, kind in known:
            if kind is not None:
                found.setdefault(file.resolve(), (file, kind))
    return list(found.values()), passed_over


def _inside(folder: Path, apart: Path | None) -> list[Path]:
    """Files of a folder that may hold pairs; of a library only its own two tables."""
    if (folder / LIBRARY).is_file():
        return [folder / name for name in (GLOSSARY_FILE, RELATIONS_FILE) if (folder / name).is_file()]
    files = (p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS and not p.name.startswith("."))
    return sorted(p for p in files if p.is_file() and not (apart and apart.exists() and p.samefile(apart)))
