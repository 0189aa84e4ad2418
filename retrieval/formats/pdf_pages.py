"""The lines of a PDF's pages, set with spaces, to paragraphs in reading order (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.formats.dateline import is_dated

Page = list[str]

_NUMBER = re.compile(
    r"^\W*+(?:page|p\.|seite)?\s{0,9}(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?[\s\W]*$", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:[A-ZÀ-ÞŠŽĖ][A-ZÀ-ÞŠŽĖ .,'’&/()-]{1,60}:|Q\s{1,8}\S|Q[.:]\s)")
_TERMINAL = re.compile(r"[.?!…:;][\"”’')\]]*$")
_BULLET = re.compile(r"^(?:[•·▪◦‣*]|\(?\d{1,3}[.)])\s")
# words that keep their hyphen wherever they stand
_COMPOUND = frozenset(
    ("self", "non", "ex", "well", "half", "mid", "post", "pre", "anti", "long", "short", "high", "low", "multi", "co", "cross", "two", "three",
     "four", "five", "six", "seven", "eight", "nine", "ten", "one", "vice", "pro", "inter", "all", "part", "full", "so", "counter", "north",
     "south", "east", "west", "old", "new", "first", "second", "third", "ill", "hard", "soft", "deep", "wide", "far", "near", "euro", "air", "land")
)  # fmt: skip
CUT_WORD = "-"  # the hyphen before this gap belongs to a word that was cut
_MARGIN = 2  # lines at the top and the bottom of a page that may be a running head


@dataclass(frozen=True, slots=True)
class PageParagraph:
    """A paragraph, or the part of it on one page, and what joins it to the text before: a line end, a space, nothing, or CUT_WORD."""

    text: str
    gap: str = "\n"


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers, and without first and last lines that come again on other pages."""
    seen = Counter(key for page in pages for key in {_key(page[n]) for n in _margins(page)})
    least = max(2, min(len(pages) // 3, 5))
    cleaned: list[Page] = []
    for page in pages:
        out = {n for n in _margins(page) if _NUMBER.match(page[n]) or (len(pages) > 1 and seen[_key(page[n])] >= least)}
        left = [line for n, line in enumerate(page) if n not in _connected(page, out)]
        whole = not any(line.strip() for line in left)  # a page of nothing but such lines is no page of heads
        cleaned.append([line for line in page if not _NUMBER.match(line)] if whole else left)
    return cleaned


def paragraphs_of(pages: Sequence[Page]) -> Iterator[list[PageParagraph]]:
    """The paragraphs of each page; one that runs over a page's end is continued on the next."""
    known = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", "\n".join("\n".join(page) for page in pages).lower()))
    before = ""
    for page in pages:
        found: list[PageParagraph] = []
        for lines in _blocks([line for column in columns(page) for line in (*column, "")]):
            text = _joined(lines, known)
            gap = "\n"
            if before and not found and _runs_on(before, text):
                gap = _hinge(before, text, known)
            if text:
                found.append(PageParagraph(text, gap))
        before = found[-1].text if found else before
        yield found


def columns(page: Page) -> list[Page]:
    """The columns of a page from left to right; a page without a gutter is one. Lines across the gutter part the columns."""
    gutter = _gutter(page)
    if gutter is None:
        return [[line.rstrip() for line in page]]
    parts: list[Page] = []
    left: Page = []
    right: Page = []
    for line in page:
        crosses = (
            len(line) > gutter and line[max(0, gutter - 1) : gutter + 1].strip() != "" and not _parted(line, gutter)
        )
        if crosses:
            parts += [left, right, [line.strip()]]
            left, right = [], []
            continue
        cut = _cut(line, gutter)
        left.append(line[:cut].rstrip())
        right.append(line[cut:].strip() if cut < len(line) else "")
    return [part for part in [*parts, left, right] if any(line.strip() for line in part)]


def _gutter(page: Page) -> int | None:
    """The place where most long lines have a gap of three spaces or more, with words on both sides."""
    long = [line for line in page if len(line.strip()) > 30]
    if len(long) < 6:
        return None
    gaps: Counter[int] = Counter()
    for line in long:
        body = line.rstrip()
        start = len(body) - len(body.lstrip())
        for gap in re.finditer(r" {3,}", body[start:]):
            gaps.update(range(start + gap.start() + 1, start + gap.end()))
    width = max(map(len, long))
    places = [(count, place) for place, count in gaps.items() if 0.25 * width < place < 0.75 * width]
    if not places:
        return None
    most = max(places)[0]
    if most < 0.6 * len(long):
        return None
    best = [place for count, place in places if count == most]
    return best[-1] if best[-1] - best[0] < 3 else max(best)


def _parted(line: str, gutter: int) -> bool:
    """Whether a line has a gap near the gutter."""
    return re.search(r" {3,}", line[max(0, gutter - 6) : gutter + 7]) is not None


def _cut(line: str, gutter: int) -> int:
    """Where the right column starts on a line: behind the gap nearest to the gutter."""
    if len(line) <= gutter:
        return len(line) if not line[:gutter].strip() or len(line.rstrip()) <= gutter else gutter
    gap = next((m for m in re.finditer(r" {2,}", line) if m.start() <= gutter + 2 and m.end() >= gutter - 2), None)
    return gap.end() if gap else gutter


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that belong to one paragraph: parted by blank lines, indents, labels, bullets and short last lines."""
    filled = sorted(len(line.strip()) for line in lines if line.strip())
    width = filled[int(len(filled) * 0.9)] if filled else 0
    left = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    block: list[str] = []
    for line in lines:
        text = line.strip()
        if not text:
            if block:
                yield block
            block = []
            continue
        indented = left + 2 <= len(line) - len(line.lstrip()) <= left + 8
        closed = bool(block) and (
            (_TERMINAL.search(block[-1]) is not None and len(block[-1]) < 0.8 * width)
            or (_TERMINAL.search(block[-1]) is not None and indented)
            or _LABEL.match(text) is not None
            or _BULLET.match(text) is not None
            or (len(block[-1]) < 0.5 * width and not block[-1].endswith("-") and text[:1].isupper())
            or (len(block[-1]) < 0.8 * width and is_dated(text))
            or (len(block) == 1 and is_dated(block[0]) and not text[:1].islower())
        )
        if closed:
            yield block
            block = []
        block.append(text)
    if block:
        yield block


def _joined(lines: Sequence[str], known: Counter[str]) -> str:
    """The lines of one paragraph as one, words cut at line ends put together again."""
    text = ""
    for line in lines:
        line = " ".join(line.split())
        if not text:
            text = line
            continue
        hinge = _hinge(text, line, known)
        text = text[:-1] + line if hinge == CUT_WORD else text + hinge + line
    return text.replace("\u00ad", "")


def _hinge(before: str, after: str, known: Counter[str]) -> str:
    """What stands between two lines: a space; nothing after a hyphen that stays; CUT_WORD for one that goes."""
    head = re.search(r"([^\W\d_]+)[-\u00ad\u2010]$", before)
    tail = re.match(r"[^\W\d_]+", after)
    if head is None or tail is None or not tail[0][0].islower():
        return "" if re.search(r"\w[\u2010-]$", before) and tail is not None else " "
    if before.endswith("\u00ad"):
        return CUT_WORD
    one, other = head[1].lower(), tail[0].lower()
    if known[f"{one}-{other}"]:
        return ""
    return CUT_WORD if known[one + other] or one not in _COMPOUND else ""


def _runs_on(before: str, text: str) -> bool:
    """Whether a paragraph at a page's top continues the last one of the page before."""
    return (
        not _TERMINAL.search(before)
        and bool(text)
        and not _LABEL.match(text)
        and (text[0].islower() or before.endswith(("-", ",", "—", "–")))
    )


def _margins(page: Page) -> list[int]:
    """The numbers of the first and the last lines with something on them."""
    filled = [n for n, line in enumerate(page) if line.strip()]
    return filled[:_MARGIN] + filled[-_MARGIN:] if len(filled) > 2 * _MARGIN else filled[:1] + filled[-1:]


def _connected(page: Page, out: set[int]) -> set[int]:
    """Of the lines to leave out, those that reach the page's edge without running text between."""
    filled = [n for n, line in enumerate(page) if line.strip()]
    found: set[int] = set()
    for order in (filled, filled[::-1]):
        for n in order:
            if n not in out:
                break
            found.add(n)
    return found


def _key(line: str) -> str:
    """A line without its numbers and spaces, to find it again on other pages."""
    return re.sub(r"[\d\s]+", "", line).lower()
