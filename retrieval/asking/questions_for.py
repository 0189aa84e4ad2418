"""Questions that a document can answer, made of its quotes' own words (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.asking.abstain import with_article
from retrieval.asking.subjects import subjects
from retrieval.model import Document, Quote

MOST = 3
_ENOUGH = 6  # words of a quote that is worth a question


def questions_for(document: Document, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Up to three questions, of different speakers where there are several; none where nobody is sure to speak on anything."""
    asked: list[tuple[str, str, str]] = []
    for quote in sorted(quotes, key=lambda q: -q.confidence):
        speaker = quote.speaker
        if speaker is None or speaker.unnamed or quote.kind == "reported":
            continue
        words = " ".join(fragment.of(document.text) for fragment in quote.fragments)
        own = {part.casefold() for part in speaker.name.split()}
        told = subjects((words,), lambda name: bool({part.casefold() for part in name.split()} & own), 1)  # noqa: B023
        if told and len(words.split()) >= _ENOUGH and all(told[0] != other for _, _, other in asked):
            asked.append((speaker.name, f"What did {with_article(speaker)} say about {told[0]}?", told[0]))
    firsts = {name: question for name, question, _ in reversed(asked)}
    chosen = list(dict.fromkeys([*(firsts[name] for name, _, _ in asked), *(question for _, question, _ in asked)]))
    return tuple(chosen[:MOST])
