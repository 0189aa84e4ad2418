"""Rows of index.sqlite <-> the product's records."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import RowMapping, Table

from retrieval.chunks import Window
from retrieval.model import Credit, Document, Locator, Passage, Quote, Span, Speaker
from retrieval.storing import seals
from retrieval.storing.tables import documents

Made = TypeVar("Made")
log = logging.getLogger(__name__)


def unaltered(table: Table, found: Iterable[RowMapping], of: Callable[[RowMapping], Made]) -> Iterator[Made]:
    """What each row says, without the rows that were altered since they were written: these are reported, never shown."""
    for row in found:
        if seals.holds(table, row):
            yield of(row)
        else:
            log.error("a row of %s was altered and is withheld; nato-quote verify --repair reads it again", table.name)


def documents_of(found: Iterable[RowMapping]) -> Iterator[Document]:
    """The documents, those whose facts were altered marked; one that cannot be made out at all is left out."""
    for row in found:
        intact = seals.holds(documents, row)
        try:
            document = document_of(row)
        except (TypeError, ValueError, KeyError):
            log.error("a document's row was altered and cannot be made out; nato-quote verify --repair reads it again")  # noqa: TRY400  # the sentence is enough
            continue
        yield document if intact else replace(document, intact=False)


def document_row(document: Document) -> dict[str, Any]:
    """A document as its row, but for what `changes` computes."""
    return {
        "id": document.id,
        "path": document.path,
        "article": document.article,
        "sha256": document.sha256,
        "text": document.text,
        "text_sha256": document.text_sha256,
        "title": document.title,
        "publisher": document.publisher,
        "published": _iso(document.published),
        "url": document.url,
        "summary_of": document.summary_of,
        "channels": list(document.channels),
        "speaker_given": document.speaker_given,
        "speaker_given_by": document.speaker_given_by,
        "form": document.form,
        "author": document.author,
        "modified": _iso(document.modified),
        "dated_by": document.dated_by,
        "taken": document.taken,
        "form_by": document.form_by,
        "whose": document.whose,
        "told": document.told,
        "body": [_pair(s) for s in document.body],
        "locators": [[at.span.start, at.span.end, at.label] for at in document.locators],
    }


def document_of(row: RowMapping) -> Document:
    return Document(
        id=row["id"],
        path=row["path"],
        article=row["article"],
        sha256=row["sha256"],
        text=row["text"],
        title=row["title"],
        publisher=row["publisher"],
        published=_date(row["published"]),
        url=row["url"],
        summary_of=row["summary_of"],
        channels=tuple(row["channels"]),
        speaker_given=row["speaker_given"],
        speaker_given_by=row["speaker_given_by"],
        form=row["form"],
        author=row["author"],
        modified=_date(row["modified"]),
        dated_by=row["dated_by"],
        taken=row["taken"],
        form_by=row["form_by"],
        whose=row["whose"],
        told=row["told"],
        body=tuple(Span(*pair) for pair in row["body"]),
        locators=tuple(Locator(Span(start, end), label) for start, end, label in row["locators"]),
    )


def quote_row(quote: Quote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "document_id": quote.document_id,
        "start": quote.extent.start,
        "end": quote.extent.end,
        "kind": quote.kind,
        **speaker_row(quote.speaker, quote.role),
        "said_on": _iso(quote.said_on),
        "confidence": quote.confidence,
        "evidence": quote.evidence,
        "fragments": [_pair(s) for s in quote.fragments],
        "cue": _pair(quote.cue),
        "mention": _pair(quote.mention),
        "lead": _pair(quote.lead),
        "words_sha256": quote.words_sha256,
        "hidden": False,
    }


def speaker_row(speaker: Speaker | None, role: str | None) -> dict[str, Any]:
    """Who is credited, as the columns that a correction may change."""
    return {
        "speaker_id": speaker.id if speaker else None,
        "speaker_name": speaker.name if speaker else None,
        "speaker_type": speaker.type if speaker else None,
        "role": role,
    }


def quote_of(row: RowMapping) -> Quote:
    speaker = None
    if row["speaker_name"] is not None:
        speaker = Speaker(row["speaker_id"], row["speaker_name"], row["speaker_type"])
    return Quote(
        id=row["id"],
        document_id=row["document_id"],
        kind=row["kind"],
        fragments=tuple(Span(*pair) for pair in row["fragments"]),
        cue=_span(row["cue"]),
        mention=_span(row["mention"]),
        speaker=speaker,
        role=row["role"],
        said_on=_date(row["said_on"]),
        confidence=row["confidence"],
        evidence=row["evidence"],
        lead=_span(row["lead"]),
        words_sha256=row["words_sha256"],
    )


def credit_row(credit: Credit) -> dict[str, Any]:
    return {
        "document_id": credit.document_id,
        "quote_id": credit.quote_id,
        "speaker_id": credit.speaker.id,
        "speaker_name": credit.speaker.name,
        "speaker_type": credit.speaker.type,
        "kind": credit.kind,
        "start": credit.span.start,
        "end": credit.span.end,
        "words": credit.words,
        "of": credit.of,
    }


def credit_of(row: RowMapping) -> Credit:
    return Credit(
        document_id=row["document_id"],
        speaker=Speaker(row["speaker_id"], row["speaker_name"], row["speaker_type"]),
        kind=row["kind"],
        span=Span(row["start"], row["end"]),
        words=row["words"],
        of=row["of"],
        quote_id=row["quote_id"],
    )


def passage_row(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "document_id": passage.document_id,
        "start": passage.span.start,
        "end": passage.span.end,
        "hidden": False,
    }


def passage_of(row: RowMapping) -> Passage:
    return Passage(row["id"], row["document_id"], Span(row["start"], row["end"]))


def window_row(window: Window) -> dict[str, Any]:
    return {
        "id": window.id,
        "owner": window.owner,
        "document_id": window.document_id,
        "start": window.span.start,
        "end": window.span.end,
        "text": window.text,
    }


def window_of(row: RowMapping) -> Window:
    return Window(row["id"], row["owner"], row["document_id"], Span(row["start"], row["end"]), row["text"])


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _span(pair: Sequence[int] | None) -> Span | None:
    return Span(*pair) if pair else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
