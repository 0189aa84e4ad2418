"""The records of resolving: what a mention is resolved in, and what it stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retrieval.linear import Linear
from retrieval.model import Speaker
from retrieval.people import People
from retrieval.reading.cast import Cast, Character
from retrieval.reading.pronouns import Stage, Weighed
from retrieval.reading.roles import Roles
from retrieval.spelling import in_one_alphabet

_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a mention stands for, how sure that is, and why."""

    speaker: Speaker | None
    confidence: float
    evidence: str
    character: Character | None = None
    weighed: tuple[Weighed, ...] = ()  # of a pronoun: everybody it may mean
    against: float = 0.0  # the share of the quotation's candidates that stand for another speaker


@dataclass(frozen=True)
class Circumstances:
    """What a mention is resolved in."""

    text: str
    cast: Cast
    stage: Stage
    people: People
    models: Mapping[str, Linear]
    roles: Roles
    dated: date | None = None
    pulled: frozenset[int] = frozenset()  # the numbers of the paragraphs that are pull quotes


def slug(name: str) -> str:
    """An id from a name: "Jan Lipavský" -> "jan-lipavsky"."""
    plain = unicodedata.normalize("NFKD", in_one_alphabet(name).casefold())
    return _SLUG.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def speaker_of(character: Character, people: People) -> Speaker:
    """The Speaker record of a character."""
    known = people.get(character.known) if character.known else None
    if known is not None:
        return Speaker(known.id, known.name, known.type)
    return Speaker(slug(character.name) or None, character.name, "person" if character.person else "body")
