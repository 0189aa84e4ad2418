"""Who said it, when, where and who may see it are guarded like the words: any altered field is found, and is not shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from retrieval.asking.answer import QuoteFinder
from retrieval.catalog import Catalog
from retrieval.errors import RecordsFault
from retrieval.ingest import Index
from retrieval.integrity import verify
from retrieval.model import ADMIN, EVERYBODY, Credit, Document, Speaker
from retrieval.people import People, Person, load_people
from retrieval.records import Records
from retrieval.storing import seals
from retrieval.syncing.correcting import Corrector
from retrieval.syncing.nearest import Nearest
from tests.embed_demo import ReadDemo
from tests.stores import contents, open_demo, saying, write

TABLES = {"documents": "id", "quotes": "id", "passages": "id", "credits": "number"}
# What is a row's number, or is compared with the text or made anew from it: found by `verify`, and shown nowhere.
NOT_SHOWN = {("credits", "number"), ("documents", "signature"), ("documents", "duplicate_of"), ("documents", "text")}
NAMES = {"Elizabeth Bennet", "Captain Ahab", "Sherlock Holmes", "Jane Eyre", "Count Dracula", "Mr Starbuck"}
LISTS = {"fragments", "cue", "mention", "lead", "found", "channels", "body", "locators"}
PEOPLE = People([Person("starbuck", "Mr Starbuck", "person", ("Starbuck",), (), "m")])


class ReadsCredits(ReadDemo):
    """Calls whoever is quoted first what the text calls them."""

    def credits(self, document: Document) -> tuple[Credit, ...]:
        found = self.read(document)[:1]
        return tuple(
            Credit(document.id, q.speaker or Speaker(None, "?"), "description", q.mention, q.mention.of(document.text))
            for q in found
            if q.mention is not None
        )


@dataclass
class Bench:
    """An index with corrections, and its file."""

    index: Index
    file: Path

    def rows(self, table: str) -> list[Any]:
        with closing(sqlite3.connect(self.file)) as store:
            return [row[0] for row in store.execute(f"SELECT {TABLES[table]} FROM {table} ORDER BY 1")]

    def names(self, table: str) -> list[str]:
        with closing(sqlite3.connect(self.file)) as store:
            return [row[1] for row in store.execute(f"PRAGMA table_info({table})")]

    def value(self, table: str, key: Any, name: str) -> Any:
        query = f'SELECT "{name}", typeof("{name}") FROM {table} WHERE {TABLES[table]} IS ?'
        with closing(sqlite3.connect(self.file)) as store:
            found = store.execute(query, (key,)).fetchone()
        return (None, "null") if found == ("null", "text") and name in LISTS else found  # JSON's null is SQL's

    def put(self, table: str, key: Any, name: str, value: Any) -> bool:
        """Alter one field behind the program's back; False where SQLite itself refuses it."""
        with closing(sqlite3.connect(self.file)) as store:
            try:
                store.execute(f'UPDATE {table} SET "{name}" = ? WHERE {TABLES[table]} IS ?', (value, key))
                store.commit()
            except (sqlite3.IntegrityError, OverflowError):
                return False
            return True


