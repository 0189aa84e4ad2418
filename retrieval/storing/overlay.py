"""Lays corrections over the catalog, inside a transaction of the catalog's own, and takes them off again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from retrieval.model import Span
from retrieval.storing.corrections import Correction, digest
from retrieval.storing.tables import documents, facts, passages, quotes, remember, windows

SPEAKER = ("speaker_id", "speaker_name", "speaker_type", "role", "confidence", "evidence")


def lay(connection: Connection, corrections: Sequence[Correction]) -> None:
    """Make the catalog look as the corrections in force want it; whatever was laid over it before is taken off first."""
    if not corrections and not _laid(connection):
        return
    _take_off(connection)
    for correction in corrections:
        row = _document(connection, correction)
        if row is None:
            continue
        if correction.what == "edit":
            _edit(connection, row, correction)
        else:
            _on_words(connection, row, correction)
    _to_windows(connection)
    remember(connection, {"corrections": digest(corrections) if corrections else None})


def _laid(connection: Connection) -> bool:
    """Whether any correction is laid over the catalog now."""
    known = select(facts.c.value).where(facts.c.name == "corrections")
    return connection.execute(known).first() is not None


def _document(connection: Connection, correction: Correction) -> Any:
    """The document that a correction is about: by its id, or by its place in the corpus when ids were made anew."""
    by_id = select(documents).where(documents.c.id == correction.document_id)
    by_path = select(documents).where(documents.c.path == correction.path, documents.c.article == correction.article)
    return connection.execute(by_id).mappings().first() or connection.execute(by_path).mappings().first()


def _take_off(connection: Connection) -> None:
    for row in connection.execute(select(documents.c.id, documents.c.found).where(_given(documents))).all():
        connection.execute(update(documents).where(documents.c.id == row.id).values(**row.found, found=None))
    for row in connection.execute(select(quotes.c.id, quotes.c.found).where(_given(quotes))).all():
        connection.execute(update(quotes).where(quotes.c.id == row.id).values(**row.found, found=None))
    for table in (quotes, passages):
        connection.execute(update(table).where(table.c.hidden).values(hidden=False))


def _given(table: Any) -> Any:
    """Rows that a correction has changed. (JSON columns hold null as SQL's or as JSON's.)"""
    return func.coalesce(func.json_type(table.c.found), "null") != "null"


def _edit(connection: Connection, row: Any, correction: Correction) -> None:
    found = row["found"] or {}
    before = {name: row[name] for name in correction.change if name not in found}
    connection.execute(
        update(documents).where(documents.c.id == row["id"]).values(**correction.change, found=found | before)
    )


def _on_words(connection: Connection, row: Any, correction: Correction) -> None:
    """Hide or re-attribute what stands at the correction's words."""
    spans = correction.spans_in(row["text"])
    if not spans:
        return
    of_document = select(quotes).where(quotes.c.document_id == row["id"])
    for quote in connection.execute(of_document).mappings().all():
        shared = _shared(spans, [Span(*pair) for pair in quote["fragments"]])
        length = sum(end - start for start, end in quote["fragments"])
        if correction.what == "hide" and shared:
            connection.execute(update(quotes).where(quotes.c.id == quote["id"]).values(hidden=True))
        elif correction.what == "attribute" and 2 * shared > length:
            before = quote["found"] or {name: quote[name] for name in SPEAKER}
            said = {"confidence": 1.0 if correction.change["speaker_name"] else 0.0, "evidence": "An admin says so."}
            connection.execute(
                update(quotes).where(quotes.c.id == quote["id"]).values(**correction.change, **said, found=before)
            )
    if correction.what == "hide":
        for span in spans:
            touching = (passages.c.document_id == row["id"], passages.c.start < span.end, passages.c.end > span.start)
            connection.execute(update(passages).where(*touching).values(hidden=True))


def _shared(some: Sequence[Span], others: Sequence[Span]) -> int:
    """How many characters lie in both."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)


def _to_windows(connection: Connection) -> None:
    """Copy who speaks and what is hidden to the windows, where they are searched."""
    speaker = select(quotes.c.speaker_id).where(quotes.c.id == windows.c.owner).scalar_subquery()
    connection.execute(
        update(windows)
        .where(windows.c.of_quote, windows.c.speaker_id.is_distinct_from(speaker))
        .values(speaker_id=speaker)
    )
    hidden = select(quotes.c.id).where(quotes.c.hidden).union_all(select(passages.c.id).where(passages.c.hidden))
    connection.execute(update(windows).where(windows.c.hidden, windows.c.owner.not_in(hidden)).values(hidden=False))
    connection.execute(update(windows).where(~windows.c.hidden, windows.c.owner.in_(hidden)).values(hidden=True))
