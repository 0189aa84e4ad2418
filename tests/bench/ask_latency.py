"""How long asking takes with the model loaded: python -m tests.bench.ask_latency [DOCUMENTS …] (default 100 1000).

Invented reports in the mouths of people of public-domain novels, twelve quotes each at 1,000 documents make 12,000
quotes. Printed: milliseconds, p50 and p95, of the whole question and of the embedding in it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from retrieval.answer import QuoteFinder
from retrieval.model import EVERYBODY
from tests.asking import EMBEDDER, index_of, people

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


def percentiles(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"p50 {ordered[len(ordered) // 2] * 1000:6.1f}   p95 {ordered[int(len(ordered) * 0.95)] * 1000:6.1f}"


def measure(documents: int, asked: int = 200) -> None:
    """Build a corpus, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        write_corpus(corpus, documents)
        with index_of(corpus, Path(folder) / "data") as index:
            finder = QuoteFinder(index.catalog, index.vectors, index.embedder, people())
            for question in questions(20):
                finder.ask(question, EVERYBODY)
            whole, embedding = [], []
            for question in questions(asked):
                started = time.perf_counter()
                finder.ask(question, EVERYBODY)
                whole.append(time.perf_counter() - started)
                started = time.perf_counter()
                EMBEDDER.embed([question, question])
                embedding.append(time.perf_counter() - started)
            quotes = index.catalog.counts(EVERYBODY).quotes
    print(
        f"{documents:6} documents, {quotes:6} quotes   ask: {percentiles(whole)}   of it embedding: {percentiles(embedding)}"
    )


if __name__ == "__main__":
    for size in [int(a) for a in sys.argv[1:]] or [100, 1000]:
        measure(size)
