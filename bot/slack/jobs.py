"""Long jobs, one at a time over all processes: who is at what, and how far."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.slack.inbox import Inbox, is_taken
from retrieval.errors import IndexBusy


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the records have it."""

    id: int
    who: str
    what: str
    seat: str
    started_at: float
    done: int
    total: int


class JobRunning(IndexBusy):
    """Somebody is at it already; `job` says who, and how far."""

    def __init__(self, job: Job) -> None:
        far = f", {job.done} of {job.total} files so far" if job.total else ""
        minutes = max(0, round((time.time() - job.started_at) / 60))
        since = "just now" if minutes == 0 else f"{minutes} min ago"
        super().__init__(f"is {job.what} (since {since}{far}). Please try again when that is done.")
        self.job = job


def running(inbox: Inbox) -> Job | None:
    """The job that is running; one whose process has died is no longer."""
    columns = "id, who, what, seat, started_at, done, total"
    for row in inbox.records.rows(f"SELECT {columns} FROM jobs WHERE finished_at IS NULL ORDER BY id DESC"):  # noqa: S608  # our own columns
        if row["seat"] == inbox.seat.name or is_taken(inbox.seats, row["seat"]):
            return Job(**row)
        finish(inbox, row["id"])
    return None


@contextmanager
def working(inbox: Inbox, who: str, what: str) -> Iterator[int]:
    """The number of a job that is running inside. Raises JobRunning while another one is."""
    from sqlalchemy import text

    other = running(inbox)
    if other is not None:
        raise JobRunning(other)
    statement = text(
        "INSERT INTO jobs (who, what, seat, started_at) SELECT :who, :what, :seat, :now"
        " WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE finished_at IS NULL) RETURNING id"
    )
    values = {"who": who, "what": what, "seat": inbox.seat.name, "now": time.time()}
    with inbox.records.write() as connection:
        number = connection.execute(statement, values).scalar_one_or_none()
    if number is None:  # somebody was faster
        found = running(inbox)
        raise JobRunning(found or Job(0, who, what, "", time.time(), 0, 0))
    try:
        yield int(number)
    finally:
        finish(inbox, int(number))


def far(inbox: Inbox, number: int, done: int, total: int) -> None:
    """Note how far a job is."""
    inbox.records.change(
        "UPDATE jobs SET done = :done, total = :total WHERE id = :id", done=done, total=total, id=number
    )


def finish(inbox: Inbox, number: int) -> None:
    """Note that a job has ended, by itself or with its process."""
    inbox.records.change("UPDATE jobs SET finished_at = :now WHERE id = :id", now=time.time(), id=number)
