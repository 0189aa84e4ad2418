"""Text to attributed quotes, in tokens a second.

    python -m tests.bench.reading_speed [FILE.jsonl] [TRANSCRIPT…]

News from the `text` of each line of a JSONL file, over two processes; transcripts from files of any format, in one.
What is not given is the repository's own: the shipped corpus with the texts of tests/gold and tests/eval, and a made
transcript, each repeated to 50,000 tokens or more. Its news holds more quotations than a newspaper does, and so is read
more slowly. Start-up is measured apart, with a handful of sentences, and taken off. Tokens are words and marks. On a busy
machine the last figure says more: what the processors' time alone would allow.
"""

from __future__ import annotations

import os
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.settings import PROJECT
from bot.shell.quotes import read_documents, read_texts
from retrieval.documents import read
from retrieval.model import Document
from retrieval.people import load_people
from retrieval.reading.many_texts import segments_of
from retrieval.reading.reader import Reader

NEWS = ("corpus/documents", "tests/gold", "tests/eval/novels", "tests/eval/chronicle")
NEWS_BAR, TRANSCRIPT_BAR = 12_000, 100_000  # tokens a second, on two cores
ENOUGH = 50_000  # tokens
PROCESSES = 2
Item = TypeVar("Item")
FEW = [f"“We sail on day {number},” said Captain Ahab." for number in range(4 * PROCESSES)]
ANSWERING = ("DARCY", "BENNET", "BINGLEY", "WICKHAM")
WORDS = [
    "the",
    "ball",
    "at",
    "Netherfield",
    "a",
    "harvest",
    "that",
    "failed",
    "our",
    "tenants",
    "and",
    "their",
    "roofs",
    "two",
    "carriages",
    "on",
    "the",
    "road",
    "to",
    "Meryton",
    "what",
    "every",
    "neighbour",
    "knows",
    "by",
    "Tuesday",
    "before",
    "breakfast",
    "we",
    "have",
    "mended",
    "it",
    "with",
    "money",
    "of",
    "our",
    "own",
    "nobody",
    "asked",
    "I",
    "remember",
    "well",
    "letters",
    "from",
    "London",
    "were",
    "late",
    "again",
    "this",
    "winter",
    "in",
    "the",
    "library",
    "you",
    "may",
    "believe",
    "it",
    "or",
    "not",
]


class Took(NamedTuple):
    """Seconds by the clock, and of all processors together."""

    wall: float
    processor: float


def main() -> None:
    given = [Path(name) for name in sys.argv[1:]]
    lines = [path for path in given if path.suffix == ".jsonl"]
    others = [path for path in given if path.suffix != ".jsonl"]
    news = [text for path in lines for _, text in read_texts(path)] or repeated([d.text for d in shipped()], str)
    records = [document for path in others for document in read_documents(path)]
    told("news", PROCESSES, news_speed(news), NEWS_BAR)
    records = records or repeated([made_transcript(number) for number in range(20)], lambda d: d.text)
    told("transcripts", 1, transcript_speed(records), TRANSCRIPT_BAR)


def news_speed(texts: Sequence[str]) -> tuple[int, Took, Took]:
    """Tokens, what start-up took, what reading took."""

    def run(these: Sequence[str]) -> Took:
        return timed(lambda: list(segments_of(Reader(load_people()), these, workers=PROCESSES)))

    start = min(run(FEW), run(FEW))  # the first one also brings the files into memory
    whole = run(texts)
    return sum(map(tokens, texts)), start, Took(whole.wall - start.wall, whole.processor - start.processor)


def transcript_speed(documents: Sequence[Document]) -> tuple[int, Took, Took]:
    """The same of transcripts, with all that indexing reads in them."""
    reader = Reader(load_people())
    first = replace(documents[0], text="\n\n".join(FEW), body=())
    start = timed(lambda: reader.read(first))
    return sum(tokens(d.text) for d in documents), start, timed(lambda: [reader.read(d) for d in documents])


def told(name: str, processes: int, measured: tuple[int, Took, Took], bar: int) -> None:
    count, start, took = measured
    print(
        f"{name}, processes {processes}: {count:,} tokens, start-up {start.wall:.1f} s, then"
        f" {count / took.wall:,.0f} tokens a second (bar {bar:,});"
        f" {count * processes / took.processor:,.0f} by the processors' time"
    )


def shipped() -> list[Document]:
    """The repository's own texts."""
    folders = [PROJECT / name for name in NEWS]
    paths = [p for f in folders for p in sorted(f.iterdir()) if p.suffix in {".md", ".txt"} and p.name != "README.md"]
    return [document for path in paths for document in read(path.parent, path.name)]


def made_transcript(number: int) -> Document:
    """A briefing with people of a novel: questions in a line or two, answers of a few sentences up to a page."""
    chance = random.Random(number)
    lines = [f"Remarks at Pemberley, part {number}"]
    for _ in range(60):
        lines.append(f"QUESTION: {sentence(chance)[:-1]}?")
        who, length = chance.choice(ANSWERING), chance.choice((1, 3, 8, 20))
        said = " ".join(sentence(chance) for _ in range(length))
        lines.append(f"MR. {who}: {said}" + (f" She wrote, “{sentence(chance)}”" if chance.random() < 0.1 else ""))
    text = "\n\n".join(lines) + "\n"
    return Document(f"made-{number}", f"made-{number}.txt", 1, "0" * 64, text, title=lines[0])


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randrange(6, 28))).capitalize() + "."


def repeated(items: Sequence[Item], text_of: Callable[[Item], str]) -> list[Item]:
    """The items as often as it takes to reach enough tokens."""
    each = sum(tokens(text_of(item)) for item in items)
    return [*items] * -(-ENOUGH // each)


def tokens(text: str) -> int:
    return len(re.findall(r"\w+|[^\w\s]", text))


def timed(call: Callable[[], object]) -> Took:
    """What a call takes, the processes that it starts and ends included."""
    began = took_so_far()
    call()
    ended = took_so_far()
    return Took(ended.wall - began.wall, ended.processor - began.processor)


def took_so_far() -> Took:
    used = os.times()
    return Took(time.perf_counter(), used.user + used.system + used.children_user + used.children_system)


if __name__ == "__main__":
    main()
