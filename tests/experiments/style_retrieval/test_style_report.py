"""The command: a library alone is measured and written; what needs the data says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from umair.encoders.style.head import StyleHead, save_head
from umair.experiments.style_retrieval import evaluation
from umair.experiments.style_retrieval.__main__ import main
from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.vectors import Readings, Vector
from umair.library.store import Library


def test_a_library_alone_is_measured_and_written(
    small_library: Library,
    made_head: Callable[[int], StyleHead],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def cheap(readings: Readings) -> list[Vector]:
        return [Vector("colour histogram", readings.colour)]

    monkeypatch.setattr(evaluation, "plain_vectors", cheap)
    out = tmp_path / "style.md"
    save_head(tmp_path / "head", made_head(0))
    place = ["--library", str(small_library.path), "--cache", str(tmp_path / "kept")]
    place += ["--weights", str(tmp_path / "head")]
    main([*place, "--sets", "library", "--quick", "--hub", "", "--out", str(out)])
    text = out.read_text("utf-8")
    assert text.startswith("# Style: does it find the same hand?") and "No hub model was measured" in text
    assert "queries by 1 hands, gallery of 24" in text and "| learnt | CSLS |" in text
    assert text.index("## Summary") < text.index("**Same hand:")
    printed = capsys.readouterr().out
    summary = next(line for line in text.splitlines() if line.startswith("| Small: same hand |"))
    learnt = next(line for line in text.splitlines() if line.startswith("| learnt | CSLS |"))
    assert summary.split("|")[6].strip() == learnt.split("|")[5].strip(), "the summary's mAP is that of its table"
    assert sorted(printed.split()) == sorted(text.split()), "what is written is what was printed"


def test_what_needs_the_data_is_refused_without(
    small_library: Library, made_head: Callable[[int], StyleHead], tmp_path: Path
) -> None:
    save_head(tmp_path / "head", made_head(0))
    place = ["--library", str(small_library.path), "--cache", str(tmp_path), "--weights", str(tmp_path / "head")]
    with pytest.raises(SystemExit, match="No set emoji"):
        main([*place, "--sets", "emoji"])
    with pytest.raises(SystemExit, match="needs --data"):
        main([*place, "--sets", "library", "--ablation"])


def test_histograms_get_csls_too(small_library: Library, tmp_path: Path) -> None:
    from umair.experiments.style_retrieval.galleries import library
    from umair.experiments.style_retrieval.kept import Kept
    from umair.experiments.style_retrieval.measure import measure
    from umair.experiments.style_retrieval.protocols import same_hand

    def rows(gallery: Gallery) -> np.ndarray:
        return Readings(Kept(tmp_path)).colour(gallery)

    gallery = library(small_library.path)
    found = measure(gallery, [Vector("colour histogram", rows)], [same_hand(gallery)], 10)[0]
    assert [r.likeness for r in found.rows] == ["cosine", "CSLS"]
