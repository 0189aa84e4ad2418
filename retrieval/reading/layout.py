"""A text laid out: its paragraphs, what stands in quotation marks, embedded posts and turns, with offsets (pure)."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Span
from retrieval.reading.turns import Turn, turns

# Bounds that no document written by people meets; they keep a hostile one from taking the machine.
MOST_REGIONS = 15_000
_LABEL_LINE = re.compile(
    r"[*_>\s]*(?:[A-Z][A-Z.'’\- ]{1,50}|Q)(?:\s*[\[(][^\])\n]{1,60}[\])])?[*_]*(?::|\s{2,})|>>\s?[A-Z]|[QA]\.\s{1,4}[A-Z]"
    r"|[\[(]?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s)?\d{1,2}:\d{2}(?::\d{2})?[\])]?[\s–-]{1,4}[A-Z][\w.'’\- ]{1,50}:\s"
    r"|\[[^\]\n]{1,60}\]\s?:\s"
)


@dataclass(frozen=True)
class Layout:
    """A text taken apart: its paragraphs, the quoted regions of each, and its turns."""

    text: str
    plain: str  # the text with every kind of double mark as one character, same length
    paragraphs: tuple[Span, ...]
    regions: dict[int, tuple[Region, ...]]  # by paragraph number
    turns: tuple[Turn, ...]
    capped: bool  # more quotations than a document can have: the rest was left alone
    whole: tuple[Span, ...] = ()  # every paragraph, whether it lies in the running text or not


def layout(
    text: str, body: Sequence[Span] = (), title: str | None = None, *, apostrophes: bool = True, posts: bool = True
) -> Layout:
    """The layout of a text; with `body`, of the paragraphs that lie in its running text.

    Whoever the `title` names is likelier to be a label. Without `apostrophes` two of them open no quotation, without
    `posts` only marks do.
    """
    plain = normalised(text, apostrophes=apostrophes)
    every = whole = paragraphs(text, _LABEL_LINE)
    if body:
        every = _within(every, body)
    found: dict[int, tuple[Region, ...]] = {}
    count = 0
    handles = posts and "(@" in plain
    for number, paragraph in enumerate(every):
        embedded = (
            (post(plain, paragraph, number) or signed_below(plain, whole, paragraph, number)) if handles else None
        )
        marked = (embedded,) if embedded else regions(plain, paragraph, number)
        if marked and count < MOST_REGIONS:
            found[number] = marked
            count += len(marked)
    taken = turns(text, every, title or "")
    if not found and not taken and (apostrophes or "''" not in text):  # else single marks stand inside double ones
        found = _single(plain, every) or _dialogue(plain, every)
    elif "‘" in plain and not taken and _inside(found, inner := _single(plain, every)):
        found = inner  # the British way: ‘He said, “Never,” and left’
    return Layout(text, plain, every, found, taken, count >= MOST_REGIONS, whole)


def _inside(found: dict[int, tuple[Region, ...]], singles: dict[int, tuple[Region, ...]]) -> bool:
    """Whether double marks stand only within single ones, of which there are more."""
    within = all(
        any(one.inner.covers(region.outer) for one in singles.get(number, ()))
        for number, regions in found.items()
        for region in regions
    )
    return within and sum(map(len, singles.values())) > sum(map(len, found.values()))


def _single(plain: str, every: Sequence[Span]) -> dict[int, tuple[Region, ...]]:
    """Speech in single marks, in a text that has no double ones."""
    found: dict[int, tuple[Region, ...]] = {}
    if "‘" not in plain and "'" not in plain:
        return found
    for number, paragraph in enumerate(every):
        if len(found) < MOST_REGIONS and (lines := single(plain, paragraph, number)):
            found[number] = lines[:100]
    return found


def _dialogue(plain: str, every: Sequence[Span]) -> dict[int, tuple[Region, ...]]:
    """Dialogue set with dashes, in a text that has no quotation marks and two such lines at least."""
    numbers = [n for n, p in enumerate(every) if opens_with_dash(plain, p)][:MOST_REGIONS]
    if len(numbers) < 2:
        return {}
    return {n: lines for n in numbers if (lines := dashed(plain, every[n], n))}


def _within(every: Sequence[Span], body: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of paragraphs that lie in the body."""
    kept, at = [], 0
    for paragraph in every:
        while at < len(body) and body[at].end <= paragraph.start:
            at += 1
        here = at
        while here < len(body) and body[here].start < paragraph.end:
            start, end = max(paragraph.start, body[here].start), min(paragraph.end, body[here].end)
            if start < end:
                kept.append(Span(start, end))
            here += 1
    return tuple(kept)


