"""The commands, where each lives, and how a command ends: 0 done, 1 refused or failed with a message, 2 wrong usage.

A command's module is imported when the command is called, so `check` waits for no torch, and `--help` for nothing.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from umair.cli import output
from umair.errors import UmairError

DEBUG = "UMAIR_DEBUG"  # set it to see where in the code an error came from


@dataclass(frozen=True)
class Place:
    """Where a command is (`app` in a module of this package), its line in `--help`, and its group there."""

    module: str
    told: str
    panel: str


LIBRARY, FIND, LEARN, PAPER = "A library", "Find and recommend", "Encode and train", "The paper and the rest"
PLACES = {
    "import": Place("bring_in", "Bring in pictures, users and interactions.", LIBRARY),
    "check": Place("look", "See whether a library is sound.", LIBRARY),
    "stats": Place("look", "Table 2 and Fig. 4 of a library.", LIBRARY),
    "doctor": Place("doctor", "This machine and installation, for a bug report.", LIBRARY),
    "similar": Place("find", "Pictures like one: in painting style, content or words.", FIND),
    "search": Place("find", "Pictures by words, in English, Japanese or Chinese.", FIND),
    "compose": Place("find", "What one picture shows, painted like another.", FIND),
    "style": Place("find", "How a picture is painted, in words and numbers.", FIND),
    "recommend": Place("people", "What to show a person next, and why.", FIND),
    "weights": Place("people", "What drives a person's taste: the UMCM weights.", FIND),
    "suggest": Place("suggest", "Labels that pictures lack, with the chance that each is right.", LIBRARY),
    "encode": Place("encode", "Vectors of all pictures in all spaces.", LEARN),
    "vectors": Place("encode", "The vectors of a space, as a Parquet file.", LEARN),
    "pairs": Place("pairs", "Pairs of texts for the word encoder, from any known files.", LEARN),
    "train": Place("train", "Train an encoder or the recommender.", LEARN),
    "runs": Place("train", "The runs of a library.", LEARN),
    "use": Place("train", "Make a run the active one.", LEARN),
    "stop": Place("train", "Stop a run that goes on in the background.", LEARN),
    "work": Place("work", "Do a run's work (what the app starts in the background).", LEARN),
    "words": Place("words", "How good a text encoder is, by names in three languages.", PAPER),
    "params": Place("paper", "Parameter counts of the models, as Table 4 counts them.", PAPER),
    "table": Place("tables", "Table 1, 2, 3 or 4 of the paper, on this library.", PAPER),
    "figure": Place("paper", "Figure 4 or 5 of the paper, on this library.", PAPER),
    "recover": Place("paper", "Does the recommender find planted taste again?", PAPER),
    "one-person": Place("one_person", "What few likes find, with nobody else.", PAPER),
    "demo": Place("demo", "Draw the demo library, or invent a world of any size.", PAPER),
    "serve": Place("serve", "The HTTP API alone.", PAPER),
}


class OnDemand(TyperGroup):
    """A group whose commands are known by name and line, and imported when one of them is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] in PLACES:
            self.commands[args[0]] = _loaded(args[0])
        return super().resolve_command(ctx, args)


def _loaded(name: str) -> Any:
    """The real command, its module imported now."""
    return typer.main.get_group(import_module(f"umair.cli.{PLACES[name].module}").app).commands[name]


def _app() -> typer.Typer:
    app = typer.Typer(
        cls=OnDemand,
        name="umair",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Find, understand and recommend anime illustrations by what they show and how they are painted.",
        epilog="Example: python -m umair import folder ~/Pictures --library ~/my-library",
    )
    for name, place in PLACES.items():
        app.command(name, help=place.told, rich_help_panel=place.panel)(_not_yet)
    return app


def _not_yet() -> None:
    """Stands for a command until it is called."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Every error is one message; UMAIR_DEBUG=1 shows where it came from."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    with output.alone_on_stdout("--json" in words):
        try:
            _app()(words, prog_name="python -m umair")
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(bool(end.code))
        except BrokenPipeError:  # the reader (`| head`) has seen enough
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - lives until the interpreter's own last flush
            return 0
        except UmairError as error:
            output.fail(str(error))
        except ModuleNotFoundError as error:
            output.fail(
                f"This command needs the package {error.name}, which is not installed. "
                "Install what requirements.txt lists; to draw the demo, requirements-dev.txt too."
            )
        except Exception as error:
            output.fail(
                f"Unexpected {type(error).__name__}: {error}. Set {DEBUG}=1 to see where, and please report it."
            )
            if os.environ.get(DEBUG):
                traceback.print_exc()
        return 1
