"""How large a document may be, each limit with its own sentence."""

from __future__ import annotations

from retrieval.errors import DocumentError

FILE_BYTES = 25_000_000
TEXT_CHARACTERS = 12_000_000


def check_size(size: int, name: str) -> None:
    """Refuse a file that is larger than any document that people quote from."""
    if size > FILE_BYTES:
        raise DocumentError(
            f"{name} is larger than {FILE_BYTES // 1_000_000} MB; split it, or add the part that is quoted from."
        )


def check_text(text: str, name: str) -> None:
    """Refuse a text that is longer than can be searched in good time."""
    if len(text) > TEXT_CHARACTERS:
        raise DocumentError(
            f"{name} holds more than {TEXT_CHARACTERS // 1_000_000} million characters of text; split it into parts."
        )
