"""What kind of source a description names: "a senior official in Paris", by the words that tell one from another (pure)."""

from __future__ import annotations

from retrieval.asking import grammar, terms
from retrieval.naming.names import COURTESY

_SAYS_NOTHING = grammar.UNNAMED | {
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
    for i, token in enumerate(terms.tokens(description)):
        names = token[:1].isupper() and (i or terms.fold(token) not in grammar.DESCRIBED | grammar.PERSONS)
        if names or token.endswith(("’s", "'s", "s’", "s'")) or token.isupper():
            found |= kind_words(token)
    return frozenset(found)


def _kind(word: str) -> str:
    bare = terms.stem(word)
    for group in grammar.SAME_SOURCE:
        if any(bare == terms.stem(member) for member in group):
            return min(group)
    return bare


def head(description: str) -> str | None:
    """The word that says what kind of source it is: "official" of "a US official in Kyiv"."""
    words = terms.words(description)
    upto = next((i for i, word in enumerate(words) if i and word in _BEHIND_A_HEAD), len(words))
    heads = [word for word in words[:upto] if word in grammar.DESCRIBED | grammar.PERSONS]
    heads = heads or [word for word in words if word in grammar.DESCRIBED | grammar.PERSONS][:1]
    return _kind(heads[-1]) if heads else None


def same_head(head: str, theirs: frozenset[str]) -> bool:
    return head in theirs


def overlap(asked: frozenset[str], theirs: frozenset[str]) -> float:
    return len(asked & theirs) / len(asked)
