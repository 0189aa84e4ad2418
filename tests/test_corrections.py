"""Corrections: at once in every answer, kept through any re-index, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.library import Library
from retrieval.asking.answer import QuoteFinder
from retrieval.errors import NotFound
from retrieval.ingest import Index
from retrieval.model import ADMIN, EVERYBODY, Quote
from retrieval.people import People, Person, load_people
from retrieval.records import Records
from retrieval.syncing.correcting import Corrections, Corrector
from tests.embed_demo import EmbedDemo
from tests.stores import SAYINGS, open_demo, write

PEOPLE = People([Person("starbuck", "Mr Starbuck", "person", ("Starbuck",), (), "m")])


@dataclass
class Bench:
    """An index with records and what corrects them."""

    folder: Path
    index: Index
    records: Records
    corrector: Corrector

    def quote(self, speaker: str = "captain-ahab") -> Quote:
        (found,) = self.index.catalog.quotes_by([speaker], ADMIN)
        return found


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as index:
        index.sync()
        records = Records(tmp_path / "data" / "records.sqlite")
        yield Bench(tmp_path, index, records, Corrector(index.catalog, records, PEOPLE))
        records.close()


def test_a_hidden_quote_is_nowhere(bench: Bench) -> None:
    """A hidden quote is in no answer, list, count, full text, vector search or passage; undone, it is back everywhere."""
    catalog, quote = bench.index.catalog, bench.quote()
    before = catalog.counts(ADMIN)
    vector = bench.index.embedder.embed(["follow the white whale around the world"])[0]
    correction = bench.corrector.hide(quote.id, "an admin")
    assert catalog.quote(quote.id) is None
    assert catalog.quotes([quote.id]) == {}
    assert catalog.quotes_of(quote.document_id) == ()
    assert catalog.quotes_by(["captain-ahab"], ADMIN) == ()
    assert "captain-ahab" not in {s.id for s in catalog.speakers(ADMIN)}
    assert catalog.search(["whale"], ADMIN) == ()
    assert catalog.document_frequency(["whale"])["whale"] == 0
    shown = {
        w.document_id
        for w in catalog.windows([i for i, _ in bench.index.vectors.query(vector, 50, EVERYBODY)]).values()
    }
    assert quote.document_id not in shown
    assert catalog.counts(ADMIN).quotes == before.quotes - 1
    assert catalog.counts(ADMIN).passages == before.passages - 1
    assert catalog.hidden_in(quote.document_id) == quote.fragments
    bench.corrector.undo(correction.id, "an admin")
    assert catalog.quote(quote.id) == quote
    assert catalog.counts(ADMIN) == before
    assert catalog.search(["whale"], ADMIN) != ()


def test_attributed_to_another(bench: Bench) -> None:
    """A re-attributed quote is found under its new speaker and not under the old one, also by vector and full text."""
    catalog, quote = bench.index.catalog, bench.quote()
    bench.corrector.attribute(quote.id, "starbuck", "an admin")
    assert catalog.quotes_by(["captain-ahab"], EVERYBODY) == ()
    moved = bench.quote("starbuck")
    assert (moved.id, moved.speaker and moved.speaker.name, moved.confidence) == (quote.id, "Mr Starbuck", 1.0)
    assert moved.fragments == quote.fragments
    assert catalog.search(["whale"], EVERYBODY, speaker_ids=["captain-ahab"]) == ()
    assert catalog.search(["whale"], EVERYBODY, speaker_ids=["starbuck"]) != ()
    bench.corrector.attribute(quote.id, "", "an admin")
    nobody = catalog.quote(quote.id)
    assert nobody is not None
    assert nobody.speaker is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param("starbuck", ("starbuck", "Mr Starbuck"), id="id of people.toml"),
        pytest.param("Starbuck", ("starbuck", "Mr Starbuck"), id="alias"),
        pytest.param("Elizabeth Bennet", ("elizabeth-bennet", "Elizabeth Bennet"), id="name of the catalog"),
        pytest.param("Ishmael the Sailor", ("ishmael-the-sailor", "Ishmael the Sailor"), id="new name"),
    ],
)
def test_who_can_be_named(bench: Bench, given: str, expected: tuple[str, str]) -> None:
    """A speaker is given by an id, a known name, or a name as written."""
    correction = bench.corrector.attribute(bench.quote().id, given, "an admin")
    assert (correction.change["speaker_id"], correction.change["speaker_name"]) == expected


def test_edited_facts(bench: Bench) -> None:
    """Edited facts of a document are shown at once, the last edit counting; undone, the file's own are back."""
    catalog = bench.index.catalog
    (baker,) = (d for d in catalog.documents(ADMIN) if d.path == "baker.md")
    first = bench.corrector.edit(baker.id, {"title": "Silver  Blaze", "published": "1892-12-01"}, "an admin")
    second = bench.corrector.edit(baker.id, {"published": ""}, "an admin")
    edited = catalog.document(baker.id)
    assert edited is not None
    assert (edited.title, edited.published, edited.publisher) == ("Silver Blaze", None, "The Strand")
    assert edited.text == baker.text
    bench.corrector.undo(second.id, "an admin")
    assert getattr(catalog.document(baker.id), "published", None) == date(1892, 12, 1)
    bench.corrector.undo(first.id, "an admin")
    assert catalog.document(baker.id) == baker


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"published": "yesterday"}, "write it as"),
        ({"url": "javascript:alert(1)"}, "https://"),
        ({"text": "other words"}, "cannot be edited"),
        ({}, "nothing to edit"),
    ],
    ids=["date", "address", "text", "nothing"],
)
def test_what_cannot_be_edited(bench: Bench, facts: dict[str, str], reason: str) -> None:
    """A date or address that is none is refused with a sentence, and so is the text itself."""
    (document, *_) = bench.index.catalog.documents(ADMIN)
    with pytest.raises(ValueError, match=reason):
        bench.corrector.edit(document.id, facts, "an admin")


