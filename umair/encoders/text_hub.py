"""Any SentenceTransformer model as a text encoder: from a folder, or from a hub when it can be reached."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from huggingface_hub import constants
from huggingface_hub.utils import get_session
from sentence_transformers import SentenceTransformer

from umair.encoders.text_choice import how_to_bring, is_hub_name, on_this_machine
from umair.encoders.words import unit_rows
from umair.errors import EncoderError, HubUnavailable

LOG = logging.getLogger(__name__)
ANSWERS_WITHIN_S = 5.0  # a hub that does not is away; its client would try for more than a minute
FETCHED = "It was fetched before, and its files are damaged or incomplete. "


class SentenceWords:
    """A sentence-transformers model behind the same face as WordEncoder."""

    def __init__(self, model: SentenceTransformer, fingerprint: str) -> None:
        self._model = model
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, name: str) -> SentenceWords:
        """A folder or a hub name. EncoderError: no such model in it; HubUnavailable: no hub, or no such name."""
        folder = Path(name) if Path(name).is_dir() else fetch(name)
        try:
            model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except Exception as error:  # the hub's client, transformers and safetensors each raise their own
            LOG.debug("loading %s", name, exc_info=True)
            again = f"{FETCHED}Delete {folder} and fetch it again. " if is_hub_name(name) else ""
            raise EncoderError(
                f"{name} holds no SentenceTransformer model that can be opened ({_short(error)}). {again}Expected is "
                "what SentenceTransformer(…).save(FOLDER) writes: modules.json and the folders that it names."
            ) from error
        return cls(model, fingerprint_of_model(model))

    @property
    def dimension(self) -> int:
        """D, the width of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(B, D) float32 rows of length one."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return unit_rows(self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False))


def fetch(name: str) -> Path:
    """The folder of a hub's model, fetched now unless it is here. HubUnavailable says why not and how to bring it."""
    if not is_hub_name(name):
        raise EncoderError(
            f"{name!r} is neither a folder here nor a model's name on a hub (such as "
            "sentence-transformers/LaBSE). Check how it is written."
        )
    folder = on_this_machine(name)
    if folder is not None:
        return folder
    away = _why_away()
    if away:
        raise HubUnavailable(f"The model {name!r} could not be fetched: {away}. {how_to_bring(name)}")
    try:
        SentenceTransformer(name, device="cpu")  # fetches just the files that it opens
    except Exception as error:  # the hub's client, transformers and safetensors each raise their own
        LOG.debug("fetching %s", name, exc_info=True)
        raise HubUnavailable(
            f"The model {name!r} could not be fetched ({_short(error)}). {how_to_bring(name)}"
        ) from error
    folder = on_this_machine(name)
    if folder is None:
        raise HubUnavailable(f"The model {name!r} was fetched but is not in the hub's cache. {how_to_bring(name)}")
    return folder


def fingerprint_of_model(model: SentenceTransformer) -> str:
    """Hash of what decides the vectors: modules, their settings, tokenizers, prompts and weights.

    The same for a model by its name and for the folder that it was saved to.
    """
    digest = hashlib.sha256()
    prompts = {"prompts": model.prompts, "default": model.default_prompt_name}
    digest.update(json.dumps(prompts, sort_keys=True).encode())
    for module in model:
        settings = module.get_config_dict() if hasattr(module, "get_config_dict") else {}
        said = [type(module).__name__, settings]
        digest.update(json.dumps(said, sort_keys=True, default=str).encode())
        digest.update(_tokenizer_of(module).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().float().contiguous().numpy().tobytes())
    return digest.hexdigest()


def _why_away() -> str:
    """Why no hub can be asked; "" if it answers."""
    if constants.is_offline_mode():
        return "HF_HUB_OFFLINE is set, so no hub is asked"
    try:
        get_session().head(constants.ENDPOINT, timeout=ANSWERS_WITHIN_S)
    except Exception as error:  # whichever client it uses has errors of its own
        return f"{constants.ENDPOINT} does not answer ({_short(error)})"
    return ""


def _tokenizer_of(module: object) -> str:
    """A module's tokenizer in words; "" if it has none, or one that cannot be written down."""
    tokenizer = getattr(module, "tokenizer", None)
    inner = getattr(tokenizer, "backend_tokenizer", tokenizer)
    return inner.to_str() if hasattr(inner, "to_str") else ""


def _short(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:160]
