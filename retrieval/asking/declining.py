"""Whether a question is answered at all: what speaks against it, which reason is told, and what is close."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from retrieval import lexicon
from retrieval.asking import refusals
from retrieval.asking.coverage import Keys, Wanted, covered, missing, nearly_covered, wants
from retrieval.asking.mentioned_people import phrase_of
from retrieval.asking.question import Understood, topic_told
from retrieval.asking.question_slots import QuestionWord, tokenize
from retrieval.asking.quoted import Roster
from retrieval.asking.rank import Found, Scored
from retrieval.asking.search import Pool, day_of
from retrieval.asking.topics import subjects
from retrieval.model import Answer, Audience, Document, Question, Quote, Span, Speaker
from retrieval.rules import rule
from retrieval.sentences import sentences
from retrieval.terms import STOP, fold, listed, stem, tokens

if TYPE_CHECKING:
    from retrieval.asking.memory import Memory
    from retrieval.catalog import Catalog


_NEAR_TOPIC, _HALF = 0.5, 0.5  # how near words are that a refusal may point to: in meaning, or in the words asked for
_TOLD_OF, _TOLD_FROM = 12, 400  # quotes, and characters of each, that tell what somebody is quoted on


def declined(judged: Judged, why: str, audience: Audience, catalog: Catalog, shelf: Memory) -> Answer:
    """Why there is no answer in what was judged, and what there is instead; `why` is what decided, with its amount.

    An empty `why`: there was no candidate.
    """
    understood, question, pool = judged.understood, judged.understood.question, judged.pool
    if not judged.ranked and pool.refused and (question.since or question.until or question.publisher):
        held = _held_dates(question, audience, catalog, shelf)
        told = refusals.out_of_range(question, held, understood.role)
        return no(question, "outside_the_period", told, decided=f"{pool.refused} candidates set aside")
    if understood.unknown:
        return no(question, "kind_unknown", refusals.unknown_speaker(understood.unknown, ()), decided=why)
    if not judged.ranked and pool.refused and question.speakers and (understood.capacity or understood.role):
        when = understood.capacity.told if understood.capacity else f"from a time as {understood.role}"
        return no(question, "not_in_that_office", refusals.not_then(question.speakers, when), decided=when)
    if not judged.ranked and question.speakers and (premise := find_premise(question.text)) is not None:
        told = refusals.no_such_time(question.speakers, premise.clause)
        return no(question, "premise_not_told", told, decided=premise.clause)
    told_of = [s.found for s in judged.ranked if question.speakers or is_near(s.found, judged.asked)]
    close = _topics(told_of, audience, shelf) if judged.asked and told_of else ()
    worded = replace(question, topic=topic_told(understood))
    if not question.speakers:
        code = _code("nothing_on_that", "beside_the_point", judged, why)
        return no(question, code, refusals.no_match(worded, close, question.topic), close, decided=why)
    rival = rival_of(judged)
    if rival is not None:
        message = refusals.others_words(rival, worded)
        close = (f"{rival.name}, on {question.topic}",)
        return no(question, "said_by_another", message, close, decided=f"the words of {rival.name} fit")
    code = _code("silent_on_that", "silent_beside", judged, why)
    return no(question, code, refusals.silent(worded, close, shelf.people), close, decided=why)


def _code(below: str, beside: str, judged: Judged, why: str) -> str:
    """Which of two codes: the evidence decided, or a sign that stands above it."""
    if not judged.ranked and not judged.understood.question.speakers:
        return "nothing_found"
    return beside if why in {name for name, _ in BESIDE_THE_POINT} else below


def _topics(found: Sequence[Found], audience: Audience, shelf: Memory) -> tuple[str, ...]:
    """What somebody is quoted on, as far as a few words can tell it."""
    said = [f for f in found if not f.quote.narrated][:_TOLD_OF]
    texts = [" ".join(s.of(f.document.text) for s in f.quote.fragments)[:_TOLD_FROM] for f in said]
    cut = (t.rsplit(" ", 1)[0] if len(t) == _TOLD_FROM else t for t in texts)
    people = shelf.roster(audience)
    return subjects(cut, people.is_person, is_ordinary=people.people.is_ordinary)


def is_near(found: Found, asked: Sequence[Wanted]) -> bool:
    """Whether words of anybody have so much to do with what was asked for that a refusal may point to them."""
    return found.nearness.topic >= _NEAR_TOPIC or (
        found.nearness.topic >= _FAR and covered(asked, found.near.own) >= _HALF
    )


def _held_dates(question: Question, audience: Audience, catalog: Catalog, shelf: Memory) -> str:
    """From when to when somebody is quoted, in a sentence."""
    ids = [s.id for s in question.speakers if s.id]
    days = sorted(
        day
        for quote in catalog.quotes_by(ids, audience)
        if (card := shelf.card(quote.document_id)) and (day := day_of(quote, card))
    )
    if not days:
        return ""
    since, until = question.since or date.min, question.until or date.max
    before = [day for day in days if day < since]
    after = [day for day in days if day > until]
    if before and after:
        return f" The nearest that I hold is from {before[-1].isoformat()} and from {after[0].isoformat()}."
    upto = f" to {days[-1].isoformat()}" if days[0] != days[-1] else ""
    return f" What I hold is from {days[0].isoformat()}{upto}."


def no(question: Question, code: str, message: str, close: tuple[str, ...] = (), decided: str = "") -> Answer:
    """An answer without quotes: by which path (`refusals.CODES`), what decided so, and what is close."""
    found = refusals.CODES[code]
    return Answer(
        question, reason=found.reason, message=message, close=close, code=code, decided=decided or found.decides
    )


# What was judged of one question, and what speaks against answering it at all (pure).

_WHETHER = re.compile(r"^\W*(?:so |and |but )?(?:did|does|do|has|have|had)(?:n[’']?t)?\b", re.IGNORECASE)
_SAYS = listed(
    "say said tell told claim claimed announce announced promise promised mention mentioned confirm confirmed"
)
_FAR = 0.3  # cosine below which nothing is like the topic
_TELLING = 0.5  # the same where they say all that is asked for
_FULLY = 0.95  # share of the words of a question of fact that make up for all else
_FACTS = ((0.5, 0.25), (0.25, 0.4), (0.0, 0.5))  # or shares of its words, and how near the topic has to be then
_YES_OR_NO = ((0.6, 0.3), (0.4, 0.48))  # the same where a yes or no is asked for
_SAYS_SO, _SAYS_SO_HIMSELF = 0.2, 0.4  # share of the words of "Did X say …?" without which nothing is said of it
_HEADS = listed(
    "emphasis focus priority stress goal aim objective point problem solution key task challenge need thing message step"
)
_FILLER = 10  # words of what may be no more than a turn of the conversation
_SPECIFIC = 0.8  # rarity of the words that somebody else must have said for the question to be about theirs


@dataclass(frozen=True, slots=True)
class Judged:
    """The ranked candidates of one question, and how likely the first one answers it."""

    understood: Understood
    asked: tuple[Wanted, ...]
    ranked: tuple[Scored, ...]
    rivals: tuple[Found, ...]
    features: dict[str, float]
    probability: float
    pool: Pool


@rule("answer or not", off=False)
def is_gibberish(judged: Judged, is_word: Callable[[str], bool]) -> bool:
    """Whether what is asked about is no words at all ("asdf qwer")."""
    asked = judged.asked
    return len(asked) > 1 and not any(w.known or w.meant or is_word(w.term.folded) for w in asked)


@rule("answer or not")
def rival_of(judged: Judged) -> Speaker | None:
    """Who else said what was asked for, when that is plain."""
    question = judged.understood.question
    if question.since or question.until or question.publisher:
        return None
    mine = judged.features.get("sentence", 0.0)
    for other in judged.rivals:
        theirs = covered(judged.asked, other.near.sentence)
        specific = sum(w.weight for w in judged.asked) - sum(
            w.weight for w in missing(judged.asked, other.near.sentence)
        )
        if (
            theirs >= 0.75
            and specific >= (_TELLING if theirs == 1 and judged.understood.named_outright else _SPECIFIC)
            and theirs > mine + 0.2
            and other.nearness.topic >= judged.features.get("topic", 0.0) - 0.02
        ):
            return other.quote.speaker
    return None


@rule("answer or not", off=False)
def no_such_year(judged: Judged, _is_word: Callable[[str], bool]) -> bool:
    """Whether a year is asked about that no document knows of: "the election of 2091"."""
    return any(re.fullmatch(r"(?:1[5-9]|2[01])\d\d", w.term.folded) and not w.known for w in judged.asked)


@rule("answer or not", off=False)
def leaves_the_fact_out(judged: Judged, _is_word: Callable[[str], bool]) -> bool:
    """Whether a question of fact, asked of nobody, is told too little by the first candidate: "Who won the world cup?"."""
    question = judged.understood.question
    if question.intent != "passage" or question.speakers or judged.understood.unknown or not judged.asked:
        return False
    has, topic = covered(judged.asked, judged.ranked[0].found.near.sentence), judged.features["topic"]
    enough = _YES_OR_NO if "verdict" in wants(question.text) else _FACTS
    return has < _FULLY and not any(has >= least and topic >= near for least, near in enough)


@rule("answer or not", off=False)
def says_no_such_thing(judged: Judged, _is_word: Callable[[str], bool]) -> bool:
    """Whether "Did X say that …?" meets nothing of what X is asked to have said; a question put to X is not X's words."""
    if not asks_whether(judged) or not judged.asked:
        return False
    first = judged.ranked[0].found
    if first.quote.kind == "turn":
        return nearly_covered(judged.asked, first.near.own) < _SAYS_SO_HIMSELF
    return covered(judged.asked, first.near.sentence) < _SAYS_SO


