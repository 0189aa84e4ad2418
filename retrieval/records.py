"""records.sqlite: what cannot be rebuilt from the corpus. Kept, migrated, never rebuilt.

Inbox of events, audit log, feedback, jobs, drafts. The schema grows by appending to MIGRATIONS; a migration that
was released is never edited, and its text's hash is checked at every start so that an edit does not go unnoticed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from retrieval.errors import ConfigurationError
from retrieval.storing.held import Kept, records_fault

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its number, what it is for, and its statements."""

    number: int
    name: str
    statements: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256("\n".join(self.statements).encode()).hexdigest()


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        1,
        "inbox of events, audit log, feedback",
        (
            """CREATE TABLE events (
                id INTEGER PRIMARY KEY,
                event TEXT NOT NULL UNIQUE,
                kind TEXT NOT NULL,
                channel TEXT,
                ts TEXT,
                thread TEXT,
                user TEXT,
                text TEXT NOT NULL DEFAULT '',
                extra TEXT NOT NULL DEFAULT '{}',
                received_at REAL NOT NULL,
                state TEXT NOT NULL DEFAULT 'waiting',
                claimed_by TEXT,
                attempts INTEGER NOT NULL DEFAULT 0,
                not_before REAL NOT NULL DEFAULT 0,
                posting_at REAL,
                finished_at REAL,
                outcome TEXT,
                reply_ts TEXT,
                understood TEXT
            )""",
            "CREATE UNIQUE INDEX events_message ON events (channel, ts) WHERE ts IS NOT NULL",
            "CREATE INDEX events_state ON events (state, not_before)",
            "CREATE INDEX events_thread ON events (channel, thread)",
            """CREATE TABLE audit (
                id INTEGER PRIMARY KEY,
                at REAL NOT NULL,
                who TEXT NOT NULL,
                what TEXT NOT NULL,
                target TEXT,
                place TEXT,
                detail TEXT NOT NULL DEFAULT '{}'
            )""",
            """CREATE TABLE feedback (
                id INTEGER PRIMARY KEY,
                at REAL NOT NULL,
                answer TEXT NOT NULL,
                user TEXT NOT NULL,
                channel TEXT,
                verdict TEXT NOT NULL,
                reason TEXT NOT NULL DEFAULT '',
                question TEXT NOT NULL DEFAULT '',
                quotes TEXT NOT NULL DEFAULT '[]',
                UNIQUE (answer, user)
            )""",
        ),
    ),
    Migration(
        2,
        "corrections",
        (
            """CREATE TABLE corrections (
                id INTEGER PRIMARY KEY,
                at REAL NOT NULL,
                who TEXT NOT NULL,
                what TEXT NOT NULL,
                target TEXT NOT NULL,
                document_id TEXT NOT NULL,
                path TEXT NOT NULL,
                article INTEGER NOT NULL,
                place TEXT NOT NULL,
                words TEXT NOT NULL,
                change TEXT NOT NULL,
                undone_at REAL,
                undone_by TEXT
            )""",
            "CREATE INDEX corrections_in_force ON corrections (undone_at, id)",
        ),
    ),
    Migration(
        3,
        "documents on their way in, and long jobs",
        (
            """CREATE TABLE drafts (
                id TEXT PRIMARY KEY,
                at REAL NOT NULL,
                who TEXT NOT NULL,
                name TEXT NOT NULL,
                given TEXT NOT NULL DEFAULT '{}',
                state TEXT NOT NULL DEFAULT 'open',
                path TEXT
            )""",
            """CREATE TABLE jobs (
                id INTEGER PRIMARY KEY,
                who TEXT NOT NULL,
                what TEXT NOT NULL,
                seat TEXT NOT NULL,
                started_at REAL NOT NULL,
                done INTEGER NOT NULL DEFAULT 0,
                total INTEGER NOT NULL DEFAULT 0,
                finished_at REAL
            )""",
        ),
    ),
    Migration(4, "whose turn it is", ("CREATE INDEX events_share ON events (state, user, not_before)",)),
    Migration(
        5,
        "what people watch for",
        (
            """CREATE TABLE watches (
                id INTEGER PRIMARY KEY,
                user TEXT NOT NULL,
                channel TEXT,
                speakers TEXT NOT NULL DEFAULT '[]',
                topic TEXT NOT NULL DEFAULT '',
                phrase TEXT NOT NULL DEFAULT '',
                rhythm TEXT NOT NULL,
                hour INTEGER NOT NULL,
                made_at REAL NOT NULL,
                told_at REAL NOT NULL DEFAULT 0
            )""",
            """CREATE TABLE watch_found (
                watch INTEGER NOT NULL,
                key TEXT NOT NULL,
                quote TEXT NOT NULL,
                document TEXT NOT NULL,
                state TEXT NOT NULL,
                batch TEXT,
                PRIMARY KEY (watch, key)
            )""",
            "CREATE INDEX watch_found_state ON watch_found (state, batch)",
            "CREATE TABLE watch_documents (sha256 TEXT PRIMARY KEY)",
        ),
    ),
)
# What goes with the questions: texts that people wrote, and the ids of those who did no act that is accounted for.
FORGET_OLD = (
    "UPDATE feedback SET question = '', reason = '', channel = NULL, user = id WHERE at <= :cutoff AND user <> id || ''",
    "UPDATE audit SET who = '' WHERE at <= :cutoff AND what LIKE 'refused:%' AND who <> ''",
    "UPDATE drafts SET who = '' WHERE at <= :cutoff AND state <> 'open' AND who <> ''",
    "UPDATE jobs SET who = '' WHERE finished_at <= :cutoff AND who <> ''",
)
# Where somebody's id stands, and what becomes of it when they ask to be forgotten.
PERSONS = {
    "events": "user",
    "feedback": "user",
    "audit": "who",
    "drafts": "who",
    "corrections": "who",
    "jobs": "who",
    "watches": "user",
}
FORGET_PERSON = {
    "events": "DELETE FROM events WHERE user = :user",
    "feedback": "DELETE FROM feedback WHERE user = :user",
    "watch_found": "DELETE FROM watch_found WHERE watch IN (SELECT id FROM watches WHERE user = :user)",
    "watches": "DELETE FROM watches WHERE user = :user",
    **{
        table: f"UPDATE {table} SET who = 'forgotten' WHERE who = :user"  # noqa: S608  # our own names
        for table in ("audit", "drafts", "corrections", "jobs")
    },
}
# Where the act that is being audited was done (a channel's id); a shell leaves it empty.
PLACE: ContextVar[str | None] = ContextVar("place", default=None)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One admin act (or an attempt): who, what, on what, when and from where."""

    id: int
    at: float
    who: str
    what: str
    target: str | None
    place: str | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's verdict on one answer; the last one given counts."""

    answer: str  # the event that was answered
    user: str
    verdict: str  # "up" or "down"
    channel: str | None = None
    reason: str = ""
    question: str = ""
    quotes: tuple[str, ...] = ()
    at: float = 0.0
    id: int = 0


