"""Which lines of a text are running text, and what the others are: headlines, captions, promotion, notices (pure).

A line is left out only for a reason that can be told. Signals are the line's own form (no full stop, a credit, an
imperative with "newsletter" in it) and its neighbours (a list of headlines after "Related articles").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Literal

from retrieval.model import Span
from retrieval.reading.frames import induced
from retrieval.reading.layout import names_speaker, wrapped_at
from retrieval.taking import line_forms

Verdict = Literal["body", "headline", "caption", "promotion", "links", "notice"]

REASONS: dict[Verdict, str] = {
    "body": "running text",
    "headline": "a headline or a heading, not running text",
    "caption": "a caption or a credit",
    "promotion": "promotion, an advertisement or a notice about cookies",
    "links": "a list of headlines or links",
    "notice": "a note about the text, its author or its site",
}

_SAYS_ITSELF = frozenset({"caption", "promotion", "notice"})
MOST_LINES = 100_000  # a text of more lines is no article; it is taken as one stretch
_LONGEST = 700  # characters; boilerplate is short
_HEADLINE_WORDS = 14
_FIRST_HEADLINE_WORDS = 25
_LISTED_WORDS = 30
_APART = 200  # of that many lines of a transcript one opens a turn


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a line that stands for itself, with what it was taken for."""

    span: Span
    text: str
    verdict: Verdict = "body"


def classify(text: str) -> tuple[Line, ...]:
    """The lines of a text in order, hard-wrapped ones joined to paragraphs, each with what it is."""
    lines = paragraphs(text)
    turns = _turns(lines)
    if turns is not None:
        return tuple(_in_transcript(lines, turns))
    verdicts = [_alone(line.text) for line in lines]
    _weigh_neighbours(lines, verdicts)
    return tuple(Line(line.span, line.text, verdict) for line, verdict in zip(lines, verdicts, strict=True))


def set_out(text: str) -> tuple[Line, ...]:
    """The lines of a text whose markup has told its paragraphs: only what says itself that it is none is left out."""
    found = []
    for match in islice(line_forms.PHYSICAL.finditer(text), MOST_LINES):
        if not match[0].isspace():
            line = _trimmed(text, match.start(), match.end())
            verdict = _alone(line.text)
            found.append(Line(line.span, line.text, verdict if verdict in _SAYS_ITSELF else "body"))
    return tuple(found)


def is_transcript(lines: Sequence[Line]) -> bool:
    """Whether the text is made of turns with the speaker's name before each."""
    return _turns(lines) is not None


def ends_article(line: Line) -> bool:
    """Whether a line that is no running text stands at an article's edge: an end mark, a byline, a copyright."""
    return line.verdict == "notice" and line_forms.EDGE.match(line.text) is not None


def paragraphs(text: str) -> list[Line]:
    """The lines with something in them; lines that were wrapped at a fixed width are put together again."""
    found = (m for m in line_forms.PHYSICAL.finditer(text) if not m[0].isspace())
    physical = [(m.start(), m.end(), m[0]) for m in islice(found, MOST_LINES + 1)]
    if len(physical) > MOST_LINES:
        return [_trimmed(text, 0, len(text))]
    width = wrapped_at(text, [_trimmed(text, start, end).span for start, end, _ in physical], loosely=True)
    joined: list[list[int]] = []
    for number, (start, end, line) in enumerate(physical):
        if joined and width and _continues(text, physical[number - 1], line, start, width):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return [_trimmed(text, start, end) for start, end in joined]


def words(text: str) -> list[str]:
    """The words of a text, without marks."""
    return line_forms.WORD.findall(text)


def _trimmed(text: str, start: int, end: int) -> Line:
    line = text[start:end]
    start += len(line) - len(line.lstrip())
    return Line(Span(start, start + len(line.strip())), line.strip())


