"""Whether each row of the catalog is the one that was written, and says of its document what stands there."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, RowMapping, func, null, select

from retrieval.errors import RecordsFault
from retrieval.model import Document, Span, text_sha256, words_sha256
from retrieval.storing import likeness, seals
from retrieval.storing.changes import standing_for, text_key
from retrieval.storing.corrections import Correction, correction_of
from retrieval.storing.tables import bands, credited, documents, faults, passages, quotes, windows

if TYPE_CHECKING:
    from retrieval.catalog import Catalog

Kind = Literal["document", "quote", "credit", "passage", "window", "file", "full text", "vector", "store", "records"]
_KINDS: dict[str, Kind] = {"documents": "document", "quotes": "quote", "credits": "credit", "passages": "passage"}
_WORDS: dict[str, str] = {
    "documents": "a document",
    "quotes": "a quote",
    "credits": "a credit",
    "passages": "a passage",
}
# What two readings of a file give alike, but for what its admins have put right.
_READ = (
    "title", "publisher", "published", "url", "summary_of", "channels", "author", "modified", "dated_by", "taken", "body", "locators",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be, in a sentence, and the corpus file that has to be read again to mend it."""

    kind: Kind
    target: str
    sentence: str
    path: str | None = None


def check_seals(catalog: Catalog) -> Iterator[Fault]:
    """Whether any field of any row was altered since it was read or put right."""
    with catalog.reading() as connection:
        paths = {row.id: row.path for row in connection.execute(select(documents.c.id, documents.c.path))}
        for table in seals.SEALED:
            of = documents.c.id if table is documents else table.c.document_id
            key = table.c.number if table is credited else table.c.id
            altered = seals.broken(connection, table)
            owners = {row[0]: row[1] for row in connection.execute(select(key, of))} if altered else {}
            for one in sorted(altered):
                path = paths.get(owners[one])
                told = (
                    f"The stored facts of {_WORDS[table.name]} of {path or 'no document'} are not those that were read."
                )
                yield Fault(_KINDS[table.name], str(one), told, path)


def check_document(catalog: Catalog, identifier: str) -> Iterator[Fault]:
    """Whether a document's text and words are those that were indexed, and none of its rows is missing."""
    with catalog.reading() as connection:
        row = connection.execute(select(documents).where(documents.c.id == identifier)).mappings().one()
        path, text = row["path"], row["text"]
        if not isinstance(text, str) or text_sha256(text) != row["text_sha256"]:
            yield Fault("document", identifier, f"The stored text of {path} is not the one that was indexed.", path)
            return
        if seals.roll_now(connection, identifier) != row["roll"]:
            yield Fault("document", identifier, f"Something that was read of {path} is missing, or was added.", path)
        if not _derived(connection, row):
            yield Fault("document", identifier, f"What {path} is compared with others by is not its own.", path)
        for quote in connection.execute(select(quotes).where(quotes.c.document_id == identifier)).mappings():
            if not _stands(text, quote):
                told = f"The words of a quote do not stand in {path} where they should."
                yield Fault("quote", quote["id"], told, path)
        for credit in connection.execute(select(credited).where(credited.c.document_id == identifier)).mappings():
            if text[_int(credit["start"]) : _int(credit["end"])] != credit["words"]:
                told = f"What {path} is said to call somebody does not stand there."
                yield Fault("credit", str(credit["number"]), told, path)


def _stands(text: str, quote: RowMapping) -> bool:
    """Whether a quote's words are those of the text at its place."""
    try:
        fragments = [Span(*pair) for pair in quote["fragments"]]
        return fragments[-1].end <= len(text) and words_sha256(text, fragments) == quote["words_sha256"]
    except (TypeError, ValueError, IndexError):
        return False


