"""Planted taste is found again; without truth there is nothing to find."""

from __future__ import annotations

import pytest

from umair.errors import TrainingError
from umair.experiments.taste_recovery import as_text, recover
from umair.library.runs import RunFolder, list_runs
from umair.library.store import Library
from umair.training.options import RankerOptions
from umair.training.ranker import train_ranker


@pytest.fixture(scope="module")
def trained(planted_library: Library) -> Library:
    options = RankerOptions(batch_rows=1024)
    run = RunFolder.create(planted_library.path, "ranker", options.to_config())
    train_ranker(planted_library, run, options)
    planted_library.set_active("ranker", run.id)
    return planted_library


def test_a_sample_of_people_is_always_the_same(trained: Library) -> None:
    first, again = (recover(trained, people=20)[0] for _ in range(2))
    assert first.people == 20 < recover(trained)[0].people
    assert first == again


def test_planted_taste_is_found_again_by_each_estimate(trained: Library) -> None:
    everyone = recover(trained)[0]
    assert everyone.people > 100
    for estimate, least in ((everyone.alpha, 0.5), (everyone.occlusion, 0.5), (everyone.regression, 0.65)):
        assert all(value > least for value in estimate.values()), estimate
    assert everyone.covered > 0.65  # under 0.9: vectors see the latents through noise, which no interval knows of
    assert everyone.right > 0.85 > everyone.named > 0.2


def test_more_bookmarks_tell_more(trained: Library) -> None:
    _, few, some, many = recover(trained)
    assert few.named < some.named < many.named and few.error > many.error


def test_the_report_says_that_the_people_are_invented(trained: Library) -> None:
    assert as_text(recover(trained)).startswith("Planted taste found again (synthetic people)")


def test_the_ranker_is_seen_beside_popularity(trained: Library) -> None:
    measured = list_runs(trained.path, "ranker")[0].metrics()
    assert measured["test"]["ndcg@10"] > 1.5 * measured["popularity"]["ndcg@10"]
    assert measured["test"]["auc"] > 0.7


def test_nothing_planted_nothing_found(small_library: Library) -> None:
    with pytest.raises(TrainingError, match="no planted taste"):
        recover(small_library)
