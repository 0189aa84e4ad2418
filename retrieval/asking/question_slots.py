"""Where in a question its speaker stands: the grammatical places, and the stretch of words in each (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval import lexicon
from retrieval.model import Span
from retrieval.terms import fold, listed

Place = Literal["subject", "saying", "according", "before_verb", "opening", "front", "by", "owner", "end"]

_TOKEN = re.compile(r"[^\W_]+(?:[.’‘'\-](?=[^\W_])[^\W_]+)*\.?(?:[’'](?=\s|$))?")
_STOPS = re.compile(r"[?!;:,()\[\]“”\"—–]|\.\s")
_ENDS = re.compile(r"[?!]|\.\s")
_ABBREVIATED = listed("dr mr mrs ms prof gen sen rep reps sens gov lt col sgt capt adm rev hon st jr sr no vs")
_WITH_BASE = listed("did does do didnt doesnt") | lexicon.MODALS  # what stands before a verb's base form
_LONGEST = 9  # words a speaker's name or description may have
_VIEWS = listed(
    "view views opinion words eyes estimate judgment judgement account mind telling phrase assessment terms book reading"
)
_SAYS = listed(
    "says said say asks asked argues argued thinks thought joked warned claims claimed wrote writes told insists insisted"
)
# Words for doing that also stand before an office, and the offices: "press secretary", "campaign chairman".
_NOUNS_TOO = listed(
    "press campaign state vote call report address judge plan support share attack talk post lead board"
)
_OFFICERS = listed(
    """secretary chief chairman chairwoman chair director manager spokesman spokeswoman spokesperson senator representative lawmaker
    governor leader officer official adviser advisor aide host strategist analyst"""
)
_STRENGTH: dict[Place, int] = {
    "according": 7, "subject": 6, "saying": 5, "before_verb": 4, "opening": 3, "front": 2, "owner": 2, "by": 1, "end": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """One word of a question, with what its comparing needs."""

    text: str
    low: str
    span: Span
    closes: bool  # a mark that ends a phrase follows
    ends: bool = False  # the mark ends a sentence

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def owns(self) -> bool:
        return bool(re.search(r"[’'‘]s$|s[’'‘]$", self.text))


@dataclass(frozen=True, slots=True)
class Slot:
    """Words `[first, last)` of the question that stand where a speaker is named; `verb` is what the speaker does."""

    place: Place
    first: int
    last: int
    verb: str | None = None

    @property
    def strength(self) -> int:
        return _STRENGTH[self.place]

    @property
    def firm(self) -> bool:
        """Whether whatever stands here is asked about as a speaker, known or not."""
        return self.strength >= _STRENGTH["before_verb"]


def tokenize(text: str) -> list[QuestionWord]:
    """The words of a question."""
    found = []
    matches = list(_TOKEN.finditer(text))
    for i, match in enumerate(matches):
        word = match[0].rstrip(".") if not re.search(r"\w\.\w\.$", match[0]) and match[0].count(".") < 2 else match[0]
        upto = matches[i + 1].start() if i + 1 < len(matches) else len(text)
        between = text[match.start() + len(word) : upto] + " "
        low = re.sub(r"(?<=s)s$", "s", fold(re.sub(r"[’'‘]s$|(?<=s)[’'‘]$", "", word)).replace(".", ""))
        if between.startswith(".") and (low in _ABBREVIATED or (len(low) == 1 and word.isupper())):
            between = between[1:]  # "Dr. Livesey" and "J. Silver" end no sentence
        span = Span(match.start(), match.start() + len(word))
        found.append(QuestionWord(word, low, span, bool(_STOPS.search(between)), bool(_ENDS.search(between))))
    return found


def slots(tokens: Sequence[QuestionWord]) -> list[Slot]:
    """The places where the question may name its speaker, the firmest first; each at most once."""
    found: dict[tuple[int, int], Slot] = {}
    for finder in (_according, _subjects, _sayings, _before_verbs, _owners, _by, _front):
        for slot in finder(tokens):
            if slot.first < slot.last:
                found.setdefault((slot.first, slot.last), slot)
    opening = next((slot for slot in found.values() if slot.place == "opening"), None)
    behind = [slot for slot in found.values() if opening and slot.place == "before_verb" and slot.first > opening.last]
    ranked = sorted(found.values(), key=lambda slot: (-slot.strength, _only_leads_up(tokens, slot)))
    if opening is None or not behind:
        return ranked
    rest = [slot for slot in ranked if slot is not opening]  # "Darcy on whether Bingley said so" asks Darcy
    at = min(rest.index(slot) for slot in behind)
    return [*rest[:at], opening, *rest[at:]]


def _only_leads_up(tokens: Sequence[QuestionWord], slot: Slot) -> bool:
    """Whether a sentence of the question asks for nobody's words while a later one does: "Was Darcy late? What did Fogg say?"."""
    ends = next((i for i in range(slot.last - 1, len(tokens)) if tokens[i].ends), len(tokens))
    return slot.place == "subject" and slot.verb not in lexicon.SPEECH and ends + 1 < len(tokens)


