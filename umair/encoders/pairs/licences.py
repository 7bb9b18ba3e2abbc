"""What the known sources of pairs ask of those who use them: a line each, for the report and the model card."""

from __future__ import annotations

LICENCES = {
    "bangumi-data": "CC BY 4.0; credit: Source: bangumi-data",
    "anilist-chinese": "MIT; Copyright (c) 2018 soruly",
    "cldr": "Unicode License v3; Copyright © 1991-present Unicode, Inc.",
    "danbooru": "tag names of Danbooru; as a table by a1111-sd-webui-tagcomplete: MIT, Copyright (c) 2022 Dominik Reh",
    "booru-japanese-tag": "MIT; Copyright (c) 2024 boorutan",
    "danbooru-gallery-zh": "ComfyUI-Danbooru-Gallery: MIT; Copyright (c) 2026 Aaalice233",
    "wiktionary": "CC BY-SA 3.0 (share-alike); Wiktionary contributors, through the Open Multilingual Wordnet",
    "chinese-open-wordnet": "WordNet licence; Chinese Open Wordnet, Copyright 2013, 2014 Francis Bond and Shan Wang",
    "pokeapi": "BSD 3-clause; Copyright (c) 2013-2023 Paul Hallett and PokéAPI contributors; names are Nintendo's",
    "genshin-data": "MIT; Copyright (c) 2021 dvaJi; names belong to the game's publisher",
    "anime-offline-database": "share-alike in its editions up to now; see the `license` in the file",
    "bangumi-archive": "no licence comes with the export; texts belong to the wiki's authors: ask before you share",
    "demo glossary": "our own, invented; Apache 2.0",
}
UNKNOWN = "not known here; you know where it comes from"


def licence(source: str) -> str:
    """The line of a source; of each where a pair has two ("danbooru + danbooru-gallery-zh")."""
    return LICENCES.get(source, UNKNOWN)


def parts(source: str) -> list[str]:
    """The single sources of a pair's source."""
    return [part.strip() for part in source.split(" + ") if part.strip()] or ["(none told)"]