# Where paragraphs begin and end, in texts of one line a paragraph and in hard-wrapped ones (pure).

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_WIDEST_WRAP = 150
_NARROWEST_WRAP = 50
_HEAD, _ROOM = 1_500, 0.75  # characters; share of the column that the lines of a head leave some of
_FEWEST_PAIRS = 8  # lines that follow upon another; of fewer no share is told
_LONGEST_REJOINED = 3_000  # characters; a quotation that is open for longer has lost its closing mark
_NAMED = re.compile(
    r"\s{0,60}+[A-Z][\w.’'\-]{0,40}+(?:\s(?:of|the|[A-Z][\w.’'\-]{0,40}+)){0,5}(?:\s[\[(][^\])\n]{1,60}[\])])?:\s+[A-Z“\"(\[—–]"
)
_CLOSED = frozenset('.?!…—–-)]”"')
_DEEPEST = 12  # white space before a paragraph's first line; more of it sets a heading in the middle
_FEWEST_INDENTED = 3
_SHORTEST_BROKEN = 30  # characters of a line that breaks off; a shorter one may be a heading
# Behind none of these a paragraph ends: the line was broken there.
_OPEN_ENDED = re.compile(
    r"(?:^|[\s”\"’'])(?:said|says|added|adds|told|the|a|an|of|to|and|or|by|with|from|that|his|her|their|its|who|which|is|was|were|has|had|Mr|Mrs|Ms|Dr|Mr\.|Mrs\.|Ms\.|Dr\.)$"
)


def lines(text: str) -> tuple[Span, ...]:
    """The lines that are not blank, without the white space around them."""
    found = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            found.append(Span(start, start + len(stripped)))
    return tuple(found)


def paragraphs(text: str, starts_paragraph: re.Pattern[str] | None = None) -> tuple[Span, ...]:
    """The paragraphs of a text: its lines, or blocks between blank lines where the text is hard-wrapped.

    A line that matches `starts_paragraph` (a speaker's label) begins a new one in wrapped text too.
    """
    every = lines(text)
    width = wrapped_at(text, every)
    if not width:
        return _rejoined(text, every, starts_paragraph)
    blocks: list[Span] = []
    indents = opening_indents(text, every)
    for line in every:
        fresh = not blocks or _blank_between(text, blocks[-1].end, line.start)
        fresh = fresh or _indent(text, line) in indents
        fresh = fresh or names_speaker(line.of(text), blocks[-1].of(text)[-1:])
        fresh = fresh or (line.start < _HEAD and _ends_early(text, blocks[-1], line, width))
        fresh = fresh or (
            starts_paragraph is not None and starts_paragraph.match(text, line.start, line.end) is not None
        )
        if fresh and not (blocks and _is_bold_across(text, blocks[-1], line)):
            blocks.append(line)
        else:
            blocks[-1] = Span(blocks[-1].start, line.end)
    return tuple(blocks)


def _ends_early(text: str, block: Span, line: Span, width: int) -> bool:
    """Whether a block's last line has much room left for the next one's first word: lines of a head stand for themselves."""
    last = block.end - max(block.start, text.rfind("\n", block.start, block.end) + 1)
    word = line.of(text).split(None, 1)[0]
    return (word[0].isupper() or word[0].isdigit()) and last + 1 + len(word) < width * _ROOM


def _is_bold_across(text: str, block: Span, line: Span) -> bool:
    """Whether a run in bold that a block opens with ends only in the next line: a label of two lines."""
    return (
        text.startswith("**", block.start)
        and text.count("**", block.start, block.end) == 1
        and "**" in line.of(text)
        and not _blank_between(text, block.end, line.start)
    )


def _rejoined(text: str, every: Sequence[Span], starts_paragraph: re.Pattern[str] | None) -> tuple[Span, ...]:
    """The lines, put together where one breaks off: a short e-mail or a text of odd lines tells no width."""
    joined: list[Span] = []
    for line in every:
        labelled = _NAMED.match(line.of(text)) or (
            starts_paragraph is not None and starts_paragraph.match(text, line.start, line.end)
        )
        apart = not joined or labelled or _blank_between(text, joined[-1].end, line.start)
        if not apart and _breaks_off(text, joined[-1], line):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return tuple(joined)


def _breaks_off(text: str, before: Span, line: Span) -> bool:
    """Whether a line goes on in the next one: in the middle of a sentence, or behind a word that ends nothing."""
    if before.end - before.start > _LONGEST_REJOINED:
        return False
    last = before.end - max(before.start, text.rfind("\n", before.start, before.end) + 1)
    words = before.of(text)
    if last >= _SHORTEST_BROKEN and _OPEN_ENDED.search(words[-12:]):
        return True
    return text[line.start].islower() and last >= _NARROWEST_WRAP and (words[-1:].isalpha() or words[-1:] == ",")


_UNBROKEN = re.compile(r"\S{50}")  # an address: it stands on a line of its own, however wide the column
_FORCED, _RUN_ON = 0.6, 0.3  # of 260 pool texts those of whole paragraphs had at most 0.25, wrapped ones at least 0.38


