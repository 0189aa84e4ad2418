"""Live pages: entries under their times, each a text of its own, so that nobody's name goes from one to the next (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.model import Document, Span

FEWEST, FEWEST_UNNAMED = 3, 6  # entries: where the title calls the page live, and where it does not
LEAST = 90  # letters of an entry on average: with fewer the times are those of captions or of a timetable
MOST = 300  # entries: each is read by itself
LONGEST_LINE = 140
_TIME = re.compile(
    r"\W{0,4}(?:(?:[Pp]ublished|[Pp]osted|[Uu]pdated|[Aa]t)\s(?:at\s)?)?(?P<hour>[012]?\d)[:.h](?P<minute>[0-5]\d)(?![:.\d])\s?(?P<half>[ap]\.?m\b\.?)?"
    r"(?:\s?\(?(?:[A-Z]{2,4}|GMT\s?[+-]\d{1,2})\b\)?)?(?:$|\s?[,–—|·:*-]|\s)",
    re.IGNORECASE,
)
_AGO = re.compile(r"\W{0,4}\d{1,3}\s?(?:m|min|mins|minutes?|h|hrs?|hours?)\.?\sago\b", re.IGNORECASE)
_LIVE = re.compile(r"\blive\b|\bupdates\b|\bas\sit\shappened\b|\bminute\sby\sminute\b|\brolling\b", re.IGNORECASE)


def entries(document: Document, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """The entries of a live page, what leads in before the first of them included; empty for every other text."""
    text = document.text
    opened = [p.start for p in paragraphs if _opens(text, p)]
    times = [_minutes(text, start) for start in opened]
    head = (document.title or "") + "\n" + text[: min(opened, default=0)][:300]
    fewest = FEWEST if _LIVE.search(head) else FEWEST_UNNAMED
    if not fewest <= len(opened) <= MOST or not _in_order([t for t in times if t is not None]):
        return ()
    if (len(text) - opened[0]) < LEAST * len(opened):
        return ()
    edges = [*([0] if opened[0] else []), *opened, len(text)]
    return tuple(Span(start, end) for start, end in pairwise(edges))


def of_entry(document: Document, entry: Span) -> tuple[Span, ...]:
    """The running text of one entry."""
    whole = document.body or (Span(0, len(document.text)),)
    return tuple(
        Span(max(s.start, entry.start), min(s.end, entry.end))
        for s in whole
        if s.start < entry.end and entry.start < s.end
    )


def alone(text: str, entry: Span) -> str:
    """A text of the same length in which only one entry stands, so that every offset is the text's own."""
    return " " * entry.start + entry.of(text) + " " * (len(text) - entry.end)


def _opens(text: str, paragraph: Span) -> bool:
    """Whether a paragraph's first line is a time, with a headline behind it or without."""
    end = text.find("\n", paragraph.start, paragraph.end)
    end = paragraph.end if end < 0 else end
    if end - paragraph.start > LONGEST_LINE:
        return False
    return _TIME.match(text, paragraph.start, end) is not None or _AGO.match(text, paragraph.start, end) is not None


def _minutes(text: str, start: int) -> int | None:
    """The minute of the day of an entry, on a clock of twelve hours where it names no half of the day."""
    found = _TIME.match(text, start, start + LONGEST_LINE)
    if found is None:
        return None
    half = (found["half"] or "").lower()[:1]
    hour = int(found["hour"]) % 12 + 12 * (half == "p") if half else int(found["hour"])
    return 60 * hour + int(found["minute"])


def _in_order(times: Sequence[int]) -> bool:
    """Whether times go one way nearly throughout: a day may pass its end once."""
    ups = sum(a <= b for a, b in pairwise(times))
    return min(ups, max(0, len(times) - 1 - ups)) <= 1
