"""Bytes become the numbers of the preprocessing, in either order of channels and without touching the picture."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from umair.encoders.backbone import build_backbone
from umair.encoders.forward import fold_batch_norms, pixels_of
from umair.encoders.preprocess import Preprocess


@pytest.mark.parametrize("channels", ["rgb", "bgr"])
def test_pixels_are_those_of_the_preprocessing_to_the_bit(channels: str) -> None:
    own = Preprocess(size=16, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225), channels=channels)
    squares = np.random.default_rng(0).integers(0, 256, (3, 16, 16, 3), dtype=np.uint8)
    before = squares.copy()
    squares.setflags(write=False)
    found = pixels_of(squares, own, torch.device("cpu"))
    assert found.shape == (3, 3, 16, 16) and found.is_contiguous(memory_format=torch.channels_last)
    np.testing.assert_array_equal(found.numpy(), own.normalise(squares))
    np.testing.assert_array_equal(squares, before)


def test_folded_batch_norms_give_the_same_outputs() -> None:
    torch.manual_seed(3)
    for name in ("resnet18", "resnet50"):
        network = build_backbone(f"torchvision:{name}")
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                torch.nn.init.uniform_(module.running_mean, -0.5, 0.5)
                torch.nn.init.uniform_(module.running_var, 0.5, 2.0)
                torch.nn.init.uniform_(module.weight, 0.5, 1.5)
        network.eval().double()
        pixels = torch.randn(2, 3, 64, 64, dtype=torch.float64)
        with torch.inference_mode():
            whole = network(pixels)
            folded = fold_batch_norms(network)(pixels)
        assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in network.modules())
        torch.testing.assert_close(folded.pooled, whole.pooled, rtol=1e-4, atol=1e-5)
        for ours, theirs in zip(folded.shallow, whole.shallow, strict=True):
            torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)