def _subjects(tokens: Sequence[QuestionWord]) -> Iterator[Slot]:
    """ "what did X say", "has X said", "how does X describe"; also "was X asked", "what would X say"."""
    for i, token in enumerate(tokens[:-1]):
        asks = token.low in lexicon.AUXILIARIES or token.low in lexicon.MODALS
        if not asks or (token.closes and token.low != "did"):
            continue
        if i and tokens[i - 1].low in {"who", "to"} and token.low not in {"did", "does", "do"}:
            continue
        first = _skip(tokens, i + 1, lexicon.ASIDES)
        last, verb = _until_verb(tokens, first, base=token.low in _WITH_BASE)
        if verb in lexicon.MOVES and last + 1 < len(tokens) and tokens[last + 1].capital:
            yield Slot("subject", last + 1, _phrase_end(tokens, last + 1), verb)  # "How did the sea strike Fogg?"
        if verb is not None or _name_like(tokens, first):
            yield Slot("subject", first, last, verb)
    if len(tokens) > 2 and tokens[0].low in {"what", "whats"} and tokens[1].low in lexicon.MOVES:
        first = _skip(tokens, 2, lexicon.ASIDES)  # "What troubles Fogg about …", "What made Fogg travel?"
        last, verb = _until_verb(tokens, first)
        last = min(last, _phrase_end(tokens, first))  # "What worried the captain when he saw it?"
        if _name_like(tokens, first):
            yield Slot("subject", first, last, verb or tokens[1].low)
    for i, token in enumerate(tokens[:-1]):
        if token.low in lexicon.COPULAS and (i == 0 or tokens[i - 1].low in lexicon.QUESTION_WORDS):
            first = _skip(tokens, i + 1, lexicon.ASIDES)
            last, verb = _until_verb(tokens, first)
            if verb is not None and (verb.endswith(("ing", "ed")) or verb in lexicon.PARTICIPLES) and last - first <= 5:
                yield Slot("subject", first, last, verb)


def _sayings(tokens: Sequence[QuestionWord]) -> Iterator[Slot]:
    """ "X's view on", "the reaction of X", "NATO chief's latest on"."""
    for i, token in enumerate(tokens):
        if token.low not in lexicon.SAYINGS:
            continue
        for back in range(i - 1, max(i - 5, -1), -1):
            if tokens[back].owns or (back == i - 1 and tokens[back].low.endswith("s") and tokens[back].capital):
                start = _phrase_start(tokens, back)
                theirs = any(t.low in lexicon.DESCRIBED | lexicon.PERSONS for t in tokens[back + 1 : i])
                last = i if theirs else back + 1  # "Meryton's police chief's view" is not Meryton's
                yield Slot("by" if _is_topic(tokens, start) else "saying", start, last)
                break
            if tokens[back].closes or tokens[back].low in lexicon.ABOUT:
                break
        if i + 2 <= len(tokens) - 1 and tokens[i + 1].low in {"of", "from", "by"} and not token.closes:
            first = _skip(tokens, i + 2, lexicon.ASIDES)
            yield Slot("saying" if tokens[i + 1].low != "of" else "by", first, _phrase_end(tokens, first))


