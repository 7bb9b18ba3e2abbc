"""The measure as a whole: planted translations are found again, contenders that cannot be had are named."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from planted_words import Dictionary, planted_names
from safetensors.numpy import load_file

from umair.cli.main import main
from umair.encoders.names import measurable, split_names
from umair.encoders.words import shipped_folder
from umair.experiments.word_retrieval.contenders import (
    Asked,
    LetterContender,
    contenders,
    fresh_like,
    open_encoder,
    open_untrained,
    romanised,
)
from umair.experiments.word_retrieval.kin import Kin
from umair.experiments.word_retrieval.measure import (
    ALL,
    KIN,
    NO_KIN,
    NOT_SPELLABLE,
    SPELLABLE,
    asked_things,
    judged,
    untaught,
)
from umair.experiments.word_retrieval.measure_report import as_text
from umair.experiments.word_retrieval.questions import NAMES, WORDS, ask, spelled


def test_a_planted_dictionary_is_measured_as_what_it_is() -> None:
    names = planted_names(120)
    things = spelled(names)
    every = set(names["entity_id"])
    odd = {t for t in every if int(t.split(":")[1]) // 6 % 2}  # half of each kind
    found = judged(
        things, [Dictionary("all", names, every), Dictionary("half", names, odd), LetterContender("letters")]
    )
    assert found.row("all").mean["R@1"].mean == 1.0
    half = found.row("half").mean["R@1"]
    assert half.mean == pytest.approx(0.5) and half.low < 0.5 < half.high
    assert found.row("half", WORDS).mean["R@1"].mean == pytest.approx(0.5)
    assert found.row("letters").mean["R@1"].mean < 0.2
    assert {a.other: a.apart["R@1"].mean for a in found.ahead}["half"] == pytest.approx(0.5)
    assert "all is surely ahead of half: R@1 +0.500" in as_text(found)


def test_spellable_things_are_told_apart() -> None:
    """Letters find what is spelled the same in both languages, and nothing else."""
    names = planted_names(120)
    same = (pl.col("lang") == "ja") & (pl.col("entity_id").str.extract(r"(\d+)").cast(pl.Int64) < 60)
    english = names.filter(pl.col("lang") == "en").select("entity_id", pl.col("text").alias("english"))
    names = names.join(english, on="entity_id").with_columns(
        pl.when(same).then("english").otherwise("text").alias("text")
    )
    found = judged(spelled(names), [LetterContender("letters")])
    pool = next(p for p in found.pools if (p.group, p.direction) == (NAMES, "en-ja"))
    assert 0.45 < pool.spellable < 0.6
    apart = {share: found.row("letters", NAMES, share) for share in (ALL, SPELLABLE, NOT_SPELLABLE)}
    assert apart[SPELLABLE].directions["en-ja"]["R@1"] > 0.9 > 0.1 > apart[NOT_SPELLABLE].directions["en-ja"]["R@1"]
    assert apart[SPELLABLE].questions + apart[NOT_SPELLABLE].questions == apart[ALL].questions


def test_things_with_kin_are_told_apart() -> None:
    """Sequels have kin in both languages; who shares letters in one only has none."""
    columns = ["entity_id", "lang", "text"]
    told = [("t", "en", "Lanterns of Akane"), ("t", "ja", "茜神社の灯り"), ("o", "en", "Another Story")]
    kin = Kin(pl.DataFrame(told, schema=columns, orient="row"))
    assert kin.of("LANTERNS of Akane II", "en") == {"t"} and kin.of("Lantern", "en") == set()
    things = [
        ("a", "Lanterns of Akane II", "茜神社の灯り 2"),
        ("b", "Another Story 2", "茜神社の灯り 3"),
        ("c", "Sea", "海"),
    ]
    frame = pl.DataFrame(things, schema=["entity_id", "en", "ja"], orient="row")
    frame = frame.with_columns(pl.lit("titles").alias("group"), pl.lit(None, pl.String).alias("zh"))
    assert kin.each(ask(frame, NAMES, "en-ja")).tolist() == [True, False, False]
    found = judged(frame, [LetterContender("letters")], kin=kin)
    assert [found.row("letters", NAMES, share).questions for share in (ALL, KIN, NO_KIN)] == [6, 2, 4]
    assert "### Kin in the train part" in as_text(found) and "| names | 33% |" in as_text(found)
    assert "Kin in" not in as_text(judged(frame, [LetterContender("letters")]))


def test_romanised_letters_bridge_scripts() -> None:
    scores = LetterContender("", romanised).against(("ピカチュウ", "フシギダネ"))(("pikachu", "fushigidane"))
    assert scores.argmax(1).tolist() == [0, 1]
    plain = LetterContender("").against(("ピカチュウ", "フシギダネ"))(("pikachu",))
    assert plain[0, 0] == plain[0, 1]  # the edges of a word are all that they share


def test_only_the_asked_part_is_asked() -> None:
    names = planted_names(300)
    own = asked_things(names, "test")
    assert set(own["entity_id"]) == set(measurable(split_names(names)["test"])["entity_id"])
    assert 0 < own.height < asked_things(names, None).height == 300


def test_the_untrained_form_has_the_same_pieces_and_other_vectors(tmp_path: Path) -> None:
    trained, fresh = open_encoder(Asked.of("shipped")), open_untrained(Asked.of("shipped"), tmp_path)
    texts = ["night sky", "夜空"]
    assert fresh.encoder.dimension == trained.encoder.dimension
    near = trained.vectors(texts)[0] @ trained.vectors(texts)[1]
    assert near > 0.3 + abs(fresh.vectors(texts)[0] @ fresh.vectors(texts)[1])
    first = next(shipped_folder().rglob("*.safetensors"))
    assert {k: (v.shape, v.dtype) for k, v in load_file(first).items()} == {
        k: (v.shape, v.dtype) for k, v in load_file(next((tmp_path / "untrained").rglob("*.safetensors"))).items()
    }


@pytest.mark.parametrize("kind", [np.float32, np.float16, np.int8])
def test_fresh_weights_keep_kind_spread_and_silence(kind: type) -> None:
    rng = np.random.default_rng(0)
    own = (rng.standard_normal((200, 8)) * 20).astype(kind)
    own[3] = 0
    fresh = fresh_like(own, rng)
    assert fresh.dtype == own.dtype and not fresh[3].any() and fresh[4:].any(axis=1).all()
    assert abs(np.corrcoef(fresh.astype(float).ravel(), own.astype(float).ravel())[0, 1]) < 0.1
    assert np.array_equal(fresh_like(own[:, 0], rng), own[:, 0])


def test_what_cannot_be_had_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found, missing = contenders([f"mine={tmp_path / 'empty'}", "shipped"], tmp_path / "work")
    assert [c.name for c in found][:2] == ["shipped", "shipped, untrained"]
    assert missing[0].name == "mine" and "\n" not in missing[0].why


def test_titles(tmp_path: Path) -> None:
    (tmp_path / "text-1" / "model").mkdir(parents=True)
    assert Asked.of(str(tmp_path / "text-1" / "model")).title == "text-1"
    assert Asked.of("with pinyin=/x/y") == Asked("with pinyin", "/x/y")
    assert Asked.of("shipped") == Asked("shipped", "shipped")


def test_the_command_prints_json_and_adds_to_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "names").mkdir()
    planted_names(60).write_parquet(tmp_path / "names" / "planted.parquet")
    at = ["words", "measure", "--names", str(tmp_path / "names"), "--whole"]
    assert main([*at, "--json", "--out", str(tmp_path / "words.md")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["things"] == 60 and {r["contender"] for r in found["rows"]} >= {"shipped", "letters (TF-IDF)"}
    page = (tmp_path / "words.md").read_text(encoding="utf-8")
    (tmp_path / "words.md").write_text("# Words\n\n" + page + "\n## Later\n\nkept\n", encoding="utf-8")
    assert main([*at, "--out", str(tmp_path / "words.md"), "--encoder", "shipped"]) == 0
    again = (tmp_path / "words.md").read_text(encoding="utf-8")
    assert again.startswith("# Words\n\n## Names") and again.count("### Names together") == 1
    assert again.endswith("## Later\n\nkept\n") and "--encoder shipped" in again
    assert str(tmp_path) not in page and "words measure --names names --whole" in page
    assert main(["words", "measure", "--names", str(tmp_path / "nothing")]) == 1


def test_things_whose_names_were_taught_elsewhere_are_not_asked() -> None:
    things = pl.DataFrame(
        {
            "entity_id": ["a", "b", "c"],
            "group": ["tags"] * 3,
            "en": ["Sea", "sky", None],
            "ja": ["海", None, "花"],
            "zh": [None] * 3,
        },
        schema_overrides={"zh": pl.String},
    )
    assert untaught(things, {"sea"})["entity_id"].to_list() == ["b", "c"]
    assert untaught(things, {"海", "花"})["entity_id"].to_list() == ["b"]
    assert untaught(things, frozenset()).equals(things)
