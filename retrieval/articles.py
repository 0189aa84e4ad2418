"""Which stretches of a text are running text, and where one article ends and the next begins (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.model import Span

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Article:
    """One text within a file: where it stands, which of its lines are running text, and its first line."""

    span: Span
    body: tuple[Span, ...]  # offsets into the whole file's text, like `span`
    title: str | None


def split(text: str) -> tuple[Article, ...]:
    """The articles of a text, in order; together they cover all of it."""
    lines = [m for m in _LINE.finditer(text) if m[0].strip()]
    body = (Span(lines[0].start(), lines[-1].end()),) if lines else ()
    return (Article(Span(0, len(text)), body, title_of(text)),)


def title_of(text: str) -> str | None:
    """The first line that has words in it."""
    return next((line.strip() for line in _LINE.findall(text) if any(c.isalnum() for c in line)), None)
