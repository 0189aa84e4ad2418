"""Words -> Question: who is asked about, on what, when, and whether it is a question for this bot at all (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from retrieval import grammar
from retrieval.dates import Period, find_period
from retrieval.model import Intent, Order, Question, Reason, Span, Speaker
from retrieval.roster import How, Match, Roster
from retrieval.slots import Slot, Token, slots, tokenize
from retrieval.small_talk import small_talk
from retrieval.terms import fold, listed, terms, tokens, words

Asked = Literal["nobody", "name", "fuzzy", "role", "body", "described"]

_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{3,}?)[”\"“»]|(?<!\w)[‘']([^‘’']{8,}?)[’'](?!\w)")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LONGEST = 2000  # characters of a question that are read
_LATEST = re.compile(r"\b(latest|most recent(?:ly)?|newest|last (?:say|said|thing)|lately|these days)\b", re.IGNORECASE)
_WHO_SAID = re.compile(
    r"^\W*(?:so |and |but )?(?:who(?:\s+(?:was it (?:that|who)|has|have|had|is|was|else|all|exactly|first|actually|even))*\s+(?P<verb>[\w’']+)|"
    r"whose (?:words|quote|line|statement)|which (?:\w+ ){1,3}?(?P<verb2>said|says|told|called|warned|described|talked|spoke|mentioned))\b",
    re.IGNORECASE,
)
# What a country does when the question asks for its words; it may "need" or "have" something without saying so.
_SPEAKS = grammar.SPEECH | listed(
    "think want believe see view hope expect feel demand ask support oppose plan give offer refuse back"
)
_LEADING = re.compile(
    r"^(?:\W|\b(?:so|and|but|please|tell|show|give|find|get|me|us|what|whats|which|who|whom|how|why|when|where|did|does|do|has|have|had|is|was|were|"
    r"are|say|said|says|saying|tell|told|think|thinks|comment|commented|talk|talked|speak|spoke|mention|mentioned|about|on|regarding|concerning|"
    r"that|of|to|quotes?|by|from|anything|something|latest|the latest)\b)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\W|\b(?:according to|in|as|per|by|from|says|said|view|words|opinion|put it|puts it|tells it)\b)+$",
    re.IGNORECASE,
)
_NO_NAMES = listed(
    "news info information update updates discussion debate everything anything something material more other people"
)
_FOLLOW_UP = re.compile(
    r"^\W*(?:and|also|ok(?:ay)?,?|but|or|so|same(?: question)? (?:for|about)|what about|how about|and what about|and how about|"
    r"what else|anything else|more)\b",
    re.IGNORECASE,
)
_AND = r"^\W*(?:(?:and|but|or|so|then|ok(?:ay)?)\b\W*)*"
_FOLLOWER = re.compile(
    _AND
    + r"(?P<about>(?:what|how)\s+about\b|(?:about|on|regarding|concerning)\b|(?:the\s+)?same(?:\s+question)?\s+(?:for|about)\b)?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"\b(?:according to|as reported (?:by|in)|reported (?:by|in)|published (?:by|in)|in|from|per|via|carried by)\s+(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"^\W*(?:so |and )?(?:when|where|how (?:many|much|long|far|old|big|often)|which|who|what|why|how|is|are|was|were|did|does|do)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood, and what the answer needs beyond it."""

    question: Question
    asked: Asked = "nobody"
    role: str = ""  # the office asked about, as written ("the NATO chief"), for judging who held it when
    unknown: str = ""  # what stands where a speaker is named and is nobody's name
    shared: bool = False  # the speakers are namesakes: one of them is meant
    doubt: str = ""  # words that open a question like a name ("harry styles on …") and are nobody's
    firm: bool = True  # the question's grammar says that the speaker is its subject
    guess: bool = False  # the speaker's name is far from how it was written
    typed: str = ""  # the speaker as the question has it
    refusal: Reason | None = None
    message: str = ""
    quoted: str = ""  # words in quotation marks
    month_day: tuple[int, int | None] | None = None
    verb: str = ""
    search: str = ""  # the question without its period and publisher, for the vectors
    clause: str = ""  # what is asked, in its own order of words, without speaker and asking: the topic's vector
    named_outright: str = ""  # what stands behind "about" or "on"


