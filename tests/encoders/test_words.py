"""Words without torch: the same vectors as SentenceTransformer, whatever else is in the batch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from umair.encoders.words import WordEncoder, shipped_folder
from umair.errors import EncoderError

pytest_plugins = ("tiny_text",)  # brings tiny_text_model
TEXTS = ["night", "夜", "猫耳", "cat_ears and rain", "", "𐎀𐎁", "夜の街 neon", "A LONG label with Many words"]


def test_vectors_equal_those_of_sentence_transformers(tiny_text_model: Path, tiny_static_model: Path) -> None:
    from umair.encoders.text_training import open_model

    for folder in (tiny_text_model, tiny_static_model):
        theirs = open_model(str(folder)).encode(TEXTS, convert_to_numpy=True)
        np.testing.assert_allclose(WordEncoder.load(folder).encode(TEXTS), theirs, atol=1e-5)


@pytest.mark.skipif(not (shipped_folder() / "modules.json").is_file(), reason="the shipped text encoder is not built")
def test_the_shipped_encoder_gives_the_vectors_of_sentence_transformers() -> None:
    from umair.encoders.text_training import open_model

    theirs = open_model(str(shipped_folder())).encode(TEXTS, convert_to_numpy=True)
    np.testing.assert_allclose(WordEncoder.load().encode(TEXTS), theirs, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_any_batch(tiny_text_model: Path) -> None:
    encoder = WordEncoder.load(tiny_text_model)
    together = encoder.encode(TEXTS)
    for row, text in enumerate(TEXTS):
        np.testing.assert_array_equal(encoder.encode([text])[0], together[row])
    np.testing.assert_array_equal(encoder.encode(TEXTS[::-1]), together[::-1])


def test_rows_have_length_one_or_are_zero_where_nothing_is_known(tiny_text_model: Path) -> None:
    rows = WordEncoder.load(tiny_text_model).encode(TEXTS)
    lengths = np.linalg.norm(rows, axis=1)
    np.testing.assert_allclose(np.delete(lengths, [4, 5]), 1.0, atol=1e-6)
    assert lengths[4] == lengths[5] == 0.0  # empty, and letters never met
    assert WordEncoder.load(tiny_text_model).encode([]).shape == (0, rows.shape[1])


def test_case_width_and_underscores_do_not_matter(tiny_text_model: Path) -> None:
    rows = WordEncoder.load(tiny_text_model).encode(["cat ears", "Cat_Ears", "ＣＡＴ　ＥＡＲＳ", " cat   ears "])
    np.testing.assert_allclose(rows, np.repeat(rows[:1], 4, 0), atol=1e-6)


def test_the_fingerprint_follows_the_weights(tiny_text_model: Path, tmp_path: Path) -> None:
    import shutil

    from safetensors.numpy import load_file, save_file

    copy = tmp_path / "copy"
    shutil.copytree(tiny_text_model, copy)
    assert WordEncoder.load(copy).fingerprint == WordEncoder.load(tiny_text_model).fingerprint
    weights = load_file(copy / "model.safetensors")
    save_file(weights | {"scales": weights["scales"] + 1e-3}, copy / "model.safetensors")
    assert WordEncoder.load(copy).fingerprint != WordEncoder.load(tiny_text_model).fingerprint


def test_another_kind_of_folder_and_a_damaged_one_are_refused(tiny_text_model: Path, tmp_path: Path) -> None:
    import shutil

    with pytest.raises(EncoderError, match="StaticEmbedding or NgramEmbedding"):
        WordEncoder.load(tmp_path)
    copy = tmp_path / "copy"
    shutil.copytree(tiny_text_model, copy)
    (copy / "spelling.json").write_text("{")
    with pytest.raises(EncoderError, match=r"spelling\.json cannot be read"):
        WordEncoder.load(copy)
    whole = (copy / "model.safetensors").read_bytes()
    (copy / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EncoderError, match="damaged"):
        WordEncoder.load(copy)
