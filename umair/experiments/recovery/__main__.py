"""`python -m umair.experiments.recovery [WORLD ...]`: planted taste in every world, written to docs/results/recovery.*

Worlds by name: standard, correlated, harsh, sharper, blunter, noise (invented), people (other people before the demo's
pictures). All, if none is named. What was measured before is kept; a world measured again takes its old place.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from pathlib import Path

import torch

from umair.experiments.recovery.measure import Found, measure, trained
from umair.experiments.recovery.people import other_people
from umair.experiments.recovery.sheet import as_markdown, keep, kept, plot
from umair.experiments.recovery.worlds import WORLDS, invent
from umair.library.atomic import write_text
from umair.library.store import Library
from umair.settings import assets

PEOPLE = "people"
CUTS = (5, 20, 80)
MEASURED = 300  # people, at random


def main() -> None:
    names = [w.name for w in WORLDS] + [PEOPLE]
    parser = argparse.ArgumentParser("python -m umair.experiments.recovery", description=__doc__)
    parser.add_argument("worlds", nargs="*", metavar="WORLD", help=", ".join(names))
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--instances", nargs="+", default=["umair"], help="umair and, for its alpha, paper")
    parser.add_argument("--pictures", type=int, default=1_500)
    parser.add_argument("--users", type=int, default=2_000)
    parser.add_argument("--out", type=Path, default=Path("docs/results"))
    asked = parser.parse_args()
    csv = asked.out / "recovery.csv"
    for seed in asked.seeds:
        for name in asked.worlds or names:
            began = time.monotonic()
            with tempfile.TemporaryDirectory() as folder:
                library = _library(name, Path(folder) / name, asked.pictures, asked.users, seed)
                found = [f for instance in asked.instances for f in _measured(library, instance, name, seed)]
            named = {(f.world, f.seed, f.estimate) for f in found}
            rest = [f for f in kept(csv) if (f.world, f.seed, f.estimate) not in named]
            keep(sorted([*rest, *found], key=lambda f: (f.world, f.seed, f.bookmarks, f.estimate)), csv)
            print(f"{name}, seed {seed}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            print(as_markdown(found), flush=True)
    _write(kept(csv), asked.out, f"--users {asked.users} --pictures {asked.pictures}")


def _library(name: str, folder: Path, pictures: int, users: int, seed: int) -> Library:
    if name == PEOPLE:
        return other_people(Library.open(assets() / "demo"), folder, users, seed)
    return invent(next(w for w in WORLDS if w.name == name), folder, pictures, users, seed)


def _measured(library: Library, instance: str, name: str, seed: int) -> list[Found]:
    run, _ = trained(library, instance)
    cuts = (0, *CUTS) if name == PEOPLE else CUTS
    found = measure(library, run, name, seed, cuts, MEASURED)
    if instance == "umair":
        return found
    return [f.of(instance) for f in found if f.estimate == "alpha"]


def _write(found: list[Found], out: Path, sizes: str) -> None:
    machine = f"{platform.machine()}, torch {torch.__version__}, {torch.get_num_threads()} threads"
    page = [
        "# Planted taste found again, world by world",
        "",
        f"Synthetic people. `python -m umair.experiments.recovery {sizes}`; {machine}. {MEASURED} people a world. "
        "rho: Spearman over people of estimate and planted weight. Bookmarks: the first so many of each person.",
        "",
        "![Recovery against bookmarks](recovery.svg)",
        "",
        as_markdown(found),
        "",
    ]
    write_text(out / "recovery_worlds.md", "\n".join(page))
    write_text(out / "recovery.svg", plot(found))


if __name__ == "__main__":
    main()
