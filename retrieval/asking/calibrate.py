"""Fits the ranking's weights to questions with known answers; the record it writes is never edited by hand."""

from __future__ import annotations

import json
import shutil
import tempfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from retrieval.asking.rank import (
    ANSWER_FEATURES,
    ORDER_FEATURES,
    Scored,
    Weights,
    answer_features,
    probability,
    rivals_of,
)
from retrieval.evaluate import Case, holds, same_speaker
from retrieval.formats.sidecar import SIDECAR
from retrieval.model import EVERYBODY, Audience

if TYPE_CHECKING:
    import numpy.typing as npt

    from retrieval.asking.answer import QuoteFinder
    from retrieval.asking.declining import Judged

    Matrix = npt.NDArray[np.float64]

SETS = Path("tests/eval/sets.toml")  # which questions over which documents are fitted
RECORD = Path(__file__).parent.parent / "ranking.json"
_STEPS = 3000
_ORDER_PENALTY = 0.01
_ANSWER_PENALTY = (
    20.0  # chosen by cross-validation: 5 to 50 differ by less than half a point of the area under the curve
)
_NARROWEST = 0.01  # spread below which a feature counts as constant
_PARTS = 8  # of the cross-validation
_STRIDE = 7  # from one question to whose topic is asked of it elsewhere, so that a document meets those of many
_RIGHT, _WRONGLY = 0.88, 0.15  # share right of what is answered, and share answered of what has no answer, at the line


class Closable(Protocol):
    """What an open index is here."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates as features, which of them are right, and the judgement they come from."""

    case: Case
    judged: Judged
    right: tuple[bool, ...]
    of: str = ""  # the set it belongs to


def calibrate(
    files: Sequence[Path], finder_for: Callable[[Path, Path], tuple[Closable, QuoteFinder]], plot: Path | None = None
) -> str:
    """Fit to the questions of these lists of sets (the held ones left out), write the record, and say what came of it.

    `finder_for` opens an index of a corpus folder in a data folder. `plot` is the PNG of the cross-validated curve.
    """
    from retrieval.evaluate import load, load_sets

    found: list[Example] = []
    with tempfile.TemporaryDirectory() as data:
        for number, one in enumerate(s for file in files for s in load_sets(file) if s.fitted):
            cases = load(one.questions, "tune")
            index, finder = finder_for(one.corpus, Path(data) / str(number))
            try:
                with finder.reading():
                    found += examples(cases, finder, one.name)
            finally:
                index.close()
            if one.alone:
                rooms = each_alone(one.corpus, Path(data) / f"{number} alone")
                index, finder = finder_for(Path(data) / f"{number} alone", Path(data) / f"{number} index alone")
                try:
                    with finder.reading():
                        found += examples_alone(cases, finder, rooms, one.name)
                finally:
                    index.close()
    weights = fit(found)
    RECORD.write_text(json.dumps(weights.to_json(), indent=2) + "\n", encoding="utf-8")
    tried = cross_validated(found)
    if plot is not None:
        draw(tried, weights.line, plot)
    return report(found, tried, weights)


@dataclass(frozen=True, slots=True)
class Tried:
    """A question as weights judged it that had seen no question on the same document."""

    sure: float
    right: bool  # the first candidate is the expected one
    answerable: bool


def cross_validated(found: Sequence[Example]) -> list[Tried]:
    """Each question judged by weights fitted on the questions of other documents."""
    tried = []
    for part in range(_PARTS):
        weights = fit([e for e in found if _part_of(e) != part])
        for example in (e for e in found if _part_of(e) == part):
            again = _reordered(example, weights.order)
            sure = probability(again.judged.features, weights)
            tried.append(Tried(sure, again.case.answerable and again.right[0], again.case.answerable))
    return tried


def _part_of(example: Example) -> int:
    """The part that all questions on one document fall into."""
    about = example.case.documents[0] if example.case.documents else example.case.id
    return zlib.crc32(f"{example.of}/{about}".encode()) % _PARTS


