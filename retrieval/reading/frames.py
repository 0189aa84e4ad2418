"""Which of a text's labels are speakers': a frame that repeats, or that holds people whom the text knows, is its label form.

A frame is how a label is set apart (a colon, a full stop, a dash, a line of its own) and whether it stands in capitals.
Each frame is weighed once by what the text shows of it; no list of forms is held (pure, n log n).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.lexicon import FEMALE, MALE, PERSON_NOUNS
from retrieval.model import Span
from retrieval.reading.label_forms import (
    ADDRESSED,
    BRACKETS,
    CAPITALS,
    LONGEST_LABEL,
    Label,
    initials_of,
    is_label,
    is_office,
    is_questioner,
    label_at,
    stopped_label,
)

Frame = tuple[str, bool, bool]  # closer, in capitals, with an office in small letters
Labels = list[Label | None]


@dataclass(frozen=True, slots=True)
class FrameWeights:
    """What speaks for a frame, each share between 0 and 1; a frame that reaches `line` is a label form."""

    again: float = 2.0  # of its labels those whose name or surname comes back
    voices: float = 1.0  # two names at least that come back or are somebody's
    often: float = 1.0  # four labels; half as much again for six and more
    share: float = 1.0  # one paragraph in twelve and more; in four for lines of their own
    somebody: float = (
        1.5  # of its names those that are somebody's: an office, a form of address, a name the text has elsewhere
    )
    headed: float = 1.0  # whom the head of the text names has such a label
    capitals: float = 1.0
    marked: float = 1.0  # of its labels those with a clock, a bracket, a link, ">>"
    sentence: float = 1.0  # of what follows that which begins a sentence
    spoken: float = 2.0  # of what follows that in which somebody says I, we, you, or asks
    quoted: float = (
        -4.0
    )  # of what follows that in quotation marks, as far as nobody comes back: a list of what people said elsewhere
    empty: float = -3.0  # of its labels those with nothing below: a list of names
    listed: float = -3.0  # of what follows names and callings: who took part, or won
    heading: float = -3.0  # of its names those that are headings
    alone: float = -1.5  # headings stand so too
    told: float = -2.0  # a name and a calling before a colon introduce a list as well
    beside: float = 1.5  # another frame of the text is a label form already
    line: float = 6.5


WEIGHTS = FrameWeights()
_HEAD = 600  # characters before the first label that say who speaks
_ENOUGH = 4
_MOST_OFTEN = 1.5
_APART, _APART_ALONE = 12, 4
_LOOKED_AT = 240  # characters of what follows a label
_SPOKEN = re.compile(
    r"\b(?:I|I[’']\w+|[Ww]e|[Ww]e[’']\w+|[Yy]ou|[Yy]ou[’']\w+|[Mm]y|[Oo]ur|[Yy]our|me|us|Thank|Thanks|Yes|No|Aye)\b|\?"
    r"|^(?:Mr|Mrs|Ms|Madam|My|Sir)\b\.?(?:\s[A-Z]\w+)?,"
)
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÞŠŽ][^\W\d_A-Z][\w’'\-]*")
_OPENING_MARKS = frozenset('“„«"')


@dataclass(frozen=True, slots=True)
class Induced:
    """For each paragraph the label that opens it, and the names of those that are speakers'."""

    labels: Sequence[Label | None]
    accepted: frozenset[str]
    places: tuple[int, ...]  # the numbers of the paragraphs with an accepted label
    inline: bool = True  # the labels stand before words, not on lines of their own


def induced(text: str, paragraphs: Sequence[Span], title: str = "") -> Induced:
    """The labels of a text and which are speakers'; nothing is accepted in a text that is no record of speech.

    Whoever the `title` names is likelier to be one, as whoever the head names.
    """
    evidence = _Evidence(text, paragraphs, title)
    labels = evidence.without_lists([_in_line(text, p) for p in paragraphs])
    accepted = evidence.accepted(labels)
    if accepted:
        return _told(text, labels, accepted, inline=True)
    alone: Labels = [label_alone(text, p, evidence) for p in paragraphs]
    accepted = evidence.accepted(alone)
    if not accepted:
        return Induced(labels, frozenset(), ())
    asking = _with_outlets(text, paragraphs, alone)
    every = {label.name(text) for label in alone if label is not None and not _OUTLET.match(label.span.of(text))}
    return _told(text, alone, (frozenset(every) - asking[1]) | asking[0], inline=False)


def _told(text: str, labels: Labels, accepted: frozenset[str], *, inline: bool) -> Induced:
    places = tuple(i for i, label in enumerate(labels) if label is not None and label.name(text) in accepted)
    return Induced(labels, accepted, places, inline)


