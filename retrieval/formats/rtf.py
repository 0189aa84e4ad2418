"""Rich text (RTF): its paragraphs; what was deleted under tracking or is hidden is no text."""

from __future__ import annotations

import re
from datetime import date

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.dateline import at_the_top
from retrieval.formats.decode import clean
from retrieval.formats.metadata import Metadata, one_line

_RAW = re.compile(rb"[\x80-\xff]")
_GONE = re.compile(r"(?<!\\)\\(?:deleted|v)(?![a-z0-9-])")  # deleted under tracking, or hidden, to the end of its group
_BACK = re.compile(r"\\(?:(?:deleted|v)0|plain)(?![a-z0-9])")  # shown again before the group ends
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
_BRACES = re.compile(r"\\[{}\\]|[{}]")
_STYLES = re.compile(r"\{\\stylesheet(?![a-z])")
_TITLE = re.compile(r"\{\\title (?P<title>[^{}]{1,400})\}")
_SAVED = re.compile(r"\{\\revtim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def extract(data: bytes) -> Extracted:
    """The text, one paragraph a line, each cell of a table a line of its own."""
    source = _RAW.sub(lambda found: b"\\'%02x" % found[0][0], data).decode("ascii")
    if not source.lstrip().startswith("{\\rtf"):
        raise DocumentError("It is no rich text; rename it to end in .txt if it is plain text.")
    lines = (" ".join(line.split()) for line in _plain(_as_shown(source)).splitlines())
    text = "\n".join(line for line in lines if line)
    title = _TITLE.search(source[:20_000])
    named = one_line(_plain("{\\rtf1 " + title["title"] + "}")) if title else None
    return Extracted(text, Metadata(named).under(at_the_top(text, _saved(source), named)))


def _plain(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    # an instruction of a field is no text; under another name its address is not put behind the words of a link
    shown = rtf_to_text(_CELL.sub(r"\\par", source).replace("\\fldinst", "\\fldtype"), errors="replace")  # type: ignore[no-untyped-call]
    return clean(shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _as_shown(source: str) -> str:
    """The source without groups that are deleted or hidden; where one is shown again before it ends, it is refused."""
    styles = _STYLES.search(source)
    after = _end(source, styles.start() + 1) if styles else 0  # a style may be hidden and used nowhere
    pieces, done = [source[:after]], after
    for found in _GONE.finditer(source, after):
        if found.start() < done:
            continue
        end = _end(source, found.end())
        if _BACK.search(source, found.end(), end):
            raise DocumentError(
                "It has tracked or hidden text that cannot be told from the rest; accept the changes and save it as .docx."
            )
        pieces.append(source[done : found.start()])
        done = end
    return "".join([*pieces, source[done:]])


def _end(source: str, start: int) -> int:
    """Where the group that `start` stands in ends: at its closing brace, or at the end of the source."""
    depth = 1
    for brace in _BRACES.finditer(source, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.start()
    return len(source)


def _saved(source: str) -> date | None:
    found = _SAVED.search(source[:20_000])
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None  # the 31st of February
