"""The recommender: scores, taste, everyone; with a model, with another library's, and with none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
import torch

from umair.encoders.vectors import read_vectors, set_active_vectors, write_vectors
from umair.errors import TrainingError
from umair.features.inputs import Inputs
from umair.features.schema import MODALITIES
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.training.artifact import TrainedRanker
from umair.training.data import RankerData, prepared_for
from umair.training.lens import Lens, Liked
from umair.training.options import RankerOptions
from umair.training.ranker import train_ranker
from umair.training.rows import as_batch
from umair.training.scorers import UmairScorer
from umair.training.serving import Recommender

BY_SUBJECT = [0, 3, 6, 9, 12]  # circles, by every hand


def _history(library: Library, user: str) -> list[int]:
    log = library.interactions()
    return [library.row_of(i) for i in log.filter(log["user_id"] == user)["item_id"]]


def test_scores_are_whole_and_rescoring_with_the_same_weights_changes_nothing(
    trained_library: Library,
) -> None:
    model = Recommender.load(trained_library)
    scores = model.score(_history(trained_library, "u00"), user_id="u00")
    n = len(trained_library.illustrations())
    assert model.kind == "trained"
    assert scores.probability.shape == (n,) and scores.affinity.shape == scores.pair_weights.shape == (n, 4)
    np.testing.assert_allclose(scores.pair_weights.sum(1), 1, atol=1e-5)
    assert scores.user_weights.sum() == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(model.rescore(scores, scores.user_weights), scores.probability, atol=1e-9)
    only_style = np.eye(4)[MODALITIES.index("style")]
    moved = model.rescore(scores, only_style)
    assert (
        np.corrcoef(moved, scores.affinity[:, 2])[0, 1] > np.corrcoef(scores.probability, scores.affinity[:, 2])[0, 1]
    )


def test_served_scores_are_the_models_own_rows(trained_library: Library) -> None:
    """Serving computes the illustrations' side beforehand; the model asked row by row at the same moment must agree."""
    ranker = TrainedRanker.load(trained_library.path / "runs" / trained_library.info.active["ranker"])
    data = RankerData.of(trained_library, RankerOptions())
    events, now, every = data.events, data.split.test, np.arange(24)
    metadata = data.metadata.at(every, np.full(24, now))
    prepared = prepared_for(data.catalogue, MODALITIES, metadata, ranker.bases)
    lens = Lens(ranker.model.affinities, prepared, data.metadata, data.catalogue.published, now)
    inputs = Inputs(ranker.schema, data.catalogue, events, data.metadata, prepared, {})
    inputs.known = ranker.known
    for user in (3, 5):
        own = slice(int(events.start[user]), int(events.start[user + 1]))
        early = events.at[own] < now
        liked = Liked(events.item[own][early].astype(np.int64), events.at[own][early], np.zeros(0, np.int64))
        served = UmairScorer(ranker, lens, data.catalogue.frame, with_ids=True).score(liked, events.users[user])
        rows = as_batch(inputs.rows(np.full(24, user), every, np.full(24, now)))
        with torch.no_grad():
            asked = ranker.model(rows)
        np.testing.assert_allclose(served.logit, asked.logit.numpy(), atol=2e-3)
        np.testing.assert_allclose(served.pair_weights, asked.weights.numpy(), atol=1e-3)


def test_people_by_subject_and_people_by_hand_are_told_apart(trained_library: Library) -> None:
    model = Recommender.load(trained_library)
    ids, weights = model.everyone()
    content = weights[:, 0] + weights[:, 1]
    by_subject = np.array([int(u[1:]) % 2 == 0 for u in ids])
    assert content[by_subject].mean() > content[~by_subject].mean() + 0.15
    assert weights[~by_subject, 2].mean() > weights[by_subject, 2].mean() + 0.15
    np.testing.assert_allclose(weights.sum(1), 1)


def test_everyone_is_kept_and_made_anew_when_the_log_grows(trained_library: Library) -> None:
    ids, weights = Recommender.load(trained_library).everyone()
    run = trained_library.path / "runs" / trained_library.info.active["ranker"]
    kept = list(run.glob("everyone-*.parquet"))
    assert len(kept) == 1
    again, same = Recommender.load(trained_library).everyone()
    assert again == ids and (same == weights).all()
    trained_library.append_interactions(trained_library.interactions().head(1).with_columns(user_id=pl.lit("new")))
    more, _ = Recommender.load(trained_library).everyone()
    assert "new" in more and list(run.glob("everyone-*.parquet")) != kept


