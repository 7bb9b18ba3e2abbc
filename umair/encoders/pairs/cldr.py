"""CLDR annotations (unicode-org/cldr-json): names and keywords of emoji, a file a language, plain or derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from umair.encoders.pairs.language import language_code
from umair.encoders.pairs.pair import TextPair, across
from umair.encoders.pairs.tally import Choices, Tally, json_whole, text_of, texts_of

SOURCE = "cldr"
ROOTS = ("annotations", "annotationsDerived")
SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


def emoji_names(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """Pairs of the names (`tts`) of one emoji in two languages; of its keywords (`default`) too, if they are chosen.

    The files of all languages are read together: `{"annotations": {"identity": {"language": "ja"}, "annotations":
    {"😀": {"default": [...], "tts": [...]}}}}`. Plain Chinese (zh) goes before zh-Hant.
    """
    names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    words: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    languages: set[str] = set()
    for path in sorted(files, key=lambda p: len(p.parent.name)):
        document = json_whole(path, tally)
        if document is None:
            continue
        held = next((document[r] for r in ROOTS if r in document), None) if isinstance(document, dict) else None
        signs = held.get("annotations") if isinstance(held, dict) else None
        if not isinstance(held, dict) or not isinstance(signs, dict):
            tally.broke(path, None, "no `annotations` in it")
            continue
        identity = held.get("identity")
        lang = language_code(text_of(identity, "language") if isinstance(identity, dict) else path.parent.name)
        if not lang:
            tally.leave_out("files in other languages")
            continue
        languages.add(lang)
        for sign, told in signs.items():
            if not isinstance(told, dict):
                tally.broke(path, None, f"{sign!r} has no names")
            elif SKIN_TONES.isdisjoint(sign):
                names[sign][lang] += [t for t in texts_of(told, "tts") if t not in names[sign][lang]]
                words[sign][lang] += texts_of(told, "default")
            else:
                tally.leave_out("emoji of another skin tone")
    if len(languages) == 1:
        tally.leave_out(f"files in one language alone ({languages.pop()}); name those of another too", len(files))
    for sign, own in names.items():
        if choices.keywords:
            own = {lang: list(dict.fromkeys([*texts, *words[sign][lang]])) for lang, texts in own.items()}
        else:
            tally.leave_out("keywords of emoji, which many share", sum(map(len, words[sign].values())))
        yield from across(own, SOURCE)