def _int(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _derived(connection: Connection, row: RowMapping) -> bool:
    """Whether a document's likeness is its text's, and it points to what stands for it."""
    signature = likeness.signature(row["text"])
    of = select(bands.c.band, bands.c.hash).where(bands.c.document_id == row["id"])
    kept = {(band, number) for band, number in connection.execute(of)}
    whole = row["signature"] == signature and kept == set(enumerate(likeness.bands(signature)))
    return whole and row["duplicate_of"] == standing_for(connection, row["id"])


def check_windows(catalog: Catalog) -> Iterator[Fault]:
    """Whether what is searched says of each quote and passage what these say themselves."""
    owner = select(quotes.c.id, quotes.c.speaker_id, quotes.c.hidden, quotes.c.document_id)
    passed = select(passages.c.id, null(), passages.c.hidden, passages.c.document_id)
    found = owner.union_all(passed).subquery()
    limited = func.json_array_length(documents.c.channels) > 0
    query = (
        select(windows.c.id, windows.c.text, windows.c.text_key, documents.c.path)
        .add_columns(
            (
                windows.c.speaker_id.is_not_distinct_from(found.c.speaker_id)
                & (windows.c.hidden == found.c.hidden)
                & (windows.c.document_id == found.c.document_id)
                & (windows.c.restricted == limited)
                & (windows.c.of_quote == windows.c.owner.in_(select(quotes.c.id)))
            ).label("same")
        )
        .outerjoin(found, found.c.id == windows.c.owner)
        .outerjoin(documents, (documents.c.id == windows.c.document_id) & (func.json_valid(documents.c.channels) == 1))
    )
    with catalog.reading() as connection:
        for row in connection.execute(query):
            if not row.same or text_key(str(row.text)) != row.text_key:
                told = f"What is searched of {row.path or 'a document'} is not what was read of it."
                yield Fault("window", row.id, told, row.path)


def as_read(catalog: Catalog, path: str, read: tuple[Document, ...]) -> bool:
    """Whether reading a file again gives the documents that are stored, and their facts where no admin put them right."""
    query = select(documents).where(documents.c.path == path).order_by(documents.c.article)
    with catalog.reading() as connection:
        held = connection.execute(query).mappings().all()
    if [(row["article"], row["text_sha256"]) for row in held] != [(d.article, d.text_sha256) for d in read]:
        return False
    from retrieval.storing.rows import document_row

    pairs = zip(held, map(document_row, read), strict=True)
    return all(_as_found(row)[name] == fresh[name] for row, fresh in pairs for name in _READ)


def _as_found(row: RowMapping) -> dict[str, Any]:
    """A document's row without what an admin has put right."""
    found = row["found"]
    return {**row, **(found if isinstance(found, dict) else {})}


def purge(catalog: Catalog) -> None:
    """Take out the rows that were altered and those that belong to nothing; reading their files again puts them back."""
    with faults(catalog.path), catalog.engine.connect().execution_options(writes=True) as connection:
        for table in seals.SEALED:
            key = table.c.number if table is credited else table.c.id
            for one in seals.broken(connection, table):
                connection.execute(table.delete().where(key == one))
        there = select(documents.c.id)
        for table in (bands, windows, credited, passages, quotes):
            connection.execute(table.delete().where(table.c.document_id.not_in(there)))
        connection.commit()


def check_records(path: Path) -> Iterator[Fault]:
    """Whether SQLite finds the records sound, and each correction is the one that its line in the log tells of."""
    if not path.is_file():
        return
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as store:
            store.row_factory = sqlite3.Row
            for (line,) in store.execute("PRAGMA integrity_check(5)").fetchall():
                if line != "ok":
                    yield Fault("records", str(path), f"SQLite finds the records damaged: {line}. Restore a backup.")
            yield from _check_corrections(store)
    except sqlite3.Error as error:
        yield Fault("records", str(path), f"The records cannot be read ({error}); restore a backup of {path.name}.")


def _check_corrections(store: sqlite3.Connection) -> Iterator[Fault]:
    logged = {
        detail.get("correction"): (row["what"], row["target"], detail.get("change"))
        for row in store.execute("SELECT what, target, detail FROM audit WHERE what IN ('hide', 'attribute', 'edit')")
        if isinstance(detail := _loaded(row["detail"]), dict)
    }
    for row in store.execute("SELECT * FROM corrections ORDER BY id").fetchall():
        number = row["id"]
        try:
            made = correction_of(row)
        except RecordsFault as fault:
            yield Fault("records", str(number), str(fault))
            continue
        if logged.get(number) != (made.what, made.target, dict(made.change)) or not _about_its_words(made):
            told = f"Correction {number} is not the one that the log tells of; see `nato-quote log`, undo it and make it again."
            yield Fault("records", str(number), told)
    for number in sorted(set(logged) - {row["id"] for row in store.execute("SELECT id FROM corrections")}, key=repr):
        told = f"Correction {number} is in the log and not in the records; see `nato-quote log` and make it again."
        yield Fault("records", str(number), told)


def _about_its_words(made: Correction) -> bool:
    """Whether a quote's id, which is made of its document, place and words, is that of what the correction holds."""
    if made.what == "edit":
        return made.target == made.document_id
    place = ",".join(f"{s.start}-{s.end}" for s in made.place)
    words = text_sha256("".join(part + "\0" for part in made.words))
    return made.target == "q" + text_sha256(f"{made.document_id}|{place}|{words}")[:15]


def _loaded(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return None
