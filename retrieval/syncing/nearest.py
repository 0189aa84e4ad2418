"""Where a question's vector is compared: in Chroma by the process that owns it, else exactly, from the catalog's copy."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from retrieval.embed import FEW, SentenceTransformerEmbedder
from retrieval.errors import IndexFault
from retrieval.question_encoder import FACT, EncoderShelf

if TYPE_CHECKING:
    import numpy.typing as npt

    from retrieval.catalog import Catalog
    from retrieval.embed import Embedder
    from retrieval.model import Audience
    from retrieval.storing.store import State
    from retrieval.vectors import Chroma, Vectors

    Matrix = npt.NDArray[np.float32]


log = logging.getLogger(__name__)
SPARE = 64  # fetched beyond what was asked for, in place of windows that the catalog does not know (any more, or yet)


class Nearest:
    """The windows nearest to a vector, of those that the catalog knows and the audience may be shown."""

    def __init__(self, catalog: Catalog) -> None:
        self.chroma: Chroma | None = None
        self._catalog = catalog
        self._lock = threading.Lock()
        self._collection: tuple[Chroma, Vectors] | None = None
        self._told = ""
        self._copy: tuple[State, Sequence[str], Matrix] | None = None

    def query(self, vector: Matrix, k: int, audience: Audience) -> tuple[tuple[str, float], ...]:
        """The `k` nearest windows that the audience may be shown, with their cosines, nearest first.

        However many of those that it may not see are nearer: they take nobody's place.
        """
        with self._catalog.snapshot():
            near = self._by_chroma(vector, k + SPARE)
            found = None if near is None else self._shown(near, audience)
            if near is None or found is None or (len(found) < k and len(near) >= k + SPARE):
                found = self._exact(vector, k, audience)
        return found[:k]

    def _shown(self, near: Sequence[tuple[str, float]], audience: Audience) -> tuple[tuple[str, float], ...]:
        shown = self._catalog.shown([identifier for identifier, _ in near], audience)
        return tuple(pair for pair in near if pair[0] in shown)

    def _by_chroma(self, vector: Matrix, k: int) -> tuple[tuple[str, float], ...] | None:
        """What Chroma finds; None where it is another process's, or cannot answer, for which the catalog's copy is there."""
        try:
            collection = self._current()
            found = None if collection is None else collection.query(vector, k)
            self._told = ""
        except IndexFault as fault:
            if str(fault) != self._told:  # once, not with every question
                log.warning("the catalog's own vectors are searched: %s", fault)
            self._told = str(fault)
            return None
        return found

    def _current(self) -> Vectors | None:
        """The collection that belongs to the state of the catalog that is being read, once it holds all of its windows."""
        chroma, name = self.chroma, self._catalog.facts().get("collection")
        if chroma is None or name is None:
            return None
        with self._lock:
            if self._collection is None or self._collection[0] is not chroma or self._collection[1].name != name:
                found = chroma.collection(name)
                if found.count() < self._catalog.size():
                    return None  # its folder was deleted, and the next sync puts them back
                self._collection = (chroma, found)
            return self._collection[1]

    def _exact(self, vector: Matrix, k: int, audience: Audience) -> tuple[tuple[str, float], ...]:
        ids, matrix = self._all()
        if not ids:
            return ()
        # Rounded, so that equal texts are equally near wherever their rows stand
        scores: Matrix = np.round(matrix @ np.asarray(vector, dtype=np.float32), 5)
        looked_at = 10 * SPARE
        while True:
            found = self._shown([(ids[i], float(scores[i])) for i in _first(scores, looked_at)], audience)
            if len(found) >= k or looked_at >= len(ids):
                return found
            looked_at *= 8

    def _all(self) -> tuple[Sequence[str], Matrix]:
        """All vectors of the catalog, read anew when it has changed."""
        with self._lock:
            generation = self._catalog.generation()
            if self._copy is None or self._copy[0] != generation:
                self._copy = (generation, *self._catalog.all_vectors())
            return self._copy[1], self._copy[2]


def _first(scores: Matrix, k: int) -> list[int]:
    """The places of the highest scores, the highest first, of equal ones the first."""
    near = np.arange(len(scores))
    if len(scores) > k:
        near = np.flatnonzero(scores >= np.partition(scores, len(scores) - k)[len(scores) - k])
    order: list[int] = near[np.argsort(-scores[near], kind="stable")][:k].tolist()
    return order


class ActiveEmbedder:
    """Embeds questions with the model that the index was made with, also while a new one is being made with another.

    Where the data folder keeps that model's encoder of questions, a few texts are embedded by that.
    """

    def __init__(
        self, catalog: Catalog, embedder: Embedder, make: Callable[[str], Embedder] = SentenceTransformerEmbedder
    ) -> None:
        self._catalog, self._new, self._make = catalog, embedder, make
        self._encoders = EncoderShelf(catalog.path.parent)
        self._lock = threading.Lock()
        self._old: Embedder | None = None

    @property
    def name(self) -> str:
        return self._active().name

    @property
    def source(self) -> str:
        return self._active().source

    @property
    def dimensions(self) -> int:
        return self._active().dimensions

    @property
    def limit(self) -> int:
        return self._active().limit

    def count(self, text: str) -> int:
        return self._active().count(text)

    def embed(self, texts: Sequence[str]) -> Matrix:
        active = self._active()
        encoder = self._encoders.encoder_for(active.name, self._catalog.facts().get(FACT)) if self._few(texts) else None
        return active.embed(texts) if encoder is None else encoder.embed(texts)

    @staticmethod
    def _few(texts: Sequence[str]) -> bool:
        return 0 < len(texts) <= FEW

    def _active(self) -> Embedder:
        known = self._catalog.facts()
        if known.get("model") in (None, self._new.name):
            return self._new
        with self._lock:
            if self._old is None or self._old.name != known["model"]:
                self._old = self._make(known.get("model_source") or known["model"])
            return self._old
