"""Invented documents in the mouths of people of public-domain novels, as records that renderers take."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from retrieval.display import display, link
from retrieval.model import (
    Answer,
    Audience,
    Document,
    Question,
    Quote,
    QuoteHit,
    Source,
    Span,
    Speaker,
    quote_id,
    words_sha256,
)


def document(text: str, **known: Any) -> Document:
    """A document with this text; what is not given is made up, and what is given as None is unknown."""
    facts: dict[str, Any] = {
        "id": "netherfield-a1b2c3",
        "path": "netherfield.md",
        "article": 1,
        "sha256": "0" * 64,
        "title": "The Ball at Netherfield",
        "publisher": "The Meryton Courier",
        "published": date(1812, 11, 27),
        "url": "https://courier.example/netherfield",
    }
    return Document(text=text, **{**facts, **known})


def hit(
    words: str = "I could easily forgive his pride, if he had not mortified mine.",
    speaker: str | None = "Elizabeth Bennet",
    role: str | None = None,
    kind: Any = "direct",
    said_on: date | None = date(1812, 11, 26),
    also_in: tuple[Source, ...] = (),
    truncated: bool = False,
    before: str = "The company had left the room.",
    after: str = "Nobody answered her.",
    unnamed: bool = False,
    **known: Any,
) -> QuoteHit:
    """A verified quote, ready to be shown."""
    text = f"{before}\n\n“{words}” said {speaker}.\n\n{after}"
    start = len(before) + 3
    found = document(text, **known)
    spans = (Span(start, start + len(words)),)
    who = (
        None
        if speaker is None
        else Speaker(
            None if unnamed else speaker.lower().replace(" ", "-"), speaker, "unnamed" if unnamed else "person"
        )
    )
    quote = Quote(
        id=quote_id(found.id, text, spans),
        document_id=found.id,
        kind=kind,
        fragments=spans,
        speaker=who,
        role=role,
        said_on=said_on,
        confidence=0.9,
        words_sha256=words_sha256(text, spans),
    )
    shown = display(text, spans)
    return QuoteHit(quote, found, shown, spans, truncated, link(found.url, shown), before, after, 1.0, also_in)


def source(words: str, wording: Any = "clipped", **known: Any) -> Source:
    """A further document that carries a statement."""
    other = hit(words, **{"id": "longbourn-d4e5f6", "path": "longbourn.md", "title": "News from Longbourn", **known})
    return Source(other.document, other.quote, other.text, other.link, wording)


class Unchanging:
    """What a shelf made by hand has for a catalog: it is never another, so that nothing is news."""

    def generation(self) -> tuple[int, int]:
        return 0, 0


@dataclass
class HandShelf:
    """A shelf of a few quotes that answers by their speakers' names: enough for a process that is soon killed."""

    hits: tuple[QuoteHit, ...]
    catalog: Unchanging = field(default_factory=Unchanging)

    def ask(self, text: str, audience: Audience, *, before: Question | None = None, limit: int = 3) -> Answer:
        named = [
            h for h in self.hits if h.quote.speaker and h.quote.speaker.name.split()[-1].casefold() in text.casefold()
        ]
        found = [h for h in named if audience.may_see(h.document.channels)][:limit]
        question = Question(text, "quote", tuple(h.quote.speaker for h in found if h.quote.speaker), topic=text)
        return (
            Answer(question, tuple(found))
            if found
            else Answer(question, reason="no_match", message="I hold nothing on that.")
        )