def understand(
    text: str,
    roster: Roster,
    *,
    publishers: Iterable[str] = (),
    before: Question | None = None,
    today: date | None = None,
) -> Understood:
    """What the words ask for. `before` lends what a follow-up leaves out; `today` anchors "last week"."""
    plain = _SURROGATES.sub("\ufffd", " ".join(text.split()))[:_LONGEST]
    refusal = small_talk(plain)
    if refusal is not None:
        return Understood(Question(plain, "none"), refusal=refusal.reason, message=refusal.message)
    period = find_period(plain, today or date.today())  # noqa: DTZ011
    quoted = _quoted(plain)
    kept = _without(plain, period.span if period and period.bounded else None)
    publisher, span = _publisher(kept, publishers, roster)
    kept = _without(kept, span)
    who = _follower(kept, roster) if before is not None else None
    who = who or _speaker(_blanked(kept, quoted), roster, who_said=_who_said(kept))
    topic = _topic(kept, who)
    order: Order = "latest" if _LATEST.search(kept) else "relevance"
    question = Question(
        text=plain,
        intent=_intent(kept, who, quoted),
        speakers=who.speakers,
        topic=topic,
        since=period.since if period else None,
        until=period.until if period else None,
        publisher=publisher,
        order=order,
    )
    understood = Understood(
        question,
        asked=who.asked,
        role=who.role,
        unknown=who.unknown,
        shared=who.shared,
        doubt=who.doubt,
        firm=who.firm,
        guess=who.guess,
        typed=" ".join(kept[span.start : span.end] for span in who.spans),
        quoted=quoted,
        month_day=period.month_day if period and not period.bounded else None,
        verb=who.verb,
        search=kept,
        clause=_clause(kept, who),
        named_outright=_outright(kept, who),
    )
    return _inherit(understood, before, period) if before is not None else understood


def _follower(text: str, roster: Roster) -> _Who | None:
    """Whom a follow-up like "and about Darcy?" names; nobody when it names a topic; None when it is no such follow-up."""
    found = _FOLLOWER.match(text)
    if found is None or (not found["about"] and found.start("rest") == 0):
        return None
    part = tokenize(found["rest"])
    if not part or len(part) > 5:
        return _Who() if found["about"] else None
    topic = re.match(r"(?:about|on|regarding|concerning)\b", found["about"] or "", re.IGNORECASE)
    match = None if topic else _exactly(part, roster, whole=True) or _misspelt(part, roster)
    if match is None:
        return _Who() if found["about"] else None
    start = found.start("rest")
    return _Who(match.how, match.speakers, shared=match.shared, spans=(Span(start, len(text)),))


@dataclass(frozen=True, slots=True)
class _Who:
    """The speaker part of a question, and the stretches of it that say so."""

    asked: Asked = "nobody"
    speakers: tuple[Speaker, ...] = ()
    role: str = ""
    unknown: str = ""
    shared: bool = False
    doubt: str = ""
    firm: bool = True
    guess: bool = False
    spans: tuple[Span, ...] = ()
    verb: str = ""


def _speaker(text: str, roster: Roster, *, who_said: bool) -> _Who:
    found = tokenize(text)
    if who_said:
        return _Who()
    unknown: _Who | None = None
    settled = False  # the subject of a verb of speech is whom the question asks about, known or not
    for slot in slots(found):
        if unknown is not None and unknown.unknown and (not slot.firm or settled):
            break
        hit = _resolve(found, slot, roster)
        if hit is not None:
            return _with_others(found, slot, hit, roster)
        if slot.firm and unknown is None:
            unknown = _unknown(found, slot, roster)
            settled = bool(unknown.unknown) and slot.place in {"subject", "according"} and slot.verb in grammar.SPEECH
    if unknown is not None and unknown.unknown:
        return unknown
    return _anywhere(found, roster) or _Who(doubt=_doubtful(found))


