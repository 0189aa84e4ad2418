"""How sure a quotation's speaker is, and how that came about, in amounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retrieval.linear import Linear
from retrieval.reading.attribution import carried_over
from retrieval.reading.statements import Attributed
from retrieval.traces import amounts

# Below this words in quotation marks are taken for scare quotes, a title, a slogan.
SPEECH = 0.83
_FIRST = 5  # candidates that a trace tells of


def trace_of(text: str, judged: Attributed, models: Mapping[str, Linear], line: float) -> dict[str, Any]:
    """How one quotation was judged: is it speech, who may have said it, who that is, and whether that is sure."""
    verdict, found = judged.verdict, judged.resolved
    speech, ranker = models["speech"], models["ranker"]
    ranked = sorted(zip(verdict.shares, verdict.candidates, strict=True), key=lambda pair: -pair[0])
    sure = certainty(judged)
    told: dict[str, Any] = {
        "speech": {
            "probability": round(verdict.speech, 3),
            "line": SPEECH,
            "amounts": amounts(verdict.features, speech.weights) | {"bias": round(speech.bias, 3)},
        },
        "candidates": [
            {
                "score": round(share, 3),
                "speaker": one.mention.of(text) if one.mention else None,
                "words": f"found by {one.way}" + (f", cue “{one.cue.of(text)}”" if one.cue else ""),
                "amounts": amounts(one.features, ranker.weights),
            }
            for share, one in ranked[:_FIRST]
        ],
        "speaker": {"found": found.speaker.name if found.speaker else None, "by": found.evidence},
    }
    if verdict.speech < SPEECH:
        decided = f"that it is speech is {verdict.speech:.2f}, below the line {SPEECH:.2f}"
        return told | {"outcome": {"left out": True, "decided by": decided}}
    if found.speaker is None or sure < line:
        decided = found.evidence if found.speaker is None else f"{sure:.2f} is below the line {line:.2f}"
        return told | {"outcome": {"unattributed": True, "decided by": decided}}
    return told | {"outcome": {"speaker": found.speaker.name, "sure": round(sure, 3)}}


def certainty(judged: Attributed) -> float:
    """How sure a quotation's speaker is: that the words are speech, that the mention is their source, whom it stands for.

    The exponents are those under which the line trades best on annotated news; the choice among candidates counts less
    than how strong the chosen one is by itself, and only those candidates count against it that stand for somebody else.
    """
    verdict = judged.verdict
    weight = carried_over(verdict.choice) if verdict.choice is not None else None
    if weight is None:
        agreed = max(verdict.agreed, 1.0 - judged.resolved.against)
        weight = verdict.strength**2 * agreed**0.5
    return float(judged.resolved.confidence * verdict.speech * weight)
