"""Web pages: the article's paragraphs, one a line, without menus, advertisements, captions, boxes and comments."""

from __future__ import annotations

import re
from typing import Any

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.decode import clean, decode
from retrieval.formats.html_facts import facts

MOST_TAGS = 300_000

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_UNSEEN = (
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "select", "iframe", "object", "embed",
    "svg", "canvas", "video", "audio", "figcaption", "dialog", "menu", "input", "textarea", "map",
)  # fmt: skip
# words in the class or id of an element that say it is no part of the article
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert|adverts|advertisement|advertising|adslot|adsense|dfp|sponsor|sponsored|promo|promos|banner|cookie|cookies|consent|"
    r"gdpr|newsletter|signup|sign-up|subscribe|subscription|paywall|related|recommended|recommendations|recirc|trending|popular|most-read|mostread|"
    r"more-on|read-more|readmore|share|sharing|social|comments?|comment-list|commentlist|disqus|sidebar|breadcrumbs?|menu|navbar|"
    r"nav|navigation|pagination|pager|footer|masthead|skip-link|captions?|credit|author-box|author-bio|authorbox|about-author|bio|tags?|"
    r"taglist|topics|popup|modal|overlay|toolbar|player|outbrain|taboola|teasers?|visually-hidden|sr-only|"
    r"print-only|screen-reader-text|toc|donate|donation|app-promo)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ASIDE_PARAGRAPH = re.compile(
    r"(?:^|[\s_-])(?:ad|advert|advertisement|promo|cookie|newsletter|signup|read-more|readmore|related|captions?|credit|sr-only|visually-hidden)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLE_ASIDE = frozenset(
    {"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert", "menu", "menubar", "toolbar"}
)
_SPEAKER = re.compile(
    r"(?:^|[\s_-])(?:speaker|speaker-name|speakername|talker|interviewee|interviewer)(?:$|[\s_-])", re.IGNORECASE
)
_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "dt", "dd", "div", "section", "article", "main",
     "body", "br", "tr", "ul", "ol", "table", "header", "figure")
)  # fmt: skip
_MAIN = ("article", "main")


def extract(data: bytes) -> Extracted:
    """The page's article as text, one paragraph a line, and what the page says about it."""
    declared = _CHARSET.search(data[:4096])
    markup = decode(data, declared[1].decode("ascii") if declared else None)
    if markup.count("<") > MOST_TAGS:
        raise DocumentError("It is a page of more elements than any article has; save only the article's part of it.")
    tree = _parsed(markup)
    known = facts(tree)
    _prune(tree)
    _unset_tables(tree)
    _label_speakers(tree)
    text = clean(_article_text(tree))
    if not text.strip():
        raise DocumentError(
            "No text was found in this page; it may be put together by scripts. Save it as text, or print it to PDF."
        )
    return Extracted(text, known)


def _parsed(markup: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = lxml_html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentError("It is no web page that can be read; open it in a browser and save it as text.") from error
    return tree


def _prune(tree: Any) -> None:
    """Take out what a reader does not take for the article; never an element that holds most of the page's words."""
    words = _length(tree.body if tree.find(".//body") is not None else tree)
    for element in list(tree.iter(*_UNSEEN)):
        if element.tag not in ("form", "aside") or _length(element) < 0.5 * words:
            _drop(element)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "head", *_MAIN):
            continue
        if _is_aside(element) and _length(element) < 0.3 * words:
            _drop(element)


def _is_aside(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    if element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style:
        return True
    if (element.get("role") or "").lower() in _ROLE_ASIDE or element.get("aria-hidden") == "true":
        return True
    pattern = _ASIDE_PARAGRAPH if element.tag == "p" else _ASIDE
    return any(pattern.search(element.get(name) or "") for name in ("class", "id", "data-component"))


def _length(element: Any) -> int:
    return sum(len(text) for text in element.itertext())


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()  # what follows the element stays


def _unset_tables(tree: Any) -> None:
    """Turn tables that only place paragraphs on the page into plain blocks."""
    for table in list(tree.iter("table")):
        if any(
            True
            for cell in table.iter("td", "th")
            for _ in cell.iter("p", "div", "ul", "ol", "h1", "h2", "h3", "table")
        ):
            for part in [table, *table.iter("thead", "tbody", "tfoot", "tr", "td", "th")]:
                part.tag = "div"


def _label_speakers(tree: Any) -> None:
    """Turn names that are set apart from the words after them into labels at the start of a paragraph."""
    for element in list(tree.iter("dt", "div", "span", "p", "h3", "h4", "h5", "strong", "b", "cite")):
        if element.tag != "dt" and not _SPEAKER.search(element.get("class") or ""):
            continue
        name = " ".join(element.text_content().split())
        follower = element.getnext()
        if not name or len(name) > 80 or follower is None or (element.tail or "").strip():
            continue
        if element.tag == "dt" and follower.tag != "dd":
            continue
        label = name if name.endswith(":") else name + ":"
        first = follower if follower.tag != "div" or not len(follower) else follower[0]
        first.text = f"{label} {(first.text or '').lstrip()}"
        if first.tag in ("dd", "span", "div"):
            first.tag = "p"
        _drop(element)
    for listing in list(tree.iter("dl")):
        listing.tag = "div"


def _article_text(tree: Any) -> str:
    """What trafilatura takes for the article; where it leaves out much of the page's paragraphs, all of these."""
    from copy import deepcopy

    import trafilatura

    found = trafilatura.extract(
        deepcopy(tree),
        include_comments=False,
        include_tables=True,
        include_links=False,
        favor_recall=True,
        output_format="txt",
    )
    lines = [" ".join(line.split()) for line in (found or "").splitlines()]
    lines = [line for line in lines if line]
    paragraphs = _paragraphs(tree)
    if sum(map(len, lines)) < 0.6 * sum(len(p) for p in paragraphs if len(p) > 60):
        lines = paragraphs
    return "\n".join(lines)


def _paragraphs(tree: Any) -> list[str]:
    """The text of each block of the page's main part, in order."""
    mains = [element for name in _MAIN for element in tree.iter(name)]
    root = max(mains, key=_length, default=None)
    body = tree.find(".//body")
    body = tree if body is None else body
    if root is None or _length(root) < 0.4 * _length(body):
        root = body
    lines: list[str] = [""]
    for kind, text in _pieces(root):
        if kind == "break":
            lines.append("")
        else:
            lines[-1] += text
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _pieces(root: Any) -> list[tuple[str, str]]:
    """Text and breaks between blocks, in reading order, without recursion."""
    found: list[tuple[str, str]] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, closing = stack.pop()
        block = element.tag in _BLOCKS
        if closing:
            if block:
                found.append(("break", ""))
            if element is not root and element.tail:
                found.append(("text", element.tail))
            continue
        if block:
            found.append(("break", ""))
        if isinstance(element.tag, str) and element.tag != "head" and element.text:
            found.append(("text", element.text))
        stack.append((element, True))
        if isinstance(element.tag, str) and element.tag != "head":
            stack.extend((child, False) for child in reversed(element))
    return found