def says_not_quite(judged: Judged) -> bool:
    """Whether "Did X say that …?" is shown words that are not just that."""
    if not asks_whether(judged):
        return False
    first = judged.ranked[0].found
    return covered(judged.asked, first.near.own if first.quote.kind == "turn" else first.near.sentence) < _FULLY


def asks_whether(judged: Judged) -> bool:
    """Whether a question asks if somebody said something."""
    understood = judged.understood
    return bool(understood.question.speakers) and bool(_WHETHER.match(understood.search)) and understood.verb in _SAYS


def has_to_do(judged: Judged) -> bool:
    """Whether the first candidate has anything of what is asked about, in words or in meaning, so that it may be shown as near."""
    features = judged.features
    around = covered(judged.asked, judged.ranked[0].found.near.around)
    return around > 0 or max(features["topic"], features["near_topic"]) >= _FAR


@rule("order", off=False)
def is_filler(one: Scored, asked: Sequence[Wanted]) -> bool:
    """Whether words only move a conversation along ("Your turn to ask.") and have nothing of the topic."""
    near = one.found.near
    far = one.features["topic"] < _FAR
    turn = one.found.quote.kind == "turn"
    return bool(asked) and turn and far and near.length <= _FILLER and not covered(asked, near.sentence)


# What stands above the evidence: the first candidate is no answer, whatever speaks for it. Each with what the trace says of it.
BESIDE_THE_POINT: tuple[tuple[str, Callable[[Judged, Callable[[str], bool]], bool]], ...] = (
    ("what is asked about is no word of the language", is_gibberish),
    ("no document knows the year that is asked about", no_such_year),
    ("the question of fact is told too little", leaves_the_fact_out),
    ("nothing is said of what somebody is asked to have said", says_no_such_thing),
)


