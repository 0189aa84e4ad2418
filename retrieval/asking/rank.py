"""Candidates -> scored and ordered, and how likely the first one answers (pure). The weights are one small record."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from retrieval.asking.coverage import Surroundings, Wanted, covered, missing, nearly_covered, presumes, wants
from retrieval.asking.merging import COURTEOUS
from retrieval.model import Document, Question, Quote, Span
from retrieval.rules import rule
from retrieval.terms import stem

ORDER_FEATURES = (
    "topic", "whole", "bm25", "own", "nearly", "sentence", "around", "article", "near_topic", "near_whole", "beside_topic", "beside_bm25",
    "reported", "mixed", "turn", "passage", "short", "length", "reported_own", "long", "sure", "reason", "reason_near", "number", "verdict",
)  # fmt: skip
# What is known of the first candidate, how it stands before the others, and what the question has that it lacks; with each, whether it can
# only speak for an answer (1), only against one (-1), or either way (0): the fit is bound to that, so that no amount says the contrary of its name.
ANSWER_FEATURES: Mapping[str, int] = {
    "whole": 1, "nearly": 1, "around": 1, "near_topic": 1, "reported_own": 1, "sure": 1, "reason_near": 1, "margin": 1, "lead": 1,
    "stands_out": 1, "nothing_near": 1, "nothing_whole": 1, "missing_name": -1, "missing_known": -1, "missing_about": -1, "unsaid_near": -1,
    "other_topic": -1, "other_covers": -1, "nobody": -1, "whether": -1, "presumed": -1, "nothing": -1, "far": -1,
    "reported": 0, "turn": 0, "passage": 0, "pool": 0, "asked": 0,
}  # fmt: skip
_SHORT, _LONG = 4, 60  # words
_FILLER = 4  # words at most of what only opens or closes a conversation
_COURTEOUS = frozenset(map(stem, COURTEOUS))
_FULL = 40  # words from which more make no difference
_BESIDE = 300  # characters between the beginnings of two statements that follow upon each other
_BM25_HALF = 8.0  # the BM25 score that counts half
_ALONE = 0.5  # by how much a candidate leads that has none behind it
_NEAR = 0.4  # cosine with the topic from which words are not far from it
_MANY = 8  # asked words from which more make no difference


@dataclass(frozen=True, slots=True)
class Weights:
    """What calibration fitted: a blend that orders candidates, and one that says whether the first is an answer."""

    order: Mapping[str, float]
    answer: Mapping[str, float]
    bias: float
    line: float  # answer at this probability or above

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Weights:
        return cls(dict(data["order"]), dict(data["answer"]), float(data["bias"]), float(data["line"]))

    def to_json(self) -> dict[str, Any]:
        def rounded(of: Mapping[str, float]) -> dict[str, float]:
            return {name: round(value, 4) for name, value in of.items()}

        return {
            "order": rounded(self.order),
            "answer": rounded(self.answer),
            "bias": round(self.bias, 4),
            "line": round(self.line, 4),
        }


def load_weights() -> Weights:
    """The weights that come with the program."""
    return Weights.from_json(
        json.loads(resources.files("retrieval").joinpath("ranking.json").read_text(encoding="utf-8"))
    )


@dataclass(frozen=True, slots=True)
class Nearness:
    """What the searches say of a candidate: cosines with the question's topic and with all of it, and the BM25 score."""

    topic: float
    whole: float
    bm25: float
    focus: Span | None = None  # the window that comes nearest
    near_topic: float = 0.0  # the same cosines with the running text that the words stand in
    near_whole: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A quote or passage that the search brought up, with what each search said of it."""

    quote: Quote
    document: Document
    nearness: Nearness
    near: Surroundings
    article: frozenset[str] = frozenset()  # the keys of all words of the document


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features and its place in the order."""

    found: Found
    features: Mapping[str, float]
    score: float


@dataclass(frozen=True, slots=True)
class Rivals:
    """What the words of others would have to say to the question: the best cosine and the best coverage among them."""

    topic: float = 0.0
    covers: float = 0.0


def rivals_of(others: Sequence[Found], asked: Sequence[Wanted]) -> Rivals:
    """What others have to say to the question."""
    return Rivals(
        max((f.nearness.topic for f in others), default=0.0),
        max((covered(asked, f.near.sentence) for f in others), default=0.0),
    )


