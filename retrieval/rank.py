"""Candidates -> scored and ordered, and how likely the first one answers (pure). The weights are one small record."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from retrieval.evidence import Surroundings, Wanted, covered, missing
from retrieval.model import Document, Quote

ORDER_FEATURES = (
    "cosine", "cosine_gap", "bm25", "own", "sentence", "around", "reported", "mixed", "turn", "passage", "short", "long", "sure",
)  # fmt: skip
ANSWER_FEATURES = (
    "cosine", "own", "sentence", "around", "missing_name", "missing_rare", "bare", "margin",
    "other_cosine", "other_covers", "nobody", "nobody_around", "nobody_cosine", "passage",
)  # fmt: skip
_SHORT, _LONG = 4, 60


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
class Found:
    """A quote or passage that the search brought up, with what each search said of it."""

    quote: Quote
    document: Document
    cosine: float
    bm25: float
    near: Surroundings


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features and its place in the order."""

    found: Found
    features: Mapping[str, float]
    score: float


@dataclass(frozen=True, slots=True)
class Rivals:
    """What the words of others would have to say to the question: the best cosine and the best coverage among them."""

    cosine: float = 0.0
    covers: float = 0.0


def order_features(found: Sequence[Found], asked: Sequence[Wanted]) -> list[dict[str, float]]:
    """What each candidate has for itself, beside the others."""
    best_cosine = max((f.cosine for f in found), default=0.0)
    best_bm25 = max((f.bm25 for f in found), default=0.0) or 1.0
    made = []
    for f in found:
        kind = f.quote.kind
        made.append(
            {
                "cosine": f.cosine,
                "cosine_gap": f.cosine - best_cosine,
                "bm25": max(0.0, f.bm25) / best_bm25,
                "own": covered(asked, f.near.own),
                "sentence": covered(asked, f.near.sentence),
                "around": covered(asked, f.near.around),
                "reported": float(kind == "reported"),
                "mixed": float(kind == "mixed"),
                "turn": float(kind == "turn"),
                "passage": float(kind == "passage"),
                "short": float(f.near.length < _SHORT),
                "long": float(f.near.length > _LONG),
                "sure": f.quote.confidence,
            }
        )
    return made


def order(found: Sequence[Found], asked: Sequence[Wanted], weights: Weights) -> list[Scored]:
    """The candidates, best first."""
    scored = [
        Scored(f, features, sum(weights.order.get(name, 0.0) * value for name, value in features.items()))
        for f, features in zip(found, order_features(found, asked), strict=True)
    ]
    return sorted(scored, key=lambda s: (-s.score, s.found.quote.id))


def answer_features(
    ranked: Sequence[Scored], asked: Sequence[Wanted], rivals: Rivals, *, nobody: bool, margin: float
) -> dict[str, float]:
    """What speaks for the first candidate being an answer at all."""
    first = ranked[0]
    near = first.found.near
    lacking = missing(asked, near.around)
    features = first.features
    return {
        "cosine": features["cosine"],
        "own": features["own"],
        "sentence": features["sentence"],
        "around": features["around"],
        "missing_name": max((w.weight for w in lacking if w.proper), default=0.0),
        "missing_rare": max((w.weight for w in lacking), default=0.0),
        "bare": float(not asked),
        "margin": min(margin, 3.0),
        "other_cosine": max(0.0, rivals.cosine - features["cosine"]),
        "other_covers": max(0.0, rivals.covers - features["sentence"]),
        "nobody": float(nobody),
        "nobody_around": float(nobody) * features["around"],
        "nobody_cosine": float(nobody) * features["cosine"],
        "passage": features["passage"],
    }


def probability(features: Mapping[str, float], weights: Weights) -> float:
    """How likely it is that the first candidate answers the question."""
    total = weights.bias + sum(weights.answer.get(name, 0.0) * value for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
