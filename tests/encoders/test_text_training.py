"""Training on pairs: true negatives only, the same again with the same seed, resumed as if never stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from datasets import Dataset
from tiny_text import CHOICES, tiny_pairs

from umair.encoders.names import fold
from umair.encoders.pairs import SUB_TYPES, TextPair
from umair.encoders.text import TextEncoder
from umair.encoders.text_batches import TruePairs, neighbours
from umair.encoders.text_negatives import with_hard_negatives
from umair.encoders.text_tokenizer import train_tokenizer
from umair.encoders.text_training import hold_out, open_model, train_text
from umair.encoders.words import WordEncoder
from umair.errors import TrainingError
from umair.library.runs import RunFolder

pytest_plugins = ("tiny_text",)  # brings tiny_text_model

SHORT = replace(CHOICES, epochs=4)


def _run(folder: Path) -> RunFolder:
    return RunFolder.create(folder, "text", {})


def test_all_seven_sub_types_can_be_trained_on() -> None:
    assert {p.sub_type for p in tiny_pairs()} == set(SUB_TYPES)


def test_no_batch_holds_two_texts_that_are_known_to_agree() -> None:
    pairs = tiny_pairs()
    known = neighbours(pairs)
    dataset = Dataset.from_dict({"a": [p.a for p in pairs], "b": [p.b for p in pairs]})
    sampler = TruePairs(known)(dataset, batch_size=6, drop_last=False, seed=3)
    for epoch in range(3):
        sampler.set_epoch(epoch)
        batches = list(sampler)
        assert len(batches) == len(sampler)
        rows = [row for batch in batches for row in batch]
        assert len(rows) == len(set(rows))
        for batch in batches:
            for n in batch:
                for m in batch:
                    if n != m:
                        assert not {fold(pairs[n].a), fold(pairs[n].b)} & (
                            known[fold(pairs[m].a)] | known[fold(pairs[m].b)]
                        )


def test_passes_differ_and_one_pass_is_repeatable() -> None:
    pairs = tiny_pairs()
    dataset = Dataset.from_dict({"a": [p.a for p in pairs], "b": [p.b for p in pairs]})
    sampler = TruePairs(neighbours(pairs))(dataset, batch_size=6, drop_last=False, seed=3)
    first = list(sampler)
    assert list(sampler) == first
    sampler.set_epoch(1)
    assert list(sampler) != first


def test_what_is_held_out_can_be_inferred_from_what_is_kept() -> None:
    pairs = tiny_pairs()
    kept, aside = hold_out(pairs, 0.1, seed=0)
    assert len(aside) == round(0.1 * len(pairs)) and len(kept) + len(aside) == len(pairs)
    texts = {t for p in kept for t in (p.a, p.b)}
    assert all(p.a in texts and p.b in texts and p not in kept for p in aside)


def test_the_tokenizer_keeps_every_character_and_learns_whole_words() -> None:
    texts = [t for p in tiny_pairs() for t in (p.a, p.b)]
    tokenizer = train_tokenizer(texts, 600)
    assert all("[UNK]" not in tokenizer.encode(t).tokens for t in texts)
    assert len(tokenizer.encode("猫耳").ids) == 1
    again = train_tokenizer(texts, 600)
    assert again.to_str() == tokenizer.to_str()


def test_training_twice_gives_the_same_vectors_and_tells_the_run(tmp_path: Path) -> None:
    runs = [_run(tmp_path / n) for n in ("a", "b")]
    first, second = (WordEncoder.load(train_text(tiny_pairs(), run, SHORT)) for run in runs)
    np.testing.assert_array_equal(first.encode(["night", "夜"]), second.encode(["night", "夜"]))
    assert first.fingerprint == second.fingerprint
    assert runs[0].state().state == "done" and runs[0].metrics()["pairs"] == len(tiny_pairs())
    card = (runs[0].path / "model" / "README.md").read_text(encoding="utf-8")
    assert f"{len(tiny_pairs()):,} pairs" in card and "library_name: sentence-transformers" in card
    rows = runs[0].progress_rows()
    assert rows[-1]["step"] == rows[-1]["of"] and rows[-1]["loss"] < rows[0]["loss"]


def test_a_stopped_training_resumes_as_if_it_had_not_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = WordEncoder.load(train_text(tiny_pairs(), _run(tmp_path / "whole"), SHORT))
    run = _run(tmp_path / "parts")
    steps: list[int] = []
    noted = RunFolder.progress

    def stop_in_the_middle(self: RunFolder, *, step: int, of: int, **numbers: object) -> dict:
        steps.append(step)
        if step >= of // 2 and len(steps) < 10_000 and not self.metrics().get("again"):
            self.request_stop()
        return noted(self, step=step, of=of)

    monkeypatch.setattr(RunFolder, "progress", stop_in_the_middle)
    train_text(tiny_pairs(), run, SHORT)
    assert run.state().state == "stopped" and not (run.path / "model").exists()
    monkeypatch.setattr(RunFolder, "progress", noted)
    resumed = WordEncoder.load(train_text(tiny_pairs(), run, SHORT))
    np.testing.assert_allclose(resumed.encode(["night", "夜"]), whole.encode(["night", "夜"]), atol=1e-6)


def test_too_few_pairs_are_refused(tmp_path: Path) -> None:
    same = [TextPair("ja-zh", "神社", "神社", "ja", "zh"), TextPair("ja-zh", "海", "大海", "ja", "zh")]
    with pytest.raises(TrainingError, match="1 usable pairs"):
        train_text(same, _run(tmp_path), SHORT)


@pytest.mark.parametrize("form", ["bpe", "transformer"])
def test_other_forms_learn_too(tmp_path: Path, form: str) -> None:
    choices = replace(CHOICES, form=form, epochs=20, learning_rate={"bpe": 0.02, "transformer": 2e-3}[form])
    encoder = TextEncoder.load(train_text(tiny_pairs(), _run(tmp_path), choices))
    en, zh = encoder.encode(["night", "sea", "flowers"]), encoder.encode(["夜晚", "大海", "花朵"])
    assert ((en @ zh.T).argmax(1) == np.arange(3)).all()


def test_a_training_goes_on_from_a_folder(tiny_text_model: Path, tmp_path: Path) -> None:
    before = WordEncoder.load(tiny_text_model)
    again = train_text(tiny_pairs(), _run(tmp_path), replace(SHORT, start_from=str(tiny_text_model), epochs=1))
    cosines = (before.encode(["night", "海"]) * WordEncoder.load(again).encode(["night", "海"])).sum(1)
    assert (cosines > 0.8).all() and (cosines < 1.0).all()


def test_an_unknown_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"'words' is no form.*ngrams, bpe, transformer"):
        train_text(tiny_pairs(), _run(tmp_path), replace(SHORT, form="words"))


def test_hard_negatives_are_the_nearest_texts_that_are_no_partners(tiny_text_model: Path, tmp_path: Path) -> None:
    pairs, model = tiny_pairs(), open_model(str(tiny_text_model))
    known = neighbours(pairs)
    found = with_hard_negatives(pairs, model, known)
    assert len(found) > len(pairs) // 2
    texts = sorted({p.b for p in pairs})
    cosines = model.encode(found["a"]) @ model.encode(texts).T
    for a, b, rival, row in zip(found["a"], found["b"], found["negative"], cosines, strict=True):
        agreed = known[fold(a)] | known[fold(b)]
        best = max(row[n] for n, text in enumerate(texts) if fold(text) not in agreed)
        assert fold(rival) not in agreed and row[texts.index(rival)] == pytest.approx(best, abs=1e-4)
    choices = replace(SHORT, start_from=str(tiny_text_model), epochs=2, hard_negatives=True)
    after = WordEncoder.load(train_text(pairs, _run(tmp_path), choices))
    en, zh = after.encode(["night", "sea", "flowers"]), after.encode(["夜晚", "大海", "花朵"])
    assert ((en @ zh.T).argmax(1) == np.arange(3)).all()
    with pytest.raises(TrainingError, match="start_from"):
        train_text(pairs, _run(tmp_path / "none"), replace(SHORT, hard_negatives=True))
