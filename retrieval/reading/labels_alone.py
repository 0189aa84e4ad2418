"""Labels that have a line to themselves: a name or an office, and what is said in the paragraphs below (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from retrieval.model import Span
from retrieval.reading.first_names import FEMALE, MALE
from retrieval.reading.label_forms import (
    ADDRESSED,
    BRACKETS,
    LONGEST_LABEL,
    Label,
    is_label,
    is_office,
    is_questioner,
)

_MOST_WORDS = 5  # of a person's name with a form of address
_MOST_BARE = 3  # of one without
_CAPITALISED = re.compile(r"\b[A-Z][^\W\d_A-Z][\w’'\-]*")
_SHARE = 4  # of that many paragraphs one is a label, where people's names alone make a record of speech
_VOICES = frozenset({"interpreter", "translator", "audience", "chorus", "narrator"})
# "Emma Woodhouse  9:12 AM", "Speaker 2  00:07"
_CLOCK = re.compile(r"\s+[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?$")
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
    sure |= {x.name(text) for x in labels if x is not None and _CLOCK.match(text, x.span.end, x.speech)}
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
    clock = _CLOCK.search(words)
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
