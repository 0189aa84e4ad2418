"""Several documents of one file put together: one canonical text, each document a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retrieval.errors import DocumentError
from retrieval.formats import MOST_DOCUMENTS, Extracted, Part
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata
from retrieval.formats.restriction import narrowed
from retrieval.model import Locator, Span

BETWEEN = "\n\n"
TOLD = 20  # what was passed over is told one by one, and beyond that counted


@dataclass(frozen=True, slots=True)
class Gathered:
    """One document, or several, where in the file they stand ("row 3", "letters/joe.txt"), and what is stated beside them."""

    extracted: Extracted
    place: str
    known: Metadata = NOTHING_KNOWN


def gathered(found: Iterable[Gathered], left_out: tuple[str, ...] = ()) -> Extracted:
    """The documents as one file's, in their order; a DocumentError where there are more than anybody can look through."""
    pieces: list[str] = []
    parts: list[Part] = []
    body: list[Span] = []
    apart: list[Span] = []
    locators: list[Locator] = []
    start = 0
    some_body = False
    shares: list[float] = []
    for one in found:
        inner = one.extracted
        parts.extend(_parts(one, start))
        if len(parts) > MOST_DOCUMENTS:
            raise DocumentError(f"It holds more than {MOST_DOCUMENTS:,} documents; split it into several files.")
        whole = Span(0, len(inner.text))
        some_body = some_body or bool(inner.body)
        body.extend(span.shifted(start) for span in inner.body or (whole,))
        apart.extend(span.shifted(start) for span in inner.apart)
        locators.extend(_locators(one, start))
        pieces.append(inner.text)
        shares.append(inner.share)
        start += len(inner.text) + len(BETWEEN)
    return Extracted(
        BETWEEN.join(pieces),
        body=tuple(body) if some_body else (),
        locators=tuple(locators),
        share=min(shares, default=1.0),
        apart=tuple(apart),
        parts=tuple(parts),
        left_out=left_out,
    )


def passed_over(told: list[str], what: str) -> tuple[str, ...]:
    """What is said of the members that were passed over."""
    more = (f"holds {len(told) - TOLD} more {what} that were passed over",) if len(told) > TOLD else ()
    return (*told[:TOLD], *more)


def parts_of(extracted: Extracted) -> tuple[Part, ...]:
    """The documents of a file that tells them apart; else the whole as one."""
    whole = Span(0, len(extracted.text))
    return extracted.parts or (
        Part(whole, NOTHING_KNOWN, extracted.joined, extracted.headed, extracted.structured, extracted.share),
    )


def facts_of(own: Metadata, of_file: Metadata, known: Metadata, *, alone: bool) -> Metadata:
    """What is known about one document of a file, where `known` is stated beside the file.

    Of several documents, title, address and speaker are each one's own; what restricts the file restricts each of them.
    """
    channels = narrowed(of_file.under(known).channels, own.channels)
    if alone:
        return replace(of_file.under(own).under(known), channels=channels)
    if known.speaker:
        raise DocumentError("`speaker` is given for a file of several documents; give it in each of them.")
    given = of_file.under(known)
    shared = Metadata(publisher=given.publisher, published=given.published, dated_by=given.dated_by).under(own)
    return replace(shared, publisher=known.publisher or shared.publisher, channels=channels)


def _parts(one: Gathered, start: int) -> Iterator[Part]:
    """A document's parts in the text of them all, each with what is known about it."""
    inner = one.extracted
    for part in parts_of(inner):
        facts = facts_of(part.metadata, inner.metadata, one.known, alone=len(inner.parts) < 2)
        yield replace(part, span=part.span.shifted(start), metadata=facts)


def _locators(one: Gathered, start: int) -> Iterator[Locator]:
    """Where the words stand: the document's place in the file, and the place in the document where that has one."""
    if not one.extracted.locators:
        yield Locator(Span(start, start + len(one.extracted.text)), one.place)
    for locator in one.extracted.locators:
        yield Locator(locator.span.shifted(start), f"{one.place}, {locator.label}")
