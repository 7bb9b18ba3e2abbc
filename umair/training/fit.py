"""One training loop for every ranker: stages, blocks of rows, checkpoints, validation after each pass."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from umair.errors import TrainingError
from umair.library.runs import RunFolder
from umair.models.batch import Batch
from umair.training import checkpoint
from umair.training.checkpoint import Best, Position
from umair.training.metrics import auc, bce
from umair.training.optimizers import DenseGradients, LazyAdam, tables_and_rest
from umair.training.rows import Rows

CHECKPOINT_S = 15.0
PROGRESS_S = 1.0
EVALUATION_ROWS = 1024  # what a batch makes on its way then stays in the processor's cache


@dataclass(frozen=True)
class Stage:
    """Passes over the rows in which some parameters move: those named with a `prefix`, or all the others.

    rate: its share of the recipe's rate.
    """

    name: str
    passes: int
    prefix: str | tuple[str, ...] = ""
    others: bool = False
    rate: float = 1.0

    def moves(self, parameter: str) -> bool:
        return parameter.startswith(self.prefix) != self.others


@dataclass(frozen=True)
class Recipe:
    """How to step. one_cycle: a warm-up of 15 % and a cosine down in each stage; else the rate is constant.

    decay: weight decay, decoupled; table_decay: the same for rows of tables. lazy: touched rows of tables only.
    keep_best: end every stage with the weights of the pass whose validation AUC was highest so far, not the last ones.
    """

    learning_rate: float
    batch_rows: int
    one_cycle: bool
    decay: float = 0.0
    table_decay: float = 0.0
    lazy: bool = True
    device: str = "cpu"
    precision: str = "32-true"
    seed: int = 0
    keep_best: bool = False


def fit(
    model: nn.Module,
    train: Rows,
    validation: Rows,
    stages: tuple[Stage, ...],
    recipe: Recipe,
    run: RunFolder,
) -> bool:
    """Train `model` in place; True when done, False when a stop was asked for (a checkpoint is kept).

    With a checkpoint in the run's folder it goes on from there, to the same numbers as without the break.
    """
    fabric = Fabric(accelerator=recipe.device, devices=1, precision=recipe.precision)  # type: ignore[arg-type]
    begin = checkpoint.position(run.path) or Position()
    best = Best()
    if begin.step:
        checkpoint.load_model(run.path, model)
        best = checkpoint.load_best(run.path)
    steps = train.steps(recipe.batch_rows)
    total = steps * sum(s.passes for s in stages)
    watch = _Watch(run, total * recipe.batch_rows)
    wrapped = fabric.setup_module(_Loss(model))
    done = sum(s.passes for s in stages[: begin.stage]) * steps
    for number, stage in enumerate(stages[begin.stage :], begin.stage):
        optimizers = _optimizers(fabric, model, stage, recipe)
        resumed = begin.stage == number and begin.step > done
        if resumed:
            checkpoint.load_optimizers(run.path, optimizers)
        for pass_ in range(begin.pass_ if resumed else 0, stage.passes):
            at = begin.block if resumed and pass_ == begin.pass_ else 0
            wrapped.train()
            order = recipe.seed * 1_000 + number * 100 + pass_
            for block, batch in enumerate(train.shuffled(recipe.batch_rows, order, at), at):
                step = done + pass_ * steps + block
                _rate(optimizers, recipe, stage, (step - done) / max(stage.passes * steps, 1))
                _seed(recipe.seed * 1_000_003 + step, fabric.device)  # so that a resumed step drops the same units
                loss = _step(fabric, wrapped, optimizers, batch.to(fabric.device))
                following = Position(number, pass_, block + 1, step + 1)
                watch.tell(step + 1, recipe.batch_rows, loss, stage.name)
                if watch.checkpoint_due() or run.stop_requested():
                    checkpoint.save(run.path, following, model, optimizers, best)
                if run.stop_requested():
                    return False
            rows_done = (done + (pass_ + 1) * steps) * recipe.batch_rows
            reached = watch.validated(model, validation, rows_done, stage.name, fabric)
            if recipe.keep_best:
                best.offer(reached, model)
        done += stage.passes * steps
        best.restore(model)
    for p in model.parameters():
        p.requires_grad_(True)
    model.eval()
    return True


@torch.no_grad()
def predict(
    model: nn.Module, rows: Rows, device: torch.device | None = None
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """logit (R) of every row in order of the columns, with the columns user, item, label."""
    model.eval()
    logits: list[np.ndarray] = []
    kept: dict[str, list[np.ndarray]] = {"user": [], "item": [], "label": []}
    for batch, columns in rows.in_order(EVALUATION_ROWS):
        moved = batch if device is None else batch.to(device)
        logits.append(model(moved).logit.float().cpu().numpy())
        for name, values in kept.items():
            values.append(columns[name])
    return np.concatenate(logits), {name: np.concatenate(values) for name, values in kept.items()}


class _Loss(nn.Module):
    """Binary cross-entropy of a batch given as a plain dict: Fabric looks into containers, but not into frozen ones."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, parts: dict) -> Tensor:
        batch = Batch(**parts)
        return binary_cross_entropy_with_logits(self.model(batch).logit.float(), batch.label)


