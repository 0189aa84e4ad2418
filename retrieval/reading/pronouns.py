"""Whom "he" or "she" means: the characters that fit, weighed by how much they are in the reader's mind (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from retrieval.lexicon import BODY_NOUNS, is_person_noun
from retrieval.linear import Linear, shares
from retrieval.model import Span
from retrieval.reading.cast import Cast, Character
from retrieval.reading.cue_subjects import sources
from retrieval.reading.name_mentions import Mention
from retrieval.reading.parse import SUBJECTS, Sheet, Word
from retrieval.role_words import FURTHER
from retrieval.spelling import folded

_SENTENCE_END = re.compile(r"[.!?][\"”'’)]*\s+(?=[\"“‘(]*[A-Z0-9])|\n+")
NOTHING_MEANT: Mapping[int, Sequence[Mention]] = MappingProxyType({})
_REACH = 20_000  # characters; whoever was named only before that is out of mind
_REMEMBERED = 60  # mentions
# "Bingley was unmoved. “…,” he said.": the annotated texts have too few rivals in such places to learn it from.
_OWN_TOPIC = 1.5
# Subjects in a capital that the parser takes for adjectives are surnames ("Sharp laughs"), but for these.
_QUANTITIES = frozenset(["many", "several", "most", "other", "others", "few", "such", "same", "much", "more", "both"])
_SPOKEN_OF = frozenset(["topic.own1.far0", "topic.own1.far1", "topic.own1.far2"])
GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


@dataclass(frozen=True)
class Stage:
    """Where sentences end, which words are subjects and which stand in quotations: what salience is counted on."""

    text: str
    ends: tuple[int, ...]
    line_ends: tuple[int, ...]
    subjects: frozenset[int]
    main: frozenset[int]  # subjects of a sentence's own verb
    speaking: frozenset[int]  # words that are said to speak: "Ahab said", in the article's own words
    quoted: tuple[tuple[int, int], ...]
    topics: tuple[Span, ...] = ()  # people and callings that are the subject of a sentence's own verb

    def sentence(self, offset: int) -> int:
        """The number of the sentence an offset lies in."""
        return bisect_left(self.ends, offset + 1)

    def line(self, offset: int) -> int:
        """The number of the line an offset lies in."""
        return bisect_left(self.line_ends, offset + 1)

    def topic(self, offset: int, lines: int = 0) -> Span | None:
        """The person whom the sentences before an offset are about, in its own line or that many lines before."""
        at = bisect_left(self.topics, offset, key=lambda t: t.start) - 1
        line = self.line(offset) - lines
        while at >= 0 and self.line(self.topics[at].start) > line:
            at -= 1
        return self.topics[at] if at >= 0 and self.line(self.topics[at].start) == line else None

    def is_quoted(self, offset: int) -> bool:
        """Whether an offset lies inside quotation marks."""
        at = bisect_left(self.quoted, (offset + 1, 0)) - 1
        return at >= 0 and self.quoted[at][0] <= offset < self.quoted[at][1]


def stage_of(text: str, sheets: Sequence[Sheet], pulled: frozenset[int] = frozenset()) -> Stage:
    """The stage of a document; of a pull quote all is as if it stood in quotation marks."""
    every, sheets = sheets, [s for s in sheets if s.number not in pulled]
    subjects = frozenset(w.start for sheet in sheets for w in sheet.words if w.region < 0 and _subject_like(sheet, w))
    main = frozenset(
        w.start
        for sheet in sheets
        for w in sheet.words
        if w.region < 0 and _subject_like(sheet, w) and _is_own_verb(sheet, _top(sheet, w).head)
    )
    speaking = frozenset(
        sheet.words[s.head].start
        for sheet in sheets
        for s in sources(sheet)
        if s.strength in ("strong", "medium", "according")
    )
    quoted = tuple(
        pair
        for sheet in every
        for pair in (
            [(sheet.span.start, sheet.span.end)]
            if sheet.number in pulled
            else [(r.inner.start, r.inner.end) for r in sheet.regions]
        )
    )
    ends = _ends(text, quoted)
    lines = tuple(m.end() for m in re.finditer(r"\n+", text))
    topics = [t for sheet in sheets for i, w in enumerate(sheet.words) if w.start in main and (t := _topic(sheet, i))]
    return Stage(text, ends, lines, subjects, main, speaking, quoted, tuple(sorted(topics)))


def _is_own_verb(sheet: Sheet, verb: int) -> bool:
    """Whether a verb is its sentence's own: its root, or what stands before the colon of "Bingley was unmoved: “…,” he said"."""
    if sheet.words[verb].dep == "ROOT":
        return True
    if sheet.words[verb].dep != "ccomp" or sheet.words[sheet.words[verb].head].dep != "ROOT":
        return False
    behind = (w for w in sheet.words[verb + 1 :] if w.text in (":", ".") or w.region >= 0)
    return next((w.text for w in behind), "") == ":"