def _in_line(text: str, paragraph: Span) -> Label | None:
    """The label in front of a paragraph's words: of two readings the one that ends first."""
    stopped, label = stopped_label(text, paragraph), label_at(text, paragraph)
    return stopped if stopped is not None and (label is None or stopped.speech <= label.speech) else label


class _Evidence:
    """What one text shows of its labels."""

    def __init__(self, text: str, paragraphs: Sequence[Span], title: str) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._titled = frozenset(_CAPITALISED.findall(title))
        self._somebody: dict[str, bool] = {}

    @cached_property
    def named(self) -> frozenset[str]:
        """The words that the text has with a capital and small letters."""
        return frozenset(_CAPITALISED.findall(self._text))

    def is_somebody(self, name: str) -> bool:
        """Whether a label can be a person's: an office, a form of address, a given name, a name that the text has elsewhere."""
        if name not in self._somebody:
            self._somebody[name] = self._found(name)
        return self._somebody[name]

    def _found(self, name: str) -> bool:
        words = CAPITALS.findall(name.partition(", ")[0])
        low = [w.casefold() for w in words]
        if not words or is_questioner(name) or is_office(name) or ADDRESSED.match(name):
            return bool(words)
        if len(words) > 1 and (low[0] in MALE | FEMALE or set(low) & PERSON_NOUNS):
            return True
        return (
            name.isupper()
            and not _is_heading(low)
            and len(words[-1]) > 1
            and _title(name.partition(", ")[0].split()[-1]) in self.named
        )

    def accepted(self, labels: Labels) -> frozenset[str]:
        """The names of the labels whose frames are this text's label forms."""
        frames = self._frames(labels)
        first = next((p.start for p, label in zip(self._paragraphs, labels, strict=True) if label is not None), 0)
        head = frozenset(_CAPITALISED.findall(self._text[max(0, first - _HEAD) : first]))
        scores = {frame: self._score(frame, labels, numbers, head) for frame, numbers in frames.items()}
        sure = {frame for frame, score in scores.items() if score >= WEIGHTS.line}
        if not sure:
            return frozenset()
        forms = sure | {frame for frame, score in scores.items() if score + WEIGHTS.beside >= WEIGHTS.line}
        return self._names(labels, [n for frame in forms for n in frames[frame]], forms)

    def _frames(self, labels: Labels) -> Mapping[Frame, list[int]]:
        """The numbers of the paragraphs under each frame; on lines of their own and before dashes capitals make no other frame."""
        frames: dict[Frame, list[int]] = defaultdict(list)
        for number, label in enumerate(labels):
            if label is not None:
                together = label.closer in ("line", "dash")
                frames[label.closer, label.capitals and not together, label.told].append(number)
        return frames

    def _score(self, frame: Frame, labels: Labels, numbers: Sequence[int], head: frozenset[str]) -> float:
        closer, _, told = frame
        names = [self._name(labels, n) for n in numbers]
        times, lasts = Counter(names), Counter(map(_last, names))
        again = {n for n in times if times[n] > 1 or lasts[_last(n)] > 1}
        somebody = {n for n in times if self.is_somebody(n)}
        follows = [self._follows(labels, n) for n in numbers]
        total, apart = len(numbers), _APART_ALONE if closer == "line" else _APART
        shouted = all(label.capitals for n in numbers if (label := labels[n]) is not None)
        titled = self._titled if shouted else frozenset()  # "The Need for Rest" names nobody of "Don't Need:"
        comes_back = sum(times[n] for n in again) / total
        whole = sum(often for often in times.values() if often > 1) / total
        w = WEIGHTS
        return float(
            w.again * comes_back
            + w.voices * (len(again | somebody) > 1)
            + w.often * min(_MOST_OFTEN, total / _ENOUGH)
            + w.share * min(1.0, total * apart / len(labels))
            + w.somebody * len(somebody) / len(times)
            + w.headed * any(_title(_last(n)) in (head | titled) for n in times)
            + w.capitals * sum(labels[n].capitals for n in numbers) / total  # type: ignore[union-attr]
            + w.marked * sum(labels[n].marked for n in numbers) / total  # type: ignore[union-attr]
            + w.sentence * sum(f[:1].isupper() or f[:1] in _OPENING_MARKS for f in follows) / total
            + w.spoken * sum(bool(_SPOKEN.search(f)) for f in follows) / total
            + w.quoted * sum(f[:1] in _OPENING_MARKS for f in follows if f) / total * (1 - whole)
            + w.empty * sum(not f for f in follows) / total
            + w.listed * sum(map(_is_list, follows)) / total
            + w.heading
            * sum(not self.is_somebody(n) and _is_heading([w.casefold() for w in CAPITALS.findall(n)]) for n in times)
            / len(times)
            + w.alone * (closer == "line")
            + w.told * told
        )

    def _name(self, labels: Labels, number: int) -> str:
        label = labels[number]
        return label.name(self._text) if label is not None else ""

    def _follows(self, labels: Labels, number: int) -> str:
        """The beginning of what is said under a label, if only in the next paragraph."""
        label, end = labels[number], self._paragraphs[number].end
        assert label is not None
        words = self._text[label.speech : min(end, label.speech + _LOOKED_AT)].strip()
        if words or number + 1 >= len(labels) or labels[number + 1] is not None:
            return words
        below = self._paragraphs[number + 1]
        return self._text[below.start : min(below.end, below.start + _LOOKED_AT)]

    def _names(self, labels: Labels, numbers: Sequence[int], forms: set[Frame]) -> frozenset[str]:
        """The speakers' among all names: who comes back under a label form or is somebody, and whom others are short for."""
        every = Counter(label.name(self._text) for label in labels if label is not None)
        times = Counter(self._name(labels, n) for n in numbers)
        lasts = Counter(_last(n) for n in times)
        found = {n for n in times if times[n] > 1 or lasts[_last(n)] > 1 or self.is_somebody(n)}
        marked = {self._name(labels, n) for n in numbers if labels[n].marked}  # type: ignore[union-attr]
        found |= {n for n in marked if len(marked) > 2}
        if sum(times.values()) * 2 >= len(labels):
            found |= {n for n in times if len(n.split()) > 1}
        if any(capitals for _, capitals, _ in forms):
            found |= {n for n in times if _INTRODUCED.match(n)}
        known = {_last(n) for n in found if " " in n}
        found |= {n for n in every if n in known}  # "Stein:" behind "Governor of Patusan Stein:"
        found |= {n for n in every if is_office(n) or is_questioner(n)} - self._quoting(labels)
        if any(is_questioner(n) for n in found):
            found |= {n for n in every if n.casefold() in ("a", "answer")}
        initials = {n for n in found if n.isupper() and 2 <= len(n) <= 4 and n.isalpha()}
        found |= {n for n in every if len(n.split()) > 1 and initials_of(n) in initials}
        return frozenset(found)

    def _quoting(self, labels: Labels) -> set[str]:
        """The names of labels in small letters before quotation marks: what people said elsewhere."""
        return {
            label.name(self._text)
            for label in labels
            if label is not None
            and not label.capitals
            and self._text[label.speech : label.speech + 1] in _OPENING_MARKS
        }

    def without_lists(self, labels: Labels) -> Labels:
        """The labels without a headline's ("Oral answers: Defence") and those of a list above the first words.

        "President: Mr. Valjean (Montreuil)" says who takes part.
        """
        lasts = Counter(_last(label.name(self._text)) for label in labels if label is not None)
        for number, (paragraph, label) in enumerate(zip(self._paragraphs, labels, strict=True)):
            if label is None:
                continue
            listed = _is_list(self._text[label.speech : paragraph.end])
            if lasts[_last(label.name(self._text))] > 1 and not listed:
                break  # whoever opens so has the floor again
            if not listed and (number or self._text[paragraph.end - 1] in _STOPS):
                break
            labels[number] = None
        return labels


