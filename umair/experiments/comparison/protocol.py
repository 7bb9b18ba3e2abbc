"""How every ranker of a table is tuned, trained and measured: one object, printed under every table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from umair.training.instances import CROSS_RATE, NUMBER_RATE
from umair.training.options import RankerOptions


@dataclass(frozen=True)
class Choice:
    """What is tuned."""

    learning_rate: float
    dropout: float

    def __str__(self) -> str:
        return f"rate {self.learning_rate:g}, dropout {self.dropout:g}"


GRID = (Choice(3e-3, 0.1), Choice(3e-3, 0.4), Choice(1e-2, 0.1))


@dataclass(frozen=True)
class Protocol:
    """The same for all rankers of a table, but for what `umair` is by its recipe (batch 4096, three stages).

    grid: tuned on validation AUC, one training each with seed 0 and half of the passes. seeds: trainings with the best
    choice, from seed 1 on. passes: over the training rows; `umair` makes `own_passes` of its main score, half
    as many again of its numbers, and `own_cross_passes` of its crosses.
    negatives: for each bookmark, in all three parts. ranked_users, ranked_seeds: for whom, and for how many of the
    seeds, the whole catalogue is ranked. resamples: of the bootstrap.
    """

    grid: tuple[Choice, ...] = GRID
    seeds: int = 5
    passes: int = 2
    own_passes: int = 4
    own_cross_passes: int = 2
    batch_rows: int = 1024
    negatives: int = 1
    ranked_users: int = 300
    ranked_seeds: int = 2
    resamples: int = 1000

    def tuning(self, options: RankerOptions, choice: Choice) -> RankerOptions:
        """The training that judges a choice."""
        half = replace(
            self,
            passes=_half(self.passes),
            own_passes=_half(self.own_passes),
            own_cross_passes=_half(self.own_cross_passes),
        )
        return half.applied(options, choice, seed=0)

    def applied(self, options: RankerOptions, choice: Choice, seed: int) -> RankerOptions:
        """The training of these options under this protocol."""
        own = options.instance == "umair"
        return replace(
            options,
            learning_rate=choice.learning_rate,
            dropout=choice.dropout,
            seed=seed,
            negatives=self.negatives,
            schedule="one_cycle",
            keep_best=True,
            passes=self.own_passes if own else self.passes,
            cross_passes=self.own_cross_passes if own else None,
            batch_rows=None if own else self.batch_rows,
        )

    def quick(self) -> Protocol:
        """For a first look: one seed, one choice, fewer people: no result."""
        return replace(self, grid=self.grid[1:2], seeds=1, ranked_users=100, ranked_seeds=1, resamples=200)

    def told(self) -> tuple[str, ...]:
        """In words, a line each."""
        numbers = self.own_passes + self.own_passes // 2
        grid = "; ".join(map(str, self.grid))
        return (
            f"Tuned by validation AUC over the same {len(self.grid)} choices for every model, one training each with "
            f"seed 0 and half of the passes: {grid}. A variant of Table 4 uses the choice of its whole model.",
            f"Then trained with {self.seeds} seeds (1 to {self.seeds}) and the best choice; a seed decides the first "
            "weights, the order of the blocks and the dropout. The rows are drawn once and are the same for all.",
            f"{self.passes} passes in batches of {self.batch_rows} rows; UMAIR-FPS (umair) as its recipe says: "
            f"{self.own_passes} passes of its main score, {numbers} of its numbers alone "
            f"at {NUMBER_RATE:g} times the rate, {self.own_cross_passes} of its crosses alone at {CROSS_RATE:g} times, "
            "in batches of 4096. For all: one cycle of the rate (in each stage), lazy Adam on tables, the weights of "
            "the pass with the best validation AUC are kept.",
            f"{self.negatives} negative for each bookmark in training, validation and test (as in the paper), drawn "
            "evenly from what was out by then and not bookmarked by this person. Each training reads the "
            "test part once, after its choices were made.",
            f"NDCG@10 and Recall@50: all candidates are ranked for the same {self.ranked_users} users (fewer where "
            f"fewer have anything to find), for the first {min(self.ranked_seeds, self.seeds)} of the seeds.",
            f"Intervals (95 %) cover users and seeds: {self.resamples:,} resamples, in each of which users are drawn "
            "anew (the same for all models) and, within each model, seeds. Differences are paired on these users.",
        )


def _half(passes: int) -> int:
    return max(passes // 2, 1)
