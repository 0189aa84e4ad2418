"""How much speaks for somebody else than whoever a quotation was given to (pure)."""

from __future__ import annotations

from collections.abc import Callable

from retrieval.model import Span
from retrieval.reading.candidates import Candidate, Verdict
from retrieval.reading.resolution import Resolved

_CARRIES = frozenset(["report", "reports", "reported", "quoted", "cited"])
_TOO_LITTLE = 0.03  # of the shares; below it nobody is asked for

Known = dict[tuple[str, Span], Resolved]


def against(
    text: str, verdict: Verdict, found: Resolved, resolve: Callable[[Candidate], Resolved], known: Known
) -> float:
    """The share of the candidates that stand for another speaker than the one found.

    Candidates that stand for the same person ("Ahab said … he was “weary”") and those that stand for nobody
    ("it is “a whale”") leave a speaker as sure as he is. `known` keeps what was resolved already.
    """
    if found.speaker is None or verdict.choice is None:
        return 0.0
    share = 0.0
    for candidate, part in zip(verdict.candidates, verdict.shares, strict=True):
        if part < _TOO_LITTLE or candidate.mention in (None, verdict.choice.mention):
            continue
        assert candidate.mention is not None
        if _carries(text, verdict, candidate):
            continue
        place = (candidate.kind, candidate.mention)
        if place not in known:
            known[place] = resolve(candidate)
        other = known[place].speaker
        if other is not None and other != found.speaker:
            share += part
    return share


def _carries(text: str, verdict: Verdict, candidate: Candidate) -> bool:
    """Whether a candidate only carries words that a cue before them gives to their speaker: "…, the Gazette reports"."""
    own = verdict.choice.cue if verdict.choice is not None else None
    if own is None or candidate.cue is None or own.end > verdict.region.outer.start:
        return False
    return candidate.cue.start >= verdict.region.outer.end and candidate.cue.of(text) in _CARRIES
