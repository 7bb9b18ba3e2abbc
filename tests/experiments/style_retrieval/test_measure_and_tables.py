"""Rows of the tables: full marks, what a ratio is beside, folds with their own vectors, hands that are confused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.hands import hand_rows, hands_table
from umair.experiments.style_retrieval.measure import measure, measure_folds
from umair.experiments.style_retrieval.protocols import of_fold, same_hand
from umair.experiments.style_retrieval.tables import measured_table
from umair.experiments.style_retrieval.vectors import Vector, likenesses, stack_alone, unit

Make = Callable[..., Gallery]


def _of_hand(gallery: Gallery) -> np.ndarray:
    codes = np.unique(gallery.hand, return_inverse=True)[1]
    return np.eye(8, dtype=np.float32)[codes]


def _noise(seed: int = 0) -> Callable[[Gallery], np.ndarray]:
    return lambda gallery: unit(np.random.default_rng(seed).normal(size=(len(gallery.hand), 30)))


def test_a_vector_that_knows_the_hand_gets_full_marks_and_the_ratio_says_so(made_gallery: Make) -> None:
    gallery = made_gallery(["a", "b", "c"] * 6, asked=["a", "b"])
    found = measure(gallery, [Vector("noise", _noise()), Vector("perfect", _of_hand)], [same_hand(gallery)], 50)[0]
    assert [(r.vector, r.likeness) for r in found.rows[2:]] == [("perfect", "cosine"), ("perfect", "CSLS")]
    perfect = found.row("perfect", "cosine")
    assert perfect.figures == {"r1": 1, "r5": 1, "map": 1, "auc": 1}
    assert perfect.beside["CSLS"][0] == pytest.approx(1 / found.row("noise").figures["map"])
    assert not found.rows[1].beside, "the histogram is not set beside itself"
    text = measured_table(found)
    assert "12 queries by 2 hands, gallery of 18" in text
    assert "| perfect | cosine | 1.000 [1.00 1.00] | 1.000 | 1.000 [1.00 1.00] | 1.000 [1.00 1.00] |" in text


def test_every_fold_is_measured_by_its_own_vectors(made_gallery: Make) -> None:
    gallery = made_gallery(["deji", "deji", "egon-icon", "egon-icon", "tuxemon-sanglorian", "tuxemon-sanglorian"])
    asked = [[of_fold(same_hand(gallery), gallery, n) for n in range(3)]]

    def knows(known: int) -> Callable[[int], list[Vector]]:
        return lambda fold: [Vector("v", _of_hand if fold <= known else _noise(fold))]

    all_known, one_known = (measure_folds(gallery, knows(n), asked, 20)[0].rows[0].figures for n in (2, 0))
    assert all_known["map"] == 1 == all_known["auc"] and one_known["map"] < 1
    assert measure_folds(gallery, knows(2), asked, 20)[0].queries == 6


def test_a_hand_nearer_to_another_is_named(made_gallery: Make) -> None:
    gallery = made_gallery(["loose"] * 4 + ["twin"] * 4 + ["apart"] * 4)
    chance = np.random.default_rng(1)
    centre = np.repeat(np.eye(3, 6)[[0, 0, 2]], 4, axis=0)
    spread = np.repeat([0.8, 0.05, 0.05], 4)[:, None] * chance.normal(size=(12, 6))
    spread[:4, 0] += 1.0
    vector = Vector("v", lambda _: unit(centre + spread))
    protocol = same_hand(gallery)
    found = measure(gallery, [Vector("noise", _noise()), vector], [protocol], 20)[0]
    rows = {r.hand: r for r in hand_rows(gallery, protocol, vector, found)}
    assert rows["twin"].nearest == "loose" and rows["loose"].nearest == "twin" and not rows["apart"].confused
    likeness = likenesses(vector.rows(gallery))["CSLS"]
    assert rows["twin"].across == pytest.approx(float(likeness[4:8, :4].mean()), abs=1e-6)
    assert rows["twin"].within == pytest.approx(float(likeness[4:8, 4:8][~np.eye(4, dtype=bool)].mean()), abs=1e-6)
    assert rows["apart"].own == 1 and rows["apart"].histogram < 1
    confused = [name for name, row in rows.items() if row.within < row.across]
    assert confused == ["loose"]
    assert "Nearer to another hand than to itself: loose (to twin) (1 of 3)." in hands_table(list(rows.values()))


def test_a_family_left_out_of_the_stack_has_no_say() -> None:
    from umair.encoders.style.stack import WIDTH, block_slices

    rows = np.random.default_rng(0).normal(size=(6, WIDTH))
    changed = rows.copy()
    changed[:, block_slices()["filter_covariances"]] = np.random.default_rng(1).normal(size=(6, 900))
    np.testing.assert_allclose(stack_alone(rows, "filter_covariances"), stack_alone(changed, "filter_covariances"))
    assert not np.allclose(stack_alone(rows), stack_alone(changed), atol=1e-3)
