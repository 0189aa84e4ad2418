"""From a mention in a document to a Speaker, or to nobody when it is not sure (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice

from retrieval.lexicon import BODY_NOUNS, CROWDS, FEMALE, MALE, PERSON_NOUNS, is_person_noun
from retrieval.linear import Linear
from retrieval.model import Span, Speaker
from retrieval.people import People, Person
from retrieval.reading.candidates import Attribution, Candidate
from retrieval.reading.cast import Cast, Character, is_at_home
from retrieval.reading.circumstances import Circumstances, Resolved, slug, speaker_of
from retrieval.reading.credits import heads_of
from retrieval.reading.cue_subjects import mention_of, sources
from retrieval.reading.denials import UNSAID, unsaid
from retrieval.reading.described_sources import crowd, crowd_before, gender_of_words, nominal, one_of, unnamed
from retrieval.reading.name_mentions import Mention, parts_of_name
from retrieval.reading.namesakes import is_titled
from retrieval.reading.parse import Sheet
from retrieval.reading.pronouns import GENDER, NOTHING_MEANT, Stage, may_be_person, stage_of, weigh
from retrieval.reading.proper_names import is_part_of_text, person_name
from retrieval.reading.roles import roles_of
from retrieval.reading.ruled_out import Known, against, only_another, owns, went_on
from retrieval.reading.ruled_out import barred as barred_by
from retrieval.reading.time_budget import go_on
from retrieval.rules import rule
from retrieval.spelling import SUFFIXES, cased, folded

_ABOUT = 2  # sentences: whoever they are about is whom a pronoun behind them means
_SURE_ENOUGH_TO_REMEMBER = 0.6
_UNTOLD = 0.5  # of one whose gender is not known
_ABBREVIATED = 6  # letters of a body's abbreviation
_PLURAL_PRONOUNS = frozenset(["they", "we", "us", "them", "both", "many", "some", "others", "these", "those"])
_POSSESSIVES = frozenset(["his", "her", "their", "its", "my", "our", "your"])
_SUBJECT = re.compile(r"(?<![\w’'\-])(?:[Tt]he\s)?[\w’'\-]++(?=\W)")
_DATELINE = re.compile(r"(?:,\s[A-Z]\w+\.?)?\s?(?:\([A-Z][\w ]+\)\s?)?(?:--|[—–])")
_OPENS = re.compile(r"(?:^|[.!?:”\"\n])\s*$")
_ONE = re.compile(r"[Aa]n?\s")
_ONE_BEFORE = re.compile(r"\b[Aa]n?\s$")
# how words end that tell of what party, people or creed somebody is: "Republican", "Democrat", "Texan", "Unionist"
_MEMBER = re.compile(r"\b[A-Z]\w+(?:ican|crat|exan|ist|ian|ite)$")
_OF_TWO = re.compile(r"(?:the|his|her)\s(?:elder|younger|older)\s", re.IGNORECASE)
_OFFICE_FOR = re.compile(
    r"(?:[A-Z][\w\-]+\s){0,3}(?:Minister|Secretary|Commissioner)(?:\sof\sState)?\s(?:for|of)\s(?:the\s)?"
    r"(?!(?:President|Prime|Minister|Chancellor|Senator|Governor|General|King|Queen)\b)[A-Z][\w\-]+(?:,?\s(?:and\s)?(?!President\b)[A-Z][\w\-]+){0,3}"
)
_AFTER_NAME = frozenset(["of", "from", "for", "in", "at", "and", "who"])


def resolved(
    verdicts: Iterable[Attribution], context: Circumstances, speech: float
) -> Iterator[tuple[Attribution, Resolved]]:
    """Each verdict with its speaker; whoever spoke last has the floor for the next."""
    floor: int | None = None
    last: Attribution | None = None
    said: dict[Span, Resolved] = {}
    meant: dict[int, list[Mention]] = {}
    rivals: Known = {}
    for verdict in verdicts:
        go_on()
        choice = verdict.choice
        if choice is None or choice.mention is None:
            yield verdict, Resolved(None, 0.0, "nobody is named with it")
            continue
        found = said.get(choice.mention)
        if found is None:
            others = barred_by(context.text, context.cast, choice, last, floor)
            found = said[choice.mention] = resolve(choice, context, floor, meant, others)
            words = choice.mention.of(context.text)
            if (
                found.character is not None
                and verdict.region.paragraph not in context.pulled
                and words.casefold() in GENDER
                and found.confidence >= _SURE_ENOUGH_TO_REMEMBER
            ):
                place = Mention(choice.mention.start, choice.mention.end, words, "PRON")
                meant.setdefault(found.character.number, []).append(place)
        if verdict.speech >= speech and verdict.region.paragraph not in context.pulled:
            floor = found.character.number if found.character is not None else floor
            last = verdict
        reads = partial(resolve, context=context, floor=floor, meant=meant)
        yield verdict, replace(found, against=against(context.text, verdict, found, reads, rivals))


def context_of(
    text: str,
    cast: Cast,
    sheets: Sequence[Sheet],
    people: People,
    models: Mapping[str, Linear],
    dated: date | None,
    pulled: frozenset[int] = frozenset(),
) -> Circumstances:
    """What mentions are resolved in; descriptions count as mentions of those whom they stand for, pull quotes as nothing."""
    roles = roles_of(text, cast, people, dated)
    plain = Circumstances(text, cast, stage_of(text, sheets, pulled), people, models, roles, dated, pulled)
    extra: dict[int, list[Mention]] = {}
    strangers: dict[str, list[Mention]] = {}
    for mention, words in _described(text, sheets, cast, plain.stage):
        found = nominal(words, mention, plain)
        place = Mention(mention.start, mention.end, words, "NOUN")
        if found.character is not None:
            extra.setdefault(found.character.number, []).append(place)
        elif found.speaker is not None and found.speaker.unnamed and not words.casefold().endswith("s"):
            strangers.setdefault(found.speaker.name, []).append(place)
    people_unnamed = [
        Character(len(cast.characters) + i, name, True, gender_of_words(name), tuple(places), unnamed=True)
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
            if word.region < 0 and word.tag == "NN" and is_person_noun(word.lower) and word.start in stage.main:
                heads.setdefault(i, mention_of(sheet, i))
        for i, mention in sorted(heads.items()):
            head = sheet.words[i]
            if head.tag == "NN" and is_person_noun(head.lower):
                inside = cast.named_in(mention.start, mention.end)
                if not any(c.person and sheet.span.start <= m.start and m.start > head.end for m, c in inside):
                    yield mention, " ".join(mention.of(text).split())


def resolve(
    candidate: Candidate,
    context: Circumstances,
    floor: int | None,
    meant: Mapping[int, Sequence[Mention]] = NOTHING_MEANT,
    barred: frozenset[int] = frozenset(),
) -> Resolved:
    """The speaker that a candidate's mention stands for, never one whose name is no name.

    `floor` is the character who spoke last, `meant` where earlier pronouns were taken for whom, `barred` whom one cannot
    mean.
    """
    if candidate.cue is not None and unsaid(context.text, candidate.cue):
        return Resolved(None, 0.0, UNSAID)
    found = _resolve(candidate, context, floor, meant, barred)
    if found.speaker is None or found.speaker.unnamed or context.people.get(found.speaker.id or ""):
        return found
    speaker = sane(found.speaker, context.people)
    if speaker is None or _is_common_noun(speaker, found.character, candidate, context.text):
        return Resolved(None, 0.0, f"“{found.speaker.name}” is no name", found.character)
    return replace(found, speaker=speaker)


@rule("who is meant", off=False)
def _is_common_noun(speaker: Speaker, character: Character | None, candidate: Candidate, text: str) -> bool:
    """Whether a single word that begins a sentence is no name: the text has it in small letters, and it is no body."""
    lower = speaker.name.casefold()
    if candidate.mention is None or not _OPENS.search(
        text, max(0, candidate.mention.start - 3), candidate.mention.start
    ):
        return False
    if (character is not None and character.person) or not speaker.name.istitle():
        return False
    if not lower.isalpha() or lower in BODY_NOUNS | CROWDS:
        return False
    return not is_person_noun(lower) and re.search(rf"(?<![\w’'-]){lower}\b", text) is not None


def sane(speaker: Speaker, people: People) -> Speaker | None:
    """A speaker under what of his name is a name; None when nothing of it is."""
    if is_part_of_text(speaker.name):
        return None
    if speaker.type == "person":
        if is_titled(speaker.name):
            return speaker
        name = person_name(speaker.name, people.is_ordinary)
        return None if name is None else speaker if name == speaker.name else _known_or_new(name, people)
    if speaker.name.split()[-1].casefold() in CROWDS:
        return speaker
    if speaker.name.casefold() in PERSON_NOUNS:
        return Speaker(None, speaker.name, "unnamed")  # "The Chair said"
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
    candidate: Candidate,
    context: Circumstances,
    floor: int | None,
    meant: Mapping[int, Sequence[Mention]],
    barred: frozenset[int],
) -> Resolved:
    if candidate.mention is None:
        return Resolved(None, 0.0, "nobody is named")
    words = candidate.mention.of(context.text)
    lower = words.casefold()
    if lower in GENDER:
        return _pronoun(lower, candidate.mention, context, floor, meant, barred)
    if candidate.kind == "plural" and lower not in _PLURAL_PRONOUNS and is_person_noun((heads_of(words) or [""])[-1]):
        return unnamed(words, (heads_of(words) or [""])[-1], False, candidate.mention, context)
    if lower == "they" and (shouting := crowd_before(context.text, candidate.mention.start)):
        return crowd(shouting)
    if candidate.kind == "thing" and (one := one_of(words, candidate.mention, context)) is not None:
        return one
    if lower in ("it", "they") and (body := _body_meant(candidate.mention.start, lower, context)) is not None:
        return body
    if candidate.kind in ("plural", "first", "thing", "group", "none"):
        return Resolved(None, 0.0, f"“{words}” names no single speaker")
    if _is_one_of_a_people(candidate.mention, context):
        return unnamed(words, (heads_of(words) or [""])[-1], False, candidate.mention, context)
    named = _named(candidate, context)
    if named is not None and named.character is not None and _is_one_of_many(candidate, named.character, words):
        return Resolved(None, 0.0, f"“{words}” is one of many, and no name")
    if named is not None and named.character is not None and named.character.doubtful:
        return Resolved(None, 0.0, f"“{words}” can be more than one who is named", named.character)
    if named is not None:
        return named
    found = nominal(words, candidate.mention, context)
    return found if found.speaker is not None else went_on(candidate, floor, context) or found


@rule("who is meant", off=False)
def _is_one_of_a_people(mention: Span, context: Circumstances) -> bool:
    """Whether "a Virginia Republican" stands there: one of many, whom the article before the words leaves without a name."""
    text = context.text
    words = mention.of(text)
    if not (_ONE.match(words) or _ONE_BEFORE.search(text, max(0, mention.start - 4), mention.start)):
        return False
    return bool(_MEMBER.search(words))


@rule("who is meant", off=False)
def _is_one_of_many(candidate: Candidate, who: Character, words: str) -> bool:
    """Whether "a" stands right before the word that was taken for a body's name: "A CT of his chest showed"."""
    article = _ONE.match(words)
    if article is None or candidate.mention is None or who.person:
        return False
    return candidate.head == candidate.mention.start + article.end() and any(
        m.start == candidate.head for m in who.mentions
    )


