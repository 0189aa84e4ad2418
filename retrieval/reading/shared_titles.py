"""One title before several names: "the hosts Ishmael and Queequeg", "Senators Ahab, of Nantucket, and Starbuck" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.reading.cast import Cast
from retrieval.reading.cues import PERSONS
from retrieval.reading.mentions import Mention

_MORE = re.compile(
    r"(?:\s\([^()\n]{1,14}\))?(?:,\s(?:of|from|Democrat|Republican|both)\b[^,.;()“”\"\n]{0,30})?(?:,?\sand\s|,\s)"
)


def single(words: str) -> str | None:
    """A title of several as that of one: "Senator" of "Senators"; None for any other."""
    last = words.split()[-1]
    one = last[:-1]
    if not last.endswith("s") or last.casefold() not in PERSONS or one.casefold() not in PERSONS:
        return None
    return words[: len(words) - 1]


def named_on(text: str, cast: Cast, first: Mention) -> Iterator[tuple[Mention, int]]:
    """The people who share the title before `first`: their mentions, and their numbers."""
    end = first.end
    while True:
        more = _MORE.match(text, end)
        if more is None:
            return
        found = [(m, c) for m, c in cast.named_in(more.end(), more.end() + 60) if c.person and m.start == more.end()]
        if not found:
            return
        mention, character = found[0]
        yield mention, character.number
        end = mention.end
