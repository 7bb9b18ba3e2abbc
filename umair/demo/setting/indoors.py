"""Which settings have a roof: no weather, little wind."""

from umair.demo.content import SettingName

INDOORS: tuple[SettingName, ...] = ("cafe", "aquarium", "studio")
