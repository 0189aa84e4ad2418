"""Makes the file that encodes questions without torch, and keeps it beside the index. Loads torch; for indexing only."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.embed import quiet_libraries
from retrieval.errors import ModelError
from retrieval.question_encoder import FACT, FILES, PIECES, KeptEncoder, QuestionEncoder, fault_of
from retrieval.storing.changes import Changes
from retrieval.storing.weights import MODEL_FILES, PACKAGED, sha256_of

if TYPE_CHECKING:
    from retrieval.catalog import Catalog

SAME = 1e-3  # by how much a number of a vector may differ from the library's
PROBES = (
    "",
    "Who saw the whale?",
    "what did Elizabeth Bennet say about the bridge at Pemberley " * 30,
    "Élan — “naïve”? 鯨",
)

log = logging.getLogger(__name__)
Export = Callable[[Path], None]
Told = Callable[[str], None]


def export_packaged(path: Path) -> None:
    """Write the packaged model as ONNX. ModelError when its vectors are not the library's."""
    import torch

    library = _library()
    with _quietly(), torch.no_grad():
        torch.onnx.export(
            _whole(library),
            (torch.tensor([[101, 2040, 2387, 102]]),),
            path,
            input_names=["ids"],
            output_names=["vector"],
            dynamic_shapes={"ids": {1: torch.export.Dim("pieces", min=2, max=PIECES)}},
            external_data=False,
            dynamo=True,
            verbose=False,
        )
    wanted = library.encode(list(PROBES), show_progress_bar=False)
    found = QuestionEncoder(path.read_bytes()).embed(PROBES)
    if not (off := float(np.abs(found - wanted).max())) <= SAME:  # what is no number is no vector either
        raise ModelError(f"The exported model of {PACKAGED} gives other vectors than the library (by {off:.4f}).")


def keep(
    data: Path, catalog: Catalog, model: str, *, export: Export = export_packaged, told: Told = lambda _: None
) -> None:
    """See to it that the data folder keeps an encoder of `model`, where that is the packaged one, and else none.

    The file is put in place whole, then the index is told of it; a process that dies between the two leaves a file that
    nobody uses, which the next sync clears away. Without an encoder the index is as good; questions take longer.
    """
    known = catalog.facts().get(FACT)
    if model != PACKAGED and known is not None:
        catalog.apply(Changes(facts={FACT: None}))
        sweep(data, "")
    if fault_of(data, model, known) is None:
        return
    told("Making the encoder that lets questions be answered at once: some ten seconds, this once.")
    half = data / "encoder-half.onnx"
    try:
        export(half)
        kept = KeptEncoder(model, sha256_of(half))
        with half.open("rb") as written:
            os.fsync(written.fileno())
        half.chmod(0o600)
        half.replace(data / kept.name)
    except Exception as error:  # noqa: BLE001  whatever torch, onnx or the disk raise: the index is made, and can be asked
        log.warning("no encoder of questions could be made, so that they take longer: %s", error)
        half.unlink(missing_ok=True)
        return
    catalog.apply(Changes(facts={FACT: kept.fact()}))
    sweep(data, kept.name)


def sweep(data: Path, name: str) -> None:
    """Delete all encoders but the one of that name."""
    for path in data.glob(FILES):
        if path.name != name:
            path.unlink(missing_ok=True)


def _library() -> Any:
    """The packaged model in full precision, whatever the one that indexes computes in."""
    from sentence_transformers import SentenceTransformer

    with quiet_libraries():
        return SentenceTransformer(str(MODEL_FILES.verified()), device="cpu", trust_remote_code=False).eval()


def _whole(library: Any) -> Any:
    """From the ids of one text to its vector: the model, the mean over the text's pieces, and the length of one."""
    import torch

    class Whole(torch.nn.Module):
        def __init__(self, model: torch.nn.Module) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            found = self.model(input_ids=ids, token_type_ids=torch.zeros_like(ids)).last_hidden_state
            return torch.nn.functional.normalize(found.mean(dim=1), dim=1)[0]

    return Whole(library[0].auto_model).eval()


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the exporter's advice to its own developers out of our stderr."""
    told = logging.getLogger("torch.onnx")
    before = told.level
    told.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        told.setLevel(before)
