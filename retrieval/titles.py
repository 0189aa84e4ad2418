"""Offices as texts name them: "NATO chief", "the Belgian premier", "Belgium's prime minister" -> one office.

Pure: a phrase goes in, an `Office` (what, and of whom) comes out. What the words mean stands in `people.toml`, [titles].
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.names import folded

_LEADING = re.compile(r"^(?:the|a|an|his|her|its|their|our|current|then|serving|sitting|incumbent|mr|madam)\s+")
_PAST = re.compile(r"^(?:former|ex|one time|onetime|previous|late|outgoing)\s+")
_NOT_YET = re.compile(r"^(?:incoming|future|would be|next)\s+|\s(?:elect|designate|candidate|nominee|hopeful)$")


@dataclass(frozen=True, slots=True)
class Office:
    """An office named in a text. `former` when the phrase says that its holder has left it."""

    title: str  # the key that all wordings of one title share
    of: str | None  # a country or body, by its canonical name
    wording: str  # the title as written, folded
    former: bool = False


class Titles:
    """Knows which wordings are one title."""

    def __init__(self, wordings: Mapping[str, Sequence[str]]) -> None:
        self._keys: dict[str, str] = {}
        for key, others in wordings.items():
            for wording in (key, *others):
                self._keys[_plain(wording)] = _plain(key)

    def key(self, title: str) -> str:
        """The key of a title: "premier", "PM" and "prime minister" share one; an unknown title is its own."""
        plain = _plain(title)
        return self._keys.get(plain, plain)

    def known(self, title: str) -> bool:
        """Whether the wording is one the data knows."""
        return _plain(title) in self._keys


def _plain(title: str) -> str:
    text = folded(title)
    text = re.sub(r"\bdefense\b", "defence", text)
    text = re.sub(r"\badvisor\b", "adviser", text)
    text = re.sub(r"\bspokes(?:man|woman|person)\b", "spokesperson", text)
    text = re.sub(r"\bchair(?:man|woman|person)\b", "chair", text)
    text = re.sub(r"\bministers? (?:of|for) (?:the )?(?:foreign affairs|foreign)\b", "foreign minister", text)
    text = re.sub(r"\bforeign affairs minister\b", "foreign minister", text)
    return re.sub(r"\bminister (?:of|for) (?:the )?(?:national )?(defence|interior|finance)\b", r"\1 minister", text)


def parse_office(phrase: str, of: str | None, titles: Titles, place: Callable[[str], str | None]) -> Office | None:
    """The office a phrase names, or None when it names one not yet held ("president-elect").

    `place` gives the canonical name of a country or body. "Belgium's premier", "the Belgian premier", "prime minister
    of Belgium" and ("premier", of="Belgium") come out the same.
    """
    text = re.sub(r"['’‘]s?(?=\s|$)", "", phrase.strip())  # "Belgium's premier", "the allies' chief"
    text = folded(text)
    former = False
    while True:
        shorter = _LEADING.sub("", text)
        if _PAST.match(shorter):
            former, shorter = True, _PAST.sub("", shorter)
        if shorter == text:
            break
        text = shorter
    if _NOT_YET.search(text):
        return None
    owner = place(of) if of else None
    if owner is None and of:
        return None
    title = text
    if owner is None:
        title, owner = _split(text, place)
    elif (inside := _split(text, place))[1] == owner:
        title = inside[0]
    return Office(title=titles.key(title), of=owner, wording=_plain(title), former=former) if title else None


def _split(text: str, place: Callable[[str], str | None]) -> tuple[str, str | None]:
    """A phrase without its country or body, and that country or body: in front, or behind "of", "for", "in"."""
    words = text.split()
    for n in range(min(5, len(words) - 1), 0, -1):
        if owner := place(" ".join(words[:n])):
            return " ".join(words[n:]), owner
    for match in reversed(list(re.finditer(r"\s(?:of|for|in|at)\s(?:the\s)?", text))):
        if owner := place(text[match.end() :]):
            return text[: match.start()], owner
    return text, None
