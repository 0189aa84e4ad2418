"""Whose kin "her sister" is: the one of whom the sister named before is one, or somebody else (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.reading.cast import Character
from retrieval.reading.pronouns import GENDER
from retrieval.reading.resolution import Context
from retrieval.reading.role_words import RELATIVES

_OWNER = re.compile(r"(?:\b(?P<pronoun>his|her)|(?P<name>[\w\-]+)['’]s)\s(?:[\w\-]+\s){0,3}$", re.IGNORECASE)
_FAR = 600  # characters between a pronoun and whoever it means


def is_somebody_elses(words: str, at: int, heads: Sequence[str], character: Character, context: Context) -> bool:
    """Whether "her sister" at an offset is the kin of another person than the one whose sister the character is said to be."""
    kin = heads[-1] if heads else ""
    if kin not in RELATIVES:
        return False
    asked = _owner(context, at + len(words) - len(words.split()[-1]), character)
    told = {
        owner
        for t in context.roles.titled
        if t.character == character.number and kin in t.words.casefold().split()
        if (owner := _owner_of_told(context, t.start, t.words, kin, character)) is not None
    }
    return asked is not None and bool(told) and asked not in told


def _owner_of_told(context: Context, start: int, words: str, kin: str, character: Character) -> int | None:
    """Whose kin a description near a name makes somebody: before the name, or behind it."""
    near = context.text[max(0, start - len(words) - 40) : start + len(character.name) + len(words) + 12]
    place = near.casefold().find(kin)
    return None if place < 0 else _owner(context, max(0, start - len(words) - 40) + place, character)


def _owner(context: Context, at: int, character: Character) -> int | None:
    """The person whose kin stands at an offset: by name, or the last one before whom "his" or "her" fits."""
    found = _OWNER.search(context.text, max(0, at - 60), at)
    if found is None:
        return None
    start = found.start()
    named = [
        c
        for _, c in context.cast.named_in(max(0, start - _FAR), found.end())
        if c.person and c.number != character.number
    ]
    if found["name"]:
        return named[-1].number if named and named[-1].name.casefold().split()[-1] == found["name"].casefold() else None
    wanted = GENDER[found["pronoun"].casefold()]
    fits = [c for c in named if c.gender in (None, wanted)]
    return fits[-1].number if fits and not fits[-1].doubtful else None
