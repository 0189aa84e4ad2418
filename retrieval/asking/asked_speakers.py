"""Whom a question asks about, and in which office: the speakers that its words name, or the name that is nobody's (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval import lexicon
from retrieval.asking.mentioned_people import (
    Whom,
    any_of,
    anywhere,
    in_whose_eyes,
    is_given_name,
    misspelt,
    names_another,
    no_name,
    phrase_of,
    span_of,
)
from retrieval.asking.question_slots import QuestionWord, Slot, all_capital, slots, tokenize
from retrieval.asking.quoted import Match, Roster
from retrieval.model import Span, Speaker
from retrieval.rules import rule
from retrieval.terms import listed

# What a country does when the question asks for its words; it may "need" or "have" something without saying so.
_SPEAKS = lexicon.SPEECH | listed(
    "think want believe see view hope expect feel demand ask support oppose plan give offer refuse back"
)
_MINDS = _SPEAKS | listed("doubt decide fear worry dislike love hate like wish trust regret object")
_NO_NAMES = listed(
    "news info information update updates discussion debate everything anything something material more other people"
)
_TIES = lexicon.ABOUT | {"of", "for", "by", "the", "a", "an", "and", "or", "like", "than", "as"}
_AND = r"^\W*(?:(?:and|but|or|so|then|ok(?:ay)?)\b\W*)*"
_FOLLOWER = re.compile(
    _AND
    + r"(?P<about>(?:what|how)\s+about\b|(?:about|on|regarding|concerning)\b|(?:the\s+)?same(?:\s+question)?\s+(?:for|about)\b)?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)


@rule("who is meant")
def follower(text: str, roster: Roster) -> Whom | None:
    """Whom a follow-up like "and about Darcy?" names; nobody when it names a topic; None when it is no such follow-up."""
    found = _FOLLOWER.match(text)
    if found is None or (not found["about"] and found.start("rest") == 0):
        return None
    part = tokenize(found["rest"])
    if not part or len(part) > 5:
        return Whom() if found["about"] else None
    topic = re.match(r"(?:about|on|regarding|concerning)\b", found["about"] or "", re.IGNORECASE)
    match = None if topic else _exactly(part, roster, whole=True) or misspelt(part, roster)
    if match is None:
        return Whom() if found["about"] else None
    start = found.start("rest")
    return Whom(match.how, match.speakers, shared=match.shared, spans=(Span(start, len(text)),))


def find_speaker(text: str, roster: Roster, *, who_said: bool) -> Whom:
    found = tokenize(text)
    if who_said:
        return _view_of(found, roster)
    if (theirs := _of_somebody(found, roster)) is not None:
        return theirs
    unknown: Whom | None = None
    settled = False  # the subject of a verb of speech is whom the question asks about, known or not
    for slot in slots(found):
        if unknown is not None and unknown.unknown and (not slot.firm or settled):
            break
        hit = _resolve(found, slot, roster)
        loose = slot.place == "by" and (slot.first < 2 or found[slot.first - 2].low not in lexicon.SAYINGS)
        if hit is not None and loose and hit[0].how == "body":
            continue  # "home from Vilnius" says where, not who
        if hit is not None and loose:
            several = any_of(found, roster)  # "would praise from Darcy change how Bingley …"
            if several is not None:
                return several
        if hit is not None:
            return _with_others(found, slot, hit, roster)
        if slot.place == "opening" and unknown is None and _names_a_kind(found, slot):
            whole, span = phrase_of(found[slot.first : slot.last]), span_of(found, slot.first, slot.last)
            return Whom("described", role=whole, unknown=whole, spans=(span,))
        if slot.firm and unknown is None:
            unknown = _unknown(found, slot, roster)
            named = slot.verb is not None and len(unknown.unknown.split()) > 1
            settled = (
                bool(unknown.unknown)
                and slot.place in {"subject", "according"}
                and (slot.verb in _MINDS or _makes_of(found, slot) or named or slot.place == "according")
            )
    if unknown is not None and unknown.unknown:
        return unknown
    return anywhere(found, roster) or in_whose_eyes(found, roster) or Whom(doubt=_doubtful(found, roster))


def _names_a_kind(found: Sequence[QuestionWord], slot: Slot) -> bool:
    """Whether an opening says what somebody is and no more: "the Meryton harbour master on …", but not "news of miners on …"."""
    part = found[slot.first : slot.last]
    front = next((i for i, t in enumerate(part) if i and (t.low in _TIES or t.low in {"in", "at", "with"})), len(part))
    if front < 2 or any(t.low in lexicon.SAYINGS | _NO_NAMES | lexicon.NOT_NAMES - {"the"} for t in part[:front]):
        return False
    last = part[front - 1]
    several = last.low.endswith("s") and last.low[:-1] in lexicon.PERSONS | lexicon.DESCRIBED
    is_what = last.low.rsplit("-", 1)[-1] in lexicon.PERSONS | lexicon.DESCRIBED | lexicon.PERSON_NOUNS
    return is_what and not several and not last.owns


@rule("who is meant", off=())
def also_asked(text: str, speakers: Sequence[Speaker], roster: Roster) -> tuple[Speaker, ...]:
    """Who else is asked for words of their own: "What did Fogg say, and what did Darcy answer?"."""
    found = tokenize(text)
    if not speakers or sum(t.low in lexicon.AUXILIARIES for t in found) < 2:
        return ()
    asked = [s for s in slots(found) if s.place == "subject" and s.verb in lexicon.SPEECH]
    for slot in asked if len(asked) > 1 else ():
        hit = _resolve(found, slot, roster)
        if hit is not None and hit[0].how == "name" and not set(hit[0].speakers) & set(speakers):
            return hit[0].speakers[:1]
    return ()


def _makes_of(found: Sequence[QuestionWord], slot: Slot) -> bool:
    """ "What does X make of it?" asks what X thinks."""
    return slot.verb == "make" and slot.last + 1 < len(found) and found[slot.last + 1].low == "of"


def _view_of(found: Sequence[QuestionWord], roster: Roster) -> Whom:
    """Who is said to tell what a question with "who" asks: "Who gains from it, according to Fogg?"."""
    if not found or found[0].low != "who" or (len(found) > 1 and found[1].low in lexicon.SPEECH | lexicon.AUXILIARIES):
        return Whom()
    for slot in slots(found):
        if slot.place == "according":
            hit = _resolve(found, slot, roster)
            return _with_others(found, slot, hit, roster) if hit is not None else _unknown(found, slot, roster)
    return Whom()


def _of_somebody(found: Sequence[QuestionWord], roster: Roster) -> Whom | None:
    """ "Was Darcy at the ball? What did his housekeeper say?": the source that belongs to whoever was named before."""
    for slot in slots(found):
        pair = found[slot.first : slot.last]
        alone = (
            slot.place == "subject" and len(pair) == 1 and pair[0].low in {"he", "she"} and slot.verb in lexicon.SPEECH
        )
        owned = slot.place == "subject" and len(pair) == 2 and pair[0].low in {"his", "her", "their"}
        if not alone and not (owned and pair[1].low in lexicon.DESCRIBED | lexicon.PERSONS):
            continue
        for last in range(slot.first, 0, -1):
            for first in range(max(0, last - 3), last):
                match = roster.by_name(phrase_of(found[first:last])) if found[first].capital else None
                if match is not None and match.how == "name" and alone:
                    spans = (span_of(found, first, last), span_of(found, slot.first, slot.last))
                    return Whom("name", match.speakers, shared=match.shared, spans=spans, verb=slot.verb or "")
                if match is not None and match.how == "name":
                    whole = f"{phrase_of(found[first:last])}'s {pair[1].text}"
                    span = (span_of(found, slot.first, slot.last),)
                    return Whom("described", role=whole, unknown=whole, spans=span, verb=slot.verb or "")
    return None


def _resolve(found: Sequence[QuestionWord], slot: Slot, roster: Roster) -> tuple[Match, int, int] | None:
    """Whom the words of a slot mean, and which words those are."""
    first = slot.first
    if found[first].low in lexicon.PRONOUNS | lexicon.ANYBODY:
        return None
    if _nobody_in_particular(found, slot):
        return None
    if slot.place == "owner":
        part = found[first : slot.last]
        match = roster.by_name(phrase_of(part)) or misspelt(part, roster)
        return (match, first, slot.last) if match is not None and match.how in {"name", "fuzzy"} else None
    if slot.firm and (named := _named_within(found, slot, roster)):
        return named
    if slot.place in {"saying", "before_verb"}:  # what stands right before its verb or noun is the speaker
        for start in range(first, slot.last):
            match = _exactly(found[start : slot.last], roster, whole=start == first, verb=slot.verb)
            if match is not None:
                return match, start, slot.last
    for last in range(slot.last, first, -1):
        match = _exactly(found[first:last], roster, whole=last == slot.last, verb=slot.verb)
        cut_short = last < slot.last and match is not None and _goes_on(match, found, last, slot, roster)
        if match is not None and not cut_short and not _belongs_on(match, found, last, slot):
            return match, first, last
    if slot.place == "end":
        return None
    if slot.firm and (named := _named_within(found, slot, roster, slips=True)):
        return named
    for last in range(min(slot.last, first + 3), first, -1):
        rest = found[last : slot.last]
        if rest and found[last - 1].owns and slot.place in {"subject", "according"}:
            continue
        if rest and slot.place != "front" and any(t.capital for t in rest[:1]):
            continue
        match = misspelt(found[first:last], roster) if not names_another(found, last, slot) else None
        if match is not None:
            return match, first, last
    return None


def _nobody_in_particular(found: Sequence[QuestionWord], slot: Slot) -> bool:
    """Whether a slot says no more than "any leader"."""
    before = found[slot.first - 1].low if slot.first else ""
    return (
        before in {"any", "either", "every", "each", "no"}
        and slot.last == slot.first + 1
        and not found[slot.first].capital
    )


def _named_within(
    found: Sequence[QuestionWord], slot: Slot, roster: Roster, *, slips: bool = False
) -> tuple[Match, int, int] | None:
    """The name behind what somebody is: "the former chairman Don Fowler", "Medal of Honor recipient Groberg"."""
    whole = roster.by_name(phrase_of(found[slot.first : slot.last]))
    if whole is not None and whole.how == "name":
        return None
    for start in range(slot.first + 1, slot.last):
        before = found[start - 1]
        if not found[start].capital or before.closes or before.low in _TIES:
            continue
        is_what = before.low.rsplit("-", 1)[-1] in lexicon.PERSONS | lexicon.DESCRIBED
        for end in range(slot.last, start, -1):
            run = found[start:end]
            ends = end == slot.last if slot.verb else is_what or before.owns
            whose = run[-1].owns and end < slot.last
            if whose or not ends or not all(t.capital or t.low in lexicon.PARTICLES for t in run):
                continue
            if len(run) == 1 and before.capital and not is_what and not before.owns:
                continue  # "Smith" of "Jane Smith" may be anybody
            match = misspelt(run, roster) if slips else roster.by_name(phrase_of(run))
            if match is not None and match.how == ("fuzzy" if slips else "name"):
                return match, slot.first, end
    return None


def _goes_on(match: Match, found: Sequence[QuestionWord], last: int, slot: Slot, roster: Roster) -> bool:
    """Whether what was matched is but the beginning of what the slot names: "Ohio" of "Ohio's governor"."""
    if found[last - 1].owns and slot.place == "according":  # "going by Darcy's letter", but not "Darcy's housekeeper"
        whose = (lexicon.PERSONS | lexicon.DESCRIBED | lexicon.BODIES) - lexicon.PAPERS
        return found[slot.last - 1].capital or any(t.low in whose for t in found[last : slot.last])
    if found[last - 1].owns and slot.place == "subject":
        return found[last].low not in lexicon.SAYINGS
    if match.how == "name":  # "Jean-Pierre Raffarin" is not the Jean-Pierre who is known
        told = (slot.place == "subject" and slot.verb in lexicon.SPEECH) or slot.place == "opening"
        told = told and not all_capital(found)
        return (
            told and found[last].capital and not found[last - 1].closes and not roster.has_name(match, found[last].text)
        )
    if slot.place == "opening" and match.how == "role" and found[last].capital and not found[last - 1].closes:
        return (
            found[last].low not in lexicon.NOT_NAMES
        )  # "Prime Minister Koizumi" is himself, and no other prime minister
    if not slot.firm:
        return False
    return found[last].capital or (match.how in {"role", "described"} and found[last].low in {"of", "for", "to"})


def _belongs_on(match: Match, found: Sequence[QuestionWord], last: int, slot: Slot) -> bool:
    """Whether what was matched is but whose somebody is: "American" of "American official", "Darcy" of "Darcy supporter"."""
    if last >= slot.last or found[last - 1].closes or found[last - 1].owns:
        return False
    if match.how != "body":
        return match.how in {"name", "fuzzy"} and names_another(found, last, slot)
    return found[last].low not in lexicon.ABOUT | lexicon.VERBS | lexicon.AUXILIARIES | lexicon.NOT_NAMES


def _exactly(part: Sequence[QuestionWord], roster: Roster, *, whole: bool, verb: str | None = None) -> Match | None:
    phrase = phrase_of(part)
    if len(part) == 1 and not part[0].capital and _ordinary(part[0], roster):
        return None
    if not part[-1].capital and part[0].capital and roster.people.is_ordinary(part[-1].low):
        match = None  # "the RT deal" is nobody of the name of Deal
    else:
        match = roster.by_name(phrase)
    if match is not None and match.how == "body" and (not roster.is_quoted(match) or roster.people.places.find(phrase)):
        match = None  # whoever speaks for it, if the question asks for words
    if match is not None and match.how == "body" and whole and " " in phrase:
        match = roster.credited(phrase) or match  # "the Nantucket Republican" is one of the party, and not the party
    if match and (part[0].capital or len(part) > 1 or len(part[0].low) > 3 or match.how == "body"):
        return match
    if len(part) == 1 and part[0].low in lexicon.NOT_NAMES:
        return None
    # what a description begins with is another one: "the Nantucket attorney" is no "Nantucket attorney general"
    match = (roster.by_office(phrase) if whole else roster.by_role(phrase)) or roster.by_body(phrase)
    if match:
        return match if verb is None or verb in _SPEAKS or roster.by_country(phrase) is None else None
    return roster.described(phrase) if whole or _head_last(part) else None


def _head_last(part: Sequence[QuestionWord]) -> bool:
    return part[-1].low in lexicon.DESCRIBED


def _ordinary(token: QuestionWord, roster: Roster) -> bool:
    """Whether a lower-case word is more likely itself than somebody's name ("may", "price")."""
    return token.low in lexicon.NOT_NAMES or not (
        roster.by_name(token.text)
        or roster.by_role(token.text)
        or token.low in lexicon.DESCRIBED
        or roster.by_body(token.text)
    )


