"""From a mention in a document to a Speaker, or to nobody when it is not sure (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.model import Span, Speaker
from retrieval.naming.names import folded
from retrieval.people import People
from retrieval.reading.candidates import Candidate, Verdict
from retrieval.reading.cast import Cast, Character
from retrieval.reading.cues import BODIES, DOCUMENTS, PERSONS
from retrieval.reading.first_names import FEMALE, MALE
from retrieval.reading.linear import Linear
from retrieval.reading.mentions import Mention, parts_of_name
from retrieval.reading.pronouns import GENDER, NOTHING_MEANT, Stage, Weighed, may_be_person, stage_of, weigh
from retrieval.reading.proper import person_name
from retrieval.reading.roles import Roles, body_before, described_before, heads_of, roles_of
from retrieval.reading.sheet import Sheet
from retrieval.reading.sources import mention_of, sources

_SLUG = re.compile(r"[^a-z0-9]+")
_ARTICLE = re.compile(r"^(?:an?|the|one|another|some|several|many|two|three)\s+", re.IGNORECASE)
_INDEFINITE = re.compile(r"^(?:an?|one|some|another|several|many|two|three|few|other)\s", re.IGNORECASE)
_ABOUT = 2  # sentences: whoever they are about is whom a pronoun behind them means
_SURE_ENOUGH_TO_REMEMBER = 0.6
_PLURAL_PRONOUNS = frozenset(["they", "we", "us", "them", "both", "many", "some", "others", "these", "those"])
_POSSESSIVES = frozenset(["his", "her", "their", "its", "my", "our", "your"])
_AFTER_NAME = frozenset(["of", "from", "for", "in", "at", "and", "who"])


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a mention stands for, how sure that is, and why."""

    speaker: Speaker | None
    confidence: float
    evidence: str
    character: Character | None = None
    weighed: tuple[Weighed, ...] = ()  # of a pronoun: everybody it may mean


@dataclass(frozen=True)
class Context:
    """What a mention is resolved in."""

    text: str
    cast: Cast
    stage: Stage
    people: People
    models: Mapping[str, Linear]
    roles: Roles
    dated: date | None = None


def resolved(verdicts: Iterable[Verdict], context: Context, speech: float) -> Iterator[tuple[Verdict, Resolved]]:
    """Each verdict with its speaker; whoever spoke last has the floor for the next."""
    floor: int | None = None
    said: dict[Span, Resolved] = {}
    meant: dict[int, list[Mention]] = {}
    for verdict in verdicts:
        choice = verdict.choice
        if choice is None or choice.mention is None:
            yield verdict, Resolved(None, 0.0, "nobody is named with it")
            continue
        found = said.get(choice.mention)
        if found is None:
            found = said[choice.mention] = resolve(choice, context, floor, meant)
            words = choice.mention.of(context.text)
            if (
                found.character is not None
                and words.casefold() in GENDER
                and found.confidence >= _SURE_ENOUGH_TO_REMEMBER
            ):
                place = Mention(choice.mention.start, choice.mention.end, words, "PRON")
                meant.setdefault(found.character.number, []).append(place)
        if verdict.speech >= speech and found.character is not None:
            floor = found.character.number
        yield verdict, found


def context_of(
    text: str, cast: Cast, sheets: Sequence[Sheet], people: People, models: Mapping[str, Linear], dated: date | None
) -> Context:
    """What mentions are resolved in; descriptions count as mentions of those whom they stand for."""
    roles = roles_of(text, cast, people, dated)
    plain = Context(text, cast, stage_of(text, sheets), people, models, roles, dated)
    extra: dict[int, list[Mention]] = {}
    strangers: dict[str, list[Mention]] = {}
    for mention, words in _described(text, sheets, cast, plain.stage):
        found = _nominal(words, mention, plain)
        place = Mention(mention.start, mention.end, words, "NOUN")
        if found.character is not None:
            extra.setdefault(found.character.number, []).append(place)
        elif found.speaker is not None and found.speaker.unnamed and not words.casefold().endswith("s"):
            strangers.setdefault(found.speaker.name, []).append(place)
    people_unnamed = [
        Character(len(cast.characters) + i, name, True, _gender_of(name), tuple(places), unnamed=True)
        for i, (name, places) in enumerate(strangers.items())
    ]
    return replace(plain, cast=cast.with_mentions(extra, people_unnamed))


