"""What answering keeps at hand of one state of the index, in a memory of bounded size."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from retrieval.asking.coverage import Keys, Surroundings, surroundings
from retrieval.asking.quoted import Known, Roster
from retrieval.model import ADMIN, EVERYBODY, Audience, Document, Quote, Span, Speaker
from retrieval.people import People, people_with

if TYPE_CHECKING:
    import numpy.typing as npt
    from sqlalchemy import Select

    from retrieval.catalog import Catalog
    from retrieval.storing.store import State

    Matrix = npt.NDArray[np.float32]
    Places = tuple[Sequence[tuple[int, int]], Matrix]


Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """What was used last, as much of it as weighs no more than `most`; safe to use from several threads."""

    def __init__(self, most: int, weight: Callable[[Value], int] = lambda _value: 1) -> None:
        self._most, self._weight = most, weight
        self._held: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._total = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Key) -> Value | None:
        with self._lock:
            held = self._held.get(key)
            if held is None:
                return None
            self._held.move_to_end(key)
            return held[0]

    def put(self, key: Key, value: Value) -> None:
        weight = self._weight(value)
        with self._lock:
            self._total += weight - self._held.pop(key, (value, 0))[1]
            self._held[key] = (value, weight)
            while self._total > self._most and len(self._held) > 1:
                self._total -= self._held.popitem(last=False)[1][1]

    def all(self, keys: Iterable[Key], read: Callable[[list[Key]], dict[Key, Value]]) -> dict[Key, Value]:
        """What is held of these keys, and what `read` gives of the others, which is held from then on."""
        wanted = list(dict.fromkeys(keys))
        found = {key: value for key in wanted if (value := self.get(key)) is not None}
        new = [key for key in wanted if key not in found]
        read_now = read(new) if new else {}
        for key, value in read_now.items():
            self.put(key, value)
        both = found | read_now
        return {key: both[key] for key in wanted if key in both}


# What answering keeps at hand of one state of the index: who is quoted, where, and how rare words are.

_MEGABYTE = 2**20
_TEXT_BYTES = 48 * _MEGABYTE  # of documents
_WORD_BYTES = 32 * _MEGABYTE  # of the words of documents, ready for comparing
_PREPARED_BYTES = 96 * _MEGABYTE  # of the words in and around quotes, likewise
_PASSAGE_BYTES = 48 * _MEGABYTE  # of vectors of documents' passages
_VECTOR_BYTES = 128 * _MEGABYTE  # of vectors of single speakers
_QUOTES = 10_000  # a kilobyte each
_WORDS = 50_000  # that questions have asked for: a hundred bytes each, however many are made up
_A_WORD = 50  # bytes that a word of a set takes, the word itself being shared


@dataclass(frozen=True, slots=True)
class Card:
    """What choosing needs to know of a document, its text left out."""

    id: str
    channels: tuple[str, ...]
    publisher: str | None
    published: date | None
    text_sha256: str  # what indexing recorded


class _State:
    """What is kept of one state of the index. A question that began before a change goes on with the state it saw."""

    def __init__(self, generation: State, cards: dict[str, Card], people: People, most_words: int = _WORDS) -> None:
        self.generation, self.cards, self.people = generation, cards, people
        self.limited = frozenset(channel for card in cards.values() for channel in card.channels)
        self.sizes: dict[Audience, int] = {}
        self.rosters: OrderedDict[Audience, Roster] = OrderedDict()
        self.texts: Remembered[str, Document] = Remembered(_TEXT_BYTES, lambda d: sys.getsizeof(d.text) + 1000)
        self.quotes: Remembered[str, Quote] = Remembered(_QUOTES)
        self.words: Remembered[str, tuple[str, ...]] = Remembered(_WORD_BYTES, lambda keys: 100 + 8 * len(keys))
        self.passages: Remembered[str, Places] = Remembered(
            _PASSAGE_BYTES, lambda held: 200 * len(held[0]) + held[1].nbytes
        )
        self.prepared: Remembered[str, Surroundings] = Remembered(_PREPARED_BYTES, _size)
        self.matrices: Remembered[tuple[Audience | str, ...], tuple[Sequence[str], Matrix]] = Remembered(
            _VECTOR_BYTES, lambda held: 200 * len(held[0]) + held[1].nbytes
        )
        self.frequency: Remembered[tuple[Audience, str], int] = Remembered(most_words)

    def reach(self, audience: Audience) -> Audience:
        """The same for all audiences that may see the same documents."""
        if not self.limited or audience.admin:
            return ADMIN
        return Audience(audience.channel) if audience.channel in self.limited else EVERYBODY


class Memory:
    """Reads the catalog once for each state of it; safe to use from several threads."""

    def __init__(
        self,
        catalog: Catalog,
        people: People,
        is_word: Callable[[str], bool] = lambda _word: False,
        most_words: int = _WORDS,
    ) -> None:
        self._catalog, self._most_words = catalog, most_words
        self._is_word = is_word
        self._lock = threading.RLock()
        self._latest = _State((0, 0), {}, people, most_words)
        self._local = threading.local()
        places = [(word, country.name) for country in people.places.known for word in country.words]
        places += [("white house", "United States"), ("kremlin", "Russia"), ("u.s.", "United States"), ("eu", "EU")]
        self.keys = Keys(places)

    @contextlib.contextmanager
    def turned(self) -> Iterator[None]:
        """Inside, this thread sees the state of the index that its snapshot sees; a thread that asks nothing holds none."""
        outer: _State | None = getattr(self._local, "state", None)
        self._local.state = outer or self._seen()
        try:
            yield
        finally:
            self._local.state = outer

    def _seen(self) -> _State:
        """What is kept of the newest state; what a question needs that began before it is made for that question alone."""
        generation, latest = self._catalog.generation(), self._latest
        if latest.generation == generation:
            return latest
        made = _State(generation, self._read_cards(), self._people_indexed(), self._most_words)
        with self._lock:
            if made.generation > self._latest.generation:
                self._latest = made
            return self._latest if self._latest.generation == generation else made

    @property
    def _state(self) -> _State:
        """The state that this thread's question sees."""
        return getattr(self._local, "state", None) or self._latest

    def _people_indexed(self) -> People:
        """Those whom the index was made with, whatever the corpus's people.toml says meanwhile: names fit its quotes."""
        own, known = self._catalog.own_people(), self._latest.people
        return known if own is None or known.own in (None, own) else people_with(own)

    @property
    def people(self) -> People:
        """Whom the index that this thread sees was made with."""
        return self._state.people

    def size(self, audience: Audience) -> int:
        """How many windows the audience may see."""
        reach, sizes = self._state.reach(audience), self._state.sizes
        if reach not in sizes:
            sizes[reach] = self._catalog.size(reach)
        return sizes[reach]

    def card(self, document_id: str) -> Card | None:
        return self._state.cards.get(document_id)

    def visible(self, audience: Audience) -> tuple[Card, ...]:
        """The documents that the audience may see."""
        return tuple(card for card in self._state.cards.values() if audience.may_see(card.channels))

    def publishers(self, audience: Audience) -> frozenset[str]:
        """Whose documents the audience may see."""
        return frozenset(card.publisher for card in self.visible(audience) if card.publisher)

    def roster(self, audience: Audience) -> Roster:
        """Who can be meant, as far as the audience may know."""
        rosters = self._state.rosters
        with self._lock:
            found = rosters.get(audience)
            if found is None:
                found = rosters[audience] = Roster(
                    self._state.people,
                    self._known(audience),
                    self._is_word,
                    stated=self._catalog.credits(audience),
                    keys=self.keys,
                    words_of=self._words_in,
                    text_of=self._text_of,
                )
                while len(rosters) > 16:
                    rosters.popitem(last=False)
            return found

    def document(self, document_id: str) -> Document | None:
        """A document with its text."""
        return self.documents([document_id]).get(document_id)

    def documents(self, document_ids: Iterable[str]) -> dict[str, Document]:
        """Documents with their texts; read at once what is not at hand."""
        return self._state.texts.all(document_ids, self._catalog.documents_by_id)

    def stored(self, document_ids: Iterable[str]) -> dict[str, Document]:
        """Documents as they are stored now, whatever is at hand of them."""
        return self._catalog.documents_by_id(list(document_ids))

    def quotes(self, quote_ids: Iterable[str]) -> dict[str, Quote]:
        """The quotes among these ids, without hidden ones; read at once what is not at hand."""
        return self._state.quotes.all(quote_ids, self._catalog.quotes)

    def surroundings(self, document: Document, quote: Quote, focus: Span) -> Surroundings:
        """The words in and around a quote, or around the part of a long one that matters, ready for comparing."""
        prepared, key = self._state.prepared, f"{quote.id}@{focus.start}"
        held = prepared.get(key)
        if held is None:
            held = surroundings(document, quote, focus, self.keys)
            prepared.put(key, held)
        return held

    def words_of(self, document: Document) -> frozenset[str]:
        """The keys of all words of a document."""
        words = self._state.words
        held = words.get(document.id)
        if held is None:
            found = self.keys.of(document.text)
            words.put(document.id, tuple(sys.intern(key) for key in found))  # a set takes six times the room
            return found
        return frozenset(held)

    def _words_in(self, document_id: str) -> frozenset[str]:
        document = self.document(document_id)
        return self.words_of(document) if document is not None else frozenset()

    def _text_of(self, document_id: str) -> str:
        document = self.document(document_id)
        return document.text if document is not None else ""

    def passages_of(self, document_ids: Iterable[str]) -> dict[str, Places]:
        """Where the documents' passages stand, and their vectors; read at once what is not at hand."""
        return self._state.passages.all(document_ids, self._read_passages)

    def _read_passages(self, document_ids: Sequence[str]) -> dict[str, Places]:
        from sqlalchemy import select

        from retrieval.storing.tables import windows as w

        query = select(w.c.document_id, w.c.start, w.c.end, w.c.vector)
        query = query.where(w.c.document_id.in_(document_ids), ~w.c.of_quote, ~w.c.hidden).order_by(w.c.number)
        rows: dict[str, list[Any]] = {one: [] for one in document_ids}
        with self._catalog.reading() as connection:
            for row in connection.execute(query):
                rows[row.document_id].append(row)
        return {
            one: ([(row.start, row.end) for row in found], _stacked([row.vector for row in found]))
            for one, found in rows.items()
        }

    def quoted_in(self, speaker: Speaker) -> list[str]:
        """The ids of the documents of each of a speaker's quotes."""
        from sqlalchemy import select

        from retrieval.storing.tables import quotes as q

        same = (
            q.c.speaker_id == speaker.id
            if speaker.id
            else (q.c.speaker_id.is_(None) & (q.c.speaker_name == speaker.name))
        )
        with self._catalog.reading() as connection:
            return [row.document_id for row in connection.execute(select(q.c.document_id).where(same, ~q.c.hidden))]

    def speakers_in(self, document_ids: Iterable[str]) -> dict[str, list[Speaker]]:
        """Who by name is quoted in each of these documents."""
        from sqlalchemy import select

        from retrieval.storing import seals
        from retrieval.storing.tables import quotes as q

        query = select(q.c.document_id, q.c.speaker_id, q.c.speaker_name, q.c.speaker_type).distinct()
        query = query.where(q.c.document_id.in_(list(document_ids)), q.c.speaker_id.is_not(None), ~q.c.hidden)
        query = query.where(q.c.id.not_in(seals.among(self._catalog.altered())))
        found: dict[str, list[Speaker]] = {}
        with self._catalog.reading() as connection:
            for row in connection.execute(query):
                speaker = Speaker(row.speaker_id, row.speaker_name, row.speaker_type)
                found.setdefault(row.document_id, []).append(speaker)
        return found

    def vectors_of(self, speaker_ids: Sequence[str], audience: Audience) -> tuple[Sequence[str], Matrix]:
        """The windows of all that these speakers said and the audience may see, and their vectors."""
        from sqlalchemy import select

        from retrieval.storing.tables import windows as w

        query = select(w.c.id, w.c.vector).where(w.c.speaker_id.in_(sorted(speaker_ids)), w.c.of_quote, ~w.c.hidden)
        return self._matrix(("by", *sorted(speaker_ids)), query.order_by(w.c.number), audience)

    def vectors_of_unnamed(self, descriptions: Sequence[str], audience: Audience) -> tuple[Sequence[str], Matrix]:
        """The windows of what the sources of these descriptions said and the audience may see, and their vectors."""
        from sqlalchemy import select

        from retrieval.storing.tables import quotes as q
        from retrieval.storing.tables import windows as w

        theirs = select(q.c.id).where(q.c.speaker_id.is_(None), q.c.speaker_name.in_(sorted(descriptions)))
        query = select(w.c.id, w.c.vector).where(w.c.owner.in_(theirs), ~w.c.hidden)
        return self._matrix(("called", *sorted(descriptions)), query.order_by(w.c.number), audience)

    def _matrix(self, name: tuple[str, ...], query: Select[Any], audience: Audience) -> tuple[Sequence[str], Matrix]:
        """Only what may be seen: among the nearest of all, the others would take the places of those."""
        from retrieval.storing.store import seen
        from retrieval.storing.tables import documents as d
        from retrieval.storing.tables import windows as w

        matrices, reach = self._state.matrices, self._state.reach(audience)
        key: tuple[Audience | str, ...] = (reach, *name)
        held = matrices.get(key)
        if held is None:
            query = query.join(d, d.c.id == w.c.document_id).where(seen(reach))
            with self._catalog.reading() as connection:
                found = connection.execute(query).all()
            held = ([name for name, _ in found], _stacked([vector for _, vector in found]))
            matrices.put(key, held)
        return held

    def frequency(self, words: Sequence[str], audience: Audience) -> dict[str, int]:
        """In how many of the windows that the audience may see each word occurs."""
        reach = self._state.reach(audience)

        def read(new: Sequence[tuple[Audience, str]]) -> dict[tuple[Audience, str], int]:
            found = self._catalog.document_frequency([word for _, word in new], reach)
            return {(reach, word): found.get(word, 0) for _, word in new}

        return {word: n for (_, word), n in self._state.frequency.all([(reach, w) for w in words], read).items()}

    @property
    def words_at_hand(self) -> int:
        """Of how many words the frequency is kept."""
        return len(self._state.frequency)

    def _read_cards(self) -> dict[str, Card]:
        from retrieval.storing import seals
        from retrieval.storing.tables import documents as d

        with self._catalog.reading() as connection:
            return {
                row["id"]: Card(
                    row["id"],
                    tuple(json.loads(row["channels"])),
                    row["publisher"],
                    date.fromisoformat(row["published"]) if row["published"] else None,
                    row["text_sha256"],
                )
                for row in connection.execute(seals.raw(d)).mappings()
                if seals.holds(d, row)  # what was altered is as if it were not there
            }

    def _known(self, audience: Audience) -> list[Known]:
        from sqlalchemy import func, select

        from retrieval.storing import seals
        from retrieval.storing.tables import quotes as q

        columns = (q.c.document_id, q.c.speaker_id, q.c.speaker_name, q.c.speaker_type, q.c.role)
        query = (
            select(*columns, func.count().label("n"))
            .where(q.c.speaker_name.is_not(None), ~q.c.hidden, q.c.id.not_in(seals.among(self._catalog.altered())))
            .group_by(*columns)
        )
        seen: dict[tuple[str | None, str], list[Any]] = {}
        with self._catalog.reading() as connection:
            for row in connection.execute(query):
                card = self._state.cards.get(row.document_id)
                if card is not None and audience.may_see(card.channels):
                    seen.setdefault((row.speaker_id, row.speaker_id or row.speaker_name), []).append(row)
        return [_known(speaker_id, rows) for (speaker_id, _), rows in seen.items()]


def _stacked(vectors: Sequence[bytes]) -> Matrix:
    flat = np.frombuffer(b"".join(vectors), dtype=np.float32)
    return flat.reshape(len(vectors), -1) if vectors else np.zeros((0, 1), np.float32)


def _size(near: Surroundings) -> int:
    return 500 + _A_WORD * (len(near.own) + len(near.sentence) + len(near.around) + len(near.folded))


def _known(speaker_id: str | None, rows: Sequence[Any]) -> Known:
    names: dict[str, int] = {}
    for row in rows:
        names[row.speaker_name] = names.get(row.speaker_name, 0) + row.n
    best = max(names, key=lambda name: (names[name], name))
    return Known(
        Speaker(speaker_id, best, rows[0].speaker_type),
        aliases=tuple(n for n in names if n != best),
        roles=tuple(sorted({row.role for row in rows if row.role})),
        quotes=sum(names.values()),
        documents=frozenset(row.document_id for row in rows) if speaker_id is None else frozenset(),
    )
