"""The words of two wordings, compared: what only marks and invisible characters change is the same (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio_alignment

from retrieval.model import Change
from retrieval.terms import STOP, fold

GAP = "…"  # the key of an ellipsis
NEGATIONS = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "without",
        "hardly",
        "barely",
        "scarcely",
        "cannot",
        "unless",
    ]
)
_NOT = re.compile(r"(?:is|are|was|were|do|does|did|has|have|had|wo|would|ca|could|should|must|need|dare|ai|sha)nt")
# Soft hyphens, zero-width and direction marks, variation selectors: nobody sees them, and nobody means them.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ`´′＇", "'"))
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CAPITAL = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")  # "[W]e": a letter whose case an editor changed
_WORD = re.compile(
    r"(?P<gap>\[\s?(?:…|\.{2,4}|(?:\. ){2,3}\.)\s?\]|\((?:…|\.{3})\)|…|\.{3,}|(?:\. ){2,}\.)"
    r"|(?P<aside>[^\W\d_]*\[[^\[\]]{1,80}\][^\W\d_]*)"
    r"|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['.](?=[^\W_])[^\W_]+)*|[$€£%]"
)
_PLAIN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['.](?=[^\W_])[^\W_]+)*|[$€£%]")
_LIGHT = 0.35  # what a word that stands in any text weighs beside one that tells
_AROUND = 4  # words beside the most alike stretch of a long statement that are compared too
EDGE = 2  # words at an end of a sentence whose loss is an alteration, not a clip
_CLAUSE = re.compile(r";|,\s+(?:and|but|or|so|yet|because|while|whereas|although|though)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ComparedWord:
    """A word by what is compared of it, and where it stands in the text as it is `seen`."""

    key: str
    start: int
    end: int
    gap: bool = False  # an ellipsis
    aside: bool = False  # in brackets: an editor's


def seen(text: str) -> str:
    """A text as it meets the eye: composed letters, one space for a run of white space, nothing invisible."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def compared(text: str) -> tuple[ComparedWord, ...]:
    """The words of a text that was `seen`."""
    plain = text.translate(_APOSTROPHES)
    return tuple(_words(plain))


def compared_words(text: str) -> tuple[str, ...]:
    """What is compared of a text: marks, case, dashes and white space are not, ellipses are."""
    return tuple(word.key for word in compared(seen(text)))


def _words(text: str) -> Iterator[ComparedWord]:
    for found in _WORD.finditer(text):
        if found["gap"]:
            yield ComparedWord(GAP, found.start(), found.end(), gap=True, aside=found[0][0] in "[(")
        elif found["aside"]:
            yield from _aside(found)
        else:
            yield ComparedWord(_key(found[0]), found.start(), found.end())


def _aside(found: re.Match[str]) -> Iterator[ComparedWord]:
    """The words in brackets, each an editor's; "[w]e" is one word, and nobody's but the speaker's."""
    letter = _CAPITAL.match(found[0])
    if letter:
        yield ComparedWord(_key(_CAPITAL.sub(r"\1", found[0])), found.start(), found.end())
        return
    glued = found[0][0] != "[" or found[0][-1] != "]"
    if glued:
        plain = found[0].replace("[", "").replace("]", "")
        yield ComparedWord(_key("".join(_PLAIN.findall(plain))), found.start(), found.end(), aside=True)
        return
    for inner in _PLAIN.finditer(found[0]):
        start = found.start() + inner.start()
        yield ComparedWord(_key(inner[0]), start, start + len(inner[0]), aside=True)


def _key(word: str) -> str:
    return _THOUSANDS.sub("", word) if word[:1].isdigit() else fold(word.replace(".", ""))


def is_negated(words: Sequence[str]) -> bool:
    """Whether words deny something."""
    return any(word in NEGATIONS or _NOT.fullmatch(word) is not None for word in words)


def weight(words: Sequence[str]) -> float:
    """How much words tell: those that stand in any text little."""
    return sum(_LIGHT if word in STOP else 1.0 for word in words if word != GAP)


# Whether claimed words stand in a statement.


@dataclass(frozen=True, slots=True)
class Standing:
    """Where claimed words stand in a statement, by the numbers of its words; `edited` where marked words were passed over."""

    first: int
    last: int
    edited: bool


def standing(claimed: Sequence[ComparedWord], held: Sequence[ComparedWord]) -> Standing | None:
    """Where the claimed words stand, one after the other, save what the claim marks as left out or put in; or None.

    Ellipses that the statement has itself may stand in the claim or not, those in brackets must.
    """
    kept = [i for i, w in enumerate(held) if not w.gap or w.aside]
    text = f" {' '.join(held[i].key for i in kept)} "
    asked = _trimmed(claimed)
    if not asked:
        return None
    plain = " ".join(w.key for w in asked if not w.gap or w.aside)
    at = _find(text, plain, 0)
    if at is not None:
        return Standing(kept[at], kept[at + plain.count(" ")] + 1, edited=False)
    runs = _runs(asked)
    if len(runs) == 1 and runs[0][1] == len(asked):
        return None
    return _with_gaps(text, runs, kept)


_INSERTED = 6  # words of the statement that one bracket of an editor's may stand for
_LEFT_OUT = 160  # words that an ellipsis may stand for
_TRIED = 40  # places at which marked words may begin


def _trimmed(words: Sequence[ComparedWord]) -> Sequence[ComparedWord]:
    """The words without the ellipses at either end, which only say that there is more."""
    inner = [i for i, w in enumerate(words) if not w.gap]
    return words[inner[0] : inner[-1] + 1] if inner else ()