def _described(text: str, sheets: Sequence[Sheet], cast: Cast, stage: Stage) -> Iterator[tuple[Span, str]]:
    """The descriptions of single people that stand as subjects of reporting verbs, or of a sentence's own verb."""
    for sheet in sheets:
        heads: dict[int, Span] = {}
        for source in sources(sheet):
            if source.strength in ("strong", "medium", "according"):
                heads[source.head] = source.mention
        for i, word in enumerate(sheet.words):
            if word.region < 0 and word.tag == "NN" and word.lower in PERSONS and word.start in stage.main:
                heads.setdefault(i, mention_of(sheet, i))
        for i, mention in sorted(heads.items()):
            head = sheet.words[i]
            if head.tag == "NN" and head.lower in PERSONS:
                inside = cast.named_in(mention.start, mention.end)
                if not any(c.person and sheet.span.start <= m.start and m.start > head.end for m, c in inside):
                    yield mention, " ".join(mention.of(text).split())


def _gender_of(description: str) -> str | None:
    words = set(description.casefold().split())
    if words & {
        "woman",
        "spokeswoman",
        "widow",
        "mother",
        "chairwoman",
        "congresswoman",
        "actress",
        "daughter",
        "sister",
        "wife",
    }:
        return "f"
    return (
        "m"
        if words & {"man", "spokesman", "father", "congressman", "son", "brother", "husband", "businessman"}
        else None
    )


