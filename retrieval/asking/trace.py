"""What was seen on the way from a question to its answer, stage by stage, for whoever asks why.

A trace is told to the audience of its answer: it names quotes, speakers and counts only of documents that they may see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from retrieval.asking.refusals import CODES
from retrieval.display import collapse
from retrieval.traces import amounts

if TYPE_CHECKING:
    from retrieval.asking.declining import Judged
    from retrieval.asking.question import Understood
    from retrieval.asking.rank import Scored, Weights
    from retrieval.gates import Gate
    from retrieval.model import Answer

FIRST = 5  # candidates whose features are told
_WORDS = 120  # characters of a candidate's words


@dataclass(slots=True)
class Trace:
    """Filled by the stages of one question; `told` puts it into words and numbers."""

    weights: Weights
    understood: Understood | None = None
    readings: list[Judged] = field(default_factory=list)  # more than one where a name or a period was read anew
    stopped: list[tuple[str, Gate]] = field(default_factory=list)

    def reads(self, judged: Judged) -> Judged:
        """Keep what was judged under one reading of the question; returns it."""
        self.readings.append(judged)
        return judged

    def told(self, answer: Answer) -> dict[str, Any]:
        """The trace as plain values: `question`, `search`, `candidates`, `evidence`, `gates`, `outcome`.

        A stage that the question did not come to is left out.
        """
        found: dict[str, Any] = {}
        last = self.readings[-1] if self.readings else None
        understood = last.understood if last else self.understood
        if understood is not None:
            found["question"] = _question(understood)
        if last is not None:
            found["search"] = dict(last.pool.counts) | {"readings": len(self.readings)}
            found["candidates"] = [_candidate(one, self.weights.order) for one in last.ranked[:FIRST]]
            found["evidence"] = _evidence(last, self.weights)
        if last is not None or self.stopped:
            found["gates"] = [{"gate": gate.name, "quote": quote, "why": gate.stopped} for quote, gate in self.stopped]
        found["outcome"] = _outcome(answer)
        return found


def _question(understood: Understood) -> dict[str, Any]:
    question = understood.question
    told = {
        "intent": question.intent,
        "speakers": [s.name for s in question.speakers],
        "speaker found by": understood.asked,
        "speaker as typed": understood.typed,
        "office": understood.role,
        "nobody's name": understood.unknown or understood.doubt,
        "topic": question.topic,
        "words quoted": understood.quoted,
        "since": question.since.isoformat() if question.since else None,
        "until": question.until.isoformat() if question.until else None,
        "in the office": understood.capacity.told if understood.capacity else None,
        "publisher": question.publisher,
        "order": question.order,
    }
    return {name: value for name, value in told.items() if value}


def _candidate(one: Scored, weights: Mapping[str, float]) -> dict[str, Any]:
    quote, document = one.found.quote, one.found.document
    words = collapse(" ".join(f.of(document.text) for f in quote.fragments))
    return {
        "quote": quote.id,
        "speaker": quote.speaker.name if quote.speaker else None,
        "document": document.id,
        "words": words if len(words) <= _WORDS else words[:_WORDS].rsplit(" ", 1)[0] + " …",
        "score": round(one.score, 3),
        "amounts": amounts(one.features, weights),
    }


def _evidence(judged: Judged, weights: Weights) -> dict[str, Any]:
    told: dict[str, Any] = {"probability": round(judged.probability, 3), "line": round(weights.line, 3)}
    if judged.features:
        told["amounts"] = amounts(judged.features, weights.answer) | {"bias": round(weights.bias, 3)}
    told["asked words"] = [w.meant or w.term.folded for w in judged.asked]
    return told


def _outcome(answer: Answer) -> dict[str, Any]:
    if answer.answered:
        return {"answered": len(answer.quotes)}
    told: dict[str, Any] = {"refused": answer.code, "decided by": answer.decided}
    if answer.near:
        told["shown as nearest"] = len(answer.near)
    return told | ({"gate": CODES[answer.code].gate} if CODES[answer.code].gate else {})