@rule("who is meant")
def _body_meant(at: int, pronoun: str, context: Circumstances) -> Resolved | None:
    """The body or the group that the sentences of a line before "it" or "they" are about: "The ministry denied it. It said …"."""
    text = context.text
    line = text.rfind("\n", 0, at) + 1
    topic = max((o for o in context.stage.main if line <= o < at), default=None)
    if topic is None or context.stage.is_quoted(topic):
        return None
    speaking = max((o for o in context.stage.speaking if line <= o < at), default=None)
    if speaking is not None and speaking < topic and context.stage.sentence(speaking) == context.stage.sentence(topic):
        return None  # "the council says that the harbour is closed": which of them "it" is cannot be told
    for m, character in context.cast.named_in(line, at):
        if m.start <= topic < m.end:
            if character.person or pronoun == "they" or _DATELINE.match(text, m.end):
                return None
            return Resolved(speaker_of(character, context.people), 0.8, f"“{pronoun}” is {character.name}", character)
    words = _SUBJECT.search(text, line, at)
    while words is not None and words.end() <= topic:
        words = _SUBJECT.search(text, words.end(), at)
    if words is None or not words.start() <= topic < words.end():
        return None
    found = nominal(words.group(), Span(words.start(), words.end()), context)
    plural = words.group().split()[-1].casefold().endswith("s")
    fits = found.speaker is not None and found.speaker.type != "person" and plural == (pronoun == "they")
    return (
        replace(found, confidence=found.confidence * 0.9, evidence=f"“{pronoun}”: {found.evidence}") if fits else None
    )


