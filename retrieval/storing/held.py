"""An SQLite file that is kept though it is deleted: as long as it is open, all that it held can be put back."""

from __future__ import annotations

import contextlib
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from retrieval.errors import RecordsFault
from retrieval.storing import private
from retrieval.storing.identity import identity
from retrieval.storing.lock import alone

BUSY_SECONDS = 30.0  # longer than anybody writes; an ack that comes late is sent for again, and known by its event
TRIES = 3
SETTLE_SECONDS = 0.2  # until whoever deletes a folder is done with what SQLite keeps beside the file


class Kept:
    """Connections to the file that lies at a path, which is put back when it is deleted or moved away."""

    def __init__(self, path: Path, prepare: Callable[[Engine], None]) -> None:
        """`prepare` brings a file to the tables that it is used with."""
        self._path, self._prepare, self._changing = path, prepare, RLock()
        self._held = self._opened()

    def close(self) -> None:
        """Let go of every connection."""
        self._held.close()

    def keep(self) -> None:
        """See that the file that is used is the one at the path; where none lies there, all that it held is put back."""
        if self._held.is_there():
            return
        failures = 0
        with self._changing:
            while not self._held.is_there():
                try:
                    self._held.put_back()
                    found = self._opened()
                except (OSError, sqlite3.Error, DBAPIError):
                    failures += 1
                    if failures == TRIES:
                        raise
                    continue  # it went once more meanwhile
                old, self._held = self._held, found
                old.close()

    def begun(self, stack: ExitStack, begin: Callable[[Engine], AbstractContextManager[Connection]]) -> Connection:
        """A connection that `stack` ends, to the file that lies at the path when it is begun: nothing written is lost."""
        while True:
            self.keep()
            held = self._held
            with ExitStack() as mine:
                try:
                    connection = mine.enter_context(begin(held.engine))
                except DBAPIError:
                    if held.is_there():
                        raise
                    continue
                if held.is_there():
                    stack.enter_context(mine.pop_all())
                    return connection

    def _opened(self) -> Held:
        held = Held(self._path)
        try:
            self._prepare(held.engine)
        except BaseException:
            held.close()
            raise
        return held


class Held:
    """The file that lies at a path now, made when there is none, and connections to it and to no other one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        _make(path)
        self._identity = identity(path)
        self.engine: Engine = create_engine(f"sqlite:///{path}", creator=self._connect)
        event.listen(self.engine, "connect", _on_connect)
        event.listen(self.engine, "begin", _on_begin)
        # What is open of a file outlives its name. These two are there for that: one keeps others from writing
        # while the other one reads, since what writes cannot be copied from.
        self._guard, self._last = self._connect(), self._connect()
        for connection in (self._guard, self._last):
            _on_connect(connection, None)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()  # opens what lies beside it, too

    def is_there(self) -> bool:
        """Whether it still is the file at its path."""
        return identity(self.path) == self._identity

    def put_back(self) -> None:
        """Put a copy where the file lay, with all that was ever committed; where another one lies by now, that one counts."""
        time.sleep(SETTLE_SECONDS)
        private.make(self.path.parent)
        copy = self.path.with_name(f"{self.path.name}.{uuid.uuid4().hex}")
        try:
            copy.touch(mode=0o600)
            with self._nobody_else_writes(), contextlib.closing(sqlite3.connect(copy)) as target:
                self._last.backup(target)
                with alone(self.path.parent):
                    if not self.path.exists():
                        clear_beside(self.path)
                        copy.rename(self.path)
        finally:
            copy.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()
        self._guard.close()
        self._last.close()

    @contextlib.contextmanager
    def _nobody_else_writes(self) -> Iterator[None]:
        """What is being written is finished first, and what comes later finds that its file is no longer there."""
        self._guard.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self._guard.execute("ROLLBACK")

    def _connect(self) -> sqlite3.Connection:
        # Never made by opening: a file that is not there has to be put back, not begun anew.
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def clear_beside(path: Path) -> None:
    """Clear away what SQLite kept beside a file that was deleted: it would be taken for the next one's."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _make(path: Path) -> None:
    private.make(path.parent)
    if path.exists():
        with contextlib.suppress(OSError):
            path.chmod(0o600)
        return
    with alone(path.parent):
        if not path.exists():
            clear_beside(path)
            path.touch(mode=0o600)  # what SQLite keeps beside it gets the same mode


def _on_connect(connection: Any, _record: object) -> None:
    # The driver's own transaction handling is switched off: BEGIN is ours to say (see _on_begin).
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    # IMMEDIATE, so that two writers wait for each other instead of failing halfway through.
    read = connection.get_execution_options().get("nq_read", False)
    connection.exec_driver_sql("BEGIN" if read else "BEGIN IMMEDIATE")


def records_fault(path: Path, reason: str) -> RecordsFault:
    """What SQLite says of the records, as a sentence that says what to do."""
    if "not a database" in reason or "malformed" in reason:
        advice = "stop the bot and put a backup in its place, or move it away to begin anew without what it held"
    elif "locked" in reason or "busy" in reason:
        advice = "another process is writing it; try again in a moment"
    elif "readonly" in reason or "unable to open" in reason:
        advice = f"make {path.parent} writable for this user, or choose another folder with --data"
    else:
        advice = "run: nato-quote doctor"
    return RecordsFault(f"{path} cannot be opened ({reason}); {advice}.")