def _is_topic(tokens: Sequence[QuestionWord], start: int) -> bool:
    """Whether what stands here is what somebody else speaks about: "Darcy on Bingley's letter"."""
    asks = tokens[0].low in lexicon.QUESTION_WORDS | lexicon.AUXILIARIES | lexicon.COPULAS | lexicon.MODALS
    names = tokens[0].capital or not any(t.capital for t in tokens)
    return not asks and names and 0 < start <= 5 and tokens[start - 1].low in lexicon.TOPIC_LEADS


def _according(tokens: Sequence[QuestionWord]) -> Iterator[Slot]:
    """ "according to X", "in X's words", "as X put it", "in the words of X"."""
    for i, token in enumerate(tokens[:-1]):
        if token.low in {"according", "acording", "accordng"} and i + 2 < len(tokens):
            first = _skip(tokens, i + 2, lexicon.ASIDES)
            yield Slot("according", first, _phrase_end(tokens, first))
        if token.low == "in" and not token.closes:  # "in the eyes of X" ends up in the sayings
            for at in range(i + 1, min(i + 7, len(tokens) - 1)):
                if tokens[at].owns and tokens[at + 1].low in _VIEWS:
                    yield Slot("according", _skip(tokens, i + 1, lexicon.ASIDES), at + 1)
                if tokens[at].closes:
                    break
        if (
            token.low in lexicon.SPEECH - lexicon.SPEECH_BASE | _SAYS
            and (tokens[i - 1].closes if i else False)
            and tokens[i + 1].low not in lexicon.NOT_NAMES - {"the"}
        ):
            first = _skip(tokens, i + 1, lexicon.ASIDES)
            yield Slot("according", first, _phrase_end(tokens, first))
        if token.low in {"as", "per"} and (i == 0 or tokens[i - 1].closes or token.low == "per"):
            first = _skip(tokens, i + 1, lexicon.ASIDES)
            last, verb = _until_verb(tokens, first)
            if token.low == "per":
                yield Slot("according", first, _phrase_end(tokens, first))
            elif verb in lexicon.SPEECH or verb in {"put", "saw", "sees", "like", "likes", "liked"}:
                yield Slot("according", first, last)
        yield from _viewed(tokens, i)


def _viewed(tokens: Sequence[QuestionWord], i: int) -> Iterator[Slot]:
    """ "as far as X is concerned", "going by X's post", "if you ask X", and ", for X?" at the end."""
    low = [token.low for token in tokens[i : i + 4]]
    first = 0
    if low[:3] == ["as", "far", "as"]:
        first = _skip(tokens, i + 3, lexicon.ASIDES)
        ends = [
            at for at in range(first, min(first + 5, len(tokens))) if tokens[at].owns or tokens[at].low in {"is", "was"}
        ]
        if ends:
            yield Slot("according", first, ends[0] + tokens[ends[0]].owns)
    elif low[:2] in (["going", "by"], ["judging", "by"], ["judging", "from"], ["thanks", "to"]) and low[0] != "thanks":
        first = i + 2
    elif low[:3] == ["if", "you", "ask"] or low[:2] == ["to", "hear"]:
        first = i + (3 if low[0] == "if" else 2)
    elif low[:1] == ["for"] and i and tokens[i - 1].closes:
        first = i + 1
        if _phrase_end(tokens, _skip(tokens, first, lexicon.ASIDES)) != len(tokens):
            return
    if first and low[:3] != ["as", "far", "as"] and first < len(tokens):
        first = _skip(tokens, first, lexicon.ASIDES)
        yield Slot("according", first, _phrase_end(tokens, first))


