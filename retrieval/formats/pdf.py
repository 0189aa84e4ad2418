"""PDFs: pages to paragraphs, columns in reading order, running heads and page numbers out; the page of the words."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.dateline import at_the_top
from retrieval.formats.decode import clean
from retrieval.formats.metadata import Metadata, one_line
from retrieval.formats.pdf_pages import CUT_WORD, Page, PageParagraph, paragraphs_of, without_running_heads
from retrieval.model import Locator, Span

MOST_PAGES = 1_000
LEAST_LETTERS = 10  # on a page, on average; less is a scan

_TORN = re.compile(r"(?<=\w) (?=’(?:ll|s|re|ve|d|m|t)\b)")  # "I ’ll": the mark came from another font
_JUNK_TITLE = re.compile(
    r"^(?:untitled|microsoft word|document\d*|slide \d|powerpoint|.*\.(?:docx?|pdf|indd|qxd|pptx?|rtf|odt))\b",
    re.IGNORECASE,
)


def extract(data: bytes) -> Extracted:
    """The text of all pages, one paragraph a line, with a Locator for each page."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # in the worker nobody reads what it says about damage
    reader = _opened(data)
    pages = [_page(page) for page in reader.pages]
    letters = sum(sum(c.isalpha() for c in line) for page in pages for line in page)
    if letters < LEAST_LETTERS * min(len(pages), 10) and letters < 500:
        raise DocumentError(
            "It holds no text, only pictures of pages, as from a scanner. Run it through text recognition (OCR) and add the result."
        )
    text, locators = _put_together(paragraphs_of(without_running_heads(pages)))
    text = clean(text)
    facts = Metadata(title=_title(reader)).under(at_the_top(text, _saved(reader)))
    return Extracted(text, facts, locators=locators)


def _put_together(pages: Iterable[Sequence[PageParagraph]]) -> tuple[str, tuple[Locator, ...]]:
    """One text of all pages, and where each page's words stand in it."""
    pieces: list[str] = []
    locators: list[Locator] = []
    length = 0
    for number, paragraphs in enumerate(pages, 1):
        start = None
        for paragraph in paragraphs:
            gap = paragraph.gap if pieces else ""
            if gap == CUT_WORD:
                pieces[-1], length, gap = pieces[-1][:-1], length - 1, ""
                locators[-1] = Locator(Span(locators[-1].span.start, length), locators[-1].label)
            pieces += [gap, paragraph.text]
            start = length + len(gap) if start is None else start
            length += len(gap) + len(paragraph.text)
        if start is not None:
            locators.append(Locator(Span(start, length), f"p. {number}"))
    return "".join(pieces), tuple(locators)


def _opened(data: bytes) -> Any:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("It is locked with a password; save a copy without one.")
        count = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DocumentError(
            "It is no PDF that can be read, or it is damaged; open it and print it to a new PDF."
        ) from error
    if count > MOST_PAGES:
        raise DocumentError(f"It has {count:,} pages; at most {MOST_PAGES:,} are read. Split it into parts.")
    if count == 0:
        raise DocumentError("It has no pages.")
    return reader


def _page(page: Any) -> Page:
    """A page's lines as they are set, spaces showing the columns; without the setting where that goes wrong."""
    plain = page.extract_text() or ""
    try:
        layout = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=True) or ""
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, ZeroDivisionError):
        layout = ""  # the layout mode knows fewer fonts
    text = clean(layout if _same_words(plain, layout) else plain)
    return _TORN.sub("", text).split("\n")


def _same_words(plain: str, layout: str) -> bool:
    """Whether the layout kept the words whole."""
    one, other = plain.split(), layout.split()
    shared = len(set(one) & set(other))
    return shared >= 0.85 * len(set(one)) and len(other) <= 1.15 * len(one) + 5


def _saved(reader: Any) -> date | None:
    """The day on which the file was last saved, as far as it says so."""
    from pypdf.errors import PyPdfError

    try:
        about = reader.metadata
        days = [moment.date() for moment in (about.creation_date, about.modification_date) if moment] if about else []
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return max(days, default=None)


def _title(reader: Any) -> str | None:
    from pypdf.errors import PyPdfError

    try:
        title = one_line((reader.metadata or {}).get("/Title") or "")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return None  # a damaged information block tells nothing
    return None if title is None or _JUNK_TITLE.match(title) else title
