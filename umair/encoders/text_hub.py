"""Any SentenceTransformer model as a text encoder: from a folder, or from a hub when it can be reached."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from umair.encoders.words import fingerprint_of, unit_rows
from umair.errors import EncoderError, HubUnavailable


class SentenceWords:
    """A sentence-transformers model behind the same face as WordEncoder."""

    def __init__(self, model: SentenceTransformer, fingerprint: str) -> None:
        self._model = model
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, name: str) -> SentenceWords:
        """A folder or a hub name. EncoderError: no such model in it; HubUnavailable: no hub, or no such name."""
        local = Path(name).is_dir()
        try:
            model = SentenceTransformer(name, device="cpu")
        except Exception as error:  # the hub's client, transformers and safetensors each raise their own
            logging.getLogger(__name__).debug("loading %s", name, exc_info=True)
            if local:
                raise EncoderError(
                    f"{name} holds no SentenceTransformer model that can be opened ({_short(error)})."
                ) from error
            raise HubUnavailable(
                f"The model {name!r} could not be fetched from its hub ({_short(error)}). On a computer with a network "
                'run `python -c "from sentence_transformers import SentenceTransformer as S; '
                f"S('{name}').save('text-model')\"`, "
                "bring the folder text-model here, and give its path instead of the name."
            ) from error
        return cls(model, fingerprint_of(Path(name)) if local else _fingerprint(model))

    @property
    def dimension(self) -> int:
        """D, the width of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(B, D) float32 rows of length one."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return unit_rows(self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False))


def _fingerprint(model: SentenceTransformer) -> str:
    """Hash of the weights, name by name."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().float().numpy().tobytes())
    return digest.hexdigest()


def _short(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:160]
