"""Who somebody is by somebody else, or by a headline: "Darcy's housekeeper", "Harbour chief says …" (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.naming.names import COURTESY, folded

_MUTUAL = {
    "running mate": "running mate", "wife": "husband", "husband": "wife", "spouse": "wife|husband|spouse", "brother": "brother|sister",
    "sister": "brother|sister", "cousin": "cousin", "rival": "rival", "opponent": "opponent", "colleague": "colleague", "partner": "partner",
    "predecessor": "successor", "successor": "predecessor", "father": "son|daughter", "mother": "son|daughter", "son": "father|mother",
    "daughter": "father|mother", "nephew": "uncle|aunt", "niece": "uncle|aunt", "uncle": "nephew|niece", "aunt": "nephew|niece",
    "counterpart": "counterpart",
}  # fmt: skip
_RELATION = re.compile(
    r"^(?:the\s+)?(?P<owner>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*)*?)(?:[’']s|(?<=s)[’'])\s+(?:\w+\s+)?(?P<what>"
    + "|".join(_MUTUAL)
    + r")$"
)
_WORDS = r"(?:[\w.’'-]+\s+){0,6}?"  # titles and the like in front of a name
_NOBODY = r"(?:\([^()\n]*\)|[^A-Z.\n“”\"()])"  # what names nobody between somebody and "his"
_HEADLINE = re.compile(
    r"^(?P<who>(?:[\w.’'-]+\s+){1,5}?[\w.’'-]+?)\s*(?::|\b(?:says|said|warns|tells|vows|calls|claims|insists|urges|predicts)\b)"
)


@dataclass(frozen=True, slots=True)
class Relation:
    """ "Darcy's sister": whose, and what to them."""

    owner: str
    what: str


def relation_of(phrase: str) -> Relation | None:
    """The relation that a phrase names; None where it names none."""
    found = _RELATION.match(phrase)
    return Relation(found["owner"], found["what"]) if found else None


def is_related(relation: Relation, owner: str, name: str, text: str) -> bool:
    """Whether a text says in so many words that the bearer of `name` is that to `owner`, both given by their full names."""
    if owner == name:
        return False
    back = _MUTUAL[relation.what]
    kin = owner.split()[-1] == name.split()[-1]  # of one family: the given name tells them apart
    ways = (*_says(owner, relation.what, name, kin), *_says(name, back, owner, kin))
    return any(_is_whole(text, found) for way in ways for found in re.finditer(way, text))


def _says(owner: str, what: str, name: str, kin: bool) -> tuple[str, ...]:
    """Ways to write that `name` is `what` to `owner`."""
    whose = rf"\b(?P<owner>{re.escape(owner)}|{re.escape(owner.split()[-1])})"
    theirs = rf"(?:{re.escape(name)})" if kin else rf"(?:{re.escape(name)}|{re.escape(name.split()[-1])})"
    return (
        rf"{whose}[’']s?\s+(?:[\w-]+\s+){{0,2}}?(?:{what}),?\s+{_WORDS}{theirs}\b",
        rf"\b{theirs},?\s+(?:\d+,\s+)?(?:(?:who\s+)?(?:is|was)\s+)?{whose}[’']s?\s+{_WORDS}(?:{what})\b",
        rf"\b{theirs},\s+[^.“”\n]{{0,70}}?\b(?:{what})\s+(?:of|to)\s+[^.,“”\n]{{0,40}}?{whose}\b",
        rf"{whose}\b{_NOBODY}{{0,160}}?\b(?:his|her)\s+(?:[\w-]+\s+){{0,2}}?(?:{what}),?\s+{_WORDS}{theirs}\b",
    )


def _is_whole(text: str, found: re.Match[str]) -> bool:
    """Whether the owner's name is no more of a name than what was found: "Darcy", but not the "Darcy" of "Georgiana Darcy"."""
    if " " in found["owner"]:
        return True
    before = text[: found.start("owner")].split(" ")[-2:]
    word = before[0] if len(before) == 2 and not before[1] else ""
    return not word[:1].isupper() or folded(word) in COURTESY


def headlined(title: str) -> str:
    """Who speaks in a headline, as it says: "Harbour chief" of "Harbour chief says the tide can turn"."""
    found = _HEADLINE.match(title)
    return found["who"] if found else ""
