"""JSON lines: one object a line, each a document with its words in `text`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.decode import decode_text
from retrieval.formats.text_entries import TEXT, TextEntry, documents_of, without_text


def extract(data: bytes) -> Extracted:
    """Each object as a document of its own, with what its other keys say."""
    return documents_of(_entries(decode_text(data).split("\n")))


def _entries(lines: list[str]) -> Iterator[TextEntry]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            raise DocumentError(
                f'Line {number} is no JSON object; each line reads {{"text": "…", "title": "…"}} and stands alone.'
            ) from error
        if not isinstance(found, dict):
            raise DocumentError(f'Line {number} is no JSON object; each line reads {{"text": "…", "title": "…"}}.')
        if TEXT not in found:
            raise without_text(found)
        yield TextEntry(f"line {number}", found)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object by its keys in lower case; a key that stands twice would hide what it says first."""
    names = [name.strip().casefold() for name, _ in pairs]
    doubled = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if doubled is not None:
        raise DocumentError(f"One of its lines has the key `{doubled[:40]}` twice; leave only the one that counts.")
    return dict(zip(names, (value for _, value in pairs), strict=True))
