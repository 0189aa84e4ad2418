"""How stored words are shown: one function for the words, one for the link that highlights them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from retrieval.model import Span

GAP = " […] "
_LONGEST_GAP = 80  # characters of somebody else's words that may stand inside a shown quote ("Landsbergis added")
_WHOLE = 10  # words up to which a link carries all of them; longer ones carry their start and their end
_EDGE = 5  # words at each end of a long link
_SPACE = re.compile(r"\s+")
_ENDS = re.compile("^(?:[\\s“”„«»\"]|'')+|(?:[\\s“”„«»\"]|'')+$")  # marks and white space at either end
_BRACKETED = re.compile(r"[\[(][^\[\]()]*[\])]")  # "[applause]" is told apart already
_PARTED = re.compile(r"\[…\]|”[^“”]{1,90} “")  # what stands between two parts of a quote, as it is shown
MARK = re.compile("[“”„«»\"]|''")  # a quotation mark of any kind


def display(text: str, fragments: Sequence[Span]) -> str:
    """The fragments' words as they are shown: white space runs become one space, gaps stay visible.

    A short gap in one paragraph shows the words that stand there, told from the speaker's by marks that close before
    and open behind them; any other becomes `[…]`. Marks that only open a quote's next paragraph are left out, so that
    within the one pair that is printed around all of it every mark has its partner. Nothing else is changed.
    """
    shown: list[str] = []
    for i, fragment in enumerate(fragments):
        if i:
            shown.append(_gap(text[fragments[i - 1].end : fragment.start]))
        shown.append(fragment.of(text))
    return collapse("".join(shown))


def collapse(words: str) -> str:
    """`words` with every run of white space as one space, none at the ends."""
    return _SPACE.sub(" ", words).strip()


def reserve(reported: str) -> str:
    """What must be said of a reported sentence, so that nobody prints it as somebody's words."""
    return "only the words in quotation marks are verbatim" if MARK.search(reported) else "not verbatim"


def link(url: str | None, words: str) -> str | None:
    """`url` with a text fragment that highlights `words` in a browser, or None where no web address is known."""
    if not url or urlsplit(url).scheme not in {"http", "https"}:
        return None
    # The comma before “she said” belongs to whoever quotes: a transcript of the same words has another mark there.
    fragment = text_fragment(words.rstrip(" ,.;:"))
    if not fragment or urlsplit(url).path.lower().endswith(".pdf"):
        return url
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


def text_fragment(words: str) -> str:
    """The value of a `text=` directive for `words`: all of them, or the start and the end of a long quote."""
    parts = [part.split() for part in _PARTED.split(words)]
    first, last = parts[0], parts[-1]
    if len(parts) == 1 and len(first) <= _WHOLE:
        return _encoded(first)
    if not first or not last:
        return _encoded(first or last)
    return f"{_encoded(first[:_EDGE])},{_encoded(last[-_EDGE:])}"


def _encoded(words: Sequence[str]) -> str:
    # "-", "," and "&" have a meaning of their own inside a text directive; quote() leaves "-" as it is
    return quote(" ".join(words), safe="").replace("-", "%2D")


def _gap(between: str) -> str:
    words = _ENDS.sub("", between).strip()
    if not any(c.isalnum() for c in between):
        return f" {words} " if words else " "
    if len(between) > _LONGEST_GAP or re.search(r"\n\s*\n", between):
        return GAP
    if _BRACKETED.fullmatch(words):
        return f" {words} "
    return f"”{words} “" if words[0] in ",.;:!?" else f"” {words} “"
