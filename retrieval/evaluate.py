"""Question files -> how well they are answered: recall, right speaker and document, abstention, latency, each miss."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from retrieval.errors import ConfigurationError
from retrieval.model import Answer, Document, QuoteHit, Speaker
from retrieval.spelling import SUFFIXES, folded
from retrieval.terms import words

_SLACK = 60  # words by which more than three times the expected ones may be shown
_ALIKE = 0.75  # F1 of the words from which two wordings count as one
BARS = {"right_first": 0.92, "right_in_three": 0.97, "abstained": 0.95, "answered": 0.95}
_TOLD = {
    "right_first": "have the right words first",
    "right_in_three": "have the right words among the first three",
    "abstained": "that have no answer were declined",
    "answered": "that have an answer were answered",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One question with the words that answer it, or without when nothing does."""

    id: str
    question: str
    kind: str
    answerable: bool
    speaker: str = ""
    expected: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    split: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A file of questions with the folder of documents they are asked of."""

    name: str
    corpus: Path
    questions: Path
    fitted: bool  # whether weights were fitted on its questions, those held back excepted, so that its figures flatter
    floor: float  # the share right first below which something was lost
    declined: float  # likewise of the questions that have no answer, the share declined
    alone: bool = (
        False  # whether its questions are also fitted on each of its documents by itself, as in a corpus of one
    )

    def fallen(self, found: Summary) -> tuple[str, ...]:
        """What was lost against the floors, a sentence each; a wrong name is below every floor."""
        told = []
        if found.right_first < self.floor:
            told.append(f"{found.right_first:.1%} right first, at least {self.floor:.0%} before")
        if found.abstained < self.declined:
            told.append(
                f"{found.abstained:.1%} declined of those without an answer, at least {self.declined:.0%} before"
            )
        if found.wrong_speakers:
            told.append(f"{found.wrong_speakers} with a wrong name, none before")
        return tuple(told)


@dataclass(frozen=True, slots=True)
class SetFigures:
    """A set with its figures: of all its questions, and of those that no weight was fitted on."""

    of: QuestionSet
    all: Summary
    held: Summary | None  # None: none were held back

    @classmethod
    def made(cls, one: QuestionSet, outcomes: Sequence[Outcome]) -> SetFigures:
        """The figures of what was asked of a set."""
        held = [o for o in outcomes if not one.fitted or o.case.split == "held"]
        return cls(one, summary(outcomes), summary(held) if held else None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question was answered."""

    case: Case
    answer: Answer
    rights: tuple[bool, ...]  # for each shown quote, whether it is the expected one
    right_document: bool
    wrong_speaker: bool
    sure: float | None = None  # how sure the answer was, for the risk–coverage curve

    @property
    def right_first(self) -> bool:
        return bool(self.rights and self.rights[0])

    @property
    def near(self) -> bool:
        return self.answer.status == "near"

    @property
    def good(self) -> bool:
        return self.right_first if self.case.answerable else not self.answer.answered


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one file of questions; shares are from 0 to 1."""

    questions: int
    answerable: int
    right_first: float
    right_in_three: float
    right_speaker: float
    right_document: float
    wrong_speakers: int
    answered: float
    abstained: float
    abstention_precision: float
    p50_ms: float
    p95_ms: float
    by_kind: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    misses: tuple[Outcome, ...] = ()

    @property
    def below(self) -> tuple[str, ...]:
        """The bars that are missed, in words."""
        silent = self.questions - self.answerable
        missed = [
            _fewer(getattr(self, name), silent if name == "abstained" else self.answerable, told, BARS[name])
            for name, told in _TOLD.items()
            if getattr(self, name) < BARS[name]
        ]
        if self.wrong_speakers:
            are = "answer names" if self.wrong_speakers == 1 else "answers name"
            missed.append(f"{self.wrong_speakers} {are} the wrong speaker; none may")
        return tuple(missed)


def _fewer(share: float, of: int, told: str, bar: float) -> str:
    """By how many questions a bar is missed."""
    wanted = next(count for count in range(of + 1) if count / of >= bar)
    return f"{round(share * of)} of {of} {told} ({share:.1%}), fewer than the {wanted} that {bar:.0%} asks for"


def load(path: Path, split: str | None = None) -> tuple[Case, ...]:
    """The questions of a JSONL file, perhaps of one split alone."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        cases = tuple(_case(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{path} is no file of questions ({error}); each line wants id, question and answerable."
        ) from error
    return tuple(c for c in cases if split is None or c.split == split)


