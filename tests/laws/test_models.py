"""What is true of every ranker, whatever it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load, save
from torch import nn

from umair.errors import TrainingError
from umair.features.fields import HASHED, Known
from umair.features.schema import (
    PADDING,
    UNKNOWN,
    Schema,
    TableSizes,
    baseline_schema,
    paper_schema,
    residual_fields,
    umair_schema,
)
from umair.models.batch import Batch
from umair.models.registry import BASELINES, MODELS, ModelChoices, build

SIZES = TableSizes(illustrations=50, users=40, artists=20, names=20, labels=30)
VECTORS = {"label_text": 6, "semantic": 8, "style": 5}
WIDTHS = {**VECTORS, "metadata": 4}
PAPER = paper_schema(SIZES, VECTORS)
SHARED = baseline_schema(PAPER).user_fields
SCHEMAS: dict[str, Schema] = {
    "umair": umair_schema(WIDTHS, 40, residual_fields(SIZES)),
    "paper": PAPER,
    **dict.fromkeys(BASELINES, baseline_schema(PAPER, WIDTHS)),
}


def _only(schema: Schema, kept: str) -> Schema:
    return schema.without(*(m for m in schema.modalities if m != kept))


MIXTURES = [("attention", "paper"), ("attention", "projected"), ("senet", "paper")]  # senet has one form only
VARIANTS: dict[str, tuple[str, Schema, ModelChoices]] = {
    **{name: (name, schema, ModelChoices()) for name, schema in SCHEMAS.items()},
    **{f"{name} on fields": (name, baseline_schema(PAPER), ModelChoices()) for name in BASELINES},
    **{
        f"{name}, no {gone}": (name, schema.without(gone), ModelChoices())
        for name, schema in SCHEMAS.items()
        for gone in schema.modalities
    },
    **{f"{name}, style alone": (name, _only(schema, "style"), ModelChoices()) for name, schema in SCHEMAS.items()},
    **{
        f"paper, {k} {kind} {form}": ("paper", PAPER, ModelChoices(kind, k, form))
        for kind, form in MIXTURES
        for k in (2, 3, 4)
    },
    "paper, 1 senet": ("paper", PAPER, ModelChoices("senet")),
    "paper, 1 projected": ("paper", PAPER, ModelChoices(expert_form="projected")),
    "paper, no contribution": ("paper", PAPER, ModelChoices("none")),
    "paper, no crosses": ("paper", PAPER, ModelChoices(crosses=False)),
    "paper, 3 experts, no crosses, no style": ("paper", PAPER.without("style"), ModelChoices(experts=3, crosses=False)),
    "paper, of a log without pictures": ("paper", paper_schema(SIZES, {"label_text": 6}), ModelChoices()),
    "dcn_v2, of runs of the first form": ("dcn_v2", replace(PAPER, user_fields=SHARED), ModelChoices()),
    "umair, equal weights": ("umair", SCHEMAS["umair"], ModelChoices("none")),
    "umair, no crosses": ("umair", SCHEMAS["umair"], ModelChoices(crosses=False)),
    "umair, of runs before its tower of numbers": ("umair", SCHEMAS["umair"], ModelChoices(numbers=False)),
}
EVERY = pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
Variant = tuple[str, Schema, ModelChoices]
ROWS = 9


def test_every_registered_model_is_held_to_the_laws() -> None:
    assert {name for name, _, _ in VARIANTS.values()} == set(MODELS)


def _model(variant: Variant, seed: int = 0) -> nn.Module:
    """In eval mode, every parameter moved off its beginning, so that no part is silent."""
    torch.manual_seed(seed)
    model = build(*variant)
    with torch.no_grad():
        for p in model.parameters():
            p.add_(0.2 * torch.randn_like(p) / max(1, p.shape[-1] if p.ndim else 1) ** 0.5)  # whatever the width
        for name, buffer in model.named_buffers():
            if name.endswith("running_mean"):
                buffer.normal_()
    return model.eval()


def _batch(schema: Schema, rows: int = ROWS, seed: int = 1) -> Batch:
    torch.manual_seed(seed)

    def slots(fields: tuple) -> torch.Tensor:
        columns = [torch.randint(0, f.size, (rows,)) for f in fields]
        return torch.stack(columns, 1) if columns else torch.zeros(rows, 0, dtype=torch.long)

    return Batch(
        slots(schema.user_fields),
        slots(schema.item_fields),
        {m: torch.randn(rows, w) for m, w in schema.vectors.items()},
        {m: torch.randn(rows, w) for m, w in schema.interests.items()},
        torch.cat([torch.randint(0, 50, (rows, 1)).float(), torch.rand(rows, len(schema.modalities))], 1),
        torch.randint(0, 2, (rows,)).float(),
    )


def _logit(model: nn.Module, batch: Batch) -> torch.Tensor:
    with torch.no_grad():
        return model(batch).logit


@EVERY
def test_a_rows_result_does_not_depend_on_the_other_rows(variant: Variant) -> None:
    model, batch = _model(variant), _batch(variant[1])
    whole = model(batch)
    for row in range(ROWS):
        alone = model(batch.rows(torch.tensor([row])))
        torch.testing.assert_close(alone.logit[0], whole.logit[row], atol=1e-5, rtol=1e-5)
        torch.testing.assert_close(alone.weights[0], whole.weights[row], atol=1e-5, rtol=1e-5)


@EVERY
def test_rows_in_another_order_give_the_same_results_in_that_order(variant: Variant) -> None:
    model, batch = _model(variant), _batch(variant[1])
    order = torch.randperm(ROWS)
    torch.testing.assert_close(_logit(model, batch.rows(order)), _logit(model, batch)[order])


@EVERY
def test_the_weights_of_a_row_sum_to_one(variant: Variant) -> None:
    weights = _model(variant)(_batch(variant[1])).weights
    if weights.shape[1]:
        assert weights.shape[1] == len(variant[1].modalities)
        torch.testing.assert_close(weights.sum(1), torch.ones(ROWS))
        assert (weights >= 0).all()


@EVERY
def test_saved_and_loaded_it_answers_the_same(variant: Variant) -> None:
    model, batch = _model(variant), _batch(variant[1])
    kept = save({k: v.contiguous() for k, v in model.state_dict().items()})
    again = build(*variant).eval()
    again.load_state_dict(load(kept))
    assert torch.equal(_logit(model, batch), _logit(again, batch))


@EVERY
def test_a_missing_modality_is_an_error_with_its_name(variant: Variant) -> None:
    model, batch = _model(variant), _batch(variant[1])
    for modality in variant[1].vectors:
        rest = {m: x for m, x in batch.items.items() if m != modality}
        with pytest.raises(TrainingError, match=modality):
            model(replace(batch, items=rest))
    for name in variant[1].interests:
        rest = {m: x for m, x in batch.interests.items() if m != name}
        with pytest.raises(TrainingError, match=name):
            model(replace(batch, interests=rest))


@EVERY
def test_padding_labels_have_no_influence(variant: Variant) -> None:
    """Whatever lies in the tables, a padded label adds nothing: the result stays when all that is of labels moves."""
    name, schema, choices = variant
    model, batch = _model(variant), _batch(schema)
    padded = replace(
        batch,
        user_fields=_padded(batch.user_fields, schema.user_fields),
        item_fields=_padded(batch.item_fields, schema.item_fields),
    )
    before = _logit(model, padded)
    fields = (*schema.user_fields, *schema.item_fields)
    moved = 0
    with torch.no_grad():
        for n, p in model.named_parameters():
            if n.endswith(("label.weight", "bias.label", "bias.user_label")):
                p.add_(3.0)
                moved += 1
            elif n == "linear.weight.weight":
                for k, field in enumerate(fields):
                    start = sum(f.size for f in fields[:k])
                    p[start : start + field.size] += 3.0 * field.table.endswith("label")
    assert bool(moved) == (name != "umair" or choices.crosses)
    torch.testing.assert_close(_logit(model, padded), before)
    if moved:
        assert not torch.allclose(_logit(model, batch), before)


@EVERY
def test_the_slot_of_the_unknown_is_trained(variant: Variant) -> None:
    """In every table of hashed names, for a row whose names are all unknown."""
    schema = variant[1]
    model, batch = _model(variant), _batch(schema)
    unknown = replace(
        batch,
        user_fields=torch.full_like(batch.user_fields, UNKNOWN),
        item_fields=torch.full_like(batch.item_fields, UNKNOWN),
    )
    with torch.no_grad():
        for name, p in model.named_parameters():
            if name.startswith("embeddings.bias"):
                p.fill_(1.0)  # the ReLU of a single slot may happen to be shut
    model.train()
    model(unknown).logit.sum().backward()
    tables = {n: m.weight for n, m in model.named_modules() if isinstance(m, nn.Embedding)}
    names = {f.table for f in (*schema.user_fields, *schema.item_fields) if f.table in HASHED}
    named = {n: t for n, t in tables.items() if n.rpartition(".")[2] in names}
    assert named
    for name, table in named.items():
        assert float(table.grad.to_dense()[UNKNOWN].abs().sum()) > 0, name


@EVERY
def test_names_that_training_has_not_met_all_score_alike(variant: Variant) -> None:
    """Two rows that differ in unmet names alone, user, illustration, artist and labels, have one score."""
    schema = variant[1]
    model, one = _model(variant).double(), _doubled(_batch(schema).rows(torch.zeros(6, dtype=torch.long)))
    scores, raw = [], []
    for fields, slots, side in (
        (schema.user_fields, one.user_fields, "user_fields"),
        (schema.item_fields, one.item_fields, "item_fields"),
    ):
        if not fields:
            continue
        hashed = [k for k, f in enumerate(fields) if f.table in HASHED]
        strange = slots.clone()
        for k in hashed:
            strange[:, k] = 1 + (slots[0, k] + torch.arange(1, 7)) % (fields[k].size - 1)  # never the slot that is met
        known = Known.of(fields, _met(slots[0].numpy(), hashed)[None])
        apart = torch.from_numpy(known.apply(fields, strange.numpy()))
        scores.append(_logit(model, replace(one, **{side: apart})))
        raw.append(_logit(model, replace(one, **{side: strange})))
    for score in scores:
        torch.testing.assert_close(score, score[:1].expand(6), atol=1e-12, rtol=1e-12)
    assert any(float(r.std()) > 1e-8 for r in raw)  # without the slot of the unknown they would not be alike


def _doubled(batch: Batch) -> Batch:
    """In double precision."""
    items = {m: x.double() for m, x in batch.items.items()}
    interests = {m: x.double() for m, x in batch.interests.items()}
    return replace(batch, items=items, interests=interests, facts=batch.facts.double())


def _met(slots: np.ndarray, hashed: list[int]) -> np.ndarray:
    """A row of training: every hashed field at the unknown, so that no name is met; the others as they are."""
    out = slots.copy()
    out[hashed] = UNKNOWN
    return out


def _padded(slots: torch.Tensor, fields: tuple) -> torch.Tensor:
    out = slots.clone()
    for k, field in enumerate(fields):
        if field.table.endswith("label"):
            out[:, k] = PADDING
    return out
