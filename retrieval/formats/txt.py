"""Plain text: the decoded file is the canonical text; nothing else is known about it."""

from __future__ import annotations

from retrieval.formats import Extracted
from retrieval.formats.decode import decode_text


def extract(data: bytes) -> Extracted:
    """The text of the file, its line ends as they are."""
    return Extracted(decode_text(data))
