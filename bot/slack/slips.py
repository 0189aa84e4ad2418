"""Writing events down many at a time: what takes time is the disk's word that it has them, and one word does for all.

Whoever comes while another one writes waits, and is written together with everybody else who waits by then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Condition
from typing import TYPE_CHECKING, Any

from retrieval.records import Records

if TYPE_CHECKING:
    from sqlalchemy import Connection

INSERT = (
    "INSERT INTO events (event, kind, channel, ts, thread, user, text, extra, received_at)"
    " VALUES (:event, :kind, :channel, :ts, :thread, :user, :text, :extra, :received_at)"
    " ON CONFLICT DO NOTHING"
)
CROWD = 8
# What SQLite says of a value that it takes nowhere: that is the event's trouble, the rest is the disk's.
UNFIT = (sqlite3.InterfaceError, sqlite3.ProgrammingError)


@dataclass
class Slip:
    """An event on its way into the inbox, and what became of it."""

    values: Mapping[str, Any]
    new: bool = False
    done: bool = False
    error: Exception | None = None

    def insert(self, connection: Connection) -> None:
        """Write it down inside a transaction."""
        from sqlalchemy import text
        from sqlalchemy.exc import StatementError

        try:
            self.new = connection.execute(text(INSERT), self.values).rowcount == 1
        except (UnicodeError, OverflowError) as error:
            self.error = error
        except StatementError as error:
            if isinstance(error.orig, sqlite3.Error) and not isinstance(error.orig, UNFIT):
                raise
            self.error = TypeError(str(error.orig))


@dataclass
class Slips:
    """Events that wait to be written down."""

    records: Records
    _waiting: list[Slip] = field(default_factory=list)
    _writing: bool = False
    _changed: Condition = field(default_factory=Condition)

    def crowded(self) -> bool:
        """Whether so many wait that everything else had better give way: an ack has three seconds, an answer more."""
        return len(self._waiting) >= CROWD

    def put(self, values: Mapping[str, Any]) -> bool:
        """Write an event down, and come back when the disk has it; False when it was there already."""
        mine = Slip(values)
        if slips := self._turn(mine):
            self._write(slips)
        if mine.error is not None:
            raise mine.error
        return mine.new

    def _turn(self, mine: Slip) -> list[Slip]:
        """What this thread is to write, its own among it; nothing when another one has written that."""
        with self._changed:
            self._waiting.append(mine)
            while self._writing and not mine.done:
                self._changed.wait()
            if mine.done:
                return []
            self._writing, slips, self._waiting = True, self._waiting, []
            return slips

    def _write(self, slips: list[Slip]) -> None:
        """Write these in one transaction; one that cannot be written is its own trouble, and nobody else's."""
        try:
            with self.records.write() as connection:
                for slip in slips:
                    slip.insert(connection)
        except Exception as error:  # noqa: BLE001  # each raises it where it is waited for
            for slip in slips:
                slip.error = slip.error or error
        finally:
            with self._changed:
                for slip in slips:
                    slip.done = True
                self._writing = False
                self._changed.notify_all()