def _pronoun(
    word: str,
    mention: Span,
    context: Circumstances,
    floor: int | None,
    meant: Mapping[int, Sequence[Mention]],
    barred: frozenset[int],
) -> Resolved:
    ranked = weigh(word, mention.start, context.cast, context.stage, floor, context.models["pronoun"], meant, barred)
    ranked = tuple(w for w in ranked if not w.features["quoted_only"])  # not whom only words of others name
    if not ranked:
        return Resolved(None, 0.0, f"“{word}” has nobody before it to stand for")
    best = ranked[0]
    rival = ranked[1].probability if len(ranked) > 1 else 0.0
    who = best.character
    if _is_about_another(who, word, mention.start, context, barred) or only_another(
        who.number, GENDER[word], mention.start, context.cast, context.stage, meant, barred
    ):
        return Resolved(None, 0.0, f"“{word}” stands behind somebody who could not be told for sure", None, ranked)
    return Resolved(
        Speaker(None, who.name, "unnamed") if who.unnamed else speaker_of(who, context.people),
        best.probability / (best.probability + rival) * _fit(who, barred),
        f"“{word}” is taken for {who.name}, who is spoken of just before",
        who,
        ranked,
    )


def _fit(who: Character, barred: frozenset[int]) -> float:
    """How far somebody can be meant by a pronoun at all: less where he is left only because another is barred."""
    if who.doubtful:
        return 0.0
    return _UNTOLD if barred and who.gender is None else 1.0


