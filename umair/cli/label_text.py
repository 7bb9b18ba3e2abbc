"""`words weighting` and `words effect`: how a picture's labels become one vector, and its worth to a ranker."""

from __future__ import annotations

import shlex
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, note, say
from umair.encoders.label_lists import DEFAULT
from umair.encoders.text import TextEncoder
from umair.encoders.words import SHIPPED
from umair.errors import UmairError
from umair.experiments.comparison.workplace import Workplace
from umair.experiments.label_text import effect_sheet, weighting_sheet
from umair.experiments.label_text.effect import PROTOCOL, Plan
from umair.experiments.label_text.effect import effect as measured_effect
from umair.experiments.label_text.page import Origin
from umair.experiments.label_text.views import Variant
from umair.experiments.label_text.weighting import weigh
from umair.experiments.word_retrieval.contenders import Asked, open_untrained
from umair.library.store import Library

EXAMPLES = {
    "weighting": "Example: python -m umair words weighting --library ~/my-library",
    "effect": "Example: python -m umair words effect --library ~/my-library --out docs/results",
}
EncoderOption = Annotated[str, typer.Option("--encoder", metavar="NAME", help="shipped, a folder, or a name on a hub.")]
FolderOption = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write the page here.")]


def weighting(
    encoder: EncoderOption = SHIPPED,
    library: Annotated[
        list[Path] | None, typer.Option("--library", metavar="DIR", help="Repeatable; without it, the demo library.")
    ] = None,
    out: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mean, rarity, smooth inverse frequency, joined text: which lets a picture's labels find what is like it."""
    began = time.monotonic()
    libraries = [opened(folder) for folder in library or [None]]
    words = TextEncoder.load(encoder)
    found = weigh(libraries, words, note)
    if out is not None:
        note(f"Written: {weighting_sheet.write_page(found, _origin(libraries, words, '', began), out)}")
    if as_json:
        rows = [
            {"library": m.library, "measure": m.name, "units": m.units, "chance": m.chance, "value": m.value}
            for m in found.measures
        ]
        document({"encoder": words.fingerprint, "measures": rows, "balances": found.balances, "chosen": found.chosen})
    else:
        say(weighting_sheet.as_text(found))


def effect(
    encoder: EncoderOption = SHIPPED,
    hub: Annotated[
        list[str] | None, typer.Option("--beside", metavar="NAME", help="Another encoder (folder or hub); repeatable.")
    ] = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="Trainings of each row.")] = PROTOCOL.seeds,
    instance: Annotated[Literal["umair", "paper", "both"], typer.Option("--instance", help="Which rankers.")] = "both",
    label_weighting: Annotated[
        Literal["mean", "idf", "smooth", "joined"], typer.Option("--label-weighting", help="Of label lists.")
    ] = DEFAULT,  # type: ignore[assignment]
    quick: Annotated[bool, typer.Option("--quick", help="A first look: one seed, nothing tuned. No result.")] = False,
    processes: Annotated[int, typer.Option("--processes", min=1, max=64, help="Trainings at one time.")] = 1,
    work: Annotated[
        Path | None, typer.Option("--work", metavar="DIR", help="Where finished trainings are kept; in the library.")
    ] = None,
    out: FolderOption = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rankers with vectors of labels beside those with hashed labels alone and with an untrained encoder's vectors.

    What is finished is kept: the same command goes on where it was stopped.
    """
    began, lib = time.monotonic(), opened(library)
    protocol = PROTOCOL.quick() if quick else replace(PROTOCOL, seeds=seeds)
    words = TextEncoder.load(encoder)
    with tempfile.TemporaryDirectory(prefix="umair-untrained-") as folder:
        variants = _variants(encoder, words, hub or (), Path(folder))
    instances = ("umair", "paper") if instance == "both" else (instance,)
    plan = Plan(variants, protocol, instances, label_weighting)
    found = measured_effect(lib, plan, Workplace.of(lib, work, processes), note)
    for failure in found.failures:
        note(f"Failed: {failure.name}, seed {failure.seed}: {failure.error}")
    if out is not None:
        for path in effect_sheet.write_sheet(found, _origin([lib], words, label_weighting, began), out):
            note(f"Written: {path}")
    if as_json:
        rows = {
            i: {v: {m: x.interval for m, x in measures.items()} for v, measures in own.items()}
            for i, own in found.measures.items()
        }
        document({"library": lib.info.name, "rows": rows, "verdicts": effect_sheet.verdicts(found)})
    else:
        say(effect_sheet.as_text(found))


def _variants(name: str, words: TextEncoder, beside: list[str] | tuple[()], folder: Path) -> tuple[Variant, ...]:
    """Hashed labels, the untrained, this encoder, others; what is not to be had is said and left out."""
    found = [Variant("hashed labels alone", None)]
    try:
        found.append(Variant("untrained encoder", open_untrained(Asked("trained", name), folder).encoder))
    except UmairError as error:
        note(str(error))
    found.append(Variant("this encoder", words))
    for other in beside:
        try:
            found.append(Variant(Path(other).name if Path(other).is_dir() else other, TextEncoder.load(other)))
        except UmairError as error:
            note(str(error))
    return tuple(found)


def _origin(libraries: list[Library], words: TextEncoder, weighting: str, began: float) -> Origin:
    shown = [Path(word).name if Path(word).is_absolute() else word for word in sys.argv[1:]]
    name = Path(words.name).name if Path(words.name).is_dir() else words.name
    told = f"{name} ({words.fingerprint[:12]})"
    command = shlex.join(["python", "-m", "umair", *shown])
    return Origin(tuple(libraries), command, told, weighting, time.monotonic() - began)
