"""Whom a mention cannot mean, and what speaks for somebody else than whoever it was resolved to (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from retrieval.lexicon import ANSWERS, PERSON_NOUNS, is_person_noun
from retrieval.model import Span
from retrieval.reading.candidates import Attribution, Candidate
from retrieval.reading.cast import Cast, Character
from retrieval.reading.circumstances import Circumstances, Resolved, speaker_of
from retrieval.reading.credits import heads_of
from retrieval.reading.focus import named_just_before
from retrieval.reading.name_mentions import Mention
from retrieval.reading.pronouns import GENDER, Stage, may_be_person
from retrieval.role_words import RELATIVES
from retrieval.rules import rule

_SENTENCE = re.compile(r"[.!?][\"”’]*\s+(?=[A-Z“\"‘])|\n")
_GOES_ON = re.compile(r"\s*[,“\"„«‘']")
_TO_WHOM = re.compile(r"\s(?:of\s|to\s)?(?:[A-Z]\w*\.?\s)*")
_REACH = 300
_OBJECT = 12  # characters of a title between a verb of asking and whom it asks
_ASKS = re.compile(
    r"\s(?:then\s|also\s|has\s|had\s)?(?:ask(?:s|ed)|press(?:es|ed)|interview(?:s|ed)|question(?:s|ed)|quizz(?:es|ed)|grill(?:s|ed)|challenge[sd])\s"
)
_I_ASK = re.compile(
    r"\b(?:I|[Ww]e)\s(?:then\s|also\s)?(?:ask|asked|wonder|wondered)\s(?:if|whether|about|what|how|why|him\sabout|her\sabout)\s"
)


@rule("who is meant", off=frozenset())
def barred(text: str, cast: Cast, candidate: Candidate, last: Attribution | None, floor: int | None) -> frozenset[int]:
    """The characters that a candidate's pronoun does not mean; `last` is the quotation before, `floor` who said it."""
    mention, cue = candidate.mention, candidate.cue
    if mention is None or cue is None or candidate.way not in ("cue", "reported"):
        return frozenset()
    if mention.of(text).casefold() not in GENDER:
        return frozenset()
    found = _spoken_of(text, cast, mention, cue) | _spoken_to(text, cast, mention, cue)
    found |= asking_before(text, cast, mention) | asked_about(text, cast, mention)
    if last is not None:
        found |= _asking(text, cast, mention, cue, last, floor)
    return frozenset(found)


def _spoken_of(text: str, cast: Cast, mention: Span, cue: Span) -> set[int]:
    """Of "Ahab, he said, “is mad”" Ahab: the sentence is about him, and somebody else speaks."""
    start = max((m.end() for m in _SENTENCE.finditer(text, max(0, mention.start - _REACH), mention.start)), default=0)
    before = text[start : mention.start]
    if not before.endswith(", ") or not _GOES_ON.match(text, cue.end):
        return set()
    named = [(m, c) for m, c in cast.named_in(start, mention.start) if not _owns(text, m)]
    if not named or max(m.end for m, _ in named) != mention.start - 2:
        return set()
    return {c.number for _, c in named}


def _owns(text: str, name: Mention) -> bool:
    return owns(text, name.end)


def owns(text: str, end: int) -> bool:
    """Whether a name that ends at an offset stands in the possessive: "Ahab's", and "Bates’ neighbours" too."""
    if text[end : end + 2] in ("'s", "’s"):
        return True
    return (
        text[end - 1 : end] == "s" and text[end : end + 1] in ("'", "’") and text[end + 1 : end + 3].strip().isalpha()
    )


@rule("who is meant", off=frozenset())
def asking_before(text: str, cast: Cast, mention: Span) -> frozenset[int]:
    """Of "Ahab pressed Starbuck on it. He said" Ahab: whoever asks somebody by name is not who answers."""
    start = max(text.rfind("\n", 0, mention.start) + 1, mention.start - _REACH)
    named = [(m, c) for m, c in cast.named_in(start, mention.start) if c.person]
    for (m, asker), (other, asked) in pairwise(named):
        asks = _ASKS.match(text, m.end)
        if asks and asked.number != asker.number and other.start - asks.end() <= _OBJECT:
            again = any(n.start > other.start and c.number == asker.number for n, c in named)
            return frozenset() if again else frozenset({asker.number})
    return frozenset()


@rule("who is meant", off=frozenset())
def asked_about(text: str, cast: Cast, mention: Span) -> frozenset[int]:
    """Of "I ask if Brooke will stand. “…,” he says" Brooke: whom an interviewer asks about is not who is asked."""
    asked = list(_I_ASK.finditer(text, max(0, mention.start - 2 * _REACH), mention.start))
    if not asked:
        return frozenset()
    asks = asked[-1]
    stop = _SENTENCE.search(text, asks.end(), mention.start)
    end = stop.start() if stop else mention.start
    return frozenset(c.number for _, c in cast.named_in(asks.end(), end) if c.person)


def _spoken_to(text: str, cast: Cast, mention: Span, cue: Span) -> set[int]:
    """Of "he told Ahab" Ahab."""
    if cue.start < mention.end:
        return set()
    return {
        c.number
        for m, c in cast.named_in(cue.end, min(len(text), cue.end + 80))
        if not _owns(text, m) and _TO_WHOM.fullmatch(text, cue.end, m.start)
    }