@dataclass
class Records:
    """The open records.sqlite. Safe to use from several threads and several processes at once."""

    path: Path
    _kept: Kept = field(init=False)
    _writing: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        with faults(self.path):
            self._kept = Kept(self.path, lambda engine: migrate(engine, self.path))

    def close(self) -> None:
        """Let go of every connection."""
        self._kept.close()

    def keep(self) -> None:
        """See that the file is there: one that was deleted or moved away is put back with all that it held.

        Another file that lies in its place, as a backup that was restored, counts from now on.
        """
        with faults(self.path):
            self._kept.keep()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that holds the writer's lock from its start; committed at the end.

        The threads of this process wait for each other here: SQLite's own waiting knows no order, and lets some starve.
        """
        with self._writing, ExitStack() as stack:
            with faults(self.path):
                connection = self._kept.begun(stack, lambda engine: engine.begin())
            yield connection

    def rows(self, statement: str, **values: object) -> list[Mapping[str, Any]]:
        """The rows that a SELECT gives."""
        from sqlalchemy import text

        with ExitStack() as stack:
            with faults(self.path):
                connection = self._kept.begun(stack, lambda engine: engine.connect().execution_options(nq_read=True))
            return [dict(row) for row in connection.execute(text(statement), values).mappings()]

    def audit(
        self, who: str, what: str, *, target: str | None = None, place: str | None = None, **detail: object
    ) -> int:
        """Write one line of the audit log; returns its number, by which the act can be undone."""
        from sqlalchemy import text

        statement = text(
            "INSERT INTO audit (at, who, what, target, place, detail)"
            " VALUES (:at, :who, :what, :target, :place, :detail) RETURNING id"
        )
        values = {"at": time.time(), "who": who, "what": what, "target": target, "place": place or PLACE.get()}
        with self.write() as connection:
            return int(connection.execute(statement, {**values, "detail": json.dumps(detail)}).scalar_one())

    def audit_log(self, limit: int = 50, before: int | None = None) -> tuple[AuditEntry, ...]:
        """The newest lines of the audit log first; `before` pages on from a line's number."""
        rows = self.rows(
            "SELECT * FROM audit WHERE :before IS NULL OR id < :before ORDER BY id DESC LIMIT :limit",
            before=before,
            limit=limit,
        )
        return tuple(AuditEntry(**{**row, "detail": json.loads(row["detail"])}) for row in rows)

    def give_feedback(self, feedback: Feedback) -> None:
        """Keep a verdict; a second one by the same person on the same answer replaces the first."""
        from sqlalchemy import text

        statement = text(
            "INSERT INTO feedback (at, answer, user, channel, verdict, reason, question, quotes)"
            " VALUES (:at, :answer, :user, :channel, :verdict, :reason, :question, :quotes)"
            " ON CONFLICT (answer, user) DO UPDATE SET at = excluded.at, verdict = excluded.verdict,"
            " reason = excluded.reason"
        )
        values = {name: getattr(feedback, name) for name in Feedback.__slots__ if name != "id"}
        values |= {"at": feedback.at or time.time(), "quotes": json.dumps(feedback.quotes)}
        with self.write() as connection:
            connection.execute(statement, values)

    def feedback(self, verdict: str | None = None, limit: int = 50, before: int | None = None) -> tuple[Feedback, ...]:
        """Verdicts, newest first; `before` pages on from a verdict's number."""
        rows = self.rows(
            "SELECT * FROM feedback WHERE (:verdict IS NULL OR verdict = :verdict)"
            " AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit",
            verdict=verdict,
            before=before,
            limit=limit,
        )
        return tuple(Feedback(**{**row, "quotes": tuple(json.loads(row["quotes"]))}) for row in rows)

    def forget_questions(self, days: int, now: float | None = None) -> int:
        """Take out the words of questions older than `days`; how many lost theirs.

        Rows of events stay a week longer without any words, so that a late redelivery is still known for what it is.
        """
        from sqlalchemy import text

        now = time.time() if now is None else now
        cutoff = now - days * 86_400
        with self.write() as connection:
            scrubbed = connection.execute(
                text(
                    "UPDATE events SET text = '', extra = '{}', user = NULL, understood = NULL, outcome = NULL"
                    " WHERE state IN ('done', 'dropped') AND finished_at <= :cutoff AND user IS NOT NULL"
                ),
                {"cutoff": cutoff},
            ).rowcount
            connection.execute(
                text("DELETE FROM events WHERE state IN ('done', 'dropped') AND finished_at <= :old"),
                {"old": cutoff - 7 * 86_400},
            )
            for statement in FORGET_OLD:
                connection.execute(text(statement), {"cutoff": cutoff})
        return int(scrubbed)

    def of_person(self, user: str) -> dict[str, list[dict[str, Any]]]:
        """Everything that is kept under somebody's id, table by table."""
        return {
            table: [dict(row) for row in self.rows(f"SELECT * FROM {table} WHERE {column} = :user", user=user)]  # noqa: S608  # our own names
            for table, column in PERSONS.items()
        }

    def forget_person(self, user: str) -> dict[str, int]:
        """Take out whatever is kept under somebody's id; how many rows of each table that touched.

        What they asked and said of answers is deleted. Acts that changed what everybody is answered from stay, without
        their id.
        """
        from sqlalchemy import text

        touched: dict[str, int] = {}
        with self.write() as connection:
            for table, statement in FORGET_PERSON.items():
                touched[table] = int(connection.execute(text(statement), {"user": user}).rowcount)
        return touched

    def forget_everything_asked(self) -> None:
        """Delete all questions, verdicts and watches, as when the app is uninstalled; the audit log stays."""
        from sqlalchemy import text

        with self.write() as connection:
            for table in ("events", "feedback", "watch_found", "watches"):
                connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608  # our own names

    def change(self, statement: str, **values: object) -> int:
        """Carry out one statement that writes; how many rows it touched."""
        from sqlalchemy import text

        with self.write() as connection:
            return int(connection.execute(text(statement), values).rowcount)


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn what keeps the records from being opened into a sentence that says what to do."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise records_fault(path, str(error.orig if isinstance(error, DBAPIError) else error)) from error
    except OSError as error:
        raise records_fault(path, f"unable to open: {error.strerror}") from error


