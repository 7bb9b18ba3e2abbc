"""The effect of words as a page, a CSV and a few lines for the terminal; every sentence comes from the numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from umair.experiments.comparison.bootstrap import Difference
from umair.experiments.comparison.contenders import OURS
from umair.experiments.comparison.measures import AUC, BCE, GAUC, NDCG, RECALL
from umair.experiments.comparison.sentences import signed, with_interval
from umair.experiments.label_text.effect import Effect
from umair.experiments.label_text.page import Origin, about
from umair.library.atomic import write_text

ENOUGH = 3  # seeds from which a page is a result
HEAD = {AUC: "AUC", BCE: "BCE", GAUC: "GAUC", NDCG: "NDCG@10", RECALL: "Recall@50"}


@dataclass(frozen=True)
class Pair:
    """One variant less another, by measure, for an instance."""

    instance: str
    above: str
    below: str
    differences: dict[str, Difference]


def pairs(found: Effect) -> Iterator[Pair]:
    """Every variant less each one that stands before it."""
    for instance, own in found.measures.items():
        for n, above in enumerate(found.variants):
            for below in found.variants[:n]:
                if above in own and below in own:
                    both = [m for m in HEAD if m in own[above] and m in own[below]]
                    yield Pair(instance, above, below, {m: own[above][m].less(own[below][m]) for m in both})


def verdicts(found: Effect) -> list[str]:
    """A sentence for each pair."""
    return [_verdict(pair) for pair in pairs(found)]


def _verdict(pair: Pair) -> str:
    """Which measures are certainly better, which certainly worse; AUC and NDCG@10 with their numbers."""
    better = [HEAD[m] for m, d in pair.differences.items() if d.certain and (d.mean < 0) == (m == BCE)]
    worse = [HEAD[m] for m, d in pair.differences.items() if d.certain and (d.mean < 0) != (m == BCE)]
    said = [f"certainly better in {', '.join(better)}"] if better else []
    said += [f"certainly worse in {', '.join(worse)}"] if worse else []
    numbers = [f"{HEAD[m]} {signed(pair.differences[m])}" for m in (AUC, NDCG) if m in pair.differences]
    told = "; ".join(said) or "no certain difference in any measure"
    return f"{OURS[pair.instance]}: {pair.above} over {pair.below}: {told} ({', '.join(numbers)})."


def as_text(found: Effect) -> str:
    """For the terminal: the points, then the verdicts."""
    width = max(len(v) for v in found.variants) + 2
    lines = []
    for instance, own in found.measures.items():
        lines += [OURS[instance], " " * width + "".join(f"{h:>11}" for h in HEAD.values())]
        for variant, measures in own.items():
            cells = [f"{measures[m].interval.mean:.4f}" if m in measures else "–" for m in HEAD]
            lines.append(f"{variant:<{width}}" + "".join(f"{c:>11}" for c in cells))
        lines.append("")
    return "\n".join([*lines, *verdicts(found)])


def write_sheet(found: Effect, origin: Origin, folder: Path) -> tuple[Path, Path]:
    """words_effect_<library>.md and .csv in the folder."""
    page, numbers = (folder / f"words_effect_{origin.library.path.name}.{ending}" for ending in ("md", "csv"))
    write_text(page, as_markdown(found, origin))
    write_text(numbers, as_csv(found))
    return page, numbers


def as_markdown(found: Effect, origin: Origin) -> str:
    """The whole page."""
    lines = [f"# What the meaning of labels is worth to a ranker, on “{origin.library.info.name}”", ""]
    lines += [*about(origin, found.facts, found.split), ""]
    if found.protocol.seeds < ENOUGH:
        lines += [f"**A first look: fewer than {ENOUGH} seeds are no result.**", ""]
    lines += [*(f"- {line}" for line in verdicts(found)), ""]
    for instance, own in found.measures.items():
        lines += [f"## {OURS[instance]}", "", "| labels | " + " | ".join(HEAD.values()) + " | seeds | seconds |"]
        lines += ["|:--" + "|--:" * (len(HEAD) + 2) + "|"]
        for variant, measures in own.items():
            cells = [with_interval(measures[m].interval if m in measures else None) for m in HEAD]
            cells += [str(found.seeds[instance][variant]), f"{found.seconds[instance][variant]:.1f}"]
            lines.append(f"| {variant} | " + " | ".join(cells) + " |")
        lines += ["", "| difference | " + " | ".join(HEAD.values()) + " |", "|:--" + "|--:" * len(HEAD) + "|"]
        for pair in pairs(found):
            if pair.instance == instance:
                cells = [signed(pair.differences[m]) if m in pair.differences else "–" for m in HEAD]
                lines.append(f"| {pair.above} less {pair.below} | " + " | ".join(cells) + " |")
        lines.append("")
    if found.failures:
        lines += ["Trainings that failed:", ""]
        lines += [f"- {f.name}, seed {f.seed}: {f.error}" for f in found.failures] + [""]
    return "\n".join([*lines, "## How it was measured", "", *(f"- {line}" for line in _how(found))]) + "\n"


def as_csv(found: Effect) -> str:
    """A line for each row and each difference, every measure with its interval."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    parts = [f"{m}{part}" for m in HEAD for part in ("", "_low", "_high")]
    write.writerow(["model", "labels", "less", "seeds", *parts])
    for instance, own in found.measures.items():
        for variant, measures in own.items():
            cells: list[object] = []
            for m in HEAD:
                i = measures[m].interval if m in measures else None
                cells += ["", "", ""] if i is None else [i.mean, i.low, i.high]
            write.writerow([OURS[instance], variant, "", found.seeds[instance][variant], *cells])
    for pair in pairs(found):
        cells = []
        for m in HEAD:
            d = pair.differences.get(m)
            cells += ["", "", ""] if d is None else [d.mean, d.low, d.high]
        write.writerow([OURS[pair.instance], pair.above, pair.below, "", *cells])
    return out.getvalue()


def _how(found: Effect) -> list[str]:
    p = found.protocol
    chosen = "; ".join(f"{OURS[i]}: {c}" for i, c in found.chosen.items())
    tuned = (
        f"Tuned by validation AUC over {len(p.grid)} choices with {found.variants[0]} (seed 0, half of the passes), "
        f"and that choice is used for all: where tuning favours anyone, it favours {found.variants[0]}."
        if len(p.grid) > 1
        else "Not tuned."
    )
    return [
        "The same rows, other spaces, fields and seeds; in the fields of every row labels are hashed names, as the "
        f"paper has them. With {found.variants[0]} a ranker has no vector made of labels, neither a picture's nor "
        "a person's.",
        "The untrained encoder has the same pieces and random vectors of the same spread, drawn once. Its vectors "
        "still tell which labels a picture has: what it gains over hashed labels is what a vector of all labels "
        "brings, and what the trained one gains over it is what the meaning of words brings.",
        f"{tuned} Chosen: {chosen}.",
        f"Trained with {p.seeds} seeds (1 to {p.seeds}), {p.passes} passes in batches of {p.batch_rows}; "
        f"{OURS['umair']} {p.own_passes} passes and {p.own_cross_passes} of its crosses. "
        f"{p.negatives} negative for each bookmark. The test part is read once a training.",
        f"NDCG@10 and Recall@50: all candidates ranked for {p.ranked_users} people at most, for the first "
        f"{min(p.ranked_seeds, p.seeds)} of the seeds.",
        f"Intervals (95 %) cover people and seeds: {p.resamples:,} resamples, people drawn anew (the same for all "
        "rows), and, within a row, seeds. Differences are paired on these people.",
    ]
