"""Rows of a table and objects of JSON lines: each is one document, its words in `text`, its facts beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.decode import clean
from retrieval.formats.gathering import Gathered, gathered
from retrieval.formats.metadata import from_mapping
from retrieval.formats.restriction import check_head

TEXT = "text"
COLUMNS = ("title", "date", "url", "publisher", "speaker", TEXT, "channels")
GIVEN_BY = "its own line in the file"


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One row or object: where it stands ("row 3"), and its values by name in lower case."""

    place: str
    values: Mapping[str, Any]


def documents_of(entries: Iterable[TextEntry]) -> Extracted:
    """Each entry that has words as a document; a DocumentError says which one cannot be understood."""
    empty: list[str] = []
    found = gathered(_documents(entries, empty))
    if not found.parts:
        raise DocumentError(f"None of its lines has anything in `{TEXT}`; there is nothing in it to quote.")
    if not empty:
        return found
    return replace(found, left_out=(f"has {len(empty)} lines without words, first {empty[0]}, which were passed over",))


def without_text(names: Iterable[str]) -> DocumentError:
    """What is said where no column or key holds the words."""
    there = ", ".join(f"`{' '.join(name.split())[:40]}`" for name in list(names)[:12]) or "none"
    known = ", ".join(f"`{name}`" for name in COLUMNS)
    return DocumentError(f"It has no column `{TEXT}` (it has {there}); name those that are meant {known}.")


def _documents(entries: Iterable[TextEntry], empty: list[str]) -> Iterator[Gathered]:
    for entry in entries:
        try:
            extracted = _document(entry.values)
        except DocumentError as error:
            raise DocumentError(f"In {entry.place}: {error}") from error
        if extracted is None:
            empty.append(entry.place)
        else:
            yield Gathered(extracted, entry.place)


def _document(values: Mapping[str, Any]) -> Extracted | None:
    """A document of one entry; None where it has no words. What restricts it is checked either way."""
    stated = {name: value for name, value in values.items() if name != "speaker" or value not in ("", None)}
    facts = from_mapping(stated, dated_by=GIVEN_BY)
    words = values.get(TEXT)
    if words is not None and not isinstance(words, str):
        raise DocumentError(f"`{TEXT}` is no text; put the words there in quotation marks.")
    text = clean(words or "").strip()
    if not any(c.isalnum() for c in text):
        return None
    check_head(text)
    if facts.speaker:
        facts = replace(facts, speaker_given_by=GIVEN_BY)
    return Extracted(text, facts, joined=False, headed=False)
