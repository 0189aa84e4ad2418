"""What a web page says about its article: JSON-LD, meta tags, the canonical address. What it does not say stays unknown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from retrieval.formats.html_dates import modified, published
from retrieval.formats.html_titles import title_of, unescaped
from retrieval.formats.metadata import Metadata, web_address
from retrieval.formats.restriction import check_field

_ARTICLE = re.compile(r"article|posting|report|newsitem|pressrelease|transcript|statement|webpage", re.IGNORECASE)
_LD_LIMIT = 500_000
# what old browsers and XML wanted around a script's text
_WRAPPING = re.compile(
    r"^\s*+(?://|/\*)?\s*+(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?:(?://|/\*)\s{0,20}+)?(?:\]\]>|-->)\s*+(?:\*/)?\s*+$"
)

_PUBLISHER = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
    "al:android:app_name",
)
_AUTHOR = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
)


def facts(tree: Any) -> Metadata:
    """Title, publisher, author, date and address of a parsed page, each None where the page is silent."""
    linked = list(_linked_data(tree))
    meta = _meta(tree)
    url = _url(tree, meta, linked)
    publisher = _publisher(meta, linked)
    day, dated_by = published(tree, meta, linked, url)
    return Metadata(
        title=title_of(tree, meta, linked, publisher, url),
        publisher=publisher,
        author=_author(tree, meta, linked),
        published=day,
        modified=modified(meta, linked),
        dated_by=dated_by,
        url=url,
    )


def article_body(tree: Any) -> str:
    """The article's text as the page's structured data give it, markup and all; empty where they give none."""
    bodies = (item.get("articleBody") for item in _linked_data(tree))
    return max((body for body in bodies if isinstance(body, str)), key=len, default="")


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        names = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or element.get("value") or "").strip()
        for name in names.lower().split() if content else ():
            check_field(name, content)
            found.setdefault(name, content)
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article; the more telling ones first."""
    found: list[dict[str, Any]] = []
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        source = _WRAPPING.sub("", (element.text_content() or "")[:_LD_LIMIT])
        try:
            found.extend(_objects(json.loads(source, strict=False)))
        except (ValueError, RecursionError):
            continue  # broken JSON-LD says nothing; the meta tags may
    found = [o for o in found if _ARTICLE.search(_type(o))]
    yield from sorted(found, key=lambda o: "webpage" in _type(o).lower())


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    stack = [value]
    for _ in range(2000):
        if not stack:
            return
        item = stack.pop(0)
        if isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, dict):
            yield item
            stack.extend(
                v for k, v in item.items() if k in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") and v
            )


def _type(item: dict[str, Any]) -> str:
    value = item.get("@type", "")
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _author(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    """Who wrote the article, as the page's data or a link to its author say; an address is no name."""
    names = [name for item in linked for name in _names(item.get("author"))]
    names = names or [meta[name] for name in _AUTHOR if name in meta][:1]
    names = (
        names
        or [
            link.text_content()
            for link in tree.iter("a", "span")
            if "author" in (link.get("rel") or link.get("itemprop") or "")
        ][:1]
    )
    found = [line for name in dict.fromkeys(names) if not name.startswith(("http", "@")) and (line := unescaped(name))]
    return ", ".join(found) or None


def _names(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in items]
    return [name for name in names if isinstance(name, str)]


def _publisher(meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for item in linked:
        for key in ("publisher", "sourceOrganization", "isPartOf"):
            value = item.get(key)
            value = value[0] if isinstance(value, list) and value else value
            name = value.get("name") if isinstance(value, dict) else value if key == "publisher" else None
            if isinstance(name, str) and not name.startswith("http") and (found := unescaped(name)):
                return found
    return next((unescaped(meta[name]) for name in _PUBLISHER if name in meta), None)


def _url(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and (found := web_address(element.get("href"))):
            return found
    if "og:url" in meta and (found := web_address(meta["og:url"])):
        return found
    for item in linked:
        for value in (item.get("url"), item.get("mainEntityOfPage")):
            value = value.get("@id") if isinstance(value, dict) else value
            if isinstance(value, str) and (found := web_address(value)):
                return found
    return None
