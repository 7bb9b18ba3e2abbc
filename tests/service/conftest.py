"""The small library with vectors that know exactly what they should: style the hand, semantic the subject."""

from __future__ import annotations

import numpy as np
import pytest

from umair.encoders.vectors import read_vectors, set_active_vectors, write_vectors
from umair.library.store import Library
from umair.retrieval.map import store_layout

HANDS, SUBJECTS = 4, 3


@pytest.fixture
def encoded_library(small_library: Library) -> Library:
    """`small_library` with style = its hand, semantic and label_text = its subject, each with a little noise."""
    rng = np.random.default_rng(5)
    ids = small_library.illustrations()["item_id"].to_list()
    hand = np.array([n // 3 % HANDS for n in range(len(ids))])
    subject = np.array([n % SUBJECTS for n in range(len(ids))])
    for number, (space, knows) in enumerate((("style", hand), ("semantic", subject), ("label_text", subject))):
        matrix = (np.eye(8)[knows] + rng.normal(scale=0.05, size=(len(ids), 8))).astype(np.float32)
        fingerprint = f"{number}" * 64
        write_vectors(small_library.path, space, fingerprint, ids, matrix / np.linalg.norm(matrix, axis=1)[:, None])
        set_active_vectors(small_library, space, fingerprint)
        if space != "label_text":
            store_layout(small_library.path, space, read_vectors(small_library, space))
    return small_library
