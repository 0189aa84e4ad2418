"""Files of public repositories -> the documents that questions were written on, and the words that a reader sees in them."""

from __future__ import annotations

import csv
import html
import io
import re
import sys
from datetime import datetime
from pathlib import PurePosixPath

from defusedxml import ElementTree
from lxml import etree
from lxml import html as lxml_html

_CHAPTER = 14_000  # characters from which on a chapter ends with its paragraph
_UNSEEN = ("script", "style", "noscript", "svg", "iframe")
_IN_LINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
    ]
)


def converted(data: bytes, path: str, conversion: str) -> bytes:
    """The document made of a file: `file` as it is, `transcript` of an XML record, `row N` of a table, `chapter N` from that character on."""
    how, _, number = conversion.partition(" ")
    if how == "file":
        return data
    text = data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    if how == "transcript":
        made = _transcript(text)
    elif how == "row":
        made = _row(text, int(number))
    elif how == "chapter":
        made = _chapter(text, path, int(number))
    else:
        raise ValueError(f"{conversion!r} is no conversion; there are file, transcript, row N and chapter N.")
    return made.encode()


def visible(data: bytes, name: str) -> str:
    """The words of a document as a reader sees them, those of different blocks apart."""
    if not name.endswith((".html", ".htm")):
        return data.decode("utf-8", errors="replace")
    page = lxml_html.fromstring(data, parser=lxml_html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(page, *_UNSEEN, etree.Comment, with_tail=False)
    for element in page.iter(etree.Element):
        if element.tag not in _IN_LINE:
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
    return str(page.text_content())


def _transcript(text: str) -> str:
    """A prime minister's record: title, date, speaker and kind above the plain words of its markup."""
    record = ElementTree.fromstring(text.encode())

    def field(name: str) -> str:
        return (record.findtext(f".//{name}") or "").strip()

    day = datetime.strptime(field("release-date"), "%d/%m/%Y")
    last, _, first = field("prime-minister").partition(", ")
    words = re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>\n?|</p>", "\n", field("content")))
    body = re.sub(r"\n\s*\n+", "\n\n", html.unescape(words).strip())
    head = f"{field('title')}\n{day.day} {day:%B %Y}\nPrime Minister: {first} {last}"
    return f"{head}\nRelease type: {field('release-type')}\n\n{body}\n"


def _row(text: str, number: int) -> str:
    """One row of a table with the columns title, date and text, the first being 0."""
    csv.field_size_limit(sys.maxsize)  # a cell holds a whole speech
    row = next(r for n, r in enumerate(csv.DictReader(io.StringIO(text))) if n == number)
    return f"{row['title']}\n{row['date'] if row['date'] != 'NA' else ''}\n\n{row['text']}\n"


def _chapter(text: str, path: str, start: int) -> str:
    """Whole paragraphs of a novel, under the name of its folder."""
    first = text.find("\n\n", start)
    last = text.find("\n\n", first + _CHAPTER)
    title = re.sub("([a-z])([A-Z])", r"\1 \2", PurePosixPath(path).parent.name)
    return f"{title}\n\n{text[first:last].strip()}\n"
