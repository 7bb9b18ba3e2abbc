"""What a form is made of: fields with defaults, limits and a line of help each."""

from __future__ import annotations

from dataclasses import dataclass

from umair.settings import TomlValue

CHOICE, SEVERAL, WHOLE, NUMBER, FLAG, TEXT, FILES = "choice", "several", "whole", "number", "flag", "text", "files"


@dataclass(frozen=True)
class Field:
    """One choice. kind: choice | several (of `choices`), whole | number (within low and high), flag, text, files (paths
    divided by commas). A default of None: left open, the training has a value of its own. part: heading among many."""

    name: str
    label: str
    kind: str
    default: TomlValue | None
    help: str
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    advanced: bool = False
    part: str = ""


@dataclass(frozen=True)
class Form:
    """All choices of a kind of training, the ones that most people want first."""

    kind: str
    title: str
    about: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)