def _blank_between(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return gap.count("\n") > 1 or gap.replace("\r\n", "\n").count("\r") > 1


def _continues(text: str, before: tuple[int, int, str], line: str, start: int, width: int) -> bool:
    """Whether a physical line goes on with the paragraph of the one before it."""
    if _blank_between(text, before[1], start):
        return False
    if names_speaker(line, before[2]):
        return False
    full = len(before[2].rstrip()) + 1 + len(line.split(None, 1)[0]) > width - 8
    return full or (not before[2].endswith("  ") and line[:1].islower())


def _turns(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The first and the last line that opens a labelled turn, when there are enough of them for a transcript."""
    text = "\n".join(line.text for line in lines)
    ends = list(accumulate(len(line.text) + 1 for line in lines))
    found = induced(text, [Span(end - len(line.text) - 1, end - 1) for end, line in zip(ends, lines, strict=True)])
    if not found.places or (found.inline and len(found.places) * _APART < len(lines)):
        return None
    return found.places[0], min(found.places[-1] + (not found.inline), len(lines) - 1)


def _in_transcript(lines: Sequence[Line], turns: tuple[int, int]) -> list[Line]:
    """In a transcript all that stands between the first and the last label is kept, whatever its form."""
    first, last = turns
    found = []
    for number, line in enumerate(lines):
        verdict: Verdict = "body"
        if number < first or number > last:
            verdict = _alone(line.text)
            if number < first and verdict == "body" and _titled(line.text, _FIRST_HEADLINE_WORDS):
                verdict = "headline"
        elif line_forms.ADVERT.search(line.text[:_LONGEST]) and len(line.text) < 40:
            verdict = "promotion"
        found.append(Line(line.span, line.text, verdict))
    return found


def _alone(line: str) -> Verdict:
    """What a line is by its own form alone."""
    if len(line) > _LONGEST:
        return "body"
    if line_forms.HEADING.match(line):
        return "headline"
    if line_forms.LINK_ONLY.match(line):
        return "links"
    if line_forms.CORRECTED.match(line):
        return "notice"
    if line_forms.RULE.match(line) and not line_forms.DOUBLE.search(line):
        return "notice"
    if line_forms.ADVERT.search(line) or line_forms.PLAYER.search(line):
        return "body" if _speaks(line) else "promotion"
    if line_forms.CAPTION.search(line) and not line_forms.CREDITED_DATELINE.match(line):
        return "body" if _speaks(line) and not line_forms.CAPTION.match(line) else "caption"
    if _speaks(line):
        return "body"
    if line_forms.NOTICE.search(line):
        return "notice"
    if (
        line_forms.COOKIES.search(line)
        and line_forms.CONSENT.search(line)
        and line_forms.READER.search(line)
        and not line_forms.DOUBLE.search(line)
    ):
        return "promotion"
    if (
        line_forms.IMPERATIVE.match(line)
        and line_forms.PROMOTED.search(line)
        and not line_forms.DOUBLE.search(line)
        and _to_the_reader(line)
    ):
        return "promotion"
    return "body"


def _speaks(line: str) -> bool:
    """Whether a line holds words in quotation marks and the past tense of telling: the form of running text."""
    return bool(line_forms.DOUBLE.search(line) and line_forms.SPEECH.search(line))


def _to_the_reader(line: str) -> bool:
    """Whether a promotional line speaks to its reader; one that is short or no whole sentence always does."""
    if line_forms.SPEECH.search(line):
        return False
    return len(words(line)) <= 10 or not line_forms.TERMINAL.search(line) or bool(line_forms.ADDRESSED.search(line))


def _shouted(line: str) -> bool:
    """A promotional line in capitals, without a full stop."""
    letters = [c for c in line if c.isalpha()]
    return (
        len(letters) >= 12
        and sum(c.isupper() for c in letters) > 0.9 * len(letters)
        and not line_forms.TERMINAL.search(line)
        and " " in line
        and not line_forms.DOUBLE.search(line)
    )


def _titled(line: str, most_words: int, *, closed: re.Pattern[str] = line_forms.TERMINAL) -> bool:
    """Whether a line has the form of a headline: short, not closed by a mark, starting like a title."""
    if len(line) > _LONGEST or closed.search(line) or _speaks(line) or line_forms.BULLET.match(line):
        return False
    count = len(words(line))
    if not 0 < count <= most_words or line[0].islower():
        return False
    # words between double marks alone on their line, or with a name after a dash, are a quotation set apart
    return not (
        line_forms.DOUBLE.match(line)
        and count > 2
        and (line_forms.DOUBLE.search(line[-2:]) or re.search(r"[–—―-] ?[^–—―-]{3,60}$", line))
    )


def _weigh_neighbours(lines: Sequence[Line], verdicts: list[Verdict]) -> None:
    """Headlines, lists of headlines and boxes, which only the lines around them give away."""
    if not _is_prose(lines):
        return
    repeated = Counter(line.text for line in lines)
    _mark_headlines(lines, verdicts, repeated)
    _mark_lists(lines, verdicts)
    _mark_boxes(lines, verdicts)


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether sentences end with full stops here, so that a line without one means something."""
    total = closed = 0
    for line in lines:
        count = len(line.text) // 5
        total += count
        if count >= 10 and line_forms.TERMINAL.search(line.text[-20:]):
            closed += count
    return closed >= 60 or closed > 0.3 * total


def _mark_headlines(lines: Sequence[Line], verdicts: list[Verdict], repeated: Counter[str]) -> None:
    for number, line in enumerate(lines):
        if verdicts[number] != "body":
            continue
        label = line.text.isupper() and repeated[line.text] > 2  # a speaker's name on a line of its own
        longest = _FIRST_HEADLINE_WORDS if number == 0 else _HEADLINE_WORDS
        if not label and _shouted(line.text):
            verdicts[number] = "promotion"
        elif not label and not line_forms.REPORTED.search(line.text) and _titled(line.text, longest):
            verdicts[number] = "headline"


def _mark_lists(lines: Sequence[Line], verdicts: list[Verdict]) -> None:
    """Lines after a lead-in such as "Related articles", and runs of three headlines and more."""
    listing = False
    run: list[int] = []
    for number, line in enumerate(lines):
        if _leads_in(line.text):
            verdicts[number], listing, run = "links", True, []
            continue
        titled = _titled(line_forms.BULLET.sub("", line.text), _LISTED_WORDS, closed=line_forms.CLOSED)
        if titled and verdicts[number] in ("body", "headline"):
            run.append(number)
            if listing:
                verdicts[number] = "links"
            elif len(run) >= 3:
                _close_run(verdicts, run)
        elif verdicts[number] in ("body", "notice"):
            listing, run = False, []


def _leads_in(line: str) -> bool:
    """Whether a line announces a list of other articles."""
    return len(line) < 250 and bool(line_forms.LEAD_IN.match(line)) and not line_forms.SPEECH.search(line)


def _close_run(verdicts: list[Verdict], run: Sequence[int]) -> None:
    """Three lines in a row that have the form of headlines are a list when most of them were taken for headlines."""
    if sum(verdicts[n] in ("headline", "links") for n in run) >= 2:
        for number in run:
            verdicts[number] = "links"


def _mark_boxes(lines: Sequence[Line], verdicts: list[Verdict]) -> None:
    """A box about the author, comments of readers, and the author's lines at the end."""
    total = len(lines)
    for number, line in enumerate(lines):
        if line_forms.AUTHOR_BOX.match(line.text):
            verdicts[number] = "notice"
            for after in range(number + 1, min(number + 3, total)):
                if (
                    verdicts[after] == "body"
                    and not _speaks(lines[after].text)
                    and (line_forms.BIOGRAPHY.match(lines[after].text) or after >= total - 3)
                ):
                    verdicts[after] = "notice"
        elif line_forms.COMMENTS.match(line.text):
            verdicts[number] = "notice"
            if number > 0.6 * total and number > 5:
                verdicts[number:] = ["notice"] * (total - number)
                return
        elif (
            number >= max(3, total - 3)
            and verdicts[number] == "body"
            and len(line.text) < 400
            and not line_forms.DOUBLE.search(line.text)
            and line_forms.BIOGRAPHY.match(line.text)
        ):
            verdicts[number] = "notice"
