"""Bytes -> text: UTF-8, UTF-16 and UTF-32 with or without their marks, and the Latin alphabets of Windows."""

from __future__ import annotations

import codecs
import re

from retrieval.errors import DocumentError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file, without its byte order mark; what cannot be a character becomes U+FFFD.

    `declared` is the encoding that the file names itself; it is believed only where nothing speaks against it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return clean(_lenient(data[len(mark) :], encoding))
    wide = _wide(data)
    if wide:
        return clean(_lenient(data, wide))
    try:
        return clean(data.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        return clean(_narrow(data, declared))


def decode_text(data: bytes, what: str = "The file") -> str:
    """As `decode`, for files that are nothing but text: a DocumentError when the bytes are no text at all."""
    text = decode(data)
    sample = text[:20_000]
    if len(_CONTROL.findall(sample)) > len(sample) // 20:
        raise DocumentError(
            f"{what} is no text: most likely it is a program, an image or an archive with a wrong name."
        )
    return text


def clean(text: str) -> str:
    """`text` with NULs and lone surrogates, which no store takes, as U+FFFD; of the same length."""
    return _UNSTORABLE.sub("\ufffd", text)


def _lenient(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark shows by NULs at every second place of Western text."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half < 2:
        return None
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _narrow(data: bytes, declared: str | None) -> str:
    """Text that is not clean UTF-8: UTF-8 with some damage, or one byte a character."""
    replaced = data.decode("utf-8", "replace")
    damaged = replaced.count("\ufffd")
    whole = sum(1 for c in replaced if c > "\x7f") - damaged
    if whole >= damaged:
        return replaced
    name = (declared or "").lower().replace("_", "-")
    # what calls itself Latin-1 is mostly the alphabet of Windows, which holds all of it
    if (
        declared
        and not name.startswith(("utf", "ascii", "us-ascii"))
        and name not in ("latin1", "latin-1", "iso-8859-1")
    ):
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass  # the file names an encoding that nobody knows, or that it does not keep to: go on guessing
    return data.decode("cp1252", "replace")
