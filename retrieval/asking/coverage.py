"""How much of a question a candidate covers: its words, words of nearly the same meaning, the kind of answer it is (pure)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from rapidfuzz.distance import OSA

from retrieval import lexicon
from retrieval.model import Document, Quote, Span
from retrieval.rules import rule
from retrieval.sentences import paragraphs, sentences
from retrieval.terms import STOP, Term, fold, folded_word, listed, stem, terms, tokens

NEAR = 700  # characters around a quote in which its paragraphs and sentences are looked for
_QUOTED = re.compile(r"[“„\"][^“„”\"]*(?:[”\"]|$)")
_LONG = 1200  # characters from which a quote is looked at window by window
_TYPO = 0.9  # what a mended word counts, beside one that was written rightly
_NO_ADVERBS = listed("assembly elderly monopoly anomaly butterfly")
_FUNCTION_WORDS = listed(
    """what which who said says about does did tell told think where when there their with that would"""
)
_ASKING = listed(
    """kind name words word phrase line way thing things topic issue question term terms reason reasons
    thought two three one first second new according asked during whether situation regard regards respect
    meeting speech interview summit press conference reporters journalists day time statement statements come comes came coming right away soon later"""
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A content word of the question: its key for comparing, how rare it is (0 to 1), whether it is a name or place."""

    term: Term
    key: str
    weight: float
    proper: bool
    known: bool  # it occurs in the documents
    about: bool = False  # it stands behind "about" or "on": the topic, named outright
    offices: tuple[frozenset[str], ...] = ()  # a person's offices: "the Ukrainian president" is as good as the name
    meant: str = ""  # the word of the documents it is taken for, when it is misspelt

    @property
    def kin(self) -> Mapping[str, float]:
        """The keys of words that mean nearly the same; names and places have none."""
        return {} if self.proper else kindred(self.key)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The keys of the words of a quote, of its sentence and its lead, and of the paragraphs around it."""

    own: frozenset[str]
    sentence: frozenset[str]
    around: frozenset[str]
    folded: frozenset[str]  # the folded words of all that
    length: int
    signs: frozenset[str] = frozenset()  # which kinds of answer the quote's own words can be
    signs_near: frozenset[str] = frozenset()  # and those of its sentence and lead


class Keys:
    """Gives words the key under which they are compared: a stem, or the country that a word stands for."""

    def __init__(self, places: Iterable[tuple[str, str]] = ()) -> None:
        self._places = {tuple(fold(words).replace("-", " ").split()): "@" + fold(name) for words, name in places}
        self._long: dict[str, set[int]] = {}  # with what names of several words begin, and how many words these have
        for words in self._places:
            if len(words) > 1:
                self._long.setdefault(words[0], set()).add(len(words))
        self.of_word = lru_cache(maxsize=100_000)(self._of_word)

    def place(self, words: Sequence[str]) -> str | None:
        """The key of a country's name, of its adjective or its capital."""
        return self._places.get(tuple(words))

    def of(self, text: str) -> frozenset[str]:
        """The keys of the content words of `text`."""
        return self.of_tokens(tokens(text))

    def of_tokens(self, written: Sequence[str]) -> frozenset[str]:
        """The keys of the content words among a text's words."""
        known = {token: self.of_word(token) for token in set(written)}
        found = {key for key, _ in known.values() if key}
        beginnings = {token for token, (_, word) in known.items() if word in self._long}
        for i, token in enumerate(written if beginnings else ()):
            if token in beginnings:
                for size in self._long[known[token][1]]:
                    place = self._places.get(tuple(known[other][1] for other in written[i : i + size]))
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
    names: Mapping[str, tuple[frozenset[str], ...]] | None = None,
    named_outright: str = "",
) -> tuple[Wanted, ...]:
    """The content words of a topic, each once, with their rarity in a corpus of `size` windows.

    `names` are the folded words of it that are people's names, with the keys of the offices these people held.
    """
    found: dict[str, Term] = {}
    all_capital = sum(t[:1].isupper() for t in tokens(topic)) > 0.7 * max(1, len(tokens(topic)))
    for term in terms(topic):
        key = keys.of_word(term.written)[0]
        if key and term.folded not in lexicon.ABOUT:
            found.setdefault(key, term)
    counts = frequency([term.folded for term in found.values()])
    found = {key: term for key, term in found.items() if counts.get(term.folded) or not _is_slip(term.folded)}
    top = math.log(size + 2)
    outright = keys.of(named_outright)
    known = names or {}
    made = []
    for key, term in found.items():
        count = counts.get(term.folded, 0)
        weight = max(0.05, math.log((size + 2) / (count + 1)) / top)
        if term.folded in _ASKING or _is_adverb(term.folded):
            weight *= 0.3
        about = key in outright
        proper = key.startswith("@") or term.folded in known or (term.proper and not all_capital)
        made.append(Wanted(term, key, weight, proper, count > 0, about, known.get(term.folded, ())))
    return tuple(made)


