"""The windows' vectors in Chroma: embedded in a folder, or on a server. The only importer of chromadb."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.errors import ConfigurationError, IndexFault
from retrieval.storing.identity import identity

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

BATCH = 2000  # Chroma takes 5461 records at most; smaller ones keep the memory down
# Of the nearest 114 of 20,000 this finds 98 % (Chroma's own settings 87 %); twice as long to add, which embedding outweighs.
SPACE = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 300, "max_neighbors": 24}}


class Chroma:
    """A place where collections of vectors are kept: a folder of this process, or a server.

    An embedded folder is safe in one process only: whoever opens it holds the folder's lock (see `lock`).
    """

    def __init__(self, where: Path | str) -> None:
        """`where` is a folder, or the address of a Chroma server ("http://127.0.0.1:8000")."""
        self.where = where
        with faults(where):
            self._client = _served(where) if isinstance(where, str) else _embedded(where)
        self._identity = self._there()

    @property
    def gone(self) -> bool:
        """Whether the folder was deleted or replaced since it was opened; it then has to be opened anew."""
        return self._there() != self._identity

    def _there(self) -> tuple[int, int] | None:
        return None if isinstance(self.where, str) else identity(self.where / "chroma.sqlite3")

    def collection(self, name: str) -> Vectors:
        """The collection of that name, made when there is none."""
        return Vectors(self._client, self.where, name)

    def names(self) -> tuple[str, ...]:
        """The names of all collections."""
        with faults(self.where):
            return tuple(sorted(found.name for found in self._client.list_collections(limit=10_000)))

    def drop(self, name: str) -> None:
        """Delete a collection with everything in it; one that is not there is no error."""
        from chromadb.errors import NotFoundError

        with faults(self.where), contextlib.suppress(NotFoundError):
            self._client.delete_collection(name)

    def close(self) -> None:
        """Let go of the folder or the connection."""
        servers = [self._client._server, self._client._admin_client._server]
        self._client.close()
        for server in servers if isinstance(self.where, str) else ():
            server._session.close()  # chromadb 1.5 leaves the connections of its clients open


class Vectors:
    """One collection of windows' vectors: searched by nearness, kept by window id."""

    def __init__(self, client: Any, where: Path | str, name: str) -> None:
        self.name = name
        self._where = where
        with faults(where):
            self._collection = client.get_or_create_collection(name, embedding_function=None, configuration=SPACE)

    def query(
        self, vector: Matrix, k: int, *, document_ids: Sequence[str] | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The ids of the `k` windows nearest to a vector with their cosines, nearest first; perhaps of these documents only."""
        if k < 1 or (document_ids is not None and not document_ids):
            return ()
        where = {"document": {"$in": list(document_ids)}} if document_ids is not None else None
        with faults(self._where):
            found = self._collection.query(
                query_embeddings=[np.asarray(vector, dtype=np.float32)], n_results=k, where=where, include=["distances"]
            )
        return tuple((i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True))

    def get(self, window_ids: Sequence[str]) -> dict[str, Matrix]:
        """The vectors of these windows; what is not there is left out."""
        found: dict[str, Matrix] = {}
        for batch in _batches(list(dict.fromkeys(window_ids))):
            with faults(self._where):
                part = self._collection.get(ids=batch, include=["embeddings"])
            found |= {i: np.asarray(v, dtype=np.float32) for i, v in zip(part["ids"], part["embeddings"], strict=True)}
        return found

    def add(self, ids: Sequence[str], vectors: Matrix, metadatas: Sequence[Mapping[str, str | int]]) -> None:
        """Put windows in. An id that is there already is left as it is: ids belong to one state of the content."""
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            with faults(self._where):
                self._collection.add(
                    ids=list(ids[part]), embeddings=vectors[part], metadatas=[dict(m) for m in metadatas[part]]
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Take windows out; one that is not there is no error."""
        for batch in _batches(list(ids)):
            with faults(self._where):
                self._collection.delete(ids=batch)

    def ids(self) -> frozenset[str]:
        """The ids of all windows."""
        found: set[str] = set()
        while True:
            with faults(self._where):
                part = self._collection.get(include=[], limit=BATCH, offset=len(found))["ids"]
            if not part:
                return frozenset(found)
            found |= set(part)

    def count(self) -> int:
        with faults(self._where):
            return int(self._collection.count())


def _embedded(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    from retrieval.storing import private

    private.make(folder)
    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def discard(folder: Path) -> None:
    """Delete embedded vectors, whatever state they are in, and what this process still holds of them."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _served(url: str) -> Any:
    from urllib.parse import urlsplit

    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(f"CHROMA_URL is {url!r}; it wants an address like http://127.0.0.1:8000")
    secure = parts.scheme == "https"
    return chromadb.HttpClient(
        host=parts.hostname,
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=Settings(anonymized_telemetry=False),
    )


def _batches(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


@contextlib.contextmanager
def faults(where: Path | str) -> Iterator[None]:
    """Turn whatever Chroma raises into one of our errors, which says what to do."""
    try:
        yield
    except (ConfigurationError, IndexFault):
        raise
    except Exception as error:  # Chroma raises ValueError, its own errors, httpx's, OSError and bare ones
        if isinstance(where, str):
            raise IndexFault(
                f"The Chroma server at {where} did not do what was asked ({_first_line(error)}); see that it runs "
                "(`chroma run`), and that CHROMA_URL is its address."
            ) from error
        raise IndexFault(
            f"The vectors in {where} could not be used ({_first_line(error)}); see that the disk has room and the folder "
            "is writable, then run: nato-quote verify --repair"
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