def wrapped_at(text: str, every: Sequence[Span], *, loosely: bool = False) -> int:
    """The width at which the lines of a text were broken, 0 where they are paragraphs.

    Nearly every break stands where the next word would not have fitted; or, `loosely`, so many lines go on in small
    letters as sentences do that are broken anywhere.
    """
    unbroken = {span for span in every if _UNBROKEN.search(text, span.start, span.end)}
    lengths = sorted(span.end - span.start for span in every if span not in unbroken)
    width = lengths[int(len(lengths) * 0.95)] if len(lengths) > 2 else 0
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    pairs = forced = small = 0
    for line, following in itertools.pairwise(every):
        if _blank_between(text, line.end, following.start) or line in unbroken or following in unbroken:
            continue
        pairs += 1
        word = text[following.start : following.end].split(None, 1)[0]
        forced += (line.end - line.start) + 1 + len(word) > width - 6
        small += word[0].islower()
    runs_on = loosely and pairs >= _FEWEST_PAIRS and small >= _RUN_ON * pairs
    return width if pairs >= 2 and (forced >= _FORCED * pairs or runs_on) else 0


def names_speaker(line: str, before: str) -> bool:
    """Whether a line of a wrapped text can open with a speaker's label in small letters: the one before it closes a sentence."""
    return before.rstrip()[-1:] in _CLOSED and _NAMED.match(line) is not None


def opening_indents(text: str, every: Sequence[Span]) -> frozenset[int]:
    """How far the first lines of paragraphs stand in: depths whose lines mostly have one behind them that stands further out.

    A block that is set in as a whole has a depth of its own, and its lines open nothing.
    """
    opening: Counter[int] = Counter()
    running: Counter[int] = Counter()
    depths = [_indent(text, line) for line in every]
    for number, (line, following) in enumerate(itertools.pairwise(every)):
        if 1 < depths[number] <= _DEEPEST and not _blank_between(text, line.end, following.start):
            opening[depths[number]] += depths[number + 1] < depths[number]
            running[depths[number]] += depths[number + 1] == depths[number] and line.end - line.start >= _NARROWEST_WRAP
    return frozenset(d for d, times in opening.items() if times >= _FEWEST_INDENTED and times > 2 * running[d])


def _indent(text: str, line: Span) -> int:
    start = max(text.rfind("\n", 0, line.start), text.rfind("\r", 0, line.start)) + 1
    return line.start - start


def _blank_between(text: str, end: int, start: int) -> bool:
    gap = text[end:start].replace("\r\n", "\n")
    return len(gap) - len(gap.translate({10: None, 13: None, 0x2028: None, 0x2029: None})) > 1


# Posts that an article embeds: their words stand without marks, before "— Name (@handle) June 3, 2024" (pure).

_LONGEST = 4_000  # characters of a post
_SIGNED = re.compile(
    r"\s{1,20}[—–―]\s?[A-Z][^\n@()]{1,60}\s\(@\w{1,30}\)\s?,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s\d{4}|\d{1,2}\s[A-Z][a-z]{2,8}\s\d{4})"
    r"(?:</\w{1,20}>)?[.\s]*$"
)
_TAG = re.compile(r"<[^<>\n]{1,2000}>")


def post(text: str, paragraph: Span, number: int) -> Region | None:
    """The words of a post that a paragraph is; None for other paragraphs."""
    if paragraph.end - paragraph.start > _LONGEST or "(@" not in text[paragraph.start : paragraph.end]:
        return None
    signed = _SIGNED.search(text, paragraph.start, paragraph.end)
    if signed is None:
        return None
    start = max((t.end() for t in _TAG.finditer(text, paragraph.start, signed.start())), default=paragraph.start)
    while start < signed.start() and text[start].isspace():
        start += 1
    inner = Span(start, signed.start())
    if not any(c.isalnum() for c in inner.of(text)):
        return None
    return Region(inner, inner, number, closed=True)


def signature_below(text: str, whole: Sequence[Span], paragraph: Span) -> Span | None:
    """The line right below a paragraph that signs it as a post, in the running text or not."""
    if paragraph.end - paragraph.start > _LONGEST or any(c in MARKS for c in paragraph.of(text)):
        return None
    at = bisect_left(whole, paragraph.end, key=lambda p: p.start)
    below = whole[at] if at < len(whole) else None
    return below if below is not None and _SIGNED.fullmatch(text, below.start - 1, below.end) else None


def signed_below(text: str, whole: Sequence[Span], paragraph: Span, number: int) -> Region | None:
    """The words of a post whose signature is the line right below; None for other paragraphs."""
    signed = signature_below(text, whole, paragraph) is not None
    return Region(paragraph, paragraph, number, closed=True) if signed else None


# Quotation marks: which stretches of a paragraph stand in them (pure, linear in the text's length).

OPENING = "“„«‟〝"
CLOSING = "”»〞"
STRAIGHT = '"＂'
MARKS = frozenset(OPENING + CLOSING + STRAIGHT)
# A paragraph with more marks than this is no prose (a table, a test of the machine): it is left alone.
MOST_MARKS = 400
_LEFT_OVER_TAG = re.compile(r"<[^<>\n]{1,2000}>")  # left over markup: its quotation marks are nobody's
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
        text = _LEFT_OVER_TAG.sub(lambda tag: tag.group().translate(_BLANKED), text)
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


_SINGLE = re.compile(r"(?<![\w’'])[‘']((?=[^\s‘’'])[^\n‘]{1,4000}?[,.!?…])[’'](?!\w)")


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
