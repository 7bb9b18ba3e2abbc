"""The part of style that is seen, not measured: a small convolutional network read out by its Gram matrices.

What is where does not reach the vector: each stage gives the products of its channels averaged over all places
(Gatys et al., arXiv:1505.07376), channel means and spreads, and beside them stands a soft palette of 64 colours.
A style folder keeps it in `network.safetensors`; config.json says under `network` what share of the cosine it has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from umair.encoders.style.crops import COUNTS, SIDE
from umair.encoders.style.head import CONFIG
from umair.encoders.style.network import NETWORK, VERSION
from umair.errors import EncoderError
from umair.library.atomic import write_bytes, write_json

STAGES = ((32,), (32,), (64, 64), (96, 96))  # channels of the convolutions; the last two stages halve the side first
PROJECTED = (24, 24, 32, 32)  # channels that a stage's Gram matrix is taken of
ROWS = (2, 2, 1, 1)  # of a stage's rows of places every so manyth is summed: they are enough
HIDDEN, WIDTH = 384, 128
DROP = 0.1
TONES = 4  # of each channel: 64 colours
SHARPNESS = 64.0  # of a pixel's choice among the colours, in units of squared RGB distance (RGB 0..1)
PALETTE_STRIDE = 2  # places of 2 x 2 pixels
LEAST = 1e-4  # keeps the slope of a root finite
AT_ONCE = 80  # squares


class Block(nn.Module):
    """Convolution 3 x 3, batch norm, ReLU."""

    def __init__(self, before: int, width: int, stride: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(before, width, 3, stride, 1, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(width)

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu_(self.norm(self.conv(x)))


class StyleConvolution(nn.Module):
    """Squares (B, 96, 96, 3) uint8 -> rows (B, 128) of length 1; any side that is a multiple of 8 will do."""

    def __init__(self) -> None:
        super().__init__()
        self.stages, self.projections = nn.ModuleList(), nn.ParameterList()
        before = 12  # RGB of 2 x 2 pixels
        for widths, projected in zip(STAGES, PROJECTED, strict=True):
            blocks: list[nn.Module] = []
            for number, width in enumerate(widths):
                stride = 2 if len(widths) > 1 and number == 0 else 1
                blocks.append(Block(before, width, stride))
                before = width
            self.stages.append(nn.Sequential(*blocks))
            self.projections.append(nn.Parameter(torch.randn(projected, before) / before**0.5))
        read = sum(p * (p + 1) // 2 for p in PROJECTED) + 2 * sum(w[-1] for w in STAGES) + TONES**3
        self.even = nn.BatchNorm1d(read, affine=False)
        self.drop = nn.Dropout(DROP)
        self.hidden, self.norm, self.out = nn.Linear(read, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.Linear(HIDDEN, WIDTH)

    def forward(self, squares: Tensor) -> Tensor:
        even = self.even(self.readout(squares))
        deep = torch.relu(self.norm(self.hidden(self.drop(even))))
        return nn.functional.normalize(self.out(deep).float(), dim=1)

    def readout(self, squares: Tensor) -> Tensor:
        """(B, 2168) float32: of each stage means, spreads, Gram; then the palette."""
        pixels = _unshuffled(squares)
        x = pixels.permute(0, 3, 1, 2) * (4 / 255) - 2  # channels last in memory
        found = []
        for stage, weight, every in zip(self.stages, self.projections, ROWS, strict=True):
            x = stage(x)
            mean, products = Moments.apply(x[:, :, ::every])
            found += [mean, _spread(mean, products), _gram(products, weight)]
        return torch.cat([*found, _palette(pixels)], dim=1)

    def fold(self) -> StyleConvolution:
        """Take the batch norms into the convolutions, for reading only; the rows stay the same."""
        self.eval()
        for block in self.modules():
            if isinstance(block, Block) and isinstance(block.norm, nn.BatchNorm2d):
                block.conv, block.norm = fuse_conv_bn_eval(block.conv, block.norm), nn.Identity()
        return self


class ConvolutionReader:
    """A trained network beside a style head: squares of pictures to rows, and its share of the cosine.

    Convolutions run in bfloat16 where the processor has wide vectors: half the time, cosines within 0.003 (measured on
    drawings of twelve hands); sums over places and norms stay in single precision.
    """

    def __init__(self, network: StyleConvolution, share: float) -> None:
        self.fingerprint = _fingerprint(network, share)
        self.share = share
        self.short = torch.backends.cpu.get_cpu_capability() == "AVX512"
        self.network = network.fold().requires_grad_(False).to(memory_format=torch.channels_last)

    @torch.inference_mode()
    def rows(self, pictures: Sequence[Sequence[np.ndarray]]) -> np.ndarray:
        """For each picture its views (see crops.py) -> (B, 256) float32 rows of length 1, every view counting alike."""
        if not pictures:
            return np.zeros((0, len(COUNTS) * WIDTH), np.float32)
        squares = np.concatenate([view for views in pictures for view in views])
        with torch.autocast("cpu", torch.bfloat16, enabled=self.short):
            parts = [self.network(torch.from_numpy(squares[n : n + AT_ONCE])) for n in range(0, len(squares), AT_ONCE)]
        each = torch.cat(parts).numpy()
        starts = np.cumsum([0, *(len(view) for views in pictures for view in views)])[:-1]
        means = np.add.reduceat(each, starts, axis=0)
        unit = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        return (unit.reshape(len(pictures), -1) / np.sqrt(len(COUNTS))).astype(np.float32)


def save_network(folder: Path, network: StyleConvolution, share: float) -> None:
    """Put a network into a style folder (half precision; batch norms whole) and note its share in the config."""
    kept = {
        name: (t.half() if t.ndim > 1 else t).contiguous()
        for name, t in network.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }
    write_bytes(folder / NETWORK, save(kept))
    file = folder / CONFIG
    config = json.loads(file.read_text("utf-8")) if file.exists() else {}
    write_json(file, config | {"network": {"version": VERSION, "share": share}})


def load_network(folder: Path, share: float) -> ConvolutionReader:
    """The network of a style folder; EncoderError if its file is damaged or made for another one."""
    network = StyleConvolution()
    try:
        network.load_state_dict({n: t.float() for n, t in load_file(folder / NETWORK).items()}, strict=False)
    except (OSError, RuntimeError, SafetensorError) as error:
        raise EncoderError(
            f"{folder / NETWORK} is not a style network of version {VERSION} ({str(error).splitlines()[0]}). "
            "Train it again, or delete the file: the head alone works."
        ) from error
    return ConvolutionReader(network, share)


class Moments(torch.autograd.Function):
    """(B, C, H, W) -> means (B, C) and mean products of channels (B, C, C) over all places, in single precision.

    One pass and one product backwards, where separate means and products would take several of each.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> tuple[Tensor, Tensor]:
        rows = x.permute(0, 2, 3, 1).flatten(1, 2).to(_exact(x))  # (B, places, C)
        ctx.save_for_backward(rows)
        ctx.shape, ctx.dtype = x.shape, x.dtype
        with torch.autocast(x.device.type, enabled=False):
            return rows.mean(1), rows.transpose(1, 2) @ rows / rows.shape[1]

    @staticmethod
    def backward(ctx: Any, d_mean: Tensor, d_products: Tensor) -> Tensor:  # type: ignore[override]
        (rows,) = ctx.saved_tensors
        both = (d_products + d_products.transpose(1, 2)) / rows.shape[1]
        slope = torch.baddbmm((d_mean / rows.shape[1])[:, None].expand_as(rows), rows, both)
        count, channels, height, width = ctx.shape
        return slope.to(ctx.dtype).view(count, height, width, channels).permute(0, 3, 1, 2)


