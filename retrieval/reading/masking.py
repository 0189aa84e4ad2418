"""A paragraph made easy to parse: long quotations stand as a short clause of the same kind, offsets kept (pure)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.model import Span
from retrieval.reading.marks import Region

# Characters that the parser was not trained on, and what it was; same length.
PLAIN = str.maketrans(
    {
        "\n": " ",
        "\r": " ",
        "\t": " ",
        "\x00": " ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2028": " ",
        "\u2029": " ",
        "\u2015": "—",
        "„": "“",
        "«": "“",
        "»": "”",
        "‟": "“",
        "〝": "“",
        "〞": "”",
        "＂": '"',
    }
)
# "STRELSAU, Oct 14 (Reuters) - ", "LONDON — ": where a report was filed is no part of its first sentence
_DATELINE = re.compile(
    r"(?:[A-Z]{3}[A-Z.’'\-]*(?:[ ,/]+[\w.’'\-]+){0,7}?(?:\s*\([A-Z][\w./ \-]{1,30}\))?"
    r"|[A-Z][\w.’'\-]+(?:[ ,/]+[\w.’'\-]+){0,7}?\s*\([A-Z][\w./ \-]{1,30}\))\s*[-–—]{1,2}\s+(?=[A-Z“\"])"
)
_LONGEST_DATELINE = 90
_SHORT = 4  # quotations of fewer words are left as they are
_KEPT_WORDS = 6
_TERMINAL = ".,?!"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the masked text: copied from the original, or (region set) standing for a quotation."""

    start: int  # in the masked text
    original: int
    copied: bool
    region: int  # index among the paragraph's regions, -1 outside


@dataclass(frozen=True, slots=True)
class Masked:
    """The masked paragraph and its way back to the original offsets."""

    text: str
    pieces: tuple[Piece, ...]
    _starts: list[int] = field(default_factory=list)

    def place(self, offset: int) -> tuple[int, int]:
        """The original offset of a masked one, and the index of the region it lies in (-1: outside)."""
        piece = self.pieces[max(0, bisect_right(self._starts, offset) - 1)]
        return piece.original + (offset - piece.start if piece.copied else 0), piece.region


def masked(text: str, paragraph: Span, regions: Sequence[Region]) -> Masked:
    """The paragraph of a `normalised` text with its long quotations replaced."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0

    def add(words: str, original: int, *, copied: bool, region: int) -> None:
        nonlocal length
        if words:
            pieces.append(Piece(length, original, copied, region))
            parts.append(words)
            length += len(words)

    at = _past_dateline(text, paragraph, regions)
    for index, region in enumerate(regions):
        add(text[at : region.inner.start], at, copied=True, region=-1)
        inner = region.inner.of(text)
        words = inner.split(None, _SHORT)
        if len(words) < _SHORT:
            add(inner, region.inner.start, copied=True, region=index)
        else:
            add(_stand_in(inner), region.inner.start, copied=False, region=index)
        at = region.inner.end
        if not region.closed:  # the parser reads an unclosed mark badly
            add("”", at, copied=False, region=-1)
    add(text[at : paragraph.end], at, copied=True, region=-1)
    whole = "".join(parts).translate(PLAIN)
    return Masked(whole, tuple(pieces), [p.start for p in pieces])


def _past_dateline(text: str, paragraph: Span, regions: Sequence[Region]) -> int:
    """Where a paragraph's own words begin."""
    found = _DATELINE.match(text, paragraph.start, min(paragraph.end, paragraph.start + _LONGEST_DATELINE))
    if found is None or found.end() >= paragraph.end or (regions and regions[0].outer.start < found.end()):
        return paragraph.start
    return found.end()


def _stand_in(inner: str) -> str:
    inner = inner.strip()
    last = inner[-1] if inner[-1] in _TERMINAL else ""
    if inner[:1].islower():
        words = inner.split(None, _KEPT_WORDS)[:_KEPT_WORDS]
        return " ".join(words).rstrip(".,;:?!—–-") + last
    return "We know it" + last
