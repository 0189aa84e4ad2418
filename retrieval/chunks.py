"""Canonical text -> Passages, and quotes and passages -> Windows, the units that are searched (pure).

Token counters are arguments: passages are bounded in tiktoken's tokens, windows in the embedding model's word pieces.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.model import Document, Passage, Quote, Span, text_sha256
from retrieval.sentences import paragraphs, sentences

CHUNKS_VERSION = "2"  # bump when passages or windows come out differently

PASSAGE_TOKENS = 160  # at most; real text reaches 1.67 word pieces a token, so most passages are one window
PASSAGE_ENOUGH = 110  # a passage of so many tokens ends with its paragraph
WINDOW_PIECES = 256  # what all-MiniLM-L6-v2 reads of a text
PART_PIECES = (
    112  # of a statement's own words in a window: one of many sentences is about many things, and near to none
)
LETTERS_A_PIECE = 8  # counted for one at least: what has no spaces is a single unknown piece to the model, however long
PREFIX_SHARE = 3  # of a window at most one third says who spoke and what led to it
AROUND = 240  # characters of the quote's own sentences that are searched with it, on either side

Counter = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Window:
    """A unit of retrieval: who — what led to it — the words, short enough for the embedding model to read whole."""

    id: str
    owner: str  # the id of the quote or passage it stands for
    document_id: str
    span: Span  # the stretch of the canonical text that it searches
    text: str


def passages(document: Document, count_tokens: Counter) -> tuple[Passage, ...]:
    """The running text as runs of whole sentences, each at most PASSAGE_TOKENS long; only a longer sentence is cut."""
    text = document.text
    found: list[Span] = []
    for body in document.body or (Span(0, len(text)),):
        found += _packed(text, body, count_tokens)
    return tuple(Passage(_passage_id(document, span), document.id, span) for span in found)


def windows(
    document: Document,
    quotes: Iterable[Quote],
    found_passages: Iterable[Passage],
    count_pieces: Counter,
    *,
    key: str = "",
    limit: int = WINDOW_PIECES,
) -> tuple[Window, ...]:
    """What is to be embedded and searched of a document. `key` makes ids that belong to one state of its content."""

    def count(text: str) -> int:
        return max(count_pieces(text), len(text) // LETTERS_A_PIECE)

    found: list[Window] = []
    for quote in quotes:
        found += _of_quote(document, quote, count, key, limit)
    prefix = _title(document, count, limit)
    for passage in found_passages:
        found += _split(document, passage.id, passage.span, prefix, count, key, limit)
    return tuple(found)


def _packed(text: str, body: Span, count: Counter) -> Iterator[Span]:
    """Sentences packed into runs; a run ends where the next sentence would not fit, or with a paragraph once it is long enough."""
    run: Span | None = None
    for paragraph in paragraphs(text, body):
        for sentence in sentences(text, paragraph):
            for piece in _bounded(text, sentence, count, PASSAGE_TOKENS):
                longer = Span(run.start, piece.end) if run else piece
                if run and count(longer.of(text)) > PASSAGE_TOKENS:
                    yield run
                    longer = piece
                run = longer
        if run and count(run.of(text)) >= PASSAGE_ENOUGH:
            yield run
            run = None
    if run:
        yield run


def _bounded(text: str, span: Span, count: Counter, limit: int) -> Iterator[Span]:
    """The span itself when it is short enough; else halves of it, cut at white space where there is any."""
    if count(span.of(text)) <= limit or span.end - span.start < 2:
        yield span
        return
    middle = (span.start + span.end) // 2
    space = next(
        (
            at
            for distance in range((span.end - span.start) // 4)
            for at in (middle + distance, middle - distance)
            if text[at].isspace()
        ),
        None,
    )
    left, right = (middle, middle) if space is None else (space, space + 1)
    for part in (Span(span.start, left), Span(right, span.end)):
        if part.of(text).strip():
            yield from _bounded(text, part, count, limit)


def _passage_id(document: Document, span: Span) -> str:
    return "p" + text_sha256(f"{document.id}|{span.start}-{span.end}|{span.of(document.text)}")[:15]


def _of_quote(document: Document, quote: Quote, count: Counter, key: str, limit: int) -> Iterator[Window]:
    text = document.text
    who = quote.speaker.name if quote.speaker else quote.mention.of(text) if quote.mention else ""
    lead = _squeezed(quote.lead.of(text)) if quote.lead and not quote.lead.covers(quote.extent) else ""
    room = limit // PREFIX_SHARE
    prefix = _shortened(who, count, room // 2)
    lead = _shortened(lead, count, room - count(prefix) if prefix else room)
    prefix = " — ".join(part for part in (prefix, lead) if part)
    if count(quote.extent.of(text)) > PART_PIECES:
        limit = min(limit, PART_PIECES + count(prefix))
    yield from _split(document, quote.id, _with_sentence(document, quote), prefix, count, key, limit)


def _with_sentence(document: Document, quote: Quote) -> Span:
    """The quote and what stands around it in its own sentences: of "called the bridge “a lifeline”" the bridge too."""
    text, extent = document.text, quote.extent
    if quote.kind == "turn":
        return extent
    near = Span(max(0, extent.start - AROUND), min(len(text), extent.end + AROUND))
    touching = [s for s in sentences(text, near) if s.start < extent.end and s.end > extent.start]
    if not touching:
        return extent
    start, end = min(touching[0].start, extent.start), max(touching[-1].end, extent.end)
    return Span(start, end)


def _split(
    document: Document, owner: str, span: Span, prefix: str, count: Counter, key: str, limit: int
) -> Iterator[Window]:
    """The windows of one owner: one when the model can read it whole, else one for each run of sentences that fits."""
    text = document.text
    room = limit - (count(prefix) + 4 if prefix else 2)

    numbers = itertools.count(1)
    for run in _runs(text, span, count, room):
        words = _squeezed(run.of(text))
        whole = f"{prefix} — {words}" if prefix else words
        yield Window(f"{owner}.{next(numbers)}" + (f".{key}" if key else ""), owner, document.id, run, whole)


def _runs(text: str, span: Span, count: Counter, room: int) -> Iterator[Span]:
    if count(span.of(text)) <= room:
        yield span
        return
    run: Span | None = None
    for sentence in sentences(text, span):
        for piece in _bounded(text, sentence, count, room):
            if run and count(text[run.start : piece.end]) > room:
                yield run
                run = None
            run = Span(run.start, piece.end) if run else piece
    if run:
        yield run


def _title(document: Document, count: Counter, limit: int) -> str:
    """The title as a passage's prefix, unless it is so long that it would drown the passage."""
    title = _squeezed(document.title or "")
    return title if count(title) <= limit // 8 else ""


def _shortened(text: str, count: Counter, room: int) -> str:
    """The last words of `text` that fit: what stands nearest to the quote says most about it."""
    words: Sequence[str] = text.split()
    while words and count(" ".join(words)) > room:
        words = words[max(1, len(words) // 8) :]
    return " ".join(words)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