def _is_adverb(word: str) -> bool:
    """Whether a word says how, and not what ("actually", "currently")."""
    return len(word) > 6 and word.endswith("ly") and word not in _NO_ADVERBS


def _is_slip(word: str) -> bool:
    """Whether a word that no document has is "waht" or "abuot": a function word with one slip of the hand."""
    return len(word) <= 6 and any(OSA.distance(word, f, score_cutoff=1) <= 1 for f in _FUNCTION_WORDS)


@rule("which words", keep=0)
def mended(
    asked: Sequence[Wanted], vocabulary: frozenset[str], keys: Keys, is_word: Callable[[str], bool]
) -> tuple[Wanted, ...]:
    """The asked words with misspelt ones taken for the word of the documents that they are one or two slips away from.

    A word that is none of the documents' but a word all the same (`is_word`) stays as it is, and so do places and names.
    """
    made = []
    for one in asked:
        word = one.term.folded
        if not one.known and len(word) >= 4 and not one.key.startswith("@") and not is_word(word):
            meant = _nearest_word(word, vocabulary)
            if meant is not None:
                key = keys.of_word(meant)[0]
                one = replace(one, key=key or one.key, meant=meant, weight=one.weight * _TYPO)
        made.append(one)
    return tuple(made)


def _nearest_word(word: str, vocabulary: frozenset[str]) -> str | None:
    most = 1 if len(word) < 6 else 2
    near = [
        (OSA.distance(word, other, score_cutoff=most), other)
        for other in vocabulary
        if abs(len(other) - len(word)) <= most and len(other) >= 4 and (other[0] == word[0] or len(word) > 6)
    ]
    best = min(near, default=(99, ""))
    return best[1] if best[0] <= most else None


def surroundings(document: Document, quote: Quote, focus: Span, keys: Keys) -> Surroundings:
    """What stands in and around a quote, for covering the words of a question; of a long one only around `focus`."""
    text = document.text
    fragments, extent = quote.fragments, quote.extent
    if extent.end - extent.start > _LONG and focus.start < extent.end and focus.end > extent.start:
        extent = Span(max(extent.start, focus.start), min(extent.end, focus.end))
        fragments = tuple(f for f in fragments if f.start < extent.end and f.end > extent.start)
    inside = [Span(max(f.start, extent.start), min(f.end, extent.end)) for f in fragments]
    own = " ".join(f.of(text) for f in inside)
    near = Span(max(0, extent.start - NEAR), min(len(text), extent.end + NEAR))
    sentence = [own]
    if quote.lead:
        sentence.append(quote.lead.of(text))
    if quote.kind != "turn":
        within = _clipped(near, extent)
        sentence += [s.of(text) for s in sentences(text, within) if s.start < extent.end and s.end > extent.start]
    blocks = list(paragraphs(text, near))
    touching = [i for i, p in enumerate(blocks) if p.start < extent.end and p.end > extent.start]
    around = [text[extent.start : extent.end]]
    if touching:
        # what others say nearby is no context of these words
        around += [_QUOTED.sub(" ", p.of(text)) for p in blocks[max(0, touching[0] - 1) : touching[-1] + 2]]
    own_words, sentence_words, words_around = (tokens(" ".join(parts)) for parts in ([own], sentence, around))
    sentence_keys = keys.of_tokens(sentence_words)
    return Surroundings(
        own=keys.of_tokens(own_words),
        sentence=sentence_keys,
        around=keys.of_tokens(words_around) | sentence_keys | keys.of(document.title or ""),
        folded=frozenset(map(folded_word, {*sentence_words, *words_around})),
        length=len(own_words),
        signs=is_a(own),
        signs_near=is_a(" ".join(sentence)),
    )


