"""Every network gives a last map and three shallow ones; weights of a hub that is out of reach are told so."""

from __future__ import annotations

from pathlib import Path
from urllib.error import URLError

import pytest
import torch

from umair.encoders import backbone
from umair.encoders.backbone import build_backbone, mean_pool
from umair.encoders.gram import paper_style
from umair.errors import EncoderError, HubUnavailable


@pytest.mark.parametrize(
    ("name", "width", "style"),
    [
        ("torchvision:resnet18", 512, 64),
        ("torchvision:resnet34", 512, 64),
        ("resnet50", 2048, 256),
        ("torchvision:resnet101", 2048, 256),
        ("timm:vit_tiny_patch16_224", 192, 192),
        ("timm:resnet10t", 512, 128),
        ("timm:swin_tiny_patch4_window7_224", 768, 384),
    ],
)
def test_a_network_gives_one_last_and_three_shallow_maps(name: str, width: int, style: int) -> None:
    net = build_backbone(name).eval()
    side = 32 if "resnet" in name else net.preprocess.size
    with torch.inference_mode():
        maps = net(torch.randn(1, 3, side, side))
    assert net.width == width == maps.pooled.shape[1]
    assert maps.last.shape[1] == width and maps.last.ndim == 4
    assert len(maps.shallow) == 3
    assert paper_style(maps.shallow).shape == (1, style)


def test_the_three_layers_of_resnet_101_are_the_blocks_of_its_first_stage() -> None:
    net = build_backbone("torchvision:resnet101").eval()
    seen: list[torch.Tensor] = []
    for block in net.net.layer1:  # type: ignore[union-attr]
        block.register_forward_hook(lambda _m, _i, out: seen.append(out))
    with torch.inference_mode():
        maps = net(torch.randn(1, 3, 32, 32))
    assert len(seen) == 3 and all(torch.equal(a, b) for a, b in zip(seen, maps.shallow, strict=True))


def test_semantic_is_the_mean_over_places() -> None:
    maps = torch.arange(24.0).reshape(1, 2, 3, 4)
    assert mean_pool(maps).tolist() == [[5.5, 17.5]]


def test_an_unknown_name_is_refused_with_what_there_is() -> None:
    with pytest.raises(EncoderError, match="torchvision:resnet18"):
        build_backbone("resnet19")
    with pytest.raises(EncoderError):
        build_backbone("timm:there_is_no_such_model")


@pytest.mark.parametrize("failure", [URLError("no route"), ConnectionError(), OSError("offline"), TimeoutError()])
def test_a_hub_out_of_reach_is_told_in_words(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(backbone.torchvision.models, "get_model", unreachable)
    with pytest.raises(HubUnavailable, match="Connect to a network"):
        build_backbone("torchvision:resnet18", pretrained=True)


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError):
        build_backbone(f"local-dir:{tmp_path}", pretrained=True)
