"""Whom a description stands for: "the ambassador", "his Lithuanian counterpart", "a senior official" (pure)."""

from __future__ import annotations

import re

from retrieval.lexicon import BODY_NOUNS, CROWDS, DOCUMENTS, PERSON_NOUNS, is_person_noun
from retrieval.model import Span, Speaker
from retrieval.reading.cast import Character
from retrieval.reading.circumstances import Circumstances, Resolved, slug, speaker_of
from retrieval.reading.credits import body_before, described_before, heads_of
from retrieval.reading.focus import in_focus, is_out_of_focus
from retrieval.reading.ruled_out import is_somebody_elses
from retrieval.rules import rule
from retrieval.spelling import folded

_ARTICLE = re.compile(r"^(?:an?|the|one|another|some|several|many|two|three)\s+", re.IGNORECASE)


# "a group of", "hundreds of", "a crowd of several hundred"
_AMOUNT = re.compile(
    r"^(?:(?:an?|the|some|several|many|few|about|around|nearly|over|more|than|at|least|small|large|hundreds?|thousands?|dozens?|scores|"
    r"tens|groups?|crowds?|handful|number|of|two|three|four|five|\d[\d,.]*)\s+)*?(?:groups?|crowds?|hundreds?|thousands?|dozens?|scores|"
    r"handful|number)\s+(?:of\s+)?(?:(?:about|around|nearly|over|several|a|few|the|hundreds?|thousands?|\d[\d,.]*)\s+(?:of\s+)?)*",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"(?:\s(?:at|in|of|from|for)\s[A-Z][\w’']+(?:\s[A-Z][\w’']+){0,3})?,\s(?:[A-Z][\w.]+\s){0,4}")
_COUNTED = re.compile(r"^(?:(?:about|around|nearly|over|some|more than|at least)\s)?\d[\d,.]*\s", re.IGNORECASE)
_ONE_OF = re.compile(r"^one\s(?:other\s)?of\s(?:the|his|her|its|their|these|those|several|many)\s", re.IGNORECASE)
_DEFINITE = re.compile(r"^(?:the|this|that|these|those|his|her|its|their|our|my)\s", re.IGNORECASE)
_WOMEN = frozenset("woman spokeswoman widow mother chairwoman congresswoman actress daughter sister wife".split())  # noqa: SIM905 - a list of words reads better as one
_MEN = frozenset("man spokesman father congressman son brother husband businessman".split())  # noqa: SIM905 - as above
_CROWD = re.compile(rf"(?:[\w’'\-]{{1,40}}\s)?\b(?:{'|'.join(sorted(CROWDS))})\b", re.IGNORECASE)


_COMMON = frozenset(
    [
        "senior",
        "several",
        "former",
        "unnamed",
        "other",
        "local",
        "top",
        "angry",
        "young",
        "retired",
        "foreign",
        "military",
        "government",
    ]
)
_INDEFINITE = re.compile(r"^(?:an?|one|some|another|several|many|two|three|few|other)\s", re.IGNORECASE)


def nominal(words: str, mention: Span, context: Circumstances) -> Resolved:
    """Whom a description stands for: somebody the document describes so, an office-holder, a body, an unnamed source."""
    amount = _AMOUNT.match(words)
    if amount is not None and amount.end() < len(words):
        words, counted = words[amount.end() :], True
    else:
        counted = False
    heads = heads_of(words)
    head = heads[-1] if heads else ""
    definite = not counted and not _INDEFINITE.match(words)
    if head in CROWDS:
        return crowd(words)
    if is_person_noun(head) and not head.endswith("s") and (beside := named_beside(mention, context)) is not None:
        return Resolved(speaker_of(beside, context.people), 0.9, f"“{words}” is {beside.name}", beside)
    if is_person_noun(head) and not head.endswith("s") and definite:
        if head == "counterpart":
            character = context.roles.counterpart(words)
        else:
            character = context.roles.meant(words, mention.start)
            if character is not None and is_somebody_elses(words, mention.start, heads, character, context):
                return unnamed(words, head, False, mention, context)
            if character is not None and is_out_of_focus(words, mention, character, context):
                character = None
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
    if definite and (renamed := in_focus(words, mention, context)) is not None:
        evidence = f"“{words}” is {renamed.name}, who is spoken of just before"
        return Resolved(speaker_of(renamed, context.people), 0.85, evidence, renamed)
    if head in BODY_NOUNS:
        return _body(words, head, mention, context)
    brought_in = not definite or head.endswith("s") or described_before(context.text, head, mention.start) is not None
    if head in PERSON_NOUNS or (brought_in and is_person_noun(head)):
        # "the visitor" of whom nobody was told may be somebody who is named
        return unnamed(words, head, definite, mention, context)
    if head in DOCUMENTS:
        return Resolved(
            Speaker(None, _ARTICLE.sub("", words), "unnamed"), 0.75, f"“{words}” is a document, not a person"
        )
    return Resolved(None, 0.0, f"“{words}” could not be told for sure")


