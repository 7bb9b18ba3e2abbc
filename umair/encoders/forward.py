"""One pass of a network over a batch: squares of bytes in, both outputs out (paper 2.2, eq. 2-4)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from umair.encoders.gram import paper_style
from umair.encoders.image_model import ImageModel
from umair.encoders.preprocess import Preprocess


def pixels_of(squares: np.ndarray, preprocess: Preprocess, device: torch.device) -> Tensor:
    """(B, S, S, 3) uint8 -> (B, 3, S, S) float32 on the device: the numbers of `preprocess.normalise`.

    Bytes travel, not floats; places stay where the picture has them, so that memory is channels-last without a copy.
    """
    ordered = squares[..., ::-1] if preprocess.channels == "bgr" else squares
    # A tensor shares memory only with an array that may be written to and runs forwards; a picture's may be neither.
    found = torch.tensor(np.ascontiguousarray(ordered), device=device).float().div_(255.0)
    mean, std = (torch.tensor(v, dtype=torch.float32, device=device) for v in (preprocess.mean, preprocess.std))
    return found.sub_(mean).div_(std).permute(0, 3, 1, 2)


def fold_batch_norms(network: nn.Module) -> nn.Module:
    """Take every batch norm that follows a convolution into it, in place, for reading only; the outputs stay the same.

    Pairs are found as ResNets name them: convN and bnN of a module, or neighbours in a Sequential.
    """
    for module in list(network.modules()):
        children = dict(module.named_children())
        for name, after in pairwise(list(children)):
            named = name.startswith("conv") and after == f"bn{name.removeprefix('conv')}"
            if not named and not isinstance(module, nn.Sequential):
                continue
            conv, norm = children[name], children[after]
            if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                setattr(module, name, fuse_conv_bn_eval(conv.eval(), norm.eval()))
                setattr(module, after, nn.Identity())
    return network


def both_outputs(model: ImageModel, own: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """pixels (B, 3, S, S) -> semantic (B, D) and the paper's style (B, C), float32, from one pass."""
    maps = model.maps(own)
    return maps.pooled.float().cpu().numpy(), paper_style(maps.shallow).cpu().numpy()
