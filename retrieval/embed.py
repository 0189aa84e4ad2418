"""Texts -> vectors: the Embedder protocol and the sentence-transformers one."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from retrieval.errors import ModelError
from retrieval.storing.one_thread import torch_alone
from retrieval.storing.weights import DEFAULT_MODEL, MODEL_FILES, PACKAGED, sha256_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Small batches are faster than large ones on a CPU: less padding, and the activations stay in the cache.
BATCH = 8
# Up to so many texts one thread does as well as two, 7 ms for a question, and leaves the other to other questions.
FEW = 4


class Embedder(Protocol):
    """Makes vectors whose dot product is the cosine of two texts."""

    @property
    def name(self) -> str:
        """Model and revision; another name means that the vectors cannot be compared."""

    @property
    def source(self) -> str:
        """By what the model is found again: the name or folder that the setting gives."""

    @property
    def dimensions(self) -> int: ...

    @property
    def limit(self) -> int:
        """How many word pieces of a text are read; what is beyond would be ignored."""

    def count(self, text: str) -> int:
        """How many word pieces `text` has, with those that the model adds itself."""

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One normalised vector a text, as rows."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded with the first text; safe to use from several threads.

    `model` is the packaged all-MiniLM-L6-v2, a folder, or a name on the model hub. Only the packaged model's
    files are pinned; for another one its operator vouches.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.source = model
        self._packaged = model.removeprefix("sentence-transformers/") == DEFAULT_MODEL
        self._lock = threading.RLock()
        self._model: Any = None
        self._tokenizer: Any = None

    @property
    def name(self) -> str:
        if self._packaged:
            return PACKAGED
        weights = Path(self.source) / "model.safetensors"
        if weights.is_file():
            return f"{Path(self.source).name}@{sha256_of(weights)[:12]}"
        return self.source

    @property
    def dimensions(self) -> int:
        if self._packaged:
            return 384
        return int(self._loaded().get_embedding_dimension())

    @property
    def limit(self) -> int:
        return 256 if self._packaged else int(self._loaded().max_seq_length or 256)

    def count(self, text: str) -> int:
        return len(self._pieces().encode(text).ids)

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        import numpy as np

        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        model = self._loaded()
        with self._lock, torch_alone(len(texts) <= FEW):
            found = model.encode(
                list(texts), batch_size=BATCH, show_progress_bar=False, convert_to_tensor=True, device="cpu"
            )
        vectors = found.float().numpy().astype(np.float32)
        # Normalised anew: the model's own normalisation was rounded to bfloat16.
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

    def _pieces(self) -> Any:
        """The model's own tokenizer, which needs neither torch nor the weights."""
        with self._lock:
            if self._tokenizer is None:
                if self._packaged:
                    from tokenizers import Tokenizer

                    self._tokenizer = Tokenizer.from_file(str(MODEL_FILES.verified_file("tokenizer.json")))
                    self._tokenizer.no_truncation()
                    self._tokenizer.no_padding()
                else:
                    self._tokenizer = self._loaded().tokenizer.backend_tokenizer
                    self._tokenizer.no_truncation()
            return self._tokenizer

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Any:
        """The model, in bfloat16 where the CPU computes in it: nearly three times as fast, cosines within 0.01."""
        where = str(MODEL_FILES.verified()) if self._packaged else self.source
        from sentence_transformers import SentenceTransformer

        try:
            with quiet_libraries():
                model = SentenceTransformer(where, device="cpu", trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The embedding model {self.source!r} cannot be loaded; set EMBEDDING_MODEL to a folder with a "
                "sentence-transformers model, or leave it unset for the one that is packaged."
            ) from error
        return model.bfloat16() if computes_bfloat16() else model


def computes_bfloat16() -> bool:
    """Whether this CPU has instructions for bfloat16 (AMX or AVX-512); without them it would be slower than float32."""
    import torch

    cpu: Any = torch.cpu  # the questions are not part of its published types
    return bool(cpu._is_amx_tile_supported() or cpu._is_avx512_bf16_supported())


@contextlib.contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep the loading bars and advice of the libraries below out of our stderr while a model loads."""
    from transformers.utils import logging

    advice: Any = logging  # it publishes no types
    before = advice.get_verbosity()
    advice.set_verbosity_error()
    advice.disable_progress_bar()
    try:
        yield
    finally:
        advice.set_verbosity(before)
