"""What `words measure` prints and writes: tables in Markdown and what they say in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from umair.experiments.comparison.bootstrap import Interval
from umair.experiments.word_retrieval.measure import ALL, KIN, NO_KIN, NOT_SPELLABLE, SPELLABLE, Measured
from umair.experiments.word_retrieval.questions import DIRECTIONS, NAMES

TARGETS = {"R@1": 0.55, "R@10": 0.75}  # what is wanted on the names together


def as_text(found: Measured, title: str = "Names found across languages") -> str:
    """The whole report for the terminal and the page."""
    parts = [
        f"## {title}",
        _about(found),
        "### Names together\n\n" + _headline(found),
        "\n".join(_verdicts(found)),
        "### By kind of thing\n\n" + "\n\n".join(_by_group(found, m) for m in ("R@1", "R@10", "MRR")),
        "### By direction, names together (R@1 / R@10)\n\n" + _by_direction(found),
        "### What spelling alone could solve\n\n" + _spelling(found),
        _kin(found),
    ]
    if found.unmeasured:
        parts.append("Not measured:\n" + "\n".join(f"- {u.name}: {u.why}" for u in found.unmeasured))
    return "\n\n".join(p for p in parts if p)


def as_page(found: Measured, title: str, command: str, seconds: float) -> str:
    """A section of docs/results/words.md."""
    at = datetime.now(UTC)
    return f"{as_text(found, title)}\n\nPrinted by `{command}` on {at:%Y-%m-%d}, {seconds:.0f} s.\n"


def told(value: Interval, digits: int = 3) -> str:
    between = "–" if value.low >= 0 else " to "
    return f"{value.mean:.{digits}f} ({value.low:.{digits}f}{between}{value.high:.{digits}f})"


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column is words and whose others are numbers."""
    line = "|---" + "|---:" * (len(head) - 1) + "|"
    return "\n".join(["| " + " | ".join(head) + " |", line, *("| " + " | ".join(r) + " |" for r in rows)])


def _about(found: Measured) -> str:
    part = "All" if found.part == "whole" else f"The {found.part} part:"
    more = (
        f" ({found.left_out:,} more bear a name that training met elsewhere and are left out)" if found.left_out else ""
    )
    return (
        f"{part} {found.things:,} things{more}. A thing's main name in one language is looked for among all names of "
        "the other language in its group; names that are equal when folded are one candidate; ties are told against "
        "the contender. Means over six directions with 95 % bootstrap intervals over things."
    )


def _headline(found: Measured) -> str:
    rows = []
    for name in found.contenders:
        row = found.row(name)
        if row is not None:
            rows.append([name, *(told(v) for v in row.mean.values())])
    pools = [p for p in found.pools if p.group == NAMES]
    asked = ", ".join(f"{p.direction} {p.questions:,} among {p.candidates:,}" for p in pools)
    return markdown(["all groups but words, one pool a language", "R@1", "R@10", "MRR"], rows) + f"\n\nAsked: {asked}."


def _verdicts(found: Measured) -> list[str]:
    first = found.row(found.contenders[0])
    if first is None:
        return []
    lines = [
        f"- {first.contender}: {m} {first.mean[m].mean:.3f}, "
        + ("reaches" if first.mean[m].mean >= goal else "misses")
        + f" the {goal:.2f} that is wanted."
        for m, goal in TARGETS.items()
    ]
    for one in found.ahead:
        gap = one.apart["R@1"]
        how = "surely ahead of" if gap.low > 0 else "surely behind" if gap.high < 0 else "not surely apart from"
        lines.append(
            f"- {one.contender} is {how} {one.other}: R@1 {gap.mean:+.3f} ({gap.low:+.3f} to {gap.high:+.3f})."
        )
    return lines


def _by_group(found: Measured, measure: str) -> str:
    groups = [g for g in found.groups if g != NAMES]
    rows = []
    for name in found.contenders:
        own = [found.row(name, g) for g in groups]
        rows.append([name, *("–" if r is None else told(r.mean[measure], 2) for r in own)])
    asked = [next(r.things for r in found.rows if r.group == g and r.share == ALL) for g in groups]
    return markdown([measure, *groups], [["things", *(f"{n:,}" for n in asked)], *rows])


def _by_direction(found: Measured) -> str:
    rows = []
    for name in found.contenders:
        row = found.row(name)
        if row is not None:
            each = [row.directions.get(d) for d in DIRECTIONS]
            rows.append([name, *("–" if e is None else f"{e['R@1']:.2f} / {e['R@10']:.2f}" for e in each)])
    return markdown(["", *DIRECTIONS], rows) if rows else ""


def _spelling(found: Measured) -> str:
    rules = "; ".join(
        f"{d} and back {s.sound:.2f} ({s.by_chance:.1%} of wrong random pairs pass)"
        for d, s in found.spelling.items()
        if d in ("en-ja", "en-zh", "ja-zh")
    )
    about = (
        "A name is spellable when it and the right one share half of the hanzi of the longer (folded into "
        "simplified forms), or when the letter pairs of both in Latin letters (kana by sound, hanzi by pinyin) have a "
        f"Dice above a threshold that less than 1 % of wrong pairs pass: {rules}."
    )
    shares = []
    for group in found.groups:
        own = {p.direction: p.spellable for p in found.pools if p.group == group}
        shares.append([group, *("–" if d not in own else f"{own[d]:.0%}" for d in DIRECTIONS)])
    apart = []
    for name in found.contenders:
        for group in found.groups:
            easy, hard = found.row(name, group, SPELLABLE), found.row(name, group, NOT_SPELLABLE)
            cells = ["–" if r is None else told(r.mean[m], 2) for m in ("R@1", "R@10") for r in (easy, hard)]
            if group == NAMES or name == found.contenders[0]:
                apart.append([f"{name}, {group}", *cells])
    return "\n\n".join(
        [
            about,
            markdown(["spellable, share of the questions", *DIRECTIONS], shares),
            markdown(["", "R@1 spellable", "R@1 not", "R@10 spellable", "R@10 not"], apart),
        ]
    )


def _kin(found: Measured) -> str:
    first = found.contenders[0]
    rows = []
    for group in found.groups:
        whole, near, far = (found.row(first, group, share) for share in (ALL, KIN, NO_KIN))
        if whole is not None and (near is not None or far is not None):
            part = 0 if near is None else near.questions / whole.questions
            cells = ["–" if r is None else told(r.mean[m], 2) for m in ("R@1", "R@10") for r in (near, far)]
            rows.append([group, f"{part:.0%}", *cells])
    if not rows:
        return ""
    about = (
        "A question has kin when one thing of the train part shares letters in a row (8 in English, 3 in Japanese and "
        f"Chinese) with both its names: a sequel, a character of the same series. {first}:"
    )
    head = ["", "with kin", "R@1 kin", "R@1 no kin", "R@10 kin", "R@10 no kin"]
    return f"### Kin in the train part\n\n{about}\n\n{markdown(head, rows)}"
