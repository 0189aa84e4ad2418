"""What admins correct: a quote hidden, its speaker put right, a document's facts edited. Kept in records.sqlite.

A correction is anchored to words at a place of a document, and outlives any re-index as long as they stand there.
`overlay` lays it over the catalog, in the catalog's own transactions.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from retrieval.errors import IndexFault, RecordsFault
from retrieval.model import Document, Span
from retrieval.storing.held import records_fault

if TYPE_CHECKING:
    from collections.abc import Callable


What = Literal["hide", "attribute", "edit"]
IN_FORCE = "SELECT * FROM corrections WHERE undone_at IS NULL ORDER BY id"
UNREADABLE = (
    "Correction {} cannot be read, and what it was about must not come back: restore a backup of records.sqlite."
)
EDITABLE = ("title", "publisher", "published", "url", "speaker")


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction in force. `place` and `words` say what it is about; an edit is about the whole document."""

    id: int
    at: float
    who: str
    what: What
    target: str  # the id of the quote or document that was named
    document_id: str
    path: str
    article: int
    place: tuple[Span, ...] = ()
    words: tuple[str, ...] = ()
    change: Mapping[str, Any] = None  # type: ignore[assignment]  # always given; what to put in place

    def spans_in(self, text: str) -> tuple[Span, ...]:
        """Where the words stand in `text` now: where they stood, else where they moved to; nowhere: not at all."""
        if all(span.of(text) == words for span, words in zip(self.place, self.words, strict=True)):
            return self.place
        found: list[Span] = []
        for words in self.words:
            at = text.find(words, found[-1].end if found else 0)
            if at < 0:
                return ()
            found.append(Span(at, at + len(words)))
        return tuple(found)


def with_given_speaker(document: Document, corrections: Sequence[Correction]) -> Document:
    """A document as its quotes are to be read: with the speaker that an admin has given it, where one has."""
    for correction in reversed(corrections):
        about = correction.document_id == document.id or (correction.path, correction.article) == (
            document.path,
            document.article,
        )
        if about and gives_speaker(correction):
            by = correction.change["speaker_given_by"]
            return replace(document, speaker_given=correction.change["speaker_given"], speaker_given_by=by)
    return document


def gives_speaker(correction: Correction) -> bool:
    """Whether a document has to be read again for this correction to count."""
    return correction.what == "edit" and "speaker_given" in correction.change


def read_active(path: Path) -> Callable[[], tuple[Correction, ...]]:
    """What reads the corrections in force from a records.sqlite and writes nothing; none while the file is not there."""

    def active() -> tuple[Correction, ...]:
        if not path.is_file():
            return ()
        try:
            return _read(path, "mode=ro")
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return ()  # it was made before there were corrections
            if os.access(path, os.W_OK):
                raise IndexFault(f"{path} cannot be read ({error}); run: nato-quote doctor") from error
            return _read(path, "mode=ro&immutable=1")  # somebody may read the file and nothing more
        except sqlite3.DatabaseError as error:
            raise records_fault(path, str(error)) from error

    return active


def _read(path: Path, mode: str) -> tuple[Correction, ...]:
    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, timeout=5)) as store:
        store.row_factory = sqlite3.Row
        return tuple(correction_of(row) for row in store.execute(IN_FORCE))


def digest(corrections: Sequence[Correction]) -> str:
    """By what the catalog knows whether these corrections are laid over it."""
    return hashlib.sha256(repr([(c.id, c.at, c.target) for c in corrections]).encode()).hexdigest()[:16]


def correction_of(row: Mapping[str, Any] | sqlite3.Row) -> Correction:
    """A correction as a row of the records has it. Raises RecordsFault on one that says nothing that can be heeded."""
    try:
        made = _correction_of(row)
        understood = made.what in ("hide", "attribute", "edit") and len(made.place) == len(made.words)
        understood = understood and all(isinstance(w, str) for w in made.words) and isinstance(made.change, dict)
    except (TypeError, ValueError, KeyError) as error:
        raise RecordsFault(UNREADABLE.format(row["id"])) from error
    if not understood:
        raise RecordsFault(UNREADABLE.format(row["id"]))
    return made


def _correction_of(row: Mapping[str, Any] | sqlite3.Row) -> Correction:
    return Correction(
        id=row["id"],
        at=row["at"],
        who=row["who"],
        what=row["what"],
        target=row["target"],
        document_id=row["document_id"],
        path=row["path"],
        article=row["article"],
        place=tuple(Span(*pair) for pair in json.loads(row["place"])),
        words=tuple(json.loads(row["words"])),
        change=json.loads(row["change"]),
    )
