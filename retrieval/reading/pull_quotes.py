"""Pull quotes: words of the running text that a page sets apart a second time, somewhere between its paragraphs (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.model import Span
from retrieval.reading.layout import Layout

_LONGEST = 400  # characters of a paragraph that is nothing but a pull quote
_FEWEST = 6  # words that stand twice by no accident
_MOST = 200  # paragraphs that are looked for: a page sets a handful apart
_MORE = 20  # characters that the paragraph which is quoted from has besides
_WORD = re.compile(r"[^\W_]+")


def pull_quotes(text: str, taken: Layout) -> frozenset[int]:
    """The numbers of the paragraphs that only repeat a quotation of a longer one; who speaks there tells nothing of who goes on."""
    short = [n for n in taken.regions if taken.paragraphs[n].end - taken.paragraphs[n].start <= _LONGEST][:_MOST]
    wanted = {n: words for n in short if len((words := _folded(text, taken.regions[n][0].inner)).split()) >= _FEWEST}
    if not wanted:
        return frozenset()
    every = [_folded(text, p) for p in taken.paragraphs]
    whole = "\n".join(every)
    twice = {n for n, words in wanted.items() if whole.find(words, whole.find(words) + 1) >= 0}
    return frozenset(n for n in twice if _is_in_longer(wanted[n], n, every))


def _is_in_longer(words: str, number: int, every: Sequence[str]) -> bool:
    least = len(every[number]) + _MORE
    return any(len(other) >= least and words in other for n, other in enumerate(every) if n != number)


def _folded(text: str, span: Span) -> str:
    return " ".join(_WORD.findall(text[span.start : span.end].casefold()))
