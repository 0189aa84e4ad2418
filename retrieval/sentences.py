"""Where sentences and paragraphs end: spans only, no text is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.model import Span

# A sentence ends with its mark, closing quotation marks or brackets, and white space before something that can begin one.
# (The lookbehinds and possessive repeats keep long runs of marks or blanks from being tried from each of their characters.)
_END = re.compile(r"""(?<![.!?…])[.!?…]++["'”’»)\]*_]*+(?=\s+["'“‘«„(\[*_—–-]*[\w“‘«„$€£])""")
# A paragraph ends at an empty line, or where a line ends like a sentence or stands alone like a heading.
_BREAK = re.compile(
    r"(?<![ \t\f])(?:[ \t\f]*+(?:\r\n|\r|\n)){2,}+[ \t]*+|(?<=[.!?…:;\"”’»)\]])[ \t]*+(?:\r\n|\r|\n)[ \t]*+"
)
_LINE_END = re.compile(r"[\r\n]")
_ABBREVIATIONS = re.compile(
    r"mr|mrs|ms|dr|prof|st|gen|lt|col|maj|capt|cmdr|adm|sgt|sen|rep|gov|hon|rev|pres|sec|amb|jr|sr|vs|etc|no|vol|fig|inc|ltd|co|corp|dept|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mt|ft|e\.g|i\.e|cf|al|approx|ca|p|pp|art|[^\W\d_]|(\w\.)+\w"
)
_LAST_WORD = re.compile(r"[\w.]+$")


def paragraphs(text: str, within: Span | None = None) -> Iterator[Span]:
    """The paragraphs of a stretch of text, without the white space around them."""
    within = within or Span(0, len(text))
    start = within.start
    for found in _breaks(text, within):
        yield from _trimmed(text, start, found.start())
        start = found.end()
    yield from _trimmed(text, start, within.end)


def _breaks(text: str, within: Span) -> Iterator[re.Match[str]]:
    """The breaks between paragraphs, looked for where lines end only: elsewhere there is none."""
    at = within.start
    while line := _LINE_END.search(text, at, within.end):
        first = line.start()
        while first > at and text[first - 1] in " \t\f":
            first -= 1
        found = _BREAK.match(text, first, within.end)
        if found:
            yield found
        at = found.end() if found else line.end()


def sentences(text: str, within: Span | None = None) -> Iterator[Span]:
    """The sentences of a stretch of text, in order; between them lies nothing but white space."""
    for paragraph in paragraphs(text, within):
        start = paragraph.start
        for found in _END.finditer(text, paragraph.start, paragraph.end):
            if _ends_a_sentence(text, start, found):
                yield from _trimmed(text, start, found.end())
                start = found.end()
        yield from _trimmed(text, start, paragraph.end)


def _ends_a_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether the mark ends a sentence, and not an abbreviation, an initial or a clause that goes on in lower case."""
    mark = found.group()
    following = text[found.end() : found.end() + 40].lstrip()[:1]
    if mark[0] in "!?…" or len(mark) > 1:
        return not following.islower()
    if following.islower():
        return False
    word = _LAST_WORD.search(text, max(start, found.start() - 20), found.start())
    if word is None:
        return True
    return _ABBREVIATIONS.fullmatch(word.group().lower()) is None


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretch without white space at its ends, unless nothing is left of it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
