"""Whom the news calls by another description the second time: "Senator Dilworthy" first, then "the Missouri senator" (pure)."""

from __future__ import annotations

import re

from retrieval.lexicon import STATES
from retrieval.model import Span
from retrieval.reading.cast import Character
from retrieval.reading.circumstances import Circumstances
from retrieval.reading.credits import heads_of
from retrieval.rules import rule
from retrieval.spelling import folded

# What well-known people are called for a change; "the official", "the woman" may be somebody without a name
_CALLED = frozenset(
    "senator congressman congresswoman representative nominee candidate contender hopeful frontrunner front-runner businessman "  # noqa: SIM905 - a list of words reads better as one
    "businesswoman billionaire mogul tycoon magnate entrepreneur lawmaker legislator politician republican democrat lady "
    "actor actress singer comedian novelist filmmaker parliamentarian mep mp statesman governor".split()
)
_OFFICES = {"congressman": "representative", "congresswoman": "representative"}
_PASSING = frozenset(["nominee", "candidate", "contender", "hopeful", "frontrunner", "front-runner"])
_HOLD = frozenset(["senator", "representative", "governor", "mp", "mep"])  # whoever is called so has been named so
_AGE = re.compile(r"\d{1,2}-year-old")
_WOMEN = frozenset(["congresswoman", "businesswoman", "lady", "actress", "mother", "grandmother"])
_MEN = frozenset(["congressman", "businessman", "statesman", "father", "grandfather"])
_LINES = 3  # the description's own and those before it


@rule("who is meant")
def in_focus(words: str, mention: Span, context: Circumstances) -> Character | None:
    """Who a definite description with a telling word renames; None unless exactly one person named just before fits."""
    lower = words.casefold()
    heads = heads_of(words)
    if not lower.startswith("the ") or len(heads) < 2:
        return None
    aged = _AGE.search(lower)
    head = next((h for h in reversed(heads) if h in _CALLED), None)
    if (head is None and aged is None) or (head is not None and head != heads[-1] and aged is None):
        return None
    called = head or aged.group() if aged else head
    assert called is not None
    if _is_brought_in(called, mention.start, context):
        return None
    near = named_just_before(mention.start, context)
    gender = "f" if set(heads) & _WOMEN else "m" if set(heads) & _MEN else None
    near = [c for c in near if gender is None or c.gender in (None, gender)]
    office = _OFFICES.get(called, called)
    holding = [c for c in near if _is_called(c, office, context)]
    if holding or office in _HOLD:
        fits = [c for c in holding if not _elsewhere(c, words, context)]
        return fits[0] if len(fits) == 1 else None
    if len(near) != 1 or _others(near[0], office, context):
        return None
    return near[0]


@rule("who is meant", off=False)
def is_out_of_focus(words: str, mention: Span, character: Character, context: Circumstances) -> bool:
    """Whether "the nominee" is what the document once called somebody while the lines before speak of others only."""
    heads = heads_of(words)
    if not heads or heads[-1] not in _PASSING:
        return False
    near = named_just_before(mention.start, context)
    return bool(near) and all(c.number != character.number for c in near)


def named_just_before(at: int, context: Circumstances) -> list[Character]:
    """The people whom the nearest line before an offset names in its own words."""
    text, end = context.text, at
    for _ in range(_LINES):
        start = text.rfind("\n", 0, max(end, 0)) + 1
        named = {
            c.number: c
            for m, c in context.cast.named_in(start, end)
            if c.person and not c.doubtful and not _in_marks(text, start, m.start)
        }
        if named:
            return list(named.values())
        end = len(text[:start].rstrip())
    return []


def _in_marks(text: str, start: int, at: int) -> bool:
    line = text[start:at]
    return line.count("“") > line.count("”") or line.count('"') % 2 == 1


def _is_brought_in(head: str, at: int, context: Circumstances) -> bool:
    """Whether somebody without a name was brought in by the word before: "a senator from the west"."""
    pattern = rf"(?<!, )\b(?:an?|one|another|some|two|several)\s(?:[\w’'\-]+\s){{0,4}}{re.escape(head)}\b"
    return any(True for _ in re.finditer(pattern, context.text[max(0, at - 4_000) : at], re.IGNORECASE))


def _is_called(character: Character, office: str, context: Circumstances) -> bool:
    """Whether the document, or what is known of a person, gives him the office."""
    known = context.people.get(character.known) if character.known else None
    held = (folded(r.title).split() for r in (known.roles if known else ()))
    written = (folded(t.words).split() for t in context.roles.titled if t.character == character.number)
    return any(office in w or (office == "representative" and "congressman" in w) for w in (*held, *written))


def _elsewhere(character: Character, words: str, context: Circumstances) -> bool:
    """Whether the document places somebody's office in another state than the description does."""
    wanted = _states(words)
    theirs = {s for t in context.roles.titled if t.character == character.number for s in _states(t.words)}
    return bool(wanted and theirs) and not wanted & theirs


def _states(words: str) -> set[str]:
    found = {s for s in STATES if re.search(rf"\b{s}\b", words)}
    return found - {"Virginia"} if "West Virginia" in found else found


def _others(character: Character, called: str, context: Circumstances) -> bool:
    """Whether somebody else in the document is described by the same word."""
    return any(called in folded(t.words).split() for t in context.roles.titled if t.character != character.number)
