"""Which windows hold a word, kept in memory for one state of the index: the full text's BM25 without its slow parts.

FTS5 reads a row for every match that it scores and the search another one for every filter; a word of one window in
three takes it ten milliseconds. Here the windows' facts are read once for each state, a word's list of places once for
each word, and the same scores come of the same formula.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from retrieval.model import Span
from retrieval.storing.full_text import TOKENIZER, quoted

if TYPE_CHECKING:
    import numpy.typing as npt
    from sqlalchemy import Connection

    Numbers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]
    Scores = npt.NDArray[np.float64]

_K1, _B = 1.2, 0.75  # as in FTS5
_LEAST_IDF = 1e-6  # likewise: a word in more than half of all rows counts next to nothing, but counts
_LIST_BYTES = 32 * 2**20  # of lists of places kept

_WINDOWS = """SELECT w.number, w.id, w.owner, w.document_id, w.speaker_id, w.start, w."end",
    w.hidden, w.of_quote, w.restricted, d.sz FROM windows AS w JOIN full_text_docsize AS d ON d.id = w.number
    ORDER BY w.number"""
_PLACES = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.places USING fts5vocab('main', 'full_text', 'instance')"
_COUNTS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.counts USING fts5vocab('main', 'full_text', 'row')"


class Postings:
    """The windows of one state of the index without their texts, and where the words asked for so far stand in them."""

    def __init__(self, connection: Connection, list_bytes: int = _LIST_BYTES) -> None:
        found = connection.exec_driver_sql(_WINDOWS).all()
        shared: dict[str, str] = {}
        self.numbers: Numbers = np.array([row[0] for row in found], dtype=np.int64)
        self.ids = [row[1] for row in found]
        self.at: Mapping[str, int] = {window: i for i, window in enumerate(self.ids)}
        self.owners = [shared.setdefault(row[2], row[2]) for row in found]
        self.documents = [shared.setdefault(row[3], row[3]) for row in found]
        self._codes: dict[str | None, int] = {None: 0}
        speakers = [self._codes.setdefault(row[4], len(self._codes)) for row in found]
        self._speakers = np.array(speakers, dtype=np.int32)
        self._starts, self._ends = ([row[i] for row in found] for i in (5, 6))
        hidden, quoted_, restricted = (np.array([row[i] for row in found], dtype=bool) for i in (7, 8, 9))
        self.of_quote: Flags = quoted_
        self.shown: Flags = ~hidden
        self.open: Flags = ~hidden & ~restricted  # to everybody
        self._lengths: Scores = np.array([_varint(row[10]) for row in found], dtype=np.float64)
        self._list_bytes = list_bytes
        self._lists: OrderedDict[str, tuple[Numbers, Scores]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def list_bytes(self) -> int:
        """What the lists that are kept take."""
        return sum(places.nbytes + scores.nbytes for places, scores in self._lists.values())

    def span(self, window: int) -> Span:
        """Where a window stands in its document."""
        return Span(self._starts[window], self._ends[window])

    def of_speakers(self, speaker_ids: Sequence[str]) -> Flags:
        """Which windows are of these speakers' words."""
        codes = [self._codes[s] for s in speaker_ids if s in self._codes]
        return np.isin(self._speakers, codes)

    def in_documents(self, document_ids: frozenset[str]) -> Flags:
        """Which windows stand in these documents."""
        return np.array([document in document_ids for document in self.documents], dtype=bool)

    def holding(self, connection: Connection, word: str) -> tuple[Numbers, Scores]:
        """The windows that hold a word, or the parts of a hyphenated one together, and how often each does."""
        with self._lock:
            held = self._lists.get(word)
            if held is not None:
                self._lists.move_to_end(word)
                return held
        terms = _terms(quoted(word))
        held = self._of_term(connection, terms[0]) if len(terms) == 1 else self._of_phrase(connection, word)
        with self._lock:
            self._lists[word] = held
            while len(self._lists) > 1 and self.list_bytes > self._list_bytes:
                self._lists.popitem(last=False)
        return held

    def number_holding(self, connection: Connection, word: str, allowed: Flags) -> int:
        """How many of the allowed windows hold a word."""
        terms = _terms(quoted(word))
        if len(terms) == 1 and word not in self._lists and allowed.all():
            connection.exec_driver_sql(_COUNTS)
            found = connection.exec_driver_sql("SELECT doc FROM temp.counts WHERE term = ?", terms).scalar()
            return int(found or 0)
        return int(allowed[self.holding(connection, word)[0]].sum())

    def best(
        self, connection: Connection, words: Sequence[str], seen: Flags, allowed: Flags, limit: int
    ) -> list[tuple[str, float]]:
        """The allowed windows that hold any of the words, the highest scores first.

        `seen` are the windows that the audience may see, `allowed` those of them that are looked for. How rare a word is
        and how long a window is count among what is seen: a score tells nothing of what is not.
        """
        scores: Scores = np.zeros(len(self.ids))
        damping = self._damping(seen)
        for word in words:
            windows, times = self.holding(connection, word)
            scores[windows] += self._idf(seen, windows) * ((times * (_K1 + 1.0)) / (times + damping[windows]))
        found = np.flatnonzero((scores > 0) & allowed)
        if len(found) > limit > 0:
            line = np.partition(scores[found], len(found) - limit)[len(found) - limit]
            found = found[scores[found] >= line]
        ranked = sorted((-float(scores[i]), self.ids[i]) for i in found.tolist())
        return [(window, -score) for score, window in ranked[:limit]]

    def _of_term(self, connection: Connection, term: str) -> tuple[Numbers, Scores]:
        connection.exec_driver_sql(_PLACES)
        text = connection.exec_driver_sql("SELECT group_concat(doc) FROM temp.places WHERE term = ?", (term,)).scalar()
        numbers, times = np.unique(np.fromstring(text or "", dtype=np.int64, sep=","), return_counts=True)
        return np.searchsorted(self.numbers, numbers), times.astype(np.float64)

    def _of_phrase(self, connection: Connection, word: str) -> tuple[Numbers, Scores]:
        sql = "SELECT rowid, -bm25(full_text) FROM full_text WHERE full_text MATCH ?"
        found = connection.exec_driver_sql(sql, (quoted(word),)).all()
        windows = np.searchsorted(self.numbers, np.array([row[0] for row in found], dtype=np.int64))
        # SQLite tells how often a window has a phrase only through the score, which is solved for it
        everything = np.ones(len(self.ids), dtype=bool)
        share = np.array([row[1] for row in found], dtype=np.float64) / self._idf(everything, windows)
        return windows, np.rint(share * self._damping(everything)[windows] / (_K1 + 1.0 - share))

    def _idf(self, seen: Flags, windows: Numbers) -> float:
        """How much a word that these windows hold tells among those that are seen."""
        number, holding = int(seen.sum()), int(seen[windows].sum())
        return max(_LEAST_IDF, float(np.log((number - holding + 0.5) / (holding + 0.5))))

    def _damping(self, seen: Flags) -> Scores:
        """What a window's length takes from the weight of a word, beside the average of those that are seen."""
        average = float(self._lengths[seen].sum()) / max(1, int(seen.sum())) or 1.0
        damping: Scores = _K1 * (1 - _B + _B * self._lengths / average)
        return damping


def _varint(blob: bytes) -> int:
    """A size as SQLite writes it: seven bits a byte, the highest first."""
    value = 0
    for byte in blob:
        value = value << 7 | byte & 0x7F
    return value


class _Tokenizer:
    """The full text's own tokenizer, which SQLite gives no other way to ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scratch = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._scratch.execute(f"CREATE VIRTUAL TABLE said USING fts5(text, tokenize='{TOKENIZER}')")
        self._scratch.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('said', 'instance')")

    def terms(self, words: str) -> tuple[str, ...]:
        with self._lock:
            self._scratch.execute("INSERT INTO said VALUES (?)", (words,))
            found = tuple(term for (term,) in self._scratch.execute("SELECT term FROM terms ORDER BY offset"))
            self._scratch.execute("DELETE FROM said")
            return found


@lru_cache(maxsize=1)
def _tokenizer() -> _Tokenizer:
    return _Tokenizer()


@lru_cache(maxsize=20_000)
def _terms(words: str) -> tuple[str, ...]:
    """The stems under which the full text keeps some words, in order."""
    return _tokenizer().terms(words)