def report(found: Sequence[Example], tried: Sequence[Tried], weights: Weights) -> str:
    """One paragraph of figures: of the questions that were fitted, and of the same cross-validated by document."""
    have = [e for e in found if any(e.right)]
    first = sum(_reordered(e, weights.order).right[0] for e in have)
    shown = [t for t in tried if t.sure >= weights.line]
    yes, no = [t for t in tried if t.answerable], [t for t in tried if not t.answerable]
    right, answered = sum(t.right for t in shown), sum(t.answerable for t in shown)
    return (
        f"{len(found)} questions reach the ranking; of {len(have)} whose words are among the candidates {first} come first. Cross-validated by "
        f"document, at the line {weights.line:.2f}: {answered} of {len(yes)} answerable ones are answered, {right} of these with the right words first; "
        f"{len(shown) - answered} of {len(no)} without an answer are answered. Written to {RECORD.name}."
    )


def draw(tried: Sequence[Tried], line: float, target: Path) -> None:
    """The risk–coverage curve as a PNG: of the questions answered, the surest first, how many are answered wrongly."""
    from retrieval.evaluate import plot, risk_coverage

    marked = sum(t.sure >= line for t in tried) / len(tried)
    plot(risk_coverage([(t.sure, t.right) for t in tried]), target, chosen=marked)


def examples(cases: Sequence[Case], finder: QuoteFinder, of: str = "", audience: Audience = EVERYBODY) -> list[Example]:
    """The questions that reach the ranking, with their candidates."""
    found = []
    for case in cases:
        understood = finder.understand(case.question, audience)
        if understood.refusal or (understood.unknown and understood.asked != "described"):
            continue
        judged = finder.judge(understood, audience)
        if judged.ranked:
            found.append(Example(case, judged, tuple(is_right(case, s) for s in judged.ranked), of))
    return found


def each_alone(corpus: Path, target: Path) -> dict[str, Audience]:
    """Copy a corpus so that each document is seen by an audience of its own; these audiences by the documents' names.

    In a corpus of one every asked word is rare and every candidate stands out; evidence from large ones alone says little of that.
    """
    shutil.copytree(corpus, target)
    rooms = {}
    for number, file in enumerate(sorted(f for f in target.rglob("*") if f.is_file() and not f.name.endswith(SIDECAR))):
        channel = f"CALONE{number}"
        with file.with_name(file.name + SIDECAR).open("a", encoding="utf-8") as sidecar:
            sidecar.write(f'\nchannels = ["{channel}"]\n')
        rooms[file.stem] = Audience(channel=channel)
    return rooms


def examples_alone(
    cases: Sequence[Case], finder: QuoteFinder, rooms: Mapping[str, Audience], of: str = ""
) -> list[Example]:
    """The answerable questions asked of their own document alone, and each speaker asked there about what another document's question is about."""
    asked = [(case, rooms[case.documents[0]]) for case in cases if case.answerable and case.documents[0] in rooms]
    about = [(case.documents[0], finder.understand(case.question, room).question.topic) for case, room in asked]
    found = []
    for n, (case, room) in enumerate(asked):
        found += examples([case], finder, of, room)
        elsewhere = [topic for document, topic in about if topic and document != case.documents[0]]
        if elsewhere:
            question = f"What did {case.speaker} say about {elsewhere[n * _STRIDE % len(elsewhere)]}?"
            found += examples([replace(case, question=question, answerable=False, expected=())], finder, of, room)
    return found


def is_right(case: Case, scored: Scored) -> bool:
    """Whether a candidate holds the expected words and is credited to the expected speaker."""
    quote, document = scored.found.quote, scored.found.document
    said = " ".join(f.of(document.text) for f in quote.fragments)
    long_turn = len(said.split()) > 95 and any(" ".join(e.split()) in " ".join(said.split()) for e in case.expected)
    return same_speaker(case.speaker, quote.speaker) and (long_turn or any(holds(said, e) for e in case.expected))


def fit(found: Sequence[Example]) -> Weights:
    """Weights for the order (softmax over each question's candidates), for answering (logistic), and the line."""
    order = fit_order(found)
    reordered = [_reordered(example, order) for example in found]
    answer, bias = fit_answer(reordered)
    weights = Weights(order, answer, bias, 0.5)
    return replace(weights, line=line(reordered, weights))


