"""anime-offline-database (manami-project): titles and synonyms of anime, as one JSON document or a line an anime.

No synonym says its language, so letters tell it (`language_of`); what they cannot tell is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from umair.encoders.pairs.language import BOTH, language_of
from umair.encoders.pairs.pair import TextPair, across
from umair.encoders.pairs.tally import Choices, Tally, json_lines, json_whole, text_of, texts_of

SOURCE = "anime-offline-database"


def anime_lines(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """From JSON lines; the first line, which holds no anime, tells the licence."""
    for path in files:
        for number, row in json_lines(path, tally):
            if number == 1 and "title" not in row:
                _note_licence(row, tally)
            else:
                yield from _pairs(row, f"line {number}", path, tally)


def anime_documents(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """From whole documents, minified or not: `{"license": ..., "data": [...]}`."""
    for path in files:
        document = json_whole(path, tally)
        if not isinstance(document, dict) or not isinstance(document.get("data"), list):
            if document is not None:
                tally.broke(path, None, "no list under `data`")
            continue
        _note_licence(document, tally)
        for number, row in enumerate(document["data"], 1):
            yield from _pairs(row if isinstance(row, dict) else {}, f"entry {number}", path, tally)


def _pairs(row: Mapping[str, object], place: str, path: Path, tally: Tally) -> Iterable[TextPair]:
    title = text_of(row, "title")
    if not title:
        tally.broke(path, None, f"{place}: an anime without a title")
        return ()
    names: dict[str, list[str]] = defaultdict(list)
    for text in dict.fromkeys([title, *texts_of(row, "synonyms")]):
        lang = language_of(text)
        if lang in ("", BOTH):
            tally.leave_out("titles whose letters do not tell the language")
        else:
            names[lang].append(text)
    return across(names, SOURCE, claims=False)


def _note_licence(row: Mapping[str, object], tally: Tally) -> None:
    told = row.get("license")
    if isinstance(told, dict) and text_of(told, "name"):
        tally.licences[SOURCE] = f"{text_of(told, 'name')}, as the file says ({text_of(told, 'url') or 'no address'})"
