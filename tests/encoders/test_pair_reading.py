"""Reading files and folders: formats told by content, broken places counted, conflicts noted, nothing crashes."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from datasets import Dataset
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from umair.encoders.names import fold, part_of
from umair.encoders.pairs import Choices, TextPair, read_pairs, read_tsv, tidy, write_tsv
from umair.encoders.pairs.conflicts import find_conflicts
from umair.encoders.pairs.formats import FORMATS, recognise
from umair.encoders.pairs.tally import Tally
from umair.encoders.text_batches import TruePairs, neighbours
from umair.errors import TrainingError

HEADS = [
    '{"license":{}}\n{"title":"a","synonyms":["あ"]}\n',
    '{"data":[{"title":"a","synonyms":["あ"]}]}',
    '{"items":[{"title":"あ","lang":"ja","titleTranslate":{"en":["a"]}}]}',
    '{"id":1,"type":2,"name":"あ","name_cn":"啊","infobox":"|别名={\\n[x]\\n}","summary":"s"}\n',
    '{"subject_id":1,"character_id":2,"type":1,"order":0}\n',
    '{"annotations":{"identity":{"language":"en"},"annotations":{"a":{"default":["b"],"tts":["c"]}}}}',
    "id,antecedent_name,consequent_name,status\n1,a,b,active\n",
    "a,猫\nb,犬\n",
    "sub_type\ta\tb\tlang_a\tlang_b\nzh-en\t海\tsea\tzh\ten\n",
    "id\tlanguage\tlabel\nQ1\ten\tsea\n",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = ("title", "synonyms", "data", "items", "lang", "titleTranslate", "id", "type", "name", "name_cn", "infobox",
          "summary", "annotations", "identity", "tts", "default", "subject_id", "character_id", "person_type",
          "related_person_id", "relation_type", "license")  # fmt: skip


def pair(a: str, b: str, sub_type: str = "zh-en", note: str = "main") -> TextPair:
    return TextPair(sub_type, a, b, *sub_type.split("-"), "test", note)


@pytest.mark.parametrize("content", HEADS)
def test_every_format_is_told_by_its_content_whatever_the_name(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.dat").write_text(content, encoding="utf-8-sig")
    assert recognise(tmp_path / "x.dat") is not None


def test_what_is_of_no_format_is_refused_where_it_is_named_and_passed_over_in_a_folder(tmp_path: Path) -> None:
    others = {"a.json": '{"some": "thing"}', "a.csv": "x,y\n1,2\n", "a.parquet": "PAR1 no", "a.tsv": "\0", "e.csv": ""}
    for name, content in others.items():
        (tmp_path / name).write_text(content)
        with pytest.raises(TrainingError, match="bangumi-data") as refused:
            read_pairs(tmp_path / name)
        assert all(f.name in str(refused.value) for f in FORMATS)
    with pytest.raises(TrainingError, match="nothing that we read"):
        read_pairs(tmp_path)
    (tmp_path / "deep").mkdir()
    write_tsv(tmp_path / "deep" / "mine.tsv", [pair("海", "sea")])
    reading = read_pairs(tmp_path)
    assert [p.b for p in reading.pairs] == ["sea"] and len(reading.report.passed_over) == len(others)
    with pytest.raises(TrainingError, match="nothing at"):
        read_pairs(tmp_path / "absent")


def test_of_a_library_only_its_glossary_and_relations_are_read(tmp_path: Path) -> None:
    (tmp_path / "library.toml").write_text("")
    write_tsv(tmp_path / "relations.tsv", [TextPair("series-character", "x", "y", "en", "en")])
    write_tsv(tmp_path / "other.tsv", [pair("海", "sea")])
    assert [p.sub_type for p in read_pairs(tmp_path).pairs] == ["series-character"]


def test_the_first_five_broken_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = json.dumps({"title": "Sora", "synonyms": ["空の色"]})
    broken = [b"{", b"\xff\xfe", b"[1]", b'{"title": 4, "synonyms": []}', b"nonsense", b"[" * 5_000]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([b'{"license": {}}', good.encode(), *broken, b"", good.encode()]))
    reading = read_pairs(tmp_path / "a.jsonl")
    (source,) = reading.report.sources
    assert [(p.a, p.b) for p in reading.pairs] == [("Sora", "空の色")] and reading.report.repeated == 1
    assert (
        source.broken == 6 and len(source.first_broken) == 5 and "a.jsonl, line 3: not JSON" in source.first_broken[0]
    )


def test_a_file_that_is_named_and_in_a_named_folder_is_read_once(tmp_path: Path) -> None:
    write_tsv(tmp_path / "mine.tsv", [pair("海", "sea")])
    reading = read_pairs(tmp_path, tmp_path / "mine.tsv")
    assert len(reading.pairs) == 1 and reading.report.repeated == 0


def test_letters_that_no_file_can_hold_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "So\\ud800ra \\n x", "synonyms": ["空の色"]}\n')
    reading = read_pairs(tmp_path / "a.jsonl")
    write_tsv(tmp_path / "out.tsv", reading.pairs)
    assert [p.a for p in read_tsv(tmp_path / "out.tsv")] == ["Sora x"]


def test_a_broken_document_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"items": [{"title": "a", "titleTranslate": {')
    write_tsv(tmp_path / "mine.tsv", [pair("海", "sea")])
    reading = read_pairs(tmp_path)
    assert len(reading.pairs) == 1 and reading.report.sources[0].broken == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_file_however_malformed_breaks_a_reading(data: st.DataObject, tmp_path: Path) -> None:
    head = data.draw(st.sampled_from(HEADS)).encode()
    rows = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6).map(lambda r: json.dumps(r).encode() + b"\n")
    more = data.draw(st.lists(st.binary(max_size=30) | rows, max_size=6))
    cut = data.draw(st.integers(0, len(head)))
    path = tmp_path / data.draw(st.sampled_from(["tag_alias.csv", "tag_implications.csv", "x.jsonlines"]))
    path.write_bytes(b"".join([head[:cut], *more, head[cut:], *more]))
    try:
        reading = read_pairs(path, choices=Choices(keywords=True))
    except TrainingError:
        assert recognise(path) is None
        return
    write_tsv(tmp_path / "out.tsv", reading.pairs)  # whatever was read can be written and read again
    assert [(p.a, p.b, p.note) for p in read_tsv(tmp_path / "out.tsv")] == [(p.a, p.b, p.note) for p in reading.pairs]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)), max_size=4))
def test_no_reader_trusts_the_types_in_its_file(tmp_path_factory: pytest.TempPathFactory, rows: list[dict]) -> None:
    path = tmp_path_factory.mktemp("any") / "any.json"
    for content in ("\n".join(map(json.dumps, rows)), json.dumps(rows), json.dumps({"data": rows, "items": rows})):
        path.write_text(content)
        for known in FORMATS:
            try:
                pairs = list(known.read([path], Tally(), Choices()))
            except TrainingError:  # a table without its columns
                continue
            assert all(p.a and p.b for p in pairs)


def test_names_that_two_things_claim_are_noted_and_listed() -> None:
    pairs = [
        pair("雨", "rain"),
        pair("下雨", "rain"),
        pair("雨天", "rain", note=""),  # a side name claims nothing
        pair("海", "sea"),
        pair("ｓｅａ", "sea", "ja-zh"),
        pair("海", "SEA "),  # the same text
        TextPair("setting-meaning", "rain", "water", "en", "en", "test", "main"),
    ]
    marked, conflicts = find_conflicts(pairs)
    assert [(c.text, c.lang, c.lang_of_others, c.others) for c in conflicts] == [("rain", "en", "zh", ("雨", "下雨"))]
    assert [p.note for p in marked] == ["ambiguous", "ambiguous", "", "main", "main", "main", "main"]
    assert find_conflicts(marked)[1] == conflicts  # and again, once written and read


TEXTS = st.sampled_from("abcdef")


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=14))
def test_conflicts_are_those_of_a_plain_count(texts: list[tuple[str, str]]) -> None:
    pairs = [pair(f"中{a}", b) for a, b in texts]
    _, conflicts = find_conflicts(pairs)
    english = {b: {f"中{a}" for a, other in texts if other == b} for _, b in texts}
    chinese = {f"中{a}": {b for other, b in texts if other == a} for a, _ in texts}
    expected = {text: others for text, others in {**english, **chinese}.items() if len(others) > 1}
    assert {c.text: set(c.others) for c in conflicts} == expected


def test_a_repeat_counts_as_main_if_either_does() -> None:
    tidied = tidy([pair("海", "sea", note=""), pair("海", "Sea"), pair("x", "X")])
    assert [(p.b, p.note) for p in tidied.pairs] == [("sea", "main")] and (tidied.equal, tidied.repeated) == (1, 1)


def test_a_persons_table_without_notes_claims_main_names(tmp_path: Path) -> None:
    rows = ["sub_type a b lang_a lang_b", "zh-en 海 sea zh en", "zh-en 海 ocean zh en", "setting-meaning a b en en"]
    (tmp_path / "mine.tsv").write_text("\n".join(r.replace(" ", "\t") for r in rows), encoding="utf-8")
    reading = read_pairs(tmp_path / "mine.tsv")
    assert [p.note for p in reading.pairs] == ["ambiguous", "ambiguous", ""]
    assert (reading.report.conflicts, reading.report.ambiguous) == (1, 2)


def names_table(path: Path, things: list[str], different: int) -> int:
    """Things with two names in each of three languages; names come again after so many things. Returns the texts."""
    forms = {"en": ("name {}", "alias {}"), "ja": ("名前{}", "べつ{}"), "zh": ("名字{}", "别名{}")}
    rows = [
        (thing, "k", lang, form.format(n % different), not side)
        for n, thing in enumerate(things)
        for lang, own in forms.items()
        for side, form in enumerate(own)
    ]
    pl.DataFrame(rows, schema=["entity_id", "kind", "lang", "text", "is_main"], orient="row").write_parquet(path)
    return len(rows)


def test_a_large_table_of_names_is_read_whole(tmp_path: Path) -> None:
    names_table(tmp_path / "n.parquet", [f"t{n}" for n in range(4_200)], 4_000)
    reading = read_pairs(tmp_path / "n.parquet", choices=Choices(measured=True))
    assert len(reading.pairs) == 9 * 4_000


def test_no_batch_of_training_denies_what_the_pairs_say(tmp_path: Path) -> None:
    names_table(tmp_path / "n.parquet", [t for t in map(str, range(90)) if part_of(t) == "train"], 40)
    pairs = read_pairs(tmp_path / "n.parquet").pairs
    known = neighbours(pairs)
    assert all({fold(p.a), fold(p.b)} <= known[fold(p.a)] & known[fold(p.b)] for p in pairs)
    dataset = Dataset.from_dict({"a": [p.a for p in pairs], "b": [p.b for p in pairs]})
    for batch in TruePairs(known)(dataset, 16, False):
        texts = [t for row in batch for t in (pairs[row].a, pairs[row].b)]
        assert len(texts) == len(set(texts))
        for own in ({fold(pairs[row].a), fold(pairs[row].b)} for row in batch):
            assert all(not known[fold(text)] & own for text in texts if fold(text) not in own)
