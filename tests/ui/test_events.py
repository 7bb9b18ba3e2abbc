"""What the browser sends is read as an event, or not at all."""

from __future__ import annotations

import pytest

from umair.ui.components import Event, Slot, read_event


def test_an_event_is_read_with_its_parts() -> None:
    assert read_event({"do": "like", "id": "a", "on": True}) == Event("like", "a", on=True)
    assert read_event({"do": "like", "id": "a", "value": False}) == Event("like", "a")
    assert read_event({"do": "search", "id": "a", "value": "月"}) == Event("search", "a", value="月")


@pytest.mark.parametrize("sent", [None, 3, [], {}, {"do": 5}, {"id": "a"}, "open"])
def test_anything_else_is_no_event(sent: object) -> None:
    assert read_event(sent) is None


def test_parts_of_the_wrong_kind_are_left_out() -> None:
    assert read_event({"do": "open", "id": {"$ne": 1}, "slot": 4}) == Event("open")


def test_an_empty_slot_says_only_what_it_has() -> None:
    assert Slot("a", label="Drop").data() == {"key": "a", "label": "Drop", "tall": 340}
