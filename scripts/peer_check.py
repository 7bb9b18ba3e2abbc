"""Check our baselines and their layers against FuxiCTR and DeepCTR-Torch, with the same weights on the same rows.

python scripts/peer_check.py [--fuxictr CLONE] [--freeze]
Makes the peers' environment below build/peer at the first call. Writes docs/results/peer_check.md; --freeze writes the
fixture that tests/models/peer reads. Exit code 1 if anything is further apart than 1e-5.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "models" / "peer"
sys.path[:0] = [str(ROOT), str(TESTS)]

import numpy as np  # noqa: E402
import peer_cases as cases  # noqa: E402
import peer_ours as ours  # noqa: E402
import torch  # noqa: E402
from peer.environment import Environment, PeerError, prepare  # noqa: E402
from peer.notes import ALL, NOTES  # noqa: E402

LIMIT = 1e-5
SEEDS, ROWS = (1, 2, 3), 1000
FROZEN_SEED, FROZEN_ROWS = 0, 12
KINDS = ("float64", "float32")
REPOSITORY = "https://github.com/reczoo/FuxiCTR"
REPORT = ROOT / "docs" / "results" / "peer_check.md"
FIXTURE, TOLD = TESTS / "fixture.npz", TESTS / "fixture.json"


@dataclass(frozen=True)
class Line:
    """One comparison, each number the largest over seeds. output, gradient: kind -> how far ours is from the peer;
    noise: how far the peer's float32 is from its own float64, of outputs and of gradients."""

    case: str
    library: str
    mode: str
    output: dict[str, float]
    gradient: dict[str, float]
    noise: tuple[float, float]

    @property
    def fine(self) -> bool:
        """Judged in float64; in float32, outputs in eval mode too."""
        judged = [self.output["float64"], self.gradient["float64"]]
        return max(judged + ([self.output["float32"]] if self.mode == "eval" else [])) <= LIMIT


def peers_answers(where: Environment, name: str, seeds: tuple[int, ...], n: int, kinds: tuple[str, ...]) -> Path:
    """The file of what the peers give."""
    out = ROOT / "build" / "peer" / f"{name}.npz"
    told = [str(out), str(where.zoo), ",".join(map(str, seeds)), str(n), ",".join(kinds)]
    script = ROOT / "scripts" / "peer" / "answers.py"
    environment = {**os.environ, "PYTHONPATH": str(TESTS), "OMP_NUM_THREADS": "1"}
    subprocess.run([where.python, script, *told], check=True, env=environment, cwd=out.parent)
    return out


def compared(file: Path) -> list[Line]:
    """Our answers beside those in the file."""
    with np.load(file) as theirs:
        asked = dict.fromkeys(tuple(key.split("/")[:3]) for key in theirs)
        lines = [_line(theirs, *which) for which in asked]
    order = (*cases.MODELS, *cases.PARTS)
    return sorted(lines, key=lambda line: (order.index(line.case), line.library, line.mode))


def _line(theirs: Mapping[str, np.ndarray], case: str, library: str, mode: str) -> Line:
    output, gradient = dict.fromkeys(KINDS, 0.0), dict.fromkeys(KINDS, 0.0)
    noise = (0.0, 0.0)
    for seed in SEEDS:
        found = {kind: _theirs(theirs, f"{case}/{library}/{mode}/{seed}/{kind}", case) for kind in KINDS}
        for kind in KINDS:
            mine = ours.answer(case, mode, seed, ROWS, getattr(torch, kind))
            mine = ours.Answer(mine.output.reshape(ROWS, -1), mine.gradients)
            one, other = _apart(mine, found[kind])
            output[kind], gradient[kind] = max(output[kind], one), max(gradient[kind], other)
        one, other = _apart(found["float32"], found["float64"])
        noise = (max(noise[0], one), max(noise[1], other))
    return Line(case, library, mode, output, gradient, noise)


def _theirs(theirs: Mapping[str, np.ndarray], key: str, case: str) -> ours.Answer:
    gradients = {name: theirs[f"{key}/gradient/{name}"] for name in cases.learnt(case)}
    return ours.Answer(theirs[f"{key}/output"], gradients)


def _apart(one: ours.Answer, other: ours.Answer) -> tuple[float, float]:
    gradients = [cases.apart(values, other.gradients[name]) for name, values in one.gradients.items()]
    return cases.apart(one.output, other.output), max(gradients)


def digested(file: Path) -> cases.Arrays:
    """What the fixture keeps of the peers' answers: outputs, and gradients as one short row each."""
    found: cases.Arrays = {}
    with np.load(file) as theirs:
        for key in [k.removesuffix("/output") for k in theirs if k.endswith("/output")]:
            answer = _theirs(theirs, key, key.split("/")[0])
            short = "/".join(key.split("/")[:3])
            found |= {f"{short}/output": answer.output, f"{short}/gradient": cases.digest(answer.gradients)}
    return found


