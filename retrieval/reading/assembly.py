"""Judged quotations put together as statements: split ones, ones over several paragraphs, their kind and their lead (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.model import Kind, Span
from retrieval.reading.candidates import Verdict
from retrieval.reading.label_forms import label_at
from retrieval.reading.marks import Region
from retrieval.reading.resolution import Resolved

_SENTENCE_END = re.compile(r"[.!?][\"”'’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
_LEAD_AT_MOST = 400
_JOINED_BY = 3  # words between two quoted parts of one sentence
_TOLD_IN = 14  # words that tell who said it, to whom and when


@dataclass(frozen=True, slots=True)
class Judged:
    """A quotation with its verdict and its speaker."""

    verdict: Verdict
    resolved: Resolved


@dataclass(frozen=True, slots=True)
class Statement:
    """Quotations that are one statement of one speaker."""

    parts: tuple[Judged, ...]

    @property
    def first(self) -> Judged:
        return self.parts[0]

    def fragments(self, text: str) -> tuple[Span, ...]:
        """The words' places, in order; a speaker's label inside the marks is not spoken."""
        return tuple(_spoken(text, p) for p in self.parts)

    @property
    def source(self) -> Judged:
        """The part whose own cue names the speaker."""
        own = [
            p
            for p in self.parts
            if p.verdict.choice is not None and p.verdict.choice.way not in ("inherit", "previous")
        ]
        return own[0] if own else self.parts[0]


def _spoken(text: str, judged: Judged) -> Span:
    inner, choice = judged.verdict.region.inner, judged.verdict.choice
    label = label_at(text, inner) if choice is not None and "label.inside" in choice.features else None
    if label is None or not any(c.isalnum() for c in text[label.speech : inner.end]):
        return inner
    return Span(label.speech, inner.end)


def statements(text: str, judged: Iterable[Judged], paragraphs: Sequence[Span]) -> tuple[Statement, ...]:
    """The statements that quotations make up, in order."""
    found: list[list[Judged]] = []
    for one in judged:
        if found and _goes_on(text, found[-1][-1], one, paragraphs):
            found[-1].append(one)
        else:
            found.append([one])
    return tuple(Statement(tuple(parts)) for parts in found)


def _goes_on(text: str, last: Judged, one: Judged, paragraphs: Sequence[Span]) -> bool:
    """Whether a quotation goes on with the statement of the one before it."""
    a, b = last.verdict.region, one.verdict.region
    if not _same_source(last, one):
        return False
    if b.paragraph == a.paragraph + 1:
        return (
            not a.closed
            and not text[paragraphs[b.paragraph].start : b.outer.start].strip()
            and _to_the_end(text, a.outer, paragraphs[a.paragraph])
        )
    if b.paragraph != a.paragraph:
        return False
    gap = text[a.outer.end : b.outer.start]
    words = gap.split()
    anew = (
        a.inner.of(text).rstrip()[-1:] in (".", "!", "?") and gap.lstrip()[:1].isupper()
    )  # “I go.” Pip left with “regret”
    if len(words) <= _JOINED_BY and not anew and not _SENTENCE_END.search(gap + "X"):
        return True  # "“a plank” and “a whale”"
    cue = last.verdict.choice.cue if last.verdict.choice else None
    if cue is None or last.verdict.choice.mention != one.verdict.choice.mention:  # type: ignore[union-attr]
        return False
    telling = a.outer.end <= cue.start < b.outer.start and len(words) <= _TOLD_IN and _one_break(gap)
    return telling and not _tells_on(text, a, b, gap)


def _tells_on(text: str, a: Region, b: Region, gap: str) -> bool:
    """Whether the words between two quotations are more than who said them: a new sentence, or what he said besides."""
    begins_anew = (
        a.inner.of(text).rstrip()[-1:] in ".!?…" and gap.lstrip()[:1].isupper() and gap.rstrip()[-1:] not in ".,"
    )
    goes_on_inside = gap.rstrip()[-1:] not in ".,:!?—–-" and b.inner.of(text)[:1].islower()
    return begins_anew or goes_on_inside


def _same_source(last: Judged, one: Judged) -> bool:
    a, b = last.verdict.choice, one.verdict.choice
    if a is None or b is None or a.mention is None or b.mention is None:
        return False
    if a.mention == b.mention:
        return True
    who, other = last.resolved.speaker, one.resolved.speaker
    return who is not None and who == other and who.id is not None


def _one_break(gap: str) -> bool:
    """Whether at most one sentence ends between two quotations, at the very end: ", he said. " and nothing more."""
    return len(_SENTENCE_END.findall(gap.strip() + " X")) <= 1


def _to_the_end(text: str, outer: Span, paragraph: Span) -> bool:
    return not text[outer.end : paragraph.end].strip()


def kind_of(text: str, statement: Statement, paragraphs: Sequence[Span]) -> Kind:
    """ "direct" when a part of it is a sentence of its own, "mixed" when it is only the quoted part of one."""
    return "direct" if any(is_sentence(text, p, paragraphs) for p in statement.parts) else "mixed"


def is_sentence(text: str, judged: Judged, paragraphs: Sequence[Span]) -> bool:
    """Whether a quotation is a sentence in quotation marks, and not a phrase the article builds into its own."""
    region = judged.verdict.region
    words = region.inner.of(text).split()
    before = text[paragraphs[region.paragraph].start : region.outer.start].rstrip()
    if not words or (len(words) < 2 and words[0][-1:] not in ".!?,"):
        return False
    if not before or before[-1] in ':.!?”"—–' or before.endswith(")"):
        return words[0][:1].isupper() or not words[0][:1].isalpha() or (bool(before) and before[-1] == ":")
    return before[-1] == "," and (words[0][:1].isupper() or len(words) >= 5)


def lead_of(text: str, start: int, paragraphs: Sequence[Span], number: int) -> Span | None:
    """The sentence that leads into words at `start`: the rest of their own, or the last one of the paragraph before."""
    paragraph = paragraphs[number]
    before = text[paragraph.start : start].rstrip(' \n\t“"„«”')
    if sum(c.isalpha() for c in before) >= 8:
        return _last_sentence(text, paragraph.start, paragraph.start + len(before))
    if number == 0:
        return None
    previous = paragraphs[number - 1]
    if previous.end < paragraph.start - 4 and text.count("\n", previous.end, paragraph.start) > 4:
        return None
    return _last_sentence(text, previous.start, previous.end)


def _last_sentence(text: str, start: int, end: int) -> Span | None:
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() < end - 3:
            at = match.end()
    at = max(at, end - _LEAD_AT_MOST)
    while at < end and text[at].isspace():
        at += 1
    return Span(at, end) if at < end else None
