"""What each of several kept extractors takes for a page's article, as the numbers of the page's blocks that it holds.

An extractor's own text is never stored: it only says which blocks of the page it would keep, so that every word that is
taken stands in the page as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from retrieval.formats.html_blocks import Block, blocks

MOST_TAGS_WEIGHED = 60_000  # of a larger page one extractor's word has to do
GRAM = 4  # words in a row that two texts have in common only where one has them from the other
LEAST_WORDS = 6  # of a block that can be told by its words alone
LEAST_SHARE = 0.5  # of a block's word groups that an extractor holds where it holds the block
CONTEXT = 3  # words of its neighbour that a short block is told by
NEAR = 4  # blocks from the others that a short one may stand

# a word, or one sign of a script that sets no spaces between words
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_LINE = re.compile(r"\n|(?:^|\s)\|(?:\s|$)")
_TAG = re.compile(r"<[^<>]{1,300}>")


@dataclass(frozen=True, slots=True)
class Votes:
    """The blocks that each extractor holds: trafilatura, readability, and the page's own structured data."""

    trafilatura: frozenset[int]
    readability: frozenset[int]
    stated: frozenset[int]


def votes(tree: Any, page: Sequence[Block], article_body: str) -> Votes:
    """Which of a page's blocks each extractor would keep; `article_body` is what structured data gives as the text."""
    words = [_words(block.text) for block in page]
    return Votes(
        trafilatura=_held(words, _trafilatura(tree)),
        readability=_held(words, _readability(tree)),
        stated=_held(words, "\n".join(stated_lines(article_body))),
    )


def stated_lines(article_body: str) -> list[str]:
    """The paragraphs of a text that structured data give, without the markup that some put into it."""
    lines = (" ".join(line.split()) for line in _TAG.sub("\n", html.unescape(article_body)).splitlines())
    return [line for line in lines if line]


def _trafilatura(tree: Any) -> str:
    import trafilatura

    found = trafilatura.extract(deepcopy(tree), include_comments=False, include_tables=True, include_links=False)
    return str(found or "")


def _readability(tree: Any) -> str:
    """The lines of the article by the algorithm of browsers' reading views; nothing where it cannot be applied."""
    from lxml import etree
    from lxml import html as lxml_html
    from readability import Document
    from readability.readability import Unparseable

    markup = lxml_html.tostring(tree, encoding="unicode")
    if markup.count("<") > MOST_TAGS_WEIGHED:
        return ""
    try:
        article = lxml_html.document_fromstring(Document(markup).summary(html_partial=True))
    except (Unparseable, etree.LxmlError, RecursionError, ValueError, TypeError, AttributeError):
        return ""  # one voice fewer; what the others say is heard all the same
    return "\n".join(block.text for block in blocks(article))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


class _Taken:
    """The words of an extractor's text, asked for in groups."""

    def __init__(self, text: str) -> None:
        lines = [_words(line) for line in _LINE.split(text)]
        self.lines = frozenset(lines)
        self._all = [word for line in lines for word in line]
        self._groups: dict[int, frozenset[tuple[str, ...]]] = {}

    def holds(self, words: tuple[str, ...]) -> bool:
        """Whether these words stand in a row somewhere in the text."""
        size = len(words)
        if size not in self._groups:
            self._groups[size] = frozenset(zip(*(self._all[n:] for n in range(size)), strict=False))
        return words in self._groups[size]

    def share(self, words: tuple[str, ...]) -> float:
        """The share of the groups of a block's words that stand in the text."""
        groups = list(zip(*(words[n:] for n in range(GRAM)), strict=False))
        return sum(map(self.holds, groups)) / len(groups)


def _held(page: Sequence[tuple[str, ...]], text: str) -> frozenset[int]:
    """The numbers of the blocks that a text holds: long ones by their words, short ones also by where they stand."""
    taken = _Taken(text)
    found = {n for n, w in enumerate(page) if len(w) >= LEAST_WORDS and taken.share(w) >= LEAST_SHARE}
    if not found:
        return frozenset(n for n, w in enumerate(page) if w and w in taken.lines)
    first, last = min(found) - NEAR, max(found) + NEAR
    for number, words in enumerate(page):
        if 0 < len(words) < LEAST_WORDS and (
            (words in taken.lines and first <= number <= last) or _beside(page, number, found, taken)
        ):
            found.add(number)
    return frozenset(found)


def _beside(page: Sequence[tuple[str, ...]], number: int, found: set[int], taken: _Taken) -> bool:
    """Whether a short block stands in the text right after or before the words of a neighbour that is held."""
    words = page[number]
    if number - 1 in found and taken.holds(page[number - 1][-CONTEXT:] + words):
        return True
    return number + 1 in found and taken.holds(words + page[number + 1][:CONTEXT])
