"""How fast files become vectors, beside the bare network on tensors that are ready; and how much memory it takes.

`python benchmarks/encoding.py [--threads N] [--longer 3] [--only resnet101] [--threaded]`; targets (DESIGN.md, speed):
files to the semantic vector and the paper's Gram at 90 % of the bare network's pictures a second or more, the Gram at
most 5 % on top of the semantic vector, ResNet-101 whole within 2 GB. Weights are random: they cost what trained do.
Pictures are files of the demo (WebP, 320 px), and JPEGs of 1,200 px that are made from them here.

All ways of one row are measured in turns, and ratios are taken within a turn: other work on the machine then counts on
both sides. The time of the processor is told beside the clock's, because it hangs less on what else runs.

bare      the network as torchvision builds it, float32, one copy's batches on each core (targets are against this)
threaded  the same, each batch on all cores at once (only with --threaded: it suffers most from other work)
laid out  as bare, in the memory layout that the encoder uses: what is left to it is reading, squares and the Gram
semantic  from files to the semantic vector; gram: and the paper's style; all: and the learnt style
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from umair.encoders.backbone import Backbone, build_backbone
from umair.encoders.image import ImageEncoder
from umair.encoders.image_model import ImageModel, load_image_model, save_image_model
from umair.encoders.picture_batches import encoded
from umair.encoders.picture_encoders import PictureEncoders
from umair.encoders.pipeline import Lanes, batches, in_order
from umair.encoders.preprocess import Preprocess
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.head import Projection, StyleHead
from umair.encoders.style.stack import WIDTH
from umair.library.images import load_picture
from umair.settings import assets

SPEED, GRAM, MEMORY_GB = 0.90, 0.05, 2.0
CPU = torch.device("cpu")
Way = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """A network at a size of square, and how many pictures it is given in each of its turns."""

    network: str
    size: int
    pictures: int
    turns: int


CASES = (Case("resnet18", 128, 24, 5), Case("resnet18", 224, 8, 5), Case("resnet101", 224, 8, 2))


class Files:
    """Pictures by number, in the place of a library."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = paths

    def image_path(self, item: str) -> Path:
        return self.paths[int(item)]


