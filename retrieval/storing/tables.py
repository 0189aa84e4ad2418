"""index.sqlite: its tables, and how a connection to it is opened.

Derived from the corpus and rebuilt at will, but for nothing: a change of the tables raises SCHEMA, and the next
`index` begins anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    column,
    create_engine,
    delete,
    event,
    table,
    text,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DBAPIError

from retrieval.errors import NO_INDEX, IndexBusy, IndexFault, IndexMissing
from retrieval.storing import private
from retrieval.storing.full_text import TOKENIZER
from retrieval.storing.held import clear_beside
from retrieval.storing.lock import alone

SCHEMA = 7
BUSY_SECONDS = 15

metadata = MetaData()

facts = Table("facts", metadata, Column("name", Text, primary_key=True), Column("value", JSON))

files = Table(
    "files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False, index=True),
    Column("base_id", Text, nullable=False),  # what the ids of its documents begin with; a renamed file keeps it
    Column("error", Text),  # why it could not be taken; None when it was
)

skipped = Table("skipped", metadata, Column("path", Text, primary_key=True), Column("reason", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("path", Text, ForeignKey("files.path", onupdate="CASCADE", ondelete="CASCADE"), nullable=False, index=True),
    Column("article", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Text),
    Column("url", Text),
    Column("summary_of", Text),
    Column("channels", JSON, nullable=False),
    Column("speaker_given", Text),
    Column("speaker_given_by", Text),
    Column("form", Text),
    Column("author", Text),
    Column("modified", Text),
    Column("dated_by", Text),
    Column("taken", Float, nullable=False),
    Column("form_by", Text),
    Column("whose", Text),
    Column("told", Float),
    Column("body", JSON, nullable=False),
    Column("locators", JSON, nullable=False),
    Column("found", JSON),  # what indexing found, where a correction has changed it
    Column("roll", Text, nullable=False),  # of its rows in the other tables, so that none goes unnoticed
    Column("seal", Text, nullable=False),  # over the fields of this row; see `seals`
    Column("signature", LargeBinary, nullable=False),  # for near-identical documents
    Column("duplicate_of", Text, index=True),
    Column("text", Text, nullable=False),  # last: whoever reads the columns before it reads no page of the text
)

bands = Table(
    "bands",
    metadata,
    Column("band", Integer, primary_key=True),
    Column("hash", Integer, primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("speaker_id", Text, index=True),
    Column("speaker_name", Text),
    Column("speaker_type", Text),
    Column("role", Text),
    Column("said_on", Text),
    Column("confidence", Float, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("fragments", JSON, nullable=False),
    Column("cue", JSON),
    Column("mention", JSON),
    Column("lead", JSON),
    Column("words_sha256", Text, nullable=False),
    Column("hidden", Boolean, nullable=False, default=False),
    Column("found", JSON),  # what indexing found, where a correction has changed it
    Column("seal", Text, nullable=False),
)

credited = Table(
    "credits",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("quote_id", Text, ForeignKey("quotes.id", ondelete="CASCADE"), index=True),  # the quote whose credit it is
    Column("speaker_id", Text, index=True),
    Column("speaker_name", Text, nullable=False),
    Column("speaker_type", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Text, nullable=False),  # the canonical text from `start` to `end`
    Column("of", Text),
    Column("seal", Text, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("hidden", Boolean, nullable=False, default=False),  # it holds words of a hidden quote
    Column("seal", Text, nullable=False),
)

windows = Table(
    "windows",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("owner", Text, nullable=False, index=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("of_quote", Boolean, nullable=False),
    # Copied from the owner and the document, so that a search reads this one table.
    Column("speaker_id", Text, index=True),
    Column("hidden", Boolean, nullable=False, default=False),
    Column("restricted", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_key", Text, nullable=False, index=True),  # a text that was embedded before is not embedded again
    Column("vector", LargeBinary, nullable=False),  # float32; the same numbers as in Chroma
)

full_text = table("full_text", column("rowid", Integer), column("text", Text))
FULL_TEXT = (
    f"""CREATE VIRTUAL TABLE full_text USING fts5(
        text, content='windows', content_rowid='number', tokenize='{TOKENIZER}')""",
    """CREATE TRIGGER windows_in AFTER INSERT ON windows BEGIN
        INSERT INTO full_text(rowid, text) VALUES (new.number, new.text); END""",
    """CREATE TRIGGER windows_out AFTER DELETE ON windows BEGIN
        INSERT INTO full_text(full_text, rowid, text) VALUES ('delete', old.number, old.text); END""",
)
CONTENT = (files, skipped, documents, bands, quotes, credited, passages, windows)


def open_engine(path: Path, *, immutable: bool = False) -> Engine:
    """An engine whose transactions are SQLite's own (BEGIN when they begin), usable from many threads."""
    # A file that is not there is never made by opening it: it would be empty, and look as if nothing had been indexed.
    name = f"file:{_quoted(path)}?uri=true&" + ("mode=ro&immutable=1" if immutable else "mode=rw")
    engine = create_engine(
        "sqlite:///" + name,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None, "check_same_thread": False},
        pool_size=8,
        max_overflow=-1,
        json_deserializer=_loaded,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in ("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    return engine


def make_folder(folder: Path) -> None:
    """Make the data folder when it is not there."""
    try:
        private.make(folder)
    except OSError as error:
        raise IndexFault(
            f"The data folder {folder} cannot be made ({error.strerror}); choose another one with --data (DATA_DIR)."
        ) from error


def make_file(path: Path) -> None:
    """Make an empty file where there is none, and clear away what SQLite kept beside one that was deleted."""
    make_folder(path.parent)
    try:
        with alone(path.parent):
            if not path.exists():
                clear_beside(path)
                path.touch()
    except OSError as error:
        raise _fault("unable to open", path) from error


def create(engine: Engine) -> None:
    """Bring an empty file, or one with the tables of another version, to this version's tables."""
    with engine.connect() as connection:
        if version(connection) == SCHEMA:
            return
        connection.exec_driver_sql("ROLLBACK")  # the journal mode cannot be changed inside a transaction
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("BEGIN")
    with engine.connect().execution_options(writes=True) as connection:
        if version(connection) == SCHEMA:
            return
        _drop_all(connection)
        metadata.create_all(connection)
        for statement in FULL_TEXT:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
        connection.commit()


def remember(connection: Connection, values: Mapping[str, Any]) -> None:
    """Set facts that the index remembers about itself; None forgets one."""
    for name, value in values.items():
        if value is None:
            connection.execute(delete(facts).where(facts.c.name == name))
            continue
        row = upsert(facts).values(name=name, value=value)
        connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": row.excluded.value}))


def version(connection: Connection) -> int:
    """Which tables the file has; 0 when it has none yet."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _drop_all(connection: Connection) -> None:
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type='table' AND name='full_text'")).scalars()
    if list(names):
        connection.exec_driver_sql("DROP TABLE full_text")
    left = connection.execute(
        text("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid DESC")
    ).scalars()
    for name in list(left):
        connection.exec_driver_sql(f'DROP TABLE "{name}"')


def _loaded(stored: Any) -> Any:
    """A JSON value; one that is none spoils its own row, whose seal breaks, and not what is read with it."""
    try:
        return json.loads(stored)
    except ValueError:  # a number, which SQLite gives as one, is SQLAlchemy's to take
        return {"damaged": repr(stored)}


def _quoted(path: Path) -> str:
    """A path as SQLite's URI wants it."""
    return str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


@contextlib.contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a sentence that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _fault(str(error.orig), path) from error


def _fault(reason: str, path: Path) -> IndexFault:
    if "unable to open" in reason and path.parent.is_dir() and os.access(path.parent, os.W_OK) and not path.exists():
        return IndexMissing(NO_INDEX)
    if "locked" in reason or "busy" in reason:
        return IndexBusy(
            f"The index {path} is being written by another process, which did not finish within {BUSY_SECONDS} s; "
            "try again in a moment."
        )
    if "disk is full" in reason or "disk I/O" in reason:
        return IndexFault(
            f"The disk that holds {path} is full or fails; free some space and run `nato-quote index` again. "
            "What was indexed before is still there."
        )
    if "readonly" in reason or "unable to open" in reason:
        return IndexFault(
            f"{path} cannot be written; make {path.parent} writable for this user, or choose another folder with "
            "--data. What was indexed before is still there."
        )
    if "malformed" in reason or "not a database" in reason:
        return IndexFault(
            f"{path} is damaged; delete it and run `nato-quote index`: the index is made anew from the corpus."
        )
    return IndexFault(f"The index {path} could not be used ({reason}); run `nato-quote verify --repair`.")
