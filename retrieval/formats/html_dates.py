"""When a web page was first published, and which part of the page says so. The day of a later change is never taken for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from retrieval.formats.dateline import RUNNING_TEXT, at_the_top
from retrieval.formats.html_blocks import Block
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata, day, day_in_address

MOST_PARTS = 30  # elements of a line that are looked at
ABOVE, BELOW = 4, 10  # lines above and below the title that may bear the date

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.issued", "dcterms.date", "citation_date", "citation_publication_date", "parsely-pub-date", "pubdate",
    "publishdate", "publish-date", "publish_date", "published", "publication_date", "sailthru.date", "article.published", "rnews:datepublished",
    "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate", "displaydate",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmod", "revised",
)  # fmt: skip
_STATED = re.compile(r"publish|pubdate|entry-date|post-date|dateline|posted|created", re.IGNORECASE)
_DATED = re.compile(r"(?:^|[\s_-])(?:date|time|timestamp|published|pubdate|posted|dateline)(?:$|[\s_-])", re.IGNORECASE)
_CHANGED = re.compile(r"modif|updat|revis", re.IGNORECASE)
_PUBLISHING = re.compile(
    r"^(?:written )?by\b|\b(?:published|posted)\b|\b(?:story|article|post) is from\b", re.IGNORECASE
)
_DAY = re.compile(
    r"\b(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[/-]\d{1,2}[/-]\d{1,2}\b|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?,? \d{4}\b|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b)"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LEAD = re.compile(r"(?:published|posted|first published|issued|released|date)?\s*(?:on|:)?\s*", re.IGNORECASE)
_ATTRIBUTES = ("datetime", "content", "data-published", "data-datetime", "data-origindate", "title")


def modified(meta: Mapping[str, str], linked: Sequence[Mapping[str, Any]]) -> date | None:
    """The day on which a page says that it was last changed."""
    stated = [str(item.get("dateModified") or "") for item in linked] + [
        meta[name] for name in _MODIFIED if name in meta
    ]
    return next((found for value in stated if (found := day(value))), None)


def published(
    tree: Any, meta: Mapping[str, str], linked: Sequence[Mapping[str, Any]], url: str | None
) -> tuple[date | None, str | None]:
    """The day a page states in its markup, with what says so; (None, None) where it does not."""
    for item in linked:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if found := day(item.get(key) or ""):
                return found, "structured data"
    for name in _PUBLISHED:
        if name in meta and (found := day(meta[name])):
            return found, "the page's own data"
    if found := _timed(tree):
        return found, "a time mark in the page"
    found = day_in_address(url)
    return (found, "address") if found else (None, None)


def _timed(tree: Any) -> date | None:
    """The day of the mark that says it is the time of publication; else of the only one in a page of one article."""
    for element in tree.iter("time"):
        about = " ".join(element.get(name) or "" for name in ("itemprop", "class", "id", "pubdate"))
        stated = (_STATED.search(about) and not _CHANGED.search(about)) or element.get("pubdate") is not None
        if stated and (found := _of(element)):
            return found
    times = {found for element in tree.iter("time", "relative-time") if (found := _of(element))}
    return times.pop() if len(times) == 1 and len(list(tree.iter("article"))) <= 1 else None


def _of(element: Any) -> date | None:
    """The day that an element gives in its attributes or its text."""
    values = [element.get(name) or "" for name in _ATTRIBUTES]
    text = " ".join("".join(element.itertext()).split())[:100]
    told = {found for written in _DAY.findall(text) if (found := day(written))}
    first = next((found for value in (*values, _LEAD.sub("", text, count=1)) if (found := day(value))), None)
    return first or (told.pop() if len(told) == 1 else None)


def under_title(page: Sequence[Block], title: str | None) -> Metadata:
    """The day that stands beside the title of a page, as a line that is called a date, or as a dateline."""
    near = list(_near(page, title))
    for reading in (_called, _told):
        found = {day for block in near if (day := reading(block))}
        if found:
            return (
                Metadata(published=found.pop(), dated_by="the line under the title")
                if len(found) == 1
                else NOTHING_KNOWN
            )
    return at_the_top("\n".join(block.text for block in near), title=title)


def _near(page: Sequence[Block], title: str | None) -> Iterator[Block]:
    """The lines around the title, up to and with the first of the running text."""
    place = next((n for n, b in enumerate(page) if b.kind == "heading" and b.text == title), None)
    if place is None:
        place = next((n for n, b in enumerate(page) if any(e.tag == "h1" for e in b.path)), None)
    if place is None:
        place = 0
    for number in range(max(0, place - ABOVE), min(len(page), place + BELOW + 1)):
        yield page[number]
        if number > place and len(page[number].text) > RUNNING_TEXT:
            return


def _told(block: Block) -> date | None:
    """The only day of a short line that says who published the text, or that it was published."""
    if len(block.text) > RUNNING_TEXT or block.kind in ("caption", "heading") or not _PUBLISHING.search(block.text):
        return None
    days = [day(found[0]) for found in _DAY.finditer(block.text)]
    return days[0] if len(days) == 1 else None


def _called(block: Block) -> date | None:
    """The day of a line in which an element is named a date, and not one of a change."""
    if len(block.text) > RUNNING_TEXT or _CHANGED.search(block.text) or not block.path:
        return None
    for element in (*reversed(block.path[-3:]), *islice(block.path[-1].iter(), MOST_PARTS)):
        about = " ".join(_CAMEL.sub("-", element.get(name) or "") for name in ("itemprop", "class", "id"))
        if isinstance(element.tag, str) and _DATED.search(about) and (found := _of(element)):
            return found
    return None