def test_kept_through_reindexing(bench: Bench) -> None:
    """Corrections hold after the file is written again, after a rebuild, and after the index was deleted."""
    quote, corpus = bench.quote(), bench.folder / "corpus"
    bench.corrector.hide(quote.id, "an admin")
    bench.corrector.attribute(bench.quote("sherlock-holmes").id, "starbuck", "an admin")
    bench.corrector.edit(quote.document_id, {"title": "The chase"}, "an admin")

    def still(index: Index) -> bool:
        document = index.catalog.document(quote.document_id)
        return (
            index.catalog.quote(quote.id) is None
            and len(index.catalog.quotes_by(["starbuck"], ADMIN)) == 1
            and document is not None
            and document.title == "The chase"
        )

    write(corpus, {"whale.txt": SAYINGS["whale.txt"] + "One more line at the end.\n"})
    assert bench.index.sync().replaced == ("whale.txt",)
    assert still(bench.index)
    bench.index.sync(rebuild=True)
    assert still(bench.index)
    bench.index.close()
    with open_demo(bench.folder / "data", corpus, pipeline=lambda _: "2", embedder=EmbedDemo("other", 32)) as index:
        index.sync()
        assert still(index)
    (bench.folder / "data" / "index.sqlite").unlink()
    with open_demo(bench.folder / "data", corpus) as index:
        index.sync()
        assert still(index)


def test_words_that_moved_stay_hidden(bench: Bench) -> None:
    """Hidden words that only moved within their document stay hidden; when they are gone, nothing else is hidden."""
    bench.corrector.hide(bench.quote().id, "an admin")
    corpus = bench.folder / "corpus"
    write(corpus, {"whale.txt": "A new first line of this letter.\n\n" + SAYINGS["whale.txt"]})
    bench.index.sync()
    assert bench.index.catalog.quotes_by(["captain-ahab"], ADMIN) == ()
    write(corpus, {"whale.txt": SAYINGS["whale.txt"].replace("the white whale", "no whale")})
    bench.index.sync()
    assert len(bench.index.catalog.quotes_by(["captain-ahab"], ADMIN)) == 1


def test_a_correction_that_was_only_kept(bench: Bench) -> None:
    """When the process dies between keeping a correction and showing it, the next one to open the index shows it."""
    quote = bench.quote()
    bench.corrector.hide(quote.id, "an admin")
    bench.index.catalog.correct(tuple)  # as if it had never come so far
    assert bench.index.catalog.quote(quote.id) is not None
    with open_demo(bench.folder / "data", bench.folder / "corpus") as other:
        assert other.catalog.quote(quote.id) is None


def test_listed_undone_and_logged(bench: Bench) -> None:
    """Corrections in force are listed with who made them; each is in the audit log, and so is its undoing."""
    quote = bench.quote()
    correction = bench.corrector.hide(quote.id, "Mrs Hudson")
    kept = Corrections(bench.records)
    assert kept.active() == (correction,)
    assert correction.words == ("I shall follow the white whale around the world",)
    bench.corrector.undo(correction.id, "Dr Watson")
    assert kept.active() == ()
    assert [(e.who, e.what, e.target) for e in bench.records.audit_log()[:2]] == [
        ("Dr Watson", "undo hide", quote.id),
        ("Mrs Hudson", "hide", quote.id),
    ]
    with pytest.raises(NotFound, match="nato-quote corrections"):
        bench.corrector.undo(correction.id, "Dr Watson")


def test_ids_that_are_not_there(bench: Bench) -> None:
    """A quote or document that is not there is told, with what lists them."""
    with pytest.raises(NotFound, match="nato-quote"):
        bench.corrector.hide("q-nothing", "an admin")
    with pytest.raises(NotFound, match="nato-quote sources"):
        bench.corrector.edit("nothing", {"title": "x"}, "an admin")


def test_hidden_words_are_no_context(bench: Bench) -> None:
    """Hidden words do not come back as what stands around another quote of the same document."""
    corpus = bench.folder / "corpus"
    two = (
        SAYINGS["whale.txt"]
        + "“The harpoons are sharpened and the boats are ready”, said Mr Starbuck. Then it rained.\n"
    )
    write(corpus, {"whale.txt": two})
    bench.index.sync()
    finder = QuoteFinder(bench.index.catalog, bench.index.vectors, bench.index.embedder, load_people())
    question = "What did Mr Starbuck say about the harpoons?"
    (before,) = finder.ask(question, EVERYBODY, limit=1).quotes
    assert "white whale" in before.context_before
    shelf = Library(bench.index, finder)
    shown = shelf.context(before.quote.id, before.document.id, EVERYBODY)
    assert shown is not None
    assert "white whale" in shown.before

    bench.corrector.hide(bench.quote().id, "an admin")

    (after,) = finder.ask(question, EVERYBODY, limit=1).quotes
    assert after.text == before.text
    assert "white whale" not in after.context_before + after.context_after
    assert after.context_after == before.context_after
    shown = shelf.context(before.quote.id, before.document.id, EVERYBODY)
    assert shown is not None
    assert "white whale" not in shown.before + shown.after + shown.hit.context_before + shown.hit.context_after
    assert "Then it rained." in shown.after