def _resolve(found: Sequence[Token], slot: Slot, roster: Roster) -> tuple[Match, int, int] | None:
    """Whom the words of a slot mean, and which words those are."""
    first = slot.first
    if found[first].low in grammar.PRONOUNS | grammar.ANYBODY:
        return None
    if slot.firm:  # "the former chairman Don Fowler": the name behind what somebody is
        for start in range(first + 1, slot.last):
            if found[start].capital and found[start - 1].low in grammar.PERSONS | grammar.DESCRIBED:
                match = roster.by_name(_phrase(found[start : slot.last]))
                if match is not None and match.how == "name":
                    return match, first, slot.last
    if slot.place in {"saying", "before_verb"}:  # what stands right before its verb or noun is the speaker
        for start in range(first, slot.last):
            match = _exactly(found[start : slot.last], roster, whole=start == first, verb=slot.verb)
            if match is not None:
                return match, start, slot.last
    for last in range(slot.last, first, -1):
        match = _exactly(found[first:last], roster, whole=last == slot.last, verb=slot.verb)
        cut_short = slot.firm and last < slot.last and found[last].capital and match is not None and match.how != "name"
        if match is not None and not cut_short and not _belongs_on(match, found, last, slot):
            return match, first, last
    if slot.place == "end":
        return None
    for last in range(min(slot.last, first + 3), first, -1):
        rest = found[last : slot.last]
        if rest and slot.place not in {"front", "opening"} and any(t.capital for t in rest[:1]):
            continue
        match = _misspelt(found[first:last], roster)
        if match is not None:
            return match, first, last
    return None


def _belongs_on(match: Match, found: Sequence[Token], last: int, slot: Slot) -> bool:
    """Whether a country or body is but the first word of somebody else: "American" of "American official"."""
    if match.how != "body" or last >= slot.last or found[last - 1].closes or found[last - 1].owns:
        return False
    return found[last].low not in grammar.ABOUT | grammar.VERBS | grammar.AUXILIARIES | grammar.NOT_NAMES


def _exactly(part: Sequence[Token], roster: Roster, *, whole: bool, verb: str | None = None) -> Match | None:
    phrase = _phrase(part)
    if len(part) == 1 and not part[0].capital and _ordinary(part[0], roster):
        return None
    match = roster.by_name(phrase)
    if match and (part[0].capital or len(part) > 1 or len(part[0].low) > 3 or match.how == "body"):
        return match
    if len(part) == 1 and part[0].low in grammar.NOT_NAMES:
        return None
    match = roster.by_role(phrase) or roster.by_body(phrase)
    if match:
        return match if verb is None or verb in _SPEAKS or roster.by_country(phrase) is None else None
    return roster.described(phrase) if whole or _head_last(part) else None


def _head_last(part: Sequence[Token]) -> bool:
    return part[-1].low in grammar.DESCRIBED


def _ordinary(token: Token, roster: Roster) -> bool:
    """Whether a lower-case word is more likely itself than somebody's name ("may", "price")."""
    return token.low in grammar.NOT_NAMES or not (
        roster.by_name(token.text)
        or roster.by_role(token.text)
        or token.low in grammar.DESCRIBED
        or roster.by_body(token.text)
    )


def _misspelt(part: Sequence[Token], roster: Roster) -> Match | None:
    if any(t.low in grammar.NOT_NAMES | grammar.VERBS | grammar.TOPIC_LEADS for t in part):
        return None
    return roster.misspelt(_phrase(part))


def _with_others(found: Sequence[Token], slot: Slot, hit: tuple[Match, int, int], roster: Roster) -> _Who:
    """The speaker found and those joined to it: "Sybiha or Landsbergis"."""
    match, first, last = hit
    speakers, shared, spans = list(match.speakers), match.shared, [_span(found, first, last)]
    at = last
    while at + 1 < len(found) and (found[at].low in {"and", "or", "nor"} or found[at - 1].closes):
        start = at + 1 if found[at].low in {"and", "or", "nor"} else at
        other = None
        for end in range(min(start + 5, len(found)), start, -1):
            other = _exactly(found[start:end], roster, whole=True) or _misspelt(found[start:end], roster)
            if other:
                break
        if not other or other.how not in {"name", "fuzzy", "role"}:
            break
        speakers += other.speakers
        spans.append(_span(found, at, end))
        at = end
    return _Who(
        asked=match.how,
        speakers=tuple(dict.fromkeys(speakers)),
        role=_phrase(found[first:last]) if match.how == "role" else "",
        shared=shared and len(speakers) == len(match.speakers),
        firm=slot.firm,
        guess=match.guess,
        spans=tuple(spans),
        verb=slot.verb or "",
    )


