"""Ranked candidates -> what is shown: verified, cut to the best part, one statement once with all its sources."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from retrieval.asking import merging
from retrieval.asking.coverage import Wanted, nearly_covered
from retrieval.asking.memory import Memory
from retrieval.asking.merging import same_speaker
from retrieval.asking.rank import Found, Scored
from retrieval.display import MARK, collapse, display, link
from retrieval.gates import CATALOG, Gate, withheld
from retrieval.model import Document, Quote, QuoteHit, Source, Span
from retrieval.rules import rule
from retrieval.sentences import sentences

Worth = Callable[[Document, Sequence[Span]], Sequence[float]]

_IN_FOCUS = 0.2  # what a sentence is worth for standing where the meaning of the question is, beside its words' share

log = logging.getLogger(__name__)


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


def worth_by_words(asked: Sequence[Wanted], shelf: Memory) -> Worth:
    """How much of the question each sentence covers, with its words or with words that mean nearly the same."""

    def worth(document: Document, parts: Sequence[Span]) -> list[float]:
        return [nearly_covered(asked, shelf.keys.of(part.of(document.text))) for part in parts]

    return worth


def shown(
    candidates: Sequence[Scored], worth: Worth, shelf: Memory, stopped: list[tuple[str, Gate]] | None = None
) -> list[Shown]:
    """The part of each candidate that is to be shown, without those that a gate withholds.

    `stopped` is told the id of each quote that was withheld, with the gate.
    """
    stored = shelf.stored(c.found.document.id for c in candidates)
    passed = []
    for part in (_part(candidate, worth) for candidate in candidates):
        gate = gate_against(stored.get(part.found.document.id), part.found.quote, part.fragments, shelf)
        if gate is None:
            passed.append(part)
        elif stopped is not None:
            stopped.append((part.found.quote.id, gate))
    return passed


def _part(scored: Scored, worth: Worth) -> Shown:
    quote, document = scored.found.quote, scored.found.document
    focus = scored.found.nearness.focus

    def values(parts: Sequence[Span]) -> list[float]:
        return [
            value + (_IN_FOCUS if focus is not None and focus.start <= part.start < focus.end else 0.0)
            for value, part in zip(worth(document, parts), parts, strict=True)
        ]

    fragments, truncated = excerpt(document, quote, values)
    return Shown(scored, fragments, truncated, display(document.text, fragments))


def gate_against(stored: Document | None, quote: Quote, fragments: Sequence[Span], shelf: Memory) -> Gate | None:
    """The gate that withholds the words, by the document as it is stored now, or None; what is withheld is reported."""
    card = shelf.card(quote.document_id)
    gate = CATALOG if card is None else withheld(stored, quote, fragments, card.text_sha256)
    if gate is not None:
        path = stored.path if stored else ""
        log.error(
            "quote withheld: quote=%s document=%s path=%s gate=%s why=%s",
            *(quote.id, quote.document_id, path, gate.name, gate.stopped),
        )
    return gate


def hits(
    candidates: Sequence[Shown], limit: int, hidden: Callable[[str], Sequence[Span]] = lambda _: ()
) -> tuple[QuoteHit, ...]:
    """One hit for each statement, the best first; copies of it in other documents become its further sources.

    `hidden` gives the words of a document that are not to be shown, not even around others.
    """
    by_key = {c.found.quote.id: c for c in candidates}
    ready = [
        merging.wordings(
            c.found.quote.id, c.found.document.id, c.found.quote.speaker, _said(c.found.document, c.fragments)
        )
        for c in candidates
    ]
    groups = [
        sorted(group, key=lambda w: (-len(w.words), -_facts(by_key[w.key].found.document)))
        for group in merging.merged(ready)[:limit]
    ]
    return tuple(_hit([by_key[w.key] for w in group], group, hidden) for group in groups)


def _said(document: Document, fragments: Sequence[Span]) -> str:
    """The words of the speaker alone, without what the text says between them."""
    return " ".join(f.of(document.text) for f in fragments)


def _facts(document: Document) -> int:
    """How much is known of a document: of two that print the same words, the one that can be cited stands first."""
    return sum(fact is not None for fact in (document.url, document.publisher, document.published, document.title))


def _hit(
    group: Sequence[Shown], wordings: Sequence[merging.Wordings], hidden: Callable[[str], Sequence[Span]]
) -> QuoteHit:
    main = group[0]
    before, after = around(main.found.document, main.fragments, hidden(main.found.document.id))
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
                wording=merging.compared(wordings[0].words, theirs.words) or "differs",
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
        change = merging.difference(_said(hit.document, hit.fragments), theirs)
        if change is None:
            return f"The sources differ in the wording; {name} prints it otherwise."
        return f"The sources differ: “{change[0]}” here, “{change[1]}” in {name}."
    return ""


# Which part of a long statement is shown, and what stands beside it (pure).

WHOLE = 95  # words up to which a statement is shown whole
RUN = 90  # words of the run of sentences that stands for a longer one
CONTEXT = 300  # characters of the text before and after


def excerpt(
    document: Document, quote: Quote, worth: Callable[[Sequence[Span]], Sequence[float]]
) -> tuple[tuple[Span, ...], bool]:
    """The fragments to be shown, and whether they are only a part: the best run of whole sentences of a long statement.

    `worth` says how much each sentence has to do with the question.
    """
    text = document.text
    if sum(_length(text, f) for f in quote.fragments) <= WHOLE:
        return quote.fragments, False
    parts = [s for fragment in quote.fragments for s in sentences(text, fragment)]
    if len(parts) < 2:
        return quote.fragments, False
    values = worth(parts)
    first, last = _best_run([_length(text, s) for s in parts], values)
    shown = Span(parts[first].start, parts[last - 1].end)
    cut = tuple(
        Span(max(f.start, shown.start), min(f.end, shown.end))
        for f in quote.fragments
        if f.start < shown.end and f.end > shown.start
    )
    return cut, cut != quote.fragments


def _best_run(lengths: Sequence[int], values: Sequence[float]) -> tuple[int, int]:
    """The run of sentences of at most RUN words whose best sentences are worth most; a single longer one when it is the best."""
    best, found = float("-inf"), (0, 1)
    for first in range(len(lengths)):
        total = 0
        for last in range(first, len(lengths)):
            total += lengths[last]
            if last > first and total > RUN:
                break
            inside = sorted(values[first : last + 1], reverse=True)
            worth = inside[0] + 0.35 * sum(inside[1:3]) + 0.0005 * min(total, RUN)
            if worth > best:
                best, found = worth, (first, last + 1)
    return found


def _length(text: str, span: Span) -> int:
    return len(span.of(text).split())


def around(document: Document, shown: Sequence[Span], hidden: Sequence[Span] = ()) -> tuple[str, str]:
    """The text before and after what is shown, from and to the end of a sentence, never beyond the document.

    It stops short of words that an admin has hidden.
    """
    text = document.text
    start, end = shown[0].start, shown[-1].end
    first = max([0, *(h.end for h in hidden if h.end <= start)])
    last = min([len(text), *(h.start for h in hidden if h.start >= end)])
    before, after = Span(max(first, start - CONTEXT), start), Span(end, min(last, end + CONTEXT))
    left, right = before.of(text), after.of(text)
    if before.start > 0:
        left = _from_sentence(left)
    if after.end < len(text):
        right = _to_sentence(right)
    return collapse(left), collapse(right)


def _from_sentence(text: str) -> str:
    parts = list(sentences(text))
    return text[parts[1].start :] if len(parts) > 1 else text.partition(" ")[2]


def _to_sentence(text: str) -> str:
    parts = list(sentences(text))
    return text[: parts[-2].end] if len(parts) > 1 else text.rpartition(" ")[0]


# Words that a text gives as one are shown as one: the phrases of a sentence, a statement that its “he said” interrupts (pure).

_BETWEEN = 80  # characters of the text that may stand between two parts: all of them are shown
_TOGETHER = 60  # words that the parts may have together, so that what was asked for does not drown
_WORDS = re.compile(r"[^\W_].*[^\W_]", re.DOTALL)


@rule("which words", keep=0)
def joined(ready: Sequence[Shown]) -> list[Shown]:
    """The candidates, those that the text gives as one statement as one, in the place of the best of them.

    Where a sentence is among them that holds all of its phrases and tells what they are part of, it stands for them.
    """
    left = list(ready)
    made: list[Shown] = []
    while left:
        first, *left = left
        if any(_holds(whole, [first]) for whole in made):
            continue
        parts = [first]
        for other in sorted(left, key=lambda s: abs(s.fragments[0].start - first.fragments[0].start)):
            if _same_place(first, other) and _are_one(_in_order([*parts, other])):
                parts.append(other)
        told = next((s for s in left if _holds(s, parts) and _words(s) <= _TOGETHER), None) if len(parts) > 1 else None
        made.append(_in_place_of(first, told) if told else _as_one(first, _in_order(parts)))
        left = [s for s in left if s is not told and not any(s is part for part in parts)]
    return made


def _words(one: Shown) -> int:
    return len(one.text.split())


def _in_place_of(best: Shown, told: Shown) -> Shown:
    """The sentence, worth what its best phrase is."""
    return replace(told, scored=replace(told.scored, score=max(best.scored.score, told.scored.score)))


def _holds(whole: Shown, parts: Sequence[Shown]) -> bool:
    """Whether a reported sentence has all these phrases in it."""
    told = whole.found.quote
    return told.kind == "reported" and all(
        p.found.quote.kind == "mixed"
        and p.found.quote.document_id == told.document_id
        and merging.same_speaker(p.found.quote.speaker, told.speaker)
        and told.extent.covers(p.found.quote.extent)
        for p in parts
    )


def _same_place(one: Shown, other: Shown) -> bool:
    a, b = one.found.quote, other.found.quote
    whole = not one.truncated and not other.truncated
    return whole and a.document_id == b.document_id and a.kind == b.kind and merging.same_speaker(a.speaker, b.speaker)


def _in_order(parts: Sequence[Shown]) -> list[Shown]:
    return sorted(parts, key=lambda s: s.fragments[0].start)


def _are_one(parts: Sequence[Shown]) -> bool:
    """Whether parts of one kind, in the order of the text, belong together."""
    text = parts[0].found.document.text
    if sum(len(f.of(text).split()) for p in parts for f in p.fragments) > _TOGETHER:
        return False
    return all(_go_on(one, other, text) for one, other in pairwise(parts))


def _go_on(one: Shown, other: Shown, text: str) -> bool:
    gap = Span(one.fragments[-1].end, other.fragments[0].start)
    between = gap.of(text)
    if not 0 < len(between) <= _BETWEEN or "\n" in between.strip() or len(MARK.findall(between)) > 2:
        return False
    if one.found.quote.kind == "mixed":
        return _one_sentence(text, Span(gap.start - 1, gap.end + 1))
    words = _WORDS.search(between)
    inside = Span(gap.start + words.start(), gap.start + words.end()) if words else gap
    return one.found.quote.kind == "direct" and _one_sentence(text, inside)


def _one_sentence(text: str, extent: Span) -> bool:
    return sum(1 for _ in sentences(text, extent)) == 1


def _as_one(first: Shown, parts: Sequence[Shown]) -> Shown:
    if len(parts) == 1:
        return first
    fragments = tuple(f for part in parts for f in part.fragments)
    return replace(first, fragments=fragments, text=display(first.found.document.text, fragments))


# A reported sentence gives way to the words that bear it out: “… said the town was safe. “Nobody need fear,” he said.” (pure).

_BEHIND = 2.5  # how much less the words themselves may fit the question
_AFTER = 200  # characters from the end of the sentence in which they begin


@rule("order", keep=0)
def words_first(ranked: Sequence[Scored]) -> list[Scored]:
    """The ranked candidates, and where a reported sentence leads, the speaker's own words right behind it before it.

    A sentence that holds quoted words itself keeps its place.
    """
    found = list(ranked)
    if not found or found[0].found.quote.kind != "reported":
        return found
    first = found[0]
    if MARK.search(first.found.quote.extent.of(first.found.document.text)):
        return found  # the sentence gives words of the speaker's itself
    words = next((s for s in found if s.score >= first.score - _BEHIND and _bears_out(s, first)), None)
    return found if words is None else [words, *(s for s in found if s is not words)]


def _bears_out(words: Scored, reported: Scored) -> bool:
    said, told = words.found.quote, reported.found.quote
    return (
        said.kind in {"direct", "mixed"}
        and said.document_id == told.document_id
        and 0 <= said.extent.start - told.extent.end <= _AFTER
        and same_speaker(said.speaker, told.speaker)
    )
