"""What was judged of one question, and what speaks against answering it at all (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.asking.evidence import Wanted, covered, missing, nearly_covered
from retrieval.asking.search import Pool
from retrieval.asking.signs import wants
from retrieval.asking.terms import listed
from retrieval.model import Speaker
from retrieval.question import Understood
from retrieval.rank import Found, Scored

_WHETHER = re.compile(r"^\W*(?:so |and |but )?(?:did|does|do|has|have|had)(?:n[’']?t)?\b", re.IGNORECASE)
_SAYS = listed(
    "say said tell told claim claimed announce announced promise promised mention mentioned confirm confirmed"
)
_FAR, _FAR_IN_ALL = 0.3, 0.5  # cosines below which nothing is alike: with the topic, and with all of the question
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


def is_gibberish(judged: Judged, is_word: Callable[[str], bool]) -> bool:
    """Whether what is asked about is no words at all ("asdf qwer")."""
    asked = judged.asked
    return len(asked) > 1 and not any(w.known or w.meant or is_word(w.term.folded) for w in asked)


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


def says_nothing_of(judged: Judged) -> bool:
    """Whether neither the words nor the meaning of the first candidate have anything of what is asked about."""
    asked = [
        w for w in judged.asked if w.about or w.term.folded not in _HEADS
    ]  # "the emphasis must be on" tells no topic
    if not asked or covered(asked, judged.ranked[0].found.near.around):
        return False
    features = judged.features
    return max(features["topic"], features["near_topic"]) < _FAR and features["whole"] <= _FAR_IN_ALL


def no_such_year(judged: Judged) -> bool:
    """Whether a year is asked about that no document knows of: "the election of 2091"."""
    return any(re.fullmatch(r"(?:1[5-9]|2[01])\d\d", w.term.folded) and not w.known for w in judged.asked)


def leaves_the_fact_out(judged: Judged) -> bool:
    """Whether a question of fact, asked of nobody, is told too little by the first candidate: "Who won the world cup?"."""
    question = judged.understood.question
    if question.intent != "passage" or question.speakers or judged.understood.unknown or not judged.asked:
        return False
    has, topic = covered(judged.asked, judged.ranked[0].found.near.sentence), judged.features["topic"]
    enough = _YES_OR_NO if "verdict" in wants(question.text) else _FACTS
    return has < _FULLY and not any(has >= least and topic >= near for least, near in enough)


def says_no_such_thing(judged: Judged) -> bool:
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


def is_filler(one: Scored, asked: Sequence[Wanted]) -> bool:
    """Whether words only move a conversation along ("Your turn to ask.") and have nothing of the topic."""
    near = one.found.near
    far = one.features["topic"] < _FAR
    turn = one.found.quote.kind == "turn"
    return bool(asked) and turn and far and near.length <= _FILLER and not covered(asked, near.sentence)


def beside_the_point(judged: Judged, is_word: Callable[[str], bool]) -> bool:
    """Whether the first candidate is no answer, whatever speaks for it."""
    nothing = is_gibberish(judged, is_word) or no_such_year(judged) or says_nothing_of(judged)
    return nothing or leaves_the_fact_out(judged) or says_no_such_thing(judged)
