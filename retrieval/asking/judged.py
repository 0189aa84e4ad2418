"""What was judged of one question, and what speaks against answering it at all (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.asking.evidence import Wanted, covered, missing
from retrieval.asking.search import Pool
from retrieval.model import Speaker
from retrieval.question import Understood
from retrieval.rank import Found, Scored

_FAR, _FAR_IN_ALL = 0.3, 0.5  # cosines below which nothing is alike: with the topic, and with all of the question
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
            and specific >= _SPECIFIC
            and theirs > mine + 0.2
            and other.nearness.topic >= judged.features.get("topic", 0.0) - 0.02
        ):
            return other.quote.speaker
    return None


def says_nothing_of(judged: Judged) -> bool:
    """Whether neither the words nor the meaning of the first candidate have anything of what is asked about."""
    if not judged.asked or covered(judged.asked, judged.ranked[0].found.near.around):
        return False
    features = judged.features
    return max(features["topic"], features["near_topic"]) < _FAR and features["whole"] <= _FAR_IN_ALL


def no_such_year(judged: Judged) -> bool:
    """Whether a year is asked about that no document knows of: "the election of 2091"."""
    return any(re.fullmatch(r"(?:1[5-9]|2[01])\d\d", w.term.folded) and not w.known for w in judged.asked)
