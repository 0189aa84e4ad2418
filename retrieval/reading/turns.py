"""Speakers' labels and the turns they open: "THE PRESIDENT:", "MR. PRICE:", "Q", "Ahab:" (pure, linear)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Span

_LONGEST_LABEL = 110
_LONGEST_OFFICE = 14  # words of a label with an office in it
# What may stand before a label: a clock, list and emphasis marks of Markdown.
_LEAD = re.compile(r"(?:\s|[>*_#-]|[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?)*")
_QUESTION = re.compile(
    r"(?:Q|QUESTION|Question)(?:\s?[\[(][^\])\n]{1,60}[\])])?(?:[.:]\s*|\s*[-–—]\s+|\s{2,}|\t|\s(?=[\"“(—–A-Z]))"
)
_BRACKETS = re.compile(r"\\?[\[(][^\])\n]{0,60}\\?[\])]")
_CAPITALS = re.compile(r"[^\W\d_]+")
# "The Secretary of State for Defence (Plantagenet Palliser)"
_OFFICE_WITH_NAME = re.compile(r"[Tt](?:he|HE)\s[^(\[]{3,80}[(\[]((?:[A-Z][\w.'’\-]+\s+){1,4}[A-Z][\w'’\-]+)[)\]]")
_SMALL_WORDS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "de",
        "da",
        "van",
        "von",
        "der",
        "del",
        "la",
        "le",
        "di",
        "du",
        "al",
        "bin",
        "ibn",
        "to",
        "in",
        "at",
    ]
)
_NOT_LABELS = frozenset(
    [
        "note",
        "update",
        "photo",
        "image",
        "watch",
        "read",
        "more",
        "source",
        "sources",
        "related",
        "tags",
        "correction",
        "editor's",
        "video",
        "listen",
        "advertisement",
        "via",
        "by",
        "from",
        "to",
        "subject",
        "date",
        "cc",
        "time",
        "where",
        "when",
        "who",
        "what",
        "location",
        "venue",
        "https",
        "http",
        "re",
        "fwd",
        "sent",
        "attachments",
    ]
)
_OPENING_MARKS = frozenset('“„«"')
_ANSWERS = frozenset(["A", "Answer"])
_STAGE = re.compile(r"\\?[\[(][^\])\n]{1,80}\\?[\])][.,]?")
_END = re.compile(
    r"(?:(?:[\[(]?END\b.{0,40})|#{2,}|(?:\*\s*){3,}|-{3,}|_{3,}|\d{1,2}:\d{2}\s*[AaPp]\.?[Mm]\.?.{0,12}|-?\s*(?:more|30)\s*-)$"
)
_HEADING = re.compile(r"#{1,6}\s")
# The editors speak: "This interview has been edited …", "Sherlock Holmes was speaking to the Review."
_STOPS = ".?!…—–-)]"
_EDITORS = re.compile(
    r"[*_(\[]*(?:Question\s(?:put|accordingly)\b|The\s(?:House|Assembly|Committee)\s(?:divided|adjourned)\b|(?:This|The)\s(?:interview|transcript|conversation|text)\s(?:has|have|was|is)\b"
    r"|(?:[A-Z][\w.’'\-]+\s){1,4}(?:was|were)\s(?:speaking|talking|interviewed)\b)"
)
# What may be a label where a person is not known otherwise
_ADDRESSED = re.compile(
    r"(?:The\s|THE\s)?(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Baroness|Hon|Rt|MR|MRS|MS|MISS|DR|SIR|DAME|LORD|LADY)\b"
)
_NOT_A_WALL = re.compile(r"(?:Number|Point|Question|Part|Step|And|But|So|Well|First|Second|Third|Now)\b")
_PUBLIC_OFFICE = frozenset(
    "president minister secretary chancellor chairman chairwoman chair ambassador admiral general commander director king "  # noqa: SIM905 - a list of words reads better as one
    "queen premier speaker governor senator congressman congresswoman representative commissioner colonel captain judge "
    "justice attorney professor spokesman spokeswoman spokesperson official pm operator chief officer".split()
)

QUESTIONERS = frozenset(
    [
        "q",
        "question",
        "questioner",
        "reporter",
        "journalist",
        "moderator",
        "host",
        "interviewer",
        "operator",
        "participant",
        "audience",
        "member",
        "press",
        "anchor",
        "speaker",
        "unidentified",
        "unknown",
        "multiple",
        "several",
        "inaudible",
        "voice",
        "male",
        "female",
    ]
)


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label: where its words stand, where the speech after it begins, and whether it is all capitals."""

    span: Span
    speech: int
    capitals: bool

    def name(self, text: str) -> str:
        """The label as it is written, without brackets; of an office with a name in brackets, the name."""
        words = self.span.of(text)
        named = _OFFICE_WITH_NAME.match(words)
        return " ".join(named[1].split() if named else _BRACKETS.sub(" ", words).split()).strip(" *_:.")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says between two labels, as one span."""

    label: Label
    span: Span


def label_at(text: str, paragraph: Span) -> Label | None:
    """The label that opens a paragraph, or None."""
    lead = _LEAD.match(text, paragraph.start, min(paragraph.end, paragraph.start + _LONGEST_LABEL))
    start = lead.end() if lead else paragraph.start
    question = _QUESTION.match(text, start, paragraph.end)
    if question:
        speech = question.end()
        while speech < paragraph.end and text[speech] in "*_ ":  # "**Question:** When?"
            speech += 1
        return Label(Span(start, start + len(question.group().rstrip(" \u00a0\t.:-–—"))), speech, capitals=True)
    limit = min(paragraph.end, start + _LONGEST_LABEL)
    colon = text.find(":", start, limit)
    if colon <= start:
        return None
    speech = colon + 1
    while speech < paragraph.end and (text[speech].isspace() or text[speech] in "*_"):
        speech += 1
    if speech == colon + 1 and speech < paragraph.end:
        return None  # "10:30", "https:"
    words = _BRACKETS.sub(" ", text[start:colon]).strip(" *_")
    if words.startswith("From ") and words[5:6].isupper():  # of a press release: "From Chairwoman X: “…”"
        start, words = start + 5, words[5:]
    capitals = is_label(words)
    return None if capitals is None else Label(Span(start, _rstrip(text, start, colon)), speech, capitals)


def is_label(words: str) -> bool | None:
    """True for a label in capitals, False for one like "Jonathan Harker", None when it is no label."""
    letters = _CAPITALS.findall(words)
    if not letters or len(letters) > _LONGEST_OFFICE or any(c in words for c in '“”"?!;'):
        return None
    if letters[0].casefold() in _NOT_LABELS:
        return None
    big = [w for w in letters if w.casefold() not in _SMALL_WORDS]
    if not big:
        return None
    if all(w.isupper() or w[:2] in ("Mc", "Mac") for w in big) and any(len(w) > 1 for w in big):
        return True
    longest = _LONGEST_OFFICE if is_office(words) else 8
    if len(letters) <= longest and all(w[0].isupper() for w in big):
        return False
    return None


def is_office(label: str) -> bool:
    """Whether a label carries a public office: "NATO Secretary General Rassendyll", "Prime Minister"."""
    return any(w.casefold() in _PUBLIC_OFFICE for w in _CAPITALS.findall(label))


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
    likely = {name for name, times in capitals.items() if times >= 2 or is_somebody(text, name)}
    if sum(capitals[n] for n in likely) >= 2 or (likely and sum(capitals.values()) * 12 >= len(labels)):
        accepted.update(likely)
    bracketed = {
        n for label in labels if label is not None and _BRACKETS.search(label.span.of(text)) for n in [label.name(text)]
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


def labels_alone(text: str, paragraphs: Sequence[Span]) -> tuple[list[Label | None], frozenset[str]]:
    """Labels that have a line to themselves, and their names; nothing where a text has too few to be a record of speech."""
    labels = [_label_alone(text, p) for p in paragraphs]
    times = Counter(label.name(text) for label in labels if label is not None)
    sure = {name for name, n in times.items() if is_questioner(name) or n >= 2}
    if len(sure) < 2 or sum(times[name] for name in sure) < 3:
        return [], frozenset()
    return labels, frozenset(times)


def _label_alone(text: str, paragraph: Span) -> Label | None:
    end = text.find("\n", paragraph.start, paragraph.end)
    line = Span(paragraph.start, paragraph.end if end < 0 else end)
    words = _BRACKETS.sub(" ", line.of(text)).strip(" *_#:")
    if not words or len(words) > _LONGEST_LABEL or words[-1] in ".?!,;" or is_label(words) is None:
        return None
    if not (is_questioner(words) or (is_office(words) and len(words.split()) > 1)):
        return None
    return Label(line, line.end, capitals=words.isupper())


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


def is_somebody(text: str, label: str) -> bool:
    """Whether a label that stands there once can be a person's: an office, or a name that the text has elsewhere.

    "QUOTE OF THE DAY" and "SPOTTED" are headings.
    """
    words = [w.casefold() for w in _CAPITALS.findall(label)]
    if not words or is_questioner(label) or set(words) & _PUBLIC_OFFICE or _ADDRESSED.match(label):
        return bool(words)
    last = words[-1]
    return len(last) > 1 and re.search(rf"\b{re.escape(last.capitalize())}\b", text) is not None


# Whom a label may call so, seen once in a record: nobody by name, and not the one who spoke before
_ANYBODY = re.compile(
    r"(?:AIDE|STAFF(?:ER)?|CROWD|AUDIENCE|INTERPRETER|TRANSLATOR|CREW|PARTICIPANTS?|VOICES?|OPERATOR|OFFICIAL|ATTENDEE|GUEST"
    r"|PROTESTERS?|HECKLER|REPORTERS?|PRESS|ALL|ANNOUNCER|HOST|MODERATOR|MAN|WOMAN)$"
)


def _is_wall(text: str, label: Label) -> bool:
    """Whether a label that is none of the text's usual ones still ends the turn before it."""
    name = label.name(text)
    if label.capitals and _ANYBODY.match(name):
        return True
    return len(_CAPITALS.findall(name)) > 1 and not _NOT_A_WALL.match(name)


