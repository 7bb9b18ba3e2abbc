"""A person's taste in one sentence: only what is sure is said."""

from __future__ import annotations

import numpy as np
import pytest

from umair.features.schema import MODALITIES
from umair.service.told import sentence
from umair.training.serving import Taste

EVERYONE = dict.fromkeys(MODALITIES, (0.1, 0.25, 0.4))


def _told(weights: list[float], error: float, main: str | None = None, known: bool = True, name: str = "Ai") -> str:
    of = np.array(weights)
    taste = Taste(of, np.full(4, error), of, 100, main, known)
    return sentence(name, taste, dict(zip(MODALITIES, weights, strict=True)), EVERYONE)


@pytest.mark.parametrize("name", ["Ai", "You"])
def test_what_surely_leads_is_named(name: str) -> None:
    told = _told([0.1, 0.1, 0.7, 0.1], 0.05, "style", name=name)
    assert told == f"{name} follow{'s' if name == 'Ai' else ''} painting style (70%) more than most people (25%)."
    assert "most, about as most" in _told([0.2, 0.2, 0.3, 0.3], 0.01, "style")


def test_a_lead_within_the_interval_is_not_known_yet() -> None:
    """0.36 is well above most people's 0.25, but with an error of 0.1 it may be as low as 0.2."""
    assert _told([0.36, 0.24, 0.2, 0.2], 0.1).startswith("Not known yet what Ai follows most")
    assert _told([0.36, 0.24, 0.2, 0.2], 0.1, name="You").startswith("Not known yet what you follow most")


def test_without_a_lead_what_is_surely_more_than_most_is_said() -> None:
    assert _told([0.36, 0.36, 0.14, 0.14], 0.05).startswith("Ai follows words (36%) more than most people")
    assert "a little more" in _told([0.3, 0.3, 0.2, 0.2], 0.02)


def test_few_bookmarks_tell_nothing() -> None:
    assert "too few bookmarks" in _told([0.7, 0.1, 0.1, 0.1], 0.05, "label_text", known=False)
