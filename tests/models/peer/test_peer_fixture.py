"""Our baselines and their layers give what FuxiCTR and DeepCTR-Torch gave for the same weights and rows.

fixture.npz holds the peers' outputs and gradients (large ones as projections), fixture.json their versions and what
corresponds to what; `python scripts/peer_check.py --freeze` writes both.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import peer_cases as cases
import peer_ours as ours
import pytest
import torch

from umair.models.registry import BASELINES

HERE = Path(__file__).parent
LIMIT = 1e-5
TOLD = json.loads((HERE / "fixture.json").read_text())
with np.load(HERE / "fixture.npz") as kept:
    FROZEN: dict[str, np.ndarray] = dict(kept)
COMPARED = sorted({key.rsplit("/", 1)[0] for key in FROZEN})


def mine(which: str, kind: torch.dtype, seed: int = TOLD["seed"]) -> ours.Answer:
    case, _, mode = which.split("/")
    answer = ours.answer(case, mode, seed, TOLD["rows"], kind)
    return ours.Answer(answer.output.reshape(TOLD["rows"], -1), answer.gradients)


@pytest.mark.parametrize("case", [*cases.MODELS, *cases.PARTS])
def test_weights_and_rows_are_those_the_peers_were_given(case: str) -> None:
    assert cases.checksum(case, TOLD["rows"], TOLD["seed"]) == TOLD["weights_and_rows"][case]


@pytest.mark.parametrize("which", COMPARED)
def test_outputs_and_gradients_are_the_peers(which: str) -> None:
    answer = mine(which, torch.float64)
    assert cases.apart(answer.output, FROZEN[f"{which}/output"]) <= LIMIT
    assert cases.apart(cases.digest(answer.gradients), FROZEN[f"{which}/gradient"]) <= LIMIT


@pytest.mark.parametrize("which", [w for w in COMPARED if w.endswith("/eval")])
def test_outputs_are_the_peers_in_single_precision_too(which: str) -> None:
    assert cases.apart(mine(which, torch.float32).output, FROZEN[f"{which}/output"]) <= LIMIT


@pytest.mark.parametrize("which", [w for w in COMPARED if w.split("/")[0] in cases.MODELS])
def test_other_weights_are_noticed(which: str) -> None:
    answer = mine(which, torch.float64, seed=TOLD["seed"] + 1)
    assert cases.apart(answer.output, FROZEN[f"{which}/output"]) > 100 * LIMIT
    assert cases.apart(cases.digest(answer.gradients), FROZEN[f"{which}/gradient"]) > 100 * LIMIT


def test_every_baseline_has_a_peer() -> None:
    assert {which.split("/")[0].removesuffix("_vectors") for which in COMPARED} >= set(BASELINES)
    assert {which.split("/")[0] for which in COMPARED} == {*cases.MODELS, *cases.PARTS}