def _ends(text: str, quoted: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Where the text's own sentences end; those that somebody speaks take no one out of mind."""
    found, at = [], 0
    for match in _SENTENCE_END.finditer(text):
        while at < len(quoted) and quoted[at][1] <= match.start() + 1:
            at += 1
        if at == len(quoted) or match.start() < quoted[at][0]:
            found.append(match.end())
    return tuple(found)


def _topic(sheet: Sheet, i: int) -> Span | None:
    """The one person that a subject names, with the name that stands behind a calling: "The captain, Smollett,"."""
    word = sheet.words[i]
    if word.dep == "conj" or any(sheet.words[c].dep == "conj" for c in sheet.children[i]):
        return None
    end = i + 1
    if word.tag == "NN":
        end += end < len(sheet.words) and sheet.words[end].text == ","
        first = end
        while end < len(sheet.words) and sheet.words[end].tag == "NNP" and sheet.words[end].region < 0:
            end += 1
        if end == first and not (is_person_noun(word.lower) or word.lower in FURTHER):
            return None
        end = end if end > first else i + 1
    elif word.tag != "NNP" and not (word.tag == "JJ" and word.text.istitle() and word.lower not in _QUANTITIES):
        return None
    return Span(word.start, sheet.words[end - 1].end)


def _subject_like(sheet: Sheet, word: Word) -> bool:
    """Whether a word is a subject, joined to one by "and", or a name that the parser took for part of its verb."""
    return _top(sheet, word).dep in SUBJECTS or _is_before_mistaken_verb(sheet, word)


def _is_before_mistaken_verb(sheet: Sheet, word: Word) -> bool:
    """Of "Slope bristles at the price" Slope, where "Slope bristles" was taken for a noun."""
    if word.dep not in ("compound", "amod") or not word.text.istitle() or word.region >= 0:
        return False
    verb = sheet.words[word.head]
    first = all(w.sentence != word.sentence for w in sheet.words if w.start < word.start)
    told = verb.dep == "ROOT" and verb.tag in ("NNS", "VBZ", "VBD") and verb.text.islower() and verb.region < 0
    return first and told and 0 < verb.start - word.end <= 1


def _top(sheet: Sheet, word: Word) -> Word:
    for _ in range(3):
        if word.dep != "conj" or not word.tag.startswith("NN"):
            break
        word = sheet.words[word.head]
    return word


@dataclass(frozen=True, slots=True)
class Weighed:
    """A character that a pronoun may mean, with its probability."""

    character: Character
    probability: float
    features: dict[str, float]


def weigh(
    pronoun: str,
    at: int,
    cast: Cast,
    stage: Stage,
    floor: int | None,
    model: Linear,
    meant: Mapping[int, Sequence[Mention]] = NOTHING_MEANT,
    barred: frozenset[int] = frozenset(),
) -> tuple[Weighed, ...]:
    """The characters that a pronoun at offset `at` may mean, likeliest first.

    `floor` is who spoke last, `meant` where earlier pronouns were taken for whom, `barred` whom it cannot mean.
    """
    gender = GENDER.get(pronoun)
    found = []
    for number in sorted((cast.near(at, _REACH) | meant.keys()) - barred):
        character = cast.characters[number]
        if not may_be_person(character, stage) or (gender and character.gender and character.gender != gender):
            continue
        known = character.mentions
        before = list(known[max(0, (end := bisect_left(known, at, key=lambda m: m.end)) - _REMEMBERED) : end])
        before.extend(m for m in meant.get(number, ())[-_REMEMBERED:] if m.end <= at)
        before.sort(key=lambda m: m.start)
        if before:
            found.append((character, salience(character, before, at, stage, floor)))
    probabilities = shares([model.total(f) + (_OWN_TOPIC if f.keys() & _SPOKEN_OF else 0.0) for _, f in found])
    weighed = [Weighed(c, p, f) for (c, f), p in zip(found, probabilities, strict=True)]
    return tuple(sorted(weighed, key=lambda w: -w.probability))


def may_be_person(character: Character, stage: Stage) -> bool:
    """A person, or a single name of which the name finder is unsure although it speaks like one."""
    if " " in character.name or character.unnamed:
        return character.person
    if all(stage.text[m.end : m.end + 2] in ("'s", "’s") for m in character.mentions):
        return False  # "Cox" of "Cox's Bazar"
    labels = [m.label for m in character.mentions if m.label != "NOUN"]
    if character.gender or (character.person and labels.count("PERSON") * 3 > len(labels) * 2):
        return True
    told = character.person or "PERSON" in labels or set(labels) == {"ORG"}
    if (
        not told
        or character.name.isupper()
        or folded(character.name) in BODY_NOUNS
        or (character.known and not character.person)
    ):
        return False
    return any(m.start in stage.speaking for m in character.mentions)


def salience(
    character: Character, before: Sequence[Mention], at: int, stage: Stage, floor: int | None
) -> dict[str, float]:
    """The features of one character as the meaning of a pronoun at `at`."""
    spoken = [m for m in before if not stage.is_quoted(m.start)] or list(before)
    last = spoken[-1]
    sentences = stage.sentence(at) - stage.sentence(last.start)
    lines = stage.line(at) - stage.line(last.start)
    subject = _is_one_of(last, stage.subjects)
    recent = sum(1 for m in spoken if stage.line(at) - stage.line(m.start) <= 2)
    as_subject = _since(spoken, stage.subjects, at, stage)
    as_speaker = _since(spoken, stage.speaking, at, stage)
    has_floor = character.number == floor
    new = stage.sentence(at) - stage.sentence(before[0].start)
    told = " " in character.name and stage.text[last.end : last.end + 1] == ","  # "…, says Pip Gargery, a smith."
    return {
        f"sentences{min(5, sentences)}": 1.0,
        f"lines{min(4, lines)}": 1.0,
        f"subject{int(subject)}.sentences{min(3, sentences)}": 1.0,
        f"as_subject{min(6, as_subject)}": 1.0,
        f"as_main{min(6, _since(spoken, stage.main, at, stage))}": 1.0,
        f"as_speaker{min(6, as_speaker)}": 1.0,
        f"floor{int(has_floor)}.lines{min(3, lines)}": 1.0,
        f"floor{int(has_floor)}": 1.0,
        f"recent{min(4, recent)}": 1.0,
        **_topical(before, at, stage),
        f"new{min(4, new)}": 1.0,
        f"new{min(4, new)}.told{int(told)}": 1.0,
        "often": min(10.0, float(len(spoken))) / 10,
        "share": len(spoken) / max(1, len(stage.ends)),
        "gender_known": float(character.gender is not None),
        "person": float(character.person),
        "possessive": float(stage.text[last.end : last.end + 2] in ("'s", "’s")),
        f"possessive.sentences{min(3, sentences)}": float(stage.text[last.end : last.end + 2] in ("'s", "’s")),
        "unnamed": float(character.unnamed),
        "full": float(len(character.name.split()) > 1),
        "quoted_only": float(all(stage.is_quoted(m.start) for m in before)),
    }


def _topical(before: Sequence[Mention], at: int, stage: Stage) -> dict[str, float]:
    """Whether the sentences right before a pronoun are about this character, about another one, or about nobody."""
    for lines, place in ((0, "own"), (1, "before")):
        topic = stage.topic(at, lines)
        if topic is not None:
            mine = int(any(m.start < topic.end and topic.start < m.end for m in before[-12:]))
            far = min(3, stage.sentence(at) - stage.sentence(topic.start))
            return {f"topic.{place}{mine}": 1.0, f"topic.{place}{mine}.far{far}": 1.0}
    return {}


def _since(mentions: Sequence[Mention], places: frozenset[int], at: int, stage: Stage) -> int:
    """How many sentences ago one of the mentions stood in one of the places; 99 for never."""
    return next((stage.sentence(at) - stage.sentence(m.start) for m in reversed(mentions) if _is_one_of(m, places)), 99)


def _is_one_of(mention: Mention, places: frozenset[int]) -> bool:
    return any(i in places for i in range(mention.start, mention.end))