def slug(name: str) -> str:
    """An id from a name: "Jan Lipavský" -> "jan-lipavsky"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _SLUG.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def resolve(
    candidate: Candidate,
    context: Context,
    floor: int | None,
    meant: Mapping[int, Sequence[Mention]] = NOTHING_MEANT,
) -> Resolved:
    """The speaker that a candidate's mention stands for, never one whose name is no name.

    `floor` is the character who spoke last, `meant` where earlier pronouns were taken for whom.
    """
    found = _resolve(candidate, context, floor, meant)
    if found.speaker is None or found.speaker.unnamed or context.people.get(found.speaker.id or ""):
        return found
    speaker = sane(found.speaker, context.people)
    if speaker is None:
        return Resolved(None, 0.0, f"“{found.speaker.name}” is no name", found.character)
    return replace(found, speaker=speaker)


def sane(speaker: Speaker, people: People) -> Speaker | None:
    """A speaker under what of his name is a name; None when nothing of it is."""
    if speaker.type == "person":
        name = person_name(speaker.name, people.is_ordinary)
        return None if name is None else speaker if name == speaker.name else _known_or_new(name, people)
    first = speaker.name.split()[0]
    if first.casefold() in _POSSESSIVES or not any(w[:1].isupper() for w in speaker.name.split()[-2:]):
        return Speaker(None, speaker.name, "unnamed")
    name = person_name(speaker.name, people.is_ordinary)
    if name and name.split()[0].casefold() in MALE | FEMALE and len(name.split()) > 1 and name != speaker.name:
        return _known_or_new(name, people)  # "Commentary's Catherine Earnshaw", "Spokeswoman Jane Eyre"
    return speaker


def _known_or_new(name: str, people: People) -> Speaker:
    known = people.by_name(name)
    return Speaker(known[0].id, known[0].name, known[0].type) if len(known) == 1 else Speaker(slug(name) or None, name)


def _resolve(
    candidate: Candidate, context: Context, floor: int | None, meant: Mapping[int, Sequence[Mention]]
) -> Resolved:
    if candidate.mention is None:
        return Resolved(None, 0.0, "nobody is named")
    words = candidate.mention.of(context.text)
    lower = words.casefold()
    if lower in GENDER:
        return _pronoun(lower, candidate.mention, context, floor, meant)
    if candidate.kind == "plural" and lower not in _PLURAL_PRONOUNS:
        return _unnamed(words, (heads_of(words) or [""])[-1], False, candidate.mention, context)
    if candidate.kind in ("plural", "first", "thing", "group", "none"):
        return Resolved(None, 0.0, f"“{words}” names no single speaker")
    named = _named(candidate, context)
    if named is not None and named.character is not None and named.character.doubtful:
        return Resolved(None, 0.0, f"“{words}” can be more than one who is named", named.character)
    if named is not None:
        return named
    return _nominal(words, candidate.mention, context)


def speaker_of(character: Character, people: People) -> Speaker:
    """The Speaker record of a character."""
    known = people.get(character.known) if character.known else None
    if known is not None:
        return Speaker(known.id, known.name, known.type)
    return Speaker(slug(character.name) or None, character.name, "person" if character.person else "body")


def _pronoun(
    word: str, mention: Span, context: Context, floor: int | None, meant: Mapping[int, Sequence[Mention]]
) -> Resolved:
    ranked = weigh(word, mention.start, context.cast, context.stage, floor, context.models["pronoun"], meant)
    if not ranked:
        return Resolved(None, 0.0, f"“{word}” has nobody before it to stand for")
    best = ranked[0]
    rival = ranked[1].probability if len(ranked) > 1 else 0.0
    who = best.character
    if _is_about_another(who, word, mention.start, context):
        return Resolved(None, 0.0, f"“{word}” stands behind somebody who could not be told for sure", None, ranked)
    return Resolved(
        Speaker(None, who.name, "unnamed") if who.unnamed else speaker_of(who, context.people),
        best.probability / (best.probability + rival) * (0.0 if who.doubtful else 1.0),
        f"“{word}” is taken for {who.name}, who is spoken of just before",
        who,
        ranked,
    )


def _is_about_another(who: Character, word: str, at: int, context: Context) -> bool:
    """Whether the sentence right before is about somebody else whom the pronoun may mean: "Fix denies it. “…,” he said"."""
    topic = context.stage.topic(at)
    if topic is None or context.stage.sentence(at) - context.stage.sentence(topic.start) > _ABOUT:
        return False
    named = [c for c in context.cast.characters if any(m.start < topic.end and topic.start < m.end for m in c.mentions)]
    if any(c.number == who.number for c in named):
        return False
    if not named:
        return context.roles.place(topic.of(context.text)) is None
    return any(
        (c.gender is None or c.gender == GENDER[word])
        and (may_be_person(c, context.stage) or (" " not in c.name and context.roles.place(c.name) is None))
        for c in named
    )


def _named(candidate: Candidate, context: Context) -> Resolved | None:
    mention = candidate.mention
    assert mention is not None
    if candidate.way in ("dash", "label"):
        return _written(mention.of(context.text), context)
    text = context.text
    comma = text.find(",", mention.start, mention.end)
    if candidate.head is not None:
        for m, c in context.cast.named_in(mention.start, mention.end):
            if m.start <= candidate.head < m.end and c.person:
                return Resolved(speaker_of(c, context.people), 0.97, f"“{m.text}” is named with the cue", c)
    found = [
        (m, c)
        for m, c in context.cast.named_in(mention.start, mention.end)
        if text[m.end : m.end + 2] not in ("'s", "’s") and not _governed(text, m.start, mention.start)
    ]
    before = [(m, c) for m, c in found if comma < 0 or m.start < comma]
    persons = [(m, c) for m, c in before if c.person and not _modifies(text, m, mention, comma)] or [
        (m, c) for m, c in found if c.person and (m, c) not in before
    ]
    if not persons and comma >= 0 and not before and (heads_of(text[mention.start : comma]) or [""])[-1] in PERSONS:
        persons = [(m, c) for m, c in found if " " not in c.name and not c.name.isupper()]  # "the captain, Ahab"
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
    before = text[mention_start:start].rsplit(",", 1)[-1].split()
    return any(w.casefold() in ("for", "of", "from", "to", "with", "at") for w in before)


def _unlisted(words: str, context: Context) -> Resolved | None:
    """A name that the name finder missed."""
    known = context.people.by_name(words)
    if len(known) == 1:
        return Resolved(Speaker(known[0].id, known[0].name, known[0].type), 0.9, f"“{words}” is a known name")
    name = person_name(words, context.people.is_ordinary)
    if name is None:
        return None
    known = context.people.by_name(name)
    if len(known) == 1:
        return Resolved(Speaker(known[0].id, known[0].name, known[0].type), 0.9, f"“{words}” is a known name")
    same = [
        c for c in context.cast.characters if parts_of_name(name) == parts_of_name(c.name)[-len(parts_of_name(name)) :]
    ]
    full = [c for c in same if c.person and " " in c.name] or [c for c in same if c.person]
    if len(full) > 1 or any(c.doubtful for c in full):
        return Resolved(None, 0.0, f"“{words}” can be more than one who is named")
    if full:
        return Resolved(speaker_of(full[0], context.people), 0.9, f"“{words}” is {full[0].name}", full[0])
    name = " ".join(w.title() if len(w) > 2 and w.isupper() else w for w in name.split())
    return Resolved(Speaker(slug(name) or None, name), 0.8, f"“{words}” is named with the cue")


def _nominal(words: str, mention: Span, context: Context) -> Resolved:
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
        return _unnamed(words, head, definite, mention, context)
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
    sure = 0.8 if character is not None else 0.7
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


def _unnamed(words: str, head: str, definite: bool, mention: Span, context: Context) -> Resolved:
    """A described source; "the official" is the one described before."""
    if definite and any(head in folded(t.words).split() for t in context.roles.titled) and len(heads_of(words)) == 1:
        return Resolved(None, 0.0, f"“{words}” can mean more than one who is named")
    name = _ARTICLE.sub("", words)
    if definite and len(name.split()) == 1:
        name = described_before(context.text, head, mention.start) or name
    return Resolved(Speaker(None, name, "unnamed"), 0.8, f"“{words}” is a source without a name")
