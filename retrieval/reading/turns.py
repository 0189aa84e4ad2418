"""A transcript's turns: which of the labels in a text are speakers', and what each says up to the next (pure, linear)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.lexicon import FEMALE, MALE
from retrieval.model import Span
from retrieval.reading.label_forms import (
    ADDRESSED,
    BRACKETS,
    CAPITALS,
    LONGEST_LABEL,
    OFFICES,
    Label,
    dotted_labels,
    end_of,
    initials_of,
    is_label,
    is_office,
    is_questioner,
    is_somebody,
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
    if _EDITORS.match(words) or _PAPER.match(words) or _OTHER_VOICE.match(words):
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


# Labels that have a line to themselves: a name or an office, and what is said in the paragraphs below (pure).

_MOST_WORDS = 5  # of a person's name with a form of address
_MOST_BARE = 3  # of one without
_CAPITALISED = re.compile(r"\b[A-Z][^\W\d_A-Z][\w’'\-]*")
_SHARE = 4  # of that many paragraphs one is a label, where people's names alone make a record of speech
_VOICES = frozenset({"interpreter", "translator", "audience", "chorus", "narrator"})
# "Emma Woodhouse  9:12 AM", "Speaker 2  00:07"
_CLOCK_ALONE = re.compile(r"\s+[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?$")
_CLOCKED = re.compile(r"(?:[A-ZÀ-ÞŠŽ][\w.’'\-]*)(?:\s(?:[A-ZÀ-ÞŠŽ][\w.’'\-]*|de|van|von|der|la|\d{1,2})){0,4}$")
# "Lucy Westenra, Whitby Times": a journalist who has the word
_AND_OUTLET = re.compile(
    r"(?P<name>[A-Z][\w’'\-]+(?:\s[A-Z][\w.’'\-]+){1,3}),\s(?:the\s|The\s)?(?:[A-Z][\w.’'&\-]*\s?){1,5}$"
)
_NAME_AND_OFFICE = re.compile(
    r"(?:(?:[A-Z][A-Z.'’\-]+\s){1,3}[A-Z][A-Z'’\-]+,\s[a-zA-Z]|[A-Z]{4,}[A-Z'’\-]*,\s[a-z])[\w\s'’\-]{3,60}$"
)


def labels_alone(text: str, paragraphs: Sequence[Span]) -> tuple[list[Label | None], frozenset[str]]:
    """Labels that have a line to themselves, and their names; nothing where a text has too few to be a record of speech."""
    named: set[str] = set()
    labels = [_label_alone(text, p, named) for p in paragraphs]
    certain = [label if label is not None and _is_certain(label.name(text)) else None for label in labels]
    times = _times(text, labels)
    sure = {n for n, often in times.items() if often >= 2 or _is_certain(n) or (n.isupper() and ADDRESSED.match(n))}
    sure |= {x.name(text) for x in labels if x is not None and _CLOCK_ALONE.match(text, x.span.end, x.speech)}
    by_office = {name for name, n in _times(text, certain).items() if is_questioner(name) or n >= 2}
    if len(by_office) >= 2 and sum(times[name] for name in by_office) >= 3:
        return _with_outlets(text, paragraphs, labels, times)
    if len(sure) >= 2 and _is_record(text, labels, paragraphs, times, sure):
        return _with_outlets(text, paragraphs, labels, times)
    return [], frozenset()


def _with_outlets(
    text: str, paragraphs: Sequence[Span], labels: list[Label | None], times: Mapping[str, int]
) -> tuple[list[Label | None], frozenset[str]]:
    """The labels of a record with those of journalists, and all names; whose given name is unknown only ends a turn."""
    asking = set()
    for i, paragraph in enumerate(paragraphs[:-1]):
        found = _AND_OUTLET.match(text, paragraph.start, paragraph.end)
        if found is None or labels[i] is not None or labels[i + 1] is not None:
            continue
        label = Label(Span(*found.span("name")), paragraph.end, capitals=False)
        labels[i] = label
        if found["name"].split()[0].casefold() in MALE | FEMALE:
            asking.add(label.name(text))
    return labels, frozenset(times) | asking


def _times(text: str, labels: Sequence[Label | None]) -> Counter[str]:
    return Counter(label.name(text) for label in labels if label is not None)


def _is_record(
    text: str,
    labels: Sequence[Label | None],
    paragraphs: Sequence[Span],
    times: Mapping[str, int],
    sure: set[str],
) -> bool:
    """Whether lines that may be people's names are labels: many, several of them again and again, and words below each."""
    places = [i for i, label in enumerate(labels) if label is not None]
    if len(places) < _SHARE or len(places) * _SHARE < len(paragraphs) or sum(times[n] for n in sure) * 2 < len(places):
        return False
    speaking = 0
    for i in places:
        below = text[labels[i].span.end : paragraphs[i].end].strip()  # type: ignore[union-attr]
        speaking += bool(below) or (i + 1 < len(labels) and labels[i + 1] is None)
    return speaking * 5 >= len(places) * 4


def _label_alone(text: str, paragraph: Span, named: set[str]) -> Label | None:
    end = text.find("\n", paragraph.start, paragraph.end)
    line = Span(paragraph.start, paragraph.end if end < 0 else end)
    words = BRACKETS.sub(" ", line.of(text)).strip(" *_#:")
    if not words or len(words) > LONGEST_LABEL or words[-1] in ".?!,;":
        return None
    clock = _CLOCK_ALONE.search(words)
    if clock is not None:
        at = line.start + line.of(text).index(words)
        return (
            Label(Span(at, at + clock.start()), line.end, capitals=False)
            if _CLOCKED.match(words, 0, clock.start())
            else None
        )
    told = _NAME_AND_OFFICE.match(words)
    if told is not None:  # "MARY BENNET, secretary of the reading club"
        return Label(Span(line.start, line.start + text[line.start : line.end].index(",")), line.end, capitals=True)
    if is_label(words) is None or not (_is_certain(words) or _is_name(text, words, named)):
        return None
    return Label(line, line.end, capitals=words.isupper())


