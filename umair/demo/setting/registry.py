"""The ten settings by name, at every hour, in every weather, from two places."""

from collections.abc import Callable
from types import ModuleType

from umair.demo.canvas.colours import rgb
from umair.demo.content import Place, SettingName, Time, Weather
from umair.demo.setting import (
    aquarium,
    autumn,
    cafe,
    city,
    field,
    forest,
    rooftop,
    sea,
    shrine,
    snow,
    studio,
)
from umair.demo.setting.backdrop import Backdrop, Ground
from umair.demo.setting.hours import Hour, cloudy, misty, rainy
from umair.demo.setting.indoors import INDOORS
from umair.demo.setting.views import OTHER, drawn_size, misted, seen_from

SETTINGS: dict[SettingName, ModuleType] = {
    "rooftop": rooftop,
    "shrine": shrine,
    "city": city,
    "forest": forest,
    "cafe": cafe,
    "snow": snow,
    "sea": sea,
    "field": field,
    "autumn": autumn,
    "aquarium": aquarium,
    "studio": studio,
}
MIST = {"mist": 0.52, "rain": 0.22, "snow": 0.12}
_WEATHERS: dict[Weather, Callable[[Hour], Hour]] = {"rain": rainy, "cloudy": cloudy, "mist": misty, "snow": cloudy}


def times(setting: SettingName) -> tuple[Time, ...]:
    """Hours that this setting can show, its own first."""
    return tuple(SETTINGS[setting].HOURS)


def ground_of(place: Place, size: int, seed: int, lx: int) -> Ground:
    """The setting, painted `size` pixels square. seed moves clouds, windows, leaves; lx: side of the key light."""
    module = SETTINGS[place.setting]
    hour = module.HOURS[place.time]
    outdoors = place.setting not in INDOORS
    if outdoors and place.weather in _WEATHERS:
        hour = _WEATHERS[place.weather](hour)
    view = OTHER.get(place.setting) if place.camera == "other" else None
    backdrop = Backdrop(drawn_size(size, view) if view else size, seed, lx, hour)
    drawn: Ground = module.draw(backdrop, place.time)
    if outdoors and place.weather in MIST:
        drawn = misted(drawn, rgb(hour.sky.haze), MIST[place.weather])
    return seen_from(drawn, view, size, lx) if view else drawn
