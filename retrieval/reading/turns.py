"""A transcript's turns: which of the labels in a text are speakers', and what each says up to the next (pure, linear)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Span
from retrieval.reading.label_forms import (
    ADDRESSED,
    BRACKETS,
    CAPITALS,
    Label,
    end_of,
    is_office,
    is_questioner,
    is_somebody,
    label_at,
)
from retrieval.reading.labels_alone import labels_alone

_OPENING_MARKS = frozenset('“„«"')
_ANSWERS = frozenset(["A", "Answer"])
_STAGE = re.compile(r"\\?[\[(][^\])\n]{1,80}\\?[\])][.,]?")
_END = re.compile(
    r"(?:(?:[\[(]?END\b.{0,40})|#{2,}|(?:\*\s*){3,}|-{3,}|_{3,}|\d{1,2}:\d{2}\s*[AaPp]\.?[Mm]\.?.{0,12}|-?\s*(?:more|30)\s*-)$"
)
_ACRONYM = 4  # letters: "NATO: …" heads a part of a speech, "BISHOP: …" is somebody
_HEADING = re.compile(r"#{1,6}\s")
# The editors speak: "This interview has been edited …", "Sherlock Holmes was speaking to the Review."
_STOPS = ".?!…—–-)]"
_EDITORS = re.compile(
    r"[*_(\[]*(?:Question\s(?:put|accordingly)\b|The\s(?:House|Assembly|Committee)\s(?:divided|adjourned)\b|(?:This|The)\s(?:interview|transcript|conversation|text)\s(?:has|have|was|is)\b"
    r"|(?:[A-Z][\w.’'\-]+\s){1,4}(?:was|were)\s(?:speaking|talking|interviewed)\b)"
)
_NOT_A_WALL = re.compile(r"(?:Number|Point|Question|Part|Step|And|But|So|Well|First|Second|Third|Now)\b")
# Whom a label may call so, seen once in a record: nobody by name, and not the one who spoke before
_ANYBODY = re.compile(
    r"(?:AIDE|STAFF(?:ER)?|CROWD|AUDIENCE|INTERPRETER|TRANSLATOR|CREW|PARTICIPANTS?|VOICES?|OPERATOR|OFFICIAL|ATTENDEE|GUEST"
    r"|PROTESTERS?|HECKLER|REPORTERS?|PRESS|ALL|ANNOUNCER|HOST|MODERATOR|MAN|WOMAN)$"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says between two labels, as one span."""

    label: Label
    span: Span


def turns(text: str, paragraphs: Sequence[Span]) -> tuple[Turn, ...]:
    """The turns of a transcript, in order; empty for a text that is none.

    Labels in capitals count when two paragraphs carry them (or one that opens a speech); labels in small letters
    must come in numbers, because "Note: …" and "Background: …" look like them.
    """
    labels = [label_at(text, p) for p in paragraphs]
    if labels and labels[0] is not None and text[paragraphs[0].end - 1] not in _STOPS:
        labels[0] = None  # a headline: "Oral answers: Defence", "Interview: “…”"
    accepted = _accepted(text, labels)
    if not accepted:
        labels, accepted = labels_alone(text, paragraphs)
    if not accepted:
        return ()
    found: list[Turn] = []
    current: Label | None = None
    end = 0
    for paragraph, label in zip(paragraphs, labels, strict=True):
        if label is not None and label.name(text) in accepted:
            _close(text, current, end, found)
            current, end = label, paragraph.end
        elif label is not None and current is not None and _is_wall(text, label):
            _close(text, current, end, found)
            opened = _is_addressed(text, label)
            current, end = (label, paragraph.end) if opened else (None, end)
        elif current is not None and _ends_speech(text, paragraph):
            _close(text, current, end, found)
            current = None
        elif current is not None:
            end = paragraph.end
    _close(text, current, end, found)
    return tuple(found)


