"""Timed text (TTML, DFXP): each paragraph with its time is a cue, read like those of SRT."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.metadata import NOTHING_KNOWN
from retrieval.formats.srt import Cue, from_cues

_CLOCK = re.compile(r"^(\d{1,3}):(\d{2}):(\d{2}(?:\.\d{1,9})?)(?::\d{1,3})?$")
_OFFSET = re.compile(r"^(\d{1,9}(?:\.\d{1,9})?)(h|ms|m|s)$")
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}


def extract(data: bytes) -> Extracted:
    """The spoken words as text."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
        raise DocumentError(
            "It defines entities or is not in UTF-8, which subtitles need not; save it as .srt or .vtt."
        )
    try:
        root = ET.fromstring(data)  # noqa: S314 - no entities, and read in the worker
    except (ET.ParseError, ValueError, LookupError) as error:
        raise DocumentError("It is no XML that can be read; save it as .srt or .vtt.") from error
    return from_cues(_cues(root), NOTHING_KNOWN)


def _cues(root: ET.Element) -> Iterator[Cue]:
    for element in root.iter():
        begin = _seconds(element.get("begin", ""))
        if _name(element) == "p" and begin is not None:
            end = _seconds(element.get("end", ""))
            yield Cue(begin, begin if end is None else end, _lines(element))


def _lines(paragraph: ET.Element) -> tuple[str, ...]:
    """The lines of a paragraph; its words are escaped, as those of other subtitles are."""
    pieces = [paragraph.text or ""]
    for element in paragraph.iter():
        if element is not paragraph:
            pieces.append("\n" if _name(element) == "br" else (element.text or "").replace("\n", " "))
            pieces.append((element.tail or "").replace("\n", " "))
    pieces[0] = pieces[0].replace("\n", " ")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return tuple(html.escape(line, quote=False) for line in lines if line)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _seconds(time: str) -> float | None:
    """A time of the clock or an offset, in seconds; None where it is neither."""
    if found := _CLOCK.match(time):
        return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])
    offset = _OFFSET.match(time)
    return float(offset[1]) * _UNITS[offset[2]] if offset else None
