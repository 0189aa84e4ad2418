"""Whom a credit means among those whom the documents quote: "Russian ambassador Andrei Kelin", "Mr Kelin", "@rutte"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval import lexicon
from retrieval.asking.crediting import ClaimedWords
from retrieval.asking.lookup import Lookup
from retrieval.asking.quoted import Match, Roster
from retrieval.model import Audience, Quote, Speaker
from retrieval.role_words import LINK, TITLE_WORDS
from retrieval.spelling import COURTESY, PARTICLES, folded
from retrieval.terms import fold

_PART = re.compile(r"[^\W_]+(?:[.'’-](?=[^\W_])[^\W_]+)*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OWNED = re.compile(r"['’]s$")  # "Sweden's": of whatever follows
_LONGEST_NAME = 4  # words
_CAPITALS = re.compile(
    r"(?:[A-Z][^\W_]*(?:[.’'-](?=[^\W_])[^\W_]+)*\.?)(?:\s+[A-Z][^\W_]*(?:[.’'-](?=[^\W_])[^\W_]+)*\.?){0,5}"
)
_FEW_LETTERS = 4
_NOBODY = lexicon.QUESTION_WORDS | lexicon.ANYBODY | lexicon.PRONOUNS


@dataclass(frozen=True, slots=True)
class Ascribed:
    """Whom words are ascribed to: as the claim names them, and whoever of the speakers may be meant."""

    asked: Speaker | None = None
    named: tuple[Speaker, ...] = ()

    def owns(self, quote: Quote) -> bool:
        """Whether a quote is by whoever is meant."""
        theirs = quote.speaker
        return theirs is not None and any(
            theirs.id == s.id and (s.id is not None or folded(s.name) == folded(theirs.name)) for s in self.named
        )


def ascribed(whom: str, finder: Lookup, audience: Audience) -> Ascribed:
    """Whom a credit means; somebody whom no document quotes is kept by the name that stands there."""
    handle = whom.strip().startswith("@")
    plain = _CAMEL.sub(" ", whom.strip().lstrip("@").replace("_", " ")) if handle else whom.strip()
    if not any(c.isalpha() for c in plain) or fold(plain) in _NOBODY or _OWNED.search(plain):
        return Ascribed()
    roster = finder.shelf.roster(audience)
    match = next((m for phrase in _phrases(plain, roster) if (m := exactly(phrase, roster))), None)
    name = _name_in(plain)
    if match is None and len(fold(name)) >= _FEW_LETTERS:
        match = roster.misspelt(name)
    if match is not None:
        return Ascribed(match.speakers[0], match.speakers)
    if handle or not name or _OWNED.search(name):
        return Ascribed()  # "a spokesman", or an account of which nothing is known: nobody in particular
    return Ascribed(Speaker(None, name))


def one_in(text: str, claims: Sequence[ClaimedWords], finder: Lookup, audience: Audience) -> Ascribed:
    """The one person or body that a text names outside of its quotations; nobody where it names none, or several."""
    for claim in claims:
        text = text.replace(claim.words, " . ")
    roster = finder.shelf.roster(audience)
    found: dict[str | None, Ascribed] = {}
    for run in _CAPITALS.finditer(text):
        words = run[0].split()
        names = (words[i:j] for j in range(len(words), 0, -1) for i in range(min(j, _LONGEST_NAME)))
        match = next((m for part in names if (m := roster.by_name(" ".join(part))) and roster.is_quoted(m)), None)
        if match is not None and match.how == "name":
            found[match.speakers[0].id or match.speakers[0].name] = Ascribed(match.speakers[0], match.speakers)
    return next(iter(found.values())) if len(found) == 1 else Ascribed()


def exactly(phrase: str, roster: Roster) -> Match | None:
    """Who bears a name, an office or a description as it is written."""
    return roster.by_name(phrase) or roster.by_role(phrase) or roster.by_body(phrase) or roster.described(phrase)


def is_name(roster: Roster, words: str) -> bool:
    """Whether words written small are the name of somebody who is quoted."""
    match = roster.by_name(words)
    return match is not None and match.how == "name" and bool(roster.is_quoted(match))


def _phrases(whom: str, roster: Roster) -> Iterator[str]:
    """The ways to read a credit, all of it first: without what follows the name, without the office before it."""
    yield whom
    head = whom.partition(",")[0].partition("(")[0].strip()
    if head != whom:
        yield head
    parts = [m[0] for m in _PART.finditer(head)]
    for last in range(len(parts), 0, -1):
        for first in range(last):
            part = parts[first:last]
            if (first, last) == (0, len(parts)) or not part[-1][:1].isupper() or not _begins_name(part[0]):
                continue
            if last < len(parts) and parts[last][:1].isupper():
                continue  # "George" of "George Robertson"
            if len(part) > 1 or _is_office(parts[:first], roster):
                yield " ".join(part)


def _begins_name(word: str) -> bool:
    return word[:1].isupper() or fold(word) in PARTICLES


def _is_office(before: Sequence[str], roster: Roster) -> bool:
    """Whether words before a surname are an office or an address and no given name: "Ambassador", "NATO chief"."""
    return all(
        part.islower()
        or part.isupper()
        or fold(part) in COURTESY | TITLE_WORDS | LINK | lexicon.PERSONS | lexicon.DESCRIBED
        or roster.people.places.find(part) is not None
        or roster.is_title(part)
        for part in before
    )


def _name_in(whom: str) -> str:
    """The last run of capital words of a credit, as long as it may be a name; all of it where it is written small."""
    head = whom.partition(",")[0].partition("(")[0].strip()
    runs: list[list[str]] = [[]]
    for word in head.split():
        if word[:1].isupper() or (runs[-1] and fold(word) in PARTICLES):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    found = [run for run in runs if run]
    return " ".join(found[-1]).strip(" .") if found else ""
