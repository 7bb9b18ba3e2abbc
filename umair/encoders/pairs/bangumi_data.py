"""bangumi-data: anime with the title in its own language and translations by language, whole or a month a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from umair.encoders.pairs.language import language_code, language_of
from umair.encoders.pairs.pair import LANGUAGES, TextPair, across
from umair.encoders.pairs.tally import Choices, Tally, json_whole, text_of, texts_of

SOURCE = "bangumi-data"


def bangumi_data(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """Pairs across languages: `title` in `lang`, and `titleTranslate` ({"zh-Hans": [...], "en": [...]}).

    The document is `{"siteMeta": ..., "items": [...]}`; a month's file is the list alone.
    """
    for path in files:
        document = json_whole(path, tally)
        items = document.get("items") if isinstance(document, dict) else document
        if not isinstance(items, list):
            if document is not None:
                tally.broke(path, None, "no list under `items`")
            continue
        for number, row in enumerate(items, 1):
            title = text_of(row, "title") if isinstance(row, dict) else ""
            if not title:
                tally.broke(path, None, f"item {number}: an anime without a title")
                continue
            names: dict[str, list[str]] = defaultdict(list)
            own = language_code(text_of(row, "lang")) or language_of(title)
            if own in LANGUAGES:
                names[own].append(title)
            else:
                tally.leave_out("titles in other languages")
            translations = row.get("titleTranslate")
            for code in translations if isinstance(translations, dict) else ():
                lang = language_code(code)
                if lang:
                    names[lang] += [t for t in texts_of(translations, code) if t not in names[lang]]
                else:
                    tally.leave_out("titles in other languages", len(texts_of(translations, code)))
            yield from across(names, SOURCE)
