"""Words looked up in memory: the same windows and the same scores as SQLite's own full text gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.catalog import Catalog
from retrieval.model import ADMIN, EVERYBODY, Audience
from retrieval.storing.changes import Changes
from retrieval.storing.full_text import content_words, quoted
from retrieval.storing.postings import Postings
from tests.test_catalog import document, file_of

WORDS = (
    "bridge bridges bridged Bingley café cafe harbour-master rain-soaked U.S. 1805 whale naïve running ran".split()  # noqa: SIM905 - a list of words reads best as one
)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    made = Catalog(tmp_path / "index.sqlite")
    chance = random.Random(5)
    for number in range(40):
        said = " ".join(chance.choices([*WORDS, "and", "the", "sea"], k=chance.randrange(4, 30)))
        name = chance.choice(["Captain Ahab", "Elizabeth Bennet"])
        channels = ("C1",) if number % 5 == 0 else ()
        doc = document(f"d{number:02}", f"“{said}”, said {name}. {chance.choice(WORDS)} was there.", channels=channels)
        made.apply(Changes(files=(file_of(doc),)))
    made.apply(Changes(removed=("d03.txt", "d07.txt")))
    yield made
    made.close()


def by_sqlite(catalog: Catalog, words: list[str]) -> dict[str, float]:
    """The windows that hold any of the words, with the score that FTS5 gives them."""
    wanted = " OR ".join(quoted(word) for word in content_words(words))
    sql = "SELECT w.id, -bm25(full_text) FROM full_text JOIN windows w ON w.number = full_text.rowid WHERE full_text MATCH ?"
    with catalog.reading() as connection:
        return {row[0]: row[1] for row in connection.exec_driver_sql(sql, (wanted,))}


@pytest.mark.parametrize("number", range(12))
def test_scores_are_those_of_the_full_text(catalog: Catalog, number: int) -> None:
    """Any words, stemmed, accented or hyphenated, bring up the windows that SQLite finds, with its scores, best first."""
    words = random.Random(number).sample([*WORDS, "nowhere", "the"], k=number % 4 + 1)
    found = catalog.search(words, ADMIN, limit=1000)
    assert dict(found) == pytest.approx(by_sqlite(catalog, words))
    assert list(found) == sorted(found, key=lambda pair: (-pair[1], pair[0]))
    assert catalog.search(words, ADMIN, limit=7) == found[:7]


def test_counts_are_those_of_the_full_text(catalog: Catalog) -> None:
    """A word occurs in as many windows as SQLite finds, whether or not it was looked up before."""
    expected = {word: len(by_sqlite(catalog, [word])) for word in WORDS}
    assert catalog.document_frequency(WORDS) == expected
    for word in WORDS:
        catalog.search([word], ADMIN)
    assert catalog.document_frequency(WORDS) == expected
    assert catalog.document_frequency(["whale"], EVERYBODY)["whale"] < expected["whale"]


def test_what_changes_is_looked_up_anew(catalog: Catalog) -> None:
    """After a change the words of what came are found and those of what went are not, for every audience."""
    assert catalog.search(["lighthouse"], ADMIN) == ()
    catalog.apply(
        Changes(files=(file_of(document("new", "“The lighthouse”, said Captain Ahab. A whale.", channels=("C1",))),))
    )
    found = catalog.owners_of([window for window, _ in catalog.search(["lighthouse"], ADMIN)])
    owners = {*(q.id for q in catalog.quotes_of("new")), *catalog.passages([owner for owner, _ in found.values()])}
    assert {owner for owner, _ in found.values()} == owners
    assert catalog.search(["lighthouse"], Audience(channel="C1")) != ()
    assert catalog.search(["lighthouse"], Audience(channel="C2")) == ()
    assert catalog.search(["lighthouse"], EVERYBODY) == ()
    catalog.apply(Changes(removed=("new.txt",)))
    assert catalog.search(["lighthouse"], ADMIN) == ()
    assert catalog.document_frequency(["lighthouse"])["lighthouse"] == 0


def test_lists_of_words_that_are_asked_for_stay_within_their_bytes(catalog: Catalog) -> None:
    """However many words are asked for, only the lists used last are kept; what went is read again and is the same."""
    most = 2_000
    with catalog.reading() as connection:
        roomy, narrow = Postings(connection), Postings(connection, most)
        for word in [*WORDS, *WORDS]:
            again, first = narrow.holding(connection, word), roomy.holding(connection, word)
            assert [part.tolist() for part in again] == [part.tolist() for part in first]
            assert narrow.list_bytes <= most
    assert roomy.list_bytes > most
