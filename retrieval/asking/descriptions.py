"""What a document calls a speaker, and whom a description or a miswritten name may mean (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval import lexicon, terms
from retrieval.asking.coverage import Keys
from retrieval.people import Person
from retrieval.spelling import COURTESY, SUFFIXES, folded
from retrieval.terms import listed, stem

_BEFORE, _AFTER = 140, 240  # characters on either side of a name in which it may be said what somebody is
_LOOKED_AT = 12  # places where the name stands
_WORDS = 12  # words of such a phrase
_BESIDE = 5  # words on either side of a "for" that say who works for whom
_FOR_WHOM = re.compile(r"\s(?:for|of|at|with|from)\s")
_TITLES = {
    "Gov": "governor", "Sen": "senator", "Rep": "representative", "Pres": "president", "Gen": "general", "Col": "colonel", "Lt": "lieutenant",
    "Capt": "captain", "Sgt": "sergeant", "Adm": "admiral", "Dr": "doctor", "Prof": "professor", "Rev": "reverend", "Supt": "superintendent",
    "Atty": "attorney",
}  # fmt: skip
_SHORT = re.compile(rf"\b({'|'.join(_TITLES)})\.\s?")
_INITIALS = re.compile(r"\b(?:[A-Z]\.)+")
_CLAUSE = re.compile(r"[.!?;:][\"”’)]*(?:\s|$)|[“”\"\n]|\s[–—-]+\s|—")
_WRAPPED = re.compile(
    r"(?<=[\w,])\n(?=[a-z])|(?<=,)\n(?=\w)|(?:(?<=\bthe)|(?<=\ba)|(?<=\ban)|(?<=\bof)|(?<=\bformer))\n(?=\w)"
)  # a line's end in a phrase
_TOKEN = re.compile(r"[^\W_]+(?:[’'.-](?=[^\W_])[^\W_]+)*(?:[’'](?=\s|$))?")
_WHO_IS = re.compile(
    r"^,?\s*(?:who\s+)?(?:is|was|became|has\s+been|serves?\s+as|served\s+as|heads|headed)\s", re.IGNORECASE
)
_WORK = re.compile(
    r"[“\"]((?:[A-Z][\w’'-]*|and|of|the|&)(?:\s+(?:[A-Z][\w’'-]*|and|of|the|&)){0,5}),?[”\"],?"
)  # a title in marks
_BRACKET = re.compile(r"^\s*\(([^()\n]{1,60})\)")
_IS_ALSO = re.compile(
    r"^\s*,[^,;.“”\"]{0,80}?\bwho(?:\s+(?:is|was|has\s+been)|[’']s)\s+(?:also\s+|now\s+)?([^,;.“”\"]{3,120})"
)
_ASIDE = re.compile(r"^\s*,\s*(?:\d+,\s*)?(?!\s*(?:who|which|said|says|and|but|when|where)\b)")
_OF = re.compile(r"^\s+of\s+((?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)")
_LINKS = listed("of for the and at to in on")
_KINDS = listed(
    """campaign press chief senior junior foreign prime party policy national deputy vice former longtime long-time top state police city
    county federal political presidential congressional gubernatorial senate house health finance interior defence defense economic
    legal military communications media research public security then current acting executive managing general first second running
    mate lady board committee council union company club school church court department ministry office agency group gun rights law tax
    trade energy labor labour civil human women new old local regional co assistant associate founding retired ex under speaker
    superdelegate ceo cofounder co-founder nominee candidate"""
)
_HEADS = lexicon.DESCRIBED | lexicon.PERSONS | listed("speaker superdelegate ceo cofounder mate whip nominee")
_PAST = frozenset(stem(w) for w in ("former", "onetime", "ex", "retired", "late"))
_ANY_TIME = _PAST | frozenset(stem(w) for w in ("current", "then", "longtime", "the", "now", "long-time"))
_LEADERS = frozenset(
    stem(w) for w in ("chairman", "chairwoman", "chair", "head", "leader", "chief", "boss", "president", "director")
)
_CHIEFS = frozenset(stem(w) for w in ("head", "leader", "chief", "boss"))  # what stands for any of those
# Who stands beside an office without holding it.
_LESSER = frozenset(
    stem(w)
    for w in ("vice", "deputy", "assistant", "candidate", "nominee", "hopeful", "elect", "contender", "frontrunner", "challenger", "rival", "wife", "incoming", "future", "next", "designate",
              "husband", "son", "daughter", "brother", "sister", "father", "mother", "friend", "colleague", "supporter", "biographer")
)  # fmt: skip
_BODIES = frozenset(stem(w) for w in lexicon.BODIES)
_CHAIRS = frozenset(stem(w) for w in ("chairman", "chairwoman", "chair"))


@dataclass(frozen=True, slots=True)
class Title:
    """What a question calls a speaker, by the keys of its words."""

    keys: frozenset[str]
    former: bool


def title_of(phrase: str, keys: Keys) -> Title:
    """The words of a phrase as they are compared with what documents call people."""
    found = _kept(phrase, keys, acronyms=False)
    return Title(found - _ANY_TIME, bool(found & _PAST))


def bears(title: Title, phrases: Iterable[frozenset[str]]) -> bool:
    """Whether one of the phrases that name somebody says all of the title, and no more than that they had left it."""
    for have in phrases:
        lacking = title.keys - have
        if lacking and not (
            lacking <= _CHIEFS | _CHAIRS and have & (_LEADERS if lacking <= _CHIEFS else _CHIEFS | _CHAIRS)
        ):
            continue
        if (title.former or not have & _PAST) and not (have & _LESSER) - title.keys:
            return True
    return False


def heads(title: Title, headline: str, keys: Keys) -> bool:
    """Whether a headline's speaker is of that title; headlines call every president and chairman a "chief"."""
    have = _kept(headline, keys)
    lacking = title.keys - have
    return bears(title, [have]) or bool(have & _CHIEFS and lacking <= _LEADERS and title.keys & have)


