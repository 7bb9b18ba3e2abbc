"""The style network: sums over places against naive forms, rows of one picture alone, and its place in a folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from umair.encoders.style.convolution import (
    Moments,
    StyleConvolution,
    _gram,
    _palette,
    _unshuffled,
    load_network,
    save_network,
)
from umair.encoders.style.crops import views
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.head import Projection, StyleHead, save_head
from umair.errors import EncoderError

RNG = np.random.default_rng(4)


@pytest.fixture(scope="module")
def network(painted: list[np.ndarray]) -> StyleConvolution:
    """Untrained, but its batch norms have seen pictures."""
    torch.manual_seed(3)
    made = StyleConvolution()
    with torch.no_grad():
        for _ in range(3):
            made(torch.from_numpy(np.stack([views(p)[0][0] for p in painted])))
    return made.eval()


@pytest.fixture
def folder(tmp_path: Path, network: StyleConvolution) -> Path:
    """A style folder with a small head and the network beside it."""

    def normal(*shape: int) -> np.ndarray:
        return RNG.normal(0, 0.05, shape).astype(np.float32)

    part = Projection(normal(2173), normal(2173, 6))
    save_head(tmp_path, StyleHead(normal(2173), np.ones(2173, np.float32), [part], np.ones(1, np.float32)))
    save_network(tmp_path, network, 0.3)
    return tmp_path


def test_moments_are_means_and_products_over_places_and_so_are_their_slopes() -> None:
    x = torch.randn(2, 3, 4, 5, dtype=torch.float64, requires_grad=True)
    mean, products = Moments.apply(x)
    flat = x.detach().flatten(2).numpy()
    np.testing.assert_allclose(mean.detach().numpy(), flat.mean(2))
    np.testing.assert_allclose(products.detach().numpy(), np.einsum("bip,bjp->bij", flat, flat) / 20)
    assert torch.autograd.gradcheck(Moments.apply, (x,))


def test_the_gram_is_that_of_the_projected_channels() -> None:
    x, weight = torch.randn(2, 6, 5, 4), torch.randn(3, 6)
    found = _gram(Moments.apply(x)[1], weight)
    z = torch.nn.functional.conv2d(x, weight[:, :, None, None]).flatten(2).numpy()
    for row in range(2):
        naive = [float(np.mean(z[row, i] * z[row, j])) for i in range(3) for j in range(i, 3)]
        np.testing.assert_allclose(found[row].numpy(), np.sign(naive) * np.sqrt(np.abs(naive) + 1e-4), rtol=1e-4)


def test_four_pixels_become_one_place_and_the_palette_counts_them() -> None:
    square = np.zeros((1, 96, 96, 3), np.uint8)
    square[0, :, :48] = (223, 32, 96)  # colours of the palette: 7/8, 1/8, 3/8
    square[0, 0, 1] = (1, 2, 3)
    place = _unshuffled(torch.from_numpy(square))[0, 0, 0]
    np.testing.assert_allclose(place.numpy().reshape(4, 3), [(223, 32, 96), (1, 2, 3), (223, 32, 96), (223, 32, 96)])
    share = _palette(_unshuffled(torch.from_numpy(square)))[0].numpy() ** 2
    assert 0.4 < share[3 * 16 + 0 * 4 + 1] < 0.5 and 0.4 < share[0] < 0.5  # the rest is with their neighbours
    assert share.sum() == pytest.approx(1 + 64e-4, abs=1e-3)


def test_rows_have_length_one_and_do_not_depend_on_the_batch(folder: Path, painted: list[np.ndarray]) -> None:
    reader = load_network(folder, 0.3)
    shown = [views(p) for p in [*painted[:3], np.ascontiguousarray(np.tile(painted[3], (3, 4, 1)))]]
    assert [len(v) for v in shown[0]] != [len(v) for v in shown[3]]  # small pictures have fewer squares
    rows = reader.rows(shown)
    assert rows.shape == (4, 256) and rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    for n in range(4):
        np.testing.assert_allclose(reader.rows(shown[n : n + 1])[0], rows[n], atol=1e-5)
    assert reader.rows([]).shape == (0, 256)


def test_folding_and_half_precision_keep_the_rows(
    folder: Path, network: StyleConvolution, painted: list[np.ndarray]
) -> None:
    square = np.stack([views(p)[0][0] for p in painted[:6]])
    with torch.no_grad():
        exact = network(torch.from_numpy(square)).numpy()
    found = load_network(folder, 0.3).rows([(s[None], s[None]) for s in square])
    np.testing.assert_allclose(found[:, :128] * np.sqrt(2), exact, atol=5e-3)
    assert (folder / "network.safetensors").stat().st_size < 3_000_000


def test_an_encoder_weighs_head_and_network_by_the_share(folder: Path, painted: list[np.ndarray]) -> None:
    both = StyleEncoder.load(folder)
    readings = [both.read(p) for p in painted[:5]]
    rows = both.vectors(readings)
    network = load_network(folder, 0.3).rows([r.views for r in readings])
    head = both.head.vectors(np.stack([r.statistics for r in readings]))
    np.testing.assert_allclose(rows @ rows.T, 0.7 * head @ head.T + 0.3 * network @ network.T, atol=1e-5)

    other = save_and_load(folder, 0.4)
    (folder / "network.safetensors").unlink()
    alone = StyleEncoder.load(folder)
    assert alone.read(painted[0]).views == ()
    np.testing.assert_allclose(alone.encode(painted[:5]), head, atol=1e-6)
    assert len({both.fingerprint, other.fingerprint, alone.fingerprint}) == 3
    assert alone.fingerprint == alone.head.fingerprint


def save_and_load(folder: Path, share: float) -> StyleEncoder:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"network": {"version": 1, "share": share}}))
    return StyleEncoder.load(folder)


def test_the_fingerprint_is_of_the_weights_and_the_same_each_time(folder: Path, network: StyleConvolution) -> None:
    first = load_network(folder, 0.3).fingerprint
    assert load_network(folder, 0.3).fingerprint == first
    changed = StyleConvolution()
    changed.load_state_dict(network.state_dict())
    changed.even.running_mean[7] += 0.5  # type: ignore[index]
    save_network(folder, changed, 0.3)
    assert load_network(folder, 0.3).fingerprint != first


def test_a_damaged_or_foreign_network_is_refused_in_words(folder: Path) -> None:
    with pytest.raises(EncoderError, match="share between 0 and 1"):
        save_and_load(folder, 1.5)
    save_and_load(folder, 0.3)
    (folder / "network.safetensors").write_bytes(b"no network")
    with pytest.raises(EncoderError, match="the head alone works"):
        StyleEncoder.load(folder)


def test_short_numbers_give_the_cosines_of_long_ones(folder: Path, painted: list[np.ndarray]) -> None:
    reader, shown = load_network(folder, 0.3), [views(p) for p in painted[:16]]
    found = []
    for reader.short in (False, True):
        rows = reader.rows(shown)
        found.append(rows @ rows.T)
    np.testing.assert_allclose(found[1], found[0], atol=0.01)


def test_without_a_network_torch_is_never_loaded() -> None:
    code = "import sys, umair.encoders.style.encoder; raise SystemExit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
