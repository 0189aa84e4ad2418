"""Small corpora and indexes for the tests of the stores. People of novels speak; the words are made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.ingest import Index, open_index
from retrieval.syncing import ledger
from tests.embed_demo import EmbedDemo, ReadDemo, count_words

SAYINGS = {
    "pemberley.txt": "A visit to Pemberley\n\n“The bridge over the stream was mended in spring”, said Elizabeth Bennet. "
    "The gardens were open to all visitors that day.\n",
    "whale.txt": "The hunt goes on\n\n“I shall follow the white whale around the world”, said Captain Ahab. "
    "The crew of the Pequod had little to add to this.\n",
    "baker.md": "---\ntitle: A morning in Baker Street\npublisher: The Strand\npublished: 1891-07-01\n---\n"
    "“The dog did nothing in the night, and that is the curious part”, said Sherlock Holmes. A cab waited below.\n",
}


def write(corpus: Path, texts: dict[str, str] = SAYINGS) -> Path:
    """Put texts into a corpus folder."""
    for path, text in texts.items():
        file = corpus / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    corpus.mkdir(parents=True, exist_ok=True)
    return corpus


def saying(number: int, words: str = "") -> str:
    """A short document of its own, with one quote."""
    names = ("Elizabeth Bennet", "Captain Ahab", "Sherlock Holmes", "Jane Eyre", "Count Dracula")
    name = names[number % len(names)]
    return (
        f"Letter number {number}\n\n“We shall meet {words or 'again'} at milestone {number} beside tavern {number * 7}”, "
        f"said {name}. Nobody in lane {number * 13} of village {number * 17} heard it, and rain {number * 19} fell.\n"
    )


def open_demo(data: Path, corpus: Path, **kwargs: Any) -> Index:
    """An index made with the tiny embedder and reader."""
    kwargs.setdefault("embedder", EmbedDemo())
    kwargs.setdefault("pipeline", lambda _: "1")
    kwargs.setdefault("make_reader", lambda _: ReadDemo())
    return open_index(data, corpus, count_tokens=count_words, **kwargs)


def contents(index: Index) -> dict[str, Any]:
    """Everything that an index holds, in a form that can be compared; rows' numbers and times are left out."""
    tables: dict[str, Callable[[], Any]] = {
        name: lambda columns=columns, name=name: rows_of(index, f"SELECT {columns} FROM {name}")
        for name, columns in {
            "files": "path, fingerprint, base_id, error",
            "skipped": "path, reason",
            "documents": "id, path, article, sha256, text, title, publisher, published, url, channels, body, duplicate_of",
            "quotes": "id, document_id, start, \"end\", kind, speaker_id, speaker_name, fragments, hidden, words_sha256",
            "passages": "id, document_id, start, \"end\", hidden",
            "windows": "id, owner, document_id, of_quote, speaker_id, hidden, start, \"end\", text, vector",
            "bands": "band, hash, document_id",
        }.items()
    }  # fmt: skip
    found = {name: read() for name, read in tables.items()}
    found["full_text"] = rows_of(index, "SELECT count(*) FROM full_text WHERE full_text MATCH 'said OR meet'")
    index.catalog.engine.dispose()
    return found | {"vectors": vectors_of(index)}


def vectors_of(index: Index) -> dict[str, list[float]]:
    """What lies in the collection that the catalog names."""
    assert index.vectors.chroma is not None
    collection = index.vectors.chroma.collection(index.catalog.facts()["collection"])
    found = collection.get(sorted(collection.ids()))
    assert set(found) == ledger.window_ids(index.catalog)
    return {key: np.round(vector, 5).tolist() for key, vector in sorted(found.items())}


def rows_of(index: Index, query: str) -> list[tuple[Any, ...]]:
    """All rows of a query, sorted."""
    with index.catalog.reading() as connection:
        return sorted((tuple(row) for row in connection.exec_driver_sql(query)), key=repr)
