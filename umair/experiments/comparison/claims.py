"""What the paper claims, as pairs of rows: a claim holds on a library if the first row's AUC is above the second's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from umair.experiments.comparison.contenders import BASELINES, FIELDS, OURS, VECTORS
from umair.experiments.comparison.measures import AUC, BCE
from umair.experiments.comparison.sentences import signed
from umair.experiments.comparison.table import Table

HOLDS, CONTRARY, UNDECIDED = "holds", "the contrary holds", "not decided"


@dataclass(frozen=True)
class Claim:
    """That row `above` has a higher AUC than row `below`."""

    says: str
    above: str
    below: str


def claims(number: int) -> Iterator[Claim]:
    """Of Table 3 or Table 4, for both of ours."""
    for instance, whole in OURS.items():
        yield from _against_baselines(whole) if number == 3 else _of_parts(instance, whole)


def _against_baselines(whole: str) -> Iterator[Claim]:
    for group in (FIELDS, VECTORS):
        for name in BASELINES.values():
            yield Claim(f"{whole} is better than {name}, {group}", whole, f"{name}, {group}")


def _of_parts(instance: str, whole: str) -> Iterator[Claim]:
    def row(name: str) -> str:
        return f"{name}, {instance}"

    yield Claim("vectors help at all", whole, row("w/o ALL"))
    yield Claim("style helps", whole, row("w/o STY"))
    yield Claim("semantic helps", whole, row("w/o SEM"))
    yield Claim("label text helps", whole, row("w/o TSEM"))
    yield Claim("style is worth more than semantic", row("w/o SEM"), row("w/o STY"))
    yield Claim("style is worth more than label text", row("w/o TSEM"), row("w/o STY"))
    yield Claim("semantic is worth less than label text", row("w/o SEM"), row("w/o TSEM"))
    yield Claim("UMCM (as in the whole model) is better than none", whole, row("w/o UMCM"))
    yield Claim("one attention is better than no UMCM", row("w/ UMCM-ATT"), row("w/o UMCM"))
    yield Claim("one attention is better than one SENet", row("w/ UMCM-ATT"), row("w/ UMCM-SEN"))
    for kind, single in (("ATT", "w/ UMCM-ATT"), ("SEN", "w/ UMCM-SEN")):
        for other in (single, f"w/ {kind}*2", f"w/ {kind}*4"):
            yield Claim(f"three {kind} are better than {other}", row(f"w/ {kind}*3"), row(other))
    yield Claim("crosses (DCN-V2) help", whole, row("w/o DCN-V2"))


def judged(table: Table, number: int) -> list[str]:
    """A Markdown table of the claims whose rows are both there."""
    found = [c for c in claims(number) if c.above in table.raw and c.below in table.raw]
    if not found:
        return []
    lines = ["| claim | AUC, first less second | other side | BCE, first less second | on this library |"]
    lines += ["|:--|--:|--:|--:|:--|"]
    for c in found:
        d = table.raw[c.above][AUC].less(table.raw[c.below][AUC])
        loss = table.raw[c.above][BCE].less(table.raw[c.below][BCE])
        verdict = UNDECIDED if not d.certain else HOLDS if d.mean > 0 else CONTRARY
        pair = f"{c.says} ({c.above} over {c.below})"
        lines.append(f"| {pair} | {signed(d)} | {d.other_side:.1%} | {signed(loss)} | {verdict} |")
    return lines
