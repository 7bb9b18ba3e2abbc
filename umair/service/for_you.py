"""The order *for you* on Browse: likeness to what the person has liked, weighed by how alike the likes are.

No model and no torch: the coherence weights of a single person's library. People uses the trained ranker.
"""

from __future__ import annotations

import numpy as np

from umair.features.coherence import coherence_weights
from umair.features.schema import SPACES
from umair.library.store import Library
from umair.retrieval.search import standardised, unit_rows
from umair.service.spaces import is_encoded, vectors
from umair.service.tiles import catalogue
from umair.service.you import likes


def for_you(lib: Library) -> np.ndarray:
    """(N,) worth of every picture for the person in front of the screen; popularity until something is liked."""
    known = catalogue(lib)
    popular = np.log1p([t.likes for t in known.tiles]).astype(float)
    liked = [known.row_of[i] for i in likes(lib) if i in known.row_of]
    spaces = [s for s in SPACES if is_encoded(lib, s)]
    if not liked or not spaces:
        return popular
    scores = []
    for space in spaces:
        found = vectors(lib, space)
        centred = unit_rows((found.matrix - found.matrix[found.present].mean(0)) * found.present[:, None])
        scores.append(standardised(centred @ centred[liked].mean(0), found.present))
    matrices = [vectors(lib, space).matrix for space in spaces]
    weights = coherence_weights(matrices, liked)
    return np.tensordot(weights, np.stack(scores), axes=1)
