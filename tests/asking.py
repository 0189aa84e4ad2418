"""A real index over the invented reports of `tests/eval/novels`, built once for all tests that ask."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from retrieval.asking.answer import QuoteFinder
from retrieval.asking.quoted import Known, Roster
from retrieval.embed import SentenceTransformerEmbedder
from retrieval.ingest import Index, open_index
from retrieval.model import Speaker
from retrieval.people import People, Person, load_people
from retrieval.reading.reader import Reader
from tests.stores import write

NOVELS = Path(__file__).parent / "eval" / "novels"
EMBEDDER = SentenceTransformerEmbedder()


@cache
def people() -> People:
    return load_people()


@cache
def reader() -> Reader:
    return Reader(people())


@contextmanager
def index_of(corpus: Path, data: Path) -> Iterator[Index]:
    """An index of a corpus folder, brought up to date, with the one loaded model."""
    with open_index(data, corpus, embedder=EMBEDDER, make_reader=lambda _: reader()) as index:
        index.sync()
        yield index


@contextmanager
def finder_over(folder: Path, texts: dict[str, str]) -> Iterator[QuoteFinder]:
    """Who answers from a few texts by their paths, in a corpus and an index of their own."""
    with index_of(write(folder / "corpus", texts), folder / "data") as index:
        yield finder_of(index)


@cache
def novels_data() -> Path:
    """The data folder of the novels' index; built by the first test that asks."""
    data = Path(tempfile.mkdtemp(prefix="novels-"))
    with index_of(NOVELS, data):
        pass
    return data


def finder_of(index: Index) -> QuoteFinder:
    return QuoteFinder(index.catalog, index.vectors, index.embedder, people())


def roster() -> Roster:
    """Speakers of novels as a catalog would know them, beside the people that come with the program."""
    names = (
        "Elizabeth Bennet",
        "Fitzwilliam Darcy",
        "Charles Bingley",
        "Phileas Fogg",
        "Long John Silver",
        "Andrew Stuart",
    )
    known = [Known(Speaker(name.lower().replace(" ", "-"), name), quotes=5) for name in names]
    known += [
        Known(Speaker("ahab", "Ahab"), aliases=("Captain Ahab",), roles=("captain of the Pequod",), quotes=9),
        Known(Speaker("sherlock-holmes", "Sherlock Holmes"), quotes=7),
        Known(Speaker("mycroft-holmes", "Mycroft Holmes"), quotes=6),
        Known(Speaker("nemo", "Nemo"), roles=("Ruritanian ambassador",), quotes=2),
        Known(Speaker("nantucket-harbour-board", "Nantucket Harbour Board", "body"), quotes=3),
        Known(Speaker("french-foreign-ministry", "French Foreign Ministry", "body"), quotes=2),
        Known(Speaker(None, "An unnamed senior Bank of England director", "unnamed"), quotes=1),
        Known(Speaker(None, "a group of angry whalers", "unnamed"), quotes=1),
        Known(Speaker(None, "Protesters", "unnamed"), quotes=2),
    ]
    persons = [Person("count-dracula", "Count Dracula", aliases=("Dracula",))]
    return Roster(people().with_learned(persons), known)
