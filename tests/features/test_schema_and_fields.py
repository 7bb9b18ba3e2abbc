"""The schema's sizes, what is left out of it, and names as slots."""

from __future__ import annotations

import numpy as np
import pytest

from umair.errors import TrainingError
from umair.features.events import Events
from umair.features.favourites import interest_labels
from umair.features.fields import Known, forget_some, slot, slots
from umair.features.schema import PADDING, UNKNOWN, Field, Schema, baseline_schema, paper_schema


def test_the_papers_inputs_have_the_papers_sizes() -> None:
    schema = paper_schema()
    assert sum(f.size for f in schema.user_fields) == 165_000
    assert sum(f.size for f in schema.item_fields) == 1_042_044
    assert len(schema.user_fields) + len(schema.item_fields) == 23
    tables = {f.table: f.size for f in (*baseline_schema(schema).user_fields, *schema.item_fields)}
    assert len(tables) == 12 and sum(tables.values()) == 1_119_044


def test_what_is_left_out_is_gone_and_the_rest_stays() -> None:
    schema = paper_schema().without("style")
    assert schema.modalities == ("label_text", "semantic", "metadata")
    assert set(schema.vectors) == {"label_text", "semantic"}
    assert schema.interests == paper_schema().interests
    with pytest.raises(TrainingError, match="'style'"):
        schema.without("style")
    with pytest.raises(TrainingError, match="at least one"):
        schema.without(*schema.modalities)


def test_a_schema_survives_json() -> None:
    schema = paper_schema()
    assert Schema.from_json(schema.to_json()) == schema


def test_slots_are_stable_and_never_that_of_the_unknown() -> None:
    found = slots([f"name {n}" for n in range(500)], 64)
    assert found.min() == 1 and found.max() == 63
    assert slot(None, 64) == UNKNOWN
    assert slot("初音", 64) == 63  # crc32 of the UTF-8 bytes: the same on every machine


def test_what_training_has_not_met_goes_to_the_slot_of_the_unknown() -> None:
    fields = (Field("artist_id", 10, "artist_id"), Field("label_1", 10, "label"))
    known = Known.of(fields, np.array([[3, PADDING], [4, 7]], np.int32))
    out = known.apply(fields, np.array([[3, 7], [9, PADDING], [4, 8]], np.int32))
    assert out.tolist() == [[3, 7], [UNKNOWN, PADDING], [4, UNKNOWN]]


def test_training_meets_the_unknown() -> None:
    fields = (Field("artist_id", 10, "artist_id"), Field("width", 4, "width"))
    rows = np.tile(np.array([[5, 2]], np.int32), (4_000, 1))
    out = forget_some(fields, rows, 0.1, seed=0)
    assert 0.07 < (out[:, 0] == UNKNOWN).mean() < 0.13
    assert (out[:, 1] == 2).all()


def test_interest_labels_are_the_most_frequent_before_each_place() -> None:
    events = Events(("a",), np.zeros(3, np.int32), np.array([0, 1, 2], np.int32), np.array([1, 2, 3]), np.array([0, 3]))
    labels = [["cat", "night"], ["cat"], ["sea"]]
    found = interest_labels(events, labels, 1_000)
    cat, night = slot("cat", 1_000), slot("night", 1_000)
    assert found[0].tolist() == [PADDING] * 8
    assert set(found[1, :2].tolist()) == {cat, night} and found[1, 2] == PADDING
    assert found[2, 0] == cat and found[2, 1] == night
    assert found[3, 0] == cat and set(found[3, 1:3].tolist()) == {night, slot("sea", 1_000)}