def _before_verbs(tokens: Sequence[QuestionWord]) -> Iterator[Slot]:
    """ "X said", "tell me what X thinks": the words right before a verb of speech."""
    for i, token in enumerate(tokens):
        finite = token.low in lexicon.SPEECH and token.low not in lexicon.SPEECH_BASE and not token.low.endswith("ing")
        if (
            not (finite or token.low in {"think", "thinks", "thought", "wants", "wanted", "believes"})
            or i == 0
            or tokens[i - 1].closes
        ):
            continue
        first = _phrase_start(tokens, i - 1)
        words = [t.low for t in tokens[first:i]]
        if words and not set(words) & (lexicon.QUESTION_WORDS | lexicon.AUXILIARIES | lexicon.COPULAS | lexicon.MODALS):
            # "…, Biden joked?" at the end of a sentence says as much as "according to Biden"
            aside = first > 0 and tokens[first - 1].closes and token.low in lexicon.SPEECH
            place: Place = "according" if aside else "before_verb"
            yield Slot(place, _skip(tokens, first, lexicon.ASIDES), i, token.low)


def _owners(tokens: Sequence[QuestionWord]) -> Iterator[Slot]:
    """ "what's X's worry about", "what was X's forecast for"."""
    if len(tokens) < 3 or tokens[0].low not in {"what", "whats", "how", "where", "why"}:
        return
    start = 1 if tokens[0].owns or tokens[0].low == "whats" else 2 if tokens[1].low in lexicon.COPULAS else 0
    start = _skip(tokens, start, lexicon.ASIDES)
    for at in range(start, min(start + 4, len(tokens))) if start else ():
        if tokens[at].owns:
            yield Slot("owner", start, at + 1)
            return
        if not tokens[at].capital or tokens[at].closes:
            return


def _by(tokens: Sequence[QuestionWord]) -> Iterator[Slot]:
    """ "by X", "from X": somewhere in the question."""
    for i, token in enumerate(tokens[:-1]):
        if token.low in {"by", "from"} and not token.closes:
            first = _skip(tokens, i + 1, lexicon.ASIDES)
            yield Slot("by", first, _phrase_end(tokens, first))


def _front(tokens: Sequence[QuestionWord]) -> Iterator[Slot]:
    """ "X on Y", "X: Y", "X Y Z" and "Y, X?": the first words or the last ones."""
    if not tokens or tokens[0].low in lexicon.QUESTION_WORDS | lexicon.AUXILIARIES | lexicon.COPULAS | lexicon.MODALS:
        return
    first = _skip(tokens, 0, lexicon.ASIDES)
    last = _phrase_end(tokens, first)
    opens = last < len(tokens) and tokens[last].low in lexicon.TOPIC_LEADS
    yield Slot("opening" if opens else "front", first, last)
    for i in range(len(tokens) - 1, 0, -1):
        if tokens[i - 1].closes:
            yield Slot("end", i, len(tokens))
            break


def _skip(tokens: Sequence[QuestionWord], at: int, words: frozenset[str]) -> int:
    while (
        at < len(tokens) - 1 and tokens[at].low in words and not (tokens[at].capital and at and tokens[at].low != "the")
    ):
        at += 1
    return at


def _until_verb(tokens: Sequence[QuestionWord], first: int, *, base: bool = False) -> tuple[int, str | None]:
    """The end of the noun phrase that begins at `first`, and the verb that ends it, in its `base` form behind "did"."""
    verbs = lexicon.VERBS_BASE if base else lexicon.VERBS
    aside = False
    for i in range(first, min(first + _LONGEST, len(tokens))):
        token = tokens[i]
        verb = token.low in verbs and not token.owns and not (token.capital and not all_capital(tokens))
        if verb and i > first and not _is_attribute(tokens, i, first):
            return i, token.low
        if token.low in lexicon.TOPIC_LEADS and i > first and not (base and _inside_a_name(tokens, i)):
            return (i, None) if not base else _first_plain(tokens, first, i)
        if token.closes:
            behind = tokens[i + 1] if i + 1 < len(tokens) else token
            if aside and behind.low in verbs and not behind.capital:
                return i + 1, behind.low  # "that voter, Fogg, want …"
            if aside or not _opens_aside(tokens, i, first):
                return _first_plain(tokens, first, i + 1) if base and not aside else (i + 1, None)
            aside = True
    last = min(first + _LONGEST, len(tokens))
    return _first_plain(tokens, first, last) if base else (last, None)


