"""One measurement of ours for ranker_speed.py: FOLDER MODEL ROWS BATCH THREADS PRECISION -> one line of JSON."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from umair.features.columns import Columns
from umair.features.inputs import Block
from umair.features.schema import Schema
from umair.library.runs import RunFolder
from umair.models.registry import ModelChoices, build
from umair.training.fit import Recipe, Stage, fit, predict
from umair.training.metrics import auc
from umair.training.rows import Rows, as_batch

ANSWERS, CANDIDATES, GROUP = 30, 1000, 4
FIRST_SPREAD = 1e-4


@dataclass(frozen=True)
class Fields:
    """What Inputs.assemble is for a schema of fields alone whose unknown slots are none."""

    schema: Schema

    def assemble(self, columns: Mapping[str, np.ndarray]) -> Block:
        facts = np.zeros((len(columns["label"]), 1), np.float32)
        return Block(columns["user_fields"], columns["item_fields"], {}, {}, facts, columns["label"])


def peak_mb() -> float:
    """The most memory that was resident so far; getrusage would count the parent's before the start too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    folder, model_name, rows, batch, threads = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6])
    precision = sys.argv[6]
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    fields = Fields(Schema.from_json(json.loads((folder / "schema.json").read_text())))
    train, test = (Rows(Columns(folder / part, GROUP), fields) for part in (f"train_{rows}", "test"))  # type: ignore[arg-type]
    nothing = Rows(Columns(folder / "nothing", GROUP), fields)  # type: ignore[arg-type]
    model = build(model_name, fields.schema, ModelChoices(dropout=0.0))
    with torch.no_grad():  # both begin where FuxiCTR does: with small embeddings
        for table in model.embeddings.tables.values():
            table.weight.normal_(std=FIRST_SPREAD)
    into = Path(tempfile.mkdtemp())
    recipe = Recipe(learning_rate=1e-3, batch_rows=batch, one_cycle=False, precision=precision)
    wall, cpu = time.perf_counter(), time.process_time()
    fit(model, train, nothing, (Stage("all", 1),), recipe, RunFolder(into, "ranker", {}))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = peak_mb()
    shutil.rmtree(into)
    logit, columns = predict(model, test)
    reached = auc(columns["label"], logit)
    found = test.columns.block(0, CANDIDATES)
    found["user_fields"][:] = found["user_fields"][:1]
    asked, spent = as_batch(fields.assemble(found)), []
    with torch.inference_mode():
        for _ in range(ANSWERS):
            began = time.perf_counter()
            model(asked)
            spent.append((time.perf_counter() - began) * 1e3)
    told = {
        "rows_per_second": len(train) / wall,
        "rows_per_cpu_second": len(train) / cpu,
        "auc": reached,
        "peak_mb": peak,
        "answer_ms": statistics.median(spent),
        "parameters": sum(p.numel() for p in model.parameters()),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
