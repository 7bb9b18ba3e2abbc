"""`train`, `runs`, `use` and `stop`: what the Train page does."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from umair.cli.foreground import go_on_here
from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, note, say, table
from umair.errors import TrainingError
from umair.library import background
from umair.library.runs import open_run
from umair.service import train as service
from umair.service.form_fields import FLAG, NUMBER, SEVERAL, WHOLE, Field
from umair.service.forms import FORMS, form

TRUE, FALSE = ("yes", "true", "on", "1"), ("no", "false", "off", "0")
OPEN = "own"  # how a choice that is left open is written

app = typer.Typer()

Kind = Literal["image", "style", "text", "ranker"]


def every_choice() -> str:
    """What `train --help` lists: the choices of the Train page, from its forms."""
    parts = ["Example: python -m umair train ranker --set instance=paper --library ~/my-library"]
    for found in FORMS.values():
        lines = [f"  {f.name}={_default(f)}: {_of(f)}{f.help}" for f in found.fields]
        parts.append("\n".join(["\b", f"Choices of {found.kind} (--set NAME=VALUE):", *lines]))
    return "\n\n".join(parts)


def _of(field: Field) -> str:
    return f"{' | '.join(field.choices)}. " if field.choices else ""


def _default(field: Field) -> str:
    if isinstance(field.default, list | tuple):
        return ",".join(str(v) for v in field.default)
    if isinstance(field.default, bool):
        return "yes" if field.default else "no"
    return OPEN if field.default is None else str(field.default)


@app.command(epilog=every_choice())
def train(
    kind: Annotated[Kind, typer.Argument(help="The picture encoder, painting style, word encoder or recommender.")],
    epochs: Annotated[int | None, typer.Option("--epochs", help="How often everything is seen.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The same seed gives the same numbers.")] = None,
    choice: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A choice, as --choices lists; repeatable.")
    ] = None,
    like: Annotated[
        str | None, typer.Option("--like", metavar="RUN", help="With the choices of another run: its id or its folder.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last unfinished run of this kind.")] = False,
    in_background: Annotated[
        bool, typer.Option("--background", help="In a process of its own; see `runs`, `stop`.")
    ] = False,
    choices: Annotated[bool, typer.Option("--choices", help="Only list what can be chosen.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Train in this terminal (Ctrl-C stops and keeps) or in the background; `use` makes the result the active one."""
    if choices:
        _list(kind, as_json)
        return
    lib = opened(library)
    asked = _parsed(kind, choice or [])
    rounds = "passes" if kind == "ranker" else "epochs"
    asked |= {name: value for name, value in ((rounds, epochs), ("seed", seed)) if value is not None}
    run = service.last_unfinished(lib, kind) if resume else service.prepare(lib, kind, asked, like)
    if not in_background:
        go_on_here(lib, run, as_json)
        return
    background.launch(lib.path, run)
    if as_json:
        document({"run": run.id, "state": "waiting"})
    else:
        say(run.id)
        note("It goes on without this terminal. Watch it with `python -m umair runs`, stop it with `stop`.")


@app.command(epilog="Example: python -m umair runs --library ~/my-library --json")
def runs(
    run: Annotated[str | None, typer.Argument(metavar="[RUN]", help="One run in full.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Only those of one kind, as ranker.")] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """The runs of a library, latest first; or one of them with its choices, curves and metrics (JSON)."""
    lib = opened(library)
    if run is not None:
        document(service.run(lib, run))
        return
    rows = service.runs(lib, kind)
    if as_json:
        document({"runs": rows})
        return
    cells = [(r.id, r.state, f"{r.progress:.0%}", "active" if r.active else "", r.main or r.error) for r in rows]
    say(table(("run", "state", "done", "", "result"), cells) if cells else "No runs yet.")


@app.command(epilog="Example: python -m umair use ranker-20261124-101500-ab12 --library ~/my-library")
def use(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A finished run; or shipped-image and so on, to go back.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a run the active one of its kind in this library."""
    lib = opened(library)
    told = service.use(lib, run)
    if as_json:
        document({"active": dict(lib.info.active), "note": told})
    else:
        say(told)


@app.command(epilog="Example: python -m umair stop ranker-20261124-101500-ab12")
def stop(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The id of a run, as `runs` lists it.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Stop a run that goes on in the background; it keeps what it has and can be resumed."""
    state = background.stop(open_run(opened(library).path, run))
    if as_json:
        document({"run": run, "state": state.state})
    else:
        say(f"{run}: {state.state}")


def _list(kind: str, as_json: bool) -> None:
    found = form(kind)
    if as_json:
        document(found)
        return
    say(f"{found.title}. {found.about}")
    rows = [(f.name, _default(f), " | ".join(f.choices), f.help) for f in found.fields]
    say(table(("name", "default", "one of", ""), rows))


def _parsed(kind: str, pairs: list[str]) -> dict[str, object]:
    """`name=value` as the form's field wants it; TrainingError for a name or value that is not possible."""
    fields = {f.name: f for f in form(kind).fields}
    asked: dict[str, object] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or name not in fields:
            raise TrainingError(f"{pair!r} is no choice for {kind}. Write NAME=VALUE with one of {', '.join(fields)}.")
        asked[name] = _value(fields[name], value.strip())
    return asked


def _value(field: Field, text: str) -> object:
    if field.default is None and text in ("", OPEN):
        return None
    try:
        if field.kind == FLAG:
            return {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}[text.lower()]
        if field.kind == WHOLE:
            return int(text)
        if field.kind == NUMBER:
            return float(text)
    except (KeyError, ValueError) as error:
        raise TrainingError(
            f"{field.name} is {text!r}; expected {'yes or no' if field.kind == FLAG else 'a number'}."
        ) from error
    return [part.strip() for part in text.split(",")] if field.kind == SEVERAL else text
