"""Word documents: paragraphs and tables in their order; the title from the properties or the title style."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.dateline import at_the_top
from retrieval.formats.decode import clean
from retrieval.formats.metadata import Metadata, one_line

TEMPLATE = date(2013, 12, 23)  # of python-docx, which leaves it in what it makes
MOST_PARTS = 3_000
UNPACKED_BYTES = 150_000_000
EXPANSION = 200  # times the packed size; text in XML packs to about a tenth

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLES = frozenset({"title", "heading 1"})


def extract(data: bytes) -> Extracted:
    """The document's text, one paragraph a line, tables row by row."""
    check_archive(data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise DocumentError(
            "It is no Word document that can be read; open it in Word and save it as .docx again."
        ) from error
    lines: list[str] = []
    title: str | None = None
    for paragraph in _paragraphs(document.element.body):
        text = _text(paragraph)
        if not text.strip():
            continue
        lines.append(text)
        if title is None and _style(document, paragraph) in _TITLES:
            title = one_line(text)
    text = clean("\n".join(lines))
    facts = Metadata(title or one_line(document.core_properties.title or ""))
    return Extracted(text, facts.under(at_the_top(text, _saved(document), title)))


def _saved(document: Any) -> date | None:
    """The day on which the file was last saved; None where it bears the day of the template that programs begin with."""
    try:
        moment = document.core_properties.modified
    except (KeyError, ValueError, TypeError):
        return None
    return None if moment is None or moment.date() == TEMPLATE else moment.date()


def check_archive(data: bytes, what: str = "a Word document") -> None:
    """Refuse archives that unpack to more than a document does."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise DocumentError(f"It is damaged: the archive that {what} is cannot be opened. Save it again.") from error
    if len(parts) > MOST_PARTS:
        raise DocumentError(
            f"It is an archive of more than {MOST_PARTS:,} parts, far more than {what} has; save it as plain text."
        )
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > UNPACKED_BYTES or (unpacked > 10_000_000 and unpacked > EXPANSION * max(packed, 1)):
        raise DocumentError(
            f"It unpacks to {unpacked // 1_000_000} MB, far more than it should; save it again, or save it as plain text."
        )


def _paragraphs(body: Any) -> Iterator[Any]:
    """Paragraphs in reading order, those in tables, text boxes and content controls included, once each."""
    stack = list(reversed(body))
    while stack:
        element = stack.pop()
        if element.tag == _W + "p":
            yield element
        elif element.tag not in (_FALLBACK, _W + "del", _W + "moveFrom") and isinstance(element.tag, str):
            stack.extend(reversed(element))


def _text(paragraph: Any) -> str:
    """What stands in a paragraph: insertions in, deletions and notes out."""
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == _W + "t":
            pieces.append(element.text or "")
        elif tag == _W + "tab":
            pieces.append("\t")
        elif tag in (_W + "br", _W + "cr"):
            pieces.append("\n")
        elif tag == _W + "noBreakHyphen":
            pieces.append("\u2011")
        elif isinstance(tag, str) and tag not in (_FALLBACK, _W + "del", _W + "moveFrom", _W + "pPr", _W + "rPr"):
            stack.extend(reversed(element))
    return "".join(pieces).strip()


def _style(document: Any, paragraph: Any) -> str:
    """The name of a paragraph's style, in lower case."""
    properties = paragraph.find(_W + "pPr")
    style = properties.find(_W + "pStyle") if properties is not None else None
    value = style.get(_W + "val") if style is not None else None
    named = next((s.name for s in document.styles if value and s.style_id == value), None)
    return (named or value or "").lower()