def made(folder: Path) -> Index:
    corpus = write(
        folder / "corpus", {f"{n}.md": f"---\npublished: 1850-0{n}-01\n---\n{saying(n)}" for n in range(1, 6)}
    )
    write(corpus, {"5.md": (corpus / "5.md").read_text().replace("---\n", "---\nchannels: [C9]\n", 1)})
    index = open_demo(folder / "data", corpus, make_reader=lambda _: ReadsCredits())
    index.sync()
    records = Records(folder / "data" / "records.sqlite")
    corrector = Corrector(index.catalog, records, PEOPLE)
    ids = {d.path: d.id for d in index.catalog.documents(ADMIN)}
    corrector.hide(index.catalog.quotes_of(ids["1.md"])[0].id, "an admin")
    corrector.attribute(index.catalog.quotes_of(ids["2.md"])[0].id, "starbuck", "an admin")
    corrector.edit(ids["3.md"], {"title": "Another", "published": "1851-01-01"}, "an admin")
    records.close()
    return index


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One index for the whole file: each test puts back what it has altered."""
    folder = tmp_path_factory.mktemp("seals")
    with made(folder) as index:
        yield Bench(index, folder / "data" / "index.sqlite")


VALUES = st.one_of(
    st.none(),
    st.integers(-3, 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.binary(max_size=6),
    st.sampled_from(["[]", "{}", '["C1"]', "[[0, 5]]", "null", "1999-01-01", "unnamed", "reported", "captain-ahab"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_altered_field_is_found_and_not_shown(bench: Bench, data: st.DataObject) -> None:
    """Any one field of any row of a document, quote, passage or credit, to any value."""
    table = data.draw(st.sampled_from(sorted(TABLES)))
    key = data.draw(st.sampled_from(bench.rows(table)))
    name = data.draw(st.sampled_from(bench.names(table)))
    assume((table, name) != ("credits", "number"))
    others = [bench.value(table, other, name)[0] for other in bench.rows(table)]
    before = bench.value(table, key, name)
    value = data.draw(st.one_of(VALUES, st.sampled_from(others)))
    assume(bench.put(table, key, name, value))
    now = value if name == TABLES[table] else key
    try:
        assume(bench.value(table, now, name) != before)
        assert verify(bench.index).faults != ()
        if (table, name) not in NOT_SHOWN:
            assert not shown(bench.index, table, key, now)
    finally:
        assert bench.put(table, now, name, before[0])


def test_the_index_is_well(bench: Bench) -> None:
    """What every test of this file has put back is found sound again."""
    assert verify(bench.index).faults == ()


def shown(index: Index, table: str, key: Any, now: Any) -> bool:
    """Whether anything of an altered row comes out: of a document none of its quotes, too."""
    catalog = Catalog(index.catalog.path)
    finder = QuoteFinder(catalog, Nearest(catalog), index.embedder, load_people())
    hits = [
        h
        for n in range(1, 6)
        for h in finder.ask(f"Who spoke of milestone {n} beside tavern {n * 7}?", EVERYBODY).quotes
    ]
    if table == "quotes":
        names = {s.name for s in catalog.speakers(ADMIN)} | {k.speaker.name for k in finder.speakers(EVERYBODY)}
        assert names <= NAMES, names
    if table == "documents":
        listed = {d.id for d in catalog.documents(EVERYBODY)}
        return bool({key, now} & (listed | {h.document.id for h in hits}))
    if table == "quotes":
        mine = [q for d in catalog.documents(ADMIN) for q in catalog.quotes_of(d.id)]
        return bool({key, now} & ({q.id for q in mine} | {h.quote.id for h in hits} | set(catalog.quotes([key, now]))))
    if table == "passages":
        return bool({key, now} & {str(i) for i in catalog.passages([key, str(now)])})
    with catalog.reading() as connection:
        return key not in seals.broken(connection, seals.credited)


@pytest.mark.parametrize("table", ["documents", "quotes", "passages", "credits", "windows", "bands"])
def test_each_missing_row_is_found_and_mended(tmp_path: Path, table: str) -> None:
    """A row that is gone is told, and read again; then the index is as it was."""
    with made(tmp_path) as index:
        before = contents(index)
        with closing(sqlite3.connect(index.catalog.path)) as store:
            store.execute(f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})" if table != "bands" else
                          "DELETE FROM bands WHERE (band, hash) IN (SELECT band, hash FROM bands LIMIT 1)")  # fmt: skip
            store.commit()
        assert verify(index).faults != ()
        assert verify(index, repair=True).faults == ()
        assert contents(index) == before


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE documents SET id = 'other' WHERE rowid = 2",
        "UPDATE documents SET path = 'elsewhere.md' WHERE rowid = 2",
        "UPDATE documents SET channels = '[]'",
        "UPDATE documents SET published = 'yesterday' WHERE rowid = 2",
        "UPDATE quotes SET document_id = (SELECT min(id) FROM documents)",
        "UPDATE quotes SET speaker_name = 'Captain Hook'",
        "UPDATE quotes SET hidden = 0",
        "UPDATE passages SET hidden = 0",
        "UPDATE quotes SET found = 'x'",
    ],
)
def test_whatever_was_altered_is_mended(tmp_path: Path, harm: str) -> None:
    """A repair reads again what was altered, lays the corrections over it, and nothing is wrong any more."""
    with made(tmp_path) as index:
        before = contents(index)
        with closing(sqlite3.connect(index.catalog.path)) as store:
            store.execute(harm)
            store.commit()
        assert verify(index).faults != ()
        assert verify(index, repair=True).faults == ()
        assert contents(index) == before


def test_a_correction_does_not_bless_what_was_altered(tmp_path: Path) -> None:
    """Whatever an admin does to the document afterwards, the altered quote is not shown."""
    with made(tmp_path) as index:
        (four,) = (d for d in index.catalog.documents(ADMIN) if d.path == "4.md")
        (quote,) = index.catalog.quotes_of(four.id)
        with closing(sqlite3.connect(index.catalog.path)) as store:
            store.execute("UPDATE quotes SET speaker_name = 'Captain Hook' WHERE id = ?", (quote.id,))
            store.commit()
        records = Records(tmp_path / "data" / "records.sqlite")
        Corrector(index.catalog, records, PEOPLE).edit(four.id, {"title": "Put right"}, "an admin")
        records.close()
        assert index.catalog.quotes_of(four.id) == ()
        assert {f.kind for f in verify(index).faults} == {"quote"}


def test_a_renamed_file_keeps_its_seals(tmp_path: Path) -> None:
    """A rename is lawful; what was altered before it stays found."""
    with made(tmp_path) as index:
        (index.corpus / "4.md").rename(index.corpus / "four.md")
        assert index.sync().renamed == ("four.md",)
        assert verify(index).faults == ()


@pytest.mark.parametrize(
    "harm",
    [
        """UPDATE corrections SET change = replace(change, 'Mr Starbuck', 'Captain Hook') WHERE what = 'attribute'""",
        "UPDATE corrections SET target = 'q123' WHERE id = 1",
        "UPDATE corrections SET words = '[\"other words\"]' WHERE id = 1",
        "UPDATE corrections SET place = '[[1, 2]]' WHERE id = 1",
        "DELETE FROM corrections WHERE id = 1",
    ],
)
def test_the_records_are_checked_too(tmp_path: Path, harm: str) -> None:
    """A correction that is not the one that was logged is told with what to do."""
    with made(tmp_path) as index:
        assert verify(index).faults == ()
        with closing(sqlite3.connect(tmp_path / "data" / "records.sqlite")) as store:
            store.execute(harm)
            store.commit()
        assert "records" in {f.kind for f in verify(index).faults}


@pytest.mark.parametrize("harm", ["words = 'x'", "what = 'praise'", "change = '[]'", "place = '[]'"])
def test_a_correction_that_cannot_be_read_closes(tmp_path: Path, harm: str) -> None:
    """It is never passed over: the index is refused with a sentence that says what to do."""
    with made(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "data" / "records.sqlite")) as store:
        store.execute(f"UPDATE corrections SET {harm} WHERE id = 1")
        store.commit()
    with pytest.raises(RecordsFault, match="restore a backup"):
        made_again(tmp_path)


def made_again(folder: Path) -> None:
    with open_demo(folder / "data", folder / "corpus", make_reader=lambda _: ReadsCredits()) as index:
        index.sync()