def _unknown(found: Sequence[Token], slot: Slot, roster: Roster) -> _Who:
    """A slot that holds no known speaker: somebody's name, or a thing that does not speak."""
    part = found[slot.first : slot.last]
    if part[0].low in grammar.PRONOUNS | grammar.ANYBODY | {
        "you",
        "we",
        "i",
        "there",
        "this",
        "that",
        "these",
        "those",
    }:
        return _Who()
    whole = _phrase(part)
    if roster.names_a_source(whole):
        return _Who(
            "described", role=whole, unknown=whole, spans=(_span(found, slot.first, slot.last),), verb=slot.verb or ""
        )
    capitals = _name_run(part)
    if capitals and roster.people.places.find(_phrase(capitals)):
        return _Who()  # a country that says nothing here is no unknown person
    speaks = slot.verb in grammar.SPEECH or slot.place in {"according", "saying", "before_verb"}
    if capitals and (speaks or len(capitals) > 1 or slot.verb):
        return _Who(unknown=_phrase(capitals), spans=(_span(found, slot.first, slot.last),), verb=slot.verb or "")
    if speaks and slot.place == "subject":
        return _Who(unknown=_phrase(part), spans=(_span(found, slot.first, slot.last),), verb=slot.verb or "")
    return _Who()


def _doubtful(found: Sequence[Token]) -> str:
    """Two or three words before an opening "on" or "about", which may be a name in small letters."""
    opening = next((slot for slot in slots(found) if slot.place == "opening"), None)
    part = found[opening.first : opening.last] if opening else []
    plain = any(t.low in grammar.NOT_NAMES | grammar.VERBS | grammar.SAYINGS | _NO_NAMES for t in part)
    return "" if plain or not 2 <= len(part) <= 3 else _phrase(part)


def _name_run(part: Sequence[Token]) -> Sequence[Token]:
    """The capitalised words that a slot begins with: a name, be it unknown."""
    end = 0
    for i, token in enumerate(part):
        if token.capital:
            end = i + 1
        elif token.low not in grammar.PARTICLES or i == 0:
            break
        if token.owns or token.closes:
            break
    return part[:end]


def _anywhere(found: Sequence[Token], roster: Roster) -> _Who | None:
    """A name that stands elsewhere, not behind "about": the speaker when it is the only one."""
    for i, token in enumerate(found):
        if (i and found[i - 1].low in grammar.ABOUT) or token.low in grammar.NOT_NAMES:
            continue
        if not (token.capital or len(token.low) > 4):
            continue
        for end in range(min(i + 3, len(found)), i, -1):
            match = roster.by_name(_phrase(found[i:end]))
            if match is None or match.how != "name" or found[end - 1].owns:
                continue
            return _Who(match.how, match.speakers, shared=match.shared, firm=False, spans=(_span(found, i, end),))
    return None


def _who_said(text: str) -> bool:
    found = _WHO_SAID.search(text)
    if not found:
        return False
    verb = found["verb"] or found["verb2"]
    return verb is None or (fold(verb) in grammar.SPEECH | grammar.VERBS and fold(verb) not in {"is", "was", "won"})


def _intent(text: str, who: _Who, quoted: str) -> Intent:
    if _who_said(text):
        return "who_said"
    if who.speakers or who.unknown or quoted:
        return "quote"
    found = tokenize(text)
    asks_words = any(
        t.low in grammar.SPEECH or t.low in {"quote", "quotes", "quotation", "quotations", "statements", "comments"}
        for t in found
    )
    if _FACT.search(text) and not asks_words:
        return "passage"
    return "quote"


def _topic(text: str, who: _Who) -> str:
    """What the question is about: its words without the speaker and without what merely asks."""
    for span in sorted(who.spans, key=lambda s: -s.start):
        text = text[: span.start] + " " + text[span.end :]
    kept = list(re.findall(r"\S+", text))
    first = next((i for i, t in enumerate(kept) if terms(t)), len(kept))
    last = next((i for i in range(len(kept), 0, -1) if terms(kept[i - 1])), 0)
    return " ".join(kept[first:last]).strip(" ?!.,;:")


def _clause(text: str, who: _Who) -> str:
    """The question without its speaker and without what merely asks, function words between left in."""
    bare = _LEADING.sub("", _unspoken(text, who)).strip()
    return _TRAILING.sub("", bare)


