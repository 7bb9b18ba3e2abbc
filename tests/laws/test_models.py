"""What is true of every ranker, whatever it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from safetensors.torch import load, save
from torch import nn

from umair.errors import TrainingError
from umair.features.schema import (
    PADDING,
    UNKNOWN,
    Schema,
    TableSizes,
    baseline_schema,
    paper_schema,
    umair_schema,
)
from umair.models.batch import Batch
from umair.models.registry import BASELINES, MODELS, ModelChoices, build

SIZES = TableSizes(illustrations=50, users=40, artists=20, names=20, labels=30)
VECTORS = {"label_text": 6, "semantic": 8, "style": 5}
WIDTHS = {**VECTORS, "metadata": 4}
PAPER = paper_schema(SIZES, VECTORS)
SCHEMAS: dict[str, Schema] = {
    "umair": umair_schema(WIDTHS, 40),
    "paper": PAPER,
    **dict.fromkeys(BASELINES, baseline_schema(PAPER, WIDTHS)),
}
VARIANTS: dict[str, tuple[str, Schema, ModelChoices]] = {
    **{name: (name, schema, ModelChoices()) for name, schema in SCHEMAS.items()},
    **{f"{name} on fields": (name, baseline_schema(PAPER), ModelChoices()) for name in BASELINES},
    **{
        f"{name}, no style": (name, baseline_schema(PAPER, WIDTHS).without("style"), ModelChoices())
        for name in BASELINES
    },
    "paper, 3 senet": ("paper", PAPER, ModelChoices("senet", 3)),
    "paper, 3 projected": ("paper", PAPER, ModelChoices("attention", 3, "projected")),
    "paper, no contribution": ("paper", PAPER, ModelChoices("none")),
    "paper, no crosses": ("paper", PAPER, ModelChoices(crosses=False)),
    "paper, no style": ("paper", PAPER.without("style"), ModelChoices()),
    "umair, no style": ("umair", SCHEMAS["umair"].without("style"), ModelChoices()),
    "umair, equal weights": ("umair", SCHEMAS["umair"], ModelChoices("none")),
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
    """Whatever lies in the tables, a padded label adds nothing: the result stays when every label vector moves."""
    name, schema, _ = variant
    model, batch = _model(variant), _batch(schema)
    padded = replace(
        batch,
        user_fields=_padded(batch.user_fields, schema.user_fields),
        item_fields=_padded(batch.item_fields, schema.item_fields),
    )
    before = _logit(model, padded)
    labels = [m for n, m in model.named_modules() if isinstance(m, nn.Embedding) and n.endswith("label")]
    with torch.no_grad():
        for table in labels:
            table.weight.add_(3.0)
    assert bool(labels) == (name != "umair")
    torch.testing.assert_close(_logit(model, padded), before)
    if labels:
        assert not torch.allclose(_logit(model, batch), before)


@EVERY
def test_the_slot_of_the_unknown_is_trained(variant: Variant) -> None:
    schema = variant[1]
    if not schema.user_fields:
        pytest.skip("no fields")
    model, batch = _model(variant), _batch(schema)
    unknown = replace(batch, user_fields=torch.full_like(batch.user_fields, UNKNOWN))
    model.train()
    model(unknown).logit.sum().backward()
    tables = [m.weight for n, m in model.named_modules() if isinstance(m, nn.Embedding) and n.endswith("user_id")]
    assert tables and all(float(t.grad.to_dense()[UNKNOWN].abs().sum()) > 0 for t in tables)


def _padded(slots: torch.Tensor, fields: tuple) -> torch.Tensor:
    out = slots.clone()
    for k, field in enumerate(fields):
        if field.table.endswith("label"):
            out[:, k] = PADDING
    return out
