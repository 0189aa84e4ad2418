"""The inbox: whatever was asked in Slack is one row before it is acked, and stays until it is answered.

Several processes may share one inbox. Whoever takes an event holds it as long as its process lives: a claim names a
seat, and a seat is a file lock, which the kernel lets go of however the process dies.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from bot.slack.shares import Turns, Waiting
from bot.slack.slips import Slips
from retrieval.records import Records
from retrieval.storing import private

KEEP_TRYING_SECONDS = 24 * 3600
LONGEST_PAUSE = 300.0
# Of each person the oldest event that is due, how many wait and since when, and how many of theirs are being worked on.
WAITING = """
    SELECT coalesce(user, '') AS who, min(id) AS oldest, count(*) AS number, min(received_at) AS since,
        (SELECT count(*) FROM events AS held WHERE held.state = 'working' AND held.user IS events.user) AS working
    FROM events WHERE state = 'waiting' AND not_before <= :now GROUP BY user"""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody asked of the bot."""

    event: str  # unique; the same however often Slack delivers it
    kind: str
    user: str
    text: str = ""
    channel: str | None = None
    ts: str | None = None  # of the message that asked, if a message did
    thread: str | None = None  # where the reply belongs
    extra: Mapping[str, Any] = field(default_factory=dict)
    received_at: float = 0.0
    id: int = 0
    attempts: int = 0
    may_be_posted: bool = False  # an earlier try was under way: look for the reply before posting one
    reply: str | None = None  # the ts of the reply, where an earlier try has heard it from Slack


class Seat:
    """A place at the inbox: a locked file whose lock ends with the process."""

    def __init__(self, folder: Path) -> None:
        self.name = uuid.uuid4().hex
        self._path = folder / f"{self.name}.lock"
        self._file = self._taken()

    def keep(self) -> None:
        """Take the seat again when its file was deleted, so that nobody takes what this process holds for a dead one's."""
        if not self._path.exists():
            gone, self._file = self._file, self._taken()
            gone.close()

    def _taken(self) -> IO[str]:
        private.make(self._path.parent)
        # Locked before it gets its name, so that nobody ever sees it unlocked while it is in use.
        fresh = self._path.with_suffix(".new")
        fresh.touch(mode=0o600)
        file = fresh.open("w")
        _lock(file)
        fresh.rename(self._path)
        return file

    def leave(self) -> None:
        """Give the seat up: what it still holds is free for others."""
        self._path.unlink(missing_ok=True)
        self._file.close()