def _with_others(found: Sequence[QuestionWord], slot: Slot, hit: tuple[Match, int, int], roster: Roster) -> Whom:
    """The speaker found and those joined to it: "Sybiha or Landsbergis"."""
    match, first, last = hit
    speakers, shared, spans = list(match.speakers), match.shared, [span_of(found, first, last)]
    at = last
    while at + 1 < len(found) and (found[at].low in {"and", "or", "nor"} or found[at - 1].closes):
        start = at + 1 if found[at].low in {"and", "or", "nor"} else at
        other = None
        for end in range(min(start + 5, len(found)), start, -1):
            other = _exactly(found[start:end], roster, whole=True) or misspelt(found[start:end], roster)
            if other:
                break
        if not other or other.how not in {"name", "fuzzy", "role"}:
            break
        speakers += other.speakers
        spans.append(span_of(found, at, end))
        at = end
    return Whom(
        asked=match.how,
        speakers=tuple(dict.fromkeys(speakers)),
        role=phrase_of(found[first:last]) if match.how == "role" else "",
        shared=shared and len(speakers) == len(match.speakers),
        firm=slot.firm,
        guess=match.guess,
        spans=tuple(spans),
        verb=slot.verb or "",
    )


def _unknown(found: Sequence[QuestionWord], slot: Slot, roster: Roster) -> Whom:
    """A slot that holds no known speaker: somebody's name, or a thing that does not speak."""
    part = found[slot.first : slot.last]
    nobody = lexicon.PRONOUNS | lexicon.ANYBODY | {"you", "we", "i", "there"}
    if _nobody_in_particular(found, slot):
        return Whom()
    if part[0].low in nobody or (len(part) == 1 and part[0].low in {"this", "that", "these", "those"}):
        return Whom()
    whole = phrase_of(part)
    if roster.names_a_source(whole):
        return Whom(
            "described", role=whole, unknown=whole, spans=(span_of(found, slot.first, slot.last),), verb=slot.verb or ""
        )
    capitals = _name_run(part)
    if slot.place == "according" and capitals and not part[-1].capital and not capitals[-1].closes:
        return Whom(unknown=whole, spans=(span_of(found, slot.first, slot.last),))  # "the Thelma and Louise star"
    if capitals and roster.people.places.find(phrase_of(capitals)):
        return Whom()  # a country that says nothing here is no unknown person
    speaks = slot.verb in lexicon.SPEECH or slot.place in {"according", "saying", "before_verb"}
    if capitals and (speaks or len(capitals) > 1 or slot.verb):
        return Whom(unknown=phrase_of(capitals), spans=(span_of(found, slot.first, slot.last),), verb=slot.verb or "")
    if speaks and slot.place == "subject":
        span = (span_of(found, slot.first, slot.last),)
        return Whom(unknown=whole, role=whole if len(part) > 1 else "", spans=span, verb=slot.verb or "")
    return Whom()


