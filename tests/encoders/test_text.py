"""One face for every text encoder, and vectors of label lists (eq. 5)."""

from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tiny_text import CONCEPTS

from umair.encoders.label_lists import Carriers
from umair.encoders.text import TextEncoder
from umair.encoders.words import WordEncoder, unit_rows
from umair.errors import EncoderError, HubUnavailable
from umair.retrieval.meaning import measured
from umair.retrieval.words import LabelVectors
from umair.settings import assets

pytest_plugins = ("tiny_text",)  # brings tiny_text_model
LISTS = [["night", "雨", "猫耳"], [], ["sea"], ["海", "海", "smile"]]


def test_words_in_three_languages_mean_the_same(tiny_text_model: Path) -> None:
    encoder = TextEncoder.load(tiny_text_model)
    main = {lang: encoder.encode([names[lang][0] for names in CONCEPTS.values()]) for lang in ("en", "ja", "zh")}
    for a, b in (("en", "ja"), ("ja", "zh"), ("zh", "en")):
        cosines = main[a] @ main[b].T
        assert (cosines.argmax(1) == np.arange(len(CONCEPTS))).all()


def test_a_label_list_is_the_mean_of_its_labels_as_a_loop_computes_it(tiny_text_model: Path) -> None:
    encoder = TextEncoder.load(tiny_text_model)
    weights = {"night": 3.0, "sea": 0.5}
    for chosen in (None, weights):
        rows = encoder.encode_labels(LISTS, chosen)
        for row, own in zip(rows, LISTS, strict=True):
            total = np.zeros(encoder.dimension)
            for label in dict.fromkeys(own):
                total += encoder.encode([label])[0] * ((chosen or {}).get(label, 1.0))
            expected = total / np.linalg.norm(total) if own else total
            np.testing.assert_allclose(row, expected, atol=1e-5)


def test_a_row_depends_on_its_own_labels_alone(tiny_text_model: Path) -> None:
    encoder = TextEncoder.load(tiny_text_model)
    together = encoder.encode_labels(LISTS)
    for n, own in enumerate(LISTS):
        np.testing.assert_allclose(encoder.encode_labels([own])[0], together[n], atol=1e-6)


def test_rare_labels_weigh_more() -> None:
    weights = Carriers.of([["girl", "tide"], ["girl"], ["girl", "girl"]]).rarity(["girl", "tide"])
    assert weights["tide"] > weights["girl"] >= 1.0


def test_a_model_of_another_kind_is_opened_by_sentence_transformers(tiny_static_model: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense

    whole = SentenceTransformer(str(tiny_static_model), device="cpu")
    SentenceTransformer(modules=[whole[0], Dense(32, 16)], device="cpu").save(str(tmp_path / "other"))
    encoder = TextEncoder.load(tmp_path / "other")
    texts = ["night", "夜", "rain"]
    theirs = SentenceTransformer(str(tmp_path / "other"), device="cpu").encode(texts)
    np.testing.assert_allclose(encoder.encode(texts), unit_rows(theirs), atol=1e-5)
    assert encoder.dimension == 16 and len(encoder.fingerprint) == 64


def test_a_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(EncoderError, match=r"nowhere.*train text"):
        TextEncoder.load("/nowhere/at/all")


def test_an_unreachable_hub_says_how_to_bring_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
    with pytest.raises(HubUnavailable, match="bring the folder"):
        TextEncoder.load("nobody/no-such-model")


@pytest.mark.skipif(not (assets() / "demo" / "glossary.parquet").is_file(), reason="the demo library is not built")
def test_a_search_in_three_languages_finds_the_same_pictures_of_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    """For each concept that somebody wrote: the pictures found by its English, Japanese and Chinese main name."""
    demo, encoder = assets() / "demo", WordEncoder.load()
    labels = pl.read_parquet(demo / "illustrations.parquet")["labels"].to_list()
    names = pl.read_parquet(demo / "glossary.parquet")
    vectors = LabelVectors.of(labels, encoder)
    written = {label for own in labels for label in own}
    least = measured(dict(names.select("text", "concept").iter_rows()), encoder.encode, encoder.fingerprint).same
    overlaps = []
    for _, own in names.group_by("concept", maintain_order=True):
        if not set(own["text"]) & written:
            continue
        main = own.filter(pl.col("is_main")).sort("lang")["text"].to_list()
        found = [set(np.flatnonzero(vectors.score(v) > least)) for v in encoder.encode(main)]
        overlaps += [len(a & b) / max(1, len(a | b)) for a, b in combinations(found, 2)]
    with capsys.disabled():
        print(f"\n{len(overlaps) // 3} concepts of the demo: overlap between languages {np.mean(overlaps):.3f}")
    assert np.mean(overlaps) > 0.9
