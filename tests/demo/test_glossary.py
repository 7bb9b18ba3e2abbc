"""The demo's words: enough of them, in three languages, and every sub-type of Table 1."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from umair.demo.cast.registry import MEMBERS, SERIES
from umair.demo.glossary import LANGUAGES, NAMES_FILE, RELATIONS_FILE, glossary, told, write_glossary
from umair.encoders.pairs import MULTILINGUAL, SUB_TYPES, read_glossary, read_tsv


def test_there_are_at_least_250_concepts_with_names_in_each_language() -> None:
    concepts = glossary().values()
    assert len(concepts) >= 250
    assert all(c.names[lang] and all(c.names[lang]) for c in concepts for lang in LANGUAGES)
    spellings = [len(own) for c in concepts for own in c.names.values()]
    assert sum(spellings) / len(spellings) > 2.0


def test_everybody_and_every_series_is_in_it() -> None:
    assert {f"character/{k}" for k in MEMBERS} | {f"series/{k}" for k in SERIES} <= set(glossary())


def test_no_spelling_stands_for_two_concepts_in_one_language() -> None:
    for lang in LANGUAGES:
        counts = Counter(text.casefold() for c in glossary().values() for text in c.names[lang])
        assert {text: n for text, n in counts.items() if n > 1} == {}


def test_japanese_is_written_with_kana_or_kanji_and_english_in_latin_letters() -> None:
    for concept in glossary().values():
        assert all(name.isascii() or "é" in name for name in concept.names["en"]), concept.key
        assert any(not name.isascii() for name in concept.names["ja"]), concept.key
        assert any(not name.isascii() for name in concept.names["zh"]), concept.key


def test_the_library_gets_all_seven_sub_types(tmp_path: Path) -> None:
    write_glossary(tmp_path)
    pairs = read_glossary(tmp_path / NAMES_FILE) + read_tsv(tmp_path / RELATIONS_FILE)
    counts = Counter(p.sub_type for p in pairs)
    assert set(counts) == set(SUB_TYPES)
    assert min(counts[s] for s in MULTILINGUAL) > 1_000
    assert all(p.a != p.b for p in pairs)


def test_a_relation_names_the_one_and_gives_the_other() -> None:
    relations = {(t.a, t.b) for t in told() if t.sub_type == "character-character" and t.lang == "en"}
    assert ("Jin Kurenai's sibling", "Chidori Kurenai") in relations
