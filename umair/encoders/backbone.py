"""Networks behind one interface: any torchvision ResNet and any timm model give a last map and three shallow ones.

Names: `torchvision:resnet18` (34, 50, 101), `timm:NAME`, and timm's own `hf-hub:OWNER/NAME` and `local-dir:PATH`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError

import httpx
import timm
import torchvision
from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled
from torch import Tensor, nn

from umair.encoders.preprocess import Preprocess
from umair.errors import EncoderError, HubUnavailable

SHALLOW = 3  # "the first three layers" (2.2)
RESNETS = ("resnet18", "resnet34", "resnet50", "resnet101")
TIMM_PREFIXES = ("timm:", "hf-hub:", "local-dir:")
IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
UNREACHABLE = (URLError, httpx.HTTPError, HfHubHTTPError, OfflineModeIsEnabled, ConnectionError, TimeoutError)


@dataclass(frozen=True)
class FeatureMaps:
    """What one pass gives: last (B, C, h, w), its pooled form (B, C), three shallow maps (B, C_l, H_l, W_l)."""

    last: Tensor
    pooled: Tensor
    shallow: tuple[Tensor, ...]


class Backbone(nn.Module):
    """A network without its classification head. `width` is that of the pooled form, `preprocess` what it expects."""

    width: int
    preprocess: Preprocess

    def forward(self, pixels: Tensor) -> FeatureMaps:
        """pixels (B, 3, S, S) normalised by `preprocess`."""
        raise NotImplementedError


def mean_pool(feature_map: Tensor) -> Tensor:
    """The semantic output (eq. 3): (B, C, H, W) -> (B, C), the mean over places, in float32."""
    return feature_map.float().mean(dim=(2, 3))


class TorchvisionResNet(Backbone):
    """ResNet (arXiv:1512.03385). Shallow maps, all of one width: with bottlenecks (50, 101) the three blocks of the
    first stage (256 channels), with basic blocks (18, 34) the stem and the first two blocks (64 channels)."""

    def __init__(self, name: str, pretrained: bool) -> None:
        super().__init__()
        weights = torchvision.models.get_model_weights(name).DEFAULT if pretrained else None
        self.net: Any = _from_hub(f"torchvision:{name}", lambda: torchvision.models.get_model(name, weights=weights))
        self.width = self.net.fc.in_features
        self.net.fc = nn.Identity()
        mean, std = IMAGENET
        self.preprocess = Preprocess(size=224, mean=mean, std=std) if pretrained else Preprocess()

    def forward(self, pixels: Tensor) -> FeatureMaps:
        net = self.net
        stem = net.relu(net.bn1(net.conv1(pixels)))
        maps, x = [stem], net.maxpool(stem)
        for block in net.layer1:
            x = block(x)
            maps.append(x)
        same_width = [m for m in maps if m.shape[1] == x.shape[1]]
        last = net.layer4(net.layer3(net.layer2(x)))
        return FeatureMaps(last, mean_pool(last), tuple(same_width[:SHALLOW]))


class TimmBackbone(Backbone):
    """Any timm model: the first three stages of a convolutional one, the first three blocks of a transformer.

    `pooled` is the model's own pooling before its head, which for a convolutional one is eq. 3.
    """

    def __init__(self, name: str, pretrained: bool) -> None:
        super().__init__()
        called = name.removeprefix("timm:")
        self.net: Any = _from_hub(name, lambda: _created(called, pretrained))
        if not hasattr(self.net, "forward_intermediates"):
            raise EncoderError(f"{name} does not give its inner maps (forward_intermediates). Choose another model.")
        self.width = self.net.head_hidden_size
        asked = timm.data.resolve_model_data_config(self.net)
        self.preprocess = Preprocess(
            size=asked["input_size"][-1],
            interpolation="bicubic" if asked["interpolation"] == "bicubic" else "bilinear",
            mean=tuple(asked["mean"]),
            std=tuple(asked["std"]),
        )

    def forward(self, pixels: Tensor) -> FeatureMaps:
        final, shallow = self.net.forward_intermediates(pixels, indices=list(range(SHALLOW)), output_fmt="NCHW")
        pooled = self.net.forward_head(final, pre_logits=True)
        return FeatureMaps(self._as_map(final), pooled.float(), tuple(shallow))

    def logits(self, pixels: Tensor) -> Tensor:
        """(B, V) of the head the weights came with; ViT taggers name these outputs in selected_tags.csv."""
        return self.net(pixels).float()

    def _as_map(self, final: Tensor) -> Tensor:
        if final.ndim == 4:
            return final if final.shape[1] == self.net.num_features else final.permute(0, 3, 1, 2)
        tokens = final[:, getattr(self.net, "num_prefix_tokens", 0) :]
        side = int(tokens.shape[1] ** 0.5)
        if side * side != tokens.shape[1]:
            return tokens.transpose(1, 2).unsqueeze(3)
        return tokens.transpose(1, 2).reshape(len(tokens), -1, side, side)


def build_backbone(name: str, pretrained: bool = False) -> Backbone:
    """The network called `name`, with random weights or those of its hub.

    Raises EncoderError for an unknown name, HubUnavailable if weights have to be fetched and cannot be.
    """
    short = name.removeprefix("torchvision:")
    if short in RESNETS:
        return TorchvisionResNet(short, pretrained)
    if name.startswith(TIMM_PREFIXES):
        return TimmBackbone(name, pretrained)
    raise EncoderError(
        f"There is no network {name!r}. Choose {', '.join(f'torchvision:{n}' for n in RESNETS)}, or timm:NAME, "
        "hf-hub:OWNER/NAME, local-dir:PATH."
    )


def _created(name: str, pretrained: bool) -> Any:
    try:
        return timm.create_model(name, pretrained=pretrained)
    except RuntimeError as error:
        raise EncoderError(f"timm cannot build {name!r}: {error}") from error


def _from_hub(name: str, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except (*UNREACHABLE, OSError) as error:
        raise HubUnavailable(
            f"The weights of {name} have to be downloaded once, and their hub cannot be reached "
            f"({type(error).__name__}). Connect to a network, or choose “shipped”, your own run, or local-dir:PATH."
        ) from error