def beside_the_point(judged: Judged, is_word: Callable[[str], bool]) -> str:
    """What makes the first candidate no answer, whatever speaks for it; empty: nothing does."""
    return next((name for name, speaks in BESIDE_THE_POINT if speaks(judged, is_word)), "")


# Who did what to whom: "Who called Darcy proud?", "Who criticised the club?" The words must bear the deed out (pure).

# What may be done to somebody in words, and the words that show that it was done. One line, one kind of deed.
_SENSES = tuple(
    frozenset(map(stem, listed(words)))
    for words in (
        """criticise criticised criticize criticized critical criticism condemn condemned denounce denounced slam slammed blast blasted attack attacked
        rebuke rebuked lash lashed insult insulted scold scolded disparage ridicule ridiculed mock mocked decry decried deplore deplored blame blamed accuse
        accused fault faulted""",
        """praise praised laud lauded hail hailed commend commended applaud applauded salute saluted admire admired compliment tribute welcome welcomed
        congratulate congratulated congratulations appreciate appreciated thank thanked thanks grateful gratitude""",
        "thank thanked thanks grateful gratitude indebted appreciate appreciated appreciation",
        "congratulate congratulated congratulations",
        "invite invited invitation inviting",
        "apologise apologised apologize apologized apology sorry regret",
        "support supported back backed endorse endorsed favour favor defend defended stand",
        "oppose opposed object objected against reject rejected resist block blocked veto vetoed refuse refused",
        "threaten threatened threat warn warned",
        "mock mocked joke joked laugh laughed ridicule ridiculed tease teased",
    )
)
_NAMING = listed("called call calls described describes labelled labeled branded dubbed likened compared termed")
_BESIDE = 300  # characters in which the sentence around a quote is looked for
_TOLD_ENOUGH, _MOSTLY = 3, 0.6  # words that tell a deed by themselves, and the share of them that a sentence must have
_NEAR, _NAMED = 5, 12  # words between a deed and whom it was done to, and between somebody and what they were called
_WHO = re.compile(
    r"^\W*(?:so |and |but )?who(?:\s+(?:else|all|exactly|first|actually|even|has|have|had|was it (?:that|who)))*\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did in words: `senses` show it, `to` is whom or what it was done to, `named` what that was called."""

    senses: frozenset[str]
    to: frozenset[str]
    named: frozenset[str]
    done_to: tuple[Speaker, ...]  # who can therefore not have done it
    told: frozenset[str] = frozenset()  # what else the question tells of it: "of putting rents above lives"


@rule("answer or not")
def find_deed(text: str, roster: Roster, keys: Keys) -> Deed | None:
    """The deed that a question asks for the doer of; None where it asks something else."""
    lead = _WHO.match(text)
    found = tokenize(text[lead.end() :]) if lead else []
    if len(found) < 2 or found[1].low in lexicon.TOPIC_LEADS | {"that", "he", "she", "they", "it", "to"}:
        return None
    verb = found[0].low
    senses = (
        frozenset().union(*(sense for sense in _SENSES if stem(verb) in sense)) if verb not in _NAMING else frozenset()
    )
    if not senses and verb not in _NAMING:
        return None
    end = _object_end(found)
    done_to = found[1:end]
    names = [t for t in done_to if t.low not in STOP]
    if not names or (verb in _NAMING and end == len(found)):
        return None
    match = roster.by_name(phrase_of(names))
    to = keys.of(" ".join(t.text for t in done_to))
    told = keys.of(" ".join(t.text for t in found[end:] if t.low != "as"))
    named = told if verb in _NAMING else frozenset()
    return Deed(senses, to, named, match.speakers if match else (), told) if to and (senses or named) else None


def _object_end(found: Sequence[QuestionWord]) -> int:
    """Where what the verb is done to ends: behind the first name, or behind the first noun and its article."""
    at = 1
    while at < len(found) - 1 and found[at].low in lexicon.ASIDES | {"his", "her", "their", "our", "its"}:
        at += 1
    at += 1
    while at < len(found) and found[at].capital and found[at - 1].capital and not found[at - 1].closes:
        at += 1
    return at


def is_borne_out(deed: Deed, quote: Quote, document: Document, keys: Keys) -> bool:
    """Whether one sentence of a quote, or the sentence it stands in, does to the object what is asked for."""
    text = document.text
    extent = quote.extent
    near = Span(max(0, extent.start - _BESIDE), min(len(text), extent.end + _BESIDE))
    said = [s.of(text) for s in sentences(text, near) if s.start < extent.end and s.end > extent.start]
    said += [quote.lead.of(text)] if quote.lead else []
    if deed.to & keys.of(near.of(text)) and any(_says_it(deed, keys.of(sentence)) for sentence in said):
        return True
    return any(_in_one_breath(deed, tokens(sentence), keys) for sentence in said)


def _says_it(deed: Deed, had: frozenset[str]) -> bool:
    """Whether a sentence is the accusation or the name itself: it has most of what the question tells of it."""
    return len(deed.told) >= _TOLD_ENOUGH and len(deed.told & had) >= _MOSTLY * len(deed.told)


def _in_one_breath(deed: Deed, said: Sequence[str], keys: Keys) -> bool:
    """Whether what was done stands close to whom it was done to."""
    had = [keys.of(word) for word in said]
    to = [i for i, have in enumerate(had) if deed.to & have]
    if deed.named:
        done = [i for i, have in enumerate(had) if deed.named & have]
        return bool(deed.named <= frozenset().union(*had)) and any(abs(i - j) <= _NAMED for i in to for j in done)
    done = [i for i, word in enumerate(said) if stem(fold(word)) in deed.senses]
    return any(0 < j - i <= _NEAR for i in done for j in to)


# What a question takes for granted of its speaker: "when he resigned", "in her inaugural address" (pure).

# What may befall somebody, as a question has it and as a text tells that it did; what only might have is told by other forms.
_EVENTS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(rf"\b(?:{told})\b", re.IGNORECASE))
    for asked, told in (
        (r"resign\w*|quit\w*|step(?:ped|s|ping)?\s+down|stood\s+down|left\s+office", r"resign(?:ed|s|ing|ation)|quits|quitting|quit(?=[.,]|\s+(?:as|his|her|the|over|after|in|on|from|office|[A-Z]))|step(?:ped|s|ping)\s+down|st[oa]nd?(?:s|ing)?\s+down|left\s+office"),
        (r"retir\w+", r"retir(?:ed|es|ing|ement)"),
        (r"drop(?:ped|s|ping)?\s+out|withdrew|withdraw\w*|suspend\w+", r"drop(?:ped|s|ping)\s+out|withdr[ae]w(?:s|ing|al|n)?|suspend(?:ed|s|ing)|(?:end|quit|exit)(?:ed|s|ting|ing)?|bow(?:ed|s|ing)\s+out"),
        (r"lost|defeat(?:ed)?|loss|conced\w+|concession", r"lost|los(?:es|ing|s)|defeat(?:ed|s)?|conced(?:ed|es|ing)|concession|beaten"),
        (r"won|win|victory|triumph\w*", r"won|w[io]n(?:s|ning)|victor(?:y|ious)|triumph(?:ed|s|ant)?|win"),
        (r"accept(?:ed|ing|ance)?|took\s+(?=the\b.*\bnomination)|(?:was|were|being)\s+nominated|nomination", r"accept(?:ed|s|ing|ance)|nominated|nominee"),
        (r"elected|election\s+victory", r"elect(?:ed|ion)|won|victory"),
        (r"sworn\s+in|took\s+office|inaugura\w+", r"sworn|took\s+office|tak(?:es|ing)\s+office|inaugura\w+"),
        (r"impeach\w*", r"impeach(?:ed|ment|ing)"),
        (r"arrest\w*|detained", r"arrest(?:ed|s)?|detained|custody|handcuffed"),
        (r"convict\w+|found\s+guilty|sentenced|jailed|imprisoned|indict\w+", r"convict(?:ed|ion)|guilty|sentenced|jail(?:ed)?|prison|imprisoned|indict(?:ed|ment)|charged"),
        (r"fired|sacked|dismiss(?:ed|al)|ousted", r"fired|sacked|dismiss(?:ed|al)|oust(?:ed|er)|removed"),
        (r"died|death", r"died|dead|death|killed"),
        (r"married|marriage|wedding|divorce\w*", r"marr(?:ied|ies|iage)|wed(?:ding)?|divorce\w*"),
        (r"farewell", r"farewell|goodbye|leaving|depart\w*|last|final|resign\w+"),
        (r"surrender\w*|capitulat\w+", r"surrender(?:ed|s|ing)?|capitulat(?:ed|ion)"),
    )
)  # fmt: skip
_CLAUSE = re.compile(
    r"(?<!\babout )(?<!\bon )\b(?P<lead>when|after|once|upon|the\s+(?:day|moment|night|week|year))\s+(?:that\s+)?(?P<clause>(?:he|she|they)\s+"
    r"(?:(?:was|were|had|has|got|been|have|finally|officially|formally)\s+)*(?P<what>[^,.;:?!]+))",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:in|during|at|after|upon|on|following)\s+(?P<clause>(?:his|her|their)\s+(?P<what>\w+(?:\s+night)?)"
    r"(?:\s+(?:address|speech|remarks|statement|letter|news\s+conference|press\s+conference))?)(?=\W*$|\s+(?:about|on|as)\b)",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\b(?:as|over|in|on|at|for|from|of|to|after|because|with|by|against|out|down)\b")
_NO_OBJECT = re.compile(
    r"^(?:resign|quit|step|stood|left|retir|drop|withdr|suspend|arrest|fired|sacked|married|died)", re.IGNORECASE
)
_NAMES_IT = re.compile(r"^(?:defeat|loss|conced|concession|victor|triumph|beaten)", re.IGNORECASE)
_MAYBE = re.compile(
    r"(?:\b(?:if|should|would|could|never|not|unless|whether|urg\w+|ask\w+|deman\w+|call\w*\s+on|call\w*\s+for|wants?)\b|n[’']t\b)(?:\s+\S+){0,3}\s*$",
    re.IGNORECASE,
)
_BEFORE = 110  # characters in which the subject stands before what befell them
_I = re.compile(r"\bI(?:[’']m|[’']ve|[’']ll)?\b[^.?!]{0,40}$")


@dataclass(frozen=True, slots=True)
class Premise:
    """Something that is to have befallen the speaker: how a text tells it, and what else its sentence has to name."""

    clause: str
    event: str  # the words of it that the document answers
    told: re.Pattern[str]
    done: re.Pattern[str]  # the same as the speaker would say it: "I hereby resign"
    things: str


@rule("answer or not")
def find_premise(text: str) -> Premise | None:
    """What a question takes for granted of whoever it calls "he" or "she"; None where that is nothing that a text would tell."""
    for found in (_CLAUSE.search(text), _SPEECH.search(text)):
        if found is None:
            continue
        for asked, told in _EVENTS:
            if event := asked.match(found["what"]):
                rest = found["what"][event.end() :] if not _NO_OBJECT.match(found["what"]) else ""
                things = _OBJECT.split(rest)[0] if found.re is _CLAUSE else ""
                lead = found["lead"] if found.re is _CLAUSE else found[0].split()[0]
                return Premise(f"{lead.lower()} {found['clause'].strip()}", f"{event[0]} {things}", told, asked, things)
    return None


def is_told(premise: Premise, surnames: Iterable[str], text: str, keys: Keys) -> bool:
    """Whether a text tells that it befell whoever bears one of these surnames."""
    if not premise.told.search(text):
        return False
    names = "|".join(re.escape(name) for name in surnames)
    things = keys.of(premise.things)
    told = [s.of(text) for s in sentences(text, Span(0, len(text)))]
    for i, sentence in enumerate(told):
        whole = f"{told[i - 1]} {sentence}" if i else sentence
        for found in premise.told.finditer(sentence):
            before = sentence[max(0, found.start() - _BEFORE) : found.start()]
            theirs = re.search(rf"\b(?:{names}|he|she|his|her)\b", before, re.IGNORECASE) and re.search(names, whole)
            named = bool(_NAMES_IT.match(found[0])) or things <= keys.of_tokens(tokens(sentence))
            if theirs and named and not _MAYBE.search(before):
                return True
    return False


def is_said(premise: Premise, words: str) -> bool:
    """Whether these words do it: "I hereby resign"."""
    return any(_I.search(words[: found.start()]) for found in premise.done.finditer(words))
