"""How a name is written, and how it is miswritten: pure functions over strings.

`folded` is for telling that two spellings are the same letters, `transliterated` that they are the same name carried
over from another alphabet, `typo_cost` how likely one was typed for the other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA, Levenshtein

# fmt: off
PARTICLES = frozenset({
    "al", "ap", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "las", "le", "lo",
    "los", "mac", "ter", "van", "vom", "von", "y", "zu", "zum", "zur",
})
# Forms of address and marks of rank: they say nothing about who is meant beyond, at most, gender.
MALE_ADDRESS = frozenset({"mr", "mister", "sir", "lord", "baron", "king", "prince", "monsieur", "herr"})
FEMALE_ADDRESS = frozenset({
    "mrs", "ms", "miss", "madam", "madame", "dame", "lady", "baroness", "queen", "princess", "frau",
})
COURTESY = MALE_ADDRESS | FEMALE_ADDRESS | {
    "the", "dr", "doctor", "prof", "professor", "hon", "honourable", "honorable", "rt", "reverend", "rev", "excellency",
    "mx", "gen", "general", "lt", "lieutenant", "col", "colonel", "maj", "major", "brig", "brigadier", "adm", "admiral",
    "capt", "captain", "cmdr", "commander", "sgt", "sergeant", "marshal", "rear", "vice", "air", "chief", "sen",
    "senator", "rep", "representative", "congressman", "congresswoman", "gov", "governor", "amb", "ambassador",
}
SUFFIXES = frozenset({
    "jr", "sr", "ii", "iii", "iv", "mp", "mep", "kc", "qc", "obe", "kbe", "cbe", "phd", "md", "esq", "ret",
})
# fmt: on

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_POSSESSIVE = re.compile(r"['’‘ʼ`´]s?$")
_INNER_POSSESSIVE = re.compile(r"(?<=\w)['’‘]s?(?=\s|$)")
_IN_NAME_MARKS = str.maketrans("", "", ".'’‘ʼ`´\"“”")
# In this order: longer spellings first, so that "shch" is not read as "sh" and "ch".
_TRANSLITERATIONS = (
    ("shch", "sc"), ("sch", "s"), ("tsch", "c"), ("zh", "z"), ("kh", "h"), ("ks", "x"), ("ts", "c"), ("tz", "c"),
    ("aa", "a"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ye", "e"), ("g", "h"), ("w", "v"),
)  # fmt: skip
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_ALIKE = ("aeiouy", "bp", "ckq", "dt", "fv", "gh", "gj", "ij", "mn", "sz", "vw", "cs")


def in_one_alphabet(name: str) -> str:
    """A name whose Latin letters are mixed with look-alikes of other alphabets, by Unicode's list of these, as if all were Latin.

    For comparing only: “Elizаbeth” with a Cyrillic letter is written by nobody who means another person. A name that is
    of another alphabet as a whole is left as it is.
    """
    strange = {c for c in name if ord(c) > 0x24F and c.isalpha() and not _is_latin(c)}
    if not strange or not any(_is_latin(c) for c in name if c.isalpha()):
        return name
    return "".join(_latin_twin(c) if c in strange else c for c in name)


_SHOUTED = re.compile(r"[^\W\d_a-zß-öø-ÿ]{2,}")


def cased(word: str) -> str:
    """A name's word in capitals as it is written among small letters: "McCAIN" McCain, "MCGRATH" McGrath, "D'ARCY" D'Arcy."""
    initials = len(word) == 2 and not set(word.casefold()) & set("aeiouy")  # "JD"
    if initials or not any(a.isupper() and b.isupper() for a, b in pairwise(word)):
        return word
    plain = _SHOUTED.sub(lambda run: run[0][0] + run[0][1:].lower(), word)
    scottish = word.isupper() and re.fullmatch(r"Mc[a-z]{3,}", plain)
    return f"Mc{plain[2:].capitalize()}" if scottish else plain


def written(name: str) -> str:
    """A name without what nobody sees or reads: line breaks, marks of emphasis, characters without a width."""
    seen = "".join(c for c in name if unicodedata.category(c) != "Cf" or c == "\u200d")
    return " ".join(seen.replace("*", " ").split()).strip(" _#:;,")


_TIES = frozenset({"and", "or", "of", "for", "in", "to", "by", "at", "on", "from", "with"})


