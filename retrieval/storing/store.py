"""index.sqlite as a store: connections, snapshots, reads and the one transaction that writes."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)

from retrieval.errors import NO_INDEX, IndexFault, IndexMissing
from retrieval.model import Audience
from retrieval.storing import tables
from retrieval.storing.identity import identity
from retrieval.storing.tables import documents, facts, faults

if TYPE_CHECKING:
    from retrieval.storing.changes import Changes
    from retrieval.storing.corrections import Correction

MANY = 900  # SQLite takes at most so many values in one statement, to be safe with old builds
OWN_PEOPLE = "own_people"  # a fact as long as a file, and so read apart from the others
State = tuple[int, int]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was opened, and the how manieth it is at that path."""

    number: int
    identity: tuple[int, int] | None
    engine: Engine


class Store:
    """index.sqlite. Safe to use from many threads; other processes may read and write it at the same time.

    Each read sees one committed state. Reads that belong together (all of one question) go into `with snapshot():`,
    so that they all see the same state however much is committed meanwhile.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        if not create and not path.is_file():
            raise IndexMissing("Nothing has been indexed yet; run: nato-quote index")
        self._local = threading.local()
        self._readers = _Readers()
        self._memory: dict[Hashable, tuple[State, Any]] = {}
        self._opening = threading.RLock()
        self._file = self._opened(create, 1)

    @property
    def engine(self) -> Engine:
        """Connections to the file that lies at the path now. Raises IndexMissing while there is none."""
        return self._current().engine

    def _current(self) -> _File:
        if identity(self.path) != self._file.identity:  # it was deleted, or another one was put there
            with self._opening:
                if identity(self.path) != self._file.identity:
                    self.reopen()
        return self._file

    def reopen(self, *, create: bool = False) -> None:
        """Let go of the file, and take the one that lies at the path now; with `create` make one where there is none."""
        with self._opening:
            if not create and not self.path.is_file():
                raise IndexMissing(NO_INDEX)
            old, self._file = self._file, self._opened(create, self._file.number + 1)
            old.engine.dispose()  # what is being read goes on to its end

    def _opened(self, create: bool, number: int) -> _File:
        """The file, made or brought to this version's tables where that was asked for, and ready to be read."""
        if create:
            tables.make_file(self.path)
        found, engine = identity(self.path), tables.open_engine(self.path)
        try:
            with faults(self.path):
                if create:
                    tables.create(engine)
                _check_version(engine, self.path)
        except IndexFault:
            if not self.path.is_file() or os.access(self.path, os.W_OK):
                raise
            # Somebody may read the file and nothing more: SQLite cannot keep its notes beside it, and needs none.
            engine = tables.open_engine(self.path, immutable=True)
            with faults(self.path):
                _check_version(engine, self.path)
        return _File(number, found, engine)

    def close(self) -> None:
        """Give all connections back; the catalog can no longer be used."""
        self._file.engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for one read, or that of the snapshot this thread is in."""
        held: Connection | None = getattr(self._local, "connection", None)
        with faults(self.path):
            if held is not None:
                yield held
            else:
                with self.engine.connect() as connection:
                    yield connection

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything that this thread reads inside sees one state of the index, old or new, never a mixture."""
        if getattr(self._local, "connection", None) is not None:
            yield
            return
        file = self._current()
        with self._readers.one(), faults(self.path), file.engine.connect() as connection:
            connection.execute(select(facts.c.name).limit(1)).all()  # the first read is what fixes the state
            self._local.connection, self._local.file = connection, file.number
            try:
                yield
            finally:
                self._local.connection = self._local.facts = None

    def wait_for_readers(self, seconds: float) -> bool:
        """Wait until every snapshot of this process that is open now has ended; whether that was in time."""
        return self._readers.wait(seconds)

    def facts(self) -> dict[str, Any]:
        """What the index remembers about itself: corpus, model, pipeline, collection, last_index …"""
        known: dict[str, Any] | None = getattr(self._local, "facts", None)
        if known is None:
            known = {row["name"]: row["value"] for row in self._rows(select(facts).where(facts.c.name != OWN_PEOPLE))}
            if getattr(self._local, "connection", None) is not None:
                self._local.facts = known  # a snapshot sees them as they are
        return dict(known)

    def own_people(self) -> str | None:
        """What the corpus's people.toml said when this index was made; None where that was not kept."""
        found = self._rows(select(facts.c.value).where(facts.c.name == OWN_PEOPLE))
        return str(found[0]["value"]) if found else None

    def generation(self) -> State:
        """What is another with every change of the content: which file it is, and which state of it."""
        with self.snapshot():
            return self._local.file, int(self.facts().get("generation", 0))

    def apply(self, changes: Changes) -> None:
        """Carry out all the changes in one transaction: readers see everything before it or everything after it."""
        from retrieval.storing.changes import apply

        with faults(self.path), self.engine.connect().execution_options(writes=True) as connection:
            apply(connection, changes)
            connection.commit()

    def correct(self, corrections: Callable[[], Sequence[Correction]]) -> None:
        """Lay the corrections in force over what indexing found; all others are taken off."""
        from retrieval.storing.changes import Changes

        self.apply(Changes(corrections=corrections))

    def rebuild_full_text(self) -> None:
        """Make the full text anew from the windows."""
        with faults(self.path), self.engine.connect().execution_options(writes=True) as connection:
            connection.exec_driver_sql("INSERT INTO full_text(full_text) VALUES ('rebuild')")
            connection.commit()

    def _rows(self, query: Select[Any]) -> Sequence[RowMapping]:
        with self.reading() as connection:
            return connection.execute(query).mappings().all()

    def _by_ids(self, query: Select[Any], column: ColumnElement[Any], ids: Sequence[str]) -> list[Any]:
        wanted = list(dict.fromkeys(ids))
        query = query.where(column.in_(bindparam("ids", expanding=True)))
        with self.reading() as connection:
            found: list[Any] = []
            for start in range(0, len(wanted), MANY):
                found += connection.execute(query, {"ids": wanted[start : start + MANY]}).mappings().all()
        return found

    def _remembered(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """What `read` gives, read anew only when the content has changed since."""
        with self.snapshot():
            generation = self.generation()
            known = self._memory.get(key)
            if known is None or known[0] != generation:
                known = self._memory[key] = (generation, read())
            value: Value = known[1]
            return value


def _check_version(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        found = tables.version(connection)
        if not found:
            raise IndexMissing(NO_INDEX)  # its maker has not come so far
        if found != tables.SCHEMA:
            raise IndexMissing(f"The index {path} was made by another version; run: nato-quote index --rebuild")


class _Readers:
    """Which snapshots are open in this process, so that the writer can wait for those that still see the old state."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: set[object] = set()

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        me = object()
        with self._changed:
            self._open.add(me)
        try:
            yield
        finally:
            with self._changed:
                self._open.discard(me)
                self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        with self._changed:
            before = set(self._open)
            return self._changed.wait_for(lambda: not before & self._open, seconds)


def seen(audience: Audience) -> ColumnElement[bool]:
    """The condition under which the audience may see a document (`Audience.may_see`, as SQL)."""
    if audience.admin:
        return true()
    sound = func.json_valid(documents.c.channels) == 1  # a restriction that cannot be read is nobody's, and no error
    length = func.json_array_length(documents.c.channels)
    open_to_all = case((sound, length), else_=-1) == 0
    if audience.channel is None:
        return open_to_all
    listed = case((sound, documents.c.channels), else_=literal_column("'[]'"))
    members = func.json_each(listed).table_valued("value", name="members")
    return or_(open_to_all, exists().select_from(members).where(members.c.value == audience.channel))
