"""What is asked of a gallery: which answer is right, which pictures are never compared, whose pictures ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umair.experiments.style_data import MERGED
from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.splits import folds_of


@dataclass(frozen=True)
class Protocol:
    """right, never (N, N) bool and symmetric; hand (N,): what the bootstrap draws; queries (N,) bool."""

    name: str
    hand: np.ndarray
    right: np.ndarray
    never: np.ndarray
    queries: np.ndarray


def same_hand(gallery: Gallery) -> Protocol:
    """Another picture by the hand, whatever it shows."""
    hand = gallery.hand
    return Protocol("same hand", hand, _equal(hand), np.eye(len(hand), dtype=bool), gallery.queries)


def across_contents(gallery: Gallery) -> Protocol:
    """Another picture by the hand that shows something else: pictures of the query's own content are left out."""
    never = gallery.sharing() | np.eye(len(gallery.hand), dtype=bool)
    return Protocol("same hand across contents", gallery.hand, _equal(gallery.hand), never, gallery.queries)


def content_across_hands(gallery: Gallery) -> Protocol:
    """The same content by another hand; pictures by the query's own hand are left out, and what shows nothing known.

    A style vector should do no better here than chance, a semantic one well.
    """
    known = np.array([bool(c) for c in gallery.contents])
    never = _equal(gallery.hand) | ~(known[:, None] & known)
    return Protocol("same content across hands", gallery.hand, gallery.sharing(), never, known)


def within_kind(gallery: Gallery) -> Protocol:
    """Another picture by the hand among pictures of the same kind: icons with icons, sprites with sprites."""
    never = ~_equal(gallery.kind) | np.eye(len(gallery.hand), dtype=bool)
    return Protocol("same hand within one kind", gallery.hand, _equal(gallery.hand), never, gallery.queries)


def merged_hands(gallery: Gallery) -> Protocol:
    """One artist's one manner is one hand, under however many names it was published."""
    hand = np.array([MERGED.get(h, h) for h in gallery.hand.tolist()])
    return Protocol("same manner (merged hands)", hand, _equal(hand), np.eye(len(hand), dtype=bool), gallery.queries)


def of_fold(asked: Protocol, gallery: Gallery, fold: int, strict: bool = False) -> Protocol:
    """Only the hands of one fold of artists ask; `strict`: and only they answer."""
    own = folds_of(gallery.hand.tolist()) == fold
    never = asked.never | ~(own[:, None] & own) if strict else asked.never
    return Protocol(asked.name, asked.hand, asked.right, never, asked.queries & own)


def _equal(names: np.ndarray) -> np.ndarray:
    return names[:, None] == names
