"""Laws of the settings: each draws at each of its hours, in every weather, from both places, always the same."""

import numpy as np
import pytest

pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")

from umair.demo.composing.hours import MOODS
from umair.demo.content import PARTICLES, SETTING_NAMES, WEATHERS, Place, SettingName, Time
from umair.demo.setting.backdrop import Ground
from umair.demo.setting.particles import particles
from umair.demo.setting.registry import ground_of, times
from umair.demo.setting.views import OTHER

SIZE = 64
HOURS = [(setting, time) for setting in SETTING_NAMES for time in times(setting)]


def check(ground: Ground, size: int = SIZE) -> None:
    assert ground.rgb.shape == (size, size, 3) and ground.line.shape == (size, size, 4)
    assert ground.emit.shape == (size, size, 3)
    for plane in (ground.rgb, ground.line, ground.emit, ground.light.key, ground.light.amb, ground.light.shadow):
        assert np.isfinite(plane).all() and plane.min() >= -1e-4 and plane.max() <= 1 + 1e-4
    assert ground.rgb.std() > 0.01


@pytest.mark.parametrize(("setting", "time"), HOURS)
def test_every_setting_draws_at_every_hour(setting: SettingName, time: Time) -> None:
    check(ground_of(Place(setting, time), SIZE, 5, -1))


@pytest.mark.parametrize("setting", ["rooftop", "cafe", "city"])
@pytest.mark.parametrize("weather", WEATHERS)
def test_every_weather(setting: SettingName, weather: str) -> None:
    check(ground_of(Place(setting, times(setting)[0], weather), SIZE, 5, 1))


@pytest.mark.parametrize("setting", list(OTHER))
def test_the_other_camera_sees_something_else(setting: SettingName) -> None:
    here = ground_of(Place(setting, times(setting)[0]), SIZE, 5, -1)
    there = ground_of(Place(setting, times(setting)[0], camera="other"), SIZE, 5, -1)
    check(there)
    assert np.abs(here.rgb - there.rgb).mean() > 0.02


@pytest.mark.parametrize("setting", ["sea", "city"])
def test_same_arguments_same_bytes_another_seed_others(setting: SettingName) -> None:
    place = Place(setting, times(setting)[0])
    a, b, c = (ground_of(place, SIZE, seed, -1) for seed in (5, 5, 6))
    assert a.rgb.tobytes() == b.rgb.tobytes() and a.line.tobytes() == b.line.tobytes()
    assert a.rgb.tobytes() != c.rgb.tobytes()


def test_night_is_darker_than_day_and_rain_greyer_than_sun() -> None:
    for setting in ("rooftop", "sea", "shrine", "snow"):
        day, night = (ground_of(Place(setting, time), SIZE, 5, -1) for time in ("day", "night"))
        assert night.rgb.mean() < 0.75 * day.rgb.mean(), setting
        assert night.light.tint > day.light.tint
    sun, rain = (ground_of(Place("field", "day", weather), SIZE, 5, -1).rgb for weather in ("clear", "rain"))
    assert np.ptp(rain, axis=-1).mean() < np.ptp(sun, axis=-1).mean()


def test_the_light_comes_from_the_side_of_the_scene() -> None:
    for setting in ("rooftop", "sea", "cafe"):
        place = Place(setting, times(setting)[0])
        assert [ground_of(place, SIZE, 5, lx).light.lx for lx in (-1, 1)] == [-1, 1]


@pytest.mark.parametrize("kind", PARTICLES)
def test_particles_float_before_everything_and_leave_most_of_it_free(kind: str) -> None:
    sheet = particles(SIZE, kind, 3)
    assert sheet.shape == (SIZE, SIZE, 4)
    cover = (sheet[..., 3] > 0.5).mean()
    assert cover == 0 if kind == "" else (sheet[..., 3] > 0.05).mean() > 0 and cover < 0.2
    assert sheet.tobytes() == particles(SIZE, kind, 3).tobytes()


def test_every_mood_is_an_hour_that_its_setting_knows() -> None:
    for setting, moods in MOODS.items():
        assert moods and {mood.time for mood in moods} <= set(times(setting)), setting
