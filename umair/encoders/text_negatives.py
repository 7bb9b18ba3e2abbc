"""Hard negatives: for each pair, the text that a model takes for its partner and that is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from datasets import Dataset
from sentence_transformers import SentenceTransformer
from sentence_transformers.util import mine_hard_negatives

from umair.encoders.names import fold
from umair.encoders.pairs import TextPair

NEAREST, RIVALS = 20, 4  # places among which rivals are looked for, and how many are weighed
AT_ONCE = 1024  # texts compared with all others at a time


def with_hard_negatives(
    pairs: Sequence[TextPair], model: SentenceTransformer, known: Mapping[str, Set[str]]
) -> Dataset:
    """Columns a, b, negative: b's nearest rival for a by `model`, never a text that is known to agree with either.

    A pair that has no such rival among the nearest has no row.
    """
    mined = mine_hard_negatives(
        Dataset.from_dict({"a": [p.a for p in pairs], "b": [p.b for p in pairs]}),
        model,
        anchor_column_name="a",
        positive_column_name="b",
        range_max=NEAREST,
        num_negatives=RIVALS,
        output_format="triplet",
        batch_size=AT_ONCE,
        faiss_batch_size=AT_ONCE,
        verbose=False,
    )
    found: dict[tuple[str, str], str] = {}
    for a, b, rival in zip(mined["a"], mined["b"], mined["negative"], strict=True):
        if (a, b) not in found and fold(rival) not in known[fold(a)] | known[fold(b)]:
            found[a, b] = rival
    columns = zip(*((a, b, rival) for (a, b), rival in found.items()), strict=True)
    return Dataset.from_dict(dict(zip(("a", "b", "negative"), map(list, columns), strict=True)) if found else {})