def fit_order(found: Sequence[Example]) -> dict[str, float]:
    """The blend under which the right candidates come first."""
    kept = [e for e in found if e.case.answerable and any(e.right) and not all(e.right)]
    features = np.array([[s.features[n] for n in ORDER_FEATURES] for e in kept for s in e.judged.ranked])
    right = np.array([float(r) for e in kept for r in e.right])
    sizes = [len(e.right) for e in kept]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def shares(values: Matrix) -> Matrix:
        """Each value's share of its question's."""
        return np.asarray(values / np.repeat(np.add.reduceat(values, starts), sizes))

    weights = np.zeros(len(ORDER_FEATURES))
    velocity = np.zeros_like(weights)
    for _ in range(_STEPS):
        scores = features @ weights
        chances = shares(np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes)))
        gradient = _ORDER_PENALTY * weights + features.T @ (chances - shares(chances * right)) / len(kept)
        velocity = 0.9 * velocity - 0.1 * gradient
        weights = weights + velocity
    return {name: float(w) for name, w in zip(ORDER_FEATURES, weights, strict=True)}


def fit_answer(found: Sequence[Example]) -> tuple[dict[str, float], float]:
    """The chance that the first candidate is the answer: a logistic regression on features of one scale, bound to their signs.

    By the projected gradient method with Nesterov's momentum (Beck and Teboulle, 2009), which needs no step length to be chosen.
    """
    rows = np.array([[e.judged.features[n] for n in ANSWER_FEATURES] for e in found])
    good = np.array([float(e.case.answerable and e.right[0]) for e in found])
    middle, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), _NARROWEST)
    design = np.hstack([(rows - middle) / spread, np.ones((len(rows), 1))])
    signs = np.array([*ANSWER_FEATURES.values(), 0])
    penalty = np.append(np.full(len(ANSWER_FEATURES), _ANSWER_PENALTY), 1e-6)
    step = 1.0 / (np.linalg.norm(design, 2) ** 2 / 4 + _ANSWER_PENALTY)
    theta = ahead = np.zeros(design.shape[1])
    for n in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ ahead, -30, 30)))
        stepped = ahead - step * (design.T @ (chance - good) + penalty * ahead)
        bound = np.where(signs * stepped < 0, 0.0, stepped)
        theta, ahead = bound, bound + n / (n + 3) * (bound - theta)
    weights = theta[:-1] / spread
    return (
        {name: float(w) for name, w in zip(ANSWER_FEATURES, weights, strict=True)},
        float(theta[-1] - weights @ middle),
    )


def line(found: Sequence[Example], weights: Weights) -> float:
    """The probability from which to answer: the lowest at which enough of what is answered is right, and little is answered that has no answer."""
    scored = sorted(
        ((probability(e.judged.features, weights), e.case.answerable, e.case.answerable and e.right[0]) for e in found),
        reverse=True,
    )
    without = sum(not answerable for _, answerable, _ in scored)
    best, answered, right = scored[0][0], 0, 0
    for count, (sure, answerable, good) in enumerate(scored, start=1):
        answered += answerable
        right += good
        if right >= _RIGHT * answered and count - answered <= _WRONGLY * without:
            best = sure
    return float(best)


def _reordered(example: Example, order: Mapping[str, float]) -> Example:
    """The example as it is when candidates are ordered by these weights."""
    judged = example.judged
    rescored = [replace(s, score=sum(order[n] * v for n, v in s.features.items())) for s in judged.ranked]
    pairs = sorted(zip(rescored, example.right, strict=True), key=lambda pair: -pair[0].score)
    ranked = tuple(s for s, _ in pairs)
    nobody = judged.features["nobody"] > 0
    rivals = rivals_of(judged.rivals, judged.asked)
    features = answer_features(ranked, judged.asked, rivals, question=judged.understood.question, nobody=nobody)
    return Example(
        example.case, replace(judged, ranked=ranked, features=features), tuple(r for _, r in pairs), example.of
    )
