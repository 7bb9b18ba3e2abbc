"""How fast our DCN-V2 trains and answers beside FuxiCTR's, on the same rows, on this machine, in one run.

`python benchmarks/ranker_speed.py [--library assets/demo] [--out docs/results/ranker_speed.md]`

Fields alone, tables of the paper's sizes (about 9 M parameters), embeddings of 8, tower 64-32-16, two cross layers of
four experts of rank 32, Adam at 1e-3, no decay. Every measurement is a process of its own; ours and theirs take
turns, so that whatever else the machine does hits both. Timed: one pass from the first batch read to the last step,
with each library's own loading of batches (ours: memory-mapped columns; theirs: their loader of an npz file, read
before the clock starts; in the same process for one thread, in one worker process for all threads), no validation.
FuxiCTR gets an environment of its own in build/ with the torch of this one; `pip` must reach an index once.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # of this process alone: what it starts is told its own number

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import time
import venv
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from umair.features.columns import Columns
from umair.library.store import Library
from umair.training.data import RankerData
from umair.training.options import RankerOptions
from umair.training.rows import Drawing, make_rows

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "ranker_speed"
PEER = "fuxictr==2.3.10"
TARGETS = {128: 15.0, 4096: 4.0}  # times FuxiCTR's rows/s, by batch
GROUP = 4
TEST_ROWS = 40_000


@dataclass(frozen=True)
class Setting:
    """precision: of our training alone; FuxiCTR has no such choice."""

    batch: int
    precision: str = "32-true"


SETTINGS = (Setting(128), Setting(4096), Setting(4096, "bf16-mixed"))


def environment() -> Path:
    """The interpreter of FuxiCTR's own environment, which borrows what this one has (torch) and adds the rest."""
    folder = FOLDER / "venv"
    python = folder / "bin" / "python"
    if not (folder / "ready").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        own = next((folder / "lib").glob("python3*")) / "site-packages"
        (own / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, PEER], check=True)
        (folder / "ready").touch()
    return python


