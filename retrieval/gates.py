"""The gates: what must never happen, each with its name. Nothing else may overrule what a model weighed.

A gate is asked where its name stands in the trace of an answer (`nato-quote ask --explain`); whatever it stops is told by that name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from retrieval.model import Document, Quote, Span, Speaker, words_sha256


@dataclass(frozen=True, slots=True)
class Gate:
    """Something that must never happen: its name, what is promised, and what the log says when it stops something."""

    name: str
    promise: str
    stopped: str


AUDIENCE: Final = Gate(
    "audience", "Nobody is shown what is not for their channel.", "the audience may not see the document"
)
SPEAKER: Final = Gate(
    "speaker",
    "Only the words of whoever was asked about answer a question about them.",
    "the words are somebody else's",
)
NOBODY: Final = Gate(
    "nobody_of_that_name",
    "A name that nobody bears gets no answer, and never the nearest name's.",
    "nobody bears the name",
)
NO_INVENTION: Final = Gate(
    "no_invention",
    "Nothing is said that nobody said; whoever asks for that is refused.",
    "the text asks for invented words",
)
CATALOG: Final = Gate("catalog", "What the catalog does not know is not shown.", "the document is not in the catalog")
DOCUMENT: Final = Gate("document", "A quote is shown from its own document.", "the quote belongs to another document")
PLACE: Final = Gate("place", "A quote lies within the stored text.", "the quote lies outside the stored text")
TEXT: Final = Gate(
    "text", "The stored text is the one that was indexed.", "the stored text is not the one that was indexed"
)
WORDS: Final = Gate(
    "words", "The stored words are those that were indexed.", "the stored words are not those that were indexed"
)
FACTS: Final = Gate(
    "facts",
    "Who said it, when, where and who may see it are those that were read or that an admin put right.",
    "the stored facts of the document are not those that were indexed",
)
PART: Final = Gate("part", "What is shown is part of the quote.", "the words to be shown are not part of the quote")

GATES: Final = (AUDIENCE, SPEAKER, NOBODY, NO_INVENTION, CATALOG, DOCUMENT, PLACE, TEXT, WORDS, FACTS, PART)


def may_answer(quote: Quote, asked: Collection[tuple[str | None, str]]) -> bool:
    """The gate `speaker`: whether a quote's words may answer a question about these speakers (none: about anybody).

    A speaker is an (id, name) pair as `identity` gives it. Words that are nobody's answer no question about words.
    """
    return quote.speaker is not None and (not asked or identity(quote) in asked)


def identity(quote: Quote) -> tuple[str | None, str]:
    """Whose words a quote is; nobody's are (None, "")."""
    return (None, "") if quote.speaker is None else identity_of(quote.speaker)


def identity_of(speaker: Speaker) -> tuple[str | None, str]:
    """Who a speaker is: by id, and a source without one by how it is described."""
    return (speaker.id, speaker.name if speaker.id is None else "")


def withheld(
    document: Document | None, quote: Quote, fragments: Sequence[Span], recorded: str | None = None
) -> Gate | None:
    """The gate that stops `fragments` of `quote` from being shown, or None: then they may be.

    The stored text and the words have to be those that indexing recorded. `recorded` is the hash of the canonical text
    as the catalog holds it. The words of a passage have no hash of their own: the text's covers them. (Rows of quotes,
    passages and credits that were altered are never read at all: `storing.rows`.)
    """
    if document is None:
        return CATALOG
    text = document.text
    if quote.document_id != document.id:
        return DOCUMENT
    if not fragments or not quote.fragments or quote.extent.end > len(text):
        return PLACE
    if recorded is not None and document.text_sha256 != recorded:
        return TEXT
    hashed = quote.kind != "passage" or bool(quote.words_sha256)
    if hashed and words_sha256(text, quote.fragments) != quote.words_sha256:
        return WORDS
    if not document.intact:
        return FACTS
    if not all(any(own.covers(part) for own in quote.fragments) for part in fragments):
        return PART
    return None
