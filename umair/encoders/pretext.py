"""Pretext training of the image encoder: several labels at once, as the artists gave them (paper 2.2).

A run of kind “image”: its folder holds the model as it stands after every epoch and loads like the shipped one; a run
that was stopped or killed goes on from its last whole epoch, to the same numbers as one that was not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor

from umair.encoders.augment import augmented
from umair.encoders.averaged import Averaged
from umair.encoders.backbone import Backbone, build_backbone
from umair.encoders.companions import WithCompanions, read_companions
from umair.encoders.image_card import write_image_card
from umair.encoders.image_model import ImageModel, load_image_model, save_image_model
from umair.encoders.label_calibration import fit_calibration, save_calibration
from umair.encoders.labelled_pictures import KEPT_OUT, LabelledPictures, read_labelled
from umair.encoders.multi_label import LOSSES, mean_average_precision
from umair.encoders.preprocess import Preprocess
from umair.errors import TrainingError
from umair.library.atomic import replacing
from umair.library.runs import RunFolder
from umair.library.store import Library

CHECKPOINT = "checkpoint.pt"
WARM_UP = 0.05  # of all steps
NOTE_EVERY = 10  # steps


@dataclass(frozen=True)
class PretextOptions:
    """What is trained and how. A label takes part if at least `min_count` training pictures carry it."""

    backbone: str = "torchvision:resnet18"
    pretrained: bool = False  # begin with the weights of the backbone's hub
    size: int = 128  # pixels of a side, in use
    growth: tuple[float, ...] = (0.5, 0.75, 1.0)  # of the side in training, each for an equal share of the epochs
    epochs: int = 24
    batch: int = 32
    learning_rate: float = 2e-3
    weight_decay: float = 0.02
    average: float = 0.99  # of the weights over the steps (encoders/averaged.py); 0 keeps those of the last step
    min_count: int = 8
    validation_share: float = KEPT_OUT
    loss: str = "asymmetric"  # or bce
    companions: tuple[str, ...] = ()  # Parquet tables of things drawn by many hands: image, content
    companion_batch: int = 32
    companion_weight: float = 1.0  # of their loss beside that of the labels
    start_from: str = ""  # the folder of another run whose weights it begins with; the label head begins anew
    device: str = "auto"
    precision: str = "32-true"  # or bf16-mixed
    seed: int = 1


def train_image(library: Library, run: RunFolder, options: PretextOptions) -> bool:
    """Train and write; False if a stop was asked for (call again to go on).

    Raises TrainingError for unknown choices or if no label is frequent enough, EncoderError for an unknown backbone.
    """
    if options.loss not in LOSSES or options.epochs < 1 or not options.growth:
        raise TrainingError(
            f"loss {options.loss!r} must be one of {', '.join(LOSSES)}, epochs from 1, growth not empty."
        )
    return _Pretext(library, run, options).train()


class _Pretext:
    """One training at work."""

    def __init__(self, library: Library, run: RunFolder, options: PretextOptions) -> None:
        self.library, self.run, self.options = library, run, options
        torch.manual_seed(options.seed)
        backbone = build_backbone(options.backbone, options.pretrained)
        if options.start_from:
            _take_over(backbone, options)
        own = backbone.preprocess
        self.preprocess = Preprocess(size=options.size, mean=own.mean, std=own.std, channels=own.channels)
        self.pictures: LabelledPictures = read_labelled(
            library, self.preprocess, options.min_count, options.validation_share
        )
        self.model = ImageModel(options.backbone, backbone, self.pictures.labels, self.preprocess)
        self.model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.companions = read_companions([Path(name) for name in options.companions], self.preprocess)
        self.trained: torch.nn.Module = self.model
        if self.companions is not None:
            self.trained = WithCompanions(self.model, len(self.companions.names))
        plain = torch.optim.AdamW(self.trained.parameters(), options.learning_rate, weight_decay=options.weight_decay)
        self.averaged = Averaged(self.model, options.average)
        self.epoch = _restore(run.path / CHECKPOINT, self.trained, plain, self.averaged)
        self.fabric = Fabric(accelerator=options.device, devices=1, precision=options.precision)  # type: ignore[arg-type]
        self.network, self.optimiser = self.fabric.setup(self.trained, plain)
        self.judged = self.fabric.setup_module(self.averaged.model)
        self.rows = np.flatnonzero(self.pictures.train)
        self.steps = -(-len(self.rows) // options.batch)

    def train(self) -> bool:
        options = self.options
        while self.epoch < options.epochs:
            loss = self._one_epoch()
            if loss is None:
                return False
            self.epoch += 1
            self._note(self.epoch * self.steps, train_loss=loss, **self._validated())
            _keep(self.run.path / CHECKPOINT, self.trained, self.optimiser, self.averaged, self.epoch)
            save_image_model(self.run.path, self.averaged.model)
        metrics: dict[str, object] = {
            **self._validated(),
            **self._calibrated(),
            "labels": len(self.pictures.labels),
            "companions": len(self.companions.classes) if self.companions else 0,
            "train_pictures": len(self.rows),
            "validation_pictures": int((~self.pictures.train).sum()),
            "fingerprint": load_image_model(self.run.path).fingerprint,
        }
        self.run.write_metrics(metrics)
        write_image_card(self.run.path, self.library, self.options, metrics)
        (self.run.path / CHECKPOINT).unlink(missing_ok=True)
        return True

    def _one_epoch(self) -> float | None:
        """Mean loss of one epoch, or None if a stop was asked for."""
        order = np.random.default_rng((self.options.seed, self.epoch)).permutation(self.rows)
        self.network.train()
        total = 0.0
        for step in range(self.steps):
            chosen = order[step * self.options.batch : (step + 1) * self.options.batch]
            loss = self._one_step(chosen, step)
            total += loss * len(chosen)
            if self.run.stop_requested():
                return None
            if (step + 1) % NOTE_EVERY == 0 and step + 1 < self.steps:
                self._note(self.epoch * self.steps + step + 1, loss=loss)
        return total / len(self.rows)

    def _one_step(self, chosen: np.ndarray, step: int) -> float:
        options, of = self.options, self.options.epochs * self.steps
        for group in self.optimiser.param_groups:
            group["lr"] = options.learning_rate * _schedule((self.epoch * self.steps + step) / of)
        share = options.growth[self.epoch * len(options.growth) // options.epochs]
        side = max(8, round(options.size * share))
        chance = np.random.default_rng((options.seed, self.epoch, step))
        torch.manual_seed(options.seed + self.epoch * self.steps + step)
        loss = self._loss(chosen, side, chance)
        self.optimiser.zero_grad()
        self.fabric.backward(loss)
        self.optimiser.step()
        self.averaged.update(self.model)
        return float(loss.detach())

    def _loss(self, chosen: np.ndarray, side: int, chance: np.random.Generator) -> Tensor:
        """Of the labels; with companions also the cross-entropy of their classes, over the number of labels.

        The labels' loss is a mean over labels, so both then weigh as the sum over one picture.
        """
        pixels = self._pixels(np.stack([augmented(self.pictures.squares[r], side, chance) for r in chosen]))
        targets = self.fabric.to_device(torch.from_numpy(self.pictures.targets[chosen]))
        own = LOSSES[self.options.loss]
        if self.companions is None:
            return own(self.network(pixels), targets)
        rows = self.companions.batch(self.options.companion_batch, chance)
        beside = self._pixels(np.stack([augmented(self.companions.squares[r], side, chance) for r in rows]))
        classes = self.fabric.to_device(torch.from_numpy(self.companions.classes[rows]))
        logits, class_logits = self.network(pixels, beside)
        beside_loss = torch.nn.functional.cross_entropy(class_logits.float(), classes)
        return own(logits, targets) + self.options.companion_weight * beside_loss / len(self.pictures.labels)

    def _validated(self) -> dict[str, float]:
        """Loss and mAP on the pictures kept out; NaN-free: empty if there are none."""
        logits, truth = self._kept_out()
        if not len(truth):
            return {}
        loss = LOSSES[self.options.loss](torch.from_numpy(logits), torch.from_numpy(truth))
        return {"validation_loss": float(loss), "validation_map": mean_average_precision(logits, truth)}

    def _calibrated(self) -> dict[str, float]:
        """Fit on the pictures kept out what turns scores into probabilities, beside the weights; empty without any."""
        logits, truth = self._kept_out()
        found = fit_calibration(logits, truth)
        if found is None:
            return {}
        save_calibration(self.run.path, found)
        return {"calibration_slope": found.slope, "calibration_offset": found.offset}

    def _kept_out(self) -> tuple[np.ndarray, np.ndarray]:
        """Logits and targets (N, V) of the pictures that are kept out, by the weights that are kept."""
        rows = np.flatnonzero(~self.pictures.train)
        truth = self.pictures.targets[rows]
        if not len(rows):
            return np.zeros_like(truth), truth
        self.judged.eval()
        with torch.inference_mode():
            parts = np.array_split(rows, -(-len(rows) // self.options.batch))
            logits = torch.cat([self.judged(self._pixels(self.pictures.squares[p])).float().cpu() for p in parts])
        return logits.numpy(), truth

    def _pixels(self, squares: np.ndarray) -> Tensor:
        pixels = torch.from_numpy(self.preprocess.normalise(squares)).to(memory_format=torch.channels_last)
        return self.fabric.to_device(pixels)

    def _note(self, step: int, **numbers: float) -> None:
        self.run.progress(step=step, of=self.options.epochs * self.steps, unit="steps", epoch=self.epoch, **numbers)


def _take_over(backbone: Backbone, options: PretextOptions) -> None:
    """The weights of another run; EncoderError if there is no such run, TrainingError if it is another network."""
    other = load_image_model(Path(options.start_from))
    if other.name != options.backbone:
        raise TrainingError(
            f"{options.start_from} is a {other.name}, but {options.backbone} is to be trained. Choose one of them."
        )
    backbone.load_state_dict(other.backbone.state_dict())


def _schedule(done: float) -> float:
    """Share of the learning rate: a linear start, then a half cosine to nothing; done is 0..1."""
    return min(1.0, (done + 1e-3) / WARM_UP) * (0.5 + 0.5 * float(np.cos(np.pi * done)))


def _keep(file: Path, model: torch.nn.Module, optimiser: torch.optim.Optimizer, averaged: Averaged, epoch: int) -> None:
    kept = {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "averaged": averaged.state(),
        "steps": averaged.steps,
        "epoch": epoch,
    }
    with replacing(file) as aside:
        torch.save(kept, aside)


def _restore(file: Path, model: torch.nn.Module, optimiser: torch.optim.Optimizer, averaged: Averaged) -> int:
    """Whole epochs that are done."""
    if not file.exists():
        return 0
    kept = torch.load(file, weights_only=True, map_location="cpu")
    model.load_state_dict(kept["model"])
    optimiser.load_state_dict(kept["optimiser"])
    averaged.restore(kept["averaged"], kept["steps"])
    return int(kept["epoch"])
