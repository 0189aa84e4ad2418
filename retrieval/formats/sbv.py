"""SubViewer subtitles (SBV): their cues read like those of SRT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.formats import Extracted
from retrieval.formats.decode import decode_text
from retrieval.formats.metadata import NOTHING_KNOWN
from retrieval.formats.srt import cues, from_cues

_TIMING = re.compile(r"^\s{0,3}(\d{1,3}:\d{2}:\d{2}\.\d{1,3}),(\d{1,3}:\d{2}:\d{2}\.\d{1,3})\s{0,3}$")


def extract(data: bytes) -> Extracted:
    """The spoken words as text."""
    return from_cues(cues(_timed(decode_text(data).splitlines())), NOTHING_KNOWN)


def _timed(lines: list[str]) -> Iterator[str]:
    for line in lines:
        found = _TIMING.match(line)
        yield f"{found[1]} --> {found[2]}" if found else line
