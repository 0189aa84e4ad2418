"""A parsed paragraph laid back onto the original text: words with offsets into it, and the grammar among them (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.model import Span
from retrieval.reading.language import Name, Parse
from retrieval.reading.marks import MARKS, Region
from retrieval.reading.masking import Masked

SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a paragraph. Offsets are into the document; `region` is the quotation it stands in (-1: none)."""

    start: int
    end: int
    text: str
    lower: str
    tag: str
    dep: str
    head: int
    sentence: int
    region: int


@dataclass(frozen=True)
class Sheet:
    """One paragraph with its quotations, its words (none when it was not parsed) and its names."""

    number: int
    span: Span
    regions: tuple[Region, ...]
    words: tuple[Word, ...] = ()
    names: tuple[Name, ...] = ()

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word the words it governs, in order."""
        found: list[list[int]] = [[] for _ in self.words]
        for i, word in enumerate(self.words):
            if word.head != i:
                found[word.head].append(i)
        return tuple(tuple(c) for c in found)

    @cached_property
    def region_words(self) -> tuple[tuple[int, int], ...]:
        """For each region the first and the last-but-one index of its words, marks left out; (n, n) when it has none."""
        found: list[tuple[int, int]] = []
        for index, region in enumerate(self.regions):
            inside = [i for i, w in enumerate(self.words) if w.region == index and w.text[0] not in MARKS]
            if inside:
                found.append((inside[0], inside[-1] + 1))
            else:
                at = next((i for i, w in enumerate(self.words) if w.start >= region.inner.start), len(self.words))
                found.append((at, at))
        return tuple(found)

    def child(self, i: int, *deps: str) -> int | None:
        """The first word that `i` governs by one of these relations."""
        return next((c for c in self.children[i] if self.words[c].dep in deps), None)

    def subtree(self, i: int, limit: int = 60) -> list[int]:
        """The words under `i`, itself included, in order; at most about `limit`."""
        found: list[int] = []
        todo = [i]
        while todo and len(found) < limit:
            at = todo.pop()
            found.append(at)
            todo.extend(self.children[at])
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """The words that govern `i`, nearest first."""
        for _ in range(60):
            head = self.words[i].head
            if head == i:
                return
            i = head
            yield i


def laid_back(
    number: int, span: Span, regions: Sequence[Region], masked: Masked, parse: Parse, names: Sequence[Name]
) -> Sheet:
    """The sheet of a paragraph that was parsed in its masked form."""
    words = []
    for token in parse.tokens:
        start, region = masked.place(token.start)
        last, _ = masked.place(token.end - 1)
        end = last + 1 if region < 0 or last > start else start + len(token.text)
        words.append(
            Word(
                start,
                max(end, start),
                token.text,
                token.text.lower(),
                token.tag,
                token.dep,
                token.head,
                token.sentence,
                region,
            )
        )
    back = []
    for name in names:
        (start, first), (last, second) = masked.place(name.start), masked.place(name.end - 1)
        if first == second and last >= start:
            back.append(Name(start, last + 1, name.label))
    return Sheet(number, span, tuple(regions), tuple(words), tuple(back))
