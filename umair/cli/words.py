"""`words`: its commands, each imported when it is called, for some of them need torch and the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup


@dataclass(frozen=True)
class Place:
    """Where a command is (a function of a module of this package, which has EXAMPLES), and its line in `--help`."""

    module: str
    told: str


PLACES = {
    "measure": Place("word_measure", "Names found across languages, by kind of thing."),
    "together": Place("word_measure", "Do labels that are found alike stand together?"),
    "perspectives": Place("words_perspectives", "What each perspective of Table 1 is worth."),
    "weighting": Place("label_text", "How a picture's labels become one vector."),
    "effect": Place("label_text", "What the labels' vectors are worth to a recommender."),
}


class OnDemand(TyperGroup):
    """A group whose commands are imported when one of them is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] in PLACES:
            self.commands[args[0]] = _loaded(args[0])
        return super().resolve_command(ctx, args)


def _loaded(name: str) -> Any:
    module = import_module(f"umair.cli.{PLACES[name].module}")
    own = typer.Typer()
    own.callback()(_not_yet)
    own.command(name, epilog=module.EXAMPLES[name])(getattr(module, name))
    return typer.main.get_group(own).commands[name]


def _not_yet() -> None:
    """Stands for a command until it is called."""


app = typer.Typer()
group = typer.Typer(
    cls=OnDemand,
    no_args_is_help=True,
    help="How good a text encoder is: names in three languages, labels, perspectives, recommendations.",
    epilog="Example: python -m umair words measure --names ~/names",
)
for _name, _place in PLACES.items():
    group.command(_name, help=_place.told)(_not_yet)
app.add_typer(group, name="words")
app.callback()(_not_yet)
