"""Labels that stand together: a planted likeness is found, and the fast Spearman is scipy's."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import spearmanr

from umair.cli.main import main
from umair.errors import TrainingError
from umair.experiments.word_retrieval.spearman import Order, spearman
from umair.experiments.word_retrieval.together import JACCARD, PMI, Cooccurrence, carriers, correlated
from umair.library.store import Library


class Planted:
    """Scores that are given."""

    def __init__(self, name: str, scores: np.ndarray) -> None:
        self.name, self.scores = name, scores

    def against(self, candidates):
        return lambda queries: self.scores


def test_weighted_spearman_is_scipys_on_repeated_values() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 8, 60).astype(float), rng.integers(0, 8, 60).astype(float)
    weights = rng.integers(0, 4, 60)
    assert spearman(Order.of(a), Order.of(b), np.ones(60)) == pytest.approx(spearmanr(a, b).statistic)
    repeated = spearmanr(np.repeat(a, weights), np.repeat(b, weights)).statistic
    assert spearman(Order.of(a), Order.of(b), weights.astype(float)) == pytest.approx(repeated)
    assert np.isnan(spearman(Order.of(np.ones(5)), Order.of(np.arange(5.0)), np.ones(5)))


def test_only_frequent_labels_are_compared_and_a_picture_counts_once() -> None:
    labels, carried = carriers([["a", "b", "a"]] * 5 + [["c", "rare"]] * 4 + [["c"]])
    assert labels == ["a", "b", "c"] and carried.toarray().max() == 1
    assert carried.sum(0).tolist() == [[5, 5, 5]]
    with pytest.raises(TrainingError, match="at least 3"):
        carriers([["a"]] * 9)


def test_a_planted_likeness_is_found_and_noise_is_not() -> None:
    """Labels of four themes stand together within a theme: scores that know the theme correlate, and stand ahead."""
    rng = np.random.default_rng(0)
    theme = np.arange(24) % 4
    own = [[f"t{v}" for v in rng.choice(np.flatnonzero(theme == n % 4), 3, replace=False)] for n in range(200)]
    own = [[*labels, f"t{rng.integers(24)}"] for labels in own]
    pairs = Cooccurrence.of(own)
    of = np.array([int(label[1:]) % 4 for label in pairs.labels])
    knows = (of[:, None] == of[None]) + rng.random((24, 24)) * 0.1
    noise = rng.random((24, 24))
    rows = correlated(pairs, [Planted("knows", knows), Planted("noise", noise)])
    assert len(pairs.ends[0]) == 24 * 23 / 2 and 0 < pairs.pairs_together < 24 * 23 / 2
    found = {(r.contender, r.against): r for r in rows}
    assert found["knows", JACCARD].spearman.low > 0.25 and found["knows", PMI].spearman.low > 0.25
    assert found["noise", JACCARD].spearman.low < 0 < found["noise", JACCARD].spearman.high
    assert found["noise", JACCARD].behind.low > 0 and found["knows", JACCARD].behind is None


def test_the_command_tells_both_ways_of_counting_where_there_is_a_glossary(
    small_library: Library, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    at = ["words", "together", "--library", str(small_library.path)]
    assert main([*at, "--json"]) == 0
    [plain] = json.loads(capsys.readouterr().out)["answers"]
    assert plain["labels"] == 9 and not plain["one_name"]
    rows = [
        ("moon", "thing", lang, text, text == "moon") for lang, text in (("en", "moon"), ("ja", "月"), ("en", "circle"))
    ]
    schema = ["concept", "kind", "lang", "text", "is_main"]
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(small_library.path / "glossary.parquet")
    assert main([*at, "--out", str(tmp_path / "words.md")]) == 0
    assert "one name a thing" in capsys.readouterr().out
    page = (tmp_path / "words.md").read_text(encoding="utf-8")
    assert "7 labels on 5 pictures" in page and str(small_library.path) not in page
