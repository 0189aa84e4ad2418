"""Lays corrections over the catalog, inside a transaction of the catalog's own, and takes them off again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from retrieval.model import Span
from retrieval.storing import seals
from retrieval.storing.corrections import Correction, digest
from retrieval.storing.tables import documents, facts, passages, quotes, remember, windows

_SEALED = ((documents, documents.c.id), (quotes, quotes.c.document_id), (passages, passages.c.document_id))
SPEAKER = ("speaker_id", "speaker_name", "speaker_type", "role", "confidence", "evidence")


def lay(connection: Connection, corrections: Sequence[Correction]) -> None:
    """Make the catalog look as the corrections in force want it; whatever was laid over it before is taken off first."""
    if not corrections and not _laid(connection):
        return
    found = [(correction, _document(connection, correction)) for correction in corrections]
    about = _about(connection) | {row["id"] for _, row in found if row is not None}
    altered = _altered(connection, about)
    _take_off(connection, altered)
    for correction in corrections:
        row = _document(connection, correction)  # as the ones before it have left it
        if row is None:
            continue
        if correction.what != "edit":
            _on_words(connection, row, correction, altered)
        elif row["id"] not in altered:
            _edit(connection, row, correction)
    _seal(connection, about, altered)
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


def _about(connection: Connection) -> set[str]:
    """The ids of the documents over which something is laid now."""
    found = set(connection.execute(select(documents.c.id).where(_given(documents))).scalars())
    found |= set(connection.execute(select(quotes.c.document_id).where(_given(quotes) | quotes.c.hidden)).scalars())
    return found | set(connection.execute(select(passages.c.document_id).where(passages.c.hidden)).scalars())


def _altered(connection: Connection, about: Iterable[str]) -> set[str]:
    """The ids of these documents' rows that something else than a correction has altered: no correction makes them good."""
    return {
        identifier
        for table, of in _SEALED
        for one in about
        for identifier in seals.broken(connection, table, of == one)
    }


def _seal(connection: Connection, about: Iterable[str], altered: Collection[str]) -> None:
    """Seal anew what was laid over or taken off."""
    for table, of in _SEALED:
        for one in sorted(about):
            ids = connection.execute(select(table.c.id).where(of == one)).scalars().all()
            seals.reseal(connection, table, ids, altered)


def _take_off(connection: Connection, altered: Collection[str]) -> None:
    for table in (documents, quotes):
        for row in connection.execute(select(table.c.id, table.c.found).where(_given(table))).all():
            if row.id not in altered:
                connection.execute(update(table).where(table.c.id == row.id).values(**row.found, found=None))
    for table in (quotes, passages):
        connection.execute(update(table).where(table.c.hidden).values(hidden=False))


def _given(table: Any) -> Any:
    """Rows that a correction has changed. (JSON columns hold null as SQL's or as JSON's.)"""
    sound = func.json_valid(table.c.found) == 1
    return case((sound, func.json_type(table.c.found)), else_="null") != "null"


def _edit(connection: Connection, row: Any, correction: Correction) -> None:
    found = row["found"] or {}
    before = {name: row[name] for name in correction.change if name not in found}
    connection.execute(
        update(documents).where(documents.c.id == row["id"]).values(**correction.change, found=found | before)
    )


def _on_words(connection: Connection, row: Any, correction: Correction, altered: Collection[str]) -> None:
    """Hide or re-attribute what stands at the correction's words; a quote that was `altered` is shown to nobody anyway."""
    spans = correction.spans_in(row["text"])
    if not spans:
        return
    of_document = select(quotes).where(quotes.c.document_id == row["id"])
    for quote in connection.execute(of_document).mappings().all():
        if quote["id"] in altered:
            continue
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
