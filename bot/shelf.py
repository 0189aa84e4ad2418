"""What the bot asks of the index, in one place; everything goes through one audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.model import Answer, Audience, Question

if TYPE_CHECKING:
    from retrieval.answer import QuoteFinder


@dataclass
class Shelf:
    """The documents as the bot sees them."""

    finder: QuoteFinder

    def ask(self, text: str, audience: Audience, *, before: Question | None = None, limit: int = 3) -> Answer:
        """The answer to a question."""
        return self.finder.ask(text, audience, before=before, limit=limit)

    def examples(self, audience: Audience) -> tuple[str, ...]:
        """Questions that the documents at hand answer."""
        return ()
