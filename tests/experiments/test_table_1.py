"""Table 1: examples that no hand chose, of different things, real before invented."""

from __future__ import annotations

import random

from umair.encoders.pairs import SUB_TYPES, TextPair
from umair.experiments.table_1 import DEMO, EXAMPLES, Table1Row, as_markdown, as_text, table_1


def some_pairs() -> list[TextPair]:
    real = [TextPair("zh-en", f"中{c}文", f"name {c}", "zh", "en", "alpha", "main") for c in "abc"]
    real += [TextPair("zh-en", f"名{c}", f"word {c}", "zh", "en", "beta", "main") for c in "天地人山水火风雨云雪"]
    real += [TextPair("zh-en", "侧名", "word side", "zh", "en", "beta", "")]
    real += [TextPair("zh-en", "天", "sky", "zh", "en", DEMO, "main")]
    real += [TextPair("en-ja", "word 天", "そら", "en", "ja", "beta", "main")]  # word 天 may be shown already
    real += [TextPair("setting-meaning", "sky", "what is above " * 30, "en", "en", DEMO)]
    return real


def row(rows: tuple[Table1Row, ...], sub_type: str) -> Table1Row:
    return next(r for r in rows if r.sub_type == sub_type)


def test_every_sub_type_has_a_row_with_its_counts() -> None:
    rows = table_1(some_pairs())
    assert tuple(r.sub_type for r in rows) == SUB_TYPES
    assert row(rows, "zh-en").by_source == {"beta": 11, "alpha": 3, DEMO: 1} and row(rows, "zh-en").pairs == 15
    assert row(rows, "ja-zh").examples == () and row(rows, "ja-zh").pairs == 0


def test_examples_come_one_a_source_real_ones_first_and_no_text_twice() -> None:
    rows = table_1(some_pairs())
    assert [e.source for e in row(rows, "zh-en").examples] == ["alpha", "beta", DEMO]
    assert [e.invented for e in row(rows, "zh-en").examples] == [False, False, True]
    assert row(rows, "setting-meaning").examples == ()  # its only pair names the sky again
    shown = [t for r in rows for e in r.examples for t in (e.a, e.b)]
    assert len(shown) == len(set(shown)) and all(len(r.examples) <= EXAMPLES for r in rows)
    assert "侧名" not in shown  # a main name was there


def test_the_same_pairs_give_the_same_examples_in_any_order_within_a_source() -> None:
    pairs = some_pairs()
    shuffled = sorted(random.Random(1).sample(pairs, len(pairs)), key=lambda p: ["alpha", "beta", DEMO].index(p.source))
    assert table_1(shuffled) == table_1(pairs)


def test_it_is_written_for_people() -> None:
    pairs = [p for p in some_pairs() if p.sub_type != "zh-en"]
    rows = table_1(pairs)
    page, text = as_markdown(rows, "python -m umair table 1"), as_text(rows)
    assert "what is above" in page and "…" in page and "*invented*" in page and "demo glossary: Apache 2.0" in page
    assert "sky ↔ what is above" in text and "ja-zh" not in text and "Japanese-Chinese: 0 pairs" in text
    assert page.count("\n| ") == 2 * 2 + len(SUB_TYPES) + 2  # two heads, a line a sub-type, two sources
