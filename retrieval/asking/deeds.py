"""Who did what to whom: "Who called Darcy proud?", "Who criticised the club?" The words must bear the deed out (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.asking import grammar
from retrieval.asking.evidence import Keys
from retrieval.asking.mentioned import phrase_of
from retrieval.asking.roster import Roster
from retrieval.asking.slots import Token, tokenize
from retrieval.asking.terms import STOP, fold, listed, stem, tokens
from retrieval.model import Document, Quote, Span, Speaker
from retrieval.sentences import sentences

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


def find_deed(text: str, roster: Roster, keys: Keys) -> Deed | None:
    """The deed that a question asks for the doer of; None where it asks something else."""
    lead = _WHO.match(text)
    found = tokenize(text[lead.end() :]) if lead else []
    if len(found) < 2 or found[1].low in grammar.TOPIC_LEADS | {"that", "he", "she", "they", "it", "to"}:
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
    named = keys.of(" ".join(t.text for t in found[end:] if t.low != "as")) if verb in _NAMING else frozenset()
    return Deed(senses, to, named, match.speakers if match else ()) if to and (senses or named) else None


def _object_end(found: Sequence[Token]) -> int:
    """Where what the verb is done to ends: behind the first name, or behind the first noun and its article."""
    at = 1
    while at < len(found) - 1 and found[at].low in grammar.ASIDES | {"his", "her", "their", "our", "its"}:
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
    return any(_in_one_breath(deed, tokens(sentence), keys) for sentence in said)


def _in_one_breath(deed: Deed, said: Sequence[str], keys: Keys) -> bool:
    """Whether what was done stands close to whom it was done to."""
    had = [keys.of(word) for word in said]
    to = [i for i, have in enumerate(had) if deed.to & have]
    if deed.named:
        done = [i for i, have in enumerate(had) if deed.named & have]
        return bool(deed.named <= frozenset().union(*had)) and any(abs(i - j) <= _NAMED for i in to for j in done)
    done = [i for i, word in enumerate(said) if stem(fold(word)) in deed.senses]
    return any(0 < j - i <= _NEAR for i in done for j in to)
