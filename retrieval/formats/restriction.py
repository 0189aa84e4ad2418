"""Who alone may see a document: `channels`, read exactly or not at all.

A restriction that cannot be understood refuses its document; it never means "everybody". What may have been meant as
one is recognised loosely (a key that is near to `channels`, in whatever head or sidecar), and understood strictly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import dropwhile, takewhile
from typing import Any

from rapidfuzz.distance import OSA

from retrieval.errors import DocumentError

KEY = "channels"
HEAD_CHARACTERS = 64 * 1024
CLOSED_WITHIN = 40  # lines; a rule further down ends no head
HOW = (
    "write `channels: [C0123456789]` between the two lines of --- at the top of a Markdown file, or "
    '`channels = ["C0123456789"]` in a file NAME.meta.toml beside it, with the ids that Slack shows for its channels; '
    "leave the line out where everybody may see it"
)

_ID = re.compile(r"[CGD][A-Z0-9]+")
_IN_FIELD = re.compile(r"\b[CGD][A-Z0-9]{7,}\b")
# "channels: [C0123456789]" or "| channels | C0123456789 |", wherever it stands
_WITH_ID = re.compile(
    r"(?i:\bchannels?)[\s\"'`]{0,4}[:=|\[][\s:=|\[(\"'`-]{0,12}[CGD](?=[A-Z]{0,10}\d)[A-Z0-9]{8,20}\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SET_OFF = re.compile(r"(\W)\1\1")
_A_RULE = re.compile(r"\W{3,}")
_A_KEY = re.compile(r"[^:=]{1,60}[:=]")
_LONE_KEY = re.compile(r"\W*(\w+)\W*(?:[\[{(].*|\s[CGD][A-Z0-9]{5,}.*)?")
# near enough to be a slip of the pen, and words of their own
_OTHER_WORDS = frozenset({"changes", "chances"})


def channels_of(mapping: Mapping[Any, Any], written: int | None = None) -> tuple[str, ...]:
    """The channels that a head or sidecar names; none where it has no such key.

    `written` is how many lines of it look like such a key: one that its syntax hides, or a second one, is not understood.
    """
    others = [key for key, top in _keys(mapping) if may_mean(key) and not (top and key == KEY)]
    if others:
        raise DocumentError(f"It has `{others[0][:60]}`, which may be meant to restrict who sees it; {HOW}.")
    if written is not None and written > (KEY in mapping):
        raise DocumentError(f"A line of its head that may restrict who sees it cannot be understood; {HOW}.")
    return _exactly(mapping[KEY]) if KEY in mapping else ()


def narrowed(outer: tuple[str, ...], inner: tuple[str, ...]) -> tuple[str, ...]:
    """The channels that two restrictions of one text leave (none: everybody); one that leaves nobody is refused."""
    if not outer or not inner:
        return outer or inner
    both = tuple(channel for channel in inner if channel in outer)
    if not both:
        raise DocumentError(f"A text in it is for other channels than the file, so that nobody may see it; {HOW}.")
    return both


def may_mean(key: str) -> bool:
    """Whether a key may be `channels`, miswritten or with something added."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", key) if unicodedata.category(c) != "Cf")
    words = [word.casefold() for word in _WORD.findall(_CAMEL.sub(" ", plain))]
    return any(_near(word) for word in (*words, "".join(words)))


def key_lines(lines: Iterable[str]) -> int:
    """How many of these lines look like the beginning of a restriction; comments do not count."""
    return sum(1 for line in lines if _names_it(line))


def check_field(name: str, value: str) -> None:
    """Refuse a field of a page that names channels: pages have no place for it. Sites have "channel" fields of their own, without ids."""
    if may_mean(name) and _IN_FIELD.search(value):
        raise DocumentError(f"Its field `{name[:60]}` may be meant to restrict who sees it; {HOW}.")


def check_head(text: str) -> None:
    """Refuse a text whose head was not read as one and may hold a restriction, or that names a channel's id as one anywhere."""
    _refuse_if(_WITH_ID.search(text) is not None)
    lines = text[:HEAD_CHARACTERS].splitlines()
    while (lines := list(dropwhile(lambda line: not _shown(line), lines))) and _opens(lines[0]):
        head = _head(lines[1:])
        _refuse_if(key_lines(head) > 0)
        lines = lines[1 + len(head) + 1 :]  # what closed it opens nothing
    # no head that anybody would see as one, but for the key itself
    _refuse_if(any(_is_it(line) for line in takewhile(_of_head, takewhile(_shown, lines))))


def _refuse_if(found: bool) -> None:
    if found:
        raise DocumentError(f"Its head may restrict who sees it, and cannot be understood; {HOW}.")


def _exactly(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    named = [item.strip() for item in items if isinstance(item, str)]
    if not named or len(named) < len(items) or not all(_ID.fullmatch(item) for item in named):
        raise DocumentError(f"It says `channels`, and what stands there is no list of channel ids; {HOW}.")
    return tuple(named)


def _near(word: str) -> bool:
    if word in _OTHER_WORDS:
        return False
    return OSA.distance(word, KEY) <= 2 or OSA.distance(word, "channel") <= 1


def _keys(mapping: Mapping[Any, Any]) -> Iterator[tuple[str, bool]]:
    """Every key at any depth, and whether it stands at the top."""
    stack: list[tuple[Any, bool]] = [(mapping, True)]
    seen: set[int] = set()
    while stack:
        value, top = stack.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, Mapping):
            yield from ((str(key), top) for key in value)
            stack.extend((inner, False) for inner in value.values())
        elif isinstance(value, list | tuple):
            stack.extend((inner, False) for inner in value)


def _names_it(line: str) -> bool:
    bare = line.strip()
    if bare.startswith("#"):
        return False
    if key := _A_KEY.match(bare):
        return len(_WORD.findall(key[0])) <= 3 and may_mean(key[0])
    alone = None if bare.startswith("- ") else _LONE_KEY.fullmatch(bare[:200])
    return alone is not None and may_mean(alone[1])


def _is_it(line: str) -> bool:
    key = None if line.lstrip().startswith("#") else _A_KEY.match(line)
    return key is not None and "".join(_WORD.findall(key[0])).casefold() == KEY


def _opens(line: str) -> bool:
    """A line that sets something off from the text: a rule, a fence, the beginning of a comment."""
    bare = _shown(line)
    return _SET_OFF.match(bare) is not None or (len(bare) > 1 and not any(c.isalnum() for c in bare))


def _head(lines: list[str]) -> list[str]:
    """What an opening line opens: up to the next rule where one is near, else as long as lines look like keys and values."""
    for number, line in enumerate(lines[:CLOSED_WITHIN]):
        if _A_RULE.fullmatch(line.strip()):
            return lines[:number]
    return list(takewhile(_of_head, lines))


def _of_head(line: str) -> bool:
    bare = _shown(line)
    return not bare or line[0] in " \t" or not bare[0].isalnum() or _A_KEY.match(bare) is not None


def _shown(line: str) -> str:
    return "".join(c for c in line if unicodedata.category(c) != "Cf").strip() if not line.isascii() else line.strip()
