"""One reader for all tests that read: the parser is loaded once."""

from __future__ import annotations

from datetime import date
from functools import cache

from retrieval.model import Document, Quote
from retrieval.people import load_people
from retrieval.reading.reader import Reader


@cache
def reader() -> Reader:
    """A reader with the people that come with the program."""
    return Reader(load_people())


def document(text: str, *, title: str | None = None, published: date | None = None) -> Document:
    """A document of one article with the given text."""
    return Document(id="doc", path="doc.txt", article=1, sha256="0" * 64, text=text, title=title, published=published)


def read(text: str, *, title: str | None = None, published: date | None = None) -> tuple[Quote, ...]:
    """The quotes of a text."""
    return reader().read(document(text, title=title, published=published))


def said(
    text: str, *, kinds: tuple[str, ...] = ("direct", "mixed"), **known: object
) -> list[tuple[str | None, tuple[str, ...]]]:
    """(speaker, fragments) of each quote of these kinds, in order."""
    return [
        (q.speaker.name if q.speaker else None, tuple(f.of(text) for f in q.fragments))
        for q in read(text, **known)  # type: ignore[arg-type]
        if q.kind in kinds
    ]
