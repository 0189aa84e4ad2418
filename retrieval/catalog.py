"""The catalog: what the index knows, read side. `changes` holds the one transaction that alters it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    bindparam,
    distinct,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)

from retrieval import rows, tables
from retrieval.chunks import Window
from retrieval.errors import IndexMissing
from retrieval.full_text import match_any, quoted
from retrieval.model import Audience, Document, Failure, Passage, Quote, Skipped
from retrieval.tables import documents, facts, faults, files, full_text, passages, quotes, skipped, windows

if TYPE_CHECKING:
    import numpy.typing as npt

    from retrieval.changes import Changes

Owners = Literal["quotes", "passages"]
MANY = 900  # SQLite takes at most so many values in one statement, to be safe with old builds


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """Somebody who is quoted, every spelling of the name that was seen, and how often."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    quotes: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an audience may see."""

    documents: int = 0
    quotes: int = 0
    passages: int = 0
    speakers: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """What the last index run left: by which model and pipeline, when, and what it could not take."""

    corpus: str | None = None
    model: str | None = None
    pipeline: str | None = None
    last_index: str | None = None  # ISO 8601, UTC
    failed: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class Catalog:
    """index.sqlite. Safe to use from many threads; other processes may read and write it at the same time.

    Each read sees one committed state. Reads that belong together (all of one question) go into `with snapshot():`,
    so that they all see the same state however much is committed meanwhile.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        if not create and not path.is_file():
            raise IndexMissing("Nothing has been indexed yet; run: nato-quote index")
        with faults(path):
            if create:
                tables.make_folder(path.parent)
            self.engine = tables.open_engine(path)
            if create:
                tables.create(self.engine)
        self._local = threading.local()
        self._readers = _Readers()
        with self.reading() as connection:
            if tables.version(connection) != tables.SCHEMA:
                raise IndexMissing(f"The index {path} was made by another version; run: nato-quote index --rebuild")

    def close(self) -> None:
        """Give all connections back; the catalog can no longer be used."""
        self.engine.dispose()

    # --- connections

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
        with self._readers.one(), faults(self.path), self.engine.connect() as connection:
            tables.version(connection)  # the first read is what fixes the state
            self._local.connection = connection
            try:
                yield
            finally:
                self._local.connection = None

    def wait_for_readers(self, seconds: float) -> bool:
        """Wait until every snapshot of this process that is open now has ended; whether that was in time."""
        return self._readers.wait(seconds)

    # --- documents

    def document(self, document_id: str) -> Document | None:
        """A document by its id, its text included."""
        found = self._rows(select(documents).where(documents.c.id == document_id))
        return rows.document_of(found[0]) if found else None

    def documents(self, audience: Audience) -> tuple[Document, ...]:
        """All documents that the audience may see, in the order of their paths."""
        query = select(documents).where(_seen(audience)).order_by(documents.c.path, documents.c.article)
        return tuple(rows.document_of(row) for row in self._rows(query))

    def duplicates(self, document_ids: Sequence[str]) -> dict[str, str]:
        """For each document that is near-identical to one that stands for it: the id of that one."""
        links = {
            row["id"]: row["duplicate_of"]
            for row in self._rows(
                select(documents.c.id, documents.c.duplicate_of).where(documents.c.duplicate_of.is_not(None))
            )
        }
        found = {}
        for identifier in document_ids:
            root, passed = identifier, {identifier}
            while (root := links.get(root, root)) not in passed:
                passed.add(root)
            if root != identifier:
                found[identifier] = root
        return found

    # --- quotes and passages

    def quote(self, quote_id: str) -> Quote | None:
        return self.quotes([quote_id]).get(quote_id)

    def quotes(self, ids: Sequence[str]) -> dict[str, Quote]:
        """The quotes with these ids, without those that an admin has hidden."""
        found = self._by_ids(select(quotes).where(~quotes.c.hidden), quotes.c.id, ids)
        return {row["id"]: rows.quote_of(row) for row in found}

    def quotes_of(self, document_id: str) -> tuple[Quote, ...]:
        """A document's quotes in the order in which they stand."""
        query = select(quotes).where(quotes.c.document_id == document_id, ~quotes.c.hidden)
        return tuple(rows.quote_of(row) for row in self._rows(query.order_by(quotes.c.start, quotes.c.end)))

    def quotes_by(self, speaker_ids: Sequence[str], audience: Audience) -> tuple[Quote, ...]:
        """All quotes credited to any of these speakers."""
        query = select(quotes).join(documents).where(~quotes.c.hidden, _seen(audience))
        found = self._by_ids(query, quotes.c.speaker_id, speaker_ids)
        return tuple(sorted((rows.quote_of(row) for row in found), key=lambda q: (q.document_id, q.extent)))

    def quote_counts(self) -> dict[str, int]:
        """How many quotes each document has."""
        query = select(quotes.c.document_id, func.count().label("n")).where(~quotes.c.hidden)
        return {row["document_id"]: row["n"] for row in self._rows(query.group_by(quotes.c.document_id))}

    def passage(self, passage_id: str) -> Passage | None:
        return self.passages([passage_id]).get(passage_id)

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages with these ids, without those that hold words of a hidden quote."""
        found = self._by_ids(select(passages).where(~passages.c.hidden), passages.c.id, ids)
        return {row["id"]: rows.passage_of(row) for row in found}

    # --- windows

    def windows(self, ids: Sequence[str]) -> dict[str, Window]:
        """The windows with these ids; what the catalog does not know is left out."""
        return {row["id"]: rows.window_of(row) for row in self._by_ids(select(windows), windows.c.id, ids)}

    def windows_of(self, owners: Sequence[str]) -> tuple[Window, ...]:
        """All windows of these quotes and passages."""
        return tuple(rows.window_of(row) for row in self._by_ids(select(windows), windows.c.owner, owners))

    def windows_of_documents(self, document_ids: Sequence[str]) -> tuple[Window, ...]:
        """All windows of these documents."""
        return tuple(rows.window_of(row) for row in self._by_ids(select(windows), windows.c.document_id, document_ids))

    def search(
        self,
        words: Sequence[str],
        audience: Audience,
        *,
        speaker_ids: Sequence[str] | None = None,
        owners: Owners | None = None,
        limit: int = 50,
    ) -> tuple[tuple[str, float], ...]:
        """The windows that hold any of the words, best first, each with its BM25 score (higher is better)."""
        expression = match_any(words)
        if not expression:
            return ()
        score = (-func.bm25(literal_column("full_text"))).label("score")
        query = _windows(_matching(select(windows.c.id, score), expression), audience, speaker_ids, owners)
        found = self._rows(query.order_by(score.desc(), windows.c.id).limit(limit))
        return tuple((row["id"], float(row["score"])) for row in found)

    def document_frequency(self, words: Sequence[str], audience: Audience | None = None) -> dict[str, int]:
        """In how many windows each word occurs, in any of its forms."""
        with self.reading() as connection:
            return {
                word: int(
                    connection.execute(_windows(_matching(select(func.count()), quoted(word)), audience)).scalar_one()
                )
                for word in dict.fromkeys(words)
                if any(c.isalnum() for c in word)
            }

    def size(self, audience: Audience | None = None) -> int:
        """How many windows there are."""
        with self.reading() as connection:
            return int(connection.execute(_windows(select(func.count()).select_from(windows), audience)).scalar_one())

    def vectors(self, window_ids: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
        """The windows' vectors, as they were embedded."""
        found = self._by_ids(select(windows.c.id, windows.c.vector), windows.c.id, window_ids)
        return {row["id"]: np.frombuffer(row["vector"], dtype=np.float32) for row in found}

    def all_vectors(self) -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
        """Every window's id and, in the same order, its vector as a row."""
        found = self._rows(select(windows.c.id, windows.c.vector).order_by(windows.c.number))
        if not found:
            return (), np.empty((0, 0), dtype=np.float32)
        return tuple(row["id"] for row in found), _matrix(found)

    def shown(self, window_ids: Sequence[str]) -> frozenset[str]:
        """Those of the windows that the catalog knows and that are not hidden."""
        return frozenset(
            row["id"] for row in self._by_ids(_windows(select(windows.c.id), None), windows.c.id, window_ids)
        )

    def nearest(
        self,
        vector: npt.NDArray[np.float32],
        k: int,
        audience: Audience,
        *,
        speaker_ids: Sequence[str] | None = None,
        owners: Owners | None = None,
    ) -> tuple[tuple[str, float], ...]:
        """The windows nearest to a vector by exact cosine: for a speaker's windows faster than a filtered graph search."""
        query = _windows(select(windows.c.id, windows.c.vector), audience, speaker_ids, owners)
        found = self._rows(query.order_by(windows.c.number))
        if not found:
            return ()
        scores = _matrix(found) @ np.asarray(vector, dtype=np.float32)
        best = np.argsort(-scores, kind="stable")[:k]
        return tuple((found[i]["id"], float(scores[i])) for i in best)

    # --- speakers, counts, status

    def speakers(self, audience: Audience) -> tuple[SpeakerCount, ...]:
        """Everybody who is quoted, most quoted first."""
        query = (
            select(quotes.c.speaker_id, quotes.c.speaker_name, quotes.c.speaker_type, func.count().label("n"))
            .join(documents)
            .where(quotes.c.speaker_id.is_not(None), ~quotes.c.hidden, _seen(audience))
            .group_by(quotes.c.speaker_id, quotes.c.speaker_name, quotes.c.speaker_type)
            .order_by(func.count().desc(), quotes.c.speaker_name)
        )
        seen: dict[str, list[RowMapping]] = {}
        for row in self._rows(query):
            seen.setdefault(row["speaker_id"], []).append(row)
        found = (
            SpeakerCount(
                key,
                of[0]["speaker_name"],
                of[0]["speaker_type"],
                tuple(r["speaker_name"] for r in of),
                sum(r["n"] for r in of),
            )
            for key, of in seen.items()
        )
        return tuple(sorted(found, key=lambda s: (-s.quotes, s.name)))

    def counts(self, audience: Audience) -> Counts:
        """How many documents, quotes, passages and speakers the audience may see."""
        shown = _seen(audience)
        of_quotes = select(func.count(), func.count(distinct(quotes.c.speaker_id))).select_from(quotes).join(documents)
        of_passages = select(func.count()).select_from(passages).join(documents)
        with self.snapshot(), self.reading() as connection:
            number, speakers = connection.execute(of_quotes.where(~quotes.c.hidden, shown)).one()
            return Counts(
                documents=connection.execute(select(func.count()).select_from(documents).where(shown)).scalar_one(),
                quotes=number,
                passages=connection.execute(of_passages.where(~passages.c.hidden, shown)).scalar_one(),
                speakers=speakers,
            )

    def status(self) -> Status:
        """What the last index run left."""
        known = self.facts()
        return Status(
            corpus=known.get("corpus"),
            model=known.get("model"),
            pipeline=known.get("pipeline"),
            last_index=known.get("last_index"),
            failed=tuple(
                Failure(row["path"], row["error"])
                for row in self._rows(select(files).where(files.c.error.is_not(None)).order_by(files.c.path))
            ),
            skipped=tuple(
                Skipped(row["path"], row["reason"]) for row in self._rows(select(skipped).order_by(skipped.c.path))
            ),
        )

    def facts(self) -> dict[str, Any]:
        """What the index remembers about itself: corpus, model, pipeline, collection, last_index …"""
        return {row["name"]: row["value"] for row in self._rows(select(facts))}

    def generation(self) -> int:
        """A number that changes with every change of the content."""
        return int(self.facts().get("generation", 0))

    # --- writing

    def apply(self, changes: Changes) -> None:
        """Carry out all the changes in one transaction: readers see everything before it or everything after it."""
        from retrieval.changes import apply

        with faults(self.path), self.engine.connect().execution_options(writes=True) as connection:
            apply(connection, changes)
            connection.commit()

    # --- helpers

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


