"""Candidates for a question: from the vectors and from the full text, filtered by audience, speaker, date and publisher."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

import numpy as np

from retrieval.asking.memory import Card, Memory
from retrieval.asking.question_dates import periods_named
from retrieval.asking.rank import Found, Nearness
from retrieval.gates import identity, identity_of, may_answer
from retrieval.model import Audience, Quote, Span, Speaker
from retrieval.sentences import sentences

if TYPE_CHECKING:
    import numpy.typing as npt

    from retrieval.catalog import Catalog
    from retrieval.storing.windows import Owners

    Matrix = npt.NDArray[np.float32]


Near = tuple[float, float]  # cosines with the topic and with the whole question

NEAREST = 40  # windows taken by meaning
MATCHING = 40  # windows taken by words
NARROWED = 2000  # and as many of either where most will not lie in the period or come from the publisher asked for
LOOKED_AT = 32  # candidates whose surroundings are compared with the question
_RIVALS = 24
_COURTESIES = "thank thanks very much welcome please sorry okay good morning afternoon evening everybody everyone"


class VectorSearch(Protocol):
    """Where the nearest of the windows that an audience may see are looked for."""

    def query(self, vector: Matrix, k: int, audience: Audience) -> tuple[tuple[str, float], ...]: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """Which quotes may be candidates at all."""

    audience: Audience
    speakers: tuple[Speaker, ...] = ()
    passages: bool = False
    accepts: Callable[[Quote, Card], bool] = lambda _quote, _card: True
    narrow: bool = False  # a period or a publisher is asked for


@dataclass(frozen=True, slots=True)
class Pool:
    """What the filters let through and what they kept out."""

    found: tuple[Found, ...]
    refused: int = 0  # candidates that only the dates or the publisher speak against
    counts: Mapping[str, int] = field(default_factory=dict)  # how many each search brought up that the audience may see


def day_of(quote: Quote, card: Card) -> date | None:
    """The day words were said, or else the day they were published."""
    return quote.said_on or card.published


class Search:
    """Brings up candidates; decides nothing."""

    def __init__(self, catalog: Catalog, vectors: VectorSearch, shelf: Memory) -> None:
        self._catalog, self._vectors, self._shelf = catalog, vectors, shelf
        self._courtesies = shelf.keys.of(_COURTESIES)

    def pool(self, views: Matrix, words: Sequence[str], wish: Wish) -> Pool:
        """The candidates that the wish lets through, the most promising ones only.

        `views` are the question's vectors: its topic alone, and all of it.
        """
        near, bm25 = self._windows(views, words, wish)
        owners = self._owners(near, bm25)
        kept, counts = [], Counter[str]()
        for quote in self._quotes(owners, wish):
            card = self._shelf.card(quote.document_id)
            if card is None or not wish.audience.may_see(card.channels):
                continue
            counts["by words" if owners[quote.id].bm25 else "by meaning alone"] += 1
            if wish.accepts(quote, card):
                kept.append(quote)
            else:
                counts["set aside: period, publisher or office"] += 1
        best = max((owners[q.id].bm25 for q in kept), default=1.0) or 1.0
        kept.sort(key=lambda q: -(owners[q.id].topic + owners[q.id].whole + 0.5 * owners[q.id].bm25 / best))
        found = tuple(self._found(kept[:LOOKED_AT], owners, views))
        telling = tuple(f for f in found if f.near.own - self._courtesies)
        counts["looked at"] = len(telling or found)
        return Pool(
            telling or found, counts["set aside: period, publisher or office"], counts
        )  # "Thank you." is an answer only where nothing else was said

    def others(
        self, views: Matrix, words: Sequence[str], audience: Audience, besides: Iterable[Speaker]
    ) -> list[Found]:
        """The nearest words of other speakers than these, and those that hold the question's words."""
        mine = {identity_of(s) for s in besides}
        nearest = self._vectors.query(views.mean(axis=0), _RIVALS, audience)
        bm25 = dict(self._catalog.search(words, audience, owners="quotes", limit=_RIVALS // 2))
        owners = self._owners(self._views_of([*(name for name, _ in nearest), *bm25], views), bm25)
        quotes = [
            q for q in self._shelf.quotes(sorted(owners)).values() if may_answer(q, ()) and identity(q) not in mine
        ]
        seen = [q for q in quotes if (card := self._shelf.card(q.document_id)) and audience.may_see(card.channels)]
        best = max(bm25.values(), default=1.0)
        seen.sort(key=lambda q: -(owners[q.id].topic + 0.5 * owners[q.id].bm25 / best))
        return list(self._found(seen[:8], owners, views))

    def saying(self, words: Sequence[str], audience: Audience, speakers: Sequence[Speaker] = ()) -> list[Quote]:
        """Quotes that hold many of these words, best first."""
        ids = [s.id for s in speakers if s.id is not None] or None
        found = dict(self._catalog.search(words, audience, speaker_ids=ids, owners="quotes", limit=80))
        if not found:
            return self._spelling(words, audience)
        owners = self._owners(dict.fromkeys(found, (0.0, 0.0)), found)
        quotes = self._shelf.quotes(sorted(owners))
        return sorted(quotes.values(), key=lambda q: -owners[q.id].bm25)

    def _spelling(self, words: Sequence[str], audience: Audience) -> list[Quote]:
        """Quotes that hold words which no search looks for ("what was it for"): every text is read."""
        wanted = re.compile(r"\W+".join(re.escape(w) for w in words), re.IGNORECASE) if words else None
        found: list[Quote] = []
        for card in self._shelf.visible(audience) if wanted else ():
            document = self._shelf.document(card.id)
            places = [m.span() for m in wanted.finditer(document.text)] if wanted and document else []
            if places:
                quotes = self._catalog.quotes_of(card.id)
                found += [q for q in quotes if any(q.extent.start <= a and b <= q.extent.end for a, b in places)]
        return found

    def _windows(self, views: Matrix, words: Sequence[str], wish: Wish) -> tuple[dict[str, Near], dict[str, float]]:
        """Windows with their nearness to the views, and those that hold the words with their BM25 score."""
        named = [s.id for s in wish.speakers if s.id is not None]
        matching, nearby = (NARROWED, NARROWED) if wish.narrow else (MATCHING, NEAREST)
        if not wish.speakers:
            owners: Owners | None = None if wish.passages else "quotes"
            bm25 = dict(self._catalog.search(words, wish.audience, owners=owners, limit=matching))
            nearest = [name for name, _ in self._vectors.query(views.mean(axis=0), 2 * nearby, wish.audience)]
            return self._views_of([*nearest, *bm25], views), bm25
        near: dict[str, Near] = {}
        found: dict[str, float] = {}
        if named:
            found = dict(self._catalog.search(words, wish.audience, speaker_ids=named, owners="quotes", limit=matching))
            near |= _nearest(self._shelf.vectors_of(named, wish.audience), views, found, nearby)
        described = [s.name for s in wish.speakers if s.id is None]
        if described:
            near |= _nearest(self._shelf.vectors_of_unnamed(described, wish.audience), views, {}, nearby)
        return near, found

    def _views_of(self, window_ids: Sequence[str], views: Matrix) -> dict[str, Near]:
        vectors = self._catalog.vectors(list(dict.fromkeys(window_ids)))
        return {name: (float(vector @ views[0]), float(vector @ views[1])) for name, vector in vectors.items()}

    def _owners(self, near: Mapping[str, Near], bm25: Mapping[str, float]) -> dict[str, Nearness]:
        """For each quote or passage the best that its windows say for it."""
        best: dict[str, Nearness] = {}
        for window, (owner, span) in self._catalog.owners_of(sorted(near)).items():
            topic, whole = near[window]
            old = best.get(owner)
            score = bm25.get(window, 0.0)
            if old is None:
                best[owner] = Nearness(topic, whole, score, span)
            else:
                nearer = topic + whole > old.topic + old.whole
                best[owner] = Nearness(
                    max(old.topic, topic),
                    max(old.whole, whole),
                    max(old.bm25, score),
                    span if nearer else old.focus,
                )
        return best

    def _quotes(self, owners: Mapping[str, Nearness], wish: Wish) -> list[Quote]:
        ids = sorted(owners)
        asked = {identity_of(s) for s in wish.speakers}
        quotes = [q for q in self._shelf.quotes(ids).values() if may_answer(q, asked)]
        if wish.passages:
            quotes += [
                Quote(id=p.id, document_id=p.document_id, kind="passage", fragments=(p.span,))
                for p in self._catalog.passages(ids).values()
            ]
        return quotes

    def _found(self, quotes: Sequence[Quote], owners: Mapping[str, Nearness], views: Matrix) -> Iterable[Found]:
        passages = self._shelf.passages_of(q.document_id for q in quotes)
        documents = self._shelf.documents(q.document_id for q in quotes)
        for quote in quotes:
            document = documents.get(quote.document_id)
            if document is not None:
                near = owners[quote.id]
                focus = near.focus or quote.extent
                yield Found(
                    quote,
                    document,
                    _beside(near, focus, passages[quote.document_id], views),
                    self._shelf.surroundings(document, quote, focus),
                    self._shelf.words_of(document),
                )


def _nearest(held: tuple[Sequence[str], Matrix], views: Matrix, also: Iterable[str], count: int) -> dict[str, Near]:
    """The `count` nearest of a speaker's windows, and those among them that the words have brought up."""
    ids, matrix = held
    if not ids:
        return {}
    scores = matrix @ np.asarray(views, dtype=np.float32).T
    best = set(np.argsort(-scores.sum(axis=1), kind="stable")[:count].tolist())
    wanted = set(also)
    return {
        name: (float(scores[i, 0]), float(scores[i, 1])) for i, name in enumerate(ids) if i in best or name in wanted
    }


def _beside(near: Nearness, focus: Span, held: tuple[Sequence[tuple[int, int]], Matrix], views: Matrix) -> Nearness:
    """A candidate's nearness, with that of the running text which it stands in."""
    at = [i for i, (start, end) in enumerate(held[0]) if start < focus.end and end > focus.start]
    if not at:
        return replace(near, near_topic=near.topic, near_whole=near.whole)
    scores = held[1][at] @ np.asarray(views, dtype=np.float32).T
    return replace(near, near_topic=float(scores[:, 0].max()), near_whole=float(scores[:, 1].max()))


# The month or year in which a text says that words were said: "told the paper in March 2011" (pure).

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
