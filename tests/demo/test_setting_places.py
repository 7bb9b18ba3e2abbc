"""What belongs to single settings: a river that mirrors the city, a stair house in the shade, lanterns by night."""

import numpy as np
import pytest

pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")

from umair.demo.content import Place, Time
from umair.demo.setting.city import QUAY
from umair.demo.setting.registry import ground_of

SIZE = 160


@pytest.mark.parametrize("time", ["day", "night"])
def test_the_river_shows_the_city_above_it_again(time: Time) -> None:
    city = ground_of(Place("city", time), SIZE, 5, -1)
    shore = int(QUAY * SIZE)
    wide = 6  # columns that are wider than the waves
    below = city.rgb[shore + 2 :].mean((0, 2))
    above = city.rgb[2 * shore - SIZE : shore - 8].mean((0, 2))
    columns = [part[: SIZE // wide * wide].reshape(-1, wide).mean(1) for part in (below, above)]
    assert np.corrcoef(*columns)[0, 1] > 0.5
    assert city.horizon == QUAY


@pytest.mark.parametrize("lx", [-1, 1])
def test_the_stair_house_stands_on_the_side_away_from_the_key(lx: int) -> None:
    line = ground_of(Place("rooftop"), SIZE, 5, lx).line[int(0.47 * SIZE) : int(0.9 * SIZE), :, 3]
    left, right = line[:, : SIZE // 5].mean(), line[:, -SIZE // 5 :].mean()
    assert ground_of(Place("rooftop"), SIZE, 5, lx).light.lx == lx
    assert (right > left) == (lx < 0)


def test_lanterns_burn_in_the_avenue_when_it_is_dark() -> None:
    burning = {t: ground_of(Place("autumn", t), SIZE, 5, -1).emit.max() for t in ("day", "morning", "dusk", "night")}
    assert burning["day"] < 0.1
    assert burning["morning"] < 0.1
    assert burning["dusk"] > 0.5
    assert burning["night"] > 0.5
