"""Posts that an article embeds: their words stand without marks, before "— Name (@handle) June 3, 2024" (pure)."""

from __future__ import annotations

import re

from retrieval.model import Span
from retrieval.reading.marks import Region

_LONGEST = 4_000  # characters of a post
_SIGNED = re.compile(
    r"\s+[—–―]\s?[A-Z][^\n@()]{1,60}\s\(@\w{1,30}\)\s?,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s\d{4}|\d{1,2}\s[A-Z][a-z]{2,8}\s\d{4})"
    r"(?:</\w{1,20}>)?[.\s]*$"
)
_TAG = re.compile(r"<[^<>\n]{1,2000}>")


def post(text: str, paragraph: Span, number: int) -> Region | None:
    """The words of a post that a paragraph is; None for other paragraphs."""
    if paragraph.end - paragraph.start > _LONGEST or "(@" not in text[paragraph.start : paragraph.end]:
        return None
    signed = _SIGNED.search(text, paragraph.start, paragraph.end)
    if signed is None:
        return None
    start = max((t.end() for t in _TAG.finditer(text, paragraph.start, signed.start())), default=paragraph.start)
    while start < signed.start() and text[start].isspace():
        start += 1
    inner = Span(start, signed.start())
    if not any(c.isalnum() for c in inner.of(text)):
        return None
    return Region(inner, inner, number, closed=True)