def _asking(text: str, cast: Cast, mention: Span, cue: Span, last: Attribution, floor: int | None) -> set[int]:
    """Of “A?” Pip asked Ahab. “B,” he answered. Pip: the answer is that of somebody else who is named with the question."""
    asked = last.region.inner.of(text).rstrip().endswith("?")
    if mention.start < last.region.outer.end:
        return set()
    between = Span(last.region.outer.end, mention.start)
    if not (asked or cue.of(text).casefold() in ANSWERS) or "\n" in between.of(text):
        return set()
    spoke = last.choice.mention if last.choice is not None else None
    if spoke is None:
        return set()
    by_place = {
        c.number for c in cast.characters if any(m.start < spoke.end and spoke.start < m.end for m in c.mentions)
    }
    asking = by_place or ({floor} if floor is not None else set())
    listening = cast.named_in(between.start, between.end)
    return asking if any(c.person and c.number not in asking for _, c in listening) else set()


# Whether a pronoun stands behind somebody else than the one it would be taken for (pure).

_HIM = {
    "m": re.compile(r"\b[Hh](?:e|im|is|imself)\b"),  # not the "HIM" of a heading
    "f": re.compile(r"\b(?:[Ss]he|[Hh](?:ers?|erself))\b"),
}
_WELL_KNOWN = 3  # mentions of somebody who has one name only


@rule("who is meant", off=False)
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


# How much speaks for somebody else than whoever a quotation was given to (pure).

_CARRIES = frozenset(["report", "reports", "reported", "quoted", "cited"])
_TOO_LITTLE = 0.03  # of the shares; below it nobody is asked for

Known = dict[tuple[str, Span], Resolved]


@rule("whose words", off=0.0)
def against(
    text: str, verdict: Attribution, found: Resolved, resolve: Callable[[Candidate], Resolved], known: Known
) -> float:
    """The share of the candidates that stand for another speaker than the one found.

    Candidates that stand for the same person ("Ahab said … he was “weary”") and those that stand for nobody
    ("it is “a whale”") leave a speaker as sure as he is. `known` keeps what was resolved already.
    """
    if found.speaker is None or verdict.choice is None:
        return 0.0
    share = 0.0
    for candidate, part in zip(verdict.candidates, verdict.shares, strict=True):
        if part < _TOO_LITTLE or candidate.mention in (None, verdict.choice.mention):
            continue
        assert candidate.mention is not None
        if _carries(text, verdict, candidate):
            continue
        place = (candidate.kind, candidate.mention)
        if place not in known:
            known[place] = resolve(candidate)
        other = known[place].speaker
        if other is not None and other != found.speaker:
            share += part
    return share


def _carries(text: str, verdict: Attribution, candidate: Candidate) -> bool:
    """Whether a candidate only carries words that a cue before them gives to their speaker: "…, the Gazette reports"."""
    own = verdict.choice.cue if verdict.choice is not None else None
    if own is None or candidate.cue is None or own.end > verdict.region.outer.start:
        return False
    return candidate.cue.start >= verdict.region.outer.end and candidate.cue.of(text) in _CARRIES


# Who goes on speaking under another description: "“…,” Ahab said. … “…,” the visitor added" (pure).

_GOING_ON = frozenset(["added", "adds", "continued", "continues", "concluded", "concludes"])


@rule("who is meant")
def went_on(candidate: Candidate, floor: int | None, context: Circumstances) -> Resolved | None:
    """Whoever spoke last, where a word that brings nobody in "added" something and nobody else was named since."""
    cue, mention = candidate.cue, candidate.mention
    if cue is None or mention is None or floor is None or floor >= len(context.cast.characters):
        return None
    words = mention.of(context.text)
    if cue.of(context.text).casefold() not in _GOING_ON or not words.casefold().startswith("the "):
        return None
    heads = heads_of(words)
    if not heads or heads[-1] in PERSON_NOUNS or not is_person_noun(heads[-1]):
        return None
    who = context.cast.characters[floor]
    near = named_just_before(mention.start, context)
    if not who.person or who.unnamed or who.doubtful or [c.number for c in near] != [who.number]:
        return None
    return Resolved(speaker_of(who, context.people), 0.8, f"“{words}” goes on where {who.name} spoke last", who)


# Whose kin "her sister" is: the one of whom the sister named before is one, or somebody else (pure).

_OWNER = re.compile(r"(?:\b(?P<pronoun>his|her)|(?P<name>[\w\-]+)['’]s)\s(?:[\w\-]+\s){0,3}$", re.IGNORECASE)
_FAR = 600  # characters between a pronoun and whoever it means


@rule("who is meant", off=False)
def is_somebody_elses(words: str, at: int, heads: Sequence[str], character: Character, context: Circumstances) -> bool:
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


def _owner_of_told(context: Circumstances, start: int, words: str, kin: str, character: Character) -> int | None:
    """Whose kin a description near a name makes somebody: before the name, or behind it."""
    near = context.text[max(0, start - len(words) - 40) : start + len(character.name) + len(words) + 12]
    place = near.casefold().find(kin)
    return None if place < 0 else _owner(context, max(0, start - len(words) - 40) + place, character)


def _owner(context: Circumstances, at: int, character: Character) -> int | None:
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
