"""Which blocks of a page are its article: the best extractor's, with what others see between them, less what is surely no text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.formats.html_blocks import Block
from retrieval.formats.html_extractors import Votes
from retrieval.formats.html_standfirst import standfirst

LEAST_OF_OTHER = 0.33  # of another extractor's letters: with fewer the first one has missed the article
LINKED_GAP = 0.3  # share in links up to which a block that only one extractor holds is text
LINKED = 0.7  # share in links from which a whole line leads to another page
LEADS_ON = 4  # words of such a line; a shorter one may be a name or an address
ASIDE_SHARE = 0.1  # of the taken letters: a box that holds more is not beside the article,
NO_TEXT_SHARE = 0.25  # and one of which its name says plainly that it is no text
MISSED = 0.5  # share of the paragraphs from which on the extractors are believed that the others are no text
MOST_OF_PAGE = 0.6  # of a page's letters: what holds more is the page, however it is called
PARAGRAPH = 60  # letters of a line that is a paragraph and no menu entry

# words in the class or id of an element that say it is no part of the article, and such as only say that it may be none
_NO_TEXT = re.compile(
    r"(?:^|[\s_-])(?:ads?|adverts?|advertisement|advertising|adslot|sponsored|promos?|cookies?|consent|newsletter|signup|subscribe|recommended|"
    r"recommendations|trending|popular|most-read|read-more|readmore|share|sharing|sharedaddy|comments?|comment-list|breadcrumbs?|navbar|"
    r"pagination|pager|outbrain|taboola|author-box|author-bio|authorbox)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:sponsor|related|social|sidebar|menu|nav|navigation|footer|masthead|captions?|credit|author-info|tags?|topics|popup|modal|"
    r"overlay|toolbar|player|teasers?|toc|infobox|factbox|linklist|copyright)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TEASER = re.compile(r"(?:^|[\s_-])teasers?(?:$|[\s_-])", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE_TAGS = frozenset(("aside", "nav", "footer", "figcaption"))
_ROOTS = frozenset(("html", "body", "article", "main"))


@dataclass(frozen=True, slots=True)
class Choice:
    """The blocks of the article in reading order, and the share of the page's visible paragraphs that they are."""

    blocks: tuple[Block, ...]
    share: float


def choose(page: Sequence[Block], cast: Votes, title: str | None = None) -> Choice:
    """The blocks that are the article, by the evidence of the extractors and of the page, which calls it `title`."""
    asides = _asides(page)
    paragraphs = {n for n, block in enumerate(page) if _is_paragraph(block) and asides.isdisjoint(block.path)}
    taken = _whole_quotes(page, _sum(page, cast))
    if _share(page, paragraphs, taken) < MISSED:
        taken |= _around(page, paragraphs, taken)
    taken -= {n for n in taken if _leads_on(page[n])}
    taken -= _beside(page, taken, asides, cast.trafilatura & cast.readability)
    taken |= standfirst(page, taken, title, _is_apart)
    return Choice(tuple(page[n] for n in sorted(taken)), _share(page, paragraphs, taken))


def _sum(page: Sequence[Block], cast: Votes) -> set[int]:
    """What trafilatura holds with the paragraphs that another one sees between; another's where that is far more."""
    base = set(cast.trafilatura)
    other = max((cast.readability, cast.stated), key=lambda held: _letters(page, held))
    if _letters(page, base) < LEAST_OF_OTHER * _letters(page, other):
        return base | other
    if not base:
        return base
    between = range(min(base), max(base))
    return base | {n for n in (cast.readability | cast.stated) if n in between and _running(page[n])}


def _running(block: Block) -> bool:
    return block.kind in ("paragraph", "verse") and block.linked < LINKED_GAP


def _letters(page: Sequence[Block], held: Iterable[int]) -> int:
    return sum(len(page[n].text) for n in held)


def _leads_on(block: Block) -> bool:
    """Whether a line is nothing but a link to something else."""
    return block.kind in ("paragraph", "heading") and block.linked > LINKED and len(block.text.split()) >= LEADS_ON


def _whole_quotes(page: Sequence[Block], taken: set[int]) -> set[int]:
    """With the rest of each quoted block that is taken: a signature below the words says whose they are."""
    inside: dict[Any, list[int]] = defaultdict(list)
    for number, block in enumerate(page):
        for element in block.path:
            if element.tag == "blockquote":
                inside[element].append(number)
                break
    whole = set(taken)
    for numbers in inside.values():
        if taken.intersection(numbers):
            whole.update(numbers)
    return whole


def _beside(page: Sequence[Block], taken: set[int], asides: frozenset[Any], agreed: frozenset[int]) -> set[int]:
    """The taken blocks in small boxes that are called something else than text; where the name says less, all must not agree."""
    boxes: dict[Any, set[int]] = defaultdict(set)
    for number in taken:
        box = next((element for element in page[number].path if element in asides), None)
        if box is not None:  # the many boxes of one kind of which a page may be made count as one
            boxes[box.tag, box.get("class"), box.get("id") if not box.get("class") else ""].add(number)
    total = _letters(page, taken)
    found: set[int] = set()
    for (_, *names), numbers in boxes.items():
        share = _letters(page, numbers) / total
        if share < NO_TEXT_SHARE and any(_called(_NO_TEXT, name) for name in names):
            found |= numbers
        elif share < ASIDE_SHARE:
            found |= numbers - agreed
    return found


def _asides(page: Sequence[Block]) -> frozenset[Any]:
    """The elements that are called something else than text, and do not hold most of the page."""
    held: dict[Any, int] = defaultdict(int)
    for block in page:
        for element in block.path:
            held[element] += len(block.text)
    most = MOST_OF_PAGE * sum(len(block.text) for block in page)
    return frozenset(element for element, letters in held.items() if letters < most and _is_aside(element))


def _is_aside(element: Any) -> bool:
    if element.tag in _ROOTS:
        return False
    names = (element.get("class"), element.get("id"))
    return element.tag in _ASIDE_TAGS or any(_called(words, name) for words in (_NO_TEXT, _ASIDE) for name in names)


def _is_apart(element: Any) -> bool:
    """As `_is_aside`, but for what is called a teaser, which above an article is its own."""
    return _is_aside(element) and not (element.tag not in _ASIDE_TAGS and _TEASER.search(_names(element)))


def _names(element: Any) -> str:
    return _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}")


def _called(words: re.Pattern[str], name: str | None) -> bool:
    return name is not None and words.search(_CAMEL.sub("-", name)) is not None


def _share(page: Sequence[Block], paragraphs: set[int], taken: set[int]) -> float:
    """The letters taken of the page's paragraphs, from 0 to 1; 1 where it has none."""
    total = _letters(page, paragraphs)
    return _letters(page, paragraphs & taken) / total if total else 1.0


def _is_paragraph(block: Block) -> bool:
    return len(block.text) >= PARAGRAPH and block.linked < LINKED_GAP and block.kind != "caption"


def _around(page: Sequence[Block], paragraphs: set[int], taken: set[int]) -> set[int]:
    """The paragraphs in the innermost element that holds all of those that are taken."""
    paths = [page[n].path for n in paragraphs & taken]
    if not paths:
        return set()
    shared = [level[0] for level in zip(*paths, strict=False) if all(element is level[0] for element in level)]
    depth = len(shared)
    return {n for n in paragraphs if page[n].path[depth - 1 : depth] == tuple(shared[-1:])}
