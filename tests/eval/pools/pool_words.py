"""Words of a document without the words: how many they are and a hash of them, by which whoever has the document finds them."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A run of words: their number, and the SHA-256 of the words in lower case, joined by a space."""

    words: int
    sha256: str


def folded(text: str) -> list[str]:
    """The words of a text as fingerprints compare them: letters and digits alone, without case."""
    return [word.casefold() for word in _WORD.findall(text)]


def fingerprint(text: str) -> Fingerprint:
    """What stands for the words of a text."""
    words = folded(text)
    return Fingerprint(len(words), _digest(words))


def find_words(text: str, wanted: Iterable[Fingerprint]) -> dict[Fingerprint, str]:
    """The first place of each run of words that the text holds, as the text writes it, from its first word to its last."""
    places = [match.span() for match in _WORD.finditer(text)]
    words = folded(text)
    by_length: dict[int, set[str]] = defaultdict(set)
    for one in wanted:
        by_length[one.words].add(one.sha256)
    found = {}
    for length, sums in by_length.items():
        for first in range(len(words) - length + 1 if length else 0):
            digest = _digest(words[first : first + length])
            if digest in sums:
                sums.remove(digest)
                found[Fingerprint(length, digest)] = text[places[first][0] : places[first + length - 1][1]]
                if not sums:
                    break
    return found


def _digest(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