def introduces(title: Title, description: str, text: str, keys: Keys) -> bool:
    """Whether a source that a text calls no more than "the union" is one that it calls all of the title somewhere."""
    short = _kept(description, keys, acronyms=False)
    if not short or short & _BODIES or not short & title.keys:
        return False  # a body has a name, which is not known here
    clauses = (clause for clause in _CLAUSE.split(_spelt(text)) if len(clause) > 8)
    if short <= title.keys:
        return any(title.keys <= _kept(clause, keys) for clause in clauses)
    return any(_works_for(clause, short, title.keys - short, keys) for clause in clauses)


def _works_for(clause: str, short: frozenset[str], whose: frozenset[str], keys: Keys) -> bool:
    """Whether a clause says of a source whose it is: "a stable clerk with the Lambton Coach Office"."""
    return any(
        short <= _kept(" ".join(clause[: link.start()].split()[-_BESIDE:]), keys)
        and whose <= _kept(" ".join(clause[link.end() :].split()[:_BESIDE]), keys)
        for link in _FOR_WHOM.finditer(clause)
    )


def credits_of(text: str, name: str, keys: Keys) -> tuple[frozenset[str], ...]:
    """What a text calls the bearer of a name, each phrase by the keys of its words; the last one is all of them together."""
    parts = [w for w in name.split() if w.strip(".").lower() not in SUFFIXES]
    if not parts:
        return ()
    text = _WRAPPED.sub(" ", text)
    given = "|".join(re.escape(form) for w in parts[:-1] for form in (w, w.upper())) or r"(?!)"
    last = f"(?:{re.escape(parts[-1])}|{re.escape(parts[-1].upper())})"
    named = re.compile(rf"\b(?:(?:{given}|[A-Z]\.)\s+)*{last}\b(?!['’]s\s+[a-z])")
    found: list[frozenset[str]] = []
    for place, _ in zip(named.finditer(text), range(_LOOKED_AT), strict=False):
        phrases = _in_front(text[max(0, place.start() - _BEFORE) : place.start()])
        phrases += _behind(text[place.end() : place.end() + _AFTER])
        found += [kept for phrase in phrases if phrase and (kept := _kept(phrase, keys))]
    together = frozenset().union(*(f for f in found if not f & (_PAST | _LESSER)))
    return tuple(dict.fromkeys([*found, together] if together else found))


def _in_front(before: str) -> list[str]:
    """The words right in front of a name that say what its bearer is: "the Dutch finance minister", "her brother, Mr"."""
    parts = _CLAUSE.split(_spelt(before))[-1].rsplit(",", 2)
    found = []
    last, rank = _run(parts[-1])
    if last and (
        _is_head(last[-1].lower()) or last[-1].lower() in COURTESY or _of_what(last)
    ):  # nobody else's name between
        found.append(" ".join(last))
    if len(parts) > 1 and rank and all(_is_head(w.lower()) or w.lower() in COURTESY for w in last):
        aside, _ = _run(parts[-2])  # "the head of the house, Captain"
        if (
            aside
            and _named_head(aside)
            and not _names_another(aside)
            and (_is_head(aside[-1].lower()) or {w.lower() for w in aside} & _LINKS)
        ):
            found.append(" ".join([*aside, *last]))
    return found


