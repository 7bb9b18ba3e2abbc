"""The model card of a run of the image encoder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from umair.encoders.model_card import Learnt, learnt_from, write_card
from umair.library.store import Library

if TYPE_CHECKING:
    from umair.encoders.pretext import PretextOptions

FIGURES = {
    "validation_map": "mAP over labels, pictures kept out",
    "validation_loss": "loss, pictures kept out",
    "validation_pictures": "pictures kept out",
    "train_pictures": "pictures of the library trained on",
    "labels": "labels on enough training pictures",
    "companions": "companions, whose classes are thrown away",
    "calibration_slope": "calibration of label chances: slope",
    "calibration_offset": "calibration of label chances: offset",
}


def write_image_card(folder: Path, library: Library, options: PretextOptions, metrics: Mapping[str, object]) -> None:
    """From what the run was told and what it has measured."""
    own = "our own drawings (the demo), Apache 2.0" if library.info.synthetic else "its owner's"
    learnt = [Learnt(f"library “{library.info.name}”", 0, len(library.illustrations()), own)]
    learnt += [row for name in options.companions for row in learnt_from(Path(name))]
    begins = "the weights of its hub" if options.pretrained else "nothing"
    about = (
        f"What a picture shows (`semantic`, eq. 3) and the paper's form of how it is painted (`style_paper`, eq. 4). "
        f"{options.backbone} from {begins}, letterboxed on white to {options.size} px; pretext task: the artists' "
        "labels (2.2), spellings of one thing in three languages as one, techniques left out."
    )
    measured = [(told, _short(metrics[name])) for name, told in FIGURES.items() if name in metrics]
    limits = [
        "Artists leave labels out and mistake some, so an mAP of 1 is out of reach.",
        "Its labels are those of its library; for other pictures train it on theirs, or choose a model of a hub.",
        "A chance that a label is right is a chance that its artist would have written it.",
    ]
    write_card(folder, "Image encoder", about, learnt, asdict(options), measured, limits)


def _short(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
