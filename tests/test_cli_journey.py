"""From pictures to recommendations on the command line, with the shipped encoders; each answer in its agreed form."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from umair.cli.main import main
from umair.features.schema import MODALITIES
from umair.library.store import Library
from umair.settings import assets

pytestmark = pytest.mark.skipif(
    not all((assets() / "models" / kind / "model.safetensors").is_file() for kind in ("image", "style", "text")),
    reason="the shipped encoders are not in assets/models",
)


@pytest.fixture
def ask(small_library: Library, capsys: pytest.CaptureFixture[str]):
    def asked(*words: str) -> dict:
        capsys.readouterr()
        code = main([*words, "--library", str(small_library.path), "--json"])
        told = capsys.readouterr()
        assert code == 0, told.err
        return json.loads(told.out)

    return asked


def test_the_whole_journey(ask, small_library: Library, small_picture, tmp_path: Path, capsys) -> None:
    at = ["--library", str(small_library.path)]
    assert main(["similar", "p00", *at]) == 1 and "encode" in capsys.readouterr().err
    assert ask("encode")["metrics"]["pictures"] == 24
    assert ask("encode")["metrics"]["pictures"] == 0  # nothing is done twice
    assert sorted(f.name.split("-")[0] for f in (small_library.path / "layouts").iterdir()) == ["semantic", "style"]
    assert not [f for f in ask("check")["findings"] if f["code"].startswith(("vectors", "no-vectors"))]

    told = ask("vectors", "style", "--out", str(tmp_path / "style.parquet"))
    table = pl.read_parquet(tmp_path / "style.parquet")
    assert (len(table), table["vector"].dtype.size) == (told["rows"], told["dimension"]) == (24, told["dimension"])

    near = ask("similar", "p00", "--by", "style", "--top", "5")
    assert (near["query"], near["by"], len(near["results"])) == ("p00", "style", 5)
    first = near["results"][0]
    assert set(first) == {"item_id", "score", "same_hand", "artist_id", "labels"} and 0 <= first["same_hand"] <= 1
    assert "p00" not in {r["item_id"] for r in near["results"]}
    assert ask("similar", "p00", "--by", "words")["results"][0]["same_hand"] is None

    small_picture(7).save(tmp_path / "same.png")  # the very picture that is p07
    assert ask("similar", str(tmp_path / "same.png"), "--mix", "0.5", "--top", "1")["results"][0]["item_id"] == "p07"
    assert len(ask("compose", "--shows", "p00", "--painted-like", "p05", "--top", "3")["results"]) == 3
    moons = {r["item_id"] for r in ask("search", "moon", "--top", "8")["results"]}
    labels = dict(small_library.illustrations().select("item_id", "labels").iter_rows())
    assert sum("moon" in labels[i] for i in moons) >= 6
    assert ask("style", "p00")["axes"] and ask("style", str(tmp_path / "same.png"))["sentence"]

    weights = ask("weights", "u03")
    assert set(weights) >= {"user_id", "bookmarks", "weights", "occlusion", "planted"} and weights["planted"] is None
    assert weights["bookmarks"] == 10 and sum(weights["weights"].values()) == pytest.approx(1)
    assert tuple(weights["weights"]) == MODALITIES
    log = small_library.interactions().filter(pl.col("user_id") == "u03")["item_id"].to_list()
    shown = ask("recommend", "u03", "--top", "6")["results"]
    assert shown and not {r["item_id"] for r in shown} & set(log)
    assert main(["recommend", "u03", "--weight", "smell=1", *at]) == 1
    assert "no weight" in capsys.readouterr().err
    assert len(ask("figure", "5", "--pairs", "1")["near_content_far_style"]) == 1
    assert main(["recover", *at]) == 1 and "planted" in capsys.readouterr().err
