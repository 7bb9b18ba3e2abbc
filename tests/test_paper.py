"""The map of the paper leads to objects that exist and say which part of the paper they are."""

from __future__ import annotations

import importlib

import pytest

from umair.paper import PAPER, where

DRAWN = {"Fig. 1a"}  # needs the development drawing library


@pytest.mark.parametrize("name", PAPER)
def test_each_place_of_the_paper_is_an_object_in_the_code(name: str) -> None:
    if name in DRAWN:
        pytest.importorskip("skia", reason="drawing the demo needs skia-python (requirements-dev.txt)")
    module, attribute = where(name).split(":")
    assert hasattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("name", [n for n in PAPER if n.startswith("eq.")])
def test_each_equation_is_named_where_it_lives(name: str) -> None:
    module, attribute = where(name).split(":")
    found = importlib.import_module(module)
    told = f"{found.__doc__} {getattr(found, attribute).__doc__}"
    number = name.removeprefix("eq. ")
    assert any(token in told for token in (f"eq. {number}", f"eq. {int(number) - 1}-{number}", "eq. 2-4", "eq. 6-7"))


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(KeyError, match=r"eq\. 7"):
        where("eq. 99")
