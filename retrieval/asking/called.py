"""What a document calls a speaker: "the Belgian premier", "Miss Bennet's housekeeper, Mrs Hill" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.asking import grammar
from retrieval.asking.evidence import Keys
from retrieval.asking.terms import listed, stem
from retrieval.naming.names import COURTESY, SUFFIXES

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
_HEADS = grammar.DESCRIBED | grammar.PERSONS | listed("speaker superdelegate ceo cofounder mate whip nominee")
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
_BODIES = frozenset(stem(w) for w in grammar.BODIES)
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
    """Whether a clause says of a source whose it is: "a fashion designer for the Apparel Group"."""
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


_GROUPS = {stem(word): min(group) for group in (*grammar.SAME_SOURCE, listed("minister secretary")) for word in group}


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