def _doubtful(found: Sequence[QuestionWord], roster: Roster) -> str:
    """Two or three words before an opening "on" or "about", or an owner ("What was X's worry?"): it may be a name."""
    owner = next((slot for slot in slots(found) if slot.place == "owner"), None)
    if owner is not None and found[owner.first].capital:
        name = phrase_of(found[owner.first : owner.last])
        return "" if roster.people.places.find(name) else name
    front = next((slot for slot in slots(found) if slot.place == "front"), None)
    named = _name_run(found[front.first : front.last]) if front else []
    if front is not None and len(named) > 1 and named[0] is found[front.first] and not all_capital(found):
        return phrase_of(named)
    opening = next((slot for slot in slots(found) if slot.place == "opening"), None)
    part = found[opening.first : opening.last] if opening else []
    plain = any(no_name(t) or t.low in lexicon.SAYINGS | _NO_NAMES for t in part)
    alone = len(part) == 1 and is_given_name(part[0], roster)
    return "" if plain or not (alone or 2 <= len(part) <= 3) else phrase_of(part)


def _name_run(part: Sequence[QuestionWord]) -> Sequence[QuestionWord]:
    """The capitalised words of a slot that may be a name, be it unknown: the first ones, or those behind what somebody is."""
    start, ends = 0, _run_end(part, 0)
    for at in range(1, len(part)):
        before = part[at - 1]
        what = before.text.islower() and before.low not in _TIES | lexicon.NOT_NAMES | lexicon.PARTICLES
        is_what = before.low.rsplit("-", 1)[-1] in lexicon.PERSONS | lexicon.DESCRIBED
        if part[at].capital and (what or is_what or before.owns or before.closes):
            start, ends = at, _run_end(part, at)
    return part[start:ends]


