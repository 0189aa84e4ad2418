"""The catalog's one transaction: what a sync puts in, takes out and renames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select, update

from retrieval.chunks import Window
from retrieval.model import Credit, Document, Passage, Quote, Skipped, text_sha256
from retrieval.storing import likeness, overlay, rows, seals
from retrieval.storing.corrections import Correction
from retrieval.storing.tables import (
    bands,
    credited,
    documents,
    facts,
    files,
    passages,
    quotes,
    remember,
    skipped,
    windows,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class NewDocument:
    """One document with everything that was made of it."""

    document: Document
    quotes: tuple[Quote, ...]
    passages: tuple[Passage, ...]
    windows: tuple[Window, ...]
    vectors: npt.NDArray[np.float32] = field(repr=False)  # one row a window
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One corpus file: its documents, or why it could not be taken."""

    path: str
    fingerprint: str
    base_id: str
    entries: tuple[NewDocument, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file was not read anew though what was read of it before stays; without a fingerprint it is tried again by the next sync."""

    why: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What one transaction does. A file that is put in replaces what was there of the same path."""

    removed: tuple[str, ...] = ()  # paths
    renamed: tuple[tuple[str, str], ...] = ()  # (old path, new path)
    files: tuple[FileEntry, ...] = ()
    skipped: tuple[Skipped, ...] | None = None  # None: leave what is known
    unread: Mapping[str, Unread] = field(default_factory=dict)  # by path
    facts: Mapping[str, Any] = field(default_factory=dict)
    # Asked inside the transaction, so that a correction made meanwhile is in it. None: no content changes.
    corrections: Callable[[], Sequence[Correction]] | None = None


def apply(connection: Connection, changes: Changes) -> None:
    """Carry out the changes; the caller commits."""
    left = _remove(connection, [*changes.removed, *(f.path for f in changes.files)])
    for old, new in changes.renamed:
        _rename(connection, old, new)
    arrived: list[str] = []
    for file in changes.files:
        arrived += _put(connection, file)
    for path, unread in changes.unread.items():
        kept = update(files).where(files.c.path == path)
        connection.execute(kept.values(error=unread.why, fingerprint=unread.fingerprint))
    _link_duplicates(connection, left, arrived)
    if changes.skipped is not None:
        _replace_skipped(connection, changes.skipped)
    content = bool(changes.removed or changes.renamed or changes.files)
    if changes.corrections is not None:
        overlay.lay(connection, changes.corrections())
        content = True
    known = dict(changes.facts)
    if content:
        known["generation"] = next_generation(connection)
    remember(connection, known)


def next_generation(connection: Connection) -> int:
    """The number of the state that this transaction makes."""
    known = connection.execute(select(facts.c.value).where(facts.c.name == "generation")).scalar()
    return int(known or 0) + 1


def _remove(connection: Connection, paths: Sequence[str]) -> list[str]:
    """Take files out with everything of theirs; returns the ids of their documents."""
    left: list[str] = []
    for path in paths:
        left += connection.execute(select(documents.c.id).where(documents.c.path == path)).scalars()
        connection.execute(delete(files).where(files.c.path == path))
    return left


def _rename(connection: Connection, old: str, new: str) -> None:
    theirs = list(connection.execute(select(documents.c.id).where(documents.c.path == old)).scalars())
    altered = seals.broken(connection, documents, documents.c.path == old)
    connection.execute(update(files).where(files.c.path == old).values(path=new))
    seals.reseal(connection, documents, theirs, altered)


def _put(connection: Connection, file: FileEntry) -> list[str]:
    connection.execute(
        insert(files).values(path=file.path, fingerprint=file.fingerprint, base_id=file.base_id, error=file.error)
    )
    for entry in file.entries:
        _put_entry(connection, entry)
    return [entry.document.id for entry in file.entries]


def _put_entry(connection: Connection, entry: NewDocument) -> None:
    document = entry.document
    signature = likeness.signature(document.text)
    told = [seals.sealed(credited, rows.credit_row(c)) for c in entry.credits]
    roll = seals.roll_of(
        (q.id for q in entry.quotes),
        (c["seal"] for c in told),
        (p.id for p in entry.passages),
        (w.id for w in entry.windows),
    )
    row = seals.sealed(documents, rows.document_row(document) | {"roll": roll})
    connection.execute(insert(documents).values(**row, signature=signature))
    _insert(
        connection,
        bands,
        [{"band": n, "hash": h, "document_id": document.id} for n, h in enumerate(likeness.bands(signature))],
    )
    _insert(connection, quotes, [seals.sealed(quotes, rows.quote_row(q)) for q in entry.quotes])
    _insert(connection, credited, told)
    _insert(connection, passages, [seals.sealed(passages, rows.passage_row(p)) for p in entry.passages])
    speakers = {q.id: q.speaker.id if q.speaker else None for q in entry.quotes}
    _insert(
        connection,
        windows,
        [
            rows.window_row(window)
            | {
                "of_quote": window.owner in speakers,
                "speaker_id": speakers.get(window.owner),
                "restricted": bool(document.channels),
                "hidden": False,
                "text_key": text_key(window.text),
                "vector": vector.astype("float32").tobytes(),
            }
            for window, vector in zip(entry.windows, entry.vectors, strict=True)
        ],
    )


def text_key(text: str) -> str:
    """By what a window's text is recognised, so that the same words are embedded once."""
    return text_sha256(text)[:32]


def _insert(connection: Connection, table: Any, values: list[dict[str, Any]]) -> None:
    if values:
        connection.execute(insert(table), values)


def _replace_skipped(connection: Connection, found: Iterable[Skipped]) -> None:
    connection.execute(delete(skipped))
    _insert(connection, skipped, [{"path": s.path, "reason": s.reason} for s in found])


# --- near-identical documents


def _link_duplicates(connection: Connection, left: Sequence[str], arrived: Sequence[str]) -> None:
    """Point each document to the best of those near-identical to it. The result depends on what is there, not on its order."""
    touched = set(arrived)
    for identifier in left:
        touched |= set(
            connection.execute(select(documents.c.id).where(documents.c.duplicate_of == identifier)).scalars()
        )
    for identifier in arrived:
        touched |= set(_alike(connection, identifier))
    for identifier in sorted(touched):
        pointer = standing_for(connection, identifier)
        connection.execute(update(documents).where(documents.c.id == identifier).values(duplicate_of=pointer))


def standing_for(connection: Connection, identifier: str) -> str | None:
    """The document that stands for this one and those near-identical to it; None where it does so itself."""
    group = [identifier, *_alike(connection, identifier)]
    best = _best_of(connection, group) if len(group) > 1 else identifier
    return None if best == identifier else best


def _alike(connection: Connection, identifier: str) -> list[str]:
    """The other documents that are near-identical to this one."""
    own = bands.alias()
    meeting = (
        select(bands.c.document_id)
        .join(own, (own.c.band == bands.c.band) & (own.c.hash == bands.c.hash))
        .where(own.c.document_id == identifier, bands.c.document_id != identifier)
    )
    found = connection.execute(
        select(documents.c.id, documents.c.signature).where(documents.c.id.in_(meeting)).order_by(documents.c.id)
    ).all()
    if not found:
        return []
    mine = connection.execute(select(documents.c.signature).where(documents.c.id == identifier)).scalar_one()
    alike = likeness.similar(mine, [row.signature for row in found])
    return [row.id for row, is_alike in zip(found, alike, strict=True) if is_alike]


def _best_of(connection: Connection, group: Sequence[str]) -> str:
    """Of near-identical documents the one that stands for them: where link, publisher and date are known, then the earliest."""
    query = (
        select(documents.c.id)
        .where(documents.c.id.in_(group))
        .order_by(
            func.length(documents.c.channels),  # one that everybody may see stands for one that few may
            documents.c.url.is_(None),
            documents.c.publisher.is_(None),
            documents.c.published.is_(None),
            documents.c.published,
            documents.c.path,
            documents.c.article,
        )
        .limit(1)
    )
    return str(connection.execute(query).scalar_one())
