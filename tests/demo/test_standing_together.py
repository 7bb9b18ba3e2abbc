"""Laws of pairs: three ways to stand together, both faces free, nobody changed."""

from collections import Counter

import numpy as np
import pytest

from umair.demo.cast.registry import MEMBERS
from umair.demo.composing.pairs import arranged
from umair.demo.composing.poses import together
from umair.demo.figure.model import Figure

PEOPLE = list(MEMBERS.values())


def pairs(count: int) -> list[tuple[Figure, Figure]]:
    rng = np.random.default_rng(4)
    found = []
    for n in range(count):
        a, b = PEOPLE[n % len(PEOPLE)], PEOPLE[(n + 5) % len(PEOPLE)]
        found.append(together(rng, (a, b), (a.character, b.character), "field"))
    return found


def way(pair: tuple[Figure, Figure]) -> str:
    left, right = sorted(pair, key=lambda f: f.x)
    if abs(left.y - right.y) > 0.12:
        return "before"
    return "apart" if left.yaw < 0 < right.yaw else "towards"


def test_all_three_ways_occur() -> None:
    ways = Counter(map(way, pairs(120)))
    assert set(ways) == {"before", "apart", "towards"} and min(ways.values()) > 15


@pytest.mark.parametrize("pair", pairs(40))
def test_both_faces_are_free(pair: tuple[Figure, Figure]) -> None:
    """The face of the one behind is not under the head of the one in front."""
    behind, front = pair
    gap = abs(front.x - behind.x)
    assert gap > 0.30 * front.scale + 0.36 * behind.scale or front.y > behind.y + behind.scale


def test_the_same_chance_gives_the_same_pair() -> None:
    pair = pairs(1)[0]
    one, two = (arranged(np.random.default_rng(9), pair) for _ in range(2))
    assert one == two
