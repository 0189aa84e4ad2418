"""How much memory a process takes that answers as `serve` does: python -m tests.bench.serve_memory [DOCUMENTS …] (default 1000 2500).

Invented reports of twelve quotes and what stands between them, some five hundred words each. The index is made by another process with a pattern for
a reader, as for `ask_latency`; the process that is measured has the real model and the real reader. Printed: MB of the
process with the models loaded and one question answered, after questions of many kinds, after as many while documents
change, and the most that it ever took.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
from pathlib import Path

from retrieval.asking.answer import QuoteFinder
from retrieval.ingest import open_index
from retrieval.model import EVERYBODY
from retrieval.people import load_people
from retrieval.reading.reader import Reader
from tests.asking import EMBEDDER
from tests.bench.ask_latency import NAMES, MeanOfWords, Pattern, questions, sentence

ASKED, CHANGES = 600, 10


def write_report(folder: Path, number: int, version: int = 0) -> None:
    """A report of twelve quotes with what stands between them."""
    chance = random.Random(f"{number} {version}")
    lines = []
    for _ in range(12):
        lines.append(f"“{sentence(chance)},” {chance.choice(NAMES)} said.")
        lines.append(". ".join(sentence(chance) for _ in range(2)) + ".")
    head = f"---\ntitle: Report {number}\npublished: 18{chance.randrange(10, 99)}-05-1{chance.randrange(9)}\n---\n\n"
    (folder / f"report-{number:05}.md").write_text(head + "\n\n".join(lines) + "\n", encoding="utf-8")


def make(corpus: Path, data: Path) -> None:
    """The index, in a process of its own."""
    with open_index(
        data, corpus, embedder=MeanOfWords(), make_reader=lambda _: Pattern(), pipeline=lambda _: "bench"
    ) as index:
        index.sync()


def answer(corpus: Path, data: Path, documents: int) -> None:
    """What `serve` does, without Slack."""
    with open_index(data, corpus, embedder=EMBEDDER, make_reader=Reader, pipeline=lambda _: "bench") as index:
        index.own("serve")
        finder = QuoteFinder(index.catalog, index.vectors, index.embedder, load_people())
        finder.ask(questions(1)[0], EVERYBODY)
        first = megabytes("VmRSS")
        for question in questions(ASKED):
            finder.ask(question, EVERYBODY)
        steady = megabytes("VmRSS")
        for version in range(1, CHANGES + 1):
            write_report(corpus, version % documents, version)
            index.sync()
            for question in questions(ASKED // CHANGES):
                finder.ask(question, EVERYBODY)
        quotes = index.catalog.counts(EVERYBODY).quotes
    print(
        f"{documents:6} documents, {quotes:6} quotes   first question {first:5.0f} MB, {ASKED} questions {steady:5.0f} MB,"
        f" with {CHANGES} changes {megabytes('VmRSS'):5.0f} MB, at most {megabytes('VmHWM'):5.0f} MB"
    )


def megabytes(name: str) -> float:
    """What Linux says of this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def measure(documents: int) -> None:
    """Make an index of so many reports, and answer from it in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, data = Path(folder) / "corpus", Path(folder) / "data"
        corpus.mkdir()
        for number in range(documents):
            write_report(corpus, number)
        for work, arguments in ((make, (corpus, data)), (answer, (corpus, data, documents))):
            process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
            process.start()
            process.join()
            assert process.exitcode == 0


if __name__ == "__main__":
    for size in [int(a) for a in sys.argv[1:]] or [1000, 2500]:
        measure(size)
