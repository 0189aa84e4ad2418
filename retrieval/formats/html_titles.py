"""What a web page's article is called: the title that its data, its title bar and its headings agree on, without the site's name."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from retrieval.formats.dateline import is_dated
from retrieval.formats.metadata import one_line

_TITLE = (
    "dc:title",
    "dcterms:title",
    "dcterm:title",
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "headline",
    "parsely-title",
    "sailthru.title",
)
SITE_WORDS = 4  # a site's name behind a title has at most so many
TITLE_WORDS = 3  # and what stands before it at least so many
FAR_SHORTER = 4  # times: a title is seldom so much longer than its page's headline
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_SEPARATOR = re.compile(r"(?<!\s)\s{1,20}(?:[|–—·•:»-]|::)\s{1,20}|(?<!\s)\s{0,20}[｜_|]\s{0,20}(?=[^\s_])")
_COLON = re.compile(r"[:：](?=[^:：]*$)")
_MARKS = re.compile(r"\W+")
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w{3,}")
# what stands above a title, or in the place of one, and names no text
_NO_TITLE = re.compile(
    r"(?:for (?:immediate )?release|(?:press|news|media) release|press statement|untitled(?: document| page)?|document\d{0,3}|home(?: ?page)?|index|"
    r"menu|original text|news|article|microsoft word - .*)\W*",
    re.IGNORECASE,
)


def unescaped(value: object) -> str | None:
    """A value as one line; entities that were written twice over are read once more."""
    text = str(value)
    return one_line(html.unescape(text) if _ENTITY.search(text) else text)


def names_a_text(line: str) -> bool:
    """Whether a line can be a title: no day alone, no notice of release, no name that programs give."""
    return any(c.isalnum() for c in line) and not _NO_TITLE.fullmatch(line.strip()) and not is_dated(line)


def title_of(
    tree: Any, meta: Mapping[str, str], linked: Sequence[Mapping[str, Any]], publisher: str | None, url: str | None
) -> str | None:
    """The title of a page's article; None where nothing on it can be one."""
    headings = _lines(_text(h) for h in tree.iter("h1"))
    bars = _lines(_text(t) for t in tree.iter("title"))[:1]
    headlines = [item["headline"] for item in linked if isinstance(item.get("headline"), str)]
    stated = _lines([*headlines, *(meta[name] for name in _TITLE if name in meta)])
    site = _Site(publisher, url, [h for h in headings if any(_is_short_side(h, bar) for bar in bars)])
    # what is set large above the text is its title, where the page's own data say nearly the same, or its title bar just the same
    shown = [
        h
        for h in headings
        if not site.named(h) and (any(_shares(h, s) for s in stated) or any(_plain(h) in _plain(bar) for bar in bars))
    ]
    if shown:
        return site.without(max(shown, key=lambda h: max(_common(h, line) for line in (*stated, *bars))))
    if stated:
        return site.without(stated[0])
    if bars:
        return shortened_bar(site.without(bars[0]))
    others = {h for h in headings if not site.named(h)}
    return others.pop() if len(others) == 1 else None


def shortened_bar(title: str) -> str:
    """The title of a title bar without a short name at its end, which there is the site's."""
    found = list(_SEPARATOR.finditer(title))
    if not found:
        return title
    rest, name = title[: found[-1].start()], title[found[-1].end() :]
    is_name = len(name.split()) <= SITE_WORDS and not name[:1].islower() and ":" not in found[-1][0]
    return rest if is_name and len(_WORDS.findall(rest)) >= TITLE_WORDS else title


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _lines(values: Any) -> list[str]:
    return [line for value in values if (line := unescaped(value)) and names_a_text(line)]


def _shares(one: str, other: str) -> bool:
    """Whether two titles have half of the shorter one's words in common, and more than one where they have as many."""
    fewest = min(len(_words(one)), len(_words(other)))
    return fewest > 0 and 2 * _common(one, other) >= fewest and _common(one, other) >= min(2, fewest)


def _common(one: str, other: str) -> int:
    return len(_words(one) & _words(other))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _plain(text: str) -> str:
    return _MARKS.sub("", text).casefold()


class _Site:
    """What is known of the site that a page is of, to tell its name from a title."""

    def __init__(self, publisher: str | None, url: str | None, headings: Sequence[str] = ()) -> None:
        host = re.sub(r"^https?://(?:www\.)?|[/:?#].*$", "", url or "", flags=re.IGNORECASE)
        self._names = [name for name in map(_plain, (publisher or "", host, *headings)) if name]

    def named(self, part: str) -> bool:
        """Whether a part of a title is the name of the site, or of what it stands on."""
        plain = _plain(part)
        return len(plain) > 2 and any(plain in name or name in plain[: 2 * len(name)] for name in self._names)

    def without(self, title: str) -> str:
        """A title without the site's names that follow or precede it."""
        while True:
            parted = list(_SEPARATOR.finditer(title))
            if parted and self.named(title[parted[-1].end() :]):
                title = title[: parted[-1].start()]
            elif parted and self.named(title[: parted[0].start()]):
                title = title[parted[0].end() :]
            elif (colon := _COLON.search(title)) and _plain(title[colon.end() :]) in self._names:
                title = title[: colon.start()]
            else:
                return title


def _is_short_side(heading: str, title: str) -> bool:
    """Whether a heading is the shorter part of a title that is parted, at its end or far shorter at its beginning: the site's name."""
    if 2 * len(heading) > len(title) or len(heading.split()) > SITE_WORDS:
        return False
    plain, far = _plain(heading), FAR_SHORTER * len(heading) < len(title)
    return any(
        plain == _plain(title[found.end() :]) or (far and plain == _plain(title[: found.start()]))
        for found in _SEPARATOR.finditer(title)
    )