def order_features(found: Sequence[Found], asked: Sequence[Wanted], question: str = "") -> list[dict[str, float]]:
    """What each candidate has for itself, beside the others."""
    made = []
    kinds = wants(question)
    for f in found:
        kind = f.quote.kind
        beside = [other.nearness for other in found if _beside(other.quote, f.quote)]
        made.append(
            {
                "topic": f.nearness.topic,
                "whole": f.nearness.whole,
                "bm25": _scaled(f.nearness.bm25),
                "own": covered(asked, f.near.own),
                "nearly": nearly_covered(asked, f.near.own),
                "sentence": covered(asked, f.near.sentence),
                "around": covered(asked, f.near.around),
                "article": covered(asked, f.near.around | f.article),
                "near_topic": f.nearness.near_topic,
                "near_whole": f.nearness.near_whole,
                "beside_topic": max(n.topic for n in beside),
                "beside_bm25": _scaled(max(n.bm25 for n in beside)),
                "reported": float(kind == "reported"),
                "mixed": float(kind == "mixed"),
                "turn": float(kind == "turn"),
                "passage": float(kind == "passage"),
                "length": min(1.0, math.log1p(f.near.length) / math.log1p(_FULL)),
                "reported_own": covered(asked, f.near.own) if kind == "reported" else 0.0,
                "short": float(f.near.length < _SHORT),
                "long": float(f.near.length > _LONG),
                "sure": f.quote.confidence,
                "reason": float("reason" in kinds & f.near.signs),
                "reason_near": float("reason" in kinds & f.near.signs_near),
                "number": float("number" in kinds & f.near.signs),
                "verdict": float("verdict" in kinds & f.near.signs),
            }
        )
    return made


def _scaled(bm25: float) -> float:
    return bm25 / (bm25 + _BM25_HALF) if bm25 > 0 else 0.0


def _beside(one: Quote, other: Quote) -> bool:
    """Whether two quotes are one, or one person's words that follow upon each other: what one is about, the other is."""
    return one.id == other.id or (
        one.document_id == other.document_id
        and abs(one.extent.start - other.extent.start) <= _BESIDE
        and one.speaker is not None
        and other.speaker is not None
        and (one.speaker.id, one.speaker.name) == (other.speaker.id, other.speaker.name)
    )


def order(found: Sequence[Found], asked: Sequence[Wanted], weights: Weights, question: str = "") -> list[Scored]:
    """The candidates for a question, best first."""
    scored = [
        Scored(f, features, sum(weights.order.get(name, 0.0) * value for name, value in features.items()))
        for f, features in zip(found, order_features(found, asked, question), strict=True)
    ]
    return sorted(scored, key=lambda s: (-s.score, s.found.quote.id))


@rule("order", keep=0)
def telling(ranked: Sequence[Scored], asked: Sequence[Wanted], question: str) -> list[Scored]:
    """The candidates without “Thank you.” and “Yes.”, unless these are what was asked for."""
    kept = [s for s in ranked if not _says_nothing(s.found.near, asked)]
    if "verdict" in wants(question) and ranked[:1] != kept[:1]:
        return [ranked[0], *kept]
    return kept or list(ranked)


def _says_nothing(near: Surroundings, asked: Sequence[Wanted]) -> bool:
    return near.length <= _FILLER and near.own <= _COURTEOUS and not covered(asked, near.own)


def answer_features(
    ranked: Sequence[Scored], asked: Sequence[Wanted], rivals: Rivals, *, question: Question, nobody: bool
) -> dict[str, float]:
    """What speaks for the first candidate being an answer at all, and against it."""
    first = ranked[0]
    own, near = first.features, first.found.near.around
    lacking = missing(asked, near)
    total = sum(w.weight for w in asked) or 1.0
    topics = [s.features["topic"] for s in ranked[1:]]
    scores = [s.score for s in ranked[1:4]]
    named_outright = [w for w in asked if w.about]
    nothing = float(bool(asked) and not covered(asked, near))
    nearest = max(own["topic"], own["near_topic"])
    return {
        **own,
        "margin": first.score - scores[0] if scores else _ALONE,
        "lead": first.score - sum(scores) / len(scores) if scores else _ALONE,
        "stands_out": own["topic"] - sum(topics) / len(topics) if topics else 0.15,
        "pool": math.log(len(ranked)),
        "missing_name": max((w.weight for w in lacking if w.proper), default=0.0),
        "missing_known": sum(w.weight for w in lacking if w.known) / total,
        "missing_about": 1.0 - covered(named_outright, near) if named_outright else 0.0,
        "unsaid_near": _rarest_lacking(asked, near),
        "nothing": nothing,
        "nothing_near": nothing * nearest,
        "nothing_whole": nothing * own["whole"],
        "far": max(0.0, _NEAR - nearest),
        "asked": min(1.0, len(asked) / _MANY),
        "other_topic": max(0.0, rivals.topic - own["topic"]),
        "other_covers": max(0.0, rivals.covers - own["sentence"]),
        "nobody": float(nobody),
        "whether": float("verdict" in wants(question.text)),
        "presumed": float(presumes(question.text) and bool(question.speakers)),
    }


def _rarest_lacking(asked: Sequence[Wanted], have: frozenset[str]) -> float:
    """The rarity of the rarest asked word that is not there, nor a word that means nearly the same."""
    return max((w.weight * (1.0 - nearly_covered([w], have)) for w in asked), default=0.0)


def probability(features: Mapping[str, float], weights: Weights) -> float:
    """How likely it is that the first candidate answers the question."""
    total = weights.bias + sum(weights.answer.get(name, 0.0) * value for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
