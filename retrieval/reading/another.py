"""Whether a pronoun stands behind somebody else than the one it would be taken for (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from retrieval.reading.cast import Cast, Character
from retrieval.reading.mentions import Mention
from retrieval.reading.pronouns import Stage, may_be_person

_HIM = {
    "m": re.compile(r"\b[Hh](?:e|im|is|imself)\b"),  # not the "HIM" of a heading
    "f": re.compile(r"\b(?:[Ss]he|[Hh](?:ers?|erself))\b"),
}
_WELL_KNOWN = 3  # mentions of somebody who has one name only


def only_another(
    who: int,
    gender: str,
    at: int,
    cast: Cast,
    stage: Stage,
    meant: Mapping[int, Sequence[Mention]],
    barred: frozenset[int] = frozenset(),
) -> bool:
    """Whether the line of a pronoun names, before it, somebody else whom it may mean, and nothing there stands for `who`.

    "“…,” Clennam said.", and on a line of its own: "For Rochester it is simple. “…,” he said."
    A line that holds only the quotation belongs to the one before it, where that brings somebody in by name and calling.
    """
    start, end = stage.text.rfind("\n", 0, at) + 1, at
    alone = not any(c.isalnum() and not stage.is_quoted(start + i) for i, c in enumerate(stage.text[start:at]))
    if alone:
        end = len(stage.text[:start].rstrip())
        start = stage.text.rfind("\n", 0, end) + 1
    fits = [
        (m, c)
        for m, c in cast.named_in(start, end)
        if not stage.is_quoted(m.start)
        and c.number not in barred
        and c.gender in (None, gender)
        and (" " in c.name or len(c.mentions) >= _WELL_KNOWN)
        and may_be_person(c, stage)
    ]
    others = [(m, c) for m, c in fits if not alone or _is_brought_in(m, c, stage)]
    if not others or _stands_there(who, start, end, cast, stage, meant):
        return False
    first = min(m.start for m, _ in fits)  # "he" behind that name may be its
    if any(not stage.is_quoted(m.start()) for m in _HIM[gender].finditer(stage.text, start, first)):
        return False
    return not any(
        start <= t.start < end and not any(m.start < t.end and t.start < m.end for _, c in fits for m in c.mentions)
        for t in stage.topics
    )


def _stands_there(
    who: int, start: int, end: int, cast: Cast, stage: Stage, meant: Mapping[int, Sequence[Mention]]
) -> bool:
    """Whether a character is named in the document's own words between two offsets, or meant by a pronoun there."""
    places = (*cast.characters[who].mentions, *meant.get(who, ()))
    return any(start <= m.start < end and not stage.is_quoted(m.start) for m in places)


def _is_brought_in(mention: Mention, character: Character, stage: Stage) -> bool:
    """Whether a name stands here for the first time, with its calling behind it: "Mark Robarts, a miller"."""
    first = min(m.start for m in character.mentions) == mention.start
    return first and " " in mention.text and stage.text[mention.end : mention.end + 1] == ","
