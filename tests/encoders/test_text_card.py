"""A text encoder's card credits every source, marks share-alike and unknown ones, and is what hubs can read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml

from umair.encoders.pairs import TextPair
from umair.encoders.text_card import count_by_source, text_card
from umair.encoders.text_sources import SOURCES, sources_of

CHOICES = {"epochs": 8, "pairs": "/far/away/table.tsv"}
COUNTS = {"danbooru|zh-en": 1200, "danbooru|en-ja": 34, "cldr|zh-en": 500, "demo glossary|series-character": 7}


def _front_matter(card: str) -> dict:
    head = card.split("---\n")[1]
    return yaml.safe_load(head)


def test_pairs_are_counted_by_source_and_sub_type() -> None:
    pairs = [
        TextPair("zh-en", "猫", "cat", "zh", "en", "danbooru"),
        TextPair("zh-en", "狗", "dog", "zh", "en", "danbooru"),
        TextPair("en-ja", "cat", "猫", "en", "ja"),
    ]
    assert count_by_source(pairs) == {"danbooru|zh-en": 2, "no source named|en-ja": 1}


def test_a_card_of_free_sources_is_ours_and_credits_each() -> None:
    card = text_card(COUNTS, CHOICES, "| R@1 | 0.5 |", "Words")
    assert _front_matter(card) == {
        "library_name": "sentence-transformers",
        "pipeline_tag": "sentence-similarity",
        "language": ["en", "ja", "zh"],
        "license": "apache-2.0",
    }
    assert "1,741 pairs" in card and "No source under a share-alike licence" in card
    lines = card.splitlines()
    assert "| source | licence | pairs | zh-en | en-ja | series-character |" in lines
    assert "| danbooru | MIT | 1,234 | 1,200 | 34 | 0 |" in lines
    assert lines.index("| danbooru | MIT | 1,234 | 1,200 | 34 | 0 |") < lines.index(
        "| cldr | Unicode License v3 | 500 | 500 | 0 | 0 |"
    )
    assert "Copyright (c) 2022 Dominik Reh" in card and "Unicode, Inc." in card and "Pokémon" not in card
    assert "`epochs = 8`" in card and "| R@1 | 0.5 |" in card and "# Words\n" in card


def test_share_alike_is_marked_and_decides_the_licence() -> None:
    card = text_card({**COUNTS, "wiktionary|ja-zh": 3}, CHOICES, "", "Words")
    assert _front_matter(card)["license"] == "cc-by-sa-3.0"
    assert "not shipped" in card and "CC BY-SA 3.0 (and GFDL) (share-alike)" in card


def test_share_alike_under_other_terms_is_not_called_creative_commons() -> None:
    card = text_card({"anime-offline-database|ja-zh": 3}, {}, "", "Words")
    assert _front_matter(card)["license"] == "other" and "not shipped" in card


def test_an_unknown_source_is_not_given_a_licence() -> None:
    card = text_card({**COUNTS, "my_table.tsv|zh-en": 3}, CHOICES, "", "Words")
    assert _front_matter(card)["license"] == "other"
    assert "| my_table.tsv | not told by the table | 3 |" in card and "**my_table.tsv**: not told" in card


def test_counts_without_sub_types_and_names_with_bars_stay_a_table() -> None:
    card = text_card({"cldr": 12, "a|b": 1}, {}, "", "Words")
    assert "| cldr | Unicode License v3 | 12 |" in card.splitlines() and "| a\\|b |" in card


def test_several_sources_in_one_name_are_all_credited() -> None:
    told = "tag names: a1111-sd-webui-tagcomplete, booru-japanese-tag, ComfyUI-Danbooru-Gallery (MIT)"
    assert {s.title.split("/")[0] for s in sources_of(told)} == {"DominikDoom", "boorutan", "Aaalice233"}
    assert {s.license for s in sources_of("bangumi-data+anilist-chinese")} == {"CC BY 4.0", "MIT"}


def test_names_of_sources_are_unambiguous_and_lower_case() -> None:
    known = [name for source in SOURCES for name in source.known_as]
    assert len(known) == len(set(known)) and all(name == name.casefold() for name in known)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("bangumi-data", "Source: bangumi-data"),
        ("anilist-chinese", "soruly"),
        ("pokeapi", "trademarks of Nintendo"),
        ("genshin-data", "belong to the game's publisher"),
        ("chinese-open-wordnet", "All rights reserved"),
        ("wiktionary", "Bond and Foster"),
    ],
)
def test_what_each_licence_asks_for_is_said(source: str, words: str) -> None:
    assert words in text_card({source: 1}, {}, "", "Words")


def test_our_own_texts_are_under_the_licence_of_the_code() -> None:
    root = Path(__file__).parents[2]
    assert "Apache License" in (root / "LICENSE").read_text("utf-8")
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert "apache" in str(project.get("license", "")).lower() and "license: apache-2.0" in text_card({}, {}, "", "W")