@rule("who is meant")
def named_beside(mention: Span, context: Circumstances) -> Character | None:
    """Who is named right behind a description, between commas: "The head of the mission, Admiral Ahab, said"."""
    for found, character in context.cast.named_in(mention.end, mention.end + 80):
        if not character.person:
            continue  # "his best friend at Nantucket, Ishmael, said"
        between = _BESIDE.fullmatch(context.text, mention.end, found.start)
        closed = context.text[found.end : found.end + 1] in (",", ".", ")")
        return character if between is not None and closed and character.person else None
    return None


def crowd(words: str) -> Resolved:
    """People who shout together, as the document names them: no hidden source, and no person."""
    name = _uncapitalised(_COUNTED.sub("", _ARTICLE.sub("", words)))
    return Resolved(Speaker(slug(name) or None, name, "body"), 0.85, f"“{words}” speak as one")


@rule("who is meant")
def crowd_before(text: str, at: int) -> str | None:
    """The crowd that the line of "they" names before it."""
    found = list(_CROWD.finditer(text, text.rfind("\n", 0, at) + 1, at))
    return found[-1].group() if found else None


@rule("who is meant")
def one_of(words: str, mention: Span, context: Circumstances) -> Resolved | None:
    """Of "one of the senior officials" a senior official; None for other words."""
    found = _ONE_OF.match(words)
    if found is None:
        return None
    rest = words[found.end() :]
    head = (heads_of(rest) or [""])[-1]
    if head not in PERSON_NOUNS or head[:-1] not in PERSON_NOUNS:
        return None
    single = re.sub(rf"\b{re.escape(head)}\b", head[:-1], rest, count=1, flags=re.IGNORECASE)
    return unnamed(single, head[:-1], False, mention, context)


def _uncapitalised(name: str) -> str:
    """A description in small letters where its first word has a capital only because a sentence begins with it."""
    first = name.split()[0] if name else ""
    is_noun = first.casefold() in PERSON_NOUNS | CROWDS | _COMMON
    return first[:1].lower() + name[1:] if is_noun and first.istitle() else name


@rule("who is meant")
def _office_holder(words: str, context: Circumstances) -> Resolved | None:
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


def _body(words: str, head: str, mention: Span, context: Circumstances) -> Resolved:
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


def unnamed(words: str, head: str, definite: bool, mention: Span, context: Circumstances) -> Resolved:
    """A described source; "the official" is the one described before."""
    if definite and any(head in folded(t.words).split() for t in context.roles.titled) and len(heads_of(words)) == 1:
        return Resolved(None, 0.0, f"“{words}” can mean more than one who is named")
    name = _uncapitalised(_ARTICLE.sub("", words))
    if definite and len(name.split()) == 1 and (_DEFINITE.match(words) or not head.endswith("s")):
        name = described_before(context.text, head, mention.start) or name
    return Resolved(Speaker(None, name, "unnamed"), 0.8, f"“{words}” is a source without a name")


def gender_of_words(description: str) -> str | None:
    """The gender that a description tells: "his sister", "the congressman"."""
    words = set(description.casefold().split())
    return "f" if words & _WOMEN else "m" if words & _MEN else None