def export(library: Path, rows: set[int]) -> None:
    """Write the same rows for both: our columns, their npz files."""
    options = RankerOptions(instance="dcn_v2", vectors=False, sizes="paper")
    data = RankerData.of(Library.open(library), options)
    schema = data.inputs.schema
    fields = (*schema.user_fields, *schema.item_fields)
    (FOLDER / "schema.json").write_text(json.dumps(asdict(schema)))
    for name, number, most in (*((f"train_{n}", 0, n) for n in rows), ("test", 2, TEST_ROWS)):
        which = np.random.default_rng(0).permutation(data.part(number))[: most // GROUP]
        made = make_rows(FOLDER / "all", data.inputs, data.events, which, Drawing(GROUP - 1, "uniform", number), False)
        columns = {k: v for k, v in made.columns.block(0, len(made)).items() if k in _KEPT}
        shutil.rmtree(FOLDER / "all")
        shutil.rmtree(FOLDER / name, ignore_errors=True)
        Columns.write(FOLDER / name, columns, GROUP, 0)
        slots = np.concatenate([columns["user_fields"], columns["item_fields"]], axis=1)
        own = {f.name: slots[:, k] + 1 for k, f in enumerate(fields)}  # their padding is slot 0
        np.savez(FOLDER / f"{name}.npz", label=columns["label"], **own)


_KEPT = ("user_fields", "item_fields", "label", "user", "item")


def measured(whose: str, peer: Path, model: str, rows: int, setting: Setting, threads: int) -> dict[str, float]:
    """One process: train on so many rows, then judge and answer."""
    python = str(peer) if whose == "peer" else sys.executable
    script = ROOT / "benchmarks" / f"ranker_speed_{whose}.py"
    given = [str(FOLDER), model, str(rows), str(setting.batch), str(threads), setting.precision]
    limited = {**os.environ, "OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}
    done = subprocess.run([python, str(script), *given], env=limited, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{script.name} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def compared(ours: list[dict], peers: list[dict], model: str, setting: Setting, threads: int) -> str:
    """The line of the table for one setting: medians of the repetitions."""

    def middle(runs: list[dict], name: str) -> float:
        return statistics.median(r[name] for r in runs)

    clock = "rows_per_cpu_second" if threads == 1 else "rows_per_second"
    target = TARGETS.get(setting.batch) if model == "dcn_v2" and threads == 1 else None
    ratio = middle(ours, clock) / middle(peers, clock)
    walls = middle(ours, "rows_per_second") / middle(peers, "rows_per_second")
    met = "" if target is None else (", met" if ratio >= target else f", target {target:.0f} x MISSED")
    answer = middle(peers, "answer_ms") / middle(ours, "answer_ms")
    cells = [
        model,
        f"{setting.batch:,}",
        setting.precision,
        f"{threads}",
        f"{middle(ours, clock):,.0f}",
        f"{middle(peers, clock):,.0f}",
    ]
    cells += [f"{ratio:.1f} x{met}", f"{walls:.1f} x"]
    for name, how in (("auc", ".4f"), ("peak_mb", ",.0f"), ("answer_ms", ".2f")):
        cells += [format(middle(ours, name), how), format(middle(peers, name), how)]
    return "| " + " | ".join([*cells, f"{answer:.1f} x"]) + " |"


def written(lines: list[str], asked: argparse.Namespace) -> str:
    """Write the table so far where it was asked for; what must be known to read it."""
    note = (
        f"`python benchmarks/ranker_speed.py {' '.join(sys.argv[1:])}`, {time.strftime('%Y-%m-%d')}; "
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end; "
        f"Python {platform.python_version()}, torch {torch.__version__}, {PEER}. Rows/s are rows per CPU second for "
        f"one thread and per second for more; medians of turns ({asked.repeat}); {asked.small:,} rows at batch 128, "
        f"{asked.large:,} at batch 4096, one pass, AUC on the same {TEST_ROWS:,} test rows. Answering is the forward "
        f"pass of one user's 1,000 candidates from ready slots, median of 30. Targets: 15 x at batch 128, 4 x at 4096; "
        f"answering 3 x and under 15 ms. FuxiCTR's memory includes ray, which it imports. Both begin with embeddings "
        f"of spread 1e-4 (FuxiCTR's; with ours, 0.05, our AUC was lower at batch 128 and higher at 4096). Ours has, "
        f"beside what FuxiCTR's has, the paper's linear term over all slots and a bias and ReLU on each embedding."
    )
    if asked.out:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text("# Speed of rankers beside FuxiCTR\n\n" + "\n".join(lines) + "\n\n" + note + "\n")
    return note


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, default=ROOT / "assets" / "demo")
    parser.add_argument("--models", default="dcn_v2,dcn")
    parser.add_argument("--small", type=int, default=19_200, help="rows at batch 128")
    parser.add_argument("--large", type=int, default=122_880, help="rows at batch 4096")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--threads", default=f"1,{os.cpu_count()}")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    peer = environment()
    export(asked.library, {asked.small, asked.large})
    lines = [
        "| model | batch | our precision | threads | ours, rows/s | FuxiCTR, rows/s | ratio | by the clock "
        "| AUC ours | AUC FuxiCTR | peak MB ours | peak MB FuxiCTR | 1 x 1,000: ours, ms | FuxiCTR, ms | ratio |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    print("\n".join(lines), flush=True)
    for threads in dict.fromkeys(int(t) for t in asked.threads.split(",")):
        for model in asked.models.split(","):
            for setting in SETTINGS:
                rows = asked.small if setting.batch == 128 else asked.large
                runs: dict[str, list[dict]] = {"ours": [], "peer": []}
                for _ in range(asked.repeat):
                    for whose, own in runs.items():
                        own.append(measured(whose, peer, model, rows, setting, threads))
                found = compared(runs["ours"], runs["peer"], model, setting, threads)
                print(found, flush=True)
                lines.append(found)
                written(lines, asked)
    note = written(lines, asked)
    print("\n" + note)


if __name__ == "__main__":
    main()
