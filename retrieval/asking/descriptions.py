"""Whom a miswritten name may mean, and what kind of source a description names (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval import lexicon, terms
from retrieval.people import Person
from retrieval.spelling import COURTESY, folded
from retrieval.terms import stem

# Whose name may have been meant by one that nobody bears: the people who are quoted, two slips of the hand away (pure).

_SLIPS = 2  # of the hand that a name may be off
_IN_LONG = 3  # the same in a full name of many letters
_LONG, _NEAR_SHORT = 11, 4  # letters
_MOST = 6  # people that one miswritten name may mean
_NEAR_WORDS = 4  # words of a name


class NearNames:
    """Finds the names that a miswritten one is near to. What is found is a guess; the words themselves have to bear it out."""

    def __init__(self, persons: Iterable[Person], counts: Mapping[str, int], is_word: Callable[[str], bool]) -> None:
        """`persons` who are quoted as `counts` says; `is_word` tells words that exist from slips of the hand."""
        self._counts, self._is_word = counts, is_word
        persons = tuple(persons)
        self._forms: dict[str, list[Person]] = {}
        for person in persons:
            if counts.get(person.id):
                full = [folded(name) for name in (person.name, *person.aliases)]
                full += [" ".join((form.split()[0], *form.split()[2:])) for form in full if form.count(" ") > 1]
                for form in dict.fromkeys((*person.surnames, *full)):
                    if len(form.replace(" ", "")) >= _NEAR_SHORT:
                        self._forms.setdefault(form, []).append(person)
        self._choices = list(self._forms)
        self._given: dict[str, list[Person]] = {}
        for person in persons:
            names = folded(person.name).split()
            if person.type == "person" and len(names) > 1 and counts.get(person.id):
                self._given.setdefault(names[0], []).append(person)

    def is_given(self, name: str) -> bool:
        """Whether somebody who is quoted has this given name."""
        return folded(name) in self._given

    def find(self, phrase: str) -> list[tuple[int, Person]]:
        """Those whose name the end of a phrase may be, with how many slips it takes, the nearest first."""
        best: dict[str, tuple[int, Person]] = {}
        for person in self._given.get(folded(phrase), ()) if len(phrase) > 3 else ():  # "Lizzy" of nobody else's name
            best[person.id] = (0, person)
        for typed in _tails(phrase):
            if len(typed.replace(" ", "")) < _NEAR_SHORT - 1 or all(self._is_word(word) for word in typed.split()):
                continue
            for form, slips, _ in process.extract(
                typed, self._choices, scorer=OSA.distance, score_cutoff=_IN_LONG, limit=None
            ):
                if slips <= _allowed(typed, form):
                    for person in self._forms[form]:
                        if person.id not in best or slips < best[person.id][0]:
                            best[person.id] = (slips, person)
        found = sorted(best.values(), key=lambda one: (one[0], -self._counts[one[1].id]))
        return found[:_MOST]


def _allowed(typed: str, form: str) -> int:
    """How many slips are believed: as many as a name of that length can have and still be known again."""
    if typed.count(" ") != form.count(" ") and len(form) < _LONG:
        return 0
    letters = len(form.replace(" ", ""))
    if " " in form and letters >= _LONG:
        return _IN_LONG
    kept = sum((Counter(typed) & Counter(form)).values())
    return _SLIPS if kept >= letters - (_SLIPS if letters > _NEAR_SHORT else 1) else 1


def _tails(phrase: str) -> Iterable[str]:
    """The ends of a phrase that may be all of a name: nothing before them is part of it."""
    words = phrase.replace(",", " ").split()
    plain = [folded(word) for word in words]
    for size in range(min(_NEAR_WORDS, len(words)), 0, -1):
        before = words[-size - 1] if size < len(words) else ""
        if not before or _ends_before(before, plain[-size - 1]):
            yield " ".join(plain[-size:])


def _ends_before(word: str, plain: str) -> bool:
    """Whether a name may begin behind this word: a title, what somebody is, or whose they are."""
    whose = word.endswith(("’s", "'s", "s’", "s'"))
    small = word.islower() or plain in COURTESY or plain.rsplit(" ", 1)[-1] in lexicon.PERSONS | lexicon.DESCRIBED
    return whose or small


def surest(near: Sequence[tuple[int, Person]]) -> tuple[Person, ...]:
    """The nearest of those found."""
    return tuple(person for slips, person in near if slips == near[0][0]) if near else ()


# What kind of source a description names: "a senior official in Paris", by the words that tell one from another (pure).

_SAYS_NOTHING = lexicon.UNNAMED | {
    "a",
    "an",
    "the",
    "some",
    "one",
    "several",
    "multiple",
    "many",
    "two",
    "three",
    "other",
}
_BEHIND_A_HEAD = terms.listed("of for in at from on to with outside near by who that which inside around behind")


def kind_words(description: str) -> frozenset[str]:
    """The words that tell one described source from another, each kind of source under one word."""
    found = set()
    for token in terms.tokens(description):
        word = terms.fold(token.replace(".", "").removesuffix("’s").removesuffix("'s"))
        plain = word in _SAYS_NOTHING | terms.STOP or word in COURTESY
        if not plain or token.replace(".", "") == "US":  # the country, not the pronoun
            found.add(_kind(word))
    return frozenset(found)


def marks(description: str) -> frozenset[str]:
    """The words of a description that say whose or which: names, places, owners. A source has to carry them all."""
    found: set[str] = set()
    kind = head(description)
    for i, token in enumerate(terms.tokens(description)):
        names = token[:1].isupper() and (
            i or _kind(terms.fold(token)) != kind
        )  # "Nantucket officials", but "Officials"
        if names or token.endswith(("’s", "'s", "s’", "s'")) or token.isupper():
            found |= kind_words(token)
    return frozenset(found)


def _kind(word: str) -> str:
    bare = stem(word)
    for group in lexicon.SAME_SOURCE:
        if any(bare == stem(member) for member in group):
            return min(group)
    return bare


def head(description: str) -> str | None:
    """The word that says what kind of source it is: "official" of "a US official in Kyiv"."""
    words = terms.words(description)
    upto = next((i for i, word in enumerate(words) if i and word in _BEHIND_A_HEAD), len(words))
    heads = [word for word in words[:upto] if word in lexicon.DESCRIBED | lexicon.PERSONS]
    heads = heads or [word for word in words if word in lexicon.DESCRIBED | lexicon.PERSONS][:1]
    return _kind(heads[-1]) if heads else None


def same_head(head: str, theirs: frozenset[str]) -> bool:
    return head in theirs


def overlap(asked: frozenset[str], theirs: frozenset[str]) -> float:
    return len(asked & theirs) / len(asked)
