"""The catalog: what the index knows of documents, quotes, passages and speakers. `changes` alters it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, distinct, func, select

from retrieval.model import Audience, Credit, Document, Failure, Passage, Quote, Skipped, Span
from retrieval.own_people import NAME
from retrieval.storing import rows, seals
from retrieval.storing.store import seen
from retrieval.storing.tables import credited, documents, files, passages, quotes, skipped
from retrieval.storing.windows import Windows


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


class Catalog(Windows):
    """index.sqlite, to be asked. Safe to use from many threads; other processes may read and write it at the same time.

    Each read sees one committed state. Reads that belong together (all of one question) go into `with snapshot():`,
    so that they all see the same state however much is committed meanwhile.
    """

    # --- documents

    def document(self, document_id: str) -> Document | None:
        """A document by its id, its text included."""
        return self.documents_by_id([document_id]).get(document_id)

    def documents_by_id(self, ids: Sequence[str]) -> dict[str, Document]:
        """The documents with these ids, their texts included."""
        columns = (c for c in documents.c if c.name != "signature")
        return {d.id: d for d in rows.documents_of(self._by_ids(select(*columns), documents.c.id, ids))}

    def documents(self, audience: Audience) -> tuple[Document, ...]:
        """All documents that the audience may see, in the order of their paths; altered ones are for admins alone."""
        query = select(documents).where(seen(audience)).order_by(documents.c.path, documents.c.article)
        return tuple(d for d in rows.documents_of(self._rows(query)) if d.intact or audience.admin)

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

    def quote(self, quote_id: str, *, hidden: bool = False) -> Quote | None:
        """A quote by its id; one that an admin has hidden only when `hidden` ones are asked for too."""
        return self.quotes([quote_id], hidden=hidden).get(quote_id)

    def quotes(self, ids: Sequence[str], *, hidden: bool = False) -> dict[str, Quote]:
        """The quotes with these ids, without those that an admin has hidden."""
        query = select(quotes) if hidden else select(quotes).where(~quotes.c.hidden)
        found = self._by_ids(query, quotes.c.id, ids)
        return {quote.id: quote for quote in rows.unaltered(quotes, found, rows.quote_of)}

    def quotes_of(self, document_id: str) -> tuple[Quote, ...]:
        """A document's quotes in the order in which they stand."""
        query = select(quotes).where(quotes.c.document_id == document_id, ~quotes.c.hidden)
        found = self._rows(query.order_by(quotes.c.start, quotes.c.end))
        return tuple(rows.unaltered(quotes, found, rows.quote_of))

    def hidden_in(self, document_id: str) -> tuple[Span, ...]:
        """The words of a document that an admin has hidden: not to be shown as context either."""
        return self._remembered("hidden", self._hidden).get(document_id, ())

    def _hidden(self) -> dict[str, tuple[Span, ...]]:
        found: dict[str, list[Span]] = {}
        for row in self._rows(select(quotes.c.document_id, quotes.c.start, quotes.c.end).where(quotes.c.hidden)):
            # Of altered rows too, and whole: what was kept back stays so, whoever touched the row since.
            with contextlib.suppress(TypeError, ValueError):
                found.setdefault(row["document_id"], []).append(Span(row["start"], row["end"]))
        return {document: tuple(sorted(spans)) for document, spans in found.items()}

    def altered(self) -> frozenset[str]:
        """The ids of quotes that were altered since they were written: nobody is listed for them."""
        return self._remembered("altered", self._altered)

    def _altered(self) -> frozenset[str]:
        with self.reading() as connection:
            return frozenset(seals.broken(connection, quotes))

    def quotes_by(self, speaker_ids: Sequence[str], audience: Audience) -> tuple[Quote, ...]:
        """All quotes credited to any of these speakers."""
        query = select(quotes).join(documents).where(~quotes.c.hidden, seen(audience))
        found = self._by_ids(query, quotes.c.speaker_id, speaker_ids)
        made = rows.unaltered(quotes, found, rows.quote_of)
        return tuple(sorted(made, key=lambda q: (q.document_id, q.extent)))

    def quote_counts(self) -> dict[str, int]:
        """How many quotes each document has."""
        query = select(quotes.c.document_id, func.count().label("n")).where(~quotes.c.hidden)
        return {row["document_id"]: row["n"] for row in self._rows(query.group_by(quotes.c.document_id))}

    def passage(self, passage_id: str) -> Passage | None:
        return self.passages([passage_id]).get(passage_id)

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages with these ids, without those that hold words of a hidden quote."""
        found = self._by_ids(select(passages).where(~passages.c.hidden), passages.c.id, ids)
        return {passage.id: passage for passage in rows.unaltered(passages, found, rows.passage_of)}

    # --- speakers, counts, status

    def credits(self, audience: Audience) -> tuple[Credit, ...]:
        """What the documents that the audience may see call whom, in the order in which it stands.

        What stands in a hidden quote is left out, and so is the credit of a quote that is hidden or is another's by now.
        """
        same = quotes.c.speaker_name.is_not_distinct_from(credited.c.speaker_name)
        query = select(credited).join(documents, documents.c.id == credited.c.document_id)
        query = query.outerjoin(quotes, quotes.c.id == credited.c.quote_id).where(seen(audience))
        query = query.where(credited.c.quote_id.is_(None) | (~quotes.c.hidden & same))
        with self.snapshot():
            hidden = self._remembered("hidden", self._hidden)
            found = list(rows.unaltered(credited, self._rows(query.order_by(credited.c.number)), rows.credit_of))
        return tuple(
            c
            for c in found
            if not any(s.start < c.span.end and c.span.start < s.end for s in hidden.get(c.document_id, ()))
        )

    def speakers(self, audience: Audience) -> tuple[SpeakerCount, ...]:
        """Everybody who is quoted, most quoted first."""
        return self._remembered(("speakers", audience), lambda: self._speakers(audience))

    def _speakers(self, audience: Audience) -> tuple[SpeakerCount, ...]:
        query = (
            select(quotes.c.speaker_id, quotes.c.speaker_name, quotes.c.speaker_type, func.count().label("n"))
            .join(documents)
            .where(quotes.c.speaker_id.is_not(None), ~quotes.c.hidden, seen(audience))
            .where(quotes.c.id.not_in(seals.among(self.altered())))
            .group_by(quotes.c.speaker_id, quotes.c.speaker_name, quotes.c.speaker_type)
            .order_by(func.count().desc(), quotes.c.speaker_name)
        )
        by_id: dict[str, list[RowMapping]] = {}
        for row in self._rows(query):
            by_id.setdefault(row["speaker_id"], []).append(row)
        found = (
            SpeakerCount(
                id=key,
                name=of[0]["speaker_name"],
                type=of[0]["speaker_type"],
                aliases=tuple(row["speaker_name"] for row in of),
                quotes=sum(row["n"] for row in of),
            )
            for key, of in by_id.items()
        )
        return tuple(sorted(found, key=lambda s: (-s.quotes, s.name)))

    def counts(self, audience: Audience) -> Counts:
        """How many documents, quotes, passages and speakers the audience may see."""
        return self._remembered(("counts", audience), lambda: self._counts(audience))

    def _counts(self, audience: Audience) -> Counts:
        shown = seen(audience)
        of_quotes = select(func.count(), func.count(distinct(quotes.c.speaker_id))).select_from(quotes).join(documents)
        of_passages = select(func.count()).select_from(passages).join(documents)
        with self.reading() as connection:
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
        failed = [
            Failure(row["path"], row["error"])
            for row in self._rows(select(files).where(files.c.error.is_not(None)).order_by(files.c.path))
        ]
        if known.get("people_fault"):
            failed.append(Failure(NAME, known["people_fault"]))
        return Status(
            corpus=known.get("corpus"),
            model=known.get("model"),
            pipeline=known.get("pipeline"),
            last_index=known.get("last_index"),
            failed=tuple(failed),
            skipped=tuple(
                Skipped(row["path"], row["reason"]) for row in self._rows(select(skipped).order_by(skipped.c.path))
            ),
        )
