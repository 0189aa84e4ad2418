"""Mailboxes (mbox): each message is a document of its own, read like an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval import formats
from retrieval.errors import DocumentError
from retrieval.formats import MOST_DOCUMENTS, Extracted
from retrieval.formats.gathering import Gathered, gathered, passed_over

# the line that opens a message: after an empty line, with a year at its end, a header behind it
_OPENS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{0,300}\d{4}[^\r\n]{0,40}\r?\n(?=[!-9;-~]{1,80}:)")
_ESCAPED = re.compile(rb"^>(?=>{0,20}From )", re.MULTILINE)


def extract(data: bytes) -> Extracted:
    """The messages that can be read, in their order; what is wrong with the others is said."""
    told: list[str] = []
    found = list(_messages(data, told))
    if not found:
        why = f" (it {told[0]})" if told else ""
        raise DocumentError(f"It holds no message that can be read{why}; save each message as .eml.")
    return gathered(found, passed_over(told, "messages"))


def _messages(data: bytes, told: list[str]) -> Iterator[Gathered]:
    for number, message in enumerate(_parted(data), 1):
        try:
            extracted = formats.extract(message, "message.eml")
        except DocumentError as error:
            told.append(f"holds message {number}, which was passed over: {str(error).rstrip('.')}")
        except (MemoryError, RecursionError):
            raise  # these are told of the whole file
        except Exception as error:  # noqa: BLE001 - parsers of damaged files fail in every way there is
            told.append(f"holds message {number}, which is damaged and was passed over ({type(error).__name__})")
        else:
            yield Gathered(extracted, f"message {number}")


def _parted(data: bytes) -> Iterator[bytes]:
    """The bytes of each message, a line that begins with From as it was written."""
    opened = [(found.start(), found.end()) for found in _OPENS.finditer(data)]
    if not opened or data[: opened[0][0]].strip():
        raise DocumentError(
            "It does not begin as a mailbox does, with a line like `From joe@forge.example Sat Aug 3 10:00:00 1861`."
        )
    if len(opened) > MOST_DOCUMENTS:
        raise DocumentError(f"It holds more than {MOST_DOCUMENTS:,} messages; split it into several files.")
    ends = [start for start, _ in opened[1:]] + [len(data)]
    for (_, start), end in zip(opened, ends, strict=True):
        yield _ESCAPED.sub(b"", data[start:end])
