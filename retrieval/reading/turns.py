"""A transcript's turns: which of the labels in a text are speakers', and what each says up to the next (pure, linear)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Span
from retrieval.naming.names import COURTESY
from retrieval.reading.endings import ends_speech, is_inset, is_interlude
from retrieval.reading.first_names import FEMALE, MALE
from retrieval.reading.label_forms import (
    ADDRESSED,
    BRACKETS,
    CAPITALS,
    Label,
    end_of,
)
from retrieval.reading.label_parts import OFFICES
from retrieval.reading.labels_alone import labels_alone
from retrieval.reading.labels_in_line import labels_in_line

_STAGE = re.compile(r"\\?[\[(][^\])\n]{1,80}\\?[\])][.,]?")
_NAMED = re.compile(r"\b([A-Z][\w’'\-]+)\.?\s(?=([A-Z][\w’'\-]+))")
_SHOUTED = 5  # words of a notice
_ACRONYM = 4  # letters: "NATO: …" heads a part of a speech, "BISHOP: …" is somebody
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
    inline = labels_in_line(text, paragraphs)
    labels, accepted = inline.labels, inline.accepted
    inset = bool(inline.places) and is_inset(text, paragraphs, inline.places[0])
    if not accepted:
        labels, accepted = labels_alone(text, paragraphs)
    if not accepted:
        return ()
    surnames = _surnames(text)
    found: list[Turn] = []
    current: Label | None = None
    end = 0
    for paragraph, label in zip(paragraphs, labels, strict=True):
        if label is not None and label.name(text) in accepted:
            _close(text, current, end, found)
            current, end = label, paragraph.end
        elif label is not None and current is not None and _is_wall(text, label, surnames):
            _close(text, current, end, found)
            opened = _is_addressed(text, label)
            current, end = (label, paragraph.end) if opened else (None, end)
        elif current is not None and (inset or ends_speech(text, paragraph) or _is_shouted(text, paragraph, current)):
            _close(text, current, end, found)
            current = None
        elif current is not None and not is_interlude(text, paragraph):
            end = paragraph.end
    _close(text, current, end, found)
    return tuple(found)


def _surnames(text: str) -> frozenset[str]:
    """The words that a text has behind a given name, an office or a form of address."""
    return frozenset(m[2] for m in _NAMED.finditer(text) if m[1].casefold() in MALE | FEMALE | OFFICES | COURTESY)


def _is_wall(text: str, label: Label, surnames: frozenset[str]) -> bool:
    """Whether a label that is none of the text's usual ones still ends the turn before it."""
    name = label.name(text)
    if label.capitals and (len(name) > _ACRONYM or _ANYBODY.match(name)):
        return True
    if " " not in name:
        return name in surnames
    return len(CAPITALS.findall(name)) > 1 and not _NOT_A_WALL.match(name)


def _is_shouted(text: str, paragraph: Span, label: Label) -> bool:
    """Whether a paragraph is a notice in capitals, behind a speech that is not: "TO ORDER A VIDEO …"."""
    words = paragraph.of(text)
    return len(words.split()) >= _SHOUTED and words.isupper() and not text[label.speech : paragraph.start].isupper()


def _is_addressed(text: str, label: Label) -> bool:
    """Whether an unusual label is plainly somebody's: a form of address, or a bracket behind the name."""
    words = label.span.of(text)
    return bool(ADDRESSED.match(words) or BRACKETS.search(words))


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
