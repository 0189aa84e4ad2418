"""The catalog's windows: full text, vectors, and which of them may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
from sqlalchemy import RowMapping, select

from retrieval.chunks import Window
from retrieval.model import Audience, Span
from retrieval.storing import rows
from retrieval.storing.full_text import content_words
from retrieval.storing.postings import Postings
from retrieval.storing.store import Store, seen
from retrieval.storing.tables import documents, windows

if TYPE_CHECKING:
    import numpy.typing as npt

Owners = Literal["quotes", "passages"]


class Windows(Store):
    """Reads of the units that are searched."""

    def windows(self, ids: Sequence[str]) -> dict[str, Window]:
        """The windows with these ids; what the catalog does not know is left out."""
        return {row["id"]: rows.window_of(row) for row in self._by_ids(select(windows), windows.c.id, ids)}

    def windows_of_documents(self, document_ids: Sequence[str]) -> tuple[Window, ...]:
        """All windows of these documents."""
        return tuple(rows.window_of(row) for row in self._by_ids(select(windows), windows.c.document_id, document_ids))

    def search(
        self,
        words: Sequence[str],
        audience: Audience,
        *,
        speaker_ids: Sequence[str] | None = None,
        owners: Owners | None = None,
        limit: int = 50,
    ) -> tuple[tuple[str, float], ...]:
        """The windows that hold any of the words, best first, each with its BM25 score (higher is better)."""
        wanted = content_words(words)
        if not wanted:
            return ()
        with self.snapshot(), self.reading() as connection:
            held = self.postings()
            allowed = visible = self._allowed(held, audience)
            if speaker_ids is not None:
                allowed = allowed & held.of_speakers(speaker_ids)
            if owners is not None:
                allowed = allowed & (held.of_quote if owners == "quotes" else ~held.of_quote)
            return tuple(held.best(connection, wanted, visible, allowed, limit))

    def document_frequency(self, words: Sequence[str], audience: Audience | None = None) -> dict[str, int]:
        """In how many windows each word occurs, in any of its forms."""
        wanted = [word for word in dict.fromkeys(words) if any(c.isalnum() for c in word)]
        with self.snapshot(), self.reading() as connection:
            held = self.postings()
            allowed = self._allowed(held, audience)
            return {word: held.number_holding(connection, word, allowed) for word in wanted}

    def size(self, audience: Audience | None = None) -> int:
        """How many windows there are."""
        with self.snapshot():
            return int(self._allowed(self.postings(), audience).sum())

    def postings(self) -> Postings:
        """The windows without their texts, read anew only when the content has changed since."""

        def read() -> Postings:
            with self.reading() as connection:
                return Postings(connection)

        return self._remembered("postings", read)

    def owners_of(self, window_ids: Sequence[str]) -> dict[str, tuple[str, Span]]:
        """Whose the windows are, and where they stand; what the catalog does not know is left out."""
        held = self.postings()
        known = [(window, held.at[window]) for window in dict.fromkeys(window_ids) if window in held.at]
        return {window: (held.owners[i], held.span(i)) for window, i in known}

    def _allowed(self, held: Postings, audience: Audience | None) -> npt.NDArray[np.bool_]:
        """Which windows the audience may be shown."""
        if audience is None or audience.admin:
            return held.shown
        if not audience.channel:
            return held.open

        def read() -> npt.NDArray[np.bool_]:
            mine = frozenset(row["id"] for row in self._rows(select(documents.c.id).where(seen(audience))))
            return held.open | (held.shown & held.in_documents(mine))

        shown: npt.NDArray[np.bool_] = self._remembered(("allowed", audience), read)
        return shown

    def vectors(self, window_ids: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
        """The windows' vectors, as they were embedded."""
        found = self._by_ids(select(windows.c.id, windows.c.vector), windows.c.id, window_ids)
        return {row["id"]: np.frombuffer(row["vector"], dtype=np.float32) for row in found}

    def all_vectors(self) -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
        """Every window's id and, in the same order, its vector as a row."""
        found = self._rows(select(windows.c.id, windows.c.vector).order_by(windows.c.number))
        if not found:
            return (), np.empty((0, 0), dtype=np.float32)
        return tuple(row["id"] for row in found), _matrix(found)

    def shown(self, window_ids: Sequence[str], audience: Audience) -> frozenset[str]:
        """Those of the windows that the catalog knows and the audience may be shown."""
        held = self.postings()
        allowed = self._allowed(held, audience)
        return frozenset(w for w in window_ids if (i := held.at.get(w)) is not None and allowed[i])


def _matrix(found: Sequence[RowMapping]) -> npt.NDArray[np.float32]:
    return np.frombuffer(b"".join(row["vector"] for row in found), dtype=np.float32).reshape(len(found), -1)