def _accepted(text: str, labels: Sequence[Label | None]) -> frozenset[str]:
    capitals = Counter(label.name(text) for label in labels if label is not None and label.capitals)
    small = Counter(label.name(text) for label in labels if label is not None and not label.capitals)
    accepted: set[str] = set()
    lasts = Counter(name.split()[-1] for name in capitals)  # "DENISOV:" behind "DEPUTY MINISTER DENISOV:"
    likely = {n for n, times in capitals.items() if times >= 2 or lasts[n.split()[-1]] >= 2 or is_somebody(text, n)}
    if sum(capitals[n] for n in likely) >= 2 or (likely and sum(capitals.values()) * 12 >= len(labels)):
        accepted.update(likely)
    bracketed = {
        n for label in labels if label is not None and BRACKETS.search(label.span.of(text)) for n in [label.name(text)]
    }
    repeated = {name for name, times in small.items() if times >= 2 or (len(bracketed) >= 3 and name in bracketed)}
    share = sum(small[name] for name in repeated)
    if len(repeated) >= 2 and share >= 4 and share * 4 >= len(labels):
        accepted.update(
            name for name in small if name in repeated or (share * 2 >= len(labels) and len(name.split()) > 1)
        )
    elif accepted and share >= 2:
        accepted.update(repeated)
    return frozenset(accepted | _offices(text, labels, accepted))


def _offices(text: str, labels: Sequence[Label | None], accepted: set[str]) -> set[str]:
    """The labels with an office in them, where the text has others or enough of them to be a record of speech.

    "NATO Secretary General Rassendyll:" opens the first statement, "Secretary General:" the answers.
    """
    found = Counter(
        label.name(text)
        for label in labels
        if label is not None and not label.capitals and is_office(label.name(text)) and not _is_quoting(text, label)
    )
    times = sum(found.values())
    if any(is_questioner(name) for name in accepted):
        found.update(label.name(text) for label in labels if label is not None and label.name(text) in _ANSWERS)
    asking = {label.name(text) for label in labels if label is not None and is_questioner(label.name(text))}
    if accepted or (times >= 3 and len(found) >= 2 and times * 12 >= len(labels)):
        return set(found) | asking
    return set()


def _is_quoting(text: str, label: Label) -> bool:
    """Whether quotation marks follow a label: a list of what people said, no record of speech."""
    return text[label.speech : label.speech + 1] in _OPENING_MARKS


def _is_wall(text: str, label: Label) -> bool:
    """Whether a label that is none of the text's usual ones still ends the turn before it."""
    name = label.name(text)
    if label.capitals and (len(name) > _ACRONYM or _ANYBODY.match(name)):
        return True
    return len(CAPITALS.findall(name)) > 1 and not _NOT_A_WALL.match(name)


def _is_addressed(text: str, label: Label) -> bool:
    """Whether an unusual label is plainly somebody's: a form of address, or a bracket behind the name."""
    words = label.span.of(text)
    return bool(ADDRESSED.match(words) or BRACKETS.search(words))


def _ends_speech(text: str, paragraph: Span) -> bool:
    words = text[paragraph.start : min(paragraph.end, paragraph.start + 80)]
    if _EDITORS.match(words):
        return True
    return bool(_HEADING.match(words) or (paragraph.end - paragraph.start <= 80 and _END.match(words)))


def _close(text: str, label: Label | None, end: int, found: list[Turn]) -> None:
    if label is None or label.speech >= end:
        return
    start = label.speech
    end = end_of(text, start, end)
    while start < end and text[start].isspace():
        start += 1
    while True:  # "(In progress.)" at the edge is not spoken; inside, it stays in place
        stage = _STAGE.match(text, start, end)
        if stage is None:
            break
        start = stage.end()
        while start < end and text[start].isspace():
            start += 1
    if any(c.isalnum() for c in text[start:end]):
        found.append(Turn(label, Span(start, end)))


def is_stage_direction(words: str) -> bool:
    """Whether words are nothing but a bracketed note: "(Crosstalk.)"."""
    return _STAGE.fullmatch(words.strip()) is not None
