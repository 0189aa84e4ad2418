"""One statement printed by several sources is one answer (pure)."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Speaker, Wording
from retrieval.terms import STOP, listed, words

_CLIP = 3  # words a clipped wording must have, two of them content words
COURTEOUS = listed(
    """thank thanks welcome please sorry yes no okay well much good morning afternoon evening sir madam mr president"""
)
_NUMBERS = listed(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
    thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion half third quarter dozen double"""
)
_ALIKE = 6  # words that two differing wordings must have before they count as one statement
_SHARED = 0.78  # share of the shorter wording's words that the longer one has, in order
_COMMON = 0.6  # share of its different words, a quick first look
_DENSE = 0.55  # how closely those words must stand together in the longer one


@dataclass(frozen=True, slots=True)
class Wordings:
    """Somebody's words in one document, ready for comparing."""

    key: str  # what the caller knows them by
    document_id: str
    speaker: Speaker | None
    text: str
    words: tuple[str, ...]


def wordings(key: str, document_id: str, speaker: Speaker | None, text: str) -> Wordings:
    """Words made ready for comparing."""
    return Wordings(key, document_id, speaker, text, tuple(words(text)))


def compared(main: Sequence[str], other: Sequence[str]) -> Wording | None:
    """How `other` relates to `main` when both are one statement; None when they are two."""
    if tuple(main) == tuple(other):
        return "same"
    short, long_ = sorted((tuple(main), tuple(other)), key=len)
    if not short:
        return None
    if contains(long_, short):
        telling = {w for w in short if w not in STOP and w not in COURTEOUS}
        return "clipped" if len(short) >= _CLIP and len(telling) >= 2 else None
    if len(short) < _ALIKE or len(set(short) & set(long_)) < _COMMON * len(set(short)):
        return None
    blocks = [b for b in difflib.SequenceMatcher(None, long_, short, autojunk=False).get_matching_blocks() if b.size]
    shared = sum(b.size for b in blocks if b.size > 1 or len(short) < 2 * _ALIKE)
    if not blocks or shared < _SHARED * len(short):
        return None
    if _numbers(short) - _numbers(long_):
        return None
    stretch = blocks[-1].a + blocks[-1].size - blocks[0].a
    return "differs" if shared >= _DENSE * stretch else None


def _numbers(said: Sequence[str]) -> set[str]:
    """The numbers that words hold: two statements that differ in one are two statements."""
    found = {word for word in said if word in _NUMBERS}
    run = ""
    for word in (*said, ""):
        if word[:1].isdigit():
            run += word  # "2,000" comes as two words
        elif run:
            found.add(run)
            run = ""
    return found


def contains(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Whether `part` stands in `whole` as a run of words."""
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def same_speaker(a: Speaker | None, b: Speaker | None) -> bool:
    """Whether two credits may be one: the same id, or two unnamed sources."""
    if a is None or b is None:
        return a is b
    return a.id == b.id and (a.id is not None or a.unnamed == b.unnamed)


def merged(ranked: Sequence[Wordings]) -> list[list[Wordings]]:
    """Groups of one statement each, in the order of their best member; in a group the longest wording stands first.

    Of several wordings in one document only the longest is kept.
    """
    groups: list[list[Wordings]] = []
    for one in ranked:
        home = next((g for g in groups if any(_one_statement(one, other) for other in g)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    place = {id(one): number for number, one in enumerate(ranked)}
    apart = [part for group in groups for part in _apart(group)]
    return [_tidy(part) for part in sorted(apart, key=lambda part: min(place[id(one)] for one in part))]


def _apart(group: list[Wordings]) -> list[list[Wordings]]:
    """Two statements may both contain a third, short one; only what fits the longest is one statement with it."""
    left = sorted(group, key=lambda w: -len(w.words))
    parts: list[list[Wordings]] = []
    while left:
        part = [one for one in left if one is left[0] or _one_statement(left[0], one)]
        parts.append(part)
        left = [one for one in left if not any(one is other for other in part)]
    return parts


def _one_statement(a: Wordings, b: Wordings) -> bool:
    if not same_speaker(a.speaker, b.speaker):
        return False
    how = compared(a.words, b.words)
    if a.document_id == b.document_id:
        # one document prints a statement once; similar words in it are two statements, or a pull quote
        printed = how in {"same", "clipped"} and min(len(a.words), len(b.words)) >= _CLIP
        return printed or _is_lifted(a.words, b.words)
    return how is not None


def _is_lifted(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one is a pair of telling words that a text lifts out of the other: “finally destroying”."""
    short, long_ = sorted((one, other), key=len)
    plain = len(short) == 2 and not any(word in STOP or word in COURTEOUS for word in short)
    return plain and len(long_) > len(short) and contains(long_, short)


def _tidy(group: list[Wordings]) -> list[Wordings]:
    longest_first = sorted(group, key=lambda w: -len(w.words))
    kept: dict[str, Wordings] = {}
    for one in longest_first:
        kept.setdefault(one.document_id, one)
    return list(kept.values())


def difference(main: str, other: str) -> tuple[str, str] | None:
    """The first place where two wordings differ: what stands in each, with a word of context on either side."""
    a, b = main.split(), other.split()
    plain_a, plain_b = [" ".join(words(w)) for w in a], [" ".join(words(w)) for w in b]
    steps = difflib.SequenceMatcher(None, plain_a, plain_b, autojunk=False).get_opcodes()
    inner = [s for i, s in enumerate(steps) if s[0] != "equal" and 0 < i < len(steps) - 1]
    if not inner:
        return None
    _, a1, a2, b1, b2 = inner[0]
    return " ".join(a[max(0, a1 - 1) : a2 + 1]), " ".join(b[max(0, b1 - 1) : b2 + 1])
