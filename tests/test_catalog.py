"""The catalog on a real SQLite file: what may be seen, what is found, and that nobody sees half a change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from retrieval import chunks
from retrieval.catalog import Catalog
from retrieval.errors import IndexFault, IndexMissing
from retrieval.model import ADMIN, EVERYBODY, Audience, Credit, Document, Locator, Skipped, Span
from retrieval.storing import tables
from retrieval.storing.changes import Changes, FileEntry, NewDocument
from retrieval.storing.full_text import content_words
from tests.embed_demo import EmbedDemo, ReadDemo, count_words

EMBEDDER = EmbedDemo()
WHALE = "“I shall follow the white whale”, said Captain Ahab. The sea was calm."
DANCE = "“I had not once thought of dancing”, said Elizabeth Bennet. The musicians rested."


def document(name: str, text: str, **facts: object) -> Document:
    return Document(id=name, path=f"{name}.txt", article=1, sha256=name, text=text, **facts)  # type: ignore[arg-type]


def file_of(doc: Document, key: str = "1") -> FileEntry:
    """A document as a sync would put it in."""
    quotes = ReadDemo().read(doc)
    found = chunks.passages(doc, count_words)
    windows = chunks.windows(doc, quotes, found, EMBEDDER.count, key=key)
    entry = NewDocument(doc, quotes, found, windows, EMBEDDER.embed([w.text for w in windows]))
    return FileEntry(doc.path, doc.sha256 + key, doc.id, (entry,))


def credited_file(doc: Document, words: str, *, of_quote: bool = False) -> FileEntry:
    """A document that calls whoever is quoted there something; with `of_quote` in how the quote is credited."""
    (entry,) = (made := file_of(doc)).entries
    quote, at = entry.quotes[0], doc.text.index(words)
    assert quote.speaker is not None
    span = Span(at, at + len(words))
    credit = Credit(doc.id, quote.speaker, "office", span, words, "Pequod", quote.id if of_quote else None)
    return replace(made, entries=(replace(entry, credits=(credit,)),))


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    made = Catalog(tmp_path / "index.sqlite")
    made.apply(Changes(files=(file_of(document("whale", WHALE)), file_of(document("dance", DANCE, channels=("C1",))))))
    yield made
    made.close()


def test_a_document_comes_back_as_it_went_in(catalog: Catalog) -> None:
    """Every field of a document and of a quote survives the store."""
    doc = document(
        "full",
        "A\r\n“text”\u2028\ufffd🐋",
        title="T",
        publisher="P",
        published=date(1851, 10, 18),
        url="https://example.org/a?b=c#d",
        summary_of="S",
        body=(Span(0, 3),),
        locators=(Locator(Span(0, 2), "p. 3"),),
    )
    catalog.apply(Changes(files=(file_of(doc),)))
    assert catalog.document("full") == doc
    (kept,) = catalog.quotes_of("whale")
    (made,) = ReadDemo().read(document("whale", WHALE))
    assert kept == made
    rich = replace(
        made, id="q2", role="captain", said_on=date(1851, 1, 2), evidence="he said so", lead=Span(0, 3), cue=Span(4, 6)
    )
    entry = NewDocument(replace(doc, id="rich", path="rich.txt"), (rich,), (), (), np.empty((0, 64), np.float32))
    catalog.apply(
        Changes(
            files=(FileEntry("rich.txt", "1", "rich", (replace(entry, quotes=(replace(rich, document_id="rich"),)),)),)
        )
    )
    assert catalog.quote("q2") == replace(rich, document_id="rich")
    assert catalog.document("nobody") is None
    assert catalog.quote("nobody") is None


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        pytest.param(EVERYBODY, {"whale"}, id="everybody"),
        pytest.param(Audience(channel="C1"), {"whale", "dance"}, id="the channel"),
        pytest.param(Audience(channel="C2"), {"whale"}, id="another channel"),
        pytest.param(ADMIN, {"whale", "dance"}, id="admin"),
    ],
)
def test_every_read_minds_the_audience(catalog: Catalog, audience: Audience, seen: set[str]) -> None:
    """Documents, speakers, counts, words, windows and vectors show only what the audience may see."""
    assert {d.id for d in catalog.documents(audience)} == seen
    speakers = {"whale": "captain-ahab", "dance": "elizabeth-bennet"}
    assert {s.id for s in catalog.speakers(audience)} == {speakers[d] for d in seen}
    assert {q.document_id for q in catalog.quotes_by(list(speakers.values()), audience)} == seen
    counts = catalog.counts(audience)
    assert (counts.documents, counts.quotes, counts.passages, counts.speakers) == (len(seen),) * 4
    found = catalog.windows([w for w, _ in catalog.search(["whale", "dancing"], audience)])
    assert {w.document_id for w in found.values()} == seen
    assert (catalog.document_frequency(["dancing"], audience)["dancing"] > 0) == ("dance" in seen)
    assert catalog.size(audience) == sum(
        w.document_id in seen for w in catalog.windows(catalog.all_vectors()[0]).values()
    )


def test_search_ranks_and_stems(catalog: Catalog) -> None:
    """Full text finds other forms of a word, best first with higher scores, of a speaker or a kind where asked."""
    catalog.apply(
        Changes(files=(file_of(document("ship", "The ship followed nothing. A whale passed. It was late.")),))
    )
    found = catalog.search(["following", "whales", "white"], EVERYBODY)
    assert catalog.windows([found[0][0]])[found[0][0]].document_id == "whale"
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    by_ahab = catalog.search(["whale"], EVERYBODY, speaker_ids=["captain-ahab"])
    assert {catalog.windows([w])[w].owner for w, _ in by_ahab} == {catalog.quotes_of("whale")[0].id}
    of_text = catalog.search(["whale"], EVERYBODY, owners="passages")
    assert set(catalog.passages([w.owner for w in catalog.windows([i for i, _ in of_text]).values()])) != set()
    assert len(catalog.search(["whale"], EVERYBODY, limit=1)) == 1
    assert catalog.search(["whale"], EVERYBODY, speaker_ids=[]) == ()


@pytest.mark.parametrize(
    "words",
    [["the", "of"], [], [""], ["--", "***"], ["\0"]],
    ids=["stop words", "nothing", "empty", "marks", "NUL"],
)
def test_nothing_to_search(catalog: Catalog, words: list[str]) -> None:
    """Words that say nothing find nothing."""
    assert catalog.search(words, ADMIN) == ()


@pytest.mark.parametrize(
    "word", ['whale" OR "sea', "whale*", "text:whale", "NEAR(whale sea)", "wha\0le", "a\ud800b", "-whale"]
)
def test_no_word_is_syntax(catalog: Catalog, word: str) -> None:
    """Whatever characters a word has, it is searched as words, and no search fails."""
    assert len(catalog.search([word], ADMIN)) <= 3
    assert set(catalog.document_frequency([word])) <= {word}


def test_content_words() -> None:
    """Each word worth searching comes once, in order; hyphens and abbreviations hold together."""
    assert content_words(["What", "did", "Ahab", "say", "about", "F-16", "U.S.", "the", "Ahab"]) == (
        "Ahab",
        "F-16",
        "U.S",
    )


def test_removed_is_gone_everywhere(catalog: Catalog) -> None:
    """After a file goes, nothing of it is in any table."""
    catalog.apply(Changes(removed=("whale.txt",)))
    assert catalog.document("whale") is None
    assert catalog.search(["whale"], ADMIN) == ()
    with catalog.reading() as connection:
        for table in ("documents", "quotes", "passages", "windows", "bands"):
            column = "id" if table == "documents" else "document_id"
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {column} = 'whale'").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM full_text WHERE full_text MATCH 'whale'").scalar() == 0
        connection.exec_driver_sql("INSERT INTO full_text(full_text) VALUES ('integrity-check')")


def test_a_change_that_fails_changes_nothing(catalog: Catalog) -> None:
    """When anything in a transaction fails, all of it is undone and the old content answers."""
    before = catalog.generation()
    twice = (file_of(document("one", WHALE)), file_of(document("one", DANCE)))
    with pytest.raises(IndexFault):
        catalog.apply(Changes(removed=("whale.txt",), files=twice))
    assert catalog.generation() == before
    assert catalog.document("whale") is not None
    assert catalog.document("one") is None


def test_a_snapshot_sees_one_state(catalog: Catalog) -> None:
    """Within a snapshot a thread sees one state, whatever is committed meanwhile; the writer can wait for its end."""
    seen: list[object] = []
    inside, committed = threading.Event(), threading.Event()

    def read() -> None:
        with catalog.snapshot():
            seen.append(catalog.document("whale"))
            inside.set()
            committed.wait(5)
            seen.append(catalog.document("whale"))
            seen.append(catalog.quotes_of("whale"))
        seen.append(catalog.document("whale"))

    thread = threading.Thread(target=read)
    thread.start()
    assert inside.wait(5)
    catalog.apply(Changes(removed=("whale.txt",)))
    assert not catalog.wait_for_readers(0.05)
    committed.set()
    assert catalog.wait_for_readers(5)
    thread.join()
    first, second, quotes, after = seen
    assert first == second is not None
    assert len(quotes) == 1  # type: ignore[arg-type]
    assert after is None


def test_near_identical_documents_are_linked(catalog: Catalog) -> None:
    """Near-identical documents point to the one with the better facts, whatever came first, and part when it goes."""
    long = " ".join(f"Sentence {n} tells of the voyage and of storm {n * 3}." for n in range(60))
    copy = long.replace("Sentence 30 tells", "Sentence 30 told")
    files = (
        file_of(document("copy", copy)),
        file_of(document("original", long, url="https://example.org/", publisher="Nantucket")),
    )
    catalog.apply(Changes(files=files))
    assert catalog.duplicates(["copy", "original", "whale"]) == {"copy": "original"}
    catalog.apply(Changes(removed=("original.txt",)))
    assert catalog.duplicates(["copy"]) == {}
    catalog.apply(Changes(files=(file_of(document("original", long, url="https://example.org/")),)))
    assert catalog.duplicates(["copy"]) == {"copy": "original"}


def test_facts_failures_and_skipped(catalog: Catalog) -> None:
    """What a sync notes about itself and about files it could not take is read back."""
    catalog.apply(
        Changes(
            files=(FileEntry("bad.pdf", "x", "bad", error="broken"),),
            skipped=(Skipped("a.bin", "unknown"),),
            facts={"model": "m", "last_index": "2026-01-01T00:00:00+00:00"},
        )
    )
    status = catalog.status()
    assert [(f.path, f.error) for f in status.failed] == [("bad.pdf", "broken")]
    assert [s.path for s in status.skipped] == ["a.bin"]
    assert (status.model, status.pipeline) == ("m", None)


def test_an_index_that_is_not_there(tmp_path: Path) -> None:
    """To read where nothing was indexed is told with what to run."""
    with pytest.raises(IndexMissing, match="nato-quote index"):
        Catalog(tmp_path / "none" / "index.sqlite", create=False)


def test_an_index_of_another_version(catalog: Catalog, tmp_path: Path) -> None:
    """Tables of another version are not read; opened for writing, the file begins anew."""
    with catalog.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA user_version=99")
        connection.commit()
    with pytest.raises(IndexMissing, match="another version"):
        Catalog(catalog.path, create=False)
    anew = Catalog(catalog.path)
    assert anew.counts(ADMIN).documents == 0
    with anew.reading() as connection:
        assert tables.version(connection) == tables.SCHEMA
    anew.close()


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    """A file that is no database is one sentence that says what to do."""
    (tmp_path / "index.sqlite").write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    with pytest.raises(IndexFault, match="delete it"):
        Catalog(tmp_path / "index.sqlite")


def test_credits_are_kept_and_seen_with_their_document(catalog: Catalog) -> None:
    """They come back as they went in, to those alone who may see the document, and go when it goes."""
    entry = credited_file(document("log", WHALE, channels=("C1",)), "Captain")
    catalog.apply(Changes(files=(entry,)))
    assert catalog.credits(Audience("C1")) == catalog.credits(ADMIN) == entry.entries[0].credits
    assert catalog.credits(EVERYBODY) == ()
    catalog.apply(Changes(removed=("log.txt",)))
    assert catalog.credits(ADMIN) == ()


def test_the_credit_of_a_quote_goes_with_it(catalog: Catalog) -> None:
    """Hidden with the quote, and no longer that speaker's when an admin credits the words to somebody else."""
    entry = credited_file(document("log", WHALE), "Captain", of_quote=True)
    catalog.apply(Changes(files=(entry,)))
    assert len(catalog.credits(EVERYBODY)) == 1
    for change in ({"hidden": True}, {"hidden": False, "speaker_name": "Starbuck", "speaker_id": "starbuck"}):
        with catalog.engine.begin() as connection:
            connection.execute(update(tables.quotes).where(tables.quotes.c.document_id == "log").values(**change))
        assert catalog.credits(EVERYBODY) == ()


def test_a_credit_inside_a_hidden_quote_is_not_seen(catalog: Catalog) -> None:
    """What is hidden is hidden whatever it calls somebody."""
    catalog.apply(Changes(files=(credited_file(document("log", WHALE), "white whale"),)))
    with catalog.engine.begin() as connection:
        connection.execute(update(tables.quotes).where(tables.quotes.c.document_id == "log").values(hidden=True))
    catalog.apply(Changes(skipped=(), removed=("whale.txt",)))
    assert catalog.credits(ADMIN) == ()