def _is_certain(words: str) -> bool:
    return is_questioner(words) or (is_office(words) and len(words.split()) > 1)


def _is_name(text: str, words: str, named: set[str]) -> bool:
    """Whether a line can be a person's name: with a form of address, with a given name, or in capitals and named elsewhere.

    `named` is filled, once and only where it is needed, with the text's words that begin with a capital.
    """
    parts = words.split()
    if len(parts) > _MOST_WORDS:
        return False
    if words.casefold() in _VOICES or (len(parts) > 1 and ADDRESSED.match(words)):
        return True
    if len(parts) == 2 and parts[0].casefold() in MALE | FEMALE:
        return True
    if not words.isupper() or len(parts) > _MOST_BARE or len(parts[-1]) < _MOST_BARE:
        return False
    if not named:
        named.update(_CAPITALISED.findall(text))
        named.add("")
    return parts[-1].capitalize() in named


# Labels in front of what is said: which of those that a text has are speakers' (pure, linear).

_OPENING_MARKS = frozenset('“„«"')
_ANSWERS = frozenset(["A", "Answer", "ANSWER"])
_STOPS = ".?!…—–-)]"
_WORD = re.compile(r"[^\W\d_]+")
_INTRODUCED = re.compile(r"[A-Z][A-Z.'’\-]+(?:\s[A-Z][A-Z.'’\-]*){0,3},\s[A-Z]")  # "ABRAHAM VAN HELSING, PHYSICIAN"
_LISTED = 40  # words of a line that says who takes part


@dataclass(frozen=True, slots=True)
class InLine:
    """For each paragraph the label that opens it, and which labels are speakers'; `dotted` where full stops close them."""

    labels: Sequence[Label | None]
    accepted: frozenset[str]
    places: tuple[int, ...]  # the numbers of the paragraphs with an accepted label
    dotted: bool = False


def labels_in_line(text: str, paragraphs: Sequence[Span]) -> InLine:
    """The labels that stand in front of words; nothing is accepted in a text that is no record of speech."""
    labels = [label_at(text, p) for p in paragraphs]
    dotted, names = dotted_labels(text, paragraphs)
    if names:
        labels = [d or label for d, label in zip(dotted, labels, strict=True)]
    labels = _without_lists(text, paragraphs, labels)
    accepted = _accepted(text, labels) | names
    places = tuple(i for i, label in enumerate(labels) if label is not None and label.name(text) in accepted)
    return InLine(labels, accepted, places, bool(names))


def _without_lists(text: str, paragraphs: Sequence[Span], labels: list[Label | None]) -> list[Label | None]:
    """The labels without a headline's ("Oral answers: Defence") and those of a list above the first words.

    "President: Mr. Valjean (Montreuil)" says who takes part.
    """
    lasts = Counter(_last(label.name(text)) for label in labels if label is not None)
    for number, (paragraph, label) in enumerate(zip(paragraphs, labels, strict=True)):
        if label is None:
            continue
        if lasts[_last(label.name(text))] > 1 and not _is_list(text[label.speech : paragraph.end]):
            break  # whoever opens so has the floor again
        listed = _is_list(text[label.speech : paragraph.end])
        if not listed and (number or text[paragraph.end - 1] in _STOPS):
            break
        labels[number] = None
    return labels


def _is_list(words: str) -> bool:
    """Whether words are names and callings and no sentence: most begin with a capital, and no stop closes them."""
    plain = BRACKETS.sub(" ", words).strip()
    every: list[str] = _WORD.findall(plain)
    if not 2 <= len(every) <= _LISTED or plain[-1] in ".?!…—–-":
        return False
    return sum(w[0].isupper() for w in every) * 3 >= len(every) * 2


def _accepted(text: str, labels: Sequence[Label | None]) -> frozenset[str]:
    capitals = Counter(label.name(text) for label in labels if label is not None and label.capitals)
    small = Counter(label.name(text) for label in labels if label is not None and not label.capitals)
    accepted: set[str] = set()
    lasts = Counter(_last(name) for name in capitals)  # "DENISOV:" behind "DEPUTY MINISTER DENISOV:"
    likely = {n for n, times in capitals.items() if times >= 2 or lasts[_last(n)] >= 2 or is_somebody(text, n)}
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
    accepted.update(_of_initials(small, accepted))
    accepted.update(_offices(text, labels, accepted))
    if accepted:
        accepted.update(n for n in capitals if _INTRODUCED.match(n))
        known = {_last(n) for n in accepted if " " in n}
        accepted.update(n for n in small if n in known)  # "Stein:" behind "Governor of Patusan Stein:"
    return frozenset(accepted)


def _last(name: str) -> str:
    """The surname of a label: of "MINA HARKER, ANCHOR" Harker."""
    return name.partition(", ")[0].rpartition(" ")[2]


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


def _of_initials(small: Counter[str], accepted: set[str]) -> set[str]:
    """The full names that stand for the initials of later labels: "Captain Nemo:", then "CN:"."""
    initials = {n for n in accepted if n.isupper() and 2 <= len(n) <= 4 and n.isalpha()}
    return {n for n in small if len(n.split()) > 1 and initials_of(n) in initials}
