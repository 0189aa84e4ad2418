"""Interviews whose questions are set apart (bold, or as headings): where they stand, what answers them, and who is asked (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.lexicon import FEMALE, MALE
from retrieval.model import Document, Span
from retrieval.reading.turns import ends_speech
from retrieval.spelling import folded

FEWEST = 3  # questions
MOSTLY = (
    0.5  # of what is set apart from the first question on: the rest are headings, or what an asker says without asking
)
ADDRESSED = 0.34  # of the questions that say "you"
SPOKEN = 0.5  # of the answers that say "I", "we" or "my"
LONGEST = 900  # characters of a question
_ASKS = re.compile(r"\?[\"”’'*_)\s]*$")
_YOU = re.compile(r"\b[Yy](?:ou|our|ourself)\b")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s)\b")
_MARKED = re.compile(r"(?:\*\*|__)(?=\S).*(?:\*\*|__)$|#{1,6}\s", re.DOTALL)
_EDITED = re.compile(r"\b(?:interview|conversation)\b.{0,60}\b(?:edited|condensed|shortened|conducted|translated)\b")
_CAPITAL = r"[A-ZÀ-ÞŠŽ][\w’'\-]*\.?"
_RUN = re.compile(rf"{_CAPITAL}(?:\s(?:{_CAPITAL}|de|van|von|der|la|bin|al|ibn))*")
_BYLINE = re.compile(
    r"\W*(?:(?:interview|words|text|story|photos?|photography|written|as told)\s)?(?:by|to)\s(?=[A-Z])", re.IGNORECASE
)
# "Elizabeth Bennet asked her …", "Elizabeth Bennet sat down with …": who does so asks
_ASKER = re.compile(
    r"\s(?:asks?|asked|interview(?:s|ed)|quizz(?:es|ed)|(?:sits|sat)\sdown|caught\sup|catches\sup|meets|met)\b"
)
# "Interview: …", "An interview with …", "Five questions for …"
_LEADS_TO = re.compile(r"(?:\b(?:with|for|to|meet|interview|q\s?&\s?a)\s?:?\s)$", re.IGNORECASE)
_BEHIND = re.compile(r"(?:[:,–—|]|\s(?:on|says|talks|speaks|explains|reflects|about)\b|$)")


@dataclass(frozen=True, slots=True)
class Interview:
    """The numbers of the paragraphs that ask, and of those that answer, with the question that each stretch of answers follows."""

    head: int  # the number of the first question: what stands above leads in
    asking: frozenset[int]
    answers: tuple[tuple[int, tuple[int, ...]], ...]  # a question's number and those of what answers it


def interview(document: Document, every: Sequence[Span]) -> Interview | None:
    """The questions and answers of a text that shows itself to be an interview; None for all others."""
    text = document.text
    apart = _set_apart(document, every)
    asking = frozenset(n for n in apart if _is_question(every[n].of(text)))
    if len(asking) < FEWEST:
        return None
    head = min(asking)
    answers = _answers(document, every, apart, asking)
    told = [" ".join(every[n].of(text) for n in numbers) for _, numbers in answers]
    if (
        len(answers) < FEWEST
        or len(asking) < MOSTLY * sum(n >= head for n in apart)
        or sum(bool(_YOU.search(every[n].of(text))) for n in asking) < ADDRESSED * len(asking)
        or sum(bool(_FIRST_PERSON.search(words)) for words in told) < SPOKEN * len(told)
    ):
        return None
    return Interview(head, asking, answers)


def _set_apart(document: Document, every: Sequence[Span]) -> frozenset[int]:
    """The numbers of the paragraphs that are headings or bold as a whole; both are in order, so this is linear."""
    found: set[int] = set()
    spans = sorted(document.apart)
    at = 0
    for number, paragraph in enumerate(every):
        while at < len(spans) and spans[at].end < paragraph.end:
            at += 1
        inside = at < len(spans) and spans[at].start <= paragraph.start
        if inside or (paragraph.end - paragraph.start < LONGEST and _MARKED.match(paragraph.of(document.text))):
            found.add(number)
    return frozenset(found)


def _is_question(words: str) -> bool:
    return len(words) < LONGEST and _ASKS.search(words) is not None


def _answers(
    document: Document, every: Sequence[Span], apart: frozenset[int], asking: frozenset[int]
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """What stands between each question and the next thing that is set apart, as far as it is running text."""
    found: list[tuple[int, tuple[int, ...]]] = []
    for question in sorted(asking):
        numbers: list[int] = []
        for n in range(question + 1, len(every)):
            if n in apart or ends_speech(document.text, every[n]) or _EDITED.search(every[n].of(document.text)[:400]):
                break
            if _in_body(document, every[n]):
                numbers.append(n)
        if numbers:
            found.append((question, tuple(numbers)))
    return tuple(found)


def _in_body(document: Document, paragraph: Span) -> bool:
    return not document.body or any(span.covers(paragraph) for span in document.body)


def names_in(line: str) -> tuple[str, ...]:
    """The names in a line that begin with a given name, as far as they go in capitals; a byline has none."""
    if _BYLINE.match(line):
        return ()
    found = []
    for run in _RUN.finditer(line):
        words = run[0].split()
        start = next((i for i, w in enumerate(words[:-1]) if folded(w.rstrip(".")) in MALE | FEMALE), None)
        if start is not None:
            found.append(" ".join(words[start : start + 4]).rstrip("."))
    return tuple(found)


def asks(line: str, name: str) -> bool:
    """Whether a line says of somebody that he asks: then he is no guest."""
    return any(_ASKER.match(line, found.end()) for found in re.finditer(re.escape(name), line))


def leads(title: str, name: str) -> bool:
    """Whether a title puts a name where a guest's stands: at its beginning, or behind "interview with"."""
    at = title.find(name)
    if at < 0:
        return False
    before, behind = title[:at], title[at + len(name) :]
    return (not before.strip(" “\"'‘") and _BEHIND.match(behind) is not None) or _LEADS_TO.search(before) is not None
