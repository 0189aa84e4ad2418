"""Offices as texts name them: "NATO chief", "the Belgian premier", "Belgium's prime minister" -> one office.

Pure: a phrase goes in, an `Office` (what, and of whom) comes out. What the words mean stands in `people.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.spelling import folded, without_possessives

Place = Callable[[str], str | None]  # the canonical name of a country or body, by any of its names

HEAD = "head"  # the key of "chief", "boss", "leader": whoever leads the place in question

_LEADING = re.compile(r"^(?:the|a|an|his|her|its|their|our|current|then|serving|sitting|incumbent|acting|mr|madam)\s+")
_PAST = re.compile(r"^(?:former|ex|one time|onetime|previous|late|outgoing)\s+")
_NOT_YET = re.compile(r"^(?:incoming|future|would be|next)\s+|\s(?:elect|designate|candidate|nominee|hopeful)$")
_ENVOY = re.compile(
    r"^(?P<what>ambassador|envoy|permanent representative|representative)(?: of (?P<of>.+?))? (?:to|in|at) (?:the )?(?P<to>.+)$"
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office named in a text. `former` when the phrase says that its holder has left it."""

    title: str  # the key that all wordings of one title share
    of: str | None  # a country or body, by its canonical name
    wording: str  # the title as written, in plain form
    former: bool = False


class Titles:
    """Knows which wordings are one title, and which offices go by another name ("EU chief")."""

    def __init__(self, wordings: Mapping[str, Sequence[str]], offices: Mapping[str, str] | None = None) -> None:
        self._keys = {plain(w): plain(key) for key, others in wordings.items() for w in (key, *others)}
        self._offices = {tuple(_pair(name)): tuple(_pair(office)) for name, office in (offices or {}).items()}

    def key(self, title: str) -> str:
        """The key of a title: "premier", "PM" and "prime minister" share one; an unknown title is its own."""
        text = plain(title)
        return self._keys.get(text, text)

    def known(self, title: str) -> bool:
        """Whether the wording is one the data knows."""
        text = plain(title)
        return text in self._keys or (text, "") in self._offices or bool(_ENVOY.match(text))

    def outright(self, key: str, of: str | None) -> tuple[str, str | None]:
        """An office by its own name: ("head", "NATO") gives the secretary general of NATO; others as they are."""
        found = self._offices.get((key, of or ""))
        return (self.key(found[0]), found[1]) if found else (key, of)


def plain(title: str) -> str:
    """A title in lower case and British spelling, gender, "acting" and the order of "minister of" seen through."""
    text = re.sub(r"^(?:acting|interim|caretaker) ", "", folded(title))
    text = re.sub(r"\bdefense\b", "defence", text)
    text = re.sub(
        r"\b(assistant |deputy |under |^)secretary (?:of|for) (?:the )?(defence|the treasury)\b",
        r"\1\2 secretary",
        text,
    )
    text = re.sub(r"\badvisor\b", "adviser", text)
    text = re.sub(r"\bspokes(?:man|woman|people)\b", "spokesperson", text)
    text = re.sub(r"\bchair(?:man|woman|person)\b", "chair", text)
    text = re.sub(r"\bministers? (?:of|for) (?:the )?foreign(?: affairs)?\b", "foreign minister", text)
    text = re.sub(r"\bforeign affairs minister\b", "foreign minister", text)
    return re.sub(r"\bminister (?:of|for) (?:the )?(?:national )?(defence|interior|finance)\b", r"\1 minister", text)


def parse_office(phrase: str, of: str | None, titles: Titles, place: Place) -> Office | None:
    """The office a phrase names, or None when it names one not yet held ("president-elect").

    `place` gives the canonical name of a country or body. "Belgium's premier", "the Belgian premier", "prime minister
    of Belgium" and ("premier", of="Belgium") come out the same.
    """
    text, former = _bare(folded(without_possessives(phrase)))
    owner = place(of) if of else None
    if not text or _NOT_YET.search(text) or (of and owner is None):
        return None
    title, inside = _split(text, place)
    if inside is None:
        title, inside = _from_within(text, titles, place)
    if owner is not None and inside not in (None, owner):
        title = text
    title, envoy_of = _envoy(title, place)
    wording = plain(title)
    key, owner = titles.outright(titles.key(title), owner or inside or envoy_of)
    return Office(title=key, of=owner, wording=wording, former=former) if title else None


def role_key(title: str, titles: Titles, place: Place) -> str:
    """The key of a recorded role's title, comparable with `Office.title`."""
    return titles.key(_envoy(plain(title), place)[0])


def _bare(text: str) -> tuple[str, bool]:
    """A phrase without its leading small words, and whether one of them was "former"."""
    former = False
    while True:
        shorter = _LEADING.sub("", text)
        if _PAST.match(shorter):
            former, shorter = True, _PAST.sub("", shorter)
        if shorter == text:
            return text, former
        text = shorter


def _split(text: str, place: Place) -> tuple[str, str | None]:
    """A phrase without its country or body, and that country or body: in front, or behind "of", "for", "in"."""
    words = text.split()
    for n in range(min(5, len(words) - 1), 0, -1):
        if owner := place(" ".join(words[:n])):
            return " ".join(words[n:]), owner
    if _ENVOY.match(text):
        return text, None
    for match in reversed(list(re.finditer(r"\s(?:of|for|in|at)\s(?:the\s)?", text))):
        if owner := place(text[match.end() :]):
            return text[: match.start()], owner
    return text, None


def _from_within(text: str, titles: Titles, place: Place) -> tuple[str, str | None]:
    """ "top US general", "deputy NATO chief": a place inside a title that is known without it."""
    words = text.split()
    for start in range(1, len(words) - 1):
        for end in (start + 2, start + 1):
            rest = " ".join(words[:start] + words[end:])
            if end < len(words) and titles.known(rest) and (owner := place(" ".join(words[start:end]))):
                return rest, owner
    return text, None


def _envoy(title: str, place: Place) -> tuple[str, str | None]:
    """ "ambassador to London" as "ambassador to united kingdom", and of whom when it says so; others unchanged."""
    match = _ENVOY.match(title)
    if match is None:
        return title, None
    to = place(match["to"]) or match["to"]
    return f"ambassador to {folded(to)}", place(match["of"]) if match["of"] else None


def _pair(text: str) -> list[str]:
    """ "head, NATO" as its title in plain form and its place as written."""
    title, _, of = text.partition(", ")
    return [plain(title), of]