@rule("who is meant", off=False)
def _is_about_another(who: Character, word: str, at: int, context: Circumstances, barred: frozenset[int]) -> bool:
    """Whether the sentence right before is about somebody else whom the pronoun may mean: "Fix denies it. “…,” he said"."""
    topic = context.stage.topic(at)
    if topic is None or context.stage.sentence(at) - context.stage.sentence(topic.start) > _ABOUT:
        return False
    named = [c for c in context.cast.characters if any(m.start < topic.end and topic.start < m.end for m in c.mentions)]
    if any(c.number == who.number or c.number in barred for c in named):
        return False
    if not named:
        return context.roles.place(topic.of(context.text)) is None
    return any(
        (c.gender is None or c.gender == GENDER[word] or " " not in c.name)
        and (may_be_person(c, context.stage) or (" " not in c.name and context.roles.place(c.name) is None))
        for c in named
    )


def _named(candidate: Candidate, context: Circumstances) -> Resolved | None:
    mention = candidate.mention
    assert mention is not None
    if candidate.way in ("dash", "label"):
        return _written(mention.of(context.text), context)
    text = context.text
    if _OF_TWO.match(mention.of(text)) and context.cast.named_in(mention.start, mention.end):
        return Resolved(None, 0.0, f"“{mention.of(text)}” is one of two of that name")
    comma = text.find(",", mention.start, mention.end)
    if candidate.head is not None:
        for m, c in context.cast.named_in(mention.start, mention.end):
            if m.start <= candidate.head < m.end and c.person:
                return Resolved(speaker_of(c, context.people), 0.97, f"“{m.text}” is named with the cue", c)
    found = [
        (m, c)
        for m, c in context.cast.named_in(mention.start, mention.end)
        if not owns(text, m.end) and not _governed(text, m.start, mention.start)
    ]
    before = [(m, c) for m, c in found if comma < 0 or m.start < comma]
    of_person = comma >= 0 and (heads_of(text[mention.start : comma]) or [""])[-1] in PERSON_NOUNS
    persons = [(m, c) for m, c in before if c.person and not _modifies(text, m, mention, comma)] or [
        (m, c) for m, c in found if c.person and (m, c) not in before
    ]
    if not persons and not before and of_person:
        # "the captain, Ahab", but "the mayor of Paris, France"
        persons = [
            (m, c)
            for m, c in found
            if " " not in c.name and not c.name.isupper() and context.roles.place(c.name) is None
        ]
    bodies = [(m, c) for m, c in before if not c.person and not (of_person and m.start > comma)]
    chosen = persons[-1] if persons else (bodies[-1] if bodies and candidate.kind in ("body", "name") else None)
    if chosen is None:
        if of_person:
            name = text[comma + 1 : mention.end].strip()  # "the envoy's aide, Passepartout"
            beside = _unlisted(name, context) if context.roles.place(name) is None else None
            if beside is not None and beside.speaker is not None:
                return beside
        if candidate.kind == "name":
            return _unlisted(mention.of(context.text), context)
        return None
    m, character = chosen
    if not persons and candidate.kind == "name" and candidate.head is not None and m.end <= candidate.head:
        beside = _unlisted(text[m.end : mention.end].split(",")[0].strip(), context)  # "Democrat Elijah Pogram"
        if beside is not None and beside.speaker is not None:
            return beside
    return Resolved(speaker_of(character, context.people), 0.97, f"“{m.text}” is named with the cue", character)


