"""The head: unit rows, the same from its folder, refused if it was trained on other statistics."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.head import Perceptron, Projection, StyleHead, load_head, save_head
from umair.errors import EncoderError

RNG = np.random.default_rng(3)
WIDTH = 2173


@pytest.fixture
def head() -> StyleHead:
    def normal(*shape: int) -> np.ndarray:
        return RNG.normal(0, 0.05, shape).astype(np.float32)

    parts = [
        Projection(normal(WIDTH), normal(WIDTH, 6)),
        Perceptron(normal(WIDTH, 8), normal(8), normal(8, 5), normal(WIDTH, 5), normal(5)),
    ]
    return StyleHead(normal(WIDTH), np.abs(normal(WIDTH)) + 0.5, parts, np.array([0.7, 0.3], np.float32))


def test_rows_have_length_one_and_a_cosine_is_that_of_the_parts(head: StyleHead, painted_table: HandTable) -> None:
    rows = head.vectors(painted_table.statistics)
    assert rows.shape == (32, 11)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    one = np.ones(1, np.float32)
    each = [StyleHead(head.mean, head.std, [part], one).vectors(painted_table.statistics) for part in head.parts]
    np.testing.assert_allclose(rows @ rows.T, 0.7 * each[0] @ each[0].T + 0.3 * each[1] @ each[1].T, atol=1e-5)


def test_a_row_does_not_depend_on_the_batch(head: StyleHead, painted_table: HandTable) -> None:
    rows = head.vectors(painted_table.statistics)
    np.testing.assert_allclose(head.vectors(painted_table.statistics[7:8])[0], rows[7], atol=1e-6)


def test_what_is_written_is_read_again(
    tmp_path: Path, head: StyleHead, painted: list[np.ndarray], painted_table: HandTable
) -> None:
    kept = save_head(tmp_path, head)
    encoder = StyleEncoder.load(tmp_path)
    assert encoder.fingerprint == kept.fingerprint == load_head(tmp_path).fingerprint
    assert (tmp_path / "model.safetensors").stat().st_size < 2.5 * sum(t.size for t in head.tensors().values())
    np.testing.assert_allclose(encoder.encode(painted[:2]), kept.vectors(painted_table.statistics[:2]), atol=1e-6)
    np.testing.assert_allclose(
        kept.vectors(painted_table.statistics), head.vectors(painted_table.statistics), atol=0.02
    )


def test_other_weights_are_another_fingerprint(head: StyleHead) -> None:
    before = head.fingerprint
    head.std[3] += 0.25
    assert head.fingerprint != before


def test_weights_for_other_statistics_are_refused(tmp_path: Path, head: StyleHead) -> None:
    save_head(tmp_path, head)
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps(config | {"stack": 99}))
    with pytest.raises(EncoderError, match="Train it again"):
        load_head(tmp_path)
    with pytest.raises(EncoderError, match="holds no style encoder"):
        load_head(tmp_path / "nowhere")
