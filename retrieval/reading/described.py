"""Whom a description stands for: "the ambassador", "his Lithuanian counterpart", "a senior official" (pure)."""

from __future__ import annotations

import re

from retrieval.model import Span, Speaker
from retrieval.naming.names import folded
from retrieval.reading.cues import BODIES, DOCUMENTS, PERSONS
from retrieval.reading.describing import body_before, described_before, heads_of
from retrieval.reading.resolution import Context, Resolved, slug, speaker_of

_ARTICLE = re.compile(r"^(?:an?|the|one|another|some|several|many|two|three)\s+", re.IGNORECASE)


_INDEFINITE = re.compile(r"^(?:an?|one|some|another|several|many|two|three|few|other)\s", re.IGNORECASE)


def nominal(words: str, mention: Span, context: Context) -> Resolved:
    """Whom a description stands for: somebody the document describes so, an office-holder, a body, an unnamed source."""
    heads = heads_of(words)
    head = heads[-1] if heads else ""
    definite = not _INDEFINITE.match(words)
    if head in PERSONS and not head.endswith("s") and definite:
        if head == "counterpart":
            character = context.roles.counterpart(words)
        else:
            character = context.roles.meant(words, mention.start)
        if character is not None:
            return Resolved(
                speaker_of(character, context.people),
                0.85,
                f"“{words}” is what the document calls {character.name}",
                character,
            )
        held = _office_holder(words, context) if head != "counterpart" else None
        if held is not None:
            return held
        if head == "counterpart":
            return Resolved(None, 0.0, f"“{words}” could not be told for sure")
    if head in BODIES:
        return _body(words, head, mention, context)
    if head in PERSONS:
        return unnamed(words, head, definite, mention, context)
    if head in DOCUMENTS:
        return Resolved(
            Speaker(None, _ARTICLE.sub("", words), "unnamed"), 0.75, f"“{words}” is a document, not a person"
        )
    return Resolved(None, 0.0, f"“{words}” could not be told for sure")


def _office_holder(words: str, context: Context) -> Resolved | None:
    """The one who held the office on the document's day, or the only one of its holders that the document names."""
    office = context.roles.office(words)
    if office is None or office.of is None:
        return None
    held = context.people.by_role(words, None, context.dated)
    named = [p for p in held if any(c.known == p.id for c in context.cast.characters)]
    chosen = held if len(held) == 1 and context.dated else named
    if len(chosen) != 1:
        return None
    character = next((c for c in context.cast.characters if c.known == chosen[0].id), None)
    sure = 0.85 if character is not None else 0.8
    return Resolved(
        Speaker(chosen[0].id, chosen[0].name, chosen[0].type),
        sure,
        f"“{words}”: {chosen[0].name} held that office",
        character,
    )


def _body(words: str, head: str, mention: Span, context: Context) -> Resolved:
    """A body, by the fullest name that the document gives it."""
    name = _ARTICLE.sub("", words)
    if len(name.split()) == 1:
        name = body_before(context.text, head, mention.start) or name
    known = [p for p in context.people.by_name(name) if p.type == "body"]
    if len(known) == 1:
        return Resolved(Speaker(known[0].id, known[0].name, "body"), 0.9, f"“{words}” is the {known[0].name}")
    if not name[:1].isupper() and not any(w[0].isupper() for w in name.split()):
        return Resolved(Speaker(None, name, "unnamed"), 0.7, f"“{words}” is a body without a name")
    return Resolved(Speaker(slug(name) or None, name, "body"), 0.8, f"“{words}” is a body")


def unnamed(words: str, head: str, definite: bool, mention: Span, context: Context) -> Resolved:
    """A described source; "the official" is the one described before."""
    if definite and any(head in folded(t.words).split() for t in context.roles.titled) and len(heads_of(words)) == 1:
        return Resolved(None, 0.0, f"“{words}” can mean more than one who is named")
    name = _ARTICLE.sub("", words)
    if definite and len(name.split()) == 1:
        name = described_before(context.text, head, mention.start) or name
    return Resolved(Speaker(None, name, "unnamed"), 0.8, f"“{words}” is a source without a name")
