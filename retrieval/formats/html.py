"""Web pages: the article's paragraphs, one a line, without menus, advertisements, captions, boxes and comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.decode import clean, decode
from retrieval.formats.html_blocks import Block, blocks
from retrieval.formats.html_choice import Choice, choose
from retrieval.formats.html_cleaning import clean_markup
from retrieval.formats.html_dates import under_title
from retrieval.formats.html_extractors import stated_lines, votes
from retrieval.formats.html_facts import article_body, facts
from retrieval.formats.metadata import Metadata
from retrieval.model import Span

MOST_TAGS = 300_000
SHOWN_BY_SCRIPTS = (
    3  # times the letters of what a page shows: its text is only in its structured data, for scripts to show
)
LONGEST_HEADING = 160  # letters
BOLD_THROUGHOUT = 0.9  # of a line's letters, spaces left out of those that are counted as bold
PREFORMATTED = 0.6  # of a page's letters: such a page is a plain text in a frame

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_SENTENCE = re.compile(r"\w{3}\.[\"”’'»)]{0,2}$")
# a heading that tells what somebody says is a headline: its words stand, whole, in the text below
_TELLS = re.compile(
    r"[\"“”„«»]|:(?=\s*\S)|(?:^|\s)['‘]|\b(?:says?|said|tells?|told|warns?|warned|claims?|claimed|insists?|vows?|vowed|urges?|urged)\b",
    re.IGNORECASE,
)


def extract(data: bytes) -> Extracted:
    """The page's article as text, one paragraph a line, and what the page says about it. A page is one text."""
    declared = _CHARSET.search(data[:4096])
    markup = decode(data, declared[1].decode("ascii") if declared else None)
    if markup.count("<") > MOST_TAGS:
        raise DocumentError("It is a page of more elements than any article has; save only the article's part of it.")
    tree = _parsed(markup)
    known, stated = facts(tree), article_body(tree)
    clean_markup(tree)
    page = blocks(_body(tree))
    if known.published is None:
        known = known.under(under_title(page, known.title))
    if _is_preformatted(page):
        return Extracted(clean("\n".join(block.text for block in page)), known, joined=False)
    choice = choose(page, votes(tree, page, stated), known.title)
    if len(stated) > SHOWN_BY_SCRIPTS * sum(len(block.text) for block in choice.blocks):
        return Extracted(clean("\n".join(stated_lines(stated))), known, joined=False)
    if not any(c.isalnum() for block in choice.blocks for c in block.text):
        raise DocumentError(
            "No text was found in this page; it may be put together by scripts. Save it as text, or print it to PDF."
        )
    return _extracted(choice, known)


def _extracted(choice: Choice, known: Metadata) -> Extracted:
    lines = [clean(block.text) for block in choice.blocks]
    body: list[Span] = []
    apart: list[Span] = []
    start = 0
    for block, line in zip(choice.blocks, lines, strict=True):
        if block.kind == "heading" or block.bold >= BOLD_THROUGHOUT:
            apart.append(Span(start, start + len(line)))
        if not _is_headline(block, known.title):
            body.append(Span(start, start + len(line)))
        start += len(line) + 1
    text = "\n".join(lines)
    return Extracted(text, known, tuple(body), joined=False, structured=True, share=choice.share, apart=tuple(apart))


def _is_headline(block: Block, title: str | None) -> bool:
    """Whether a block is a caption, the title or a heading that retells, and no part of the text."""
    if block.kind == "caption":
        return True
    if block.kind != "heading" or _SENTENCE.search(block.text) or len(block.text) > LONGEST_HEADING:
        return False  # a paragraph that is only set large
    return block.text == title or _TELLS.search(block.text) is not None


def _is_preformatted(page: Sequence[Block]) -> bool:
    """Whether nearly all of a page is text whose lines were set by its author."""
    verse = sum(len(block.text) for block in page if block.kind == "verse")
    return verse > PREFORMATTED * sum(len(block.text) for block in page)


def _body(tree: Any) -> Any:
    body = tree.find(".//body")
    return tree if body is None else body


def _parsed(markup: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = lxml_html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentError("It is no web page that can be read; open it in a browser and save it as text.") from error
    return tree