def _unspoken(text: str, who: _Who) -> str:
    for span in sorted(who.spans, key=lambda s: -s.start):
        text = text[: span.start] + " " + text[span.end :]
    return " ".join(text.split())


def _outright(text: str, who: _Who) -> str:
    """What the question names as its topic: the words behind its first "about" or "on" after the speaker."""
    start = (
        max((span.end for span in who.spans), default=0)
        if who.asked != "nobody" and not text.casefold().startswith("according")
        else 0
    )
    found = re.search(r"\b(?:about|on|regarding|concerning)\b(.*)", text[start:], re.IGNORECASE)
    return found[1].strip() if found else ""


def _quoted(text: str) -> str:
    found = [a or b for a, b in _QUOTED.findall(text)]
    return max(found, key=len, default="").strip()


def _blanked(text: str, quoted: str) -> str:
    """The question with its quoted words made of no interest to the search for the speaker, lengths kept."""
    return text.replace(quoted, re.sub(r"\w", "\u02c9", quoted)) if len(words(quoted)) > 2 else text


def _publisher(text: str, publishers: Iterable[str], roster: Roster) -> tuple[str | None, Span | None]:
    """The publisher that the question limits itself to, by its whole name or its distinctive first words."""
    known = {alias: name for name in publishers for alias in _aliases(name)}
    for lead in _PUBLISHER.finditer(text):
        rest = tokenize(text[lead.end() :])
        for size in range(min(5, len(rest)), 0, -1):
            alias = " ".join(t.low for t in rest[:size])
            phrase = _phrase(rest[:size])
            if alias in known and rest[0].capital and not (roster.by_name(phrase) or roster.people.places.find(phrase)):
                return known[alias], Span(lead.start(), lead.end() + rest[size - 1].span.end)
    return None, None


def _aliases(publisher: str) -> set[str]:
    """How a publisher may be called: all its name, each part of "AFP, in Insider Paper", without "The"."""
    parts = {publisher, *re.split(r"\s*[(),/]\s*|\s+[-–—|]\s+", publisher)}
    names = (re.sub(r"^(?:the|in|carried by|after|via)\s+", "", p.strip(), flags=re.IGNORECASE) for p in parts)
    return {" ".join(words(name)) for name in names if len(name) > 1}


def _without(text: str, span: Span | None) -> str:
    return text if span is None else " ".join((text[: span.start] + " " + text[span.end :]).split())


def _inherit(now: Understood, before: Question, period: Period | None) -> Understood:
    """A follow-up with what it leaves out taken from the question before."""
    question = now.question
    pronoun = any(fold(t) in grammar.PRONOUNS for t in tokens(question.text))
    bare = bool(_FOLLOW_UP.search(question.text)) or pronoun or len(tokens(question.text)) <= 4
    if not bare:
        return now
    lends_speakers = (
        not question.speakers and not now.unknown and question.intent != "who_said" and bool(before.speakers)
    )
    only_names = bool(question.speakers) and not terms(question.topic)
    topic = question.topic
    if only_names or not terms(topic):
        topic = before.topic
    question = replace(
        question,
        speakers=before.speakers if lends_speakers else question.speakers,
        topic=topic,
        intent="quote" if lends_speakers or question.speakers else question.intent,
        since=question.since if period else before.since,
        until=question.until if period else before.until,
        publisher=question.publisher or before.publisher,
    )
    names = " and ".join(speaker.name for speaker in question.speakers)
    return replace(
        now,
        question=question,
        asked=_how_asked(question.speakers) if lends_speakers else now.asked,
        firm=True if lends_speakers else now.firm,
        search=f"What did {names} say about {topic}?" if names else now.search,
        clause=topic,
    )


def _how_asked(speakers: Sequence[Speaker]) -> Asked:
    how: How = "described" if any(s.unnamed for s in speakers) else "name"
    return how


def _phrase(part: Sequence[Token]) -> str:
    """The words of a stretch as a name: the last one's possessive ending gone."""
    *front, last = [t.text for t in part]
    return " ".join([*front, re.sub(r"(?:[’‘']s|(?<=s)[’‘'])$", "", last)])


def _span(found: Sequence[Token], first: int, last: int) -> Span:
    return Span(found[first].span.start, found[last - 1].span.end)
