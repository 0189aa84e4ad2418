"""Saved feeds (RSS, Atom): each item is a document, its words those that the feed itself holds."""

from __future__ import annotations

import html as markup
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.gathering import Gathered, gathered
from retrieval.formats.html import extract as extract_page
from retrieval.formats.metadata import Metadata, day, one_line, web_address
from retrieval.formats.restriction import check_head, may_mean

ENTITIES = (b"<!ENTITY", b"<!entity")


def extract(data: bytes) -> Extracted:
    """The items that hold words, in the feed's order; how many hold none is said."""
    import feedparser

    if any(mark in data for mark in ENTITIES):
        raise DocumentError("It defines entities of its own, which no feed needs; save its articles as pages.")
    feed = feedparser.parse(io.BytesIO(data))  # a stream: never taken for a name or an address
    if not feed.version or not feed.entries:
        raise DocumentError("It is no RSS or Atom feed with items in it; save its text as .txt, or its page as .html.")
    empty: list[int] = []
    found = list(_items(feed, empty))
    if not found:
        raise DocumentError("None of its items holds any words, only titles; save the articles as pages.")
    told = (f"has {len(empty)} items without words, first item {empty[0]}, which were passed over",) if empty else ()
    return gathered(found, told)


def _items(feed: Any, empty: list[int]) -> Iterator[Gathered]:
    publisher = one_line(feed.feed.get("title", ""))
    atom = feed.version.startswith("atom")
    dated = ("published",) if atom else ("published", "updated")
    for number, item in enumerate(feed.entries, 1):
        if any(may_mean(str(name)) for name in item):
            raise DocumentError(
                f"Its item {number} has a field that may be meant to restrict who sees it; take that out."
            )
        page = _words(item)
        if page is None:
            empty.append(number)
            continue
        facts = Metadata(
            title=one_line(markup.unescape(item.get("title", ""))),
            publisher=one_line(item.get("source", {}).get("title", "")) or publisher,
            published=(
                published := next((found for name in dated if name in item and (found := day(item[name]))), None)
            ),
            dated_by="the feed" if published else None,
            modified=day(item["updated"]) if atom and "updated" in item else None,
            author=one_line(item.get("author", "")),
            url=web_address(item.get("link", "")),
        )
        yield Gathered(replace(page, metadata=facts, headed=False), f"item {number}")


def _words(item: Any) -> Extracted | None:
    """An item's content, or its summary where that is all there is, as the words of a page; None where it has none."""
    for held in (*item.get("content", ()), item.get("summary_detail")):
        if not held or not str(held.get("value", "")).strip():
            continue
        value = str(held["value"])
        if held.get("type") == "text/plain":
            value = "".join(f"<p>{markup.escape(line)}</p>" for line in value.splitlines())
        check_head(value)
        page = _of_page(value)
        if page is not None:
            check_head(page.text)
            return page
    return None


def _of_page(value: str) -> Extracted | None:
    try:
        return extract_page(f"<html><body><article>{value}</article></body></html>".encode())
    except DocumentError:
        return None  # nothing but pictures and scripts
