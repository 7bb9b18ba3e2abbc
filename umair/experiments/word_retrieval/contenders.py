"""Who answers: text encoders by name, the same untrained, and spelling alone (TF-IDF of letters)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from anyascii import anyascii
from safetensors.numpy import load_file, save_file
from sklearn.feature_extraction.text import TfidfVectorizer

from umair.encoders.text import TextEncoder
from umair.encoders.words import SHIPPED, shipped_folder
from umair.errors import EncoderError, UmairError

MODEL = "model"  # the finished model's folder in a run

Scores = Callable[[Sequence[str]], np.ndarray]  # texts (Q) -> scores (Q, C), higher is nearer


class Contender(Protocol):
    """What ranks candidates for a text."""

    @property
    def name(self) -> str: ...

    def against(self, candidates: Sequence[str]) -> Scores:
        """What scores queries by these candidates."""
        ...


@dataclass
class EncoderContender:
    """Cosine of an encoder's vectors; a text is encoded once, however many pools it is in."""

    name: str
    encoder: TextEncoder

    def __post_init__(self) -> None:
        self._place: dict[str, int] = {}
        self._rows = np.zeros((0, self.encoder.dimension), np.float32)

    def against(self, candidates: Sequence[str]) -> Scores:
        target = self.vectors(candidates)
        return lambda queries: self.vectors(queries) @ target.T

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """(B, D) unit rows."""
        new = [t for t in dict.fromkeys(texts) if t not in self._place]
        if new:
            self._place |= {t: n for n, t in enumerate(new, len(self._rows))}
            self._rows = np.concatenate([self._rows, self.encoder.encode(new)])
        return self._rows[[self._place[t] for t in texts]]


@dataclass(frozen=True)
class LetterContender:
    """TF-IDF of one to three letters (`char_wb`), fitted on the candidates, of the text or a view of it."""

    name: str
    view: Callable[[str], str] = str

    def against(self, candidates: Sequence[str]) -> Scores:
        model = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3))
        try:
            target = model.fit_transform([self.view(c) for c in candidates])
        except ValueError:  # no letter in any candidate
            return lambda queries: np.zeros((len(queries), len(candidates)), np.float32)
        return lambda queries: (model.transform([self.view(q) for q in queries]) @ target.T).toarray()


def romanised(text: str) -> str:
    """Latin letters for every script: kana by sound, hanzi and kanji by pinyin (anyascii)."""
    return anyascii(text).lower()


def by_letters() -> tuple[LetterContender, LetterContender]:
    """The two that learn nothing."""
    return LetterContender("letters (TF-IDF)"), LetterContender("romanised letters (TF-IDF)", romanised)


@dataclass(frozen=True)
class Asked:
    """An encoder that is asked for: `title` is how it is told, `name` is shipped, a folder or a name on a hub."""

    title: str
    name: str

    @classmethod
    def of(cls, words: str) -> Asked:
        """From `NAME` or `TITLE=NAME`."""
        title, sign, name = words.partition("=")
        if sign and not Path(words).expanduser().is_dir():
            return cls(title, name)
        return cls(_shown(words), words)


def open_encoder(asked: Asked) -> EncoderContender:
    """An encoder by name or folder. UmairError if it cannot be had."""
    return EncoderContender(asked.title, TextEncoder.load(asked.name))


def open_untrained(asked: Asked, work: Path) -> EncoderContender:
    """The encoder of a folder (or the shipped one) with fresh random weights, written into `work`.

    EncoderError where there is no folder with weights to be made fresh, as for a name on a hub.
    """
    folder = shipped_folder() if asked.name == SHIPPED else Path(asked.name).expanduser()
    files = sorted(folder.rglob("*.safetensors")) if folder.is_dir() else []
    if not files:
        raise EncoderError(f"{asked.title} lies in no folder here, so there is no untrained form of it.")
    fresh = work / "untrained"
    shutil.copytree(folder, fresh, dirs_exist_ok=True)
    for file in files:
        rng = np.random.default_rng(0)
        own = {key: fresh_like(value, rng) for key, value in load_file(file).items()}
        save_file(own, fresh / file.relative_to(folder), metadata={"format": "pt"})
    return EncoderContender(f"{asked.title}, untrained", TextEncoder.load(fresh))


def fresh_like(weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Random weights of the same shape and kind: matrices anew, rows of zeros (what says nothing) and vectors kept."""
    if weights.ndim < 2:
        return weights
    drawn: np.ndarray = rng.standard_normal(weights.shape, np.float32) * float(weights.astype(np.float32).std())
    if np.issubdtype(weights.dtype, np.integer):
        drawn = rng.permutation(weights.ravel()).reshape(weights.shape)  # of packed numbers, the spread stays right
    axes = tuple(range(1, weights.ndim))
    silent = ~weights.any(axis=axes, keepdims=True)
    return np.where(silent, 0, drawn).astype(weights.dtype)


@dataclass(frozen=True)
class Unmeasured:
    """A contender that could not be had, and why, in one line."""

    name: str
    why: str


def contenders(encoders: Sequence[str], work: Path) -> tuple[list[Contender], list[Unmeasured]]:
    """Every encoder, each one untrained where that can be made, and letters alone; what is not to be had is named."""
    found: list[Contender] = []
    missing: list[Unmeasured] = []
    for n, asked in enumerate(Asked.of(words) for words in dict.fromkeys(encoders)):
        try:
            found.append(open_encoder(asked))
        except UmairError as error:
            missing.append(Unmeasured(asked.title, _one_line(error)))
            continue
        try:
            found.append(open_untrained(asked, work / str(n)))
        except UmairError as error:
            missing.append(Unmeasured(f"{asked.title}, untrained", _one_line(error)))
    return [*found, *by_letters()], missing


def _shown(name: str) -> str:
    """Of a folder, the last part that tells it from others: the run, not the `model` in it."""
    path = Path(name).expanduser()
    return (path.parent.name if path.name == MODEL else path.name) if path.is_dir() else name


def _one_line(error: Exception) -> str:
    """The first sentence: what is wrong, without what to do."""
    return " ".join(str(error).split()).split(". ")[0].rstrip(".") + "."
