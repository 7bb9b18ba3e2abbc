"""The model card of a style run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from umair.encoders.model_card import Learnt, learnt_from, write_card
from umair.encoders.style.axes import load_directions
from umair.encoders.style.options import StyleTrainingOptions
from umair.library.store import Library

ABOUT = (
    "How a picture is painted, as a row of numbers compared by cosine with CSLS (arXiv:1710.04087): 2,173 measured "
    "statistics, of which LDA, half-whitened components and small networks make a row"
)
FIGURES = (("r1", "R@1"), ("r5", "R@5"), ("map", "mAP"), ("auc", "pair AUC"))


def write_style_card(
    folder: Path, library: Library, options: StyleTrainingOptions, metrics: Mapping[str, object]
) -> None:
    """From what the run was told and what it has measured."""
    learnt = [row for name in options.pictures for row in learnt_from(Path(name))]
    if options.library_hands:
        own = "our own drawings (the demo), Apache 2.0" if library.info.synthetic else "its owner's"
        learnt.insert(0, Learnt(f"library “{library.info.name}”", 0, len(library.illustrations()), own))
    if options.painters:
        count = options.painters * options.painter_pictures
        learnt.append(Learnt("made painters (painters.py)", options.painters, count, "our own drawings, Apache 2.0"))
    if options.filters:
        count = options.filters * options.filter_pictures
        learnt.append(Learnt("filter hands over the pictures above", options.filters, count, "as above"))
    network = ", and beside it a network of 0.6 M parameters that looks at squares of the picture itself"
    about = ABOUT + (network if options.network_steps else "") + "."
    write_card(folder, "Style encoder", about, learnt, asdict(options), _measured(folder, metrics), _limits(metrics))


def _measured(folder: Path, metrics: Mapping[str, object]) -> list[tuple[str, str]]:
    """Figures on hands never trained, by cosine and CSLS; then what the named axes earned."""
    trials = sorted({name.removesuffix("_r1_csls") for name in metrics if name.endswith("_r1_csls")})
    rows = []
    for trial in trials:
        for key, name in FIGURES:
            cosine, scaled = (metrics.get(f"{trial}_{key}_{kind}") for kind in ("cosine", "csls"))
            rows.append((f"{trial}, hands never trained: {name} by cosine / CSLS", f"{cosine} / {scaled}"))
    directions, leading = load_directions(folder)
    rows += [(f"axis “{d.name}”, correlation on hands left out", f"{d.correlation}") for d in directions]
    rows += [
        (f"principal axis {n}: {a.share:.1%} of the variance, follows {a.measure}", f"{a.correlation}")
        for n, a in enumerate(leading, 1)
    ]
    return rows


def _limits(metrics: Mapping[str, object]) -> list[str]:
    unseen = metrics.get("unseen_hands")
    names = ", ".join(str(name) for name in unseen) if isinstance(unseen, list) else ""
    return [
        f"Never trained, so that the figures are honest: {names}.",
        "Small even icons of one colour, and one artist's several sets, are hardly told apart.",
        "A chance is told for libraries in which about one pair in ten is by one hand; with many hands it is too high.",
        "Photographs and 3-D renders were never shown to it.",
    ]
