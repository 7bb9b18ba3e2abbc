"""What the residual of `umair` may know, and that its tower finds what no linear score can."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from umair.features.schema import TableSizes, residual_fields, umair_schema
from umair.models.batch import Batch
from umair.models.umair import Umair
from umair.training.metrics import auc

SIZES = TableSizes(illustrations=50, users=40, artists=20, names=20, labels=30)
SCHEMA = umair_schema({"label_text": 6, "metadata": 4}, 40, residual_fields(SIZES))
ROWS = 512


def _batch(seed: int, rows: int = ROWS) -> Batch:
    made = torch.Generator().manual_seed(seed)
    count = torch.randint(0, 9, (rows, 1), generator=made).float()
    return Batch(
        user_fields=torch.randint(1, 16, (rows, 1), generator=made),
        item_fields=torch.randint(1, 16, (rows, len(SCHEMA.item_fields)), generator=made),
        items={m: torch.randn(rows, w, generator=made) for m, w in SCHEMA.vectors.items()},
        interests={m: count * torch.randn(rows, w, generator=made) for m, w in SCHEMA.interests.items()},
        facts=torch.cat([count, torch.rand(rows, 2, generator=made)], dim=1),
        label=torch.zeros(rows),
    )


def _model() -> Umair:
    torch.manual_seed(0)
    model = Umair(SCHEMA, crosses=False, dropout=0.0)
    x = _batch(9, 2_000).items
    model.set_catalogue(x)
    return model


def test_numbers_begin_at_nought() -> None:
    model, batch = _model().eval(), _batch(0)
    with torch.no_grad():
        whole = model(batch).logit
        model.numbers = None
        torch.testing.assert_close(whole, model(batch).logit, rtol=0, atol=0)


def test_numbers_know_nobody_by_name() -> None:
    """Other ids move the main score by the user vector alone; with it held, they move nothing."""
    model, batch = _model().eval(), _batch(0)
    assert model.numbers is not None
    torch.nn.init.normal_(model.numbers.out.weight)
    other = replace(batch, user_fields=batch.user_fields.flip(0), item_fields=batch.item_fields.flip(0))
    found = []
    with torch.no_grad():
        for b in (batch, other):
            totals, keys = b.interests, {m: model.affinities[m].keys(x) for m, x in b.items.items()}
            person = model.person(totals, b.facts[:, 0], b.facts[:, 1:], b.user_fields)
            found.append(model.residual(person, keys, model.affinity(person, keys), b.item_fields))
    assert found[0].std() > 0.01
    torch.testing.assert_close(found[0], found[1], rtol=0, atol=0)


def test_numbers_find_what_is_worth_more_together_than_added_up() -> None:
    """Taken if two numbers of the metadata agree in sign: no score that is linear in the metadata can tell."""
    model, train, held = _model(), _batch(1, 4_096), _batch(2, 4_096)

    def taken(b: Batch) -> torch.Tensor:
        x = b.items["metadata"]
        return (x[:, 0] * x[:, 1] > 0).float()

    def reached() -> float:
        with torch.no_grad():
            return auc(taken(held).numpy(), model(held).logit.numpy())

    assert model.numbers is not None
    before = reached()
    optimizer = torch.optim.AdamW(model.numbers.parameters(), lr=1e-2)
    for _ in range(60):
        optimizer.zero_grad()
        binary_cross_entropy_with_logits(model(train).logit, taken(train)).backward()
        optimizer.step()
    assert before < 0.6 and reached() > 0.9
