"""The standfirst of a page: the sentences between its headline and its first paragraph, which extractors mostly leave behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from retrieval.formats.html_blocks import Block

FARTHEST = 20  # blocks between a headline and the first paragraph; beyond, something else stands between them
MOST = 5  # blocks: more are a list and no standfirst
LEAST_WORDS = 7
PARAGRAPH = 60  # letters of a block that is a paragraph
LONG = 100  # letters of a line that needs no full stop to be a sentence
LINKED = 0.3  # share in links from which a line leads on to something else

_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"[.?!…:][\"”’'»)]{0,2}$")


def standfirst(
    page: Sequence[Block], taken: set[int], title: str | None, is_aside: Callable[[Any], bool]
) -> frozenset[int]:
    """The numbers of the blocks that lead in to the article, where the headline stands near above what was taken."""
    first = min((n for n in taken if _is_paragraph(page[n])), default=None)
    if first is None:
        return frozenset()
    place = next((n for n in range(first - 1, max(-1, first - 1 - FARTHEST), -1) if _is_headline(page[n], title)), None)
    if place is None:
        return frozenset()
    found = frozenset(
        n
        for n in range(place + 1, first)
        if n not in taken and _leads_in(page[n]) and not any(map(is_aside, page[n].path))
    )
    return found if len(found) <= MOST else frozenset()


def _is_paragraph(block: Block) -> bool:
    return block.kind in ("paragraph", "verse", "item") and len(block.text) >= PARAGRAPH


def _is_headline(block: Block, title: str | None) -> bool:
    return block.kind == "heading" and (block.text == title or any(element.tag == "h1" for element in block.path))


def _leads_in(block: Block) -> bool:
    """Whether a block is a sentence and leads to no other page."""
    if block.kind not in ("paragraph", "heading") or block.linked >= LINKED:
        return False
    whole = _ENDS.search(block.text) is not None or len(block.text) >= LONG
    return whole and len(_WORD.findall(block.text)) >= LEAST_WORDS
