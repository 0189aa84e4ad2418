"""A small real index, SQLite and Chroma, of invented reports about people of public-domain novels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.library import Library
from retrieval.asking.answer import QuoteFinder
from retrieval.people import load_people
from tests.stores import open_demo, write

PRIDE = "I could easily forgive his pride, if he had not mortified mine."
LONG = " ".join(
    f"Of the lodgings at milestone {n} I shall say that the beds were damp and the landlord civil." for n in range(400)
)
REPORTS = {
    "netherfield.md": "---\ntitle: The Ball at Netherfield\npublisher: The Meryton Courier\npublished: 1812-11-27\n"
    "source_url: https://courier.example/netherfield\n---\n"
    f"The company had left the room.\n\n“{PRIDE}”, said Elizabeth Bennet. She did not dance.\n\nNobody answered her.\n",
    "pemberley.md": "---\ntitle: At Pemberley\npublisher: The Derbyshire Mail\npublished: 1813-06-02\n---\n"
    "“My good opinion once lost is lost for ever”, said Fitzwilliam Darcy.\n\n"
    "“I have been a selfish being all my life”, said Fitzwilliam Darcy.\n\n"
    "“You taught me a lesson, hard indeed at first”, said Fitzwilliam Darcy.\n\n"
    "“What do I not owe you for the letter”, said Fitzwilliam Darcy.\n\n"
    "“The library of this house is the work of many generations”, said Fitzwilliam Darcy.\n",
    "pequod.md": "---\ntitle: The Log of the Pequod\npublished: 1851-10-18\nchannels: [C9]\n---\n"
    "“The white whale is mine and nobody else shall have her”, said Captain Ahab.\n",
    "brief.md": "---\ntitle: A brief on Baker Street\nsummary_of: The Strand, A Morning in Baker Street\npublished: 1891-07-01\n---\n"
    "“The dog did nothing in the night & that is <!channel> curious”, said Sherlock Holmes. A cab waited.\n",
    "travels.md": f"---\ntitle: Round the world\npublished: 1872-12-22\n---\n“{LONG}”, said Phileas Fogg. The club rose.\n",
}


@contextmanager
def open_library(folder: Path) -> Iterator[Library]:
    """The shelf of these reports, indexed afresh in `folder`."""
    corpus = write(folder / "corpus", REPORTS)
    with open_demo(folder / "index", corpus) as index:
        index.sync()
        yield Library(index, QuoteFinder(index.catalog, index.vectors, index.embedder, load_people()))
