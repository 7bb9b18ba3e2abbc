"""Eq. 4 against a naive loop over its indices."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from umair.encoders.gram import ROWS, gram, paper_style, pooled, pooled_gram


def naive_gram(feature_map: np.ndarray) -> np.ndarray:
    """g_jk = sum_h sum_w F_jhw F_khw / (H W), as printed."""
    channels, height, width = feature_map.shape
    g = np.zeros((channels, channels))
    for j in range(channels):
        for k in range(channels):
            for h in range(height):
                for w in range(width):
                    g[j, k] += feature_map[j, h, w] * feature_map[k, h, w]
    return g / (height * width)


@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 4, 5), (7, 2, 9)])
def test_gram_is_the_sum_of_the_paper(shape: tuple[int, int, int]) -> None:
    maps = torch.randn(2, *shape, generator=torch.Generator().manual_seed(0))
    for row, own in zip(gram(maps), maps, strict=True):
        np.testing.assert_allclose(row.numpy(), naive_gram(own.numpy()), atol=1e-5)


def test_style_is_the_largest_over_one_channel_axis_and_then_over_layers() -> None:
    generator = torch.Generator().manual_seed(1)
    layers = [torch.randn(2, 4, side, side, generator=generator) for side in (6, 3, 3)]
    wanted = np.array([[max(naive_gram(m[b].numpy())[j].max() for m in layers) for j in range(4)] for b in range(2)])
    np.testing.assert_allclose(paper_style(layers).numpy(), wanted, atol=1e-5)


@pytest.mark.parametrize("channels", [1, ROWS, ROWS + 1, 3 * ROWS - 5])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_half_the_matrix_pools_to_the_same_as_all_of_it(channels: int, layout: torch.memory_format) -> None:
    maps = torch.randn(2, channels, 3, 5, generator=torch.Generator().manual_seed(2)).contiguous(memory_format=layout)
    torch.testing.assert_close(pooled_gram(maps), pooled(gram(maps)))
    below_zero = maps.clone()
    below_zero[:, 0] = -below_zero.abs().sum(1) - 1  # no product but its own is above zero
    torch.testing.assert_close(pooled_gram(below_zero), pooled(gram(below_zero)))


def test_both_axes_of_a_gram_pool_to_the_same() -> None:
    g = gram(torch.randn(1, 5, 4, 4))
    torch.testing.assert_close(pooled(g), g.amax(dim=1))


def test_style_does_not_depend_on_where_in_the_picture_something_is() -> None:
    maps = torch.randn(1, 4, 6, 8)
    torch.testing.assert_close(paper_style([maps]), paper_style([maps.flip(3)]))
    shuffled = maps.reshape(1, 4, -1)[:, :, torch.randperm(48)].reshape(1, 4, 6, 8)
    torch.testing.assert_close(paper_style([maps]), paper_style([shuffled]))


def test_layers_of_different_width_merge_where_both_have_a_channel() -> None:
    narrow, wide = torch.ones(1, 2, 3, 3), 2 * torch.ones(1, 4, 3, 3)
    assert paper_style([narrow, wide]).tolist() == [[4, 4, 4, 4]]
    assert paper_style([3 * narrow, wide]).tolist() == [[9, 9, 4, 4]]


def test_half_precision_maps_are_summed_in_float32() -> None:
    maps = torch.full((1, 1, 256, 256), 30.0, dtype=torch.float16)
    assert gram(maps).item() == pytest.approx(900.0)
