"""One person against a whole catalogue: by the `umair` model, by any model that takes rows, or without a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import polars as pl
import torch

from umair.features.catalogue import Catalogue
from umair.features.coherence import weights_of
from umair.features.decorrelate import Prepared
from umair.features.events import Events
from umair.features.fields import item_slots, slot
from umair.features.inputs import Inputs
from umair.features.metadata import Metadata
from umair.features.schema import UNKNOWN
from umair.models.person import Person
from umair.models.residual import OWN_TABLES
from umair.models.umair import Umair, pair_weights
from umair.training.artifact import TrainedRanker
from umair.training.lens import Lens, Liked
from umair.training.rows import as_batch

GAIN, BIAS = 2.0, -1.0  # of a score without a model: where the model's own begin, before it learns
POPULAR, SOON = 3.0, 10.0  # of the prior below, chosen on people that `one-person` does not judge


@dataclass(frozen=True)
class Answer:
    """logit (N), affinity (N, J), pair_weights (N, J), user_weights (J); logit ~ gain * affinity @ weights + bias."""

    logit: np.ndarray
    affinity: np.ndarray
    pair_weights: np.ndarray
    user_weights: np.ndarray
    gain: float
    bias: float
    without: np.ndarray  # (N, J) logit when modality j is replaced by its mean over the catalogue


class Scorer(Protocol):
    def score(self, liked: Liked, user_id: str | None) -> Answer: ...

    def occlusion(self, answer: Answer) -> np.ndarray: ...


class Occlusion:
    """How much the scores over the catalogue move when a modality is replaced by its mean: (J) standard deviations."""

    def occlusion(self, answer: Answer) -> np.ndarray:
        return (answer.logit[:, None] - answer.without).std(0)


class UmairScorer(Occlusion):
    """The `umair` instance, its illustrations' side computed beforehand."""

    def __init__(self, ranker: TrainedRanker, lens: Lens, frame: pl.DataFrame, with_ids: bool) -> None:
        assert isinstance(ranker.model, Umair)
        self._model, self._ranker, self._lens, self._with_ids = ranker.model, ranker, lens, with_ids
        fields = ranker.schema.item_fields
        slots = ranker.known.apply(fields, item_slots(frame, fields))
        if not with_ids:  # another library's ids mean nothing here, its labels do
            slots[:, [f.table in OWN_TABLES for f in fields]] = UNKNOWN
        self._item_fields = torch.from_numpy(slots).long()

    @torch.no_grad()
    def score(self, liked: Liked, user_id: str | None) -> Answer:
        person = self._person(liked, user_id)
        keys, n = self._lens.keys, len(self._lens)
        z = self._lens.everything(self._lens.totals(liked))
        many = person.repeated(n)
        logit = self._model.logit(many, keys, z, self._item_fields)
        without = []
        for k, modality in enumerate(self._lens.modalities):
            blind = z.clone()
            blind[:, k] = 0.0
            means = {**keys, modality: keys[modality].mean(0, keepdim=True).expand(n, -1)}
            without.append(self._model.logit(many, means, blind, self._item_fields).numpy())
        return Answer(
            logit=logit.double().numpy(),
            affinity=z.double().numpy(),
            pair_weights=pair_weights(many.weights, z).double().numpy(),
            user_weights=person.weights[0].double().numpy(),
            gain=float(person.gain),
            bias=float(person.bias),
            without=np.stack(without, axis=1).astype(np.float64),
        )

    def _person(self, liked: Liked, user_id: str | None) -> Person:
        fields = self._ranker.schema.user_fields
        named = user_id if self._with_ids else None
        slots = np.array([[slot(named, f.size) if f.name == "user_id" else UNKNOWN for f in fields]], np.int32)
        return self._model.person(
            self._lens.totals(liked),
            torch.tensor([float(len(liked))]),
            torch.from_numpy(self._lens.coherence(liked)).float().unsqueeze(0),
            torch.from_numpy(self._ranker.known.apply(fields, slots)).long(),
        )


class CoherenceScorer(Occlusion):
    """No model: standardised likeness in each modality, weighed by how alike the likes are in it."""

    def __init__(self, lens: Lens) -> None:
        self._lens = lens

    def score(self, liked: Liked, user_id: str | None) -> Answer:
        weights = weights_of(self._lens.coherence(liked))
        z = self._lens.everything(self._lens.totals(liked)).double().numpy()
        logit = GAIN * z @ weights + BIAS
        pairs = pair_weights(torch.from_numpy(weights).expand(len(z), -1), torch.from_numpy(z)).numpy()
        return Answer(logit, z, pairs, weights, GAIN, BIAS, logit[:, None] - GAIN * z * weights)


class WithPopularity(Occlusion):
    """Any scorer in a library whose own log is of hardly anybody: what everybody likes is a first guess.

    popular (N) standardised. Its share falls with likes, POPULAR * SOON / (n + SOON), until they speak for themselves.
    """

    def __init__(self, scorer: Scorer, popular: np.ndarray) -> None:
        self._scorer, self._popular = scorer, popular

    def score(self, liked: Liked, user_id: str | None) -> Answer:
        answer = self._scorer.score(liked, user_id)
        guess = POPULAR * SOON / (len(liked) + SOON) * self._popular
        return replace(answer, logit=answer.logit + guess, without=answer.without + guess[:, None])


class RowScorer(Occlusion):
    """Any other model, asked row by row (in one batch); affinities are plain likeness, for what-if and for taste."""

    def __init__(
        self,
        ranker: TrainedRanker,
        lens: Lens,
        catalogue: Catalogue,
        metadata: Metadata,
        prepared: Prepared,
        names: Mapping[str, str],
    ) -> None:
        self._ranker, self._lens, self._catalogue = ranker, lens, catalogue
        self._metadata, self._prepared, self._names = metadata, prepared, names

    @torch.no_grad()
    def score(self, liked: Liked, user_id: str | None) -> Answer:
        n, count = len(self._catalogue), len(liked)
        own = Events(
            users=(user_id or "",),
            user=np.zeros(count, np.int32),
            item=liked.rows.astype(np.int32),
            at=np.maximum.accumulate(np.minimum(liked.at, self._metadata.end - 1)),  # oldest first
            start=np.array([0, count]),
        )
        inputs = Inputs(self._ranker.schema, self._catalogue, own, self._metadata, self._prepared, self._names)
        inputs.known = self._ranker.known
        rows = inputs.rows(np.zeros(n, np.int64), np.arange(n), np.full(n, self._metadata.end))
        output = self._ranker.model(as_batch(rows))
        z = self._lens.everything(self._lens.totals(liked)).double().numpy()
        coherent = weights_of(self._lens.coherence(liked))
        logit = output.logit.double().numpy()
        if len(liked.disliked):  # a row has no place for them: they move the score as they do without a model
            liked_alone = self._lens.everything(self._lens.totals(replace(liked, disliked=liked.disliked[:0])))
            logit = logit + GAIN * (z - liked_alone.double().numpy()) @ coherent
        if output.weights.shape[1] == z.shape[1]:
            pairs = output.weights.double().numpy()
            weights = pairs[liked.rows].mean(0) if count else pairs.mean(0)
        else:  # a baseline has no weights of its own
            weights = coherent
            pairs = pair_weights(torch.from_numpy(weights).expand(n, -1), torch.from_numpy(z)).numpy()
        gain, bias = np.polyfit(z @ weights, logit, 1) if (z @ weights).std() > 1e-9 else (0.0, logit.mean())
        return Answer(logit, z, pairs, weights, float(gain), float(bias), logit[:, None] - gain * z * weights)