class _Watch:
    """Tells the run's folder how it goes, seldom enough to cost nothing."""

    def __init__(self, run: RunFolder, rows: int) -> None:
        self._run, self._rows = run, rows
        self._told = self._kept = time.monotonic()
        self._loss = float("nan")

    def tell(self, step: int, batch_rows: int, loss: Callable[[], float], stage: str) -> None:
        now = time.monotonic()
        if now - self._told < PROGRESS_S and step > 1:
            return
        self._told = now
        value = loss()
        if not math.isfinite(value):
            raise TrainingError(
                f"The loss is no longer a number at step {step}. Use a smaller learning rate, or check the vectors."
            )
        self._loss = value
        self._run.progress(step=min(step * batch_rows, self._rows), of=self._rows, unit="rows", loss=value, stage=stage)

    def validated(self, model: nn.Module, rows: Rows, rows_done: int, stage: str, fabric: Fabric) -> float:
        """Tell AUC and BCE of these rows; the AUC, NaN where there are no rows."""
        if not len(rows):
            return math.nan
        logit, columns = predict(model, rows, fabric.device)
        reached = auc(columns["label"], logit)
        self._run.progress(
            step=min(rows_done, self._rows),
            of=self._rows,
            unit="rows",
            stage=stage,
            validation_auc=reached,
            validation_bce=bce(columns["label"], 1 / (1 + np.exp(-logit.astype(np.float64)))),
        )
        return reached

    def checkpoint_due(self) -> bool:
        now = time.monotonic()
        if now - self._kept < CHECKPOINT_S:
            return False
        self._kept = now
        return True


def _seed(seed: int, device: torch.device) -> None:
    """What `torch.manual_seed` does, without its look at every kind of device there might be: 0.7 ms a step."""
    torch.default_generator.manual_seed(seed)
    if device.type == "cuda":
        torch.cuda.manual_seed(seed)


def _step(fabric: Fabric, model: nn.Module, optimizers: list, batch: Batch) -> Callable[[], float]:
    for optimizer in optimizers:
        optimizer.zero_grad()
    loss = model(dict(vars(batch)))
    fabric.backward(loss)
    for optimizer in optimizers:
        optimizer.step()
    return loss.item


def _optimizers(fabric: Fabric, model: nn.Module, stage: Stage, recipe: Recipe) -> list[torch.optim.Optimizer]:
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(stage.moves(name))
    tables, rest = tables_and_rest(model)
    made: list[torch.optim.Optimizer] = []
    if rest:
        made.append(torch.optim.AdamW(rest, lr=recipe.learning_rate, weight_decay=recipe.decay, fused=True))
    if tables and recipe.lazy:
        made.append(LazyAdam(tables, lr=recipe.learning_rate, weight_decay=recipe.table_decay))
    elif tables:
        made.append(DenseGradients(tables, lr=recipe.learning_rate, weight_decay=recipe.table_decay))
    return [fabric.setup_optimizers(o) for o in made]


def _rate(optimizers: list[torch.optim.Optimizer], recipe: Recipe, stage: Stage, share: float) -> None:
    """The rate after a share (0..1) of the stage's steps."""
    rate = recipe.learning_rate * stage.rate * (one_cycle(share) if recipe.one_cycle else 1.0)
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = rate


def one_cycle(share: float, warm_up: float = 0.15) -> float:
    """Factor of the peak rate after a share (0..1) of all steps: cosine from 1/25 up, then down to nothing."""
    if share < warm_up:
        return 1 / 25 + (1 - 1 / 25) * (1 - math.cos(math.pi * share / warm_up)) / 2
    return max((1 + math.cos(math.pi * (share - warm_up) / (1 - warm_up))) / 2, 1e-4)
