"""`speaker`: who speaks the running text of a document that no label gives to anybody, as a person states it."""

from __future__ import annotations

import re

from retrieval.errors import DocumentError
from retrieval.spelling import PARTICLES

IN_HEAD, IN_SIDECAR = "the document's head", "its sidecar"
LONGEST = 80
HOW = "write the name alone, such as `speaker: Elizabeth Bennet`, or leave the line out"

_MARKS = re.compile(r"[^\w\s.'’‘\u2010-\u2015-]|_")  # nothing else stands in a name
_INITIAL_OR_TITLE = re.compile(r"[^\W\d_]{1,4}\.|(?:[^\W\d_]\.)+")
_SMALL = PARTICLES | {"of", "the", "for"}


def speaker_name(value: object) -> str:
    """The name of one speaker; a DocumentError says why it is none, and what to write."""
    if not isinstance(value, str) or not value.strip():
        raise DocumentError(f"`speaker` is given, and no name stands there; {HOW}.")
    if len(value.strip()) > LONGEST:
        raise DocumentError(f"`speaker` is longer than {LONGEST} characters, which no name is; {HOW}.")
    words = value.split()
    if "\n" in value.strip() or _MARKS.search(value) or not all(_of_a_name(word) for word in words):
        raise DocumentError(f"`speaker` is no name that can be understood ({' '.join(words)}); {HOW}.")
    if all(word.islower() for word in words):
        raise DocumentError(f"`speaker` is written without a capital ({' '.join(words)}), as no name is; {HOW}.")
    return " ".join(words)


def _of_a_name(word: str) -> bool:
    """Whether a word may stand in a name: it has letters, and is written large or is one of the small words of names."""
    if not any(c.isalpha() for c in word):
        return word in ("-", "–")
    if word.endswith(".") and not _INITIAL_OR_TITLE.fullmatch(word):
        return False  # the end of a sentence
    return not word[0].islower() or word in _SMALL or "'" in word or "’" in word or "-" in word
