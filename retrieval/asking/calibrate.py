"""Fits the ranking's weights to questions with known answers; the record it writes is never edited by hand."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from retrieval.asking.rank import ANSWER_FEATURES, ORDER_FEATURES, Scored, Weights, answer_features
from retrieval.evaluate import Case, holds, same_speaker
from retrieval.model import EVERYBODY

if TYPE_CHECKING:
    import numpy.typing as npt

    from retrieval.asking.answer import QuoteFinder
    from retrieval.asking.declining import Judged

    Matrix = npt.NDArray[np.float64]

SETS = Path("tests/eval/sets.toml")  # which questions over which documents are fitted
RECORD = Path(__file__).parent.parent / "ranking.json"
_STEPS = 3000
_ORDER_PENALTY = 0.01
_ANSWER_PENALTY = 0.02


class Closable(Protocol):
    """What an open index is here."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates as features, which of them are right, and the judgement they come from."""

    case: Case
    judged: Judged
    right: tuple[bool, ...]


def calibrate(root: Path, finder_for: Callable[[Path, Path], tuple[Closable, QuoteFinder]]) -> str:
    """Fit to the repository's questions (the held ones left out), write the record, and say what came of it.

    `finder_for` opens an index of a corpus folder in a data folder.
    """
    from retrieval.asking.rank import load_weights
    from retrieval.evaluate import load, load_sets

    found: list[Example] = []
    with tempfile.TemporaryDirectory() as data:
        for number, one in enumerate(s for s in load_sets(root / SETS) if s.fitted):
            index, finder = finder_for(root / one.corpus, Path(data) / str(number))
            try:
                with finder.reading():
                    found += examples(load(root / one.questions, "tune"), finder)
            finally:
                index.close()
    weights = fit(found, load_weights())
    RECORD.write_text(json.dumps(weights.to_json(), indent=2) + "\n", encoding="utf-8")
    return report(found, weights)


def report(found: Sequence[Example], weights: Weights) -> str:
    """One paragraph of figures on the questions that were fitted."""
    from retrieval.asking.rank import probability

    again = [_reordered(example, weights.order) for example in found]
    have = [e for e in again if any(e.right)]
    cannot = [e for e in again if not e.case.answerable]
    first = sum(e.right[0] for e in have)
    answered = sum(probability(e.judged.features, weights) >= weights.line for e in have)
    silent = sum(probability(e.judged.features, weights) < weights.line for e in cannot)
    return (
        f"{len(found)} questions reach the ranking; of {len(have)} whose words are among the candidates {first} come first and "
        f"{answered} are answered; of {len(cannot)} without an answer {silent} are refused. Written to {RECORD.name}."
    )


def examples(cases: Sequence[Case], finder: QuoteFinder) -> list[Example]:
    """The questions that reach the ranking, with their candidates."""
    found = []
    for case in cases:
        understood = finder.understand(case.question, EVERYBODY)
        if understood.refusal or (understood.unknown and understood.asked != "described"):
            continue
        judged = finder.judge(understood, EVERYBODY)
        if judged.ranked:
            found.append(Example(case, judged, tuple(is_right(case, s) for s in judged.ranked)))
    return found


def is_right(case: Case, scored: Scored) -> bool:
    """Whether a candidate holds the expected words and is credited to the expected speaker."""
    quote, document = scored.found.quote, scored.found.document
    said = " ".join(f.of(document.text) for f in quote.fragments)
    long_turn = len(said.split()) > 95 and any(" ".join(e.split()) in " ".join(said.split()) for e in case.expected)
    return same_speaker(case.speaker, quote.speaker) and (long_turn or any(holds(said, e) for e in case.expected))


def fit(found: Sequence[Example], start: Weights) -> Weights:
    """Weights for the order (softmax over each question's candidates), for answering (logistic), and the line."""
    order = fit_order(found)
    reordered = [_reordered(example, order) for example in found]
    answer, bias = fit_answer(reordered)
    weights = Weights(order, answer, bias, start.line)
    return Weights(order, answer, bias, line(reordered, weights))


def fit_order(found: Sequence[Example]) -> dict[str, float]:
    """The blend under which the right candidates come first."""
    groups = [
        (np.array([[s.features[n] for n in ORDER_FEATURES] for s in e.judged.ranked]), np.array(e.right))
        for e in found
        if e.case.answerable and any(e.right) and not all(e.right)
    ]
    weights = np.zeros(len(ORDER_FEATURES))
    velocity = np.zeros_like(weights)
    for _ in range(_STEPS):
        gradient = _ORDER_PENALTY * weights
        for features, right in groups:
            scores = features @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            target = chances * right
            target /= target.sum()
            gradient += features.T @ (chances - target) / len(groups)
        velocity = 0.9 * velocity - 0.1 * gradient
        weights = weights + velocity
    return {name: float(w) for name, w in zip(ORDER_FEATURES, weights, strict=True)}


def fit_answer(found: Sequence[Example]) -> tuple[dict[str, float], float]:
    """The chance that the first candidate is an answer, by Newton's method; both outcomes weigh the same."""
    rows = np.array([[e.judged.features[n] for n in ANSWER_FEATURES] for e in found])
    good = np.array([float(e.case.answerable and any(e.right[:3])) for e in found])
    # an answerable question whose answer the index does not have teaches nothing about abstaining
    kept = np.array([not e.case.answerable or any(e.right) for e in found])
    rows, good = rows[kept], good[kept]
    design = np.hstack([rows, np.ones((len(rows), 1))])
    weigh = np.where(good > 0, 0.5 / max(good.sum(), 1), 0.5 / max((1 - good).sum(), 1))
    theta = np.zeros(design.shape[1])
    penalty = np.full(design.shape[1], _ANSWER_PENALTY / 10)
    penalty[-1] = 1e-6
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(design @ theta, -30, 30)))
        gradient = design.T @ (weigh * (chance - good)) + penalty * theta
        curve = design.T @ (design * (weigh * chance * (1 - chance))[:, None]) + np.diag(penalty)
        theta = theta - np.linalg.solve(curve, gradient)
    return {name: float(w) for name, w in zip(ANSWER_FEATURES, theta, strict=False)}, float(theta[-1])


def line(found: Sequence[Example], weights: Weights) -> float:
    """The probability from which to answer: where refusals and answers err equally, in shares, of these questions."""
    from retrieval.asking.rank import probability

    scored = [
        (probability(e.judged.features, weights), e.case.answerable)
        for e in found
        if not e.case.answerable or any(e.right)
    ]
    yes = sorted(p for p, answerable in scored if answerable)
    no = sorted(p for p, answerable in scored if not answerable)
    best = min(
        np.linspace(0.5, 0.8, 31),
        key=lambda at: (
            sum(p < at for p in yes) / max(len(yes), 1) + sum(p >= at for p in no) / max(len(no), 1),
            abs(at - 0.5),
        ),
    )
    return float(best)


def _reordered(example: Example, order: Mapping[str, float]) -> Example:
    """The example as it is when candidates are ordered by these weights."""
    from retrieval.asking.answer import rivals_of

    judged = example.judged
    rescored = [replace(s, score=sum(order[n] * v for n, v in s.features.items())) for s in judged.ranked]
    pairs = sorted(zip(rescored, example.right, strict=True), key=lambda pair: -pair[0].score)
    ranked = tuple(s for s, _ in pairs)
    nobody = judged.features["nobody"] > 0
    features = answer_features(ranked, judged.asked, rivals_of(judged.rivals, judged.asked), nobody=nobody)
    return Example(example.case, replace(judged, ranked=ranked, features=features), tuple(r for _, r in pairs))