def _runs(words: Sequence[ComparedWord]) -> list[tuple[str, int, int]]:
    """The runs of plain words: their keys, how many, and how many words of the statement may stand before them."""
    runs: list[tuple[list[str], int]] = [([], 0)]
    for word in words:
        if not word.gap and not word.aside:
            runs[-1][0].append(word.key)
            continue
        room = _LEFT_OUT if word.gap else _INSERTED
        keys, before = runs[-1]
        if keys:
            runs.append(([], room))
        else:
            runs[-1] = ([], max(before, room))
    return [(" ".join(keys), len(keys), before) for keys, before in runs if keys]


def _with_gaps(text: str, runs: Sequence[tuple[str, int, int]], kept: Sequence[int]) -> Standing | None:
    """The runs in their order, each within reach of the one before it."""
    if not runs:
        return None
    first_at = _find(text, runs[0][0], 0)
    for _ in range(_TRIED):
        if first_at is None:
            break
        end = first_at + runs[0][1]
        for keys, size, room in runs[1:]:
            at = _find(text, keys, end)
            if at is None or at - end > room:
                break
            end = at + size
        else:
            return Standing(kept[first_at], kept[end - 1] + 1, edited=True)
        first_at = _find(text, runs[0][0], first_at + 1)
    return None


def _find(text: str, keys: str, first: int) -> int | None:
    """The number of the word at which `keys` stand, from word `first` on; `text` has a space on either side of each."""
    start = 0
    for _ in range(first):
        start = text.find(" ", start + 1)
        if start < 0:
            return None
    at = text.find(f" {keys} ", start)
    return None if at < 0 else text.count(" ", 0, at)


def may_be_left_out(before: str, *, ahead: bool) -> bool:
    """Whether the rest of a sentence may be cut off from a part of it: more than a word or two, and no "not" of its clause.

    `ahead`: the rest stands before the part.
    """
    words = compared_words(before)
    if not words:
        return True
    clauses = _CLAUSE.split(before)
    nearest = compared_words(clauses[-1] if ahead else clauses[0])
    return len(words) > EDGE and not is_negated(nearest)


# How alike a claimed wording and a statement are, and in which words they differ.


@dataclass(frozen=True, slots=True)
class Likeness:
    """The stretch of a statement that claimed words are most like, and how much they share."""

    first: int
    last: int
    claimed: float  # share of the claimed words, by weight, that stand there in their order
    held: float  # share of the stretch's words, by weight, that are claimed
    run: int  # the most words that stand together in both

    @property
    def both(self) -> float:
        """One figure for the two shares."""
        return 2 * self.claimed * self.held / (self.claimed + self.held) if self.claimed and self.held else 0.0


def likeness(claimed: Sequence[str], held: Sequence[str]) -> Likeness:
    """How the claimed words compare with the stretch of a statement that is most like them."""
    first, last = _stretch(claimed, held)
    blocks = [b for b in Indel.opcodes(held[first:last], claimed) if b.tag == "equal"]
    if not blocks:
        return Likeness(first, last, 0.0, 0.0, 0)
    start, end = first + blocks[0].src_start, first + blocks[-1].src_end
    shared = sum(weight(claimed[b.dest_start : b.dest_end]) for b in blocks)
    run = max(b.dest_end - b.dest_start for b in blocks)
    return Likeness(start, end, shared / max(weight(claimed), 0.01), shared / max(weight(held[start:end]), 0.01), run)


def _stretch(claimed: Sequence[str], held: Sequence[str]) -> tuple[int, int]:
    if len(held) <= len(claimed) + 2 * _AROUND:
        return 0, len(held)
    found = partial_ratio_alignment(list(claimed), list(held))
    if found is None:
        return 0, len(held)
    around = _AROUND + len(claimed) // 3
    return max(0, found.dest_start - around), min(len(held), found.dest_end + around)


def word_diff(true: str, claimed: str) -> tuple[Change, ...]:
    """The fewest steps from the true wording to the claimed one, word by word; marks and invisible characters are none."""
    ours, theirs = seen(true), seen(claimed)
    a, b = compared(ours), compared(theirs)
    if not a or not b:  # marks alone are no words, and are kept all the same
        op: Literal["equal", "delete", "insert"] = "delete" if a else "insert" if b else "equal"
        return (Change(op, ours, theirs),) if ours or theirs else ()
    left, right = _cuts(ours, a), _cuts(theirs, b)
    steps: list[_Step] = [
        (_OPS[s.tag], s.src_start, s.src_end, s.dest_start, s.dest_end)
        for s in Indel.opcodes([w.key for w in a], [w.key for w in b])
    ]
    return tuple(
        Change(op, ours[left[i1] : left[i2]].strip(), theirs[right[j1] : right[j2]].strip())
        for op, i1, i2, j1, j2 in _together(steps)
    )


_Op = Literal["equal", "replace", "delete", "insert"]
_Step = tuple[_Op, int, int, int, int]
_OPS: dict[str, _Op] = {"equal": "equal", "replace": "replace", "delete": "delete", "insert": "insert"}


def _together(steps: Sequence[_Step]) -> list[_Step]:
    """Words taken out and words put in at one place are one step."""
    made: list[_Step] = []
    for step in steps:
        last = made[-1] if made else None
        if last is not None and last[0] != "equal" and step[0] != "equal":
            made[-1] = (step[0] if last[0] == step[0] else "replace", last[1], step[2], last[3], step[4])
        else:
            made.append(step)
    return made


def _cuts(text: str, words: Sequence[ComparedWord]) -> list[int]:
    """Where each word begins with the marks that go with it, and the text's end: all of it lies between two cuts."""
    cuts = [0]
    for one, following in pairwise(words):
        space = text.find(" ", one.end, following.start)
        cuts.append(space + 1 if space >= 0 else following.start)
    return [*cuts, len(text)]
