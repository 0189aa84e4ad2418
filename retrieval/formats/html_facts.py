"""What a web page says about its article: JSON-LD, meta tags, the canonical address. What it does not say stays unknown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from retrieval.formats.metadata import Metadata, day, one_line, web_address

_ARTICLE = re.compile(r"article|posting|report|newsitem|pressrelease|transcript|statement|webpage", re.IGNORECASE)
_DATED_ADDRESS = re.compile(r"/((?:1[5-9]|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?:/|-|$)")
_LD_LIMIT = 500_000

_TITLE = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "headline",
    "parsely-title",
    "sailthru.title",
)
_PUBLISHER = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
    "al:android:app_name",
)
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.issued", "dcterms.date", "citation_date", "citation_publication_date", "parsely-pub-date", "pubdate",
    "publishdate", "publish-date", "publish_date", "published", "publication_date", "sailthru.date", "article.published", "rnews:datepublished",
    "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate", "displaydate",
)  # fmt: skip


def facts(tree: Any) -> Metadata:
    """Title, publisher, date and address of a parsed page, each None where the page is silent."""
    linked = list(_linked_data(tree))
    meta = _meta(tree)
    url = _url(tree, meta, linked)
    publisher = _publisher(meta, linked)
    return Metadata(
        title=_title(tree, meta, linked, publisher),
        publisher=publisher,
        published=_published(tree, meta, linked, url),
        url=url,
    )


def article_body(tree: Any) -> str:
    """The article's text as the page's structured data give it, markup and all; empty where they give none."""
    bodies = (item.get("articleBody") for item in _linked_data(tree))
    return max((body for body in bodies if isinstance(body, str)), key=len, default="")


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article; the more telling ones first."""
    found: list[dict[str, Any]] = []
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        source = (element.text_content() or "").strip()[:_LD_LIMIT]
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


def _title(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]], publisher: str | None) -> str | None:
    for item in linked:
        if isinstance(item.get("headline"), str) and (title := one_line(item["headline"])):
            return title
    title = next((one_line(meta[name]) for name in _TITLE if name in meta), None)
    if title is None:
        headings = [one_line(h.text_content()) for h in tree.iter("h1")]
        headings = [h for h in headings if h]
        title = headings[0] if len(headings) == 1 else None
    if title is None:
        element = tree.find(".//title")
        title = one_line(element.text_content()) if element is not None else None
    return _without_site(title, publisher)


def _without_site(title: str | None, publisher: str | None) -> str | None:
    """A title without the site's name after a dash or a bar."""
    if title and publisher:
        shorter = re.sub(rf"\s+[|–—·•:-]\s+{re.escape(publisher)}\s*$", "", title, flags=re.IGNORECASE)
        return shorter or title
    return title


def _publisher(meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for item in linked:
        for key in ("publisher", "sourceOrganization", "isPartOf"):
            value = item.get(key)
            value = value[0] if isinstance(value, list) and value else value
            name = value.get("name") if isinstance(value, dict) else value if key == "publisher" else None
            if isinstance(name, str) and not name.startswith("http") and (found := one_line(name)):
                return found
    return next((one_line(meta[name]) for name in _PUBLISHER if name in meta), None)


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


def _published(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]], url: str | None) -> date | None:
    """The date of publication, from where pages state it; a date that merely stands in the text is not taken."""
    for item in linked:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if found := day(item.get(key) or ""):
                return found
    for name in _PUBLISHED:
        if name in meta and (found := day(meta[name])):
            return found
    for element in tree.iter("time"):
        about = " ".join(element.get(name) or "" for name in ("itemprop", "class", "id", "pubdate")).lower()
        stated = re.search(r"publish|pubdate|entry-date|post-date|dateline|posted|created", about) is not None
        stated = stated or element.get("pubdate") is not None
        if stated and (found := day(element.get("datetime") or element.text_content())):
            return found
    times = {found for element in tree.iter("time") if (found := day(element.get("datetime") or ""))}
    if len(times) == 1 and len(list(tree.iter("article"))) <= 1:
        return times.pop()
    if url and (in_address := _DATED_ADDRESS.search(url)):
        return day("-".join(in_address.groups()))
    return None
