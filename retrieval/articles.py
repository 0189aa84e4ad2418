"""Which stretches of a text are running text, and where one article ends and the next begins (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.formats.html_titles import names_a_text
from retrieval.model import Span
from retrieval.taking.boilerplate import REASONS, Line, classify, ends_article, is_transcript, set_out, words
from retrieval.taking.seams import Paragraph, seams

MOST_PARAGRAPHS = 4_000  # a longer text is a book: no seams are looked for
MOST_ABOVE = 5  # lines that may stand above a title: a notice of release, a date
SPOKEN = 0.03  # of the words of a speech or a letter so many are "I", "we" and their like

_QUOTED = re.compile(r"[“\"„«][^“”\"„«»\n]{0,2000}[”\"»]")
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our|ours|mine)\b")


@dataclass(frozen=True, slots=True)
class Omitted:
    """A stretch that is no running text, and the reason as a person would put it."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One text within a file. All spans are offsets into the whole file's text."""

    span: Span
    body: tuple[Span, ...]  # its running text; none: nothing in it was recognised as such
    title: str | None  # its first line
    omitted: tuple[Omitted, ...] = ()


def split(text: str, *, joined: bool = True, structured: bool = False) -> tuple[Article, ...]:
    """The articles of a text, in order; together they cover all of it.

    `joined` False: it is known to be one. `structured`: each line is known to be a paragraph or a heading of its own.
    """
    lines = set_out(text) if structured else classify(text)
    starts = [0, *(_starts(lines) if joined else ())]
    edges = [0, *(lines[number].span.start for number in starts[1:]), len(text)]
    parts = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return tuple(_article(Span(start, end), part) for start, end, part in zip(edges, edges[1:], parts, strict=False))


def _starts(lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines that open a further article, its headline included."""
    running = [number for number, line in enumerate(lines) if line.verdict == "body"]
    if not running or len(running) > MOST_PARAGRAPHS or is_transcript(lines):
        return []
    if _is_speech([lines[number].text for number in running]):
        return []
    paragraphs = [_paragraph(lines, before, number) for before, number in zip([-1, *running], running, strict=False)]
    return [_opening(lines, running[place - 1], running[place]) for place in seams(paragraphs)]


def _is_speech(texts: Sequence[str]) -> bool:
    """Whether a text is spoken by one person throughout: "I" and "we" outside quotation marks all over it."""
    plain = _QUOTED.sub(" ", "\n".join(texts))
    return len(_FIRST_PERSON.findall(plain)) > SPOKEN * len(words(plain))


def _paragraph(lines: Sequence[Line], before: int, number: int) -> Paragraph:
    between = lines[before + 1 : number]
    headline = between[-1].text if between and between[-1].verdict == "headline" else ""
    return Paragraph(lines[number].text, any(map(ends_article, between)), headline)


def _opening(lines: Sequence[Line], before: int, number: int) -> int:
    """The first of the headlines that stand right above an article's first paragraph."""
    while number - 1 > before and lines[number - 1].verdict == "headline":
        number -= 1
    return number


def _article(span: Span, lines: Sequence[Line]) -> Article:
    body: list[Span] = []
    omitted: list[Omitted] = []
    open_run = False
    for line in lines:
        if line.verdict != "body":
            omitted.append(Omitted(line.span, REASONS[line.verdict]))
            open_run = False
        elif open_run:
            body[-1] = Span(body[-1].start, line.span.end)
        else:
            body.append(line.span)
            open_run = True
    return Article(span, tuple(body), _title(lines), tuple(omitted))


def _title(lines: Sequence[Line]) -> str | None:
    """The first line that can be a title; of a wrapped paragraph its first line only. Else the first that has words in it."""
    lines_of = (
        text.strip() for line in lines for text in line.text[:5000].splitlines() if any(c.isalnum() for c in text)
    )
    found = list(islice(lines_of, MOST_ABOVE))
    return next(filter(names_a_text, found), found[0] if found else None)