def _matrix(found: Sequence[RowMapping]) -> npt.NDArray[np.float32]:
    return np.frombuffer(b"".join(row["vector"] for row in found), dtype=np.float32).reshape(len(found), -1)


def _matching(query: Select[Any], expression: str) -> Select[Any]:
    """A query over the windows whose text matches; the full text is searched first, and leads to the windows."""
    joined = full_text.join(windows, windows.c.number == full_text.c.rowid)
    return query.select_from(joined).where(literal_column("full_text").match(expression))


def _seen(audience: Audience) -> ColumnElement[bool]:
    """The condition under which the audience may see a document (`Audience.may_see`, as SQL)."""
    if audience.admin:
        return true()
    open_to_all = func.json_array_length(documents.c.channels) == 0
    if audience.channel is None:
        return open_to_all
    members = func.json_each(documents.c.channels).table_valued("value", name="members")
    return or_(open_to_all, exists().select_from(members).where(members.c.value == audience.channel))


def _windows(
    query: Select[Any],
    audience: Audience | None,
    speaker_ids: Sequence[str] | None = None,
    owners: Owners | None = None,
) -> Select[Any]:
    """A query over windows, left to those that may be shown, perhaps to these speakers' or to one kind of owner."""
    query = query.where(~windows.c.hidden)
    if audience is not None and not audience.admin:
        mine = windows.c.document_id.in_(select(documents.c.id).where(_seen(audience)))
        query = query.where(or_(~windows.c.restricted, mine) if audience.channel else ~windows.c.restricted)
    if speaker_ids is not None:
        query = query.where(windows.c.speaker_id.in_(speaker_ids))
    if owners is not None:
        query = query.where(windows.c.of_quote if owners == "quotes" else ~windows.c.of_quote)
    return query
