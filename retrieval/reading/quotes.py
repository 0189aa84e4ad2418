"""Canonical text to what stands in quotation marks and what is said in turns, with offsets (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Span
from retrieval.reading.marks import Region, dashed, normalised, opens_with_dash, regions, single
from retrieval.reading.paragraphs import paragraphs
from retrieval.reading.posts import post
from retrieval.reading.turns import Turn, turns

# Bounds that no document written by people meets; they keep a hostile one from taking the machine.
MOST_REGIONS = 15_000
_LABEL_LINE = re.compile(
    r"[*_>\s]*(?:[A-Z][A-Z.'’\- ]{1,50}|Q)(?:\s*[\[(][^\])\n]{1,60}[\])])?[*_]*(?::|\s{2,})|>>\s?[A-Z]|[QA]\.\s{1,4}[A-Z]"
    r"|[\[(]?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s)?\d{1,2}:\d{2}(?::\d{2})?[\])]?[\s–-]{1,4}[A-Z][\w.'’\- ]{1,50}:\s"
)


@dataclass(frozen=True)
class Layout:
    """A text taken apart: its paragraphs, the quoted regions of each, and its turns."""

    text: str
    plain: str  # the text with every kind of double mark as one character, same length
    paragraphs: tuple[Span, ...]
    regions: dict[int, tuple[Region, ...]]  # by paragraph number
    turns: tuple[Turn, ...]
    capped: bool  # more quotations than a document can have: the rest was left alone


def layout(text: str, body: Sequence[Span] = (), *, apostrophes: bool = True, posts: bool = True) -> Layout:
    """The layout of a text; with `body`, of the paragraphs that lie in its running text.

    Without `apostrophes` two of them open no quotation, without `posts` only marks do.
    """
    plain = normalised(text, apostrophes=apostrophes)
    every = paragraphs(text, _LABEL_LINE)
    if body:
        every = _within(every, body)
    found: dict[int, tuple[Region, ...]] = {}
    count = 0
    for number, paragraph in enumerate(every):
        embedded = post(plain, paragraph, number) if posts else None
        marked = (embedded,) if embedded else regions(plain, paragraph, number)
        if marked and count < MOST_REGIONS:
            found[number] = marked
            count += len(marked)
    taken = turns(text, every)
    if not found and not taken and (apostrophes or "''" not in text):  # else single marks stand inside double ones
        found = _single(plain, every) or _dialogue(plain, every)
    elif "‘" in plain and not taken and _inside(found, inner := _single(plain, every)):
        found = inner  # the British way: ‘He said, “Never,” and left’
    return Layout(text, plain, every, found, taken, count >= MOST_REGIONS)


def _inside(found: dict[int, tuple[Region, ...]], singles: dict[int, tuple[Region, ...]]) -> bool:
    """Whether double marks stand only within single ones, of which there are more."""
    within = all(
        any(one.inner.covers(region.outer) for one in singles.get(number, ()))
        for number, regions in found.items()
        for region in regions
    )
    return within and sum(map(len, singles.values())) > sum(map(len, found.values()))


def _single(plain: str, every: Sequence[Span]) -> dict[int, tuple[Region, ...]]:
    """Speech in single marks, in a text that has no double ones."""
    found: dict[int, tuple[Region, ...]] = {}
    if "‘" not in plain and "'" not in plain:
        return found
    for number, paragraph in enumerate(every):
        if len(found) < MOST_REGIONS and (lines := single(plain, paragraph, number)):
            found[number] = lines[:100]
    return found


def _dialogue(plain: str, every: Sequence[Span]) -> dict[int, tuple[Region, ...]]:
    """Dialogue set with dashes, in a text that has no quotation marks and two such lines at least."""
    numbers = [n for n, p in enumerate(every) if opens_with_dash(plain, p)][:MOST_REGIONS]
    if len(numbers) < 2:
        return {}
    return {n: lines for n in numbers if (lines := dashed(plain, every[n], n))}


def _within(every: Sequence[Span], body: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of paragraphs that lie in the body."""
    kept, at = [], 0
    for paragraph in every:
        while at < len(body) and body[at].end <= paragraph.start:
            at += 1
        here = at
        while here < len(body) and body[here].start < paragraph.end:
            start, end = max(paragraph.start, body[here].start), min(paragraph.end, body[here].end)
            if start < end:
                kept.append(Span(start, end))
            here += 1
    return tuple(kept)
