"""The encoder of questions: the embedding model as ONNX, kept beside the index, which answers without torch.

The index remembers by which model the file was made, how, and the sha256 of its bytes. A file that is not just that
one is not used: whoever asks then embeds with the library itself, which gives the same vectors and takes seconds to load.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.errors import ModelError
from retrieval.storing.weights import MODEL_FILES, PACKAGED, sha256_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FACT = "question_encoder"  # under which the index remembers it
VERSION = 1  # of how the file is made; another one has it made anew
FILES = "encoder-*"
PIECES = 256  # word pieces that the packaged model reads of a text
_INSTEAD = "questions wait some seconds for the embedding library instead; run: nato-quote index"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptEncoder:
    """What the index remembers of the file that it keeps."""

    model: str
    sha256: str
    version: int = VERSION

    @property
    def name(self) -> str:
        """The file's name: another file is another name, so that an old and a new one never mix."""
        return f"encoder-{self.sha256[:16]}.onnx"

    def fact(self) -> dict[str, str | int]:
        """What is stored of it."""
        return asdict(self)


def kept_for(model: str, fact: object) -> KeptEncoder | None:
    """What the index remembers, where that is an encoder of this model, made as this version makes it."""
    if not isinstance(fact, Mapping):
        return None
    kept = KeptEncoder(str(fact.get("model")), str(fact.get("sha256")), VERSION)
    return kept if kept.model == model and fact.get("version") == VERSION else None


def fault_of(data: Path, model: str | None, fact: object) -> str | None:
    """Why questions over an index of this model are not encoded by the kept file; None where they are, or need none."""
    if model != PACKAGED:
        return None  # other models run on their library
    kept = kept_for(model, fact)
    if kept is None:
        return f"no encoder of questions is kept for {model}; {_INSTEAD}"
    try:
        found = sha256_of(data / kept.name)
    except OSError as error:
        return f"{data / kept.name} cannot be read ({error.strerror}); {_INSTEAD}"
    return None if found == kept.sha256 else f"{data / kept.name} is damaged; {_INSTEAD}"


class QuestionEncoder:
    """The packaged model's vectors from its ONNX file; safe to use from several threads."""

    def __init__(self, file: bytes) -> None:
        """`file` is what `encoder_export` has made. ModelError when it cannot be run."""
        from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = 1  # a question is too little work to be shared out
        options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_BASIC  # more takes longer than it saves
        try:
            self._session = InferenceSession(file, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises a dozen kinds that have no base of their own
            raise ModelError(f"The encoder of questions cannot be run ({error}); {_INSTEAD}") from error
        self._tokenizer = _tokenizer()

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One normalised vector a text, as rows. Each text is run alone, so that none is padded."""
        import numpy as np

        rows = [self._session.run(None, {"ids": np.array([self._ids(text)], dtype=np.int64)})[0] for text in texts]
        return np.asarray(np.stack(rows), dtype=np.float32)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids


class EncoderShelf:
    """The encoder that a data folder keeps, loaded with the first question that can use it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = threading.Lock()
        self._asked: KeptEncoder | None = None
        self._loaded: QuestionEncoder | None = None

    def encoder_for(self, model: str, fact: object) -> QuestionEncoder | None:
        """The encoder of this model, as the index remembers it in `fact`; None where there is none that may be trusted."""
        kept = kept_for(model, fact)
        if kept is None:
            return None
        with self._lock:
            if kept != self._asked:
                self._asked, self._loaded = kept, self._load(kept)
            return self._loaded

    def _load(self, kept: KeptEncoder) -> QuestionEncoder | None:
        path = self._data / kept.name
        try:
            file = path.read_bytes()
            if hashlib.sha256(file).hexdigest() != kept.sha256:
                log.warning("%s is damaged; %s", path, _INSTEAD)
                return None
            return QuestionEncoder(file)
        except (OSError, ImportError) as error:
            log.warning("%s cannot be used (%s); %s", path, error, _INSTEAD)
        except ModelError as error:
            log.warning("%s", error)
        return None


def _tokenizer() -> Any:
    """The packaged model's own tokenizer, which cuts a text off where the model does."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(MODEL_FILES.verified_file("tokenizer.json")))
    made.no_padding()
    made.enable_truncation(PIECES)
    return made
