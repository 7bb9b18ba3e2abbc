"""Everyone, by key."""

from umair.demo.cast import akane_shrine, honey_hill, neon_undertow, shirobane, star_almanac, weather_club
from umair.demo.cast.model import Member, Series

_FILES = (weather_club, akane_shrine, neon_undertow, star_almanac, shirobane, honey_hill)

SERIES: dict[str, Series] = {file.SERIES.key: file.SERIES for file in _FILES}
MEMBERS: dict[str, Member] = {member.key: member for file in _FILES for member in file.MEMBERS}
