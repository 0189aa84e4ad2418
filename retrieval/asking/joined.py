"""Words that a text gives as one are shown as one: the phrases of a sentence, a statement that its “he said” interrupts (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.asking import merge
from retrieval.asking.present import Shown
from retrieval.display import MARK, display
from retrieval.model import Span
from retrieval.sentences import sentences

_BETWEEN = 80  # characters of the text that may stand between two parts: all of them are shown
_TOGETHER = 60  # words that the parts may have together, so that what was asked for does not drown
_WORDS = re.compile(r"[^\W_].*[^\W_]", re.DOTALL)


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
        and merge.same_speaker(p.found.quote.speaker, told.speaker)
        and told.extent.covers(p.found.quote.extent)
        for p in parts
    )


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
