"""What people watch for, over records.sqlite: whose words or which phrase, where news of it goes, and what is known of already.

A statement is known by its words and its speaker, and a document by its bytes: neither a restart nor a new index, a renamed
or a repeated document makes news of what was there before.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from retrieval.model import Document, Quote
from retrieval.records import Records
from retrieval.terms import fold, tokens

Rhythm = Literal["at once", "daily", "weekly"]
EACH, PLACE_TAKES = 20, 20  # watches that one person, and one channel, may have


@dataclass(frozen=True, slots=True)
class Watch:
    """What somebody watches for. `channel` is None where the news goes to them alone."""

    id: int
    user: str
    channel: str | None
    speakers: tuple[tuple[str | None, str], ...]  # ids and names
    topic: str
    phrase: str
    rhythm: Rhythm
    hour: int
    made_at: float
    told_at: float

    @property
    def heading(self) -> str:
        """What is watched for, in words."""
        who = ", ".join(name for _, name in self.speakers)
        return f"“{self.phrase}”" if self.phrase else f"{who} on {self.topic}" if self.topic else who

    def fits(self, quote: Quote, words: str) -> bool:
        """Whether a statement is one that is watched for, the topic left aside."""
        if self.phrase:
            return f" {folded(self.phrase)} " in f" {folded(words)} "
        said = quote.speaker
        return said is not None and any(
            said.id == known and (known is not None or fold(name) == fold(said.name)) for known, name in self.speakers
        )

    def is_due(self, now: float, zone: ZoneInfo) -> bool:
        """Whether a digest is due: its hour has come since the last one."""
        at = datetime.fromtimestamp(now, zone)
        last = at.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        last -= timedelta(days=1) if last > at else timedelta()
        if self.rhythm == "weekly":
            last -= timedelta(days=last.weekday())
        return self.rhythm == "at once" or max(self.told_at, self.made_at) < last.timestamp()


def folded(text: str) -> str:
    """The words of a text as they are compared: neither case, marks nor spaces count."""
    return " ".join(fold(word) for word in tokens(text))


def key_of(quote: Quote, words: str) -> str:
    """What a statement is known by, wherever it stands."""
    speaker = fold(quote.speaker.name) if quote.speaker else ""
    return hashlib.sha256(f"{folded(words)}|{speaker}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Watches:
    """The watches, and what each has told or has yet to tell."""

    records: Records

    def add(self, made: Watch, known: Iterable[str]) -> int | None:
        """Keep a watch and what is known to it from the start; its number, None where it is there already."""
        from sqlalchemy import text

        speakers = json.dumps(made.speakers, ensure_ascii=False)
        if any(
            (w.speakers, w.topic, w.phrase) == (made.speakers, made.topic, made.phrase)
            for w in self.of_place(made.user, made.channel)
        ):
            return None
        with self.records.write() as connection:
            number = connection.execute(
                text(
                    "INSERT INTO watches (user, channel, speakers, topic, phrase, rhythm, hour, made_at)"
                    " VALUES (:user, :channel, :speakers, :topic, :phrase, :rhythm, :hour, :now) RETURNING id"
                ),
                {"user": made.user, "channel": made.channel, "speakers": speakers, "topic": made.topic,
                 "phrase": made.phrase, "rhythm": made.rhythm, "hour": made.hour, "now": time.time()},
            ).scalar_one()  # fmt: skip
            rows = [{"watch": number, "key": key, "quote": "", "document": "", "state": "known"} for key in set(known)]
            if rows:
                connection.execute(text(_FOUND), rows)
        return int(number)

    def active(self) -> tuple[Watch, ...]:
        """Every watch that has not ended, the oldest first."""
        return tuple(_watch(row) for row in self.records.rows("SELECT * FROM watches ORDER BY id"))

    def of_place(self, user: str, channel: str | None) -> tuple[Watch, ...]:
        """The watches of a channel, or somebody's own."""
        return tuple(
            w for w in self.active() if (w.channel == channel if channel else w.user == user and not w.channel)
        )

    def get(self, number: int) -> Watch | None:
        """A watch by its number; None when it has ended."""
        return next((w for w in self.active() if w.id == number), None)

    def end(self, number: int) -> None:
        """Watch no more, and forget what was told."""
        self.records.change("DELETE FROM watch_found WHERE watch = :id", id=number)
        self.records.change("DELETE FROM watches WHERE id = :id", id=number)

    def unseen(self, documents: Sequence[Document]) -> tuple[Document, ...]:
        """Those of the documents that were not looked at before; of a first index none is news."""
        known = {str(row["sha256"]) for row in self.records.rows("SELECT sha256 FROM watch_documents")}
        if not known:
            self.looked_at(documents, ())
            return ()
        return tuple(d for d in documents if _content(d) not in known)

    def looked_at(self, documents: Sequence[Document], found: Sequence[tuple[int, str, str, str]]) -> None:
        """Note in one step that documents were looked at, and what was found in them: (watch, key, quote, document)."""
        from sqlalchemy import text

        seen = [{"sha256": _content(d)} for d in documents]
        rows = [
            {"watch": w, "key": key, "quote": quote, "document": document, "state": "waiting"}
            for w, key, quote, document in found
        ]
        with self.records.write() as connection:
            if rows:
                connection.execute(text(_FOUND), rows)
            if seen:
                connection.execute(
                    text("INSERT INTO watch_documents (sha256) VALUES (:sha256) ON CONFLICT DO NOTHING"), seen
                )

    def gather(self, watch: Watch, batch: str) -> None:
        """Put what waits to be told into one batch."""
        self.records.change(
            "UPDATE watch_found SET batch = :batch WHERE watch = :id AND state = 'waiting' AND batch IS NULL",
            batch=batch,
            id=watch.id,
        )

    def waits(self, watch: Watch) -> bool:
        """Whether anything waits that is in no batch yet."""
        waiting = "SELECT 1 FROM watch_found WHERE watch = :id AND state = 'waiting' AND batch IS NULL LIMIT 1"
        return bool(self.records.rows(waiting, id=watch.id))

    def untold(self) -> tuple[tuple[int, str], ...]:
        """The batches that have not been told: (watch, batch)."""
        rows = self.records.rows(
            "SELECT DISTINCT watch, batch FROM watch_found WHERE state = 'waiting' AND batch IS NOT NULL"
        )
        return tuple((int(row["watch"]), str(row["batch"])) for row in rows)

    def in_batch(self, batch: str) -> tuple[tuple[str, str], ...]:
        """The statements of a batch: (quote, document)."""
        rows = self.records.rows(
            "SELECT quote, document FROM watch_found WHERE batch = :batch ORDER BY rowid", batch=batch
        )
        return tuple((str(row["quote"]), str(row["document"])) for row in rows)

    def told(self, number: int, batch: str) -> None:
        """A batch has been told, and is never told again."""
        self.records.change("UPDATE watch_found SET state = 'known' WHERE batch = :batch", batch=batch)
        self.records.change("UPDATE watches SET told_at = :now WHERE id = :id", now=time.time(), id=number)


_FOUND = (
    "INSERT INTO watch_found (watch, key, quote, document, state) VALUES (:watch, :key, :quote, :document, :state)"
    " ON CONFLICT DO NOTHING"
)


def _content(document: Document) -> str:
    return f"{document.sha256}:{document.article}"


def _watch(row: Mapping[str, Any]) -> Watch:
    speakers = tuple((one[0], str(one[1])) for one in json.loads(row["speakers"]))
    names = ("id", "user", "channel", "topic", "phrase", "rhythm", "hour", "made_at", "told_at")
    return Watch(speakers=speakers, **{name: row[name] for name in names})