def _clipped(near: Span, extent: Span) -> Span:
    return Span(max(near.start, extent.start - 400), min(near.end, extent.end + 400))


def covered(asked: Sequence[Wanted], have: frozenset[str]) -> float:
    """The share of the asked words' rarity that `have` holds."""
    total = sum(w.weight for w in asked)
    return sum(w.weight for w in asked if _met(w, have)) / total if total else 0.0


def nearly_covered(asked: Sequence[Wanted], have: frozenset[str]) -> float:
    """The same share, words that mean nearly the same counted by how near they come."""
    total = sum(w.weight for w in asked)
    return sum(w.weight * _nearly_met(w, have) for w in asked) / total if total else 0.0


def _nearly_met(asked: Wanted, have: frozenset[str]) -> float:
    if _met(asked, have):
        return 1.0
    kin = asked.kin
    return max((kin[key] for key in kin.keys() & have), default=0.0)


def missing(asked: Sequence[Wanted], have: frozenset[str]) -> tuple[Wanted, ...]:
    """The asked words that are not there."""
    return tuple(w for w in asked if not _met(w, have))


def _met(asked: Wanted, have: frozenset[str]) -> bool:
    return asked.key in have or any(office <= have for office in asked.offices)


# Words that mean nearly the same: "hurry" and "haste", "afraid" and "fear". The table is made by `train_kindred`.

TABLE = "kindred.txt"


@lru_cache(maxsize=4096)
def kindred(key: str) -> Mapping[str, float]:
    """The keys of words akin to the word of this key, each with how near it comes (0 to 1); empty for an unknown one."""
    parts = iter(_table().get(key, "").split())
    return {other: int(nearness) / 100 for other, nearness in zip(parts, parts, strict=True)}


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Each line: a key, a tab, and its kin with their nearness in hundredths."""
    text = resources.files("retrieval").joinpath(TABLE).read_text(encoding="ascii")
    return dict(line.split("\t", 1) for line in text.splitlines())


# What kind of answer a question wants, and which kinds of answer words can be: a reason, a number, a yes or no (pure).

_WANTS = {
    "reason": re.compile(
        r"\b(why|reasons?|how come|what (?:made|makes|drove|prompted|led)|because|grounds|rationale|justif\w+|explain\w*|purpose|what for)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"\b(how (?:many|much|long|soon|far|old|often|big|large|high|fast|quickly)|when|"
        r"(?:what|which) (?:share|percentage|number|year|date|age|price|sum|amount|proportion|fraction|cost|figure|day|month|time))\b",
        re.IGNORECASE,
    ),
    "verdict": re.compile(
        r"^\W*(?:so |and |but )?(?:did|does|do|is|was|were|are|will|would|has|have|can|could|should|may|might)\b",
        re.IGNORECASE,
    ),
}
_PRESUMES = re.compile(
    r"^\W*(?:so |and |but )?(?:why|when|how come|on what grounds|for what reasons?|what (?:reasons?|date|day|made|makes|drove|prompted|led))\b",
    re.IGNORECASE,
)
_IS = {
    "reason": re.compile(
        r"\b(because|since|so that|in order|as a result|that is why|that[’']s why|therefore|reason|due to|to make sure|for fear|otherwise)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty|"
        r"seventy|eighty|ninety|hundred|thousand|million|billion|trillion|half|third|quarter|dozen|percent|per cent|today|tomorrow|"
        r"yesterday|tonight|soon|years?|months?|weeks?|days?|hours?|minutes?|january|february|march|april|may|june|july|august|"
        r"september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|never|always|first|"
        r"immediately|now|spring|summer|autumn|winter|century|decades?)\b",
        re.IGNORECASE,
    ),
    "verdict": re.compile(
        r"\b(?:yes|no|not|never|absolutely|of course|certainly|sure|nothing|none)\b|n[’']t\b", re.IGNORECASE
    ),
}


def wants(question: str) -> frozenset[str]:
    """The kinds of answer that a question asks for."""
    return frozenset(kind for kind, pattern in _WANTS.items() if pattern.search(question))


def presumes(question: str) -> bool:
    """Whether a question takes for granted that something was said or done, and asks only why or when: "Why did X call for …?"."""
    return bool(_PRESUMES.match(question))


def is_a(text: str) -> frozenset[str]:
    """The kinds of answer that a text can be."""
    return frozenset(kind for kind, pattern in _IS.items() if pattern.search(text))