def _exact(x: Tensor) -> torch.dtype:
    return torch.float64 if x.dtype == torch.float64 else torch.float32


def _spread(mean: Tensor, products: Tensor) -> Tensor:
    variance = products.diagonal(dim1=1, dim2=2) - mean.square()
    return torch.sqrt(variance.clamp(min=0) + LEAST)


def _gram(products: Tensor, weight: Tensor) -> Tensor:
    """Products (B, C, C), a projection (P, C) of the channels -> (B, P (P + 1) / 2): signed roots of the projected.

    The Gram matrix of projected channels W z is W (z z^T) W^T: no projected picture is ever made.
    """
    with torch.autocast(weight.device.type, enabled=False):
        projected = weight @ products @ weight.T
    one, two = torch.triu_indices(len(weight), len(weight), device=weight.device)
    upper = projected[:, one, two]
    return torch.sign(upper) * torch.sqrt(upper.abs() + LEAST)


def _unshuffled(squares: Tensor) -> Tensor:
    """(B, H, W, 3) uint8 -> (B, H / 2, W / 2, 12) float32, 0..255: the four pixels of 2 x 2, each RGB."""
    count, height, width, _ = squares.shape
    quads = squares.view(count, height // 2, 2, width // 2, 2, 3).permute(0, 1, 3, 2, 4, 5)
    return quads.reshape(count, height // 2, width // 2, 12).float()


def _palette(pixels: Tensor) -> Tensor:
    """(B, H, W, 12), 0..255 -> (B, 64): root of the share of places near each of 4 x 4 x 4 colours."""
    tone = (torch.arange(TONES, device=pixels.device) + 0.5) / TONES
    colours = torch.cartesian_prod(tone, tone, tone)
    mean = pixels[:, ::PALETTE_STRIDE, ::PALETTE_STRIDE].unflatten(3, (4, 3)).mean(3).flatten(1, 2) / 255
    with torch.autocast(pixels.device.type, enabled=False):
        nearness = SHARPNESS * (2 * mean @ colours.T - colours.square().sum(1))
        return torch.sqrt(torch.softmax(nearness, dim=2).mean(1) + LEAST)


def _fingerprint(network: StyleConvolution, share: float) -> str:
    """64 hexadecimal digits of the weights as they are stored, the share, and the rule of squares."""
    digest = hashlib.sha256(f"network {VERSION} {share:.6f} {SIDE} {COUNTS}".encode())
    for name, tensor in sorted(network.state_dict().items()):
        if not name.endswith("num_batches_tracked"):
            digest.update(name.encode())
            digest.update(tensor.float().numpy().tobytes())
    return digest.hexdigest()
