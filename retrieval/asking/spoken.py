"""A reported sentence gives way to the words that bear it out: “… said the town was safe. “Nobody need fear,” he said.” (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.asking.merge import same_speaker
from retrieval.display import MARK
from retrieval.rank import Scored

_BEHIND = 2.5  # how much less the words themselves may fit the question
_AFTER = 200  # characters from the end of the sentence in which they begin


def words_first(ranked: Sequence[Scored]) -> list[Scored]:
    """The ranked candidates, and where a reported sentence leads, the speaker's own words right behind it before it.

    A sentence that holds quoted words itself keeps its place.
    """
    found = list(ranked)
    if not found or found[0].found.quote.kind != "reported":
        return found
    first = found[0]
    if MARK.search(first.found.quote.extent.of(first.found.document.text)):
        return found  # the sentence gives words of the speaker's itself
    words = next((s for s in found if s.score >= first.score - _BEHIND and _bears_out(s, first)), None)
    return found if words is None else [words, *(s for s in found if s is not words)]


def _bears_out(words: Scored, reported: Scored) -> bool:
    said, told = words.found.quote, reported.found.quote
    return (
        said.kind in {"direct", "mixed"}
        and said.document_id == told.document_id
        and 0 <= said.extent.start - told.extent.end <= _AFTER
        and same_speaker(said.speaker, told.speaker)
    )
