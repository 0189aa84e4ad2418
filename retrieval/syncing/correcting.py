"""What makes corrections and takes them back: kept in the records first, then laid over the catalog at once."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from retrieval.errors import DocumentError, NotFound
from retrieval.formats.given_speaker import speaker_name
from retrieval.formats.metadata import web_address
from retrieval.model import Document, Quote, Speaker
from retrieval.storing.corrections import EDITABLE, IN_FORCE, Correction, What, correction_of, gives_speaker
from retrieval.syncing import ledger, loose

if TYPE_CHECKING:
    from retrieval.catalog import Catalog
    from retrieval.people import People
    from retrieval.records import Records
    from retrieval.syncing.loose import Loose


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections kept in records.sqlite."""

    records: Records

    def active(self) -> tuple[Correction, ...]:
        """Those in force, oldest first: of two on one thing the later one counts."""
        return tuple(correction_of(row) for row in self.records.rows(IN_FORCE))

    def add(self, correction: Correction) -> Correction:
        """Keep a correction, with its line in the audit log; returns it with its number."""
        from sqlalchemy import text

        values = {
            "at": correction.at,
            "who": correction.who,
            "what": correction.what,
            "target": correction.target,
            "document_id": correction.document_id,
            "path": correction.path,
            "article": correction.article,
            "place": json.dumps([[s.start, s.end] for s in correction.place]),
            "words": json.dumps(correction.words),
            "change": json.dumps(dict(correction.change)),
        }
        columns = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        statement = text(f"INSERT INTO corrections ({columns}) VALUES ({places}) RETURNING id")  # noqa: S608  our names
        with self.records.write() as connection:
            number = int(connection.execute(statement, values).scalar_one())
        self.records.audit(
            correction.who, correction.what, target=correction.target, correction=number, change=dict(correction.change)
        )
        return self.get(number)

    def get(self, number: int) -> Correction:
        """A correction in force by its number; NotFound when there is none."""
        rows = self.records.rows("SELECT * FROM corrections WHERE id = :id AND undone_at IS NULL", id=number)
        if not rows:
            raise NotFound(f"There is no correction {number} in force; `nato-quote corrections` lists them.")
        return correction_of(rows[0])

    def undo(self, number: int, who: str) -> Correction:
        """Take a correction back."""
        from sqlalchemy import text

        correction = self.get(number)
        with self.records.write() as connection:
            connection.execute(
                text("UPDATE corrections SET undone_at = :now, undone_by = :who WHERE id = :id AND undone_at IS NULL"),
                {"now": time.time(), "who": who, "id": number},
            )
        self.records.audit(who, "undo " + correction.what, target=correction.target, correction=number)
        return correction