def demo_files(count: int) -> list[Path]:
    found = sorted((assets() / "demo" / "images").glob("*/*.webp"))
    return found[:: max(1, len(found) // count)][:count]


def large_jpegs(paths: Sequence[Path], folder: Path) -> list[Path]:
    """The same pictures with a long side of 1,200 px, as JPEG of quality 90."""
    made = []
    for path in paths:
        picture = load_picture(path)
        scale = 1200 / max(picture.size)
        picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
        made.append(folder / f"{path.stem}.jpg")
        picture.save(made[-1], quality=90)
    return made


def random_model(case: Case) -> ImageModel:
    torch.manual_seed(0)
    return ImageModel(f"torchvision:{case.network}", build_backbone(case.network), (), Preprocess(size=case.size))


def random_encoders(case: Case) -> PictureEncoders:
    return PictureEncoders(ImageEncoder(random_model(case), "cpu"), random_style(), "learnt")


def random_style() -> StyleEncoder:
    """The measured statistics whole, and a head of one projection."""
    directions = np.random.default_rng(0).normal(size=(WIDTH, 128)).astype(np.float32)
    projection = Projection(np.zeros(WIDTH, np.float32), directions)
    return StyleEncoder(StyleHead(np.zeros(WIDTH, np.float32), np.ones(WIDTH, np.float32), [projection], np.ones(1)))


def ways(case: Case, encoders: PictureEncoders, paths: Sequence[Path]) -> dict[str, Way]:
    """What is measured, by name; each goes once over all pictures."""
    lanes = Lanes.of(CPU, case.size)
    plain = build_backbone(case.network).eval().requires_grad_(False)
    laid_out = build_backbone(case.network).eval().requires_grad_(False).to(memory_format=torch.channels_last)
    ready = torch.randn(lanes.batch, 3, case.size, case.size)
    ready_too = ready.contiguous(memory_format=torch.channels_last)
    turns = range(case.pictures // lanes.batch)
    image, preprocess = encoders.image, encoders.image.preprocess

    def pooled(network: Backbone, own: torch.Tensor) -> np.ndarray:
        with torch.inference_mode():
            return network(own).pooled.numpy()

    def squares(files: Sequence[Path]) -> np.ndarray:
        return np.stack([preprocess.square(load_picture(f, encoders.enough)) for f in files])

    def from_files(work: Callable[[list[Path]], object]) -> None:
        for _ in in_order(batches(paths, lanes.batch), work, lanes):
            pass

    def everything() -> None:
        for _ in encoded(Files(paths), encoders, [str(n) for n in range(len(paths))], None):  # type: ignore[arg-type]
            pass

    return {
        "bare": lambda: list(in_order(turns, lambda _: pooled(plain, ready), lanes)),
        "threaded": lambda: [pooled(plain, ready) for _ in turns],
        "laid out": lambda: list(in_order(turns, lambda _: pooled(laid_out, ready_too), lanes)),
        "semantic": lambda: from_files(lambda files: pooled(image._model.backbone, image._pixels(squares(files)))),
        "gram": lambda: from_files(lambda files: image.encode_squares(squares(files))),
        "all": everything,
    }


@dataclass(frozen=True)
class Turn:
    """Seconds on the clock, and of the processor, that one way took for all pictures."""

    clock: float
    processor: float


def measured(found: dict[str, Way], repeats: int) -> dict[str, list[Turn]]:
    """Each way `repeats` times, in turns; the first turn of all warms up and does not count."""
    turns: dict[str, list[Turn]] = {name: [] for name in found}
    for n in range(repeats + 1):
        for name in list(found)[:: 1 if n % 2 else -1]:
            begun, spent = time.perf_counter(), time.process_time()
            found[name]()
            if n:
                turns[name].append(Turn(time.perf_counter() - begun, time.process_time() - spent))
    return turns


def told(case: Case, kind: str, turns: dict[str, list[Turn]]) -> list[str]:
    """The table of one case, and what became of its targets."""
    bare = turns["bare"]
    lines = [f"{case.network} at {case.size} px, {case.pictures} pictures, {kind}"]
    for name, own in turns.items():
        rate = case.pictures / statistics.median(t.clock for t in own)
        spent = statistics.median(t.processor for t in own) / case.pictures * 1000
        lines.append(
            f"  {name:<9}{rate:>7.1f} pictures/s {ratio(bare, own):>7.1%} of bare   "
            f"processor {spent:>6.1f} ms/picture {ratio(bare, own, 'processor'):>7.1%} of bare"
        )
    speed, speed_2 = (ratio(bare, turns["gram"], of) for of in ("clock", "processor"))
    extra, extra_2 = (1 / ratio(turns["semantic"], turns["gram"], of) - 1 for of in ("clock", "processor"))
    lines.append(
        f"  files to both, of bare: clock {speed:.1%} {verdict(speed >= SPEED)}, "
        f"processor {speed_2:.1%} {verdict(speed_2 >= SPEED)} (target >= {SPEED:.0%})"
    )
    lines.append(
        f"  the Gram on top:        clock {extra:.1%} {verdict(extra <= GRAM)}, "
        f"processor {extra_2:.1%} {verdict(extra_2 <= GRAM)} (target <= {GRAM:.0%})"
    )
    return lines


def ratio(bare: Sequence[Turn], own: Sequence[Turn], of: str = "clock") -> float:
    """Speed of `own` by that of `bare`: the median over turns."""
    return statistics.median(getattr(b, of) / getattr(o, of) for b, o in zip(bare, own, strict=True))


def verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def peak_memory(case: Case, threads: int, paths: Sequence[Path], folder: Path) -> float:
    """GB that a process of its own takes at most: it loads the encoders from a folder and encodes all pictures."""
    save_image_model(folder / case.network, random_model(case))
    command = [sys.executable, __file__, "--threads", str(threads), "--peak", str(folder / case.network)]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def encode_and_tell_peak(model: Path, paths: Sequence[Path]) -> None:
    import resource  # not on Windows

    encoders = PictureEncoders(ImageEncoder(load_image_model(model), "cpu"), random_style(), "learnt")
    for _ in encoded(Files(paths), encoders, [str(n) for n in range(len(paths))], None):  # type: ignore[arg-type]
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak / (1e9 if sys.platform == "darwin" else 1e6))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1), help="cores to use")
    parser.add_argument("--longer", type=int, default=1, help="times as many turns: for a machine that is busy")
    parser.add_argument("--threaded", action="store_true", help="measure the network on all cores at once too")
    parser.add_argument("--only", choices=sorted({c.network for c in CASES}), help="one network")
    parser.add_argument("--peak", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    if asked.peak:
        encode_and_tell_peak(asked.peak, asked.files)
        return
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{asked.threads} threads of {os.cpu_count()} cores, load {load:.1f}, torch {torch.__version__}, float32")
    with tempfile.TemporaryDirectory() as folder:
        files = demo_files(max(c.pictures for c in CASES))
        jpegs = large_jpegs(files, Path(folder))
        for case in (c for c in CASES if asked.only in (None, c.network)):
            encoders = random_encoders(case)
            kinds = (("WebP of 320 px", files), ("JPEG of 1,200 px", jpegs))
            for kind, paths in kinds[1:] if case is CASES[-1] else kinds:  # the slowest network: the slower files only
                own = ways(case, encoders, paths[: case.pictures])
                if not asked.threaded:
                    del own["threaded"]
                print("\n".join(told(case, kind, measured(own, case.turns * asked.longer))), flush=True)
            del encoders
        if asked.only in (None, CASES[-1].network):
            peak = peak_memory(CASES[-1], asked.threads, jpegs[: CASES[-1].pictures], Path(folder))
            print(f"{CASES[-1].network} whole: {peak:.2f} GB (target <= {MEMORY_GB:g}: {verdict(peak <= MEMORY_GB)})")


if __name__ == "__main__":
    main()
