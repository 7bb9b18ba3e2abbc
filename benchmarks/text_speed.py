"""How fast words become vectors, beside sentence-transformers' own StaticEmbedding: loading, texts a second, memory.

`python benchmarks/text_speed.py [--model FOLDER] [--names DIR] [--out docs/results/text_speed.md]`; targets (DESIGN.md,
speed; issue on words): at least as fast as StaticEmbedding, >= 50,000 short texts a second on one core, loaded within a
second. The peer is SentenceTransformer on the same folder where it opens it by itself, else a StaticEmbedding with
as many pieces of as many numbers, its pieces learnt from the same texts. Both get all texts at once, by turns, each in
its best batch; a ratio is the median over turns of processor time. Loading is that of fresh processes.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
os.environ.update({"TOKENIZERS_PARALLELISM": "false", "RAYON_NUM_THREADS": "1"})  # one core: before they are loaded

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import polars as pl
import torch
from safetensors import safe_open
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from umair.encoders.names import read_names  # noqa: E402 - the package is beside this folder
from umair.encoders.text import TextEncoder  # noqa: E402 - the package is beside this folder
from umair.encoders.words import shipped_folder  # noqa: E402 - the package is beside this folder

TEXTS_PER_S, LOAD_S, RATIO = 50_000, 1.0, 1.0
BATCHES = (32, 512, 4096)
OURS, PEER, BARE = "ours", "StaticEmbedding, encode", "StaticEmbedding, its module alone"
LOADER = """
import json, sys, time
now = lambda: (time.perf_counter(), time.process_time())
began = now()
sys.path.insert(0, sys.argv[1])
{imported}
ready = now()
model = {opened}
loaded = now()
model.encode(["night"])
first = now()
try:  # the peak of this program alone; getrusage would tell that of the process it was forked from
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) * 1024
except OSError:
    peak = float("nan")
print(json.dumps([began, ready, loaded, first, peak]))
"""
OUR_LOADER = LOADER.format(
    imported="from umair.encoders.text import TextEncoder", opened="TextEncoder.load(sys.argv[2])"
)
PEER_LOADER = LOADER.format(
    imported="from sentence_transformers import SentenceTransformer",
    opened='SentenceTransformer(sys.argv[2], device="cpu")',
)


@dataclass(frozen=True)
class Loaded:
    """One fresh process, each (by the clock, of the processor) in seconds; its peak in bytes."""

    load: tuple[float, float]
    whole: tuple[float, float]
    first: tuple[float, float]
    peak: float


def load_once(program: str, folder: Path) -> Loaded:
    command = [sys.executable, "-c", program, str(ROOT), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    began, ready, loaded, first, peak = json.loads(done.stdout.splitlines()[-1])

    def between(a: list[float], b: list[float]) -> tuple[float, float]:
        return b[0] - a[0], b[1] - a[1]

    return Loaded(between(ready, loaded), between(began, loaded), between(loaded, first), peak)


def loads(program: str, folder: Path, turns: int) -> Loaded:
    """The median of each figure over fresh processes, after one that warms the disk."""
    load_once(program, folder)
    each = [load_once(program, folder) for _ in range(turns)]

    def middle(name: str) -> tuple[float, float]:
        return tuple(statistics.median(getattr(one, name)[k] for one in each) for k in (0, 1))  # type: ignore[return-value]

    return Loaded(middle("load"), middle("whole"), middle("first"), statistics.median(one.peak for one in each))


def glossary_texts(count: int) -> list[str]:
    """Short texts without a table of names: the demo's spellings, then two of them together, none twice."""
    spellings = sorted(set(pl.read_parquet(ROOT / "assets" / "demo" / "glossary.parquet")["text"]))
    numbers = np.random.default_rng(0)
    pairs = (f"{spellings[a]} {spellings[b]}" for a, b in numbers.integers(0, len(spellings), (4 * count, 2)))
    return list(dict.fromkeys([*spellings, *pairs]))[:count]


def table_texts(folder: Path, count: int) -> list[str]:
    """Distinct names of the tables in a folder, drawn at random."""
    texts = sorted(set(read_names(folder)["text"]))
    return [texts[n] for n in np.random.default_rng(0).permutation(len(texts))[:count]]


def size_of(folder: Path) -> tuple[int, int]:
    """(pieces, numbers each) of the largest table of vectors in a folder; packed codes count by the width told."""
    shapes = []
    for file in folder.rglob("*.safetensors"):
        with safe_open(file, "np") as weights:
            shapes += [tuple(weights.get_slice(name).get_shape()) for name in weights.keys()]  # noqa: SIM118
    rows = max((shape for shape in shapes if len(shape) == 2), key=lambda shape: shape[0] * shape[1])[0]
    return rows, TextEncoder.load(folder).dimension


def peer_of(folder: Path, texts: Sequence[str]) -> tuple[SentenceTransformer, str]:
    """The peer, and in words what it is."""
    try:
        model = SentenceTransformer(str(folder), device="cpu")
        if isinstance(model[0], StaticEmbedding):
            return model, "the same folder"
    except Exception as error:  # whatever it does not know: it is told, and another of the same size taken
        print(f"sentence-transformers does not open it by itself: {str(error).splitlines()[0][:200]}", file=sys.stderr)
    rows, width = size_of(folder)
    static = StaticEmbedding(bpe(texts, rows), embedding_weights=np.zeros((rows, width), np.float32))
    torch.manual_seed(0)
    with torch.no_grad():
        static.embedding.weight.normal_()
    own = static.tokenizer.get_vocab_size()
    told = f"a StaticEmbedding of {rows:,} rows of {width} random numbers, {own:,} byte-pair pieces of the same texts"
    return SentenceTransformer(modules=[static, Normalize()], device="cpu"), told