def migrate(engine: Engine, path: Path) -> None:
    """Bring the schema up to date, one transaction a step. Raises ConfigurationError on a schema it does not know."""
    from sqlalchemy import text

    with engine.begin() as connection:
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT, sha256 TEXT, at REAL)")
        )
        applied = {int(n): str(s) for n, s in connection.execute(text("SELECT number, sha256 FROM migrations"))}
    known = {step.number: step.sha256 for step in MIGRATIONS}
    strange = [number for number, sha256 in applied.items() if known.get(number) != sha256]
    if strange:
        raise ConfigurationError(
            f"{path} was written by another version of NATO Quotes (step {min(strange)} of its schema is not"
            " known here). Install that version or a later one; the file is left as it is."
        )
    for step in MIGRATIONS:
        if step.number not in applied:
            _apply(engine, step)


def _apply(engine: Engine, step: Migration) -> None:
    from sqlalchemy import text

    with engine.begin() as connection:
        # Another process may have done it since we looked.
        if connection.execute(text("SELECT 1 FROM migrations WHERE number = :n"), {"n": step.number}).first():
            return
        for statement in step.statements:
            connection.execute(text(statement))
        connection.execute(
            text("INSERT INTO migrations VALUES (:number, :name, :sha256, :at)"),
            {"number": step.number, "name": step.name, "sha256": step.sha256, "at": time.time()},
        )
