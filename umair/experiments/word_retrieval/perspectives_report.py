"""What `words perspectives` prints and writes: what each perspective gives, and whether it is worth it."""

from __future__ import annotations

from datetime import UTC, datetime

from umair.experiments.comparison.bootstrap import Difference
from umair.experiments.word_retrieval.measure_report import markdown, told
from umair.experiments.word_retrieval.perspectives import Perspective, Perspectives


def as_text(found: Perspectives) -> str:
    """The table and a sentence for each perspective, computed from the differences and their intervals."""
    every, *others = found.rows
    measures = list(every.measures)
    head = ["", "pairs", *measures]
    rows = [[every.variant, f"{every.pairs:,}", *(told(every.measures[m]) for m in measures)]]
    rows += [[r.variant, f"{r.pairs:,}", *(_lost(r.lost[m]) for m in measures)] for r in others]
    pairs = ", ".join(f"{name} {n:,}" for name, n in found.pairs.items())
    seeds = "one seed; intervals are over things and tell nothing of the chance in a training"
    if found.seeds > 1:
        seeds = f"{found.seeds} seeds; intervals are over things and seeds"
    return "\n\n".join(
        [
            f"## What each perspective is worth, on “{found.library}”{' (synthetic)' if found.synthetic else ''}",
            f"Pairs: {pairs}. Every training is told about {found.told:,} pairs ({seeds}). The first row has the "
            "values with all perspectives; each other row what they change to without one (95 % interval of the "
            "paired difference). Names are of things that no training has seen; relations are asked as they were "
            "taught, which tells what was learnt and not what is inferred.",
            markdown(head, rows),
            "\n".join(f"- {_verdict(r)}" for r in others),
        ]
    )


def as_page(found: Perspectives, command: str, seconds: float) -> str:
    """A section of docs/results/words.md."""
    return f"{as_text(found)}\n\nPrinted by `{command}` on {datetime.now(UTC):%Y-%m-%d}, {seconds:.0f} s.\n"


def _lost(gap: Difference) -> str:
    """`lost` is all less this: told here as the change without the perspective."""
    return f"{_signed(-gap.mean)} ({_signed(-gap.high)} to {_signed(-gap.low)})"


def _signed(value: float) -> str:
    return f"{round(value, 3) + 0.0:+.3f}"


def _verdict(row: Perspective) -> str:
    """Worth it where the interval of what is lost without leaves nought out."""
    worse = [m for m, gap in row.lost.items() if gap.certain and gap.mean > 0]
    better = [m for m, gap in row.lost.items() if gap.certain and gap.mean < 0]
    left = row.variant.removeprefix("without ")
    what = f"{left}:" if left != row.variant else "relations and explanations together:"
    if worse and not better:
        return f"{what} worth it, surely for {', '.join(worse)}."
    if better and not worse:
        return f"{what} not worth it; without, {', '.join(better)} is surely better."
    if worse:
        return f"{what} worth it for {', '.join(worse)}, at the price of {', '.join(better)}."
    return f"{what} nothing here shows that it is worth it; no difference is sure."
