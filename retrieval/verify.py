"""The gate: what is shown is what was indexed, or it is withheld."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.model import Document, Quote, Span, words_sha256


def fault(document: Document, quote: Quote, fragments: Sequence[Span], recorded: str | None = None) -> str | None:
    """What speaks against showing `fragments` of `quote`, as a sentence for the log, or None: then they may be shown.

    The stored text and the words have to be those that indexing recorded. `recorded` is the hash of the canonical text
    as the catalog holds it. The words of a passage have no hash of their own: the text's covers them.
    """
    text = document.text
    if quote.document_id != document.id:
        return "the quote belongs to another document"
    if not fragments or not quote.fragments or quote.extent.end > len(text):
        return "the quote lies outside the stored text"
    if recorded is not None and document.text_sha256 != recorded:
        return "the stored text is not the one that was indexed"
    hashed = quote.kind != "passage" or bool(quote.words_sha256)
    if hashed and words_sha256(text, quote.fragments) != quote.words_sha256:
        return "the stored words are not those that were indexed"
    if not all(any(own.covers(part) for own in quote.fragments) for part in fragments):
        return "the words to be shown are not part of the quote"
    return None