def load_sets(path: Path) -> tuple[QuestionSet, ...]:
    """The sets that a TOML file lists; their paths count from the folder that the program is run in."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["set"]
        return tuple(
            QuestionSet(
                r["name"],
                Path(r["corpus"]),
                Path(r["questions"]),
                bool(r["fitted"]),
                float(r["floor"]),
                float(r["declined"]),
                bool(r.get("alone", False)),
            )
            for r in rows
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path} is no list of question sets ({error}); each [[set]] wants name, corpus, questions, fitted, floor and declined."
        ) from error


def _case(row: Mapping[str, object]) -> Case:
    aliases, also_in = _texts(row, "aliases"), _texts(row, "also_in")
    return Case(
        id=str(row["id"]),
        question=str(row["question"]),
        kind=str(row.get("kind") or ""),
        answerable=bool(row["answerable"]),
        speaker=str(row.get("expected_speaker") or ""),
        expected=tuple(str(x) for x in (row.get("expected_quote"), *aliases) if x),
        documents=tuple(str(x) for x in (row.get("doc_id"), *also_in) if x),
        split=str(row.get("split") or ""),
    )


def _texts(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = row.get(name) or ()
    if not isinstance(found, list | tuple):
        raise TypeError(f"{name} of {row['id']} is not a list")
    return tuple(str(x) for x in found)


def run(cases: Iterable[Case], ask: Callable[[str], Answer]) -> list[Outcome]:
    """Each question asked and judged."""
    return [judge(case, ask(case.question)) for case in cases]


def judge(case: Case, answer: Answer) -> Outcome:
    """Whether the shown quotes are the expected words, by the expected speaker, from the expected document."""
    hits = answer.quotes
    holding = [any(holds(shown_words(h), e) for e in case.expected) for h in hits]
    rights = tuple(held and same_speaker(case.speaker, h.quote.speaker) for held, h in zip(holding, hits, strict=True))
    wrong = bool(
        case.answerable and hits and hits[0].quote.speaker and ((holding[0] and not rights[0]) or _not_asked(answer))
    )
    document = bool(rights and rights[0] and _from(case, hits[0]))
    return Outcome(case, answer, rights, document, wrong, hits[0].score if hits else None)


def shown_words(hit: QuoteHit) -> str:
    """The quoted words of a hit, whatever stands between its fragments left out."""
    return " ".join(f.of(hit.document.text) for f in hit.fragments)


def holds(shown: str, expected: str) -> bool:
    """Whether what is shown is the expected wording, or holds it without being a whole page, or is at least half of it."""
    have, want = words(shown), words(expected)
    if not have or not want or len(have) > 3 * len(want) + _SLACK:
        return False
    inside, outside = f" {' '.join(have)} ", f" {' '.join(want)} "
    if outside in inside or (inside in outside and len(have) * 2 >= len(want)):
        return True
    common = sum((Counter(have) & Counter(want)).values())
    return 2 * common / (len(have) + len(want)) >= _ALIKE


def same_speaker(expected: str, speaker: Speaker | None) -> bool:
    """Whether a credit is the expected one: by surname, or by being unnamed where no name is expected."""
    if speaker is None:
        return False
    if folded(expected).startswith("unnamed"):
        return speaker.unnamed
    if speaker.unnamed:
        return False
    want, have = folded(expected).split(), folded(speaker.name).split()
    return _last(want) == _last(have) or (bool(want) and set(want) - {"the", "of"} <= set(have))


def _last(name: Sequence[str]) -> str:
    kept = [w for w in name if w not in SUFFIXES]
    return kept[-1].replace("yy", "y").replace("iy", "y") if kept else ""


def _not_asked(answer: Answer) -> bool:
    """Whether the first words are somebody's whom the question, as understood, did not ask about."""
    asked = {_last(folded(s.name).split()) for s in answer.question.speakers}
    speaker = answer.quotes[0].quote.speaker
    return bool(asked and speaker and _last(folded(speaker.name).split()) not in asked)


def _from(case: Case, hit: QuoteHit) -> bool:
    documents: list[Document] = [hit.document, *(source.document for source in hit.also_in)]
    return any(want in f"{d.path} {d.id}" for d in documents for want in case.documents)


def summary(outcomes: Sequence[Outcome]) -> Summary:
    """The figures of a run."""
    can = [o for o in outcomes if o.case.answerable]
    cannot = [o for o in outcomes if not o.case.answerable]
    silent = [o for o in outcomes if not o.answer.answered]
    took = sorted(o.answer.took_ms for o in outcomes) or [0.0]
    kinds: dict[str, tuple[int, int]] = {}
    for o in outcomes:
        good, of = kinds.get(o.case.kind, (0, 0))
        kinds[o.case.kind] = (good + o.good, of + 1)
    return Summary(
        questions=len(outcomes),
        answerable=len(can),
        right_first=_share(o.right_first for o in can),
        right_in_three=_share(any(o.rights[:3]) for o in can),
        right_speaker=_share(
            bool(o.answer.quotes) and same_speaker(o.case.speaker, o.answer.quotes[0].quote.speaker) for o in can
        ),
        right_document=_share(o.right_document for o in can),
        wrong_speakers=sum(o.wrong_speaker for o in outcomes),
        answered=_share(o.answer.answered for o in can),
        abstained=_share(not o.answer.answered for o in cannot),
        abstention_precision=_share(not o.case.answerable for o in silent),
        p50_ms=took[len(took) // 2],
        p95_ms=took[min(len(took) - 1, int(len(took) * 0.95))],
        by_kind=dict(sorted(kinds.items())),
        misses=tuple(o for o in outcomes if not o.good),
    )


def _share(of: Iterable[bool]) -> float:
    values = list(of)
    return sum(values) / len(values) if values else 1.0


def risk_coverage(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Coverage and risk, answering the surest questions first: (share answered, share of those that are wrong)."""
    curve, wrong = [], 0
    for i, (_, good) in enumerate(sorted(judged, key=lambda pair: -pair[0]), start=1):
        wrong += not good
        curve.append((i / len(judged), wrong / i))
    return curve


def plot(curve: Sequence[tuple[float, float]], path: Path, chosen: float | None = None) -> None:
    """The risk–coverage curve as a PNG; `chosen` is the share answered at the line in use."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ConfigurationError("Plots need matplotlib; run: pip install 'nato-quotes[plots]'") from error
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    axes.plot([c for c, _ in curve], [r for _, r in curve])
    axes.set(
        xlabel="share of questions answered", ylabel="share of answers that are wrong", xlim=(0, 1), ylim=(0, None)
    )
    if chosen is not None:
        axes.axvline(chosen, linestyle=":", color="black", label="the line in use")
        axes.legend()
    axes.grid(visible=True, alpha=0.3)
    figure.savefig(path, dpi=120, format="png")