def is_piece(name: str) -> bool:
    """Whether a name was cut out of a longer one, or of a sentence: "And Lesser Bridges", "Secretary of", "[Bridges"."""
    words = name.replace("&", "and").casefold().split()
    cut = any(name.count(opening) != name.count(closing) for opening, closing in ("[]", "()"))
    return not words or cut or words[0] in _TIES or words[-1] in _TIES | {"the"} or folded(name) in SUFFIXES


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")


@cache
def _latin_twin(letter: str) -> str:
    """The Latin letter that a letter is confused with; itself where there is none."""
    from confusable_homoglyphs import confusables  # reads its tables when it is imported

    found = confusables.is_confusable(letter, greedy=True, preferred_aliases=[])
    twins = [one["c"] for entry in found or () for one in entry["homoglyphs"]]
    return next((c for c in twins if len(c) == 1 and c.isascii() and c.isalpha()), letter)


@lru_cache(maxsize=16_384)
def folded(name: str) -> str:
    """A name in lower case without accents, dots and apostrophes, hyphens as spaces, possessive ending gone."""
    text = _POSSESSIVE.sub("", in_one_alphabet(unicodedata.normalize("NFC", name).strip()).casefold())
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_IN_NAME_MARKS)
    return " ".join(re.sub(r"[^\w]+", " ", text).replace("_", " ").split())


def without_possessives(phrase: str) -> str:
    """ "America's secretary of state" as "America secretary of state"."""
    return _INNER_POSSESSIVE.sub("", phrase)


@lru_cache(maxsize=16_384)
def transliterated(name: str) -> str:
    """A key that the usual Latin spellings of one Slavic, Nordic or German name share.

    Zelensky, Zelenskiy and Zelenskyy have one key; so have Andriy and Andrii, Sybiha and Sibiga, Søreide and Soereide.
    """
    key = folded(name)
    for spelt, letter in _TRANSLITERATIONS:
        key = key.replace(spelt, letter)
    return re.sub(r"[iyj]+", "i", key)


def surnames(name: str, given: str | None = None) -> tuple[str, ...]:
    """The folded forms in which a full name's surname may stand alone: "von der leyen", "leyen".

    `given` says the surname outright where it is not the last word ("Xi Jinping", "Ine Eriksen Søreide").
    """
    if given:
        words = given.split()
        forms = {folded(" ".join(words[i:])) for i in range(len(words))} if len(words) > 1 else {folded(given)}
        return tuple(sorted(forms, key=len, reverse=True))
    words = [w for w in name.split() if folded(w) not in SUFFIXES]
    if len(words) < 2:
        return (folded(name),)
    start = len(words) - 1
    while start > 1 and folded(words[start - 1]) in PARTICLES:
        start -= 1
    full, last = folded(" ".join(words[start:])), folded(words[-1])
    return (full,) if full == last else (full, last)


@cache
def _adjacent(a: str, b: str) -> bool:
    """Whether two keys touch each other on a keyboard."""
    places = {c: (row, column + row * 0.5) for row, keys in enumerate(_KEYS) for column, c in enumerate(keys)}
    if a not in places or b not in places:
        return False
    return abs(places[a][0] - places[b][0]) <= 1 and abs(places[a][1] - places[b][1]) <= 1


def _alike(a: str, b: str) -> bool:
    """Whether a hand or an ear easily takes one letter for the other."""
    return _adjacent(a, b) or any(a in group and b in group for group in _SOUND_ALIKE)


def typo_cost(typed: str, meant: str) -> float:
    """What it takes to type `typed` for `meant`: 0.5 for a likely slip, 1 for any other letter; 99 when hopeless.

    Likely slips: a letter doubled or one of a pair left out, neighbours swapped, a key beside the right one, a letter
    that sounds alike, a vowel left out.
    """
    if abs(len(typed) - len(meant)) > 2 or OSA.distance(typed, meant, score_cutoff=2) > 2:
        return 99.0
    edits = Levenshtein.editops(typed, meant)
    if len(edits) > OSA.distance(typed, meant):
        return 0.5 + (1.0 if OSA.distance(typed, meant) > 1 else 0.0)  # neighbours swapped
    return sum(_edit_cost(op.tag, op.src_pos, op.dest_pos, typed, meant) for op in edits)


def _edit_cost(tag: str, at: int, to: int, typed: str, meant: str) -> float:
    if tag == "replace":
        return 0.5 if at and _alike(typed[at], meant[to]) else 1.0
    text, place = (typed, at) if tag == "delete" else (meant, to)
    letter, around = text[place], text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    if letter in around or (tag == "insert" and place and letter in "aeiouy"):
        return 0.5
    return 0.5 if tag == "delete" and any(_adjacent(letter, c) for c in around) else 1.0