def _run_end(part: Sequence[QuestionWord], start: int) -> int:
    end = start
    for i in range(start, len(part)):
        if part[i].capital:
            end = i + 1
        elif part[i].low not in lexicon.PARTICLES or i == start:
            break
        if part[i].owns or part[i].closes:
            break
    return end


# The office that a question wants the words to be from: "as foreign minister", "before he became president" (pure).

When = Literal["as", "becoming", "before", "after"]

_WHO = r"(?:he|she|they|[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})\s+"
_BECAME = r"(?:became|becomes|was|were|is|had\s+become|has\s+become|got|took\s+(?:over|office)\s+as|was\s+(?:made|named|elected|appointed)|served\s+as)"
_ENTERS = re.compile(r"\b(?:bec[ao]m\w+|took|made|named|elected|appointed)\b")
_OFFICE = r"(?:the\s+|an?\s+)?(?P<office>[^\W\d_][^,.;:?!]*?)"
_ENDS = r"(?=\s*(?:[,.;:?!]|$)|\s+(?:about|on|regarding|concerning|when|since|before|after)\b)"
_CLAUSE = re.compile(
    rf"\b(?P<lead>when|while|once|before|after|since)\s+(?:{_WHO}(?:still\s+|already\s+)?{_BECAME}\s+|becoming\s+|being\s+){_OFFICE}{_ENDS}"
)
_AS = re.compile(
    rf"(?:\b(?:say|said|says|saying|talk|spoke|speak|tell|told)|^\W*[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){{0,2}})\s*\b(?P<as>(?P<lead>as)\s+{_OFFICE}){_ENDS}"
)


@dataclass(frozen=True, slots=True)
class Capacity:
    """An office as the question has it, and whether the words are to be from holding it, from before or from after."""

    office: str
    when: When
    span: Span

    @property
    def told(self) -> str:
        """The time that is meant, as it stands behind "none": "from before becoming foreign minister"."""
        lead = {
            "as": "from a time as",
            "becoming": "from the time of becoming",
            "before": "from before becoming",
            "after": "from after becoming",
        }
        return f"{lead[self.when]} {self.office}"


@rule("answer or not")
def find_capacity(text: str, is_office: Callable[[str], bool]) -> Capacity | None:
    """The office that bounds a question, or None; `is_office` tells offices from other words ("when he was young")."""
    for found in (_CLAUSE.search(text), _AS.search(text)):
        if found is not None and is_office(found["office"]):
            start = found.start("as") if found.re is _AS else found.start()
            return Capacity(found["office"].strip(), _when(found), Span(start, found.end()))
    return None


def _when(found: re.Match[str]) -> When:
    lead = found["lead"].lower()
    if lead in {"before", "after", "since"}:
        return "before" if lead == "before" else "after"
    return "becoming" if lead != "as" and _ENTERS.search(found[0]) else "as"
