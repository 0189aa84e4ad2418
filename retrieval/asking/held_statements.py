"""What somebody said at one place, as words to compare a claimed quotation with, and where its words stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.asking.comparing import (
    ComparedWord,
    Likeness,
    Standing,
    compared,
    compared_words,
    is_negated,
    may_be_left_out,
    seen,
    standing,
)
from retrieval.asking.lookup import Lookup
from retrieval.model import Audience, Document, Quote
from retrieval.sentences import sentences
from retrieval.terms import STOP

_RUN = 3  # words of a run that show where a piece of a stitched quotation comes from
COVERED = 0.85  # share of the claimed words that such pieces must make up
_PIECES = 5  # places that a quotation is stitched together from, at most
_INTERRUPTED = 120  # characters between two quotes that one statement may be interrupted by
_COMPARED = 12  # places of one run that are compared


@dataclass(frozen=True, slots=True)
class HeldStatement:
    """What somebody said at one place, as words to compare with: a quote, or several that only a clause parts."""

    quotes: tuple[Quote, ...]
    document: Document
    said: str  # as it is `seen`
    words: tuple[ComparedWord, ...]
    parts: tuple[tuple[int, bool], ...]  # where a part of it begins in `said`, and whether that begins a sentence

    @property
    def quote(self) -> Quote:
        return self.quotes[0]

    @property
    def credited(self) -> bool:
        return self.quote.speaker is not None and self.quote.kind != "reported"


def statements_with(claimed: str, finder: Lookup, audience: Audience) -> list[HeldStatement]:
    """All that holds many of the claimed words, as statements; parts of one that a clause interrupts together as well."""
    quotes = finder.quotes_with(seen(claimed), audience)
    documents = finder.shelf.documents(q.document_id for q in quotes)
    held = [q for q in quotes if q.document_id in documents]
    single = [_statement([q], documents[q.document_id]) for q in held]
    return single + [_statement(run, documents[run[0].document_id]) for run in _runs(held, documents)]


def _statement(quotes: Sequence[Quote], document: Document) -> HeldStatement:
    said, parts = "", list[tuple[int, bool]]()
    last = 0
    for fragment in (f for q in quotes for f in q.fragments):
        words = seen(fragment.of(document.text))
        between = document.text[last : fragment.start] if said else ""
        said = f"{said} {words}" if said else words
        parts.append((len(said) - len(words), any(mark in between for mark in ".!?\n")))
        last = fragment.end
    return HeldStatement(tuple(quotes), document, said, compared(said), tuple(parts))


def _runs(quotes: Sequence[Quote], documents: dict[str, Document]) -> Iterator[list[Quote]]:
    """The quotes of one speaker that follow each other with no more than a clause between them."""
    order = sorted((q for q in quotes if q.kind in ("direct", "mixed")), key=lambda q: (q.document_id, q.extent.start))
    for _, group in groupby(order, key=lambda q: (q.document_id, q.speaker)):
        run: list[Quote] = []
        for quote in group:
            if run and not _follows(run[-1], quote, documents[quote.document_id].text):
                if len(run) > 1:
                    yield run
                run = []
            run.append(quote)
        if len(run) > 1:
            yield run


def _follows(one: Quote, other: Quote, text: str) -> bool:
    between = text[one.extent.end : other.extent.start] if one.extent.end <= other.extent.start else "\n\n"
    return one.speaker is not None and len(between) <= _INTERRUPTED and "\n" not in between.strip()


def places(words: Sequence[ComparedWord], statement: HeldStatement) -> Iterator[Standing]:
    """Where claimed words stand in a statement."""
    where = standing(words, statement.words)
    if where is not None:
        yield where
        return
    quote = statement.quote
    if len(statement.quotes) == 1 and len(quote.fragments) > 1:  # with the clause that interrupts it
        whole = compared(seen(quote.extent.of(statement.document.text)))
        if [w.key for w in words] == [w.key for w in whole]:
            yield Standing(0, len(statement.words), edited=False)


def is_fair(statement: HeldStatement, where: Standing) -> bool:
    """Whether the rest of the sentences that the words begin and end in may be left out."""
    before, after = rests(statement, where.first, where.last)
    return may_be_left_out(before, ahead=True) and may_be_left_out(after, ahead=False)


def rests(statement: HeldStatement, first: int, last: int) -> tuple[str, str]:
    """What stands in its sentence before word `first`, and behind the word before `last` in that one's.

    Where the document itself breaks off to say whose words they are, nothing is cut off.
    """
    said, words = statement.said, statement.words
    start, end = words[first].start, words[last - 1].end
    before = after = ""
    for sentence in sentences(said):
        if sentence.start <= start < sentence.end:
            begins = max((at for at, new in statement.parts if new and at <= start), default=0)
            before = said[max(sentence.start, begins) : start]
        if sentence.start < end <= sentence.end:
            ends = min((at for at, _ in statement.parts if at >= end), default=sentence.end)
            after = said[end : min(sentence.end, ends)]
    if any(at == start for at, _ in statement.parts) and not is_negated(compared_words(before)):
        before = ""
    return before, after


def is_meant(one: Likeness) -> bool:
    """Whether a statement is clearly the one that was meant by a claim, and altered."""
    return (one.both >= 0.6 and one.claimed >= 0.6 and one.run >= 2) or (one.claimed >= 0.85 and one.run >= 4)


def pieces(words: tuple[str, ...], statements: Sequence[HeldStatement]) -> list[HeldStatement]:
    """The statements whose runs, one after the other, make up the claimed words; empty when they do not."""
    keys = [tuple(w.key for w in s.words if not w.gap) for s in statements]
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for number, held in enumerate(keys):
        for at in range(len(held) - _RUN + 1):
            places.setdefault(held[at : at + _RUN], []).append((number, at))
    at, covered, found = 0, 0, list[int]()
    while at < len(words):
        runs = [(_run(words, at, keys[n], i), n) for n, i in places.get(words[at : at + _RUN], ())[:_COMPARED]]
        size, number = max(runs, default=(0, 0), key=lambda run: run[0])
        if size and not all(w in STOP for w in words[at : at + size]):
            covered += size
            at += size
            if number not in found:
                found.append(number)
        else:
            at += 1
    enough = covered >= COVERED * len(words) and len(found) <= _PIECES
    return [statements[number] for number in found] if enough else []


def _run(words: tuple[str, ...], at: int, held: tuple[str, ...], start: int) -> int:
    size = _RUN
    while at + size < len(words) and start + size < len(held) and words[at + size] == held[start + size]:
        size += 1
    return size