def is_taken(folder: Path, seat: str) -> bool:
    """Whether the process that took `seat` is still alive; a dead one's file is swept."""
    path = folder / f"{seat}.lock"
    try:
        with path.open("r+") as file:
            _lock(file)
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _lock(file: IO[str]) -> None:
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass
class Inbox:
    """Events waiting to be worked, over records.sqlite."""

    records: Records
    seats: Path
    seat: Seat = field(init=False)
    turns: Turns = field(default_factory=Turns)
    slips: Slips = field(init=False)

    def __post_init__(self) -> None:
        self.seat = Seat(self.seats)
        self.slips = Slips(self.records)

    def put(self, event: Event) -> bool:
        """Write the event down; False when it was there already (delivered again)."""
        return self.slips.put(_values(event))

    def take(self) -> Event | None:
        """The event whose asker's turn it is, now held by this seat; None when none is due."""
        due = "SELECT 1 FROM events WHERE state = 'waiting' AND not_before <= :now LIMIT 1"
        if not self.records.rows(due, now=time.time()):  # a look costs no writer's lock
            return None
        from sqlalchemy import text

        with self.records.write() as connection:
            rows = connection.execute(text(WAITING), {"now": time.time()}).mappings()
            chosen = self.turns.next(
                Waiting(row["who"], row["oldest"], row["working"], row["number"], row["since"]) for row in rows
            )
            if chosen is None:
                return None
            taken = connection.execute(
                text(
                    "UPDATE events SET state = 'working', claimed_by = :seat, attempts = attempts + 1 WHERE id = :id"
                    " RETURNING *"
                ),
                {"seat": self.seat.name, "id": chosen.oldest},
            )
            return _event(dict(taken.mappings().one()))

    def posting(self, event: Event) -> None:
        """Note that a reply is about to be posted: from now on a crash leaves it open whether it was."""
        self._change("UPDATE events SET posting_at = :now WHERE id = :id", now=time.time(), id=event.id)

    def replied(self, event: Event, ts: str) -> None:
        """Note the reply as soon as Slack has given its ts: whatever happens from now on, it is known without asking Slack."""
        self._change("UPDATE events SET reply_ts = :ts WHERE id = :id", ts=ts, id=event.id)

    def done(
        self, event: Event, *, outcome: str, reply_ts: str | None = None, understood: Mapping[str, Any] | None = None
    ) -> None:
        """The event is finished with; `understood` is kept for follow-ups in the thread."""
        self._change(
            "UPDATE events SET state = 'done', claimed_by = NULL, finished_at = :now, outcome = :outcome,"
            " reply_ts = coalesce(:reply_ts, reply_ts), understood = :understood WHERE id = :id",
            now=time.time(),
            outcome=outcome,
            reply_ts=reply_ts,
            understood=None if understood is None else json.dumps(understood),
            id=event.id,
        )

    def again(self, event: Event, *, seconds: float | None = None, posted: bool) -> bool:
        """Put the event back for a later try; False when it has been tried for a whole day and is dropped.

        `posted` says whether this try may have posted its reply without our hearing of it.
        """
        pause = min(LONGEST_PAUSE, 2.0 ** min(event.attempts, 10) / 2) if seconds is None else seconds
        now = time.time()
        dropped = now - event.received_at > KEEP_TRYING_SECONDS
        self._change(
            "UPDATE events SET state = :state, claimed_by = NULL, not_before = :due, finished_at = :finished,"
            " posting_at = CASE WHEN :posted THEN posting_at ELSE NULL END WHERE id = :id",
            state="dropped" if dropped else "waiting",
            due=now + pause,
            finished=now if dropped else None,
            posted=posted,
            id=event.id,
        )
        return not dropped

    def free_the_dead(self) -> int:
        """Put back what processes that died were holding; how many events that were."""
        self.seat.keep()
        holders = self.records.rows("SELECT DISTINCT claimed_by AS seat FROM events WHERE state = 'working'")
        dead = [
            row["seat"] for row in holders if row["seat"] != self.seat.name and not is_taken(self.seats, row["seat"])
        ]
        return sum(
            self._change(
                "UPDATE events SET state = 'waiting', claimed_by = NULL WHERE state = 'working' AND claimed_by = :seat",
                seat=seat,
            )
            for seat in dead
        )

    def waiting(self) -> int:
        """How many events wait or are being worked on."""
        return sum(self.waiting_of_each().values())

    def waiting_of_each(self) -> dict[str, int]:
        """How many events of each person wait or are being worked on."""
        rows = self.records.rows(
            "SELECT coalesce(user, '') AS who, count(*) AS number FROM events WHERE state IN ('waiting', 'working')"
            " GROUP BY who"
        )
        return {str(row["who"]): int(row["number"]) for row in rows}

    def has(self, event: Event) -> bool:
        """Whether the event was received before."""
        known = (
            "SELECT 1 FROM events WHERE event = :event OR (ts IS NOT NULL AND channel = :channel AND ts = :ts) LIMIT 1"
        )
        return bool(self.records.rows(known, event=event.event, channel=event.channel, ts=event.ts))

    def asked(self, event: str) -> str | None:
        """The words of a question that is still kept; None when they are gone."""
        rows = self.records.rows("SELECT text FROM events WHERE event = :event AND text <> ''", event=event)
        return str(rows[0]["text"]) if rows else None

    def understood_in(self, channel: str, thread: str) -> Mapping[str, Any] | None:
        """What was understood of the latest question in a thread that was answered; None when there is none."""
        rows = self.records.rows(
            "SELECT understood FROM events WHERE channel = :channel AND thread = :thread AND understood IS NOT NULL"
            " ORDER BY id DESC LIMIT 1",
            channel=channel,
            thread=thread,
        )
        return json.loads(rows[0]["understood"]) if rows else None

    def direct_before(self, event: Event, seconds: float, most: int = 3) -> list[tuple[str, Mapping[str, Any] | None]]:
        """The threads of the latest direct messages before `event` in its channel, not longer ago than `seconds`, newest first.

        Each with what was understood of it; None where it is not written down yet, or was no question.
        """
        rows = self.records.rows(
            "SELECT thread, understood FROM events WHERE channel = :channel AND kind = 'dm' AND event != :event"
            " AND received_at >= :since ORDER BY id DESC LIMIT :most",
            channel=event.channel,
            event=event.event,
            since=event.received_at - seconds,
            most=most,
        )
        return [(row["thread"], json.loads(row["understood"]) if row["understood"] else None) for row in rows]

    def said_before(self, event: Event, seconds: float, skip: Callable[[str], bool], most: int = 5) -> str:
        """The words of the latest direct message before `event` in its channel that `skip` does not pass over; empty for none."""
        rows = self.records.rows(
            "SELECT text, extra FROM events WHERE channel = :channel AND kind = 'dm' AND id < :id"
            " AND received_at >= :since ORDER BY id DESC LIMIT :most",
            channel=event.channel,
            id=event.id,
            since=event.received_at - seconds,
            most=most,
        )
        texts = (f"{row['text']}\n\n{json.loads(row['extra']).get('forwarded', '')}".strip() for row in rows)
        return next((text for text in texts if not skip(text)), "")

    def answered_in(self, channel: str, thread: str) -> bool:
        """Whether the bot has answered a question in this thread, or is just about to."""
        return bool(
            self.records.rows(
                "SELECT 1 FROM events WHERE channel = :channel AND thread = :thread"
                " AND (reply_ts IS NOT NULL OR posting_at IS NOT NULL) LIMIT 1",
                channel=channel,
                thread=thread,
            )
        )

    def leave(self) -> None:
        """Give up the seat; what it holds is worked off by another process or after the next start."""
        self.seat.leave()

    def _change(self, statement: str, **values: object) -> int:
        from sqlalchemy import text

        with self.records.write() as connection:
            return int(connection.execute(text(statement), values).rowcount)


def _values(event: Event) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in ("event", "kind", "user", "channel", "ts", "thread")}
    # SQLite takes no lone surrogates; Slack sends none, a forged request might.
    values["text"] = event.text.encode("utf-8", "replace").decode("utf-8")
    return values | {"extra": json.dumps(event.extra), "received_at": event.received_at or time.time()}


def _event(row: Mapping[str, Any]) -> Event:
    names = ("event", "kind", "channel", "ts", "thread", "text", "received_at", "id", "attempts")
    return Event(
        **{name: row[name] for name in names},
        user=row["user"] or "",
        extra=json.loads(row["extra"]),
        may_be_posted=row["posting_at"] is not None,
        reply=row["reply_ts"],
    )
