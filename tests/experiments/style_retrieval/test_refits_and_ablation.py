"""Refitted heads know nothing of what is tested; parts and families are really left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.head import StyleHead
from umair.encoders.style.stack import SIZES, WIDTH, block_slices
from umair.errors import TrainingError
from umair.experiments.style_data import is_tested
from umair.experiments.style_retrieval.ablation import Ablation, Judged, ablation_table, blanked, columns
from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.kept import Kept, stack_key
from umair.experiments.style_retrieval.protocols import same_hand
from umair.experiments.style_retrieval.refits import FitOptions, Workshop, without_emoji, without_hands
from umair.experiments.style_retrieval.splits import EMOJI_SPLITS
from umair.experiments.style_retrieval.vectors import Readings, head_vector, unit
from umair.library.store import Library

MakeHead = Callable[[int], StyleHead]
KINDS = ("LDA", "components", "MLPs")
SMALL = FitOptions(steps=3, networks=1, painters=2, painter_pictures=4, filters=2, filter_pictures=4)


def _table(hands: list[str], contents: list[str], seed: int = 0) -> HandTable:
    rows = np.random.default_rng(seed).normal(size=(len(hands), WIDTH)).astype(np.float32)
    return HandTable(rows, np.array(hands), tuple((c,) if c else () for c in contents))


@pytest.fixture
def workshop(small_library: Library, tmp_path: Path) -> Workshop:
    pictures = [small_library.image_path(i).read_bytes() for i in small_library.illustrations()["item_id"].to_list()]
    hands = [f"drawn {n % 2}" for n in range(len(pictures))]
    kinds = [("avatars", "uncertain hands")[n % 2] for n in range(len(pictures))]
    frame = pl.DataFrame({"image": pictures, "hand": hands, "kind": kinds})
    frame.write_parquet(tmp_path / "drawn.parquet")
    frame.drop("kind").write_parquet(tmp_path / "icons.parquet")
    tables = [tmp_path / "drawn.parquet", tmp_path / "icons.parquet"]
    return Workshop(Kept(tmp_path / "kept"), small_library.path, tables, SMALL, lambda _: None)


def test_sources_have_the_names_of_tables_and_kinds_and_no_tested_hand(workshop: Workshop) -> None:
    found = workshop.sources()
    assert list(found) == ["library", "drawn: avatars", "drawn: uncertain hands", "icons", "painters", "filters"]
    assert found["drawn: avatars"].hands == ["drawn 0"] and len(found["library"].hands) == 3
    assert found["painters"].hands == ["painter 0", "painter 1"]


def test_a_head_is_fitted_once_and_anew_when_its_sources_change(workshop: Workshop, tmp_path: Path) -> None:
    sources = workshop.sources()
    first = workshop.head(sources)
    heads = list((tmp_path / "kept").glob("head-*/model.safetensors"))
    assert len(heads) == 1 and not list((tmp_path / "kept").glob("head-*/*.checkpoint*"))
    written = heads[0].stat().st_mtime_ns
    assert workshop.head(sources).fingerprint == first.fingerprint and heads[0].stat().st_mtime_ns == written
    assert workshop.head(without_hands(sources, ["drawn 0"])).fingerprint != first.fingerprint


def test_a_split_trains_no_tested_set_and_no_tested_content() -> None:
    seen, unseen = "1f305", "1f0cf"
    assert is_tested(unseen) and not is_tested(seen)
    tested = sorted(EMOJI_SPLITS[0])[0]
    emoji = _table([tested] * 5 + ["twemoji"] * 10, [seen] * 10 + [unseen] * 5)
    other = _table(["somebody"] * 4, [unseen] * 4)
    kept = without_emoji({"emoji": emoji, "other": other}, EMOJI_SPLITS[0])
    assert kept["emoji"].hands == ["twemoji"] and set(kept["emoji"].contents) == {(seen,)}
    assert len(kept["other"]) == 4, "only emoji are told apart by their contents' halves"
    assert list(without_hands({"a": emoji, "b": other}, ["somebody"])) == ["a"]


def test_an_absent_table_is_named(small_library: Library, tmp_path: Path) -> None:
    absent = Workshop(Kept(tmp_path), small_library.path, [tmp_path / "no.parquet"], SMALL, lambda _: None)
    with pytest.raises(TrainingError, match=r"no\.parquet is absent"):
        absent.sources()


def test_columns_are_those_of_each_kind_of_part(made_head: MakeHead) -> None:
    head = made_head(0)
    of = columns(head)
    assert {kind: mask.sum() for kind, mask in of.items()} == {"LDA": 4, "components": 5, "MLPs": 6}
    rows = head.vectors(np.random.default_rng(1).normal(size=(3, WIDTH)))
    shares = {kind: float((rows[:, mask] ** 2).sum(1).mean()) for kind, mask in of.items()}
    assert shares == pytest.approx({"LDA": 0.4, "components": 0.3, "MLPs": 0.3}, abs=1e-5)
    alone = unit(rows[:, of["components"]])
    only = StyleHead(head.mean, head.std, [head.parts[1]], np.ones(1))
    np.testing.assert_allclose(
        alone, only.vectors(np.random.default_rng(1).normal(size=(3, WIDTH))), rtol=1e-4, atol=1e-6
    )


def test_a_blanked_family_is_gone_and_no_other() -> None:
    rows = np.random.default_rng(0).normal(size=(2, WIDTH))
    gone = blanked(rows, "palette_numbers")
    changed = np.flatnonzero((gone != rows).any(0))
    own = block_slices()["palette_numbers"]
    assert (
        changed.tolist() == list(range(own.start, own.stop)) and (gone[:, own] == 0).all() and (rows[:, own] != 0).all()
    )


class _Fitted:
    """A workshop that notes what it is asked for and gives a head by its seed."""

    def __init__(self, made_head: MakeHead) -> None:
        self.made_head = made_head
        self.asked: list[tuple[tuple[str, ...], int, float]] = []

    def head(self, sources: dict[str, HandTable], seed: int) -> StyleHead:
        filled = float(np.abs(sources["library"].statistics).mean()) if "library" in sources else 0.0
        self.asked.append((tuple(sources), seed, filled))
        return self.made_head(seed)


@pytest.fixture
def ablation(made_gallery: Callable[..., Gallery], made_head: MakeHead, tmp_path: Path) -> tuple[Ablation, _Fitted]:
    gallery = made_gallery(["a", "b", "c"] * 4)
    base = {"library": _table(["x"], [""]), "painters": _table(["y"], [""])}
    fitted = _Fitted(made_head)
    tests = [Judged("made", gallery, same_hand(gallery))]
    return Ablation(fitted, Readings(Kept(tmp_path)), base, tests, (1, 2)), fitted  # type: ignore[arg-type]


def test_each_source_is_left_out_by_every_seed(ablation: tuple[Ablation, _Fitted]) -> None:
    own, fitted = ablation
    told = list(own.sources())
    assert [o.name for o in told] == ["everything", "without library", "without painters"]
    assert [(names, seed) for names, seed, _ in fitted.asked] == [
        (names, seed) for names in (("library", "painters"), ("painters",), ("library",)) for seed in (1, 2)
    ]
    figures = told[0].figures[0, :, 0]
    assert told[0].figures.shape == (1, 2, 2) and figures[0] != figures[1]
    assert f"{figures.mean():.3f} [{figures.min():.3f} {figures.max():.3f}]" in ablation_table(told, own.tests)


def test_each_part_stands_alone_and_is_left_out(ablation: tuple[Ablation, _Fitted]) -> None:
    told = {o.name: o.figures[0, 0, 0] for o in ablation[0].parts()}
    assert list(told) == [f"{kind} {n}" for n in ("alone",) for kind in KINDS] + [f"without {kind}" for kind in KINDS]
    assert len(set(told.values())) > 3


def test_each_family_is_left_out_of_training_too(ablation: tuple[Ablation, _Fitted]) -> None:
    own, fitted = ablation
    whole = float(np.abs(own._base["library"].statistics).mean())
    learnt, unlearnt = list(own.families()), list(own.families_unlearnt())
    assert [o.name for o in unlearnt] == ["everything"] + [o.name for o in learnt] and len(learnt) == len(SIZES)
    assert all(filled < whole for _, _, filled in fitted.asked) and len(fitted.asked) == 2 * len(SIZES)


def test_an_encoders_network_is_a_part_of_it(ablation: tuple[Ablation, _Fitted], made_head: MakeHead) -> None:
    class Network:
        fingerprint, share = "n", 0.25

        def rows(self, pictures: Sequence[Sequence[np.ndarray]]) -> np.ndarray:
            return unit(np.arange(1.0, 3 * len(pictures) + 1).reshape(len(pictures), 3) ** 2)

    alone = [o.name for o in ablation[0].encoder_parts(StyleEncoder(made_head(0)))]
    both = {o.name: o.figures[0, 0, 0] for o in ablation[0].encoder_parts(StyleEncoder(made_head(0), Network()))}
    assert set(both) - set(alone) == {"network alone", "without network"}
    assert both["without network"] == pytest.approx(
        next(o.figures[0, 0, 0] for o in ablation[0].encoder_parts(StyleEncoder(made_head(0))))
    )
    assert both["network alone"] != both["everything"]


def test_readings_are_made_once(made_gallery: Callable[..., Gallery], made_head: MakeHead, tmp_path: Path) -> None:
    gallery = made_gallery(["a", "b", "a"])
    readings = Readings(Kept(tmp_path))
    whole = readings.statistics(gallery)
    assert whole.shape == (3, WIDTH) and len(list(tmp_path.glob(f"*stack-{stack_key()}*"))) == 1
    part = gallery.where(gallery.hand == "a", "part")
    np.testing.assert_array_equal(readings.statistics(part), whole[[0, 2]])
    assert head_vector(readings, made_head(0), "h").rows(part).shape == (2, 15)
