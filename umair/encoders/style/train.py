"""Train the style head: LDA, components, small networks over many hands; then the chance of one hand on hands kept out.

A run of kind “style”; its folder afterwards holds the encoder (model.safetensors, config.json), calibration.json,
axes.json and metrics.json, and loads like the shipped one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image

from umair.encoders.style.axes import fit_directions, leading_axes, save_directions
from umair.encoders.style.card import write_style_card
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.fitting import fit_head
from umair.encoders.style.gathering import gather
from umair.encoders.style.hand_pictures import PAINTERS
from umair.encoders.style.head import save_head
from umair.encoders.style.judging import Trial, judge
from umair.encoders.style.options import StyleTrainingOptions
from umair.encoders.style.readable import AXES, measured_rows, quantiles_of, save_quantiles
from umair.errors import ImageError
from umair.library.images import load_picture
from umair.library.runs import RunFolder
from umair.library.store import Library

REFERENCE = 1_000  # pictures at most that the named axes are told against


def train_style(library: Library, run: RunFolder, options: StyleTrainingOptions) -> bool:
    """Train, measure and write; False if a stop was asked for (call again to go on, to the same numbers).

    Raises TrainingError if there are too few hands to learn from or to judge by.
    """
    gathered = gather(library, run, options)
    if gathered is None:
        return False
    train, trials = gathered
    head = fit_head(train, options.networks, options.steps, options.seed, run.path, _noter(run, options))
    if head is None:
        return False
    save_head(run.path, head)
    if options.network_steps and not _train_network(library, run, options, trials):
        return False
    encoder = StyleEncoder.load(run.path)
    calibrated, measured = judge(encoder, trials)
    calibrated.save(run.path)
    reference, hands = _reference(library)
    measured_axes = measured_rows(reference)
    save_quantiles(run.path, quantiles_of(measured_axes))
    shown = encoder.encode(reference)
    directions = fit_directions(shown, measured_axes, hands, tuple(AXES))
    save_directions(run.path, directions, leading_axes(shown, measured_axes, tuple(AXES)))
    metrics = measured | {
        "hands": len({name for source in train for name in source.table.hands}),
        "pictures": sum(len(source.table) for source in train),
        "unseen_hands": [name for trial in trials for name in trial.unseen],
        "fingerprint": encoder.fingerprint,
    }
    run.write_metrics(metrics)
    write_style_card(run.path, library, options, metrics)
    for file in (*run.path.glob("network-*.checkpoint.safetensors"), run.path / PAINTERS):
        file.unlink(missing_ok=True)
    return True


def _train_network(library: Library, run: RunFolder, options: StyleTrainingOptions, trials: list[Trial]) -> bool:
    from umair.encoders.style.convolution_training import NetworkOptions, PictureTable, train_network  # torch: optional

    apart = [hand for trial in trials if trial.name == "library" for hand in trial.unseen]
    own = NetworkOptions(
        steps=options.network_steps,
        seed=options.seed,
        share=options.network_share,
        painters=options.painters + options.painters_held_out,
        painter_pictures=options.painter_pictures,
        painters_without=(options.painters, options.painters + options.painters_held_out),
        filters=options.filters,
        filter_pictures=options.filter_pictures,
        library_without=tuple(apart),
    )

    def note(phase: str, done: int, of: int, loss: float) -> bool:
        run.progress(step=done, of=of, unit="steps" if phase == "network" else "pictures", phase=phase, loss=loss)
        return run.stop_requested()

    tables = [PictureTable(Path(name), 3) for name in options.pictures]
    return train_network(run.path, tables, own, library if options.library_hands else None, note)


def _noter(run: RunFolder, options: StyleTrainingOptions) -> Callable[[int, int, float], bool]:
    def note(number: int, step: int, loss: float) -> bool:
        done, of = number * options.steps + step, options.networks * options.steps
        run.progress(step=done, of=of, unit="steps", phase=f"network {number + 1}", loss=loss)
        return run.stop_requested()

    return note


def _reference(library: Library) -> tuple[list[Image.Image], list[str]]:
    """Up to 1,000 pictures of the library with the hand (or artist) of each."""
    frame = library.illustrations()
    step = max(1, len(frame) // REFERENCE)
    pictures, hands = [], []
    for row in frame[::step].iter_rows(named=True):
        try:
            pictures.append(load_picture(library.image_path(row["item_id"])))
        except (ImageError, OSError):
            continue
        hands.append(row["hand"] or row["artist_id"] or row["item_id"])
    return pictures, hands
