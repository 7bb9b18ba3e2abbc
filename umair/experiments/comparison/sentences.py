"""What a table says, generated from its numbers: who loses to a reference, and whether our targets are met."""

from __future__ import annotations

from umair.experiments.comparison.bootstrap import Difference, Interval
from umair.experiments.comparison.contenders import OURS, VECTORS
from umair.experiments.comparison.measures import AUC, NDCG, RECALL, ROWS
from umair.experiments.comparison.table import Table

ABOVE_PAPER, ABOVE_BASELINE, TIMES_BASELINE = 0.05, 0.02, 1.5  # targets: AUC, AUC, NDCG@10
PRINTED = {NDCG: "NDCG@10", RECALL: "Recall@50"}


def first_sentence(table: Table) -> str:
    """Who is best by AUC, and how sure that is."""
    models = [r for r in table.rows if not r.reference]
    best = max(models, key=lambda r: r.measures[AUC].mean)
    if best.difference is None:
        return f"Best by AUC: {best.name} ({best.measures[AUC].mean:.4f})."
    d = best.difference
    sure = "the interval leaves nought out" if d.certain else "the interval does not leave nought out: not decided"
    return (
        f"Best by AUC: {best.name} ({best.measures[AUC].mean:.4f}), {signed(d)} above {best.beside} by the paired "
        f"bootstrap; {d.other_side:.1%} of the resamples are on the other side of nought; {sure}."
    )


def losers(table: Table) -> tuple[str, ...]:
    """A sentence for each measure of full ranking in which models lose to references; one that says so if none does."""
    said = []
    for measure in (NDCG, RECALL):
        references = [r for r in table.rows if r.reference and measure in r.measures]
        for row in table.rows:
            if row.reference or measure not in row.measures:
                continue
            own = row.measures[measure].mean
            above = [r for r in references if r.measures[measure].mean > own]
            if above:
                parts = []
                for r in sorted(above, key=lambda r: -r.measures[measure].mean):
                    d = table.raw[row.name][measure].less(table.raw[r.name][measure])
                    parts.append(f"{r.name} {r.measures[measure].mean:.4f}{'' if d.certain else ' (not certain)'}")
                said.append(f"{row.name} loses in {PRINTED[measure]} ({own:.4f}) to: {', '.join(parts)}.")
    return tuple(said) or ("No model loses to a reference row in NDCG@10 or Recall@50.",)


def targets(table: Table) -> tuple[str, ...]:
    """The targets that were set for `umair` before it was measured: met or missed."""
    own, paper = OURS["umair"], OURS["paper"]
    if own not in table.raw:
        return ()
    fair = [r for r in table.rows if r.group == VECTORS]
    said = []
    if paper in table.raw:
        d = table.raw[own][AUC].less(table.raw[paper][AUC])
        said.append(f"AUC at least {ABOVE_PAPER} above {paper}: {_met(d.mean >= ABOVE_PAPER)} ({signed(d)}).")
    if fair:
        best = max(fair, key=lambda r: r.measures[AUC].mean).name
        d = table.raw[own][AUC].less(table.raw[best][AUC])
        said.append(
            f"AUC at least {ABOVE_BASELINE} above the best fair baseline ({best}): {_met(d.mean >= ABOVE_BASELINE)} "
            f"({signed(d)})."
        )
        ranked = [r for r in fair if NDCG in r.measures]
        if ranked and NDCG in table.raw[own]:
            most = max(ranked, key=lambda r: r.measures[NDCG].mean).name
            times = table.raw[own][NDCG].times(table.raw[most][NDCG])
            said.append(
                f"NDCG@10 at least {TIMES_BASELINE} times that of the best fair baseline in NDCG@10 ({most}): "
                f"{_met(times.mean >= TIMES_BASELINE)} ({times.mean:.2f} times [{times.low:.2f}, {times.high:.2f}])."
            )
    return tuple(said)


def signed(d: Difference) -> str:
    return f"{d.mean:+.4f} [{d.low:+.4f}, {d.high:+.4f}]"


def with_interval(i: Interval | None) -> str:
    return "–" if i is None else f"{i.mean:.4f} [{i.low:.4f}, {i.high:.4f}]"


def better(measure: str, a: float, b: float) -> bool:
    """Whether a is better than b: of the losses the lower, of all else the higher."""
    return a < b if measure == ROWS[1] else a > b


def _met(yes: bool) -> str:
    return "met" if yes else "missed"
