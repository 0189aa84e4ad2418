"""WebVTT: its header, notes and styles left out, its cues read like those of SRT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.formats import Extracted
from retrieval.formats.decode import decode_text
from retrieval.formats.metadata import from_mapping
from retrieval.formats.srt import cues, from_cues

_BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
_HEADER = re.compile(r"^([A-Za-z_ -]{2,30}):(.*)$")


def extract(data: bytes) -> Extracted:
    """The spoken words as text, and a title or date where the header has one."""
    lines = decode_text(data).splitlines()
    return from_cues(cues(_without_notes(lines)), from_mapping(_header(lines)))


def _header(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines[1:20]:
        if not line.strip() or "-->" in line:
            break
        if pair := _HEADER.match(line):
            found[pair[1].strip().lower()] = pair[2].strip()
    return found


def _without_notes(lines: list[str]) -> Iterator[str]:
    """The lines that are not part of a note, a style or a region, which end at an empty line."""
    inside = False
    blank = True
    for line in lines:
        if blank and _BLOCK.match(line):
            inside = True
        if not line.strip():
            inside, blank = False, True
        else:
            blank = False
        if not inside:
            yield line
