"""What `one-person` prints and writes: one table for each library, and what it says in words."""

from __future__ import annotations

import platform
from datetime import UTC, datetime

import numpy as np
import torch

from umair.experiments.one_person import LIKES, SERVED, SHOWN, TAUGHT, Found

JUDGED = (SERVED, TAUGHT)


def as_text(found: Found) -> str:
    """The table for the terminal and the page, as Markdown."""
    best = found.best_single()
    lines = [
        f"{found.library}{' (synthetic)' if found.synthetic else ''}: {found.illustrations:,} illustrations, "
        f"{found.hidden} likes of each person hidden, {found.taught:,} other people to learn from. "
        f"Recall@{SHOWN} with 95 % intervals over people; in brackets the paired difference to the best single one "
        f"({best.form}).",
        "",
        "| likes | " + " | ".join(str(n) for n in LIKES) + " |",
        "|---" * (len(LIKES) + 1) + "|",
        "| people | " + " | ".join(f"{n:,}" for n in found.people) + " |",
    ]
    for row in found.rows:
        ahead, half = found.ahead(row.form, best.form)
        cells = [
            "–" if np.isnan(m) else f"{m:.3f} ± {w:.3f}" + ("" if row is best else f" ({a:+.3f} ± {h:.3f})")
            for m, w, a, h in zip(row.mean(), row.margin(), ahead, half, strict=True)
        ]
        lines.append(f"| {row.form} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", *(_verdict(found, r.form, best.form) for r in found.rows if r.form in JUDGED)])


def as_page(found: Found, command: str, seconds: float) -> str:
    """docs/results/one_person.md, one section a library."""
    return "\n".join(
        [
            f"## {found.library}",
            "",
            as_text(found),
            "",
            f"Printed by `{command}` on {datetime.now(UTC):%Y-%m-%d}, {seconds:.0f} s, "
            f"{platform.machine()}, torch {torch.__version__}, {torch.get_num_threads()} threads.",
            "",
        ]
    )


def _verdict(found: Found, form: str, best: str) -> str:
    ahead, half = found.ahead(form, best)
    told = int((~np.isnan(ahead)).sum())
    won = [str(n) for n, a, h in zip(LIKES, ahead, half, strict=True) if a - h > 0]
    if len(won) == told:
        return f"- {form}: surely ahead of every single space and of popularity at each number of likes."
    at = f"only at {', '.join(won)} likes" if won else "at no number of likes"
    return f"- {form}: surely ahead of the best single one {at}."
