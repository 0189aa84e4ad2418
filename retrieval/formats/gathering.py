"""Several documents of one file put together: one canonical text, each document a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retrieval.errors import DocumentError
from retrieval.formats import MOST_DOCUMENTS, Extracted, Part
from retrieval.formats.restriction import narrowed
from retrieval.model import Locator, Span

BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Gathered:
    """One document, or several, and where in the file they stand: "row 3", "letters/joe.txt"."""

    extracted: Extracted
    place: str


def gathered(found: Iterable[Gathered], left_out: tuple[str, ...] = ()) -> Extracted:
    """The documents as one file's, in their order; a DocumentError where there are more than anybody can look through."""
    pieces: list[str] = []
    parts: list[Part] = []
    body: list[Span] = []
    locators: list[Locator] = []
    start = 0
    some_body = False
    for one in found:
        inner = one.extracted
        parts.extend(_parts(inner, start))
        if len(parts) > MOST_DOCUMENTS:
            raise DocumentError(f"It holds more than {MOST_DOCUMENTS:,} documents; split it into several files.")
        whole = Span(0, len(inner.text))
        some_body = some_body or bool(inner.body)
        body.extend(span.shifted(start) for span in inner.body or (whole,))
        locators.extend(_locators(one, start))
        pieces.append(inner.text)
        start += len(inner.text) + len(BETWEEN)
    return Extracted(
        BETWEEN.join(pieces),
        body=tuple(body) if some_body else (),
        locators=tuple(locators),
        parts=tuple(parts),
        left_out=left_out,
    )


def _parts(inner: Extracted, start: int) -> Iterator[Part]:
    """A document's parts in the text of them all; the facts of the document are those of each part that has none."""
    if not inner.parts:
        yield Part(Span(start, start + len(inner.text)), inner.metadata, inner.joined, inner.headed)
    for part in inner.parts:
        channels = narrowed(inner.metadata.channels, part.metadata.channels)
        facts = replace(inner.metadata.under(part.metadata), channels=channels)
        yield replace(part, span=part.span.shifted(start), metadata=facts)


def _locators(one: Gathered, start: int) -> Iterator[Locator]:
    """Where the words stand: the document's place in the file, and the place in the document where that has one."""
    if not one.extracted.locators:
        yield Locator(Span(start, start + len(one.extracted.text)), one.place)
    for locator in one.extracted.locators:
        yield Locator(locator.span.shifted(start), f"{one.place}, {locator.label}")