def test_a_few_picks_are_no_taste_yet(trained_library: Library) -> None:
    model = Recommender.load(trained_library)
    few = model.taste(BY_SUBJECT)
    assert few.bookmarks == 5 and not few.known
    assert few.weights.sum() == pytest.approx(1) and few.occlusion.sum() == pytest.approx(1)
    assert (1.645 * few.standard_error).max() > 0.15
    nobody = model.taste([])
    assert not nobody.known and nobody.main is None and nobody.weights.sum() == pytest.approx(1)


def test_likes_raise_their_like_and_dislikes_lower_them(trained_library: Library) -> None:
    model = Recommender.load(trained_library)
    likes = model.score(BY_SUBJECT)
    subject = np.arange(24) % 3
    assert likes.probability[subject == 0].mean() > likes.probability[subject != 0].mean()
    against = model.score(BY_SUBJECT, dislikes=[1, 4, 7])
    assert against.affinity[subject == 1, 1].mean() < likes.affinity[subject == 1, 1].mean()


@pytest.fixture
def no_assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UMAIR_ASSETS", str(tmp_path / "nothing"))


def test_one_persons_library_without_any_model(encoded_library: Library, no_assets: None) -> None:
    model = Recommender.load(encoded_library)
    assert model.kind == "coherence" and "No trained ranker" in model.note
    scores = model.score(BY_SUBJECT)
    subject = np.arange(24) % 3
    assert scores.probability[subject == 0].min() > np.median(scores.probability)
    assert scores.user_weights[:2].sum() > scores.user_weights[2]
    assert not model.taste(BY_SUBJECT).known


def test_a_library_that_is_not_encoded_still_answers(small_library: Library, no_assets: None) -> None:
    model = Recommender.load(small_library)
    assert model.kind == "coherence" and model.modalities == ("metadata",)
    assert model.score([0, 1]).user_weights.tolist() == [0, 0, 0, 1]


def test_the_shipped_ranker_serves_another_library_without_ids(
    trained_library: Library, small_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "demo").symlink_to(trained_library.path)
    monkeypatch.setenv("UMAIR_ASSETS", str(assets))
    ids = small_library.illustrations()["item_id"].to_list()
    for space in ("semantic", "style", "label_text"):
        own = read_vectors(trained_library, space)
        write_vectors(small_library.path, space, own.fingerprint, ids, own.matrix)
        set_active_vectors(small_library, space, own.fingerprint)
    model = Recommender.load(small_library)
    assert model.kind == "shipped"
    liked = Liked(np.array(BY_SUBJECT), np.full(5, model._lens.now), np.zeros(0, np.int64))
    logits = [model._scorer.score(liked, user).logit for user in ("u00", "u01", None)]
    assert (logits[0] == logits[1]).all() and (logits[0] == logits[2]).all()


def test_vectors_of_another_encoder_are_not_mixed_with_the_model(trained_library: Library, no_assets: None) -> None:
    ids = trained_library.illustrations()["item_id"].to_list()
    write_vectors(trained_library.path, "style", "d" * 40, ids, np.random.default_rng(0).normal(size=(24, 8)))
    set_active_vectors(trained_library, "style", "d" * 40)
    model = Recommender.load(trained_library)
    assert model.kind == "coherence" and "another encoder" in model.note
    with pytest.raises(TrainingError, match="another encoder"):
        Recommender.load(trained_library, trained_library.path / "runs" / trained_library.info.active["ranker"])


@pytest.mark.parametrize("instance", ["paper", "dcn_v2"])
def test_other_rankers_serve_through_the_same_face(encoded_library: Library, instance: str) -> None:
    options = RankerOptions(instance=instance, passes=2)
    run = RunFolder.create(encoded_library.path, "ranker", options.to_config())
    train_ranker(encoded_library, run, options)
    model = Recommender.load(encoded_library, run.path)
    scores = model.score(BY_SUBJECT, user_id="u02")
    assert scores.pair_weights.shape == (24, 4)
    np.testing.assert_allclose(scores.pair_weights.sum(1), 1, atol=1e-5)
    np.testing.assert_allclose(model.rescore(scores, scores.user_weights), scores.probability, atol=1e-6)
    assert model.taste(BY_SUBJECT).weights.sum() == pytest.approx(1)
