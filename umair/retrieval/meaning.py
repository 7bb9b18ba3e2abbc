"""From which cosine on two words mean the same: a fact of one text encoder, measured on a glossary, kept beside it.

Two figures. `same`: a word that was typed and a label mean the same (the threshold with the greatest overlap of what
is found and what should be, or as good as that). `grouped`: labels of different languages are shown as one (the lowest
threshold whose pairs are right at PRECISION).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from umair.library.atomic import write_json
from umair.retrieval.label_groups import Encode, Groups, label_groups
from umair.retrieval.written import fold, key, language

FILE = "meaning.json"
PRECISION = 0.98
THRESHOLDS = tuple(round(0.30 + 0.02 * n, 2) for n in range(35))  # 0.30 to 0.98
COARSE = THRESHOLDS[::4]
FLAT = 0.01  # of overlap: as good as the best
NEVER = 1.0  # no cosine counts: spelling alone


@dataclass(frozen=True)
class Meaning:
    """The thresholds of the encoder with this fingerprint; cosines."""

    same: float = NEVER
    grouped: float = NEVER
    fingerprint: str = ""


@dataclass(frozen=True)
class AtThreshold:
    """What a threshold gives. precision, recall of pairs; overlap: mean over words of |found and right| / |either|."""

    threshold: float
    precision: float
    recall: float
    overlap: float


def read_meaning(folder: Path, fingerprint: str) -> Meaning | None:
    """What is kept beside an encoder; None if nothing is, or if it was measured with other weights."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        found = Meaning(float(kept["same"]), float(kept["grouped"]), str(kept["fingerprint"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.fingerprint == fingerprint else None


def write_meaning(folder: Path, meaning: Meaning, measured: Mapping[str, Sequence[AtThreshold]]) -> None:
    """`meaning.json` in an encoder's folder, with the tables that it was chosen from."""
    write_json(folder / FILE, {**asdict(meaning), "measured": {n: [asdict(r) for r in t] for n, t in measured.items()}})


def measured(told: Mapping[str, str], encode: Encode, fingerprint: str, texts_at_most: int = 2_000) -> Meaning:
    """The thresholds of an encoder that has none yet, from part of a glossary (spelling -> concept), in a second."""
    few = part_of(told, texts_at_most)
    return Meaning(
        best(search_by_threshold(few, encode)), first_precise(groups_by_threshold(few, encode, COARSE)), fingerprint
    )


def best(table: Sequence[AtThreshold]) -> float:
    """The highest threshold whose overlap is within FLAT of the greatest (the top is flat, and higher is more precise);
    NEVER if nothing is found at any."""
    top = max(row.overlap for row in table)
    return max(row.threshold for row in table if row.overlap >= top - FLAT) if top else NEVER


def first_precise(table: Sequence[AtThreshold], precision: float = PRECISION) -> float:
    """The lowest threshold from which on every precision is at least this; NEVER if there is none."""
    found = NEVER
    for row in sorted(table, key=lambda row: -row.threshold):
        if row.precision < precision:
            break
        found = row.threshold
    return found


def part_of(told: Mapping[str, str], texts_at_most: int, seed: int = 0) -> dict[str, str]:
    """Whole concepts, drawn at random, with about so many texts."""
    concepts = np.random.default_rng(seed).permutation(sorted(set(told.values())))
    counts = dict.fromkeys(concepts.tolist(), 0)
    for concept in told.values():
        counts[concept] += 1
    kept = set(concepts[: 1 + int((np.cumsum([counts[c] for c in concepts.tolist()]) <= texts_at_most).sum())].tolist())
    return {text: concept for text, concept in told.items() if concept in kept}


def search_by_threshold(
    told: Mapping[str, str], encode: Encode, thresholds: Sequence[float] = THRESHOLDS
) -> tuple[AtThreshold, ...]:
    """Every text looked for among all others: which of its concept, and how many besides, come at each threshold.

    Texts that are written alike are no finding and left out. told: spelling -> concept, (V,) texts; V^2 cosines.
    """
    texts = list(told)
    vectors = encode([fold(t) for t in texts])
    concept, written = _numbers([told[t] for t in texts]), _numbers([key(t) for t in texts])
    found, right = (np.zeros((len(texts), len(thresholds))) for _ in range(2))
    wanted = np.zeros(len(texts))
    for start in range(0, len(texts), 512):
        rows = slice(start, start + 512)
        cosine = vectors[rows] @ vectors.T
        other = written[rows, None] != written[None]
        same = (concept[rows, None] == concept[None]) & other
        wanted[rows] = same.sum(1)
        for n, least in enumerate(thresholds):
            near = (cosine >= least) & other
            found[rows, n] = near.sum(1)
            right[rows, n] = (near & same).sum(1)
    asked = wanted > 0
    either = np.maximum(found + wanted[:, None] - right, 1)
    return tuple(
        AtThreshold(
            least,
            float(right[:, n].sum() / max(found[:, n].sum(), 1)),
            float(right[:, n].sum() / max(wanted.sum(), 1)),
            float((right[asked, n] / either[asked, n]).mean()) if asked.any() else 0.0,
        )
        for n, least in enumerate(thresholds)
    )


def groups_by_threshold(
    told: Mapping[str, str], encode: Encode, thresholds: Sequence[float] = THRESHOLDS
) -> tuple[AtThreshold, ...]:
    """The glossary's texts grouped without the glossary, at each threshold, beside what it says.

    Half of the concepts are left with the texts of one language, as in a library where many a label stands alone: for
    these every partner is a wrong one. Pairs that are written alike are not counted: they need no encoder. A
    threshold without a single pair counts as precise.
    """
    texts = [t for t, concept in told.items() if _stays(t, concept)]
    vectors = dict(zip(map(fold, texts), encode([fold(t) for t in texts]), strict=True))
    right = _pairs(_by(texts, told))

    def known(asked: Sequence[str]) -> np.ndarray:
        return np.stack([vectors[t] for t in asked])

    table = []
    for least in thresholds:
        pairs = _pairs(label_groups(texts, {}, known, least)[0])
        good = len(pairs & right)
        precision = good / len(pairs) if pairs else 1.0
        recall = good / max(len(right), 1)
        table.append(AtThreshold(least, precision, recall, good / max(len(pairs | right), 1)))
    return tuple(table)


def _stays(text: str, concept: str) -> bool:
    """Of every second concept only the texts in the language that its name's length draws, for no other reason."""
    number = sum(concept.encode())
    return number % 2 == 0 or language(text) == ("en", "ja", "zh")[number // 2 % 3]


def _by(texts: Sequence[str], told: Mapping[str, str]) -> Groups:
    found: dict[str, list[str]] = {}
    for text in texts:
        found.setdefault(told[text], []).append(text)
    return tuple(map(tuple, found.values()))


def _pairs(groups: Groups) -> set[tuple[str, str]]:
    return {(a, b) for group in groups for a in group for b in group if a < b and key(a) != key(b)}


def _numbers(names: Sequence[str]) -> np.ndarray:
    place = {name: n for n, name in enumerate(dict.fromkeys(names))}
    return np.array([place[name] for name in names])
