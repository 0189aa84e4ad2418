"""How long asking takes with the model loaded: python -m tests.bench.ask_latency [DOCUMENTS …] (default 100 1000 2500).

Invented reports in the mouths of people of public-domain novels, twelve quotes each: 2,500 documents make 30,000 quotes.
Printed: milliseconds, p50 and p95, of the whole question and of the embedding in it, by the clock and, for a machine
that does other things beside, in time of the processor.

Up to 1,000 documents everything is as in earnest. Of more, reading and embedding them all would take a quarter of an
hour: their quotes are found by a pattern, and a window's vector is the mean of its words' vectors. Asking is in earnest
there too: the question is embedded by the model, and all the rest of the answer is the program's.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from retrieval.asking.answer import QuoteFinder
from retrieval.ingest import Index, open_index
from retrieval.model import EVERYBODY, Document, Quote, Span, Speaker, Understanding, quote_id, words_sha256
from tests.asking import EMBEDDER, index_of, people

IN_EARNEST = 1000  # documents up to which all is read and embedded as always

NAMES = (
    "Elizabeth Bennet", "Fitzwilliam Darcy", "Phileas Fogg", "Sherlock Holmes", "Jane Eyre", "Jonathan Harker",
    "Abraham Van Helsing", "Edmond Dantes", "Becky Sharp", "Oliver Twist", "Samuel Pickwick", "David Balfour",
)  # fmt: skip
THINGS = "bridge harbour train library orchard lantern treaty whale garden carriage violin letter ship castle mill ferry".split()  # noqa: SIM905 - a list of words reads best as one
PLACES = "Lambton Meryton Whitby Nantucket Calcutta Pemberley Bristol Exeter".split()  # noqa: SIM905 - likewise
VERBS = "mended painted sold borrowed guarded measured forgotten praised".split()  # noqa: SIM905 - likewise


def sentence(chance: random.Random) -> str:
    """A sentence that is unlike most others."""
    thing, other, place = chance.choice(THINGS), chance.choice(THINGS), chance.choice(PLACES)
    return f"The {thing} of {place} was {chance.choice(VERBS)} {chance.randrange(2, 90)} times before the {other} was {chance.choice(VERBS)}"


def write_corpus(folder: Path, documents: int) -> None:
    """Reports of twelve quotes each."""
    chance = random.Random(documents)
    for number in range(documents):
        lines = [f"“{sentence(chance)},” {chance.choice(NAMES)} said." for _ in range(12)]
        day = f"18{chance.randrange(10, 99)}-0{chance.randrange(1, 9)}-1{chance.randrange(9)}"
        head = f"---\ntitle: Report {number}\npublished: {day}\npublisher: The Courier\n---\n\n"
        (folder / f"report-{number:05}.md").write_text(head + "\n\n".join(lines) + "\n", encoding="utf-8")


def questions(count: int) -> list[str]:
    """Questions for a speaker, for nobody, misspelt ones and ones without an answer."""
    chance = random.Random(1)
    made = []
    for number in range(count):
        name, thing, place = chance.choice(NAMES), chance.choice(THINGS), chance.choice(PLACES)
        made.append(
            [
                f"What did {name} say about the {thing} of {place}?",
                f"{name.split()[-1].lower()} {thing} {place.lower()}",
                f"Who talked about the {thing} of {place}?",
                f"What did {name} say about penguins?",
            ][number % 4]
        )
    return made


class Pattern:
    """Finds the quotes of the reports above, and of nothing else."""

    def understood(self, document: Document) -> Understanding:
        return Understanding(self.read(document))

    def read(self, document: Document) -> tuple[Quote, ...]:
        found = re.finditer(r"“([^”]+)” ([A-Z]\w+(?: [A-Z]\w+)*) said", document.text)
        return tuple(self._quote(document, Span(*m.span(1)), Span(*m.span(2))) for m in found)

    def _quote(self, document: Document, said: Span, by: Span) -> Quote:
        name = by.of(document.text)
        return Quote(
            id=quote_id(document.id, document.text, (said,)),
            document_id=document.id,
            kind="direct",
            fragments=(said,),
            mention=by,
            speaker=Speaker(name.lower().replace(" ", "-"), name),
            confidence=0.9,
            words_sha256=words_sha256(document.text, (said,)),
        )


class MeanOfWords:
    """Passes for the model while an index is made: each word is embedded once, and a text is the mean of its words."""

    def __init__(self) -> None:
        self.name, self.source = EMBEDDER.name, EMBEDDER.source
        self.dimensions, self.limit, self.count = EMBEDDER.dimensions, EMBEDDER.limit, EMBEDDER.count
        self._known: dict[str, np.ndarray] = {}

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        words = [re.findall(r"\w+", text) or [""] for text in texts]
        new = sorted({word for of in words for word in of} - self._known.keys())
        self._known.update(zip(new, EMBEDDER.embed(new), strict=True))
        means = np.stack([np.mean([self._known[word] for word in of], axis=0) for of in words])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)


@contextmanager
def made(corpus: Path, data: Path, documents: int) -> Iterator[Index]:
    """An index of the reports."""
    if documents <= IN_EARNEST:
        with index_of(corpus, data) as index:
            yield index
        return
    with open_index(
        data, corpus, embedder=MeanOfWords(), make_reader=lambda _: Pattern(), pipeline=lambda _: "bench"
    ) as index:
        index.sync()
        yield index


def percentiles(times: Sequence[tuple[float, float]]) -> str:
    """p50 and p95 by the clock, and in brackets those of the processor's time."""
    clock, processor = (sorted(t[i] * 1000 for t in times) for i in (0, 1))
    middle, high = len(times) // 2, int(len(times) * 0.95)
    return (
        f"p50 {clock[middle]:5.1f} p95 {clock[high]:5.1f} (processor {processor[middle]:5.1f} {processor[high]:5.1f})"
    )


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - clock, time.process_time() - processor


def measure(documents: int, asked: int = 200) -> None:
    """Build a corpus, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        write_corpus(corpus, documents)
        with made(corpus, Path(folder) / "data", documents) as index:
            finder = QuoteFinder(index.catalog, index.vectors, EMBEDDER, people())
            for question in questions(20):
                finder.ask(question, EVERYBODY)
            whole, embedding = [], []
            for question in questions(asked):
                whole.append(timed(lambda q=question: finder.ask(q, EVERYBODY)))  # type: ignore[misc]
                embedding.append(timed(lambda q=question: EMBEDDER.embed([q, f"{q} "])))  # type: ignore[misc]
            quotes = index.catalog.counts(EVERYBODY).quotes
    print(
        f"{documents:6} documents, {quotes:6} quotes   ask: {percentiles(whole)}   of it embedding: {percentiles(embedding)}"
    )


if __name__ == "__main__":
    for size in [int(a) for a in sys.argv[1:]] or [100, 1000, 2500]:
        measure(size)
