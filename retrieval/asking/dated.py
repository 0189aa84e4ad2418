"""The month or year in which a text says that words were said: "told the paper in March 2011" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from retrieval.asking.dates import periods_named
from retrieval.model import Quote, Span
from retrieval.sentences import sentences

_AROUND = 400  # characters on either side of the words in which their sentence is looked for
_APART = 60  # characters between the verb of speech and the time that hangs on it
_ELSEWHERE = re.compile(
    r"[;:.!?“”\"]|\b(?:and|but|while|when|as|that|which|who|whose|where|because|if)\b", re.IGNORECASE
)
_OPENING = re.compile(r"^\s*,?\s*(?:[\w.’'-]+\s+){0,5}$")
_HEARER = re.compile(r"^\s*(?:(?:him|her|them|me|us|reporters|journalists|[A-Z][\w.’'-]*|the [\w.’'-]+)\s+){0,6}$")


def said_between(text: str, quote: Quote, since: date, until: date) -> bool:
    """Whether the sentence of a quote names a time on its verb of speech that lies between two days."""
    if quote.cue is None:
        return False
    years = {str(since.year), str(until.year)}
    near = Span(max(0, quote.cue.start - _AROUND), min(len(text), quote.cue.end + _AROUND))
    if not any(year in near.of(text) for year in years):
        return False
    home = next((s for s in sentences(text, near) if s.start <= quote.cue.start < s.end), None)
    return home is not None and any(since <= first and last <= until for first, last in _times(text, home, quote))


def _times(text: str, home: Span, quote: Quote) -> Iterator[tuple[date, date]]:
    """The stretches of time that hang on the cue, none of them part of the words themselves."""
    cue = quote.cue
    assert cue is not None
    reported = quote.kind == "reported"
    for place, first, last in periods_named(home.of(text)):
        start, end = home.start + place.start, home.start + place.end
        if not reported and any(f.start < end and start < f.end for f in quote.fragments):
            continue
        behind = start >= cue.end
        between = text[cue.end : start] if behind else text[end : cue.start]
        if len(between) > _APART or _ELSEWHERE.search(between):
            continue
        if behind and not reported:
            hangs = "," not in between
        else:
            hangs = bool((_HEARER if behind else _OPENING).match(f"{between.rstrip()} "))
        if hangs:
            yield first, last
