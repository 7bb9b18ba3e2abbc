"""What a series and one of its people are, as data that pictures, labels and the glossary are made from."""

from dataclasses import dataclass
from typing import Literal

from umair.demo.content import SettingName
from umair.demo.figure.model import Character, Prop

Bond = Literal["friend", "rival", "sibling", "teacher", "pupil", "parent", "child"]
INVERSE: dict[Bond, Bond] = {
    "friend": "friend",
    "rival": "rival",
    "sibling": "sibling",
    "teacher": "pupil",
    "pupil": "teacher",
    "parent": "child",
    "child": "parent",
}


@dataclass(frozen=True)
class Relation:
    """What this person is to another: Relation("teacher", "mio") = is Mio's teacher."""

    bond: Bond
    to: str  # key of the other


@dataclass(frozen=True)
class Series:
    """An invented series."""

    key: str
    name_en: str
    name_ja: str
    name_zh: str
    introduction: str  # one sentence, English
    introduction_ja: str
    introduction_zh: str
    home: tuple[SettingName, ...]  # four settings it plays in, the usual one first


@dataclass(frozen=True)
class Member:
    """One person of a series: how they look, what they are called, who they are."""

    key: str
    name_en: str
    name_ja: str
    name_zh: str
    series: str  # key of the series
    character: Character
    introduction: str  # one sentence, English
    introduction_ja: str
    introduction_zh: str
    relations: tuple[Relation, ...] = ()
    gender: Literal["girl", "boy", "woman", "man"] = "girl"
    temper: Literal["bright", "gentle", "cool", "stern"] = "gentle"  # which expressions suit them
    carries: tuple[Prop, ...] = ()  # what they may hold, if anything
