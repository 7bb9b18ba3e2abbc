"""What style is set beside: histograms that know colours and edges, Grams that say what eq. 4 says."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from umair.encoders.gram import gram
from umair.errors import HubUnavailable
from umair.experiments.style_retrieval.histograms import colour_histogram, edge_histogram
from umair.experiments.style_retrieval.networks import hub_network, network_rows, untrained_network


def test_a_histogram_row_has_length_one_and_knows_colours() -> None:
    red, blue = (Image.new("RGB", (20, 20), c) for c in ((250, 0, 0), (0, 0, 250)))
    rows = colour_histogram([red, blue, red])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-6)
    assert rows[0] @ rows[2] == pytest.approx(1) and rows[0] @ rows[1] == 0


def test_edges_know_directions_whatever_the_colour() -> None:
    def stripes(upright: bool, ink: str) -> Image.Image:
        picture = Image.new("RGB", (40, 40), "white")
        pen = ImageDraw.Draw(picture)
        for n in range(0, 40, 8):
            pen.line((n, 0, n, 40) if upright else (0, n, 40, n), fill=ink, width=3)
        return picture

    upright, other_ink, lying, flat = edge_histogram(
        [stripes(True, "#c00000"), stripes(True, "#0060c0"), stripes(False, "#c00000"), Image.new("RGB", (40, 40))]
    )
    assert upright @ other_ink > 0.8 > upright @ lying and flat[0] == 1
    assert upright @ upright == pytest.approx(1, abs=1e-5)


def test_the_whole_gram_is_the_upper_triangle_of_every_layer() -> None:
    model = untrained_network()
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 256, (90, 120, 3), dtype=np.uint8))
    found = network_rows(model, iter([picture] * 33))  # two batches
    assert {name: len(rows) for name, rows in found.items()} == {"semantic": 33, "paper": 33, "whole": 33}
    with torch.inference_mode():
        pixels = torch.from_numpy(model.preprocess.normalise(model.preprocess.square(picture)[None]))
        layers = [gram(layer)[0].numpy() for layer in model.maps(pixels).shallow]
    first = layers[0][np.triu_indices(len(layers[0]))]
    np.testing.assert_allclose(found["whole"][32][: len(first)] ** 2, first, rtol=0.02, atol=1e-4)
    assert found["whole"].shape[1] == sum(len(m) * (len(m) + 1) // 2 for m in layers)
    np.testing.assert_allclose(found["semantic"][0], found["semantic"][32], rtol=1e-3, atol=1e-4)


def test_a_hub_model_that_is_not_here_is_not_waited_for(
    tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    with pytest.raises(HubUnavailable, match="not on this machine"):
        hub_network("torchvision:resnet50")
