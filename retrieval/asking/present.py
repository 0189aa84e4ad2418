"""Ranked candidates -> what is shown: verified, cut to the best part, one statement once with all its sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from retrieval.asking import excerpt, merge
from retrieval.asking.evidence import Wanted, nearly_covered
from retrieval.asking.shelf import Shelf
from retrieval.display import display, link
from retrieval.model import Document, Quote, QuoteHit, Source, Span
from retrieval.rank import Found, Scored
from retrieval.verify import fault

Worth = Callable[[Document, Sequence[Span]], Sequence[float]]

_IN_FOCUS = 0.2  # what a sentence is worth for standing where the meaning of the question is, beside its words' share

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate with the part of it that is to be shown."""

    scored: Scored
    fragments: tuple[Span, ...]
    truncated: bool
    text: str

    @property
    def found(self) -> Found:
        return self.scored.found


def worth_by_words(asked: Sequence[Wanted], shelf: Shelf) -> Worth:
    """How much of the question each sentence covers, with its words or with words that mean nearly the same."""

    def worth(document: Document, parts: Sequence[Span]) -> list[float]:
        return [nearly_covered(asked, shelf.keys.of(part.of(document.text))) for part in parts]

    return worth


def shown(candidates: Sequence[Scored], worth: Worth, shelf: Shelf) -> list[Shown]:
    """The part of each candidate that is to be shown, without those that the gate withholds."""
    stored = shelf.stored(c.found.document.id for c in candidates)
    parts = (_part(candidate, worth) for candidate in candidates)
    return [s for s in parts if passes(stored.get(s.found.document.id), s.found.quote, s.fragments, shelf)]


def _part(scored: Scored, worth: Worth) -> Shown:
    quote, document = scored.found.quote, scored.found.document
    focus = scored.found.nearness.focus

    def values(parts: Sequence[Span]) -> list[float]:
        return [
            value + (_IN_FOCUS if focus is not None and focus.start <= part.start < focus.end else 0.0)
            for value, part in zip(worth(document, parts), parts, strict=True)
        ]

    fragments, truncated = excerpt.excerpt(document, quote, values)
    return Shown(scored, fragments, truncated, display(document.text, fragments))


def passes(stored: Document | None, quote: Quote, fragments: Sequence[Span], shelf: Shelf) -> bool:
    """Whether the gate lets the words through, by the document as it is stored now; what it withholds is reported."""
    card = shelf.card(quote.document_id)
    wrong = (
        "the document is not in the catalog"
        if card is None or stored is None
        else fault(stored, quote, fragments, card.text_sha256)
    )
    if wrong is not None:
        path = stored.path if stored else ""
        log.error("quote withheld", quote=quote.id, document=quote.document_id, path=path, why=wrong)
    return wrong is None


def hits(
    candidates: Sequence[Shown], limit: int, hidden: Callable[[str], Sequence[Span]] = lambda _: ()
) -> tuple[QuoteHit, ...]:
    """One hit for each statement, the best first; copies of it in other documents become its further sources.

    `hidden` gives the words of a document that are not to be shown, not even around others.
    """
    by_key = {c.found.quote.id: c for c in candidates}
    ready = [
        merge.wordings(
            c.found.quote.id, c.found.document.id, c.found.quote.speaker, _said(c.found.document, c.fragments)
        )
        for c in candidates
    ]
    groups = [
        sorted(group, key=lambda w: (-len(w.words), -_facts(by_key[w.key].found.document)))
        for group in merge.merged(ready)[:limit]
    ]
    return tuple(_hit([by_key[w.key] for w in group], group, hidden) for group in groups)


def _said(document: Document, fragments: Sequence[Span]) -> str:
    """The words of the speaker alone, without what the text says between them."""
    return " ".join(f.of(document.text) for f in fragments)


def _facts(document: Document) -> int:
    """How much is known of a document: of two that print the same words, the one that can be cited stands first."""
    return sum(fact is not None for fact in (document.url, document.publisher, document.published, document.title))


def _hit(
    group: Sequence[Shown], wordings: Sequence[merge.Wordings], hidden: Callable[[str], Sequence[Span]]
) -> QuoteHit:
    main = group[0]
    before, after = excerpt.around(main.found.document, main.fragments, hidden(main.found.document.id))
    return QuoteHit(
        quote=main.found.quote,
        document=main.found.document,
        text=main.text,
        fragments=main.fragments,
        truncated=main.truncated,
        link=_link(main),
        context_before=before,
        context_after=after,
        # the wording that is shown has to fit, and not a clipped one in a fitting sentence alone
        score=(main.scored.score + max(c.scored.score for c in group)) / 2,
        also_in=tuple(
            Source(
                document=other.found.document,
                quote=other.found.quote,
                text=other.text,
                link=_link(other),
                wording=merge.compared(wordings[0].words, theirs.words) or "differs",
                fragments=other.fragments,
            )
            for other, theirs in zip(group[1:], wordings[1:], strict=True)
        ),
    )


def _link(shown: Shown) -> str | None:
    """The link to the words; our own words of a summary stand nowhere at its source, so there they are not highlighted."""
    document, words = shown.found.document, shown.text
    if document.summary_of:
        words = "" if shown.found.quote.narrated else shown.fragments[0].of(document.text)
    return link(document.url, words)


def disagreement(hit: QuoteHit) -> str:
    """A sentence when sources print the statement in different words, with the first difference; else empty."""
    for source in hit.also_in:
        if source.wording != "differs":
            continue
        name = source.document.publisher or source.document.title or source.document.path
        theirs = _said(source.document, source.fragments) if source.fragments else source.text
        change = merge.difference(_said(hit.document, hit.fragments), theirs)
        if change is None:
            return f"The sources differ in the wording; {name} prints it otherwise."
        return f"The sources differ: “{change[0]}” here, “{change[1]}” in {name}."
    return ""
