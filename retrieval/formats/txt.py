"""Plain text: the decoded file is the canonical text; nothing is known about it but the day that its first lines bear."""

from __future__ import annotations

from retrieval.formats import Extracted
from retrieval.formats.dateline import under_the_title
from retrieval.formats.decode import decode_text


def extract(data: bytes) -> Extracted:
    """The text of the file, its line ends as they are."""
    text = decode_text(data)
    return Extracted(text, under_the_title(text))
