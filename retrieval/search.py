"""Candidates for a question: from the vectors and from the full text, filtered by audience, speaker, date and publisher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

import numpy as np

from retrieval.model import Audience, Quote, Speaker
from retrieval.rank import Found
from retrieval.shelf import Card, Shelf

if TYPE_CHECKING:
    import numpy.typing as npt

    from retrieval.catalog import Catalog
    from retrieval.chunks import Window

    Matrix = npt.NDArray[np.float32]

NEAREST = 40  # windows taken by meaning
MATCHING = 40  # windows taken by words
LOOKED_AT = 32  # candidates whose surroundings are compared with the question
_RIVALS = 24


class VectorSearch(Protocol):
    """Where the nearest windows are looked for."""

    def query(
        self, vector: Matrix, k: int, *, document_ids: Sequence[str] | None = None
    ) -> tuple[tuple[str, float], ...]: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """Which quotes may be candidates at all."""

    audience: Audience
    speakers: tuple[Speaker, ...] = ()
    passages: bool = False
    accepts: Callable[[Quote, Card], bool] = lambda _quote, _card: True


@dataclass(frozen=True, slots=True)
class Pool:
    """What the filters let through and what they kept out."""

    found: tuple[Found, ...]
    refused: int = 0  # candidates that only the dates or the publisher speak against


def day_of(quote: Quote, card: Card) -> date | None:
    """The day words were said, or else the day they were published."""
    return quote.said_on or card.published


class Search:
    """Brings up candidates; decides nothing."""

    def __init__(self, catalog: Catalog, vectors: VectorSearch, shelf: Shelf) -> None:
        self._catalog, self._vectors, self._shelf = catalog, vectors, shelf

    def pool(self, vector: Matrix, words: Sequence[str], wish: Wish) -> Pool:
        """The candidates that the wish lets through, the most promising ones only."""
        cosines, bm25 = self._windows(vector, words, wish)
        owners = self._owners([*cosines, *bm25], cosines, bm25)
        quotes = self._quotes(owners, wish)
        kept, refused = [], 0
        for quote in quotes:
            card = self._shelf.card(quote.document_id)
            if card is None or not wish.audience.may_see(card.channels):
                continue
            if wish.accepts(quote, card):
                kept.append(quote)
            else:
                refused += 1
        best = max((owners[q.id][1] for q in kept), default=1.0) or 1.0
        kept.sort(key=lambda q: -(owners[q.id][0] + 0.25 * owners[q.id][1] / best))
        return Pool(tuple(self._found(kept[:LOOKED_AT], owners)), refused)

    def others(self, vector: Matrix, audience: Audience, besides: Iterable[Speaker]) -> list[Found]:
        """The nearest words of other speakers than these."""
        mine = {(s.id, s.name if s.id is None else "") for s in besides}
        cosines = dict(self._vectors.query(vector, _RIVALS))
        owners = self._owners(list(cosines), cosines, {})
        quotes = [
            q
            for q in self._catalog.quotes(list(owners)).values()
            if q.speaker is not None and (q.speaker.id, q.speaker.name if q.speaker.id is None else "") not in mine
        ]
        seen = [q for q in quotes if (card := self._shelf.card(q.document_id)) and audience.may_see(card.channels)]
        seen.sort(key=lambda q: -owners[q.id][0])
        return list(self._found(seen[:8], owners))

    def saying(self, words: Sequence[str], audience: Audience, speakers: Sequence[Speaker] = ()) -> list[Quote]:
        """Quotes that hold many of these words, best first."""
        ids = [s.id for s in speakers if s.id is not None] or None
        found = dict(self._catalog.search(words, audience, speaker_ids=ids, owners="quotes", limit=80))
        owners = self._owners(list(found), {}, found)
        quotes = self._catalog.quotes(list(owners))
        return sorted(quotes.values(), key=lambda q: -owners[q.id][1])

    def _windows(self, vector: Matrix, words: Sequence[str], wish: Wish) -> tuple[dict[str, float], dict[str, float]]:
        named = [s.id for s in wish.speakers if s.id is not None]
        if not wish.speakers:
            owners = None if wish.passages else "quotes"
            cosines = dict(self._vectors.query(vector, 2 * NEAREST))
            bm25 = self._catalog.search(words, wish.audience, owners=owners, limit=MATCHING)  # type: ignore[arg-type]
            return cosines, dict(bm25)
        cosines, bm = {}, {}
        if named:
            theirs = self._shelf.vectors_of(named)
            cosines |= _nearest(theirs, vector)
            bm |= dict(self._catalog.search(words, wish.audience, speaker_ids=named, owners="quotes", limit=MATCHING))
        described = [s.name for s in wish.speakers if s.id is None]
        if described:
            cosines |= _nearest(self._shelf.vectors_of_unnamed(described), vector)
        return cosines, bm

    def _owners(
        self, window_ids: Sequence[str], cosines: Mapping[str, float], bm25: Mapping[str, float]
    ) -> dict[str, tuple[float, float]]:
        """For each quote or passage the best cosine and the best BM25 score of its windows."""
        best: dict[str, tuple[float, float]] = {}
        for window in self._catalog.windows(list(dict.fromkeys(window_ids))).values():
            cosine, score = best.get(window.owner, (0.0, 0.0))
            best[window.owner] = (max(cosine, cosines.get(window.id, 0.0)), max(score, bm25.get(window.id, 0.0)))
        return best

    def _quotes(self, owners: Mapping[str, tuple[float, float]], wish: Wish) -> list[Quote]:
        ids = list(owners)
        quotes = [q for q in self._catalog.quotes(ids).values() if q.speaker is not None]
        if wish.speakers:
            allowed = {(s.id, s.name if s.id is None else "") for s in wish.speakers}
            quotes = [
                q
                for q in quotes
                if q.speaker and (q.speaker.id, q.speaker.name if q.speaker.id is None else "") in allowed
            ]
        if wish.passages:
            quotes += [
                Quote(id=p.id, document_id=p.document_id, kind="passage", fragments=(p.span,))
                for p in self._catalog.passages(ids).values()
            ]
        return quotes

    def _found(self, quotes: Sequence[Quote], owners: Mapping[str, tuple[float, float]]) -> Iterable[Found]:
        for quote in quotes:
            document = self._shelf.document(quote.document_id)
            if document is not None:
                cosine, bm25 = owners[quote.id]
                yield Found(quote, document, cosine, bm25, self._shelf.surroundings(document, quote))


def _nearest(held: tuple[Sequence[str], Matrix], vector: Matrix) -> dict[str, float]:
    ids, matrix = held
    if not ids:
        return {}
    scores = matrix @ np.asarray(vector, dtype=np.float32)
    best = np.argsort(-scores, kind="stable")[:NEAREST]
    return {ids[i]: float(scores[i]) for i in best}
