"""The phrases around a name that say what its bearer is, by the parts of speech of a parsed paragraph (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from retrieval.lexicon import BODY_NOUNS
from retrieval.model import Span
from retrieval.reading.credits import COURTESY_ONLY, is_role
from retrieval.reading.parse import Sheet
from retrieval.role_words import ABBREVIATED_TITLES

Place = Literal["before", "behind"]

_NOUNS = frozenset(["NN", "NNS", "NNP", "NNPS"])
_IN_A_TITLE = _NOUNS | {"JJ", "JJR", "JJS", "VBN", "VBG", "CD", "POS", "HYPH", "FW", "AFX", "RBS"}
_IN_A_PHRASE = _IN_A_TITLE | {"DT", "PRP$", "RB", "RBR"}
_TIES = frozenset(["of", "for", "in", "at", "to", "with", "from", "on", "and", "&"])
_COPULAS = frozenset(["is", "was", "became", "becomes", "remains"])
_LEADS = frozenset("heads headed helms helmed leads led chairs chaired runs ran founded represents represented".split())  # noqa: SIM905 - a list of words reads better as one
_ADDRESS = COURTESY_ONLY | {"miss"}
_MOST_WORDS = 24
_TIMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "week",
        "month",
        "year",
        "today",
        "yesterday",
        "day",
    ]
)


def phrases(sheet: Sheet, first: int, last: int) -> Iterator[tuple[Place, Span]]:
    """What stands in front of the name in words `first` to `last - 1`, and behind it, as stretches of the document."""
    for place, (start, end) in _found(sheet, first, last):
        while start < end and sheet.words[start].tag == "DT":
            start += 1
        if start < end:
            yield place, Span(sheet.words[start].start, sheet.words[end - 1].end)


def widened(sheet: Sheet, first: int) -> Span | None:
    """The whole phrase that begins with word `first`, what ties it to others included: "a clerk with the Coach Office"."""
    end = _phrase_end(sheet, first)
    return Span(sheet.words[first].start, sheet.words[end - 1].end) if end > first else None


def _found(sheet: Sheet, first: int, last: int) -> Iterator[tuple[Place, tuple[int, int]]]:
    title = _title(sheet, first)
    if title is not None:
        yield "before", title
    aside = _aside(sheet, title[0] if title else first, last)
    if aside is not None:
        yield "before", aside
    at = last
    bracket = _bracket(sheet, at)
    if bracket is not None:
        yield "behind", bracket
        at = bracket[1] + 1
    if _low(sheet, at) == "of" and (end := _phrase_end(sheet, at + 1, ties=False)) > at + 1:
        yield "behind", (at + 1, end)
        at = end
    yield from (("behind", found) for found in _apposed(sheet, at))


def _apposed(sheet: Sheet, at: int) -> Iterator[tuple[int, int]]:
    """The phrases behind a comma or a form of "to be", and what somebody heads or founded."""
    comma = _low(sheet, at) == ","
    at += comma
    if comma and _tag(sheet, at) == "CD" and _low(sheet, at + 1) == ",":  # "Ahab, 58, a whaler"
        at += 2
    if (
        comma
        and _low(sheet, at)[:1] in {"r", "d", "i"}
        and (_low(sheet, at)[1:2] == "-" or _tag(sheet, at + 1) == "HYPH")
    ):
        end = next((i for i in range(at, min(at + 6, len(sheet.words))) if _low(sheet, i) == ","), at)
        yield from [(at, end)] if end > at else []  # "Ahab, R-Mass., said"
        return
    who = _low(sheet, at) == "who"
    at += who
    if (_low(sheet, at) in _COPULAS and (who or not comma)) or (who and _low(sheet, at) in {"’s", "'s"}):
        at += 1
    elif _low(sheet, at) in {"serves", "served"} and _low(sheet, at + 1) == "as":
        at += 2
    elif who and _low(sheet, at) in _LEADS:
        end = _phrase_end(sheet, at + 1)
        if end > at + 1:
            yield at, end
        return
    elif comma and not who and _tag(sheet, at) == "VBG":
        if _low(sheet, at + 1) == ",":  # "Serjeant Buzfuz, prosecuting, said"
            yield at, at + 1
        return
    elif not comma or who:
        return
    end = _phrase_end(sheet, at)
    if (
        end > at
        and _says_what(sheet, at, end)
        and (not comma or who or not _is_verb(sheet, end) or _low(sheet, end - 2) == ",")
    ):
        yield at, end


def _title(sheet: Sheet, first: int) -> tuple[int, int] | None:
    """The words right in front of a name: "Lithuanian Foreign Minister", "former network anchor"."""
    start = first
    while start > 0 and first - start < _MOST_WORDS and _next_to(sheet, start - 1):
        low, tag = _low(sheet, start - 1), _tag(sheet, start - 1)
        inside = start < first and (not _is_person(sheet, start, first) or _ties_a_name(sheet, start - 1))
        if not (tag in _IN_A_TITLE or (inside and (tag == "DT" or low in {"of", "for"}))):
            break
        start -= 1
    start -= start < first and _tag(sheet, start - 1) == "PRP$"
    end = first
    while start < end and (_tag(sheet, start) in {"POS", "DT"} or _low(sheet, start) in _TIES):
        start += 1
    while start < end and _low(sheet, end - 1).strip(".") in _ADDRESS:
        end -= 1
    start = _nearest_person(sheet, start, end)
    if start == end or _tag(sheet, end - 1) not in _NOUNS or _low(sheet, end - 1) in _TIMES:
        return None
    if is_role(_text(sheet, start, end)) or _last(sheet, end) in ABBREVIATED_TITLES:
        return start, end
    small = _tag(sheet, end - 1) == "NN" and sheet.words[end - 1].text.islower()
    told = small and _tag(sheet, start - 1) != "DT" and _low(sheet, end - 1) not in BODY_NOUNS
    return (start, end) if told else None


def _aside(sheet: Sheet, first: int, last: int) -> tuple[int, int] | None:
    """A phrase closed by a comma before a name that is closed itself: "The mission's head, Admiral Ahab, said"."""
    while first > 1 and _low(sheet, first - 1).strip(".") in _ADDRESS:
        first -= 1
    if first < 2 or _low(sheet, first - 1) != ",":
        return None
    start = end = first - 1
    while start > 0 and end - start < _MOST_WORDS and _next_to(sheet, start - 1):
        if not (_tag(sheet, start - 1) in _IN_A_PHRASE or _low(sheet, start - 1) in _TIES):
            break
        start -= 1
    while start < end and _low(sheet, start) in _TIES:
        start += 1
    start = _nearest_person(sheet, start, end)
    closed = _low(sheet, last) in {",", ".", "(", ")"} or _low(sheet, start - 1) == "as"
    if start >= end or not closed or not _says_what(sheet, start, end):
        return None
    owned = any(_tag(sheet, i) in {"POS", "PRP$"} for i in range(start, end))
    return (start, end) if owned or _tag(sheet, start) == "DT" or is_role(_text(sheet, start, end)) else None


def _nearest_person(sheet: Sheet, start: int, end: int) -> int:
    """Where the last phrase begins that is a person: "his successor" of "the staff of his successor"."""
    ties = (i for i in range(start, end - 1) if _low(sheet, i) in _TIES and not _ties_a_name(sheet, i))
    begins = [start, *(i + 1 for i in ties)]
    for at in reversed(begins):
        upto = next((i for i in range(at + 1, end) if _low(sheet, i) in _TIES), end)
        if _is_person(sheet, at, upto):
            return at
    return start


def _ties_a_name(sheet: Sheet, at: int) -> bool:
    """Whether a small word joins the words of one name: "Brotherhood of Whalers"."""
    around = [sheet.words[i].text for i in (at - 1, at + 1) if 0 <= i < len(sheet.words)]
    return len(around) == 2 and all(word[:1].isupper() for word in around) and not is_role(around[0])


def _is_person(sheet: Sheet, start: int, end: int) -> bool:
    """Whether a phrase without ties ends with a noun for one person."""
    last = _last(sheet, end) if start < end else ""
    return last in ABBREVIATED_TITLES or is_role(last)


def _bracket(sheet: Sheet, at: int) -> tuple[int, int] | None:
    """What stands in brackets behind a name: "R-Utah"."""
    if _low(sheet, at) != "(":
        return None
    end = next((i for i in range(at + 1, min(at + 9, len(sheet.words))) if _low(sheet, i) == ")"), 0)
    return (at + 1, end) if end > at + 1 else None


def _phrase_end(sheet: Sheet, at: int, *, ties: bool = True) -> int:
    """Where the noun phrase that begins at a word ends; `ties`: with the phrases tied to it."""
    end = at
    while end < min(at + _MOST_WORDS, len(sheet.words)):
        tag = _tag(sheet, end)
        if tag == "``" and (close := _named_in_marks(sheet, end)):
            end = close
            continue
        tied = ties and end > at and _low(sheet, end) in _TIES and _tag(sheet, end + 1) in _IN_A_PHRASE
        if not (tag in _IN_A_PHRASE or tied) or not _next_to(sheet, end):
            break
        end += 1
    while end > at and _tag(sheet, end - 1) not in _NOUNS | {"''"}:
        end -= 1
    return end


def _named_in_marks(sheet: Sheet, at: int) -> int:
    """Behind the title of a work in quotation marks that open at a word; 0 where they hold anything else."""
    close = next((i for i in range(at + 1, min(at + 9, len(sheet.words))) if _tag(sheet, i) == "''"), 0)
    plain = (w for w in sheet.words[at + 1 : close] if w.tag not in {"IN", "DT", "CC", ","})
    return close + 1 if close and all(w.text[:1].isupper() for w in plain) else 0


def _says_what(sheet: Sheet, start: int, end: int) -> bool:
    """Whether a phrase says what somebody is: its head is a noun for one, and no day of the week."""
    upto = next((i for i in range(start + 1, end) if _low(sheet, i) in _TIES), end)
    head = max((i for i in range(start, upto) if _tag(sheet, i) in _NOUNS), default=-1)
    if head < 0 or _low(sheet, head) in _TIMES:
        return False
    if _tag(sheet, head) == "NNS":
        return False
    owned = any(_tag(sheet, i) == "POS" for i in range(start, upto))
    begins = owned or _tag(sheet, start) in {"DT", "PRP$"}
    owned = owned or _low(sheet, start) in {"a", "an"}  # "a Nantucket Republican"
    closed = (end - start > 1 or _low(sheet, start).endswith("ing")) and _low(sheet, end) in {",", "."}
    return (
        is_role(_text(sheet, start, end))
        or owned
        or ("NN" in (_tag(sheet, head), _tag(sheet, end - 1)) and (begins or closed))
    )


def _is_verb(sheet: Sheet, at: int) -> bool:
    return _tag(sheet, at) in {"VBD", "VBZ", "VBP", "MD"}


def _next_to(sheet: Sheet, at: int) -> bool:
    """Whether a word is the document's own, outside quotation marks."""
    return sheet.words[at].region < 0 and sheet.words[at].text.strip() != ""


def _text(sheet: Sheet, start: int, end: int) -> str:
    return " ".join(word.text for word in sheet.words[start:end])


def _last(sheet: Sheet, end: int) -> str:
    """The last word of a phrase, without the full stop that may be a word of its own."""
    return _low(sheet, end - 1).strip(".") or _low(sheet, end - 2)


def _low(sheet: Sheet, at: int) -> str:
    return sheet.words[at].lower if 0 <= at < len(sheet.words) else ""


def _tag(sheet: Sheet, at: int) -> str:
    return sheet.words[at].tag if 0 <= at < len(sheet.words) else ""
