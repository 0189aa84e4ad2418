"""A transcript's turns: which of the labels in a text are speakers', and what each says up to the next (pure, linear)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.lexicon import FEMALE, MALE
from retrieval.model import Span
from retrieval.reading.frames import Induced, induced
from retrieval.reading.label_forms import (
    ADDRESSED,
    BRACKETS,
    CAPITALS,
    OFFICES,
    Label,
    end_of,
    is_questioner,
    label_at,
)
from retrieval.spelling import COURTESY

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


# Behind a stop in the middle of a line: "… You remember that, right? ISHMAEL (voice-over): But that is not true."
_WITHIN = re.compile(
    r"[.?!…)\]—–\-”\"’]\s{1,3}(?=[A-Z][A-Z.'’\-]+(?:\s[A-Z.'’\-]+){0,4}(?:,\s[^:\n\[(]{2,60})?(?:\s?[\[(][^\])\n]{1,40}[\])])?:\s)"
    r"|\s(?=>>+\s?\S|\[[A-Z][^\]\n]{1,60}\]\s?:\s)"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says between two labels, as one span."""

    label: Label
    span: Span


def turns(text: str, paragraphs: Sequence[Span], title: str = "") -> tuple[Turn, ...]:
    """The turns of a transcript, in order; empty for a text that is none.

    Labels in capitals count when two paragraphs carry them (or one that opens a speech); labels in small letters
    must come in numbers, because "Note: …" and "Background: …" look like them.
    """
    pieces = _pieces(text, paragraphs, title)
    labels, accepted = pieces.labels, pieces.accepted
    if not accepted:
        return ()
    paragraphs = pieces.paragraphs
    inset = pieces.inline and is_inset(text, paragraphs, pieces.places[0])
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


@dataclass(frozen=True, slots=True)
class Pieces(Induced):
    """A record's paragraphs, parted where a label stands in the middle of one."""

    paragraphs: Sequence[Span] = ()


def _pieces(text: str, paragraphs: Sequence[Span], title: str) -> Pieces:
    """The paragraphs with their labels; where one in the middle of a line is none of the record's, the line stays whole."""
    parted = [piece for paragraph in paragraphs for piece in _parted(text, paragraph)]
    opening = {p.start for p in paragraphs}
    found = induced(text, parted, title)
    pieces: list[Span] = []
    labels: list[Label | None] = []
    for piece, label in zip(parted, found.labels, strict=True):
        speaks = found.inline and label is not None and _parts(text, label, found.accepted)
        if piece.start in opening or speaks or text.startswith(">>", piece.start):
            pieces.append(piece)
            labels.append(label)
        else:
            pieces[-1] = Span(pieces[-1].start, piece.end)
    places = tuple(i for i, x in enumerate(labels) if x is not None and x.name(text) in found.accepted)
    return Pieces(labels, found.accepted, places, found.inline, tuple(pieces))


def _parts(text: str, label: Label, accepted: frozenset[str]) -> bool:
    """Whether a label in the middle of a line is a speaker's, or stands in capitals where others are: then somebody else speaks."""
    name = label.name(text)
    return name in accepted or (bool(accepted) and label.capitals and len(name) > _ACRONYM)


def _parted(text: str, paragraph: Span) -> list[Span]:
    """A paragraph parted before each label in capitals, in brackets or behind ">>" that stands within it."""
    first = label_at(text, paragraph)
    starts, spoken = [paragraph.start], first.speech if first is not None else paragraph.start + 1
    for place in _WITHIN.finditer(text, min(spoken, paragraph.end), paragraph.end):
        at = place.end()
        if at < spoken:
            continue  # inside the label before: "MR. STARBUCK:"
        label = label_at(text, Span(at, paragraph.end))
        if text[at] == ">" or (label is not None and (label.capitals or text[at] == "[")):
            starts.append(at)
            spoken = label.speech if label is not None else at + 1
    ends = [end_of(text, at, following) for at, following in pairwise(starts)] + [paragraph.end]
    return [Span(at, end) for at, end in zip(starts, ends, strict=True)]


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


def asked_before(text: str, turns: Sequence[Turn], most: int) -> dict[str, list[str]]:
    """For each label the beginning of what was asked right before it: that may tell who answers."""
    asked: dict[str, list[str]] = {}
    for before, turn in pairwise(turns):
        if is_questioner(before.label.name(text)):
            words = text[before.span.start : min(before.span.end, before.span.start + most)]
            asked.setdefault(turn.label.name(text), []).append(words)
    return asked


# Where in a record of speech nobody speaks any more: the editors, the clerks, the article around an exchange (pure).

