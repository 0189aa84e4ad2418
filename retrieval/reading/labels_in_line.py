"""Labels in front of what is said: which of those that a text has are speakers' (pure, linear)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Span
from retrieval.reading.dotted import dotted_labels
from retrieval.reading.label_forms import BRACKETS, Label, initials_of, is_office, is_questioner, is_somebody, label_at

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