def freeze(found: cases.Arrays, versions: dict[str, str]) -> None:
    np.savez_compressed(FIXTURE, allow_pickle=False, **found)
    everything = (*cases.MODELS, *cases.PARTS)
    told = {
        "command": "python scripts/peer_check.py --freeze",
        "date": date.today().isoformat(),
        "versions": versions,
        "seed": FROZEN_SEED,
        "rows": FROZEN_ROWS,
        "everywhere": ALL,
        "corresponds": NOTES,
        "weights_and_rows": {case: cases.checksum(case, FROZEN_ROWS, FROZEN_SEED) for case in everything},
    }
    TOLD.write_text(json.dumps(told, indent=2) + "\n")


def drifted(found: cases.Arrays) -> float:
    """How far the peers are today from what is frozen."""
    with np.load(FIXTURE) as frozen:
        if set(frozen) != set(found):
            raise PeerError(f"The fixture holds other comparisons: {sorted(set(frozen) ^ set(found))}. Use --freeze.")
        return max(cases.apart(found[key], frozen[key]) for key in found)


def table(lines: list[Line]) -> str:
    heads = [f"{what}, {kind}" for kind in KINDS for what in ("output", "gradients")]
    own = ("peer's own noise: output", "gradients")
    rows = [("case", "peer", "mode", *heads, *own), ("---",) * (3 + len(heads) + len(own))]
    for line in lines:
        numbers = [part[kind] for kind in KINDS for part in (line.output, line.gradient)]
        rows.append((line.case, line.library, line.mode, *(f"{x:.1e}" for x in (*numbers, *line.noise))))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def report(lines: list[Line], versions: dict[str, str], drift: float, seconds: float) -> str:
    peers = ", ".join(f"{name} {version}" for name, version in versions.items())
    mine = f"torch {torch.__version__}, numpy {np.__version__}"
    notes = [f"- **{case}**, {library}: {text}" for case, by in NOTES.items() for library, text in by.items()]
    wide = sum(not line.fine for line in lines)
    return f"""# Our baselines beside FuxiCTR and DeepCTR-Torch

`python scripts/peer_check.py`, {date.today().isoformat()}, {seconds:.0f} s, one thread, CPU.
Peers: {peers}. Ours: {mine}.

The same weights and the same {ROWS} random rows (one field in six empty) on both sides, seeds {SEEDS}; models at the
widths of the paper's instance, small tables. A number is the largest difference of any row, or of any weight's gradient
(for single layers, of inputs too): absolute up to 1, relative above. `train` is BatchNorm by the batch; dropout is 0.

Judged, limit {LIMIT:g}: outputs and gradients in float64; in float32, outputs in eval mode. Other float32 columns are
printed only: gradients are sums over {ROWS} rows, and a ReLU near nought may open on one side alone, after many layers
normed by the batch most of all. The last two columns show the same of the peer alone, its float32 beside its float64.

{table(lines)}

Over the limit: {wide} of {len(lines)}. Frozen fixture (tests/models/peer) beside the peers of this run: {drift:.1e}.

## What corresponds to what

{ALL}

{chr(10).join(notes)}

Not compared: vectors as further fields (xDeepFM, FiBiNET, DIFM) and FinalMLP with vectors, which no peer has in this
form; DeepCTR's FiBiNET as a whole (see above). Keras's BatchNorm, of the paper's code, has eps 1e-3; ours and both
peers' is 1e-5.
"""


def main() -> int:
    begun = time.monotonic()
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--fuxictr", default=REPOSITORY, help="a clone of FuxiCTR, or its address")
    asked.add_argument("--freeze", action="store_true", help="write the fixture of tests/models/peer anew")
    given = asked.parse_args()
    torch.set_num_threads(1)
    try:
        where = prepare(ROOT / "build" / "peer", given.fuxictr)
        versions = where.versions()
        live = peers_answers(where, "live", SEEDS, ROWS, KINDS)
        lines = compared(live)
        live.unlink()  # some 300 MB
        found = digested(peers_answers(where, "frozen", (FROZEN_SEED,), FROZEN_ROWS, ("float64",)))
        if given.freeze:
            freeze(found, versions)
        drift = drifted(found)
    except PeerError as error:
        print(error, file=sys.stderr)
        return 2
    print(table(lines))
    print(f"frozen fixture against the peers now: {drift:.1e}")
    REPORT.write_text(report(lines, versions, drift, time.monotonic() - begun))
    return 0 if drift <= LIMIT and all(line.fine for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
