"""Words that a text gives as one are shown as one: the phrases of a sentence, a statement that its “he said” interrupts (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.asking import merge
from retrieval.asking.present import Shown
from retrieval.display import display
from retrieval.model import Span
from retrieval.sentences import sentences

_BETWEEN = 80  # characters of the text that may stand between two parts: all of them are shown
_TOGETHER = 60  # words that the parts may have together, so that what was asked for does not drown
_MARKS = re.compile(r"''|[“”„«»\"]")
_WORDS = re.compile(r"[^\W_].*[^\W_]", re.DOTALL)


def joined(ready: Sequence[Shown]) -> list[Shown]:
    """The candidates, those that the text gives as one statement as one, in the place of the best of them."""
    left = list(ready)
    made: list[Shown] = []
    while left:
        first, *left = left
        parts = [first]
        for other in sorted(left, key=lambda s: abs(s.fragments[0].start - first.fragments[0].start)):
            if _same_place(first, other) and _are_one(_in_order([*parts, other])):
                parts.append(other)
        left = [s for s in left if not any(s is part for part in parts)]
        made.append(_as_one(first, _in_order(parts)))
    return made


def _same_place(one: Shown, other: Shown) -> bool:
    a, b = one.found.quote, other.found.quote
    whole = not one.truncated and not other.truncated
    return whole and a.document_id == b.document_id and a.kind == b.kind and merge.same_speaker(a.speaker, b.speaker)


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
    if not 0 < len(between) <= _BETWEEN or "\n" in between.strip() or len(_MARKS.findall(between)) > 2:
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
