"""How good the labels are that the image encoder names, on pictures kept out of its training.

`python -m umair.experiments.label_quality [--library DIR] [--drawings DATA] [--model NAME]`: average precision by the
label's frequency, mAP with an interval, and whether the chances hold; the same for a tagger of a hub where it can be
reached; on drawings, a linear probe of the vectors. Prints Markdown.
"""

from __future__ import annotations

import argparse
import threading
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from huggingface_hub import try_to_load_from_cache

from umair.encoders.image import HUB_PREFIXES, ImageEncoder
from umair.encoders.label_calibration import expected_calibration_error, sigmoid
from umair.encoders.labelled_pictures import GLOSSARY, is_kept_out, read_spellings
from umair.errors import EncoderError, UmairError
from umair.experiments.label_measures import average_precisions, bands, cross_fitted, macro, micro
from umair.experiments.label_probe import base_rates, probe, read_drawings, spaces
from umair.library.images import load_picture
from umair.library.store import Library
from umair.settings import demo_library

TAGGER = "hf-hub:SmilingWolf/wd-vit-tagger-v3"
PATIENCE_S = 3.0
ENDS = 8  # labels told as best and as worst
LEAST_SEEN = 3  # kept-out pictures of a label that may be called best or worst


@dataclass(frozen=True)
class KeptOut:
    """logits and targets (N, V) of the pictures kept out, for `labels` (V); counts (V,): carried in training."""

    logits: np.ndarray
    targets: np.ndarray
    labels: tuple[str, ...]
    counts: np.ndarray


def kept_out(library: Library, encoder: ImageEncoder) -> KeptOut:
    """What the encoder says of the labelled pictures that training leaves out; labels that none of them can carry go.

    EncoderError if there are no such pictures, or no label that library and encoder share.
    """
    frame = library.illustrations().select("item_id", "sha256", "labels")
    spelled = read_spellings(library.path / GLOSSARY)
    own = {i: {spelled.get(label, label) for label in labels} - {None} for i, _, labels in frame.iter_rows()}
    out = [i for i, sha, labels in frame.iter_rows() if labels and is_kept_out(sha)]
    counted = Counter(label for i, labels in own.items() if i not in set(out) for label in labels)
    known = [v for v, label in enumerate(encoder.labels) if counted[label]]
    if not out or not known:
        raise EncoderError(f"“{library.info.name}” keeps out no picture with a label that this encoder names.")
    labels = tuple(encoder.labels[v] for v in known)
    logits = encoder.scores([load_picture(library.image_path(item)) for item in out])[:, known]
    targets = np.array([[label in own[item] for label in labels] for item in out])
    return KeptOut(logits, targets, labels, np.array([counted[label] for label in labels]))


def report(found: KeptOut, encoder: ImageEncoder, title: str) -> str:
    """Markdown of one encoder on one library."""
    each = average_precisions(found.logits, found.targets)
    seen = found.targets.sum(0)
    told = found.targets.any(0)
    fitted = cross_fitted(found.logits, found.targets)
    lines = [
        f"### {title}",
        "",
        f"{len(found.targets)} pictures kept out, {len(found.labels)} labels ({int(told.sum())} of them occur there).",
        "",
        f"- mAP over labels (macro): {macro(found.logits, found.targets).told()}; chance "
        f"{found.targets[:, told].mean():.3f}",
        f"- over all pairs (micro): {micro(found.logits, found.targets).told()}; chance {found.targets.mean():.3f}",
        f"- expected calibration error: {expected_calibration_error(sigmoid(found.logits), found.targets):.3f} as "
        f"trained, {expected_calibration_error(fitted, found.targets):.3f} with a Platt map (five folds of pictures)"
        + ("; the encoder has one" if encoder.is_calibrated else ""),
        f"- told at 50 % or more, by the same folds: {int((fitted >= 0.5).sum())} pairs, "
        + (f"{found.targets[fitted >= 0.5].mean():.0%} written by the artist" if (fitted >= 0.5).any() else "none"),
        "",
        "| training pictures with the label | labels | mean AP | chance |",
        "|---|---:|---:|---:|",
        *(
            f"| {b.name} | {b.labels} | {b.mean_ap:.3f} | {b.chance:.3f} |"
            for b in bands(each, found.targets, found.counts)
        ),
        "",
    ]
    order = [v for v in np.argsort(-np.nan_to_num(each, nan=-1)) if seen[v] >= LEAST_SEEN]
    for name, chosen in (("Best", order[:ENDS]), ("Worst", order[::-1][:ENDS])):
        lines.append(f"{name}: " + ", ".join(f"{found.labels[v]} {each[v]:.2f} ({seen[v]})" for v in chosen) + ".")
    return "\n".join(lines)


def drawings_report(data: Path, encoder: ImageEncoder, name: str) -> str:
    """Markdown of the probe on drawings by real hands."""
    found = read_drawings(data, encoder)
    chance = base_rates(found.targets, found.hands)
    each = {space: probe(v, found.targets, found.hands) for space, v in spaces(found, encoder, name).items()}
    told = ~np.isnan(np.array([chance, *each.values()])).any(0)
    first = next(iter(each))
    best = [v for v in np.argsort(-np.nan_to_num(each[first] - chance, nan=-1)) if told[v]]
    lines = [
        "### A linear probe on drawings, hands never in train and test",
        "",
        f"{len(found.targets)} drawings by {len(set(found.hands))} hands, {int(told.sum())} labels.",
        "",
        "| vector | mean AP | labels better than chance |",
        "|---|---:|---:|",
        *(f"| {s} | {a[told].mean():.3f} | {int((a[told] > chance[told]).sum())} |" for s, a in each.items()),
        f"| chance (random scores) | {chance[told].mean():.3f} | |",
        "",
        f"{first} the most above chance (AP / chance): "
        + ", ".join(f"{found.labels[v]} {each[first][v]:.2f} / {chance[v]:.2f}" for v in best[:ENDS])
        + ".",
    ]
    return "\n".join(lines)


def reachable(name: str) -> bool:
    """Whether a hub's weights are here or can be fetched; asks for three seconds at most."""
    if not name.startswith("hf-hub:"):
        return True
    if isinstance(try_to_load_from_cache(name.removeprefix("hf-hub:"), "config.json"), str):
        return True
    answered = threading.Event()

    def ask() -> None:
        try:
            with urllib.request.urlopen("https://huggingface.co/robots.txt", timeout=PATIENCE_S):
                answered.set()
        except OSError:
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(PATIENCE_S)
    return answered.is_set()


def library_report(library: Library, name: str) -> str:
    """Markdown of one encoder by name; one line where it cannot be measured."""
    title = f"{name} on “{library.info.name}”{' (synthetic)' if library.info.synthetic else ''}"
    if not reachable(name):
        return f"### {title}\n\nnot measured: offline"
    try:
        encoder = ImageEncoder.load(name)
        return report(kept_out(library, encoder), encoder, title)
    except UmairError as error:
        return f"### {title}\n\nnot measured: {error}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="a library with labels (default: the demo)")
    parser.add_argument("--drawings", type=Path, help="folder of the development data, for the probe")
    parser.add_argument("--model", default="shipped", help="shipped, a run's folder, or a name on a hub")
    asked = parser.parse_args()
    library = Library.open(asked.library or demo_library())
    names = [asked.model] if asked.model.startswith(HUB_PREFIXES) else [asked.model, TAGGER]
    for name in names:
        print(library_report(library, name), end="\n\n", flush=True)
    if asked.drawings:
        print(drawings_report(asked.drawings, ImageEncoder.load(asked.model), asked.model))


if __name__ == "__main__":
    main()
