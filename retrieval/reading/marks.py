"""Quotation marks: which stretches of a paragraph stand in them (pure, linear in the text's length)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.model import Span

OPENING = "“„«‟〝"
CLOSING = "”»〞"
STRAIGHT = '"＂'
MARKS = frozenset(OPENING + CLOSING + STRAIGHT)
# A paragraph with more marks than this is no prose (a table, a test of the machine): it is left alone.
MOST_MARKS = 400
_TAG = re.compile(r"<[^<>\n]{1,2000}>")  # left over markup: its quotation marks are nobody's
FILLER = "\x00"  # stands for the second character of a mark that is written with two
_OPENING_APOSTROPHES = re.compile(r"(?<![^\s(\[{—–-])''(?=[^\s'])")
_BLANKED = dict.fromkeys(map(ord, OPENING + CLOSING + STRAIGHT), " ")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch in quotation marks: `inner` without the marks, `outer` with them; `closed` when its closing mark is there."""

    inner: Span
    outer: Span
    paragraph: int
    closed: bool


def normalised(text: str, *, apostrophes: bool = True) -> str:
    """The text with every kind of double mark as one character, same length: ``words'' becomes “words”.

    With `apostrophes` two of them open a quotation too, as in texts whose only marks they are (''words'').
    """
    if "``" in text:
        text = text.replace("``", "“" + FILLER)
    if "''" in text:
        if apostrophes and "“" + FILLER not in text:
            text = _OPENING_APOSTROPHES.sub("“" + FILLER, text)
        text = text.replace("''", FILLER + "”")
    if "<" in text:
        text = _TAG.sub(lambda tag: tag.group().translate(_BLANKED), text)
    return text


def regions(text: str, paragraph: Span, number: int) -> tuple[Region, ...]:
    """The quoted regions of one paragraph of a `normalised` text.

    An opening mark that never closes runs to the paragraph's end. Marks inside an open region are left inside it.
    """
    places = [i for i in range(paragraph.start, paragraph.end) if text[i] in MARKS]
    if not places or len(places) > MOST_MARKS:
        return ()
    found: list[Region] = []
    opened: int | None = None
    nested = 0
    for k, i in enumerate(places):
        opens = _opens(text, i, paragraph, opened)
        if opens and opened is None:
            opened = i
        elif (
            opens
            and text[i] in OPENING
            and all(text[j] in CLOSING for j in places[k + 1 : k + 3])
            and len(places) > k + 2
        ):
            nested += 1  # “He said, “Never,” and left.”
        elif not opens and nested:
            nested -= 1
        elif not opens and opened is not None:
            found.append(_region(text, opened, i, number))
            opened = None
    if opened is not None:
        end = _rstrip(text, opened + 1, paragraph.end)
        found.append(Region(Span(_after(text, opened), end), Span(opened, end), number, closed=False))
    return tuple(r for r in found if any(c.isalnum() for c in r.inner.of(text)))


_DASH = re.compile(r"[—–―]\s*(?=[^\s—–―])")
_VERBS = r"(?:said|says|asked|answered|replied|cried|added|whispered|shouted|murmured|exclaimed|called|repeated|insisted|continued|muttered|told)"
_TURNS_TO_TELLING = re.compile(
    rf"(?:[,!?.…]|\s[—–―])\s*(?={_VERBS}\s+(?:[A-Z]|the\s|he\b|she\b|his\s|her\s)|(?:he|she|the\s\w+|[A-Z][\w’'.]+(?:\s[A-Z][\w’'.]+){{0,2}})\s{_VERBS}\b)"
)


_SINGLE = re.compile(r"(?<![\w’'])[‘']((?=[^\s‘’'])[^\n]{1,4000}?[,.!?…])[’'](?!\w)")


# A phrase in curly single marks, apostrophes inside its words
_SINGLE_PHRASE = re.compile(r"(?<![\w’'])‘((?=\w)(?:[^‘’\n]|(?<=\w)’(?=\w)){2,300})’(?!\w)")


def single(text: str, paragraph: Span, number: int) -> tuple[Region, ...]:
    """Speech in single marks: where the closing one stands behind a comma or a stop, as in “‘Aye,’ he said”, and phrases."""
    end = min(paragraph.end, paragraph.start + 20_000)
    found = list(_SINGLE.finditer(text, paragraph.start, end))
    for phrase in _SINGLE_PHRASE.finditer(text, paragraph.start, end):
        if not any(m.start() < phrase.end() and phrase.start() < m.end() for m in found):
            found.append(phrase)
    return tuple(
        Region(Span(*m.span(1)), Span(*m.span()), number, closed=True)
        for m in sorted(found, key=lambda m: m.start())
        if any(c.isalnum() for c in m.group(1))
    )


def opens_with_dash(text: str, paragraph: Span) -> bool:
    """Whether a paragraph may be a line of dialogue set with a dash instead of marks."""
    return _DASH.match(text, paragraph.start, paragraph.end) is not None


def dashed(text: str, paragraph: Span, number: int) -> tuple[Region, ...]:
    """The words of a line of dialogue that a dash opens, up to where the telling begins ("— I will not, said Ahab.")."""
    opening = _DASH.match(text, paragraph.start, paragraph.end)
    if opening is None:
        return ()
    limit = min(paragraph.end, opening.end() + 4_000)
    telling = _TURNS_TO_TELLING.search(text, opening.end(), limit)
    end = paragraph.end if telling is None else telling.start() + (text[telling.start()] in ",!?.…")
    inner = Span(opening.end(), end)
    return (
        (Region(inner, Span(paragraph.start, end), number, closed=True),)
        if any(c.isalnum() for c in inner.of(text))
        else ()
    )


def _opens(text: str, i: int, paragraph: Span, opened: int | None) -> bool:
    """Whether the mark at `i` opens; a straight one is judged by what stands around it."""
    mark = text[i]
    before = text[i - 1] if i > paragraph.start else " "
    after = text[i + 1] if i + 1 < paragraph.end else " "
    if mark in STRAIGHT:
        if opened is None:
            closes = not before.isspace() and (after.isspace() or after in ",.;:")  # one whose opening mark is missing
            return not before.isdigit() and not closes  # 6" is an inch mark
        return before.isspace() and after.isalnum() and text[opened] in STRAIGHT
    if opened is not None and text[opened] == "„" and mark in "“”":
        return False
    if mark in OPENING:  # now and then one stands where a closing mark should
        return opened is None or before.isspace() or not (after.isspace() or after in ",.;:")
    return opened is None and before.isspace() and after.isalnum()


def _region(text: str, opened: int, closing: int, number: int) -> Region:
    start = _after(text, opened)
    end = closing - 1 if text[closing - 1] == FILLER and closing - 1 > start else closing
    return Region(Span(start, max(start, end)), Span(opened, closing + 1), number, closed=True)


def _after(text: str, mark: int) -> int:
    return mark + 2 if text[mark + 1 : mark + 2] == FILLER else mark + 1


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