def _inside_a_name(tokens: Sequence[QuestionWord], at: int) -> bool:
    """Whether a small word joins the parts of a name: the "on" of "the head of Dinners on Wheels say"."""
    ends = next((i for i in range(at + 1, min(at + _LONGEST, len(tokens))) if not tokens[i].capital), at)
    return tokens[at - 1].capital and ends > at + 1 and tokens[ends].low in lexicon.VERBS_BASE


def _opens_aside(tokens: Sequence[QuestionWord], at: int, first: int) -> bool:
    """Whether the mark behind a word opens what the name is: "Aronnax, the Paris naturalist, still think"."""
    behind = tokens[at + 1 : at + 8]
    if at - first > 5 or not behind:
        return False
    described = behind[0].low in {"the", "a", "an"} or (behind[0].capital and not tokens[at].capital)
    return described and any(token.closes for token in behind[:-1])


def _first_plain(tokens: Sequence[QuestionWord], first: int, last: int) -> tuple[int, str | None]:
    """Where a name ends that no known verb follows: at the first small word behind it, which then is the verb."""
    at = first
    while at < last and (tokens[at].capital or tokens[at].low in lexicon.PARTICLES):
        at += 1
    ends = first < at < last and not tokens[at - 1].owns and not all_capital(tokens)
    if ends and tokens[at].low in {"have", "be", "do", "get"}:
        return at, tokens[at].low
    small = ends and tokens[at].text.isalpha() and tokens[at].low not in lexicon.NOT_NAMES | lexicon.TOPIC_LEADS
    if small and tokens[at].low not in lexicon.PERSONS | lexicon.DESCRIBED | lexicon.ABOUT | {"and", "or", "not"}:
        return at, tokens[at].low
    return last, None


def _is_attribute(tokens: Sequence[QuestionWord], at: int, first: int) -> bool:
    """Whether a verb-like word belongs to the noun after it ("the leading diplomat", "the press secretary")."""
    if tokens[at - 1].low == "of" and tokens[at].low in _NOUNS_TOO:
        return True  # "the secretary of state"
    if tokens[at].low in _NOUNS_TOO and at + 1 < len(tokens) and tokens[at + 1].low in _OFFICERS:
        return True
    return (
        at - first <= 2
        and tokens[at].low.endswith(("ing", "ed"))
        and at + 1 < len(tokens)
        and tokens[at + 1].low in lexicon.DESCRIBED
    )


def all_capital(tokens: Sequence[QuestionWord]) -> bool:
    """Whether a question is written in capitals, so that they tell no names."""
    return all(token.text.isupper() or not token.text.isalpha() for token in tokens)


def _name_like(tokens: Sequence[QuestionWord], first: int) -> bool:
    return first < len(tokens) and (tokens[first].capital or tokens[first].low in lexicon.DESCRIBED)


def _phrase_start(tokens: Sequence[QuestionWord], last: int) -> int:
    """The first word of the noun phrase that ends with the word at `last`."""
    start = last
    while start > 0 and last - start < _LONGEST:
        before = tokens[start - 1]
        if before.closes or before.low in lexicon.NOT_NAMES | lexicon.TOPIC_LEADS | {
            "that",
            "me",
            "us",
            "and",
            "or",
            "in",
            "as",
        }:
            break
        if before.low in lexicon.VERBS and not before.capital and before.low not in lexicon.DESCRIBED:
            break
        start -= 1
    return start


def _phrase_end(tokens: Sequence[QuestionWord], first: int) -> int:
    """The end of the noun phrase that begins at `first`."""
    for i in range(first, min(first + _LONGEST, len(tokens))):
        if i > first and tokens[i].low in lexicon.TOPIC_LEADS | {"when", "what", "that", "why", "how", "who"}:
            return i
        if tokens[i].closes:
            return i + 1
    return min(first + _LONGEST, len(tokens))
