"""One measurement of FuxiCTR for ranker_speed.py, in its own environment: FOLDER MODEL ROWS BATCH THREADS -> JSON.

The models are put together from FuxiCTR's layers as its model zoo has them (DCNv2: parallel, low-rank mixture; DCN).
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from fuxictr.features import FeatureMap
from fuxictr.pytorch.dataloaders.npz_dataloader import NpzDataLoader
from fuxictr.pytorch.layers import CrossNet, CrossNetMix, FeatureEmbedding, MLP_Block
from fuxictr.pytorch.models import BaseModel
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn

ANSWERS, CANDIDATES = 30, 1000
WIDTH, DEEP = 8, [64, 32, 16]


class Crossed(BaseModel):
    """Crosses beside a tower over the same embeddings, one linear layer over both."""

    def __init__(self, features: FeatureMap, name: str, root: str) -> None:
        super().__init__(features, model_id=name, gpu=-1, model_root=root, metrics=["AUC"], verbose=0)
        self.embedding_layer = FeatureEmbedding(features, WIDTH)
        width = features.sum_emb_out_dim()
        self.crossnet = CrossNetMix(width, 2, low_rank=32, num_experts=4) if name == "dcn_v2" else CrossNet(width, 2)
        self.parallel_dnn = MLP_Block(input_dim=width, hidden_units=DEEP, batch_norm=True)
        self.fc = nn.Linear(width + DEEP[-1], 1)
        self.compile("adam", "binary_crossentropy", 1e-3)
        self.reset_parameters()
        self.model_to_device()

    def forward(self, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
        x = self.embedding_layer(self.get_inputs(inputs), flatten_emb=True)
        found = self.fc(torch.cat([self.crossnet(x), self.parallel_dnn(x)], dim=-1))
        return {"y_pred": self.output_activation(found)}


def feature_map(folder: Path) -> FeatureMap:
    """Our schema in FuxiCTR's terms: slots moved up by one, 0 is padding, fields of one table share it."""
    schema, made, first = json.loads((folder / "schema.json").read_text()), FeatureMap("rows", str(folder)), {}
    made.default_emb_dim = WIDTH
    for field in (*schema["user_fields"], *schema["item_fields"]):
        spec = {"type": "categorical", "source": "", "padding_idx": 0, "vocab_size": field["size"] + 1}
        if field["table"] in first:
            spec["share_embedding"] = first[field["table"]]
        first.setdefault(field["table"], field["name"])
        made.features[field["name"]] = spec
    made.labels, made.num_fields = ["label"], len(made.features)
    made.input_length = made.num_fields
    made.set_column_index()
    return made


def peak_mb() -> float:
    """The most memory that was resident so far; getrusage would count the parent's before the start too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    folder, name, rows, batch, threads = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6])
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    features = feature_map(folder)
    model = Crossed(features, name, tempfile.mkdtemp())
    workers = 0 if threads == 1 else 1
    train = NpzDataLoader(features, str(folder / f"train_{rows}"), batch, shuffle=True, num_workers=workers)
    test = NpzDataLoader(features, str(folder / "test"), 8192, num_workers=0)
    model._eval_steps, model._total_steps, model._stop_training, model._max_gradient_norm = 10**9, 0, False, 10.0
    wall, cpu = time.perf_counter(), time.process_time()
    model.train_epoch(train)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = peak_mb()
    model.eval()
    with torch.no_grad():
        found = [(model(b)["y_pred"].flatten().numpy(), b["label"].flatten().numpy()) for b in test]
    scores, labels = (np.concatenate(part) for part in zip(*found, strict=True))
    asked = {k: v[:CANDIDATES].clone() for k, v in next(iter(test)).items()}
    spent = []
    with torch.inference_mode():
        for _ in range(ANSWERS):
            began = time.perf_counter()
            model(asked)
            spent.append((time.perf_counter() - began) * 1e3)
    told = {
        "rows_per_second": train.num_samples / wall,
        "rows_per_cpu_second": train.num_samples / cpu,
        "auc": float(roc_auc_score(labels, scores)),
        "peak_mb": peak,
        "answer_ms": statistics.median(spent),
        "parameters": sum(p.numel() for p in model.parameters()),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