_STOPS = ".?!…—–-)]:"
_WORD = re.compile(r"[^\W\d_]+")
_INTRODUCED = re.compile(r"[A-Z][A-Z.'’\-]+(?:\s[A-Z][A-Z.'’\-]*){0,3},\s[A-Z]")  # "ABRAHAM VAN HELSING, PHYSICIAN"
_IN_HEADINGS = frozenset({"a", "an", "and", "the", "for", "of", "in", "on", "to", "with"})
_LISTED = 40  # words of a line that says who takes part


def _is_list(words: str) -> bool:
    """Whether words are names and callings and no sentence: most begin with a capital, and no stop closes them."""
    plain = BRACKETS.sub(" ", words).strip()
    every: list[str] = _WORD.findall(plain)
    if not plain or not 2 <= len(every) <= _LISTED or plain[-1] in ".?!…—–-":
        return False
    return sum(w[0].isupper() for w in every) * 3 >= len(every) * 2


def _is_heading(low: Sequence[str]) -> bool:
    """Whether the words of a label, in small letters, are no name's: "goods for the river trade"."""
    return len(low) > _MOST_WORDS or not _IN_HEADINGS.isdisjoint(low)


def _last(name: str) -> str:
    """The surname of a label: of "MINA HARKER, ANCHOR" Harker."""
    return name.partition(", ")[0].rpartition(" ")[2]


