"""From a mention in a document to a Speaker, or to nobody when it is not sure (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retrieval.candidates import Candidate
from retrieval.cast import Cast, Character, Mention, parts_of_name
from retrieval.cues import BODIES, PERSONS
from retrieval.linear import Linear
from retrieval.model import Span, Speaker
from retrieval.people import People
from retrieval.pronouns import GENDER, Stage, weigh

_SLUG = re.compile(r"[^a-z0-9]+")
_AFTER_NAME = frozenset("of from for in at and who".split())


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a mention stands for, how sure that is, and why."""

    speaker: Speaker | None
    confidence: float
    evidence: str
    character: Character | None = None


@dataclass(frozen=True)
class Context:
    """What a mention is resolved in."""

    text: str
    cast: Cast
    stage: Stage
    people: People
    models: Mapping[str, Linear]
    dated: date | None = None


def slug(name: str) -> str:
    """An id from a name: "Jan Lipavský" -> "jan-lipavsky"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _SLUG.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def resolve(candidate: Candidate, context: Context, floor: int | None) -> Resolved:
    """The speaker that a candidate's mention stands for; `floor` is the character who spoke last."""
    if candidate.mention is None:
        return Resolved(None, 0.0, "nobody is named")
    words = candidate.mention.of(context.text)
    lower = words.casefold()
    if lower in GENDER:
        return _pronoun(lower, candidate.mention, context, floor)
    if candidate.kind in ("plural", "first", "thing", "group", "none"):
        return Resolved(None, 0.0, f"“{words}” names no single speaker")
    named = _named(candidate, context)
    if named is not None:
        return named
    return _nominal(words, context)


def speaker_of(character: Character, people: People) -> Speaker:
    """The Speaker record of a character."""
    known = people.get(character.known) if character.known else None
    if known is not None:
        return Speaker(known.id, known.name, known.type)
    return Speaker(slug(character.name) or None, character.name, "person" if character.person else "body")


def _pronoun(word: str, mention: Span, context: Context, floor: int | None) -> Resolved:
    ranked = weigh(word, mention.start, context.cast, context.stage, floor, context.models["pronoun"])
    if not ranked:
        return Resolved(None, 0.0, f"“{word}” has nobody before it to stand for")
    best = ranked[0]
    sure = best.probability
    return Resolved(
        speaker_of(best.character, context.people),
        sure,
        f"“{word}” is taken for {best.character.name}, who is spoken of just before",
        best.character,
    )


def _named(candidate: Candidate, context: Context) -> Resolved | None:
    mention = candidate.mention
    assert mention is not None
    if candidate.way in ("dash", "label"):
        return _written(mention.of(context.text), context)
    text = context.text
    comma = text.find(",", mention.start, mention.end)
    found = [
        (m, c)
        for m, c in context.cast.named_in(mention.start, mention.end)
        if text[m.end : m.end + 2] not in ("'s", "’s") and not _governed(text, m.start, mention.start)
    ]
    before = [(m, c) for m, c in found if comma < 0 or m.start < comma]
    persons = [(m, c) for m, c in before if c.person and not _modifies(text, m, mention, comma)] or [
        (m, c) for m, c in found if c.person and (m, c) not in before
    ]
    bodies = [(m, c) for m, c in before if not c.person]
    chosen = persons[-1] if persons else (bodies[-1] if bodies and candidate.kind in ("body", "name") else None)
    if chosen is None:
        if candidate.kind == "name":
            return _unlisted(mention.of(context.text), context)
        return None
    m, character = chosen
    return Resolved(speaker_of(character, context.people), 0.97, f"“{m.text}” is named with the cue", character)


def _modifies(text: str, name: Mention, mention: Span, comma: int) -> bool:
    """Whether a name stands before a common noun that is the mention's head: "the Ahab spokesman"."""
    end = comma if comma >= 0 else mention.end
    rest = text[name.end : end].split()
    return bool(rest) and rest[0].islower() and rest[0].isalpha() and rest[0] not in _AFTER_NAME


def _written(words: str, context: Context) -> Resolved | None:
    """A name that a label or a dash gives: "Captain Ahab", "AHAB"."""
    known = context.people.by_name(words)
    if len(known) == 1:
        return Resolved(Speaker(known[0].id, known[0].name, known[0].type), 0.97, f"“{words}” stands with the words")
    last = parts_of_name(words)
    fits = [
        c
        for c in context.cast.characters
        if c.person and last and parts_of_name(c.name)[-len(last[-1:]) :] == last[-1:]
    ]
    full = [c for c in fits if set(last) <= set(parts_of_name(c.name))]
    if len(full) == 1 or (len(fits) == 1 and len(last) == 1):
        best = full[0] if full else fits[0]
        if len(parts_of_name(best.name)) >= len(last):
            return Resolved(speaker_of(best, context.people), 0.95, f"“{words}” stands with the words", best)
    return _unlisted(words, context)


def _governed(text: str, start: int, mention_start: int) -> bool:
    """Whether a name stands behind a preposition inside its mention: "a spokesman for Ahab"."""
    before = text[mention_start:start].split()
    return any(w.casefold() in ("for", "of", "from", "to", "with", "at") for w in before)


def _unlisted(words: str, context: Context) -> Resolved | None:
    """A name that the name finder missed."""
    known = context.people.by_name(words)
    if len(known) == 1:
        return Resolved(Speaker(known[0].id, known[0].name, known[0].type), 0.9, f"“{words}” is a known name")
    last = [w for w in re.findall(r"[^\W\d_][\w'’\-]*", words) if w[0].isupper()]
    if not last or len(last) > 5:
        return None
    name = " ".join(last)
    return Resolved(Speaker(slug(name) or None, name), 0.8, f"“{words}” is named with the cue")


def _nominal(words: str, context: Context) -> Resolved:
    held = context.people.by_role(words, None, context.dated) if context.dated else ()
    if len(held) == 1:
        return Resolved(Speaker(held[0].id, held[0].name, held[0].type), 0.85, f"“{words}” held that office then")
    heads = [
        w.casefold()
        for w in re.findall(r"[^\W\d_][\w'’\-]*", re.split(r"\b(?:of|for|from|in|at|with|on)\b|,", words)[0])
    ]
    head = heads[-1] if heads else ""
    if head in BODIES:
        name = re.sub(r"^(?:the|The)\s+", "", words)
        return Resolved(Speaker(slug(name) or None, name, "body"), 0.8, f"“{words}” is a body")
    if head in PERSONS:
        return Resolved(
            Speaker(None, re.sub(r"^(?:An?|The|an?|the)\s+", "", words), "unnamed"),
            0.8,
            f"“{words}” is a source without a name",
        )
    return Resolved(None, 0.0, f"“{words}” could not be told for sure")
