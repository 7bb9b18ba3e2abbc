"""What each perspective is worth: nothing held out is taught, budgets are equal, verdicts follow the intervals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from planted_words import planted_names

from umair.cli.main import main
from umair.encoders.names import fold, split_names
from umair.encoders.pairs import MULTILINGUAL, SUB_TYPES, TextPair, write_tsv
from umair.experiments.comparison.bootstrap import Difference, Interval
from umair.experiments.word_retrieval import trainings
from umair.experiments.word_retrieval.perspectives import Perspective, Perspectives, perspectives, to_teach
from umair.experiments.word_retrieval.perspectives_report import as_text
from umair.experiments.word_retrieval.relations_found import RELATED, SERIES_OF, hits, read_relations
from umair.experiments.word_retrieval.taught import held_out_texts, pairs_of_names
from umair.experiments.word_retrieval.trainings import EVERY, TRANSLATIONS, Taught, trained, variants
from umair.library.store import Library

NAMES = (("s/neon", "series", "Neon Undertow", "ネオン", "霓虹暗流"), ("s/star", "series", "Star", "星の暦", "星历"))
CAST = (("c/rei", "Rei", "レイ", "丽"), ("c/ai", "Ai", "アイ", "爱"), ("c/mio", "Mio", "ミオ", "澪"))
TOLD = [
    TextPair("series-character", "Neon Undertow's character", "Rei", "en", "en"),
    TextPair("series-character", "Star's character", "Mio", "en", "en"),
    TextPair("character-character", "Rei's friend", "Ai", "en", "en"),
    TextPair("name-introduction", "Star", "A story of the sky.", "en", "en"),
    TextPair("setting-meaning", "Star", "It shines at night.", "en", "en"),
]


@pytest.fixture
def world(small_library: Library) -> Library:
    """The small library with a glossary and relations."""
    rows = [(c, k, lang, t, True) for c, k, *own in NAMES for lang, t in zip(("en", "ja", "zh"), own, strict=True)]
    rows += [
        (c, "character", lang, t, True) for c, *own in CAST for lang, t in zip(("en", "ja", "zh"), own, strict=True)
    ]
    rows += [(f"x/{n}", "prop", "en", f"prop {n}", True) for n in range(30)]
    schema = ["concept", "kind", "lang", "text", "is_main"]
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(small_library.path / "glossary.parquet")
    write_tsv(small_library.path / "relations.tsv", TOLD)
    return small_library


def test_nothing_of_a_held_out_thing_is_taught(world: Library) -> None:
    names = planted_names(200)
    leak = names.filter(pl.col("entity_id").is_in(split_names(names)["test"]["entity_id"].to_list())).head(3)
    leaked = leak.select(pl.lit("leak").alias("concept"), pl.lit("prop").alias("kind"), "lang", "text", "is_main")
    table = pl.concat([pl.read_parquet(world.path / "glossary.parquet"), leaked])
    table.write_parquet(world.path / "glossary.parquet")
    taught = to_teach(names, world.path, 3)
    told = {fold(t) for p in (*taught.world, *taught.tables) for t in (p.a, p.b)}
    assert not told & held_out_texts(names)
    assert {p.sub_type for p in taught.world} == set(SUB_TYPES) and len(taught.tables) > 100
    words = names.filter(pl.col("kind").str.starts_with("word_"))["text"]
    assert not told & {fold(t) for t in words}


def test_machine_translations_are_not_taught() -> None:
    names = planted_names(6).with_columns(
        pl.when(pl.col("lang") == "ja").then(pl.lit("machine")).otherwise("quality").alias("quality")
    )
    assert {p.sub_type for p in pairs_of_names(names)} == {"zh-en"}


def test_every_training_is_told_as_much(world: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taught = to_teach(planted_names(120), world.path, 4)
    asked = {}

    def told(pairs: list, run: object, config: trainings.TextTraining) -> Path:
        asked[len(pairs)] = (len(pairs) * config.epochs, {p.sub_type for p in pairs}, config.core)
        run.set_state("done")
        return run.path

    monkeypatch.setattr(trainings, "train_text", told)
    assert next(v.name for v in variants()) == EVERY and len(variants()) == 2 + len(SUB_TYPES)
    for variant in variants():
        trained(variant, taught, 0, tmp_path)
    assert len(asked) >= 5
    for pairs, (seen, sub_types, core) in asked.items():
        assert abs(seen - taught.budget()) <= pairs / 2 and core == sum(p.sub_type in sub_types for p in taught.world)
    assert set(MULTILINGUAL) in [sub_types for _, sub_types, _ in asked.values()]


def test_relations_are_found_by_the_name_within_the_words(world: Library) -> None:
    relations = read_relations(world.path / "glossary.parquet", TOLD)
    assert relations is not None and {k: len(v) for k, v in relations.related.items()} == {SERIES_OF: 2, RELATED: 1}
    of = dict(zip(relations.texts, relations.concept.tolist(), strict=True))
    assert relations.related[SERIES_OF] == {of["Rei"]: {of["Neon Undertow"]}, of["Mio"]: {of["Star"]}}

    class Knows:
        """Puts Rei beside her series in every language, and Mio beside everything but hers."""

        name = "knows"

        def against(self, candidates):
            def score(queries):
                rows = np.zeros((len(queries), len(candidates)))
                for n, q in enumerate(queries):
                    mine = of[q] == of["Rei"]
                    rows[n] = [(of[c] == of["Neon Undertow"]) if mine else -(of[c] == of["Star"]) for c in candidates]
                return rows

            return score

    assert hits(relations, Knows())[SERIES_OF].tolist() == [1.0, 0.0]


def test_a_finished_training_is_kept_and_the_table_told(
    world: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = planted_names(160)
    found = perspectives(names, world, tmp_path / "work", 1, only=[TRANSLATIONS])
    assert [r.variant for r in found.rows] == [EVERY, TRANSLATIONS] and found.rows[0].lost == {}
    assert {"validation R@1", "test R@10", "Spearman, Jaccard", SERIES_OF} <= set(found.rows[1].lost)
    assert len(list((tmp_path / "work").iterdir())) == 2 and not list(tmp_path.rglob("checkpoints"))
    monkeypatch.setattr(trainings, "train_text", lambda *asked: pytest.fail("trained again"))
    again = perspectives(names, world, tmp_path / "work", 1, only=[TRANSLATIONS])
    assert again.rows[1].measures == found.rows[1].measures
    assert "relations and explanations together:" in as_text(found)


def test_a_verdict_needs_an_interval_that_leaves_nought_out() -> None:
    every = Perspective(EVERY, 9, {"test R@1": Interval(0.5, 0.4, 0.6)}, {})
    told = {"a": (0.1, 0.05, 0.2), "b": (0.1, -0.05, 0.2), "c": (-0.1, -0.2, -0.05)}
    rows = [Perspective(f"without {k}", 5, every.measures, {"test R@1": Difference(*v, 0.0)}) for k, v in told.items()]
    text = as_text(Perspectives("L", True, {"a": 4}, 90, 1, (every, *rows)))
    assert "- a: worth it, surely for test R@1." in text
    assert "- b: nothing here shows that it is worth it" in text
    assert "- c: not worth it; without, test R@1 is surely better." in text
    assert "-0.100 (-0.200 to -0.050)" in text


def test_the_command_knows_its_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "perspectives", "--names", str(tmp_path), "--only", "without sense"]) == 1
    assert "without en-ja" in capsys.readouterr().err


def test_a_training_without_pairs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(trainings.TrainingError, match="no pair left"):
        trained(variants()[-1], Taught((TOLD[0],), (), 1), 0, tmp_path)