_LINE = 80  # characters of a line that ends a speech
_CLOCK = r"\d{1,2}[:.]\d{2}\s*[AaPp]\.?\s?[Mm]\.?"
_END = re.compile(
    r"(?:(?:[\[(]?END\b.{0,40})|#{2,}|(?:\*\s*){3,}|-{3,}|_{3,}|\d{1,2}:\d{2}\s*[AaPp]\.?[Mm]\.?.{0,12}|-?\s*(?:more|30)\s*-)$"
)
_HEADING = re.compile(r"#{1,6}\s")
# The editors speak: "This interview has been edited …", "Sherlock Holmes was speaking to the Review."
_EDITORS = re.compile(
    r"[*_(\[]*(?:Question\s(?:put|accordingly)\b|The\s(?:House|Assembly|Committee)\s(?:divided|adjourned)\b"
    r"|The\s(?:meeting|sitting|hearing)\s(?:rose\sat|was\s(?:called\sto\sorder|suspended|adjourned|resumed))\b"
    r"|(?:Note|NOTE|N\.B\.|(?:Editor|EDITOR)['’][sS]\s(?:[Nn]ote|NOTE))\s?:\s|BY\s(?:MR|MS|MRS|MISS|DR)\.?\s[A-Z][A-Z’'\- ]{1,40}:?$"
    r"|(?:This|The)\s(?:interview|transcript|conversation|text)\s(?:has|have|was|is)\b"
    r"|(?:[A-Z][\w.’'\-]+\s){1,4}(?:was|were)\s(?:speaking|talking|interviewed)\b)"
)
# Somebody's paper is put in: "[The prepared statement of Mr. Sawyer follows:]", "Prepared Statement of Tom Sawyer"
_PAPER = re.compile(
    r"\[[^\]\n]{0,200}\b(?:follows?|submitted|referred\sto|appears?)\b|\[Whereupon\b"
    r"|(?:(?:OPENING|PREPARED|Opening|Prepared)\s)?(?:STATEMENTS?|Statements?|TESTIMONY)\s(?:OF|BY|of|by)\s(?:[Tt]he\s)?[A-Z]|EXAMINATION\sBY\b"
)
# What the clerks or the captions note in a line of its own, while somebody has the floor
_INTERLUDE = re.compile(
    rf"(?:{_CLOCK}|\\?[\[(][^\])\n]{{1,80}}\\?[\])][.,]?|(?:Several|Some|Many)\s(?:hon\.?|noble|right\shon\.?)\s(?:Members|Lords)\srose\s?[—–-]*"
    r"|[A-Z][^\n.:“”\"]{1,90}\sinterjecting\s?[—–-]*|Leave\s(?:not\s)?granted\.?|[A-Z][^\n.:“”\"]{1,90}\srose\s?(?:[—–-]+|to\s[^\n.]{2,60}\.?))$"
)
# "[Note]: …", "[1]: …" and "[Forge]: https://…" that are nobody's label, and an address alone behind a word and a colon
_SET_ASIDE = re.compile(r"\[[^\]\n]{1,110}\]\s?:\s|[^\n:]{1,60}:\s+<?(?:https?://|www\.)\S+$")
_OTHER_VOICE = re.compile(r">>+\s?(?=\S)")
_TOLD = r"(?:said|says|told|added|replied|answered|asked|wrote|insisted|admitted|testified|explained|warned|argued|recalled)"
# The form of running text: “…,” she said; the judge told the jurors: “…
_TELLING = re.compile(
    rf"[,.?!…][”\"’]\s(?:[\w.,’'\-]+\s){{0,7}}?{_TOLD}\b|\b{_TOLD}\b[^“”\".\n]{{0,60}}[:,]?\s[“\"]|\b{_TOLD}(?:\s[\w’']+){{0,4}}\sthat\b"
)
_QUOTED = re.compile(r"[“\"][^“”\"\n]{0,1000}[”\"]")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
_FEWEST = 2  # paragraphs of running text before the first label


def ends_speech(text: str, paragraph: Span) -> bool:
    """Whether whoever had the floor does not speak in an unlabelled paragraph."""
    words = text[paragraph.start : min(paragraph.end, paragraph.start + 240)]
    if _EDITORS.match(words) or _PAPER.match(words) or _OTHER_VOICE.match(words) or _SET_ASIDE.match(words):
        return True
    return bool(_HEADING.match(words) or (paragraph.end - paragraph.start <= _LINE and _END.match(words)))


def is_interlude(text: str, paragraph: Span) -> bool:
    """Whether a paragraph is a note between what is said: "(door creaks)", "3.15 pm", "Admiral Croft (Bath) rose—"."""
    return paragraph.end - paragraph.start <= _LINE * 2 and bool(_INTERLUDE.match(paragraph.of(text)))


def is_inset(text: str, paragraphs: Sequence[Span], first: int) -> bool:
    """Whether the labels stand in a running article, so that what follows a labelled paragraph is the article's again."""
    return sum(_is_telling(text[p.start : min(p.end, p.start + 2_000)]) for p in paragraphs[:first]) >= _FEWEST


def _is_telling(words: str) -> bool:
    return bool(_TELLING.search(words)) and not _FIRST_PERSON.search(_QUOTED.sub(" ", words))
