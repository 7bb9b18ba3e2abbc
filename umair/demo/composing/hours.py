"""What hour and weather suit a setting, and what floats in the air then."""

from dataclasses import dataclass

import numpy as np

from umair.demo.content import Particles, SettingName, Time, Weather


@dataclass(frozen=True)
class Mood:
    """An hour, a weather, something in the air; weight: how often."""

    time: Time
    weather: Weather = "clear"
    particles: Particles = ""
    weight: float = 1.0


MOODS: dict[SettingName, tuple[Mood, ...]] = {
    "rooftop": (
        Mood("day", weight=3),
        Mood("day", particles="petals", weight=1.5),
        Mood("dusk", weight=2),
        Mood("night", weight=1.5),
        Mood("morning"),
        Mood("day", "rain", "rain"),
        Mood("day", "cloudy", weight=0.7),
    ),
    "shrine": (
        Mood("dusk", particles="petals", weight=2),
        Mood("dusk", particles="sparks", weight=2),
        Mood("dusk"),
        Mood("night", particles="fireflies", weight=1.5),
        Mood("day", particles="petals", weight=1.5),
        Mood("morning", "mist"),
        Mood("dusk", "rain", "rain"),
        Mood("night", "snow", "snow", weight=0.8),
    ),
    "city": (
        Mood("night", weight=4),
        Mood("night", "rain", "rain", weight=2),
        Mood("dusk", weight=2),
        Mood("night", "snow", "snow"),
        Mood("morning", "mist", weight=0.6),
        Mood("day", weight=0.8),
    ),
    "forest": (
        Mood("day", particles="leaves", weight=2.5),
        Mood("day", weight=1.5),
        Mood("morning", "mist", weight=1.5),
        Mood("dusk", particles="leaves", weight=1.5),
        Mood("night", particles="fireflies", weight=2),
        Mood("day", "rain", "rain"),
    ),
    "cafe": (Mood("day", weight=3), Mood("morning", weight=1.5), Mood("dusk", weight=1.5), Mood("night", weight=2)),
    "snow": (
        Mood("dusk", "snow", "snow", weight=3),
        Mood("night", "snow", "snow", weight=2),
        Mood("day", "snow", "snow", weight=1.5),
        Mood("morning", weight=1.5),
        Mood("morning", "mist"),
    ),
    "sea": (
        Mood("dusk", weight=3),
        Mood("day", weight=2),
        Mood("night", weight=1.5),
        Mood("morning", weight=1.5),
        Mood("dusk", particles="petals"),
        Mood("day", "rain", "rain", weight=0.7),
    ),
    "field": (
        Mood("day", particles="petals", weight=2.5),
        Mood("day", weight=2),
        Mood("dusk", particles="petals", weight=1.5),
        Mood("night", particles="fireflies", weight=1.5),
        Mood("morning", "mist"),
        Mood("day", "rain", "rain"),
        Mood("day", "cloudy", weight=0.7),
    ),
    "autumn": (
        Mood("day", particles="maple", weight=3),
        Mood("dusk", particles="maple", weight=2),
        Mood("morning", "mist", "maple", weight=1.5),
        Mood("day", "rain", "rain"),
        Mood("night", weight=0.7),
    ),
    "aquarium": (
        Mood("day", particles="bubbles", weight=2.5),
        Mood("day"),
        Mood("night", particles="bubbles", weight=1.5),
        Mood("dusk", particles="bubbles", weight=1.5),
    ),
    "studio": (Mood("day"),),
}


def mood_of(rng: np.random.Generator, setting: SettingName) -> Mood:
    """One of the moods that suit this setting."""
    moods = MOODS[setting]
    weights = np.array([mood.weight for mood in moods])
    return moods[rng.choice(len(moods), p=weights / weights.sum())]