def _modifies(text: str, name: Mention, mention: Span, comma: int) -> bool:
    """Whether a name stands before a common noun that is the mention's head: "the Ahab spokesman"."""
    end = comma if comma >= 0 else mention.end
    rest = text[name.end : end].split()
    return bool(rest) and rest[0].islower() and rest[0].isalpha() and rest[0] not in _AFTER_NAME


def _written(words: str, context: Circumstances) -> Resolved | None:
    """A name that a label or a dash gives: "Captain Ahab", "AHAB"."""
    known = _known(words, context)
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
    before = text[mention_start:start].rsplit(",", 1)[-1]
    if _OFFICE_FOR.fullmatch(before.strip()):
        return False  # "Minister for the Armed Forces Emma Woodhouse"
    return any(w.casefold() in ("for", "of", "from", "to", "with", "at", "in", "on") for w in before.split())


def _known(name: str, context: Circumstances) -> tuple[Person, ...]:
    """Whoever is known by a name; by a surname alone only where the text has more of the person."""
    known = context.people.by_name(name)
    if " " in name.strip():
        return known
    places = re.finditer(rf"\b{re.escape(name)}\b", context.text)
    group = [Mention(m.start(), m.end(), name, "PERSON") for m in islice(places, 20)]
    return tuple(p for p in known if p.type == "body" or is_at_home(context.text, group, p, context.people))


def _unlisted(words: str, context: Circumstances) -> Resolved | None:
    """A name that the name finder missed."""
    known = _known(words, context)
    if len(known) == 1:
        return Resolved(Speaker(known[0].id, known[0].name, known[0].type), 0.9, f"“{words}” is a known name")
    name = person_name(words, context.people.is_ordinary)
    if name is None:
        return None
    known = _known(name, context)
    if len(known) == 1:
        return Resolved(Speaker(known[0].id, known[0].name, known[0].type), 0.9, f"“{words}” is a known name")
    same = [
        c for c in context.cast.characters if parts_of_name(name) == parts_of_name(c.name)[-len(parts_of_name(name)) :]
    ]
    if SUFFIXES & set(folded(words).split()):  # "Weller Jr." is not his father
        same = [c for c in same if SUFFIXES & set(folded(c.name).split())]
    full = [c for c in same if c.person and " " in c.name] or [c for c in same if c.person]
    if len(full) > 1 or any(c.doubtful for c in full):
        return Resolved(None, 0.0, f"“{words}” can be more than one who is named")
    if full:
        return Resolved(speaker_of(full[0], context.people), 0.9, f"“{words}” is {full[0].name}", full[0])
    if _is_abbreviation(name, context.text):
        return Resolved(Speaker(slug(name) or None, name, "body"), 0.8, f"“{words}” is named with the cue")
    name = " ".join(cased(w) if len(w) > 2 and w.isupper() else w for w in name.split())
    return Resolved(Speaker(slug(name) or None, name), 0.8, f"“{words}” is named with the cue")


def _is_abbreviation(name: str, text: str) -> bool:
    """Whether a single word in capitals among small letters is short for a body, "WHO", and no surname that is shouted."""
    if " " in name or not name.isupper() or not 2 < len(name) <= _ABBREVIATED:
        return False
    titled = re.finditer(rf"(?<!\w){re.escape(name.title())}(?!\w)", text)
    return all(_OPENS.search(text, max(0, m.start() - 3), m.start()) for m in titled)  # "Who counts the wrecks?"
