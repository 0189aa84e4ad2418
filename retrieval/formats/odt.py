"""OpenDocument texts (ODT): paragraphs in their order; notes, comments and tracked deletions are no text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.dateline import at_the_top
from retrieval.formats.decode import clean
from retrieval.formats.docx import check_archive
from retrieval.formats.metadata import Metadata, day, one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BREAK = "\u2028"
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
# what stands in the file and not in the running text
_UNSEEN = frozenset(
    {_OFFICE + "annotation", _OFFICE + "annotation-end", _OFFICE + "forms"}
    | {_TEXT + name for name in ("tracked-changes", "note", "ruby-text", "hidden-text", "hidden-paragraph", "script", "table-of-content",
                                 "index-title", "alphabetical-index", "illustration-index", "table-index", "bibliography")}
)  # fmt: skip


def extract(data: bytes) -> Extracted:
    """The document's text, one paragraph a line, tables row by row."""
    check_archive(data, "an OpenDocument text")
    content, about = _members(data)
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise DocumentError("It is no OpenDocument text; open it, and save it as .odt or .docx.")
    lines: list[str] = []
    headings: list[str] = []
    for paragraph in _paragraphs(body):
        text = _words(paragraph)
        if text:
            lines.append(text)
            if paragraph.tag == _TEXT + "h" or paragraph.get(_TEXT + "style-name") == "Title":
                headings.append(text)
    text = clean("\n".join(lines))
    title = one_line(headings[0] if headings else _meta(about, "title"))
    saved: date | None = day(_meta(about, "date"))
    return Extracted(text, Metadata(title).under(at_the_top(text, saved, title)))


def _members(data: bytes) -> tuple[Element, Element | None]:
    """The content and, where it has one, what the file says about itself; without entities or outside references."""
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = fromstring(archive.read("content.xml"), forbid_dtd=True)
            about = fromstring(archive.read("meta.xml"), forbid_dtd=True) if "meta.xml" in archive.namelist() else None
    except (
        KeyError,
        ValueError,
        ParseError,
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise DocumentError(
            "It is no OpenDocument text that can be read; open it and save it again, or as .docx."
        ) from error
    return content, about


def _meta(about: Element | None, name: str) -> str:
    return (about.findtext(f".//{_DC}{name}") or "") if about is not None else ""


def _paragraphs(body: Element) -> Iterator[Element]:
    """Paragraphs and headings in reading order, those in lists, tables and frames included."""
    stack = list(reversed(body))
    while stack:
        element = stack.pop()
        if element.tag in _PARAGRAPHS:
            yield element
        elif not _unseen(element):
            stack.extend(reversed(element))


def _words(paragraph: Element) -> str:
    """What a reader sees of a paragraph; its white space counts once, as the format has it."""
    pieces: list[str] = [paragraph.text or ""]
    stack: list[tuple[Element, bool]] = [(child, False) for child in reversed(paragraph)]
    while stack:
        element, closing = stack.pop()
        if closing:
            pieces += [_BREAK if element.tag in _PARAGRAPHS else "", element.tail or ""]
            continue
        stack.append((element, True))
        if _unseen(element):
            continue
        pieces += [_in_place_of(element), element.text or ""]
        stack.extend((child, False) for child in reversed(element))
    lines = (" ".join(line.split()) for line in "".join(pieces).split(_BREAK))
    return "\n".join(line for line in lines if line)


def _in_place_of(element: Element) -> str:
    """The white space that an element stands for."""
    if element.tag in (_TEXT + "s", _TEXT + "tab"):
        return " "
    return _BREAK if element.tag == _TEXT + "line-break" or element.tag in _PARAGRAPHS else ""


def _unseen(element: Element) -> bool:
    return element.tag in _UNSEEN or element.get(_TEXT + "display") == "none"