def _title(word: str) -> str:
    """A word in capitals as running text has it: of "McCONNELL" and "O'BRIEN" what can be looked for."""
    return word.capitalize() if word.isupper() else word


# Labels that have a line to themselves: a name or an office, and what is said in the paragraphs below (pure).

_MOST_WORDS = 5  # of a person's name with a form of address
_MOST_BARE = 3  # of one without
_VOICES = frozenset({"interpreter", "translator", "audience", "chorus", "narrator"})
# "Emma Woodhouse  9:12 AM", "Speaker 2  00:07"
_CLOCK_ALONE = re.compile(r"\s+[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?$")
_CLOCKED = re.compile(r"(?:[A-ZÀ-ÞŠŽ][\w.’'\-]*)(?:\s(?:[A-ZÀ-ÞŠŽ][\w.’'\-]*|de|van|von|der|la|\d{1,2})){0,4}$")
# "Lucy Westenra, Whitby Times": a journalist who has the word
_OUTLET = re.compile(
    r"(?P<name>[A-Z][\w’'\-]+(?:\s[A-Z][\w.’'\-]+){1,3}),\s(?:the\s|The\s)?(?:[A-Z][\w.’'&\-]*\s?){1,5}$"
)
_NAME_AND_OFFICE = re.compile(
    r"(?:(?:[A-Z][A-Z.'’\-]+\s){1,3}[A-Z][A-Z'’\-]+,\s[a-zA-Z]|[A-Z]{4,}[A-Z'’\-]*,\s[a-z])[\w\s'’\-]{3,60}$"
)


def label_alone(text: str, paragraph: Span, evidence: _Evidence) -> Label | None:
    """The label that a paragraph's first line is, where it can be somebody's."""
    end = text.find("\n", paragraph.start, paragraph.end)
    line = Span(paragraph.start, paragraph.end if end < 0 else end)
    words = BRACKETS.sub(" ", line.of(text)).strip(" *_#:")
    if not words or len(words) > LONGEST_LABEL or words[-1] in ".?!,;":
        return None
    clock = _CLOCK_ALONE.search(words)
    if clock is not None:
        at = text.find(words, line.start, line.end)
        if at < 0 or _CLOCKED.match(words, 0, clock.start()) is None:
            return None  # likewise where a bracket stands in the middle of it
        return Label(Span(at, at + clock.start()), line.end, capitals=False, closer="line", marked=True)
    if _NAME_AND_OFFICE.match(words):  # "MARY BENNET, secretary of the reading club"
        comma = line.start + line.of(text).index(",")
        return Label(Span(line.start, comma), line.end, capitals=True, closer="line")
    if is_label(words) is None or not _is_name(words, evidence):
        return None
    return Label(line, line.end, capitals=words.isupper(), closer="line")


def _is_name(words: str, evidence: _Evidence) -> bool:
    """Whether a line can be a speaker's name: an office, a form of address or a given name with it, or in capitals and named elsewhere."""
    parts = words.split()
    if is_questioner(words) or (is_office(words) and len(parts) > 1):
        return True
    if len(parts) > _MOST_WORDS:
        return False
    if words.casefold() in _VOICES or (len(parts) > 1 and ADDRESSED.match(words)):
        return True
    if len(parts) == 2 and parts[0].casefold() in MALE | FEMALE:
        return True
    return words.isupper() and len(parts) <= _MOST_BARE <= len(parts[-1]) and parts[-1].capitalize() in evidence.named


def _with_outlets(text: str, paragraphs: Sequence[Span], labels: Labels) -> tuple[frozenset[str], frozenset[str]]:
    """Adds the journalists' lines of a record; the names of those who ask, and of those who only end a turn."""
    asking: set[str] = set()
    ending: set[str] = set()
    for i, paragraph in enumerate(paragraphs[:-1]):
        found = _OUTLET.match(text, paragraph.start, paragraph.end)
        if found is None or labels[i] is not None or labels[i + 1] is not None:
            continue
        label = Label(Span(*found.span("name")), paragraph.end, capitals=False, closer="line")
        labels[i] = label
        (asking if found["name"].split()[0].casefold() in MALE | FEMALE else ending).add(label.name(text))
    return frozenset(asking), frozenset(ending) - asking
