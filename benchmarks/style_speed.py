"""How fast the style of a picture is measured: milliseconds on one core, whole and by family.

`python benchmarks/style_speed.py [--pictures 240] [--pictures-in DIR]`; target (DESIGN.md, speed): 8 ms a picture of at
most 256 px at the median. Pictures are decoded before. CPU time is this process's own; wall time is what a clock says
and grows when others use the machine. Both are of one thread.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # one core: before numpy is loaded

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from umair.encoders.style.filters import filter_blocks
from umair.encoders.style.sample import sample
from umair.encoders.style.stack import FAMILIES
from umair.encoders.style.stack import statistics as measured

ROOT = Path(__file__).resolve().parent.parent
TARGET_MS = 8.0
WARM = 10  # pictures that are measured before the clock starts


def pictures(folder: Path, most: int) -> list[np.ndarray]:
    """Up to `most` pictures of a folder, evenly taken, as (H, W, 3) uint8."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".webp", ".png", ".jpg", ".jpeg"})
    if not files:
        sys.exit(f"{folder} has no pictures; name a folder that has some with --pictures-in.")
    chosen = [files[n * len(files) // min(most, len(files))] for n in range(min(most, len(files)))]
    return [np.asarray(Image.open(path).convert("RGB")) for path in chosen]


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall milliseconds of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return (time.process_time() - cpu) * 1e3, (time.perf_counter() - wall) * 1e3


def by_family(decoded: list[np.ndarray]) -> dict[str, list[float]]:
    """CPU milliseconds of each family for each picture; what families share falls to the first that asks."""
    spent: dict[str, list[float]] = {name: [] for name in ("sample", *FAMILIES, "filter_blocks")}
    for rgb in decoded:
        spent["sample"].append(timed(lambda rgb=rgb: sample(rgb))[0])
        own = sample(rgb)
        for name, family in (FAMILIES | {"filter_blocks": filter_blocks}).items():
            spent[name].append(timed(lambda family=family, own=own: family(own))[0])
    return spent


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(0.95 * (len(values) - 1)))]


def said(name: str, values: list[float], target: float | None) -> str:
    middle = statistics.median(values)
    goal = "" if target is None else f"  (target median <= {target:g}: {'met' if middle <= target else 'MISSED'})"
    return f"{name:<22} n {len(values):>3}  median {middle:6.2f} ms  p95 {p95(values):6.2f} ms{goal}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=240)
    parser.add_argument("--pictures-in", type=Path, default=ROOT / "assets" / "demo" / "images")
    asked = parser.parse_args()
    decoded = pictures(asked.pictures_in, asked.pictures)
    for rgb in decoded[:WARM]:
        measured(rgb)
    spent = [timed(lambda rgb=rgb: measured(rgb)) for rgb in decoded]
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{os.cpu_count()} cores, load {load:.1f}, one thread, {len(decoded)} decoded pictures")
    print(said("CPU time a picture", [cpu for cpu, _ in spent], TARGET_MS))
    print(said("wall time a picture", [wall for _, wall in spent], None))
    families = by_family(decoded)
    whole = sum(statistics.median(values) for values in families.values())
    for name, values in sorted(families.items(), key=lambda pair: -statistics.median(pair[1])):
        print(f"  {said(name, values, None)}  {statistics.median(values) / whole:4.0%}")


if __name__ == "__main__":
    main()
