"""A tiny real Embedder and a tiny real reader, so that tests of the stores need no model."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from retrieval.model import Credit, Document, Quote, Span, Speaker, Understanding, quote_id, words_sha256

_WORD = re.compile(r"\w+")
_SAID = re.compile(r"“([^”]+)”,? (?:said|says) ([A-Z]\w+(?: [A-Z]\w+)*)")


class EmbedDemo:
    """A text's vector counts its words by their hash; texts that share words are near one another."""

    def __init__(self, name: str = "demo", dimensions: int = 64) -> None:
        self.name = name
        self.source = name
        self.dimensions = dimensions
        self.limit = 256
        self.embedded = 0  # how many texts, so that a test can see what was not embedded again

    def count(self, text: str) -> int:
        return len(_WORD.findall(text)) + 2

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += len(texts)
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            for word in _WORD.findall(text.casefold()):
                row[zlib.crc32(word.encode()) % self.dimensions] += 1.0
            row[0] += 0.01  # an empty text has a direction too
        return found / np.linalg.norm(found, axis=1, keepdims=True)


class ReadDemo:
    """Finds “words”, said Name: enough to have quotes in a test."""

    def understood(self, document: Document) -> Understanding:
        return Understanding(self.read(document))

    def credits(self, document: Document) -> tuple[Credit, ...]:
        return ()

    def read(self, document: Document) -> tuple[Quote, ...]:
        return tuple(_quote(document, found) for found in _SAID.finditer(document.text))


def count_words(text: str) -> int:
    """Stands for tiktoken's count."""
    return len(text.split())


def _quote(document: Document, found: re.Match[str]) -> Quote:
    name = found[2]
    fragments = (Span(*found.span(1)),)
    return Quote(
        id=quote_id(document.id, document.text, fragments),
        document_id=document.id,
        kind="direct",
        fragments=fragments,
        mention=Span(found.start(2), found.start(2) + len(name)),
        speaker=Speaker(name.lower().replace(" ", "-"), name),
        confidence=0.9,
        words_sha256=words_sha256(document.text, fragments),
    )
