"""Which part of a long statement is shown, and what stands beside it (pure)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retrieval.display import collapse
from retrieval.model import Document, Quote, Span
from retrieval.sentences import sentences

WHOLE = 95  # words up to which a statement is shown whole
RUN = 75  # words of the run of sentences that stands for a longer one
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
