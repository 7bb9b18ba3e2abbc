"""The style evaluation as one command; `--help` says what it may be asked."""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import torch

from umair.experiments.style_retrieval.evaluation import Asked, Evaluation
from umair.experiments.style_retrieval.refits import FitOptions
from umair.experiments.style_retrieval.tables import summary_table
from umair.library.atomic import write_text
from umair.settings import demo_library, home

READING = """
- *Likeness*: the cosine of two vectors, or CSLS: twice the cosine less each picture's mean cosine to its 80 nearest
  (in a gallery of fewer than 800 pictures, to a tenth of them).
- *mAP*: mean over queries of the precision at each right answer. *Pair AUC*: the chance that a pair of one hand is
  likelier than a pair of two, over all pairs under one threshold.
- A bracket is the 95 % bootstrap over hands, paired for ratios: with few hands it is wide, and that is the truth.
- *Learnt* is the encoder as it is used. *Refitted* is its head fitted anew, by the same choices, from sources without
  the hands that the set tests, wherever the encoder itself has seen some of them; its network, which cannot be
  fitted here in minutes, then stands beside the head only in the folds of drawings, which it has never seen.
- *Stack, no learning*: the measured statistics, standardised over the gallery, every family of equal weight."""
QUICK = FitOptions(steps=200, networks=1, painters=40, painter_pictures=6, filters=40, filter_pictures=8)


def main(arguments: list[str] | None = None) -> None:
    """Print each section when it is ready; `--out` writes them all at the end."""
    own = _parser().parse_args(arguments)
    evaluation = Evaluation(_asked(own), lambda text: print(f"  {text}", file=sys.stderr, flush=True))
    sections = evaluation.sections()
    names = own.sets if own.sets is not None else list(sections)
    if unknown := set(names) - set(sections):
        raise SystemExit(
            f"No set {', '.join(sorted(unknown))} here: choose {', '.join(sections)} (--data offers more)."
        )
    chosen = [sections[name] for name in names]
    if own.ablation:
        if own.data is None:
            raise SystemExit("--ablation needs --data: what is left out is judged on the drawings and the emoji.")
        chosen.append(evaluation.ablation)
    began = time.monotonic()
    told = [_title(evaluation, own)]
    print(told[0], end="\n\n", flush=True)
    for section in chosen:
        for text in section():
            told.append(text)
            print(text, end="\n\n", flush=True)
    last = [f"## Summary\n\n{summary_table(evaluation.summary)}"] if evaluation.summary else []
    took = f"Took {(time.monotonic() - began) / 60:.1f} minutes."
    print(*last, took, sep="\n\n")
    told = [told[0], *last, *told[1:], took]
    if own.out:
        write_text(own.out, "\n\n".join(told) + "\n")


def _title(evaluation: Evaluation, own: argparse.Namespace) -> str:
    asked = shlex.join(sys.argv[1:])
    pictures = ", ".join(p.name for p in own.pictures) or "those of the data"
    lines = [
        "# Style: does it find the same hand?",
        f"Printed by `python -m umair.experiments.style_retrieval {asked}`".rstrip(" `") + "`",
        f"on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, torch {torch.__version__}.",
        f"Weights {evaluation.encoder.fingerprint[:12]}. Training tables: {pictures}. {evaluation.hub_note}".strip(),
        READING,
    ]
    return lines[0] + "\n\n" + "\n".join(lines[1:])


def _asked(own: argparse.Namespace) -> Asked:
    fit = QUICK if own.quick else FitOptions()
    changed = {name: getattr(own, name) for name in ("steps", "networks") if getattr(own, name) is not None}
    return Asked(
        own.library or demo_library(),
        own.data,
        tuple(own.pictures),
        own.cache or home() / "cache" / "style-evaluation",
        own.weights,
        own.hub,
        FitOptions(**{**vars(fit), **changed}),
        tuple(own.seeds),
        (20, 6) if own.quick else (40, 8),
        200 if own.quick else 1_000,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m umair.experiments.style_retrieval", description=__doc__)
    parser.add_argument("--data", "--drawings", type=Path, help="folder of the development data (drawings, emoji)")
    parser.add_argument("--library", type=Path, help="a library with known hands (default: the demo)")
    parser.add_argument("--sets", nargs="*", help="library emoji drawings avatars folds leaks k (default: all)")
    parser.add_argument("--pictures", nargs="*", type=Path, default=[], help="Parquet tables that refits train on")
    parser.add_argument("--weights", default="shipped", help="“shipped” or the folder of a run of kind style")
    parser.add_argument("--hub", default="torchvision:resnet50", help="also measure this one, if it is here")
    parser.add_argument("--quick", action="store_true", help="few painters, short fits, 200 resamples: a smoke check")
    parser.add_argument("--steps", type=int, help="of a refitted network (default: as the shipped head)")
    parser.add_argument("--networks", type=int, help="of a refitted head (default: as the shipped head)")
    parser.add_argument("--ablation", action="store_true", help="also families, parts and sources left out")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3], help="of the ablation")
    parser.add_argument("--cache", type=Path, help="folder of measured statistics and fitted heads")
    parser.add_argument("--out", type=Path, help="a Markdown file to write")
    return parser


if __name__ == "__main__":
    main()
