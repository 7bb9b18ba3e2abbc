"""What was found, as Markdown, CSV and a plot of recovery against bookmarks a person."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from umair.experiments.recovery.measure import Found
from umair.features.schema import MODALITIES
from umair.library.atomic import write_text

COLUMNS = ("world", "seed", "bookmarks", "people", "estimate", *MODALITIES, "error", "covered", "named", "right")
WIDE, HIGH, LEFT, TOP = 640, 300, 56, 30
INK = ("#0969da", "#1a7f37", "#bf8700", "#cf222e", "#8250df", "#57606a", "#bc4c00", "#116329")


def keep(found: Sequence[Found], file: Path) -> None:
    """As CSV; read again by `kept`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for f in found:
        shares = ["" if v is None else f"{v:.4f}" for v in (f.covered, f.named, f.right)]
        rho = [f"{r:.4f}" for r in f.rho]
        writer.writerow([f.world, f.seed, f.bookmarks, f.people, f.estimate, *rho, f"{f.error:.4f}", *shares])
    write_text(file, out.getvalue())


def kept(file: Path) -> list[Found]:
    """Nothing, if the file is not there."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as opened:
        return [_row(r) for r in csv.DictReader(opened)]


def _row(r: dict[str, str]) -> Found:
    covered, named, right = (float(r[c]) if r[c] else None for c in ("covered", "named", "right"))
    rho = tuple(float(r[m]) for m in MODALITIES)
    return Found(
        r["world"],
        int(r["seed"]),
        int(r["bookmarks"]),
        int(r["people"]),
        r["estimate"],
        rho,
        float(r["error"]),
        covered,
        named,
        right,
    )


def as_markdown(found: Sequence[Found]) -> str:
    """One row an estimate, worlds in order."""
    lines = [
        f"| world (seed) | bookmarks | people | estimate | rho {' / '.join(MODALITIES)} | MAE | 90 % hold | "
        "named | right |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for f in found:
        many = str(f.bookmarks) if f.bookmarks else "80+"
        shares = " | ".join("" if v is None else f"{v:.0%}" for v in (f.covered, f.named, f.right))
        rho = " / ".join(f"{r:.2f}" for r in f.rho)
        lines.append(
            f"| {f.world} ({f.seed}) | {many} | {f.people} | {f.estimate} | {rho} | {f.error:.3f} | {shares} |"
        )
    return "\n".join(lines)


def plot(found: Sequence[Found]) -> str:
    """SVG: mean rho of the regression over the modalities against bookmarks, one line a world."""
    rows = [f for f in found if f.estimate == "regression" and f.bookmarks]
    worlds, cuts = list(dict.fromkeys(f.world for f in rows)), sorted({f.bookmarks for f in rows})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE + 150} {HIGH + 70}" role="img">'
        "<title>Recovery against bookmarks</title><style>text { font: 12px system-ui; fill: #656d76 }</style>",
        f'<text x="{LEFT}" y="16">Spearman of the regression, mean of the modalities, by bookmarks a person</text>',
    ]
    for tick in (0.2, 0.4, 0.6, 0.8, 1.0):
        y = _y(tick)
        parts.append(f'<line x1="{LEFT}" x2="{WIDE}" y1="{y:.0f}" y2="{y:.0f}" stroke="#8c959f" stroke-opacity=".3"/>')
        parts.append(f'<text x="{LEFT - 30}" y="{y + 4:.0f}">{tick}</text>')
    parts += [f'<text x="{_x(n, cuts):.0f}" y="{TOP + HIGH + 20}">{cut}</text>' for n, cut in enumerate(cuts)]
    for k, world in enumerate(worlds):
        points = []
        for n, cut in enumerate(cuts):
            own = [sum(f.rho) / len(f.rho) for f in rows if (f.world, f.bookmarks) == (world, cut)]
            points += [f"{_x(n, cuts):.0f},{_y(sum(own) / len(own)):.0f}"] if own else []
        ink = INK[k % len(INK)]
        parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{ink}" stroke-width="2"/>')
        parts.append(f'<text x="{WIDE + 10}" y="{TOP + 16 * k + 10}" style="fill:{ink}">{world}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _x(place: int, cuts: Sequence[int]) -> float:
    return LEFT + 10 + place * (WIDE - LEFT - 40) / max(len(cuts) - 1, 1)


def _y(rho: float) -> float:
    return TOP + HIGH * (1 - max(rho, 0.0))
