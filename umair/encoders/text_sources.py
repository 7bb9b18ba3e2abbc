"""Open sources of names that a text encoder may have learnt from: licence, credit, and whether it is share-alike."""

from __future__ import annotations

from dataclasses import dataclass

OWN = "apache-2.0"  # what our own texts and weights are under


@dataclass(frozen=True)
class Source:
    """One source: the names under which pairs tell of it, and what its licence asks us to say."""

    title: str
    known_as: tuple[str, ...]
    license: str
    credit: str
    share_alike: bool = False


SOURCES = (
    Source(
        "the glossary of the demo library",
        ("demo glossary", "glossary.parquet", "relations.tsv", "glossary"),
        "Apache 2.0 (a library's own glossary is its owner's)",
        "our own",
    ),
    Source(
        "DominikDoom/a1111-sd-webui-tagcomplete",
        ("danbooru", "a1111-sd-webui-tagcomplete"),
        "MIT",
        "Copyright (c) 2022 Dominik Reh. Tag names and counts come from Danbooru",
    ),
    Source("boorutan/booru-japanese-tag", ("booru-japanese-tag",), "MIT", "Copyright (c) 2024 boorutan"),
    Source(
        "Aaalice233/ComfyUI-Danbooru-Gallery",
        ("danbooru-gallery-zh", "comfyui-danbooru-gallery"),
        "MIT",
        "Copyright (c) 2026 Aaalice233",
    ),
    Source(
        "unicode-org/cldr-json",
        ("cldr", "cldr-json", "unicode cldr"),
        "Unicode License v3",
        "Copyright © 2015-2024 Unicode, Inc.",
    ),
    Source("bangumi-data/bangumi-data", ("bangumi-data",), "CC BY 4.0", "Source: bangumi-data"),
    Source("soruly/anilist-chinese", ("anilist-chinese",), "MIT", "Copyright (c) 2018 soruly"),
    Source(
        "PokeAPI/pokeapi",
        ("pokeapi",),
        "BSD 3-clause",
        "Copyright (c) © 2013-2023 Paul Hallett and PokéAPI contributors. Pokémon and Pokémon character names are "
        "trademarks of Nintendo",
    ),
    Source(
        "dvaJi/genshin-data",
        ("genshin-data",),
        "MIT",
        "Copyright (c) 2021 dvaJi. The names belong to the game's publisher",
    ),
    Source(
        "omwn/omw-data, Chinese Open Wordnet",
        ("chinese-open-wordnet",),
        "WordNet-style: any purpose if the notice stays",
        "Chinese Open Wordnet Copyright 2013, 2014 by Francis Bond and Shan Wang. All rights reserved. THIS SOFTWARE "
        'AND DATABASE IS PROVIDED "AS IS". Wang and Bond, Building the Chinese Open Wordnet, 2013',
    ),
    Source(
        "omwn/omw-data, Wiktionary",
        ("wiktionary", "open multilingual wordnet", "omw-data"),
        "CC BY-SA 3.0 (and GFDL)",
        "Wiktionary contributors; extracted for the Open Multilingual Wordnet: Bond and Foster, Linking and Extending "
        "an Open Multilingual Wordnet, ACL 2013",
        share_alike=True,
    ),
    Source(
        "manami-project/anime-offline-database",
        ("anime-offline-database",),
        "as its file says; share-alike in its editions up to now",
        "manami-project, anime-offline-database, and the sites that it names",
        share_alike=True,
    ),
    Source(
        "bangumi/Archive",
        ("bangumi-archive",),
        "none comes with the export",
        "texts belong to the authors of Bangumi's wiki: ask before you share",
    ),
)


def sources_of(told: str) -> tuple[Source, ...]:
    """The sources that a pair's `source` names: by its whole text, else all that are named in it; () if none is."""
    name = told.strip().casefold()
    exact = tuple(s for s in SOURCES if name in s.known_as)
    return exact or tuple(s for s in SOURCES if any(len(known) > 4 and known in name for known in s.known_as))
