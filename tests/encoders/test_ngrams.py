"""Pieces by arrays are the pieces that a loop finds; a vocabulary knows its own; four bits hold what they must."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umair.encoders.ngram_files import CONFIG, NgramVectors, from_codes, read_folder, to_codes, write_folder
from umair.encoders.ngrams import LATIN, LONGEST, pieces
from umair.encoders.spelling_tables import make_spelling
from umair.encoders.vocabulary import Vocabulary
from umair.errors import EncoderError

SPELLING = make_spelling()
LINES = st.lists(st.text(alphabet="abあ海 ", max_size=12), min_size=1, max_size=5)


def naive(line: str) -> Counter[str]:
    """Windows and long words of one line, by a loop; a word is marked so that it is no window."""
    found: Counter[str] = Counter(f"word {word}" for word in line.split() if len(word) > LONGEST - 2)
    padded = f" {line} "
    for start in range(len(padded)):
        for n in range(1, LONGEST + 1):
            window = padded[start : start + n]
            if len(window) < n or not window.strip() or " " in window[1:-1]:
                continue
            if n > 1 or ord(window) >= LATIN:
                found[window] += 1
    return found


@given(LINES)
def test_pieces_are_those_that_a_loop_finds(lines: list[str]) -> None:
    hashes, rows = pieces("\n".join(lines))
    names: dict[int, str] = {}
    for row, line in enumerate(lines):
        own = Counter(hashes[rows == row].tolist())
        assert sorted(own.values()) == sorted(naive(line).values())
        assert own == Counter(pieces(line)[0].tolist())  # whatever else is in the batch
        for name, count in naive(line).items():  # one name, one hash: counts of a hash follow its name
            same = [h for h in own if names.get(h, name) == name and own[h] == count]
            assert same
    assert len(hashes) == sum(sum(naive(line).values()) for line in lines)


def test_a_word_and_a_window_of_the_same_letters_are_two_pieces() -> None:
    word, windows = pieces("abcd")[0], pieces("xabcdx")[0]
    assert len(set(word) & set(windows)) == len({"ab", "bc", "cd", "abc", "bcd", "abcd"})


def test_a_vocabulary_reads_only_what_it_knows() -> None:
    known = Vocabulary.of(["night", "night", "海", "海", "once"], SPELLING, size=1000)
    numbers, starts = known.read(["night", "once", "", "海"])
    assert starts.tolist()[1:3] == [starts[1], starts[1]] and starts[1] > 0  # pieces of "once" occur once only
    assert starts[-1] == len(numbers) > starts[3]
    assert len(Vocabulary.of(["night", "night"], SPELLING, size=3)) == 3
    assert known.read([])[1].tolist() == [0]


def test_without_sounds_kana_and_letters_share_nothing() -> None:
    texts = ["naruto", "ナルト"] * 2
    heard, written = (Vocabulary.of(texts, SPELLING, 1000, sounds=s) for s in (True, False))
    shared = [set.intersection(*({*known.read([t])[0]} for t in texts[:2])) for known in (heard, written)]
    assert len(shared[0]) > 10 and not shared[1]


@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_four_bits_hold_each_number_to_half_a_step(width: int, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(5, width)).astype(np.float32)
    rows[0] = 0
    codes, scales = to_codes(rows)
    again = from_codes(codes, scales)[:, :width]
    assert codes.shape == (5, -(-width // 2))
    assert (np.abs(again - rows) <= scales[:, None] * 0.5001).all()
    np.testing.assert_allclose(from_codes(*to_codes(again))[:, :width], again, rtol=1e-5)  # rounding twice is once


@pytest.mark.parametrize("compact", [False, True])
def test_files_give_back_what_was_written(tmp_path: Path, compact: bool) -> None:
    known = Vocabulary.of(["night", "night", "夜", "夜"], SPELLING, 100, sounds=False)
    told = NgramVectors(known, np.random.default_rng(0).normal(size=(len(known), 5)).astype(np.float32))
    write_folder(tmp_path, told, compact)
    again = read_folder(tmp_path)
    expected = told.rounded().vectors[:, :5] if compact else told.vectors
    np.testing.assert_array_equal(again.vectors, expected)
    assert again.vocabulary.read(["night 夜"])[0].tolist() == known.read(["night 夜"])[0].tolist()
    (tmp_path / CONFIG).write_text('{"width": 7, "sounds": true}')
    with pytest.raises(EncoderError, match="width 7"):
        read_folder(tmp_path)
    (tmp_path / CONFIG).unlink()
    with pytest.raises(EncoderError, match="damaged"):
        read_folder(tmp_path)
