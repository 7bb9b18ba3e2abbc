"""What an instance is made of and how it is trained, where nothing else is asked for and where it is."""

from __future__ import annotations

import pytest

from umair.errors import TrainingError
from umair.models.registry import BASELINES, MODELS, NAMES, build
from umair.training.instances import LibraryFacts, choices_of, recipe_of, schema_of, stages_of
from umair.training.options import RankerOptions

PREPARED = {"label_text": 8, "semantic": 16, "style": 12, "metadata": 12}
FACTS = LibraryFacts(50, 100, 10, 30, {"label_text": 10, "semantic": 20, "style": 15}, PREPARED)
NO_PICTURES = LibraryFacts(50, 100, 10, 30, {"label_text": 10}, {"label_text": 8, "metadata": 12})


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_is_given_fields_alone_or_all_that_umair_is_given(name: str) -> None:
    fields = schema_of(RankerOptions(instance=name, vectors=False), FACTS)
    fair = schema_of(RankerOptions(instance=name), FACTS)
    ours = schema_of(RankerOptions(), FACTS)
    assert fields.vectors == fields.interests == {} and len(fields.user_fields) + len(fields.item_fields) == 23
    assert fair.vectors == ours.vectors == PREPARED and fair.interests == ours.interests
    assert fair.modalities == ours.modalities
    assert {f.table for f in fair.user_fields} & {f.table for f in fair.item_fields} == {"label"}
    less = schema_of(RankerOptions(instance=name, modalities=("style", "metadata")), FACTS)
    assert set(less.vectors) == set(less.interests) == {"style", "metadata"}


@pytest.mark.parametrize("name", MODELS)
def test_what_a_library_lacks_is_left_out_without_a_word_of_it(name: str) -> None:
    schema = schema_of(RankerOptions(instance=name), NO_PICTURES)
    assert schema.modalities == ("label_text", "metadata")
    assert set(schema.vectors) <= {"label_text", "metadata"}
    bare = schema_of(RankerOptions(instance=name), LibraryFacts(50, 100, 10, 30, {}, {"metadata": 12}))
    assert bare.modalities == ("metadata",)


def test_umair_cannot_do_with_a_modality_that_is_not_there() -> None:
    with pytest.raises(TrainingError, match="at least one modality"):
        schema_of(RankerOptions(modalities=("style",)), NO_PICTURES)


@pytest.mark.parametrize("name", MODELS)
def test_every_number_can_be_chosen_nought_included(name: str) -> None:
    options = RankerOptions(
        instance=name,
        learning_rate=0.5,
        batch_rows=7,
        schedule="constant",
        dropout=0.0,
        decay=0.0,
        table_decay=0.0,
        passes=3,
        keep_best=True,
    )
    recipe = recipe_of(options)
    assert (recipe.learning_rate, recipe.batch_rows, recipe.one_cycle) == (0.5, 7, False)
    assert (recipe.decay, recipe.table_decay, recipe.keep_best) == (0.0, 0.0, True)
    assert choices_of(options).dropout == 0.0 and stages_of(options)[0].passes == 3
    assert recipe_of(RankerOptions(instance=name, schedule="one_cycle")).one_cycle


def test_where_nothing_is_chosen_an_instance_has_its_own_habits() -> None:
    paper, fair = recipe_of(RankerOptions(instance="paper")), recipe_of(RankerOptions(instance="difm"))
    assert (paper.learning_rate, paper.batch_rows, paper.one_cycle, paper.decay) == (1e-3, 128, False, 0.0)
    assert (fair.learning_rate, fair.batch_rows, fair.one_cycle, fair.table_decay) == (3e-3, 1024, True, 1e-3)
    assert choices_of(RankerOptions(instance="paper")).experts == 3
    assert choices_of(RankerOptions(instance="paper", contribution="none")).experts == 1
    assert set(NAMES) == set(MODELS)


def test_every_part_of_umair_is_learnt_in_one_stage() -> None:
    """The main score, then the numbers, then the crosses: what is learnt later moves nothing that was before."""
    options = RankerOptions(passes=4)
    stages = stages_of(options)
    assert [(s.name, s.passes) for s in stages] == [("main", 4), ("numbers", 6), ("crosses", 2)]
    assert [s.name for s in stages_of(RankerOptions(crosses=False))] == ["main", "numbers"]
    model = build("umair", schema_of(options, FACTS), choices_of(options))
    for name, _ in model.named_parameters():
        assert sum(stage.moves(name) for stage in stages) == 1, name


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"schedule": "cosine"}, "constant, one_cycle"),
        ({"dropout": 1.0}, "under 1"),
        ({"decay": -0.1}, "0 or more"),
        ({"table_decay": -1.0}, "0 or more"),
        ({"instance": "deepfm"}, "final_mlp"),
    ],
)
def test_an_impossible_choice_is_told(choice: dict[str, object], told: str) -> None:
    with pytest.raises(TrainingError, match=told):
        RankerOptions(**choice)