def _run(part: str) -> tuple[list[str], bool]:
    """The last words of a clause that can be a title, and whether that is all of the clause."""
    kept: list[str] = []
    for token in reversed(_TOKEN.findall(part)[-_WORDS:]):
        if not (token[0].isupper() or token[0].isdigit() or _says_what(token.lower())):
            return kept[::-1], False
        kept.append(token)
    return kept[::-1], True


def _of_what(tokens: Sequence[str]) -> bool:
    """Whether a title ends with whose it is: "Secretary of Defence for Security Affairs"."""
    return any(_is_head(a.lower()) and b.lower() in {"of", "for"} for a, b in pairwise(tokens)) and not _names_another(
        tokens
    )


def _named_head(tokens: Sequence[str]) -> bool:
    return any(_is_head(token.lower()) for token in tokens)


def _behind(after: str) -> list[str]:
    """The words behind a name that say what its bearer is: ", president of the union,", "of Ohio", "(R-Ohio)", "is the …"."""
    found = []
    after = _WORK.sub(r"\1,", _spelt(after))
    if place := _OF.match(after):
        found.append(place[1])
    if bracket := _BRACKET.match(after):
        found.append(bracket[1])
        after = after[bracket.end() :]
    if aside := _ASIDE.match(after):
        phrase = re.split(r"[,;)]|\b(?:who|whose|said|says|told)\b", _CLAUSE.split(after[aside.end() :])[0])[0]
        words = _TOKEN.findall(phrase)[:_WORDS]
        if words and not words[0].lower().endswith("ing") and _named_head(words):
            found.append(" ".join(words))
    if role := _IS_ALSO.match(after):
        found.append(role[1])
    elif _WHO_IS.match(after):
        found += re.split(r",\s|\band\b|;", _CLAUSE.split(after.lstrip(" ,"))[0])
    return [phrase for phrase in found if not _names_another(_TOKEN.findall(phrase))]


def _names_another(tokens: Sequence[str]) -> bool:
    """Whether a phrase goes on from what somebody is to who that is: "the first mate Starbuck"."""
    pairs = pairwise(tokens)
    return any(_is_head(a.lower()) and b[0].isupper() and not _is_head(b.lower()) and not _owns(a) for a, b in pairs)


def _owns(token: str) -> bool:
    return token.endswith(("’s", "'s", "s’", "s'"))


def _says_what(word: str) -> bool:
    word = re.sub(r"[’']s?$", "", word)
    return word in _KINDS or word in _LINKS or _is_head(word)


def _is_head(word: str) -> bool:
    return word.rsplit("-", 1)[-1] in _HEADS


def _kept(phrase: str, keys: Keys, *, acronyms: bool = True) -> frozenset[str]:
    """The keys of a phrase's words, acronyms spelt out among them, each kind of source under one word."""
    phrase = re.sub(
        r"\bretiree(s?)\b", r"pensioner\1", phrase, flags=re.IGNORECASE
    )  # no word for having left an office
    phrase = re.sub(r"\b(president|governor|senator)ial\b|\bgubernatorial\b", r"of-office", phrase, flags=re.IGNORECASE)
    plain = _spelt(re.sub(r"\bpress secretary\b", "spokesman", phrase.replace("-", " "), flags=re.IGNORECASE))
    found = keys.of(plain) | keys.of(phrase) | keys.of(" ".join(_acronyms(plain)) if acronyms else "")
    return frozenset(_kin(key) for key in found)


_GROUPS = {stem(word): min(group) for group in (*lexicon.SAME_SOURCE, listed("minister secretary")) for word in group}


def _kin(key: str) -> str:
    return _GROUPS.get(key, key)


def _spelt(text: str) -> str:
    plain = _INITIALS.sub(lambda m: m[0].replace(".", ""), text)
    return _SHORT.sub(lambda m: _TITLES[m[1]] + " ", plain)


def _acronyms(text: str) -> list[str]:
    """What the names in a text shorten to: "Service Employees International Union" to SEIU."""
    runs = re.findall(r"(?:[A-Z][\w’']+(?:\s+(?:of|for|and|the|on)(?=\s+[A-Z]))?\s*){3,}", text)
    found = []
    for run in runs:
        initials = [word[0] for word in run.split() if word[0].isupper()]
        found += ["".join(initials[i:j]) for i in range(len(initials)) for j in range(i + 3, len(initials) + 1)]
    return found


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
    for i, token in enumerate(terms.tokens(description)):
        names = token[:1].isupper() and (i or terms.fold(token) not in lexicon.DESCRIBED | lexicon.PERSONS)
        if names or token.endswith(("’s", "'s", "s’", "s'")) or token.isupper():
            found |= kind_words(token)
    return frozenset(found)


def _kind(word: str) -> str:
    bare = terms.stem(word)
    for group in lexicon.SAME_SOURCE:
        if any(bare == terms.stem(member) for member in group):
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