def _is_addressed(text: str, label: Label) -> bool:
    """Whether an unusual label is plainly somebody's: a form of address, or a bracket behind the name."""
    words = label.span.of(text)
    return bool(_ADDRESSED.match(words) or _BRACKETS.search(words))


def _ends_speech(text: str, paragraph: Span) -> bool:
    words = text[paragraph.start : min(paragraph.end, paragraph.start + 80)]
    if _EDITORS.match(words):
        return True
    return bool(_HEADING.match(words) or (paragraph.end - paragraph.start <= 80 and _END.match(words)))


def _close(text: str, label: Label | None, end: int, found: list[Turn]) -> None:
    if label is None or label.speech >= end:
        return
    start = label.speech
    end = _rstrip(text, start, end)
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


def stage_directions(text: str, span: Span) -> tuple[Span, ...]:
    """The bracketed notes inside a stretch of speech: "(Laughter.)", "[sic]". Not spoken, left in place."""
    return tuple(Span(m.start(), m.end()) for m in _STAGE.finditer(text, span.start, span.end))


def is_stage_direction(words: str) -> bool:
    """Whether words are nothing but a bracketed note: "(Crosstalk.)"."""
    return _STAGE.fullmatch(words.strip()) is not None


def is_questioner(label: str) -> bool:
    """Whether a label stands for whoever asks: their words are never the principal's."""
    words = [w.casefold() for w in _CAPITALS.findall(label)]
    return bool(words) and all(w in QUESTIONERS or w in _SMALL_WORDS for w in words)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
