"""What speaks for a candidate: how much of the question its words, its sentence and its surroundings cover (pure)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from retrieval import grammar
from retrieval.model import Document, Quote, Span
from retrieval.sentences import paragraphs, sentences
from retrieval.terms import STOP, Term, fold, stem, terms, tokens

NEAR = 700  # characters around a quote in which its paragraphs and sentences are looked for
_TYPO = 0.8  # what a word counts that is met only through a slip of the hand
_FUNCTION_WORDS = tuple(
    "what which who said says about does did tell told think where when there their with that would".split()
)
_ASKING = frozenset(
    """kind name words word phrase line way thing things topic matter issue question goal term terms reason reasons thought two three
    one first second new according asked during whether situation regard regards respect meeting speech interview summit press
    conference reporters journalists day time statement statements""".split()
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A content word of the question: its key for comparing, how rare it is (0 to 1), whether it is a name or place."""

    term: Term
    key: str
    weight: float
    proper: bool
    known: bool  # it occurs in the documents


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The keys of the words of a quote, of its sentence and its lead, and of the paragraphs around it."""

    own: frozenset[str]
    sentence: frozenset[str]
    around: frozenset[str]
    folded: frozenset[str]  # the folded words of all that
    length: int


class Keys:
    """Gives words the key under which they are compared: a stem, or the country that a word stands for."""

    def __init__(self, places: Iterable[tuple[str, str]] = ()) -> None:
        self._places = {tuple(fold(words).replace("-", " ").split()): "@" + fold(name) for words, name in places}
        self._longest = max((len(words) for words in self._places), default=1)
        self.of_word = lru_cache(maxsize=100_000)(self._of_word)

    def place(self, words: Sequence[str]) -> str | None:
        """The key of a country's name, of its adjective or its capital."""
        return self._places.get(tuple(words))

    def of(self, text: str) -> frozenset[str]:
        """The keys of the content words of `text`."""
        folded = [self.of_word(token) for token in tokens(text)]
        found = {key for key, _ in folded if key}
        if self._longest > 1:
            plain = [word for _, word in folded]
            for size in range(2, self._longest + 1):
                for i in range(len(plain) - size + 1):
                    place = self._places.get(tuple(plain[i : i + size]))
                    if place:
                        found.add(place)
        return frozenset(found)

    def _of_word(self, token: str) -> tuple[str | None, str]:
        bare = fold(re.sub(r"[’‘'`´][sS]$|(?<=[sS])[’‘'`´]$", "", token).replace(".", ""))
        place = self._places.get((bare,))
        if place:
            return place, bare
        return (None if bare in STOP or len(bare) < 2 else stem(bare)), bare


def wanted(
    topic: str,
    keys: Keys,
    frequency: Callable[[Sequence[str]], Mapping[str, int]],
    size: int,
    *,
    names: frozenset[str] = frozenset(),
) -> tuple[Wanted, ...]:
    """The content words of a topic, each once, with their rarity in a corpus of `size` windows."""
    found: dict[str, Term] = {}
    all_capital = sum(t[:1].isupper() for t in tokens(topic)) > 0.7 * max(1, len(tokens(topic)))
    for term in terms(topic):
        key = keys.of_word(term.written)[0]
        if key and not _is_slip(term.folded):
            found.setdefault(key, term)
    counts = frequency([term.folded for term in found.values()])
    top = math.log(size + 2)
    made = []
    for key, term in found.items():
        count = counts.get(term.folded, 0)
        weight = max(0.05, math.log((size + 2) / (count + 1)) / top)
        if term.folded in _ASKING:
            weight *= 0.3
        proper = key.startswith("@") or term.folded in names or (term.proper and not all_capital)
        made.append(Wanted(term, key, weight, proper, count > 0))
    return tuple(made)


def _is_slip(word: str) -> bool:
    """Whether a word is "waht" or "abuot": a function word with one slip of the hand."""
    return word in grammar.ABOUT or (
        len(word) <= 6
        and word not in _FUNCTION_WORDS
        and any(
            abs(len(word) - len(f)) <= 1 and sorted(word) == sorted(f) or word == f[:2] + f[3:] for f in _FUNCTION_WORDS
        )
    )


def surroundings(document: Document, quote: Quote, keys: Keys) -> Surroundings:
    """What stands in and around a quote, for covering the words of a question."""
    text, extent = document.text, quote.extent
    own = " ".join(f.of(text) for f in quote.fragments)
    near = Span(max(0, extent.start - NEAR), min(len(text), extent.end + NEAR))
    sentence = [own]
    if quote.lead:
        sentence.append(quote.lead.of(text))
    if quote.kind != "turn":
        sentence += [
            s.of(text) for s in sentences(text, _clipped(near, extent)) if s.start < extent.end and s.end > extent.start
        ]
    blocks = list(paragraphs(text, near))
    touching = [i for i, p in enumerate(blocks) if p.start < extent.end and p.end > extent.start]
    around = [text[extent.start : extent.end]]
    if touching:
        around += [p.of(text) for p in blocks[max(0, touching[0] - 1) : touching[-1] + 2]]
    whole = " ".join([*sentence, *around])
    sentence_keys = keys.of(" ".join(sentence))
    return Surroundings(
        own=keys.of(own),
        sentence=sentence_keys,
        around=keys.of(" ".join(around)) | sentence_keys | (keys.of(document.title or "")),
        folded=frozenset(fold(t) for t in tokens(whole)),
        length=len(tokens(own)),
    )


def _clipped(near: Span, extent: Span) -> Span:
    return Span(max(near.start, extent.start - 400), min(near.end, extent.end + 400))


def covered(asked: Sequence[Wanted], have: frozenset[str], folded: frozenset[str] = frozenset()) -> float:
    """The share of the asked words' rarity that `have` holds; a word the documents do not know may be a slip."""
    total = sum(w.weight for w in asked)
    if not total:
        return 0.0
    got = sum(w.weight * (1.0 if w.key in have else _TYPO if _slipped(w, folded) else 0.0) for w in asked)
    return got / total


def missing(asked: Sequence[Wanted], have: frozenset[str], folded: frozenset[str] = frozenset()) -> tuple[Wanted, ...]:
    """The asked words that are not there."""
    return tuple(w for w in asked if w.key not in have and not _slipped(w, folded))


def _slipped(asked: Wanted, folded: frozenset[str]) -> bool:
    if asked.known or not folded or len(asked.term.folded) < 4:
        return False
    return _near_word(asked.term.folded, folded)


@lru_cache(maxsize=20_000)
def _near_word(word: str, folded: frozenset[str]) -> bool:
    most = 1 if len(word) < 7 else 2
    return any(
        other[:1] == word[:1]
        and abs(len(other) - len(word)) <= most
        and OSA.distance(word, other, score_cutoff=most) <= most
        for other in folded
    )