def bpe(texts: Sequence[str], size: int) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]", fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.BpeTrainer(
        vocab_size=size, min_frequency=2, special_tokens=["[UNK]"], limit_alphabet=size, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def bare(model: SentenceTransformer, texts: list[str]) -> np.ndarray:
    """What the modules themselves do, without the care that `encode` takes around them."""
    with torch.inference_mode():
        return model(model.preprocess(texts))["sentence_embedding"].numpy()


def best_batch(model: SentenceTransformer, texts: list[str]) -> int:
    some = texts[: 2 * max(BATCHES)]
    spent = {b: timed(lambda b=b: model.encode(some, batch_size=b, show_progress_bar=False)) for b in BATCHES}
    return min(spent, key=lambda b: spent[b])


def timed(call: Callable[[], object]) -> float:
    """Processor seconds of this process for one call."""
    began = time.process_time()
    call()
    return time.process_time() - began


def by_turns(calls: dict[str, Callable[[], object]], turns: int) -> dict[str, list[float]]:
    for call in calls.values():
        call()
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(turns):
        for name, call in calls.items():
            spent[name].append(timed(call))
    return spent


def verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def sheet(
    count: int,
    characters: float,
    told: str,
    spent: dict[str, list[float]],
    ours: Loaded,
    peer: Loaded | None,
    size: str,
) -> str:
    """The tables in Markdown."""
    rate = {name: count / statistics.median(each) for name, each in spent.items()}
    ratio = {
        name: statistics.median(a / b for a, b in zip(spent[name], spent[OURS], strict=True)) for name in (PEER, BARE)
    }
    lines = [
        f"Ours: {size}. Peer: {told}. {count:,} distinct texts of {characters:.1f} characters on average.\n",
        "| what | texts a second, one core | ours is | target | |",
        "|---|---:|---:|---:|---|",
        f"| {OURS} | {rate[OURS]:,.0f} | | >= {TEXTS_PER_S:,} | {verdict(rate[OURS] >= TEXTS_PER_S)} |",
        f"| {PEER} | {rate[PEER]:,.0f} | {ratio[PEER]:.2f} x | >= {RATIO:g} x | {verdict(ratio[PEER] >= RATIO)} |",
        f"| {BARE} | {rate[BARE]:,.0f} | {ratio[BARE]:.2f} x | | |",
        "",
        "| a fresh process | ours | StaticEmbedding | target | |",
        "|---|---:|---:|---:|---|",
    ]
    for what, name in (("loading, imports left out", "load"), ("loading with its imports", "whole")):
        spent_s = getattr(ours, name)[1]
        lines.append(
            f"| {what} | {_seconds(ours, name)} | {_seconds(peer, name)} | < {LOAD_S:g} s of processor | "
            f"{verdict(spent_s < LOAD_S)} |"
        )
    lines.append(f"| the first text then | {_seconds(ours, 'first')} | {_seconds(peer, 'first')} | | |")
    lines.append(f"| memory at its peak | {_megabytes(ours)} | {_megabytes(peer)} | | |")
    return "\n".join(lines)


def _seconds(found: Loaded | None, name: str) -> str:
    return "not measured" if found is None else "{:.3f} s, {:.3f} s of processor".format(*getattr(found, name))


def _megabytes(found: Loaded | None) -> str:
    return "not measured" if found is None else f"{found.peak / 1e6:,.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=shipped_folder(), help="a text encoder's folder; ours")
    parser.add_argument("--names", type=Path, help="a folder with tables of names; without it, the demo's glossary")
    parser.add_argument("--texts", type=int, default=40_000, help="how many")
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--out", type=Path, metavar="FILE.md", help="write the tables there too")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    texts = table_texts(asked.names, asked.texts) if asked.names else glossary_texts(asked.texts)
    encoder = TextEncoder.load(asked.model)
    peer, told = peer_of(asked.model, texts)
    batch = best_batch(peer, texts)
    spent = by_turns(
        {
            OURS: lambda: encoder.encode(texts),
            PEER: lambda: peer.encode(texts, batch_size=batch, show_progress_bar=False),
            BARE: lambda: bare(peer, texts),
        },
        asked.turns,
    )
    ours = loads(OUR_LOADER, asked.model, asked.turns)
    same = loads(PEER_LOADER, asked.model, asked.turns) if told == "the same folder" else None
    rows, width = size_of(asked.model)
    packed = sum(f.stat().st_size for f in asked.model.rglob("*") if f.is_file()) / 1e6
    size = f"{rows:,} pieces of {width} numbers, {packed:.1f} MB on disk, fingerprint {encoder.fingerprint[:12]}"
    table = sheet(len(texts), statistics.mean(map(len, texts)), told, spent, ours, same, size)
    print(table)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    where = f"`python benchmarks/text_speed.py {' '.join(sys.argv[1:])}`".replace(" `", "`")
    note = (
        f"{where}, {date.today().isoformat()}; {platform.machine()}, {os.cpu_count()} cores, load {load:.1f} at the "
        f"end, one thread; Python {platform.python_version()}, torch {torch.__version__}, sentence-transformers "
        f"{version('sentence-transformers')}. Texts a second are per second of processor time, medians of "
        f"{asked.turns} turns; the peer in batches of {batch} (the best of {', '.join(map(str, BATCHES))}). Loading is "
        f"the median of {asked.turns} fresh processes, judged by processor time: others use this machine."
    )
    print(f"\n{note}")
    if asked.out:
        asked.out.write_text(f"# Speed of the text encoder\n\n{table}\n\n{note}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
