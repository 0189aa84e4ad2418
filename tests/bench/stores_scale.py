"""How long the stores take at 30,000 windows: full text, vectors, and one speaker's vectors. Prints a table.

python -m tests.bench.stores_scale [WINDOWS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from retrieval.catalog import Catalog
from retrieval.chunks import Window
from retrieval.model import EVERYBODY, Document, Quote, Span, Speaker
from retrieval.storing.changes import Changes, FileEntry, NewDocument
from retrieval.vectors import Chroma

PER_DOCUMENT = 30
DIMENSIONS = 384
SPEAKERS = 200


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), count)


def measure(folder: Path, count: int) -> None:
    random = np.random.default_rng(7)
    words = np.array(["".join(random.choice(list("abcdefghiklmnoprstuvw"), 7)) for _ in range(20_000)])
    weights = 1 / np.arange(1, len(words) + 1)
    catalog, chroma = Catalog(folder / "index.sqlite"), Chroma(folder / "chroma")
    collection = chroma.collection("windows")
    began = time.monotonic()
    for first in range(0, count, PER_DOCUMENT * 20):
        files = [
            file_entry(number, random, words, weights / weights.sum())
            for number in range(first // PER_DOCUMENT, first // PER_DOCUMENT + 20)
        ]
        for file in files:
            for entry in file.entries:
                collection.add(
                    [w.id for w in entry.windows], entry.vectors, [{"d": w.document_id} for w in entry.windows]
                )
        catalog.apply(Changes(files=tuple(files)))
    print(f"{catalog.size():,} windows written in {time.monotonic() - began:.1f} s")
    vector = unit(random.normal(size=DIMENSIONS))
    common, rare = [str(w) for w in words[:3]], [str(w) for w in words[[300, 2500, 9000]]]
    ids = [window for window, _ in catalog.search(common, EVERYBODY, speaker_ids=["s7"], limit=200)]
    timed("full text, common words", lambda: catalog.search(common, EVERYBODY))
    timed("full text, content words", lambda: catalog.search(rare, EVERYBODY))
    timed("full text, one speaker", lambda: catalog.search(rare, EVERYBODY, speaker_ids=["s7"]))
    timed("document frequency", lambda: catalog.document_frequency(rare))
    timed("Chroma, nearest 50", lambda: collection.query(vector, 50))
    timed(
        f"{len(ids)} windows of one speaker, Chroma get by id",
        lambda: [v @ vector for v in collection.get(ids).values()],
    )
    timed("one speaker, Chroma where", lambda: collection.query(vector, 50, document_ids=["d1", "d2", "d3"]))
    matrix = catalog.all_vectors()[1]
    timed("all windows, exact, in memory", lambda: np.argsort(-(matrix @ vector))[:50])
    timed("quotes of a speaker", lambda: catalog.quotes_by(["s7"], EVERYBODY))
    timed("counts", lambda: catalog.counts(EVERYBODY))
    timed("speakers", lambda: catalog.speakers(EVERYBODY))
    timed("facts", lambda: catalog.facts())


def file_entry(number: int, random: np.random.Generator, words: np.ndarray, weights: np.ndarray) -> FileEntry:
    """A made document of nonsense words with a quote and a window for each of its lines."""
    lines = [" ".join(random.choice(words, 40, p=weights)) for _ in range(PER_DOCUMENT)]
    text = "\n".join(lines)
    document = Document(id=f"d{number}", path=f"{number}.txt", article=1, sha256=str(number), text=text)
    at, quotes, windows = 0, [], []
    for line_number, line in enumerate(lines):
        span = Span(at, at + len(line))
        speaker = f"s{random.integers(SPEAKERS) if line_number else 7}"
        name = f"q{number}-{line_number}"
        quotes.append(Quote(name, document.id, "direct", (span,), speaker=Speaker(speaker, speaker)))
        windows.append(Window(f"{name}.1", name, document.id, span, line))
        at += len(line) + 1
    vectors = random.normal(size=(PER_DOCUMENT, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return FileEntry(
        document.path, str(number), document.id, (NewDocument(document, tuple(quotes), (), tuple(windows), vectors),)
    )


def unit(vector: np.ndarray) -> np.ndarray:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def timed(what: str, call: Callable[[], object], rounds: int = 20) -> None:
    """Print the median and the slowest of some rounds, the first one left out."""
    call()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - began))
    print(f"{what:<52} {statistics.median(taken):8.1f} ms   at most {max(taken):8.1f} ms")


if __name__ == "__main__":
    main()
