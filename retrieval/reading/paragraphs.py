"""Where paragraphs begin and end, in texts of one line a paragraph and in hard-wrapped ones (pure)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from retrieval.model import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_WIDEST_WRAP = 150
_NARROWEST_WRAP = 50
_LONGEST_REJOINED = 3_000  # characters; a quotation that is open for longer has lost its closing mark
_NAMED = re.compile(
    r"\s*[A-Z][\w.’'\-]*(?:\s(?:of|the|[A-Z][\w.’'\-]*)){0,5}(?:\s[\[(][^\])\n]{1,60}[\])])?:\s+[A-Z“\"(\[—–]"
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
    if not is_wrapped(text, every):
        return _rejoined(text, every, starts_paragraph)
    blocks: list[Span] = []
    indented = opens_indented(text, every)
    for line in every:
        fresh = not blocks or _blank_between(text, blocks[-1].end, line.start)
        fresh = fresh or (indented and _indent(text, line) > 1)
        fresh = fresh or names_speaker(line.of(text), blocks[-1].of(text)[-1:])
        if fresh or (starts_paragraph is not None and starts_paragraph.match(text, line.start, line.end)):
            blocks.append(line)
        else:
            blocks[-1] = Span(blocks[-1].start, line.end)
    return tuple(blocks)


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


def is_wrapped(text: str, every: Sequence[Span]) -> bool:
    """Whether lines end because the column was full: nearly every break stands where the next word would not have fitted."""
    if len(every) < 3:
        return False
    lengths = sorted(span.end - span.start for span in every)
    width = lengths[int(len(lengths) * 0.95)]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return False
    pairs = forced = 0
    for line, following in itertools.pairwise(every):
        if _blank_between(text, line.end, following.start):
            continue
        pairs += 1
        word = text[following.start : following.end].split(None, 1)[0]
        forced += (line.end - line.start) + 1 + len(word) > width - 6
    return pairs >= 2 and forced >= 0.6 * pairs


def names_speaker(line: str, before: str) -> bool:
    """Whether a line of a wrapped text can open with a speaker's label in small letters: the one before it closes a sentence."""
    return before.rstrip()[-1:] in _CLOSED and _NAMED.match(line) is not None


def opens_indented(text: str, every: Sequence[Span]) -> bool:
    """Whether paragraphs open with an indented line: most indented lines have one behind them that is not."""
    opening = running = 0
    for line, following in itertools.pairwise(every):
        if 1 < _indent(text, line) <= _DEEPEST and not _blank_between(text, line.end, following.start):
            if _indent(text, following) < 2:
                opening += 1
            else:
                running += 1
    return opening >= _FEWEST_INDENTED and opening > 2 * running


def _indent(text: str, line: Span) -> int:
    start = max(text.rfind("\n", 0, line.start), text.rfind("\r", 0, line.start)) + 1
    return line.start - start


def _blank_between(text: str, end: int, start: int) -> bool:
    gap = text[end:start].replace("\r\n", "\n")
    return len(gap) - len(gap.translate({10: None, 13: None, 0x2028: None, 0x2029: None})) > 1