@dataclass(frozen=True, slots=True)
class Corrector:
    """Makes and takes back corrections: kept first, then at once in every answer."""

    catalog: Catalog
    records: Records
    people: People

    def hide(self, quote_id: str, who: str) -> Correction:
        """Show these words no more: not as a quote, and not within a passage."""
        return self._add("hide", quote_id, {}, who)

    def attribute(self, quote_id: str, speaker: str, who: str) -> Correction:
        """Credit a quote to `speaker`: an id or a name of people.toml or of the catalog, or else the name as written;
        empty: to nobody."""
        quote, document = self._quote(quote_id)
        found = self._speaker(speaker.strip()) if speaker.strip() else None
        role = self.people.role_at(found.id, quote.said_on or document.published) if found and found.id else None
        change = {"speaker_id": found.id if found else None, "speaker_name": found.name if found else None}
        change |= {"speaker_type": found.type if found else None, "role": role}
        return self._add("attribute", quote_id, change, who)

    def edit(self, document_id: str, facts: Mapping[str, str | None], who: str) -> Correction:
        """Put title, publisher, published (ISO), url or speaker in place of what the file says; empty: not known.

        Of the others the answers know at once; a speaker's words are found by the next sync, which reads the document again.
        """
        document = self.catalog.document(document_id)
        if document is None:
            raise NotFound(f"There is no document {document_id!r}; `nato-quote sources` lists them.")
        change = {name: _checked(name, (value or "").strip()) for name, value in facts.items()}
        if "speaker" in change:
            given = change.pop("speaker")
            if given != document.speaker_given or not change:
                change |= {"speaker_given": given, "speaker_given_by": who if given else None}
        if "published" in change:
            change["dated_by"] = who if change["published"] else None
        if not change:
            raise ValueError("nothing to edit: give a title, a publisher, a date, an address or a speaker")
        made = Correction(
            0, time.time(), who, "edit", document_id, document.id, document.path, document.article, change=change
        )
        return self._keep(made)

    def undo(self, number: int, who: str) -> Correction:
        """Take a correction back; what the document says counts again."""
        kept = Corrections(self.records)
        undone = kept.undo(number, who)
        self.catalog.correct(kept.active)
        loose.remember(self.catalog, kept.active())
        self._read_again(undone)
        return undone

    def told_of(self, correction: Correction) -> Loose | None:
        """What is to be told of a correction: that it applies no more, or where much the same words are shown besides."""
        return next(iter(loose.loose(self.catalog, [correction])), None)

    def _add(self, what: What, quote_id: str, change: Mapping[str, Any], who: str) -> Correction:
        quote, document = self._quote(quote_id)
        words = tuple(span.of(document.text) for span in quote.fragments)
        made = Correction(
            0,
            time.time(),
            who,
            what,
            quote_id,
            document.id,
            document.path,
            document.article,
            quote.fragments,
            words,
            change,
        )
        return self._keep(made)

    def _keep(self, made: Correction) -> Correction:
        kept = Corrections(self.records)
        correction = kept.add(made)
        self.catalog.correct(kept.active)
        loose.remember(self.catalog, kept.active())
        self._read_again(correction)
        return correction

    def _read_again(self, correction: Correction) -> None:
        """Have the next sync read a document again whose text has another speaker now."""
        document = self.catalog.document(correction.document_id) if gives_speaker(correction) else None
        if document is not None:
            ledger.read_again(self.catalog, [document.path])

    def _quote(self, quote_id: str) -> tuple[Quote, Document]:
        quote = self.catalog.quote(quote_id, hidden=True)
        document = self.catalog.document(quote.document_id) if quote else None
        if quote is None or document is None:
            raise NotFound(f"There is no quote {quote_id!r}; `nato-quote ask` prints the id below each quote.")
        return quote, document

    def _speaker(self, name: str) -> Speaker:
        from retrieval.documents import document_id
        from retrieval.model import ADMIN

        person = self.people.get(name)
        named = (person,) if person else self.people.by_name(name)
        if len(named) > 1:
            ids = ", ".join(sorted(p.id for p in named))
            raise NotFound(f"{name!r} can mean several people; give one of these ids instead: {ids}")
        if named:
            return Speaker(named[0].id, named[0].name, named[0].type)
        for known in self.catalog.speakers(ADMIN):
            if name in (known.id, *known.aliases):
                return Speaker(known.id, known.name, known.type)  # type: ignore[arg-type]
        slug = document_id(name, 1).rpartition("-")[0]
        return Speaker(slug, name)


def _checked(name: str, value: str) -> str | None:
    """A fact as it may be kept; raises ValueError with a sentence that says what it wants."""
    if name not in EDITABLE:
        raise ValueError(f"{name} cannot be edited; what can be is: {', '.join(EDITABLE)}")
    if not value:
        return None
    if name == "published":
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise ValueError(f"{value!r} is not a date; write it as 2024-07-10") from error
    if name == "url" and web_address(value) is None:
        raise ValueError(f"{value!r} is not a web address; it begins with https:// or http://")
    if name == "speaker":
        try:
            return speaker_name(value)
        except DocumentError as error:
            raise ValueError(str(error)) from error
    return " ".join(value.split())
