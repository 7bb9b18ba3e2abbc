"""Run in the peers' environment: what FuxiCTR and DeepCTR-Torch give for the neutral cases, written to one .npz.

python answers.py OUT.npz ZOO SEEDS ROWS KINDS: seeds and kinds (float64, float32) as comma-separated lists; ZOO is the
folder `model_zoo` of FuxiCTR. Keys: case/peer/mode/seed/kind/output, .../gradient/NAME. Only public classes are called.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import peer_cases as cases
import peers_deepctr
import peers_fuxictr
import torch
from peer_call import Peer, Tensors

MODES = {"model": ("eval", "train"), "part": ("eval",)}


def every_peer(zoo: Path) -> Iterator[tuple[str, str, Peer]]:
    """(case, library, peer) of everything that is compared."""
    for library, peers in (("fuxictr", peers_fuxictr.peers(zoo)), ("deepctr", peers_deepctr.PEERS)):
        for case, peer in peers.items():
            yield case, library, peer


def answer(case: str, peer: Peer, mode: str, seed: int, n: int, kind: torch.dtype) -> cases.Arrays:
    """output and gradient/NAME of one case, float64."""
    leaves = {name: torch.tensor(values, dtype=kind) for name, values in cases.weights(case, seed).items()}
    given: Tensors = {}
    numbers = cases.rows(case, n, seed)
    if "count" in numbers:
        numbers["dense"] = cases.dense(numbers)
    for name, values in numbers.items():
        given[name] = torch.from_numpy(values) if name == "slots" else torch.tensor(values, dtype=kind)
    wanted = {name: {**leaves, **given}[name].requires_grad_() for name in cases.learnt(case)}
    found = peer(leaves, given, mode == "train").reshape(n, -1)
    (found * given["cotangent"].reshape(n, -1)[:, : found.shape[1]]).sum().backward()
    gradients = {f"gradient/{name}": _numbers(leaf) for name, leaf in wanted.items()}
    return {"output": found.detach().double().numpy(), **gradients}


def _numbers(leaf: torch.Tensor) -> np.ndarray:
    gradient = torch.zeros_like(leaf) if leaf.grad is None else leaf.grad
    return gradient.detach().double().numpy()


def main(out: Path, zoo: Path, seeds: list[int], n: int, kinds: list[str]) -> None:
    found: cases.Arrays = {}
    for case, library, peer in every_peer(zoo):
        for mode in MODES["model" if case in cases.MODELS else "part"]:
            for seed in seeds:
                for kind in kinds:
                    key = f"{case}/{library}/{mode}/{seed}/{kind}"
                    answered = answer(case, peer, mode, seed, n, getattr(torch, kind))
                    found |= {f"{key}/{name}": values for name, values in answered.items()}
    np.savez(out, allow_pickle=False, **found)


if __name__ == "__main__":
    torch.set_num_threads(1)
    where, zoo_folder, seed_list, row_count, kind_list = sys.argv[1:]
    main(Path(where), Path(zoo_folder), [int(s) for s in seed_list.split(",")], int(row_count), kind_list.split(","))
