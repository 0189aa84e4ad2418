"""Who is called what in the documents that one audience may see: their credits, looked up by the words of a description (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from retrieval import lexicon
from retrieval.asking.coverage import Keys
from retrieval.model import Credit, Speaker
from retrieval.role_words import ABBREVIATED_TITLES
from retrieval.spelling import COURTESY, folded
from retrieval.terms import listed, stem, words
from retrieval.titles import Office

_SHORT = re.compile(rf"\b({'|'.join(short.capitalize() for short in ABBREVIATED_TITLES)})\.(?:\s|$)")
_PARTIES = {"R": "Republican", "D": "Democrat", "I": "Independent"}
_PARTY = re.compile(r"\b([RDI])-([A-Z][\w.]*(?:\s[A-Z][\w.]*)?)")
_INITIALS = re.compile(r"\b(?:[A-Z]\.)+")
_TIE = re.compile(r"\b(?:of|for|from|in|at|with|on|to|as|who|\w+ed\s(?:in|at|by|to|as))\b|[,;“”\"]")
_IN_FULL = (
    (re.compile(r"\bUS\b"), "American"),
    (re.compile(r"\bUK\b"), "British"),
    (re.compile(r"\bFed\b"), "Federal Reserve"),
    (re.compile(r"\bchief executive(?: officer)?\b", re.IGNORECASE), "CEO"),
)
_PAST = frozenset(stem(w) for w in ("former", "onetime", "ex", "retired", "late"))
_ANY_TIME = _PAST | frozenset(stem(w) for w in ("current", "then", "longtime", "the", "now", "long-time"))
_LEADERS = frozenset(
    stem(w)
    for w in ("chairman", "chairwoman", "chair", "head", "leader", "chief", "boss", "president", "director", "ceo")
)
_CHIEFS = frozenset(stem(w) for w in ("head", "leader", "chief", "boss"))  # what stands for any of those
_CHAIRS = frozenset(stem(w) for w in ("chairman", "chairwoman", "chair"))
_LEADS = listed("heads headed helms helmed leads led chairs chaired runs ran")
_LED = listed("headed helmed led chaired ran")
# Who stands beside an office without holding it.
_LESSER = frozenset(
    stem(w)
    for w in ("vice", "deputy", "assistant", "candidate", "nominee", "hopeful", "elect", "contender", "frontrunner", "challenger", "rival", "wife", "incoming", "future", "next", "designate",
              "husband", "son", "daughter", "brother", "sister", "father", "mother", "friend", "colleague", "supporter", "biographer")
)  # fmt: skip
_TIED = listed("of for the in at to with from on")
_PERSONS = lexicon.PERSONS | lexicon.DESCRIBED | lexicon.PERSON_NOUNS
_BODIES = frozenset(stem(w) for w in lexicon.BODIES)
_SAME = (*lexicon.SAME_SOURCE, listed("minister secretary"), listed("congressman congresswoman representative"))
_GROUPS = {stem(word): min(group) for group in _SAME for word in group}


_SPEAKS_FOR = frozenset(_GROUPS.get(stem(w), stem(w)) for w in ("spokesman", "spokeswoman", "spokesperson"))
_RANKS = frozenset(stem(w) for w in (*ABBREVIATED_TITLES.values(), "new", "top", "senior", "ranking", "chief", "press"))


@dataclass(frozen=True, slots=True)
class Title:
    """What a question or a document calls somebody: the keys of its words, and those of the nouns that say what they are."""

    keys: frozenset[str]
    heads: frozenset[str]
    former: bool
    names: frozenset[str] = frozenset()  # those of its words that are written as names are


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody who is called by a title, and in which documents."""

    speaker: Speaker
    documents: frozenset[str]


@dataclass(frozen=True)
class Credited:
    """All that one document calls one speaker."""

    titles: tuple[Title, ...]

    @cached_property
    def together(self) -> Title:
        """All of it at once, but for offices that were left or are another's: "Rep." and "of Maryland"."""
        held = [t for t in self.titles if not t.former and not t.keys & _LESSER]
        keys = frozenset().union(*(t.keys for t in held))
        names = frozenset().union(*(t.names for t in held))
        return Title(keys, frozenset().union(*(t.heads for t in held)), former=False, names=names)

    def bears(self, title: Title) -> bool:
        """Whether all that a title says is said here of one person, who holds it and is no more than it."""
        return any(fits(title, one) for one in (*self.titles, self.together))


def title_of(
    phrase: str, keys: Keys, of: str | None = None, office: Office | None = None, *, stated: bool = False
) -> Title:
    """The words of a phrase as they are compared; with those of `of`, whose it is, and of the office by its usual name.

    `stated`: it stands in a document, and what its names shorten to counts as said.
    """
    found = _kept(phrase, keys, acronyms=stated)
    whose = _kept(of, keys, acronyms=True) if of else frozenset()
    usual = _kept(f"{office.of or ''} {office.title}", keys, acronyms=False) if office else frozenset()
    led = phrase.split(" ", 1)[0].casefold() if phrase else ""
    heads = _heads(phrase, keys) | (_heads(office.title, keys) if office else frozenset())
    if led in _LEADS:
        heads, found = frozenset(_CHIEFS), found | _CHIEFS
    former = bool(found & _PAST) or led in _LED or bool(office and office.former)
    return Title((found | whose | usual) - _ANY_TIME, heads, former, _named(phrase, keys) | whose)


def fits(asked: Title, have: Title) -> bool:
    """Whether somebody who is called `have` is whom `asked` means: the same kind of person, and all that is asked is said."""
    lacking = asked.keys - have.keys
    chief = lacking <= _CHIEFS | _CHAIRS and have.keys & (_LEADERS if lacking <= _CHIEFS else _CHIEFS | _CHAIRS)
    headed = lacking <= _LEADERS and have.heads & _CHIEFS  # headlines call every president and chairman a "chief"
    if lacking and not chief and not headed:
        return False
    return _same_kind(asked, have) and (asked.former or not have.former) and not (have.keys & _LESSER) - asked.keys


def _same_kind(asked: Title, have: Title) -> bool:
    """Whether both end in the same noun: the adviser of a president is none; chiefs go by several names."""
    if not asked.heads or asked.heads & have.heads:
        return True
    return bool(
        (asked.heads & (_CHIEFS | _CHAIRS) and have.heads & _LEADERS)
        or (asked.heads & _LEADERS and have.heads & _CHIEFS)
    )


class CreditIndex:
    """Looks credits up by the keys of their words. Never changes."""

    def __init__(
        self,
        stated: Iterable[Credit],
        keys: Keys,
        office: Callable[[str], Office | None] = lambda _words: None,
        roles: Iterable[tuple[Speaker, str]] = (),
    ) -> None:
        """`roles`: who is quoted, and in which office, as their quotes have it. `office` reads a phrase."""
        self.keys, self._office = keys, office
        self.credits = tuple(stated)
        self.offices: dict[tuple[str, str], tuple[Office, Speaker]] = {}
        self._speakers: dict[str, Speaker] = {}
        self._read_before: dict[tuple[str, str | None], Title] = {}
        told: dict[tuple[str, str], dict[Title, None]] = {}
        for speaker, role in roles:
            told.setdefault(self._key("", speaker), {})[self._title(speaker, role, None)] = None
        for one in self.credits:
            for part in _parts(one.words):
                told.setdefault(self._key(one.document_id, one.speaker), {})[self._title(one.speaker, part, None)] = (
                    None
                )
            told.setdefault(self._key(one.document_id, one.speaker), {})[
                self._title(one.speaker, one.words, one.of)
            ] = None
        self._told = {key: Credited(tuple(titles)) for key, titles in told.items()}
        self._with: dict[str, set[tuple[str, str]]] = {}
        for key, called in self._told.items():
            for word in frozenset().union(*(t.keys for t in called.titles)):
                self._with.setdefault(word, set()).add(key)

    def _key(self, document_id: str, speaker: Speaker) -> tuple[str, str]:
        who = speaker.id or speaker.name
        self._speakers.setdefault(who, speaker)
        return document_id, who

    def _title(self, speaker: Speaker, phrase: str, of: str | None) -> Title:
        plain = _unnamed(lexicon.DETERMINERS.sub("", " ".join(phrase.split())))
        office = self._office(plain)
        if office is not None and speaker.id is not None:
            self.offices.setdefault((plain, speaker.id), (office, speaker))
        if (plain, of) not in self._read_before:
            self._read_before[plain, of] = title_of(plain, self.keys, of, office, stated=True)
        return self._read_before[plain, of]

    def bears(self, title: Title, document_id: str, speaker: Speaker) -> bool:
        """Whether a document calls a speaker by a title."""
        one = self._told.get((document_id, speaker.id or speaker.name))
        return one is not None and one.bears(title)

    def bears_loosely(self, title: Title, document_id: str, speaker: Speaker, there: frozenset[str]) -> bool:
        """Whether a document calls a speaker the kind of person that a title means, and itself has what it says beyond that.

        `there`: the keys of all words of the document. Another's place or name in the credit makes them somebody else.
        """
        who = speaker.id or speaker.name
        told = (self._told.get((place, who)) for place in (document_id, ""))
        return any(_loosely(title, have, there) for one in told if one is not None for have in one.titles)

    def called(self, titles: Sequence[Title]) -> tuple[Bearer, ...]:
        """Those whom the documents call by one of the titles, the most often so first."""
        found: dict[str, set[str]] = {}
        for title in titles:
            for key in self._having(title.keys - _CHIEFS - _CHAIRS or title.keys):
                if self._told[key].bears(title):
                    found.setdefault(key[1], set()).add(key[0])
        ranked = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
        return tuple(Bearer(self._speakers[who], frozenset(documents)) for who, documents in ranked)

    def called_in_part(self, titles: Sequence[Title], words_of: Callable[[str], frozenset[str]]) -> tuple[Speaker, ...]:
        """Those whose credit leaves out whose they are while the document names that body: "the undersecretary" of a ministry.

        Never where it is a place, or where the credit names another owner: one word in common makes nobody somebody.
        """
        found: dict[str, None] = {}
        for title in titles:
            if not title.keys & _BODIES or len(title.keys) < 3:
                continue
            for key in {key for head in title.heads for key in self._with.get(head, ())}:
                if any(
                    _in_part(title, have) and title.keys - have.keys <= words_of(key[0])
                    for have in self._told[key].titles
                ):
                    found[key[1]] = None
        return tuple(self._speakers[who] for who in found)

    def documents_of(self, speaker: Speaker) -> tuple[str, ...]:
        """The documents that call a speaker anything."""
        return tuple(
            sorted(
                document_id for document_id, who in self._told if document_id and who == (speaker.id or speaker.name)
            )
        )

    def speaking_for(self, body: str) -> tuple[Speaker, ...]:
        """The spokespersons of a body, which is given by its name."""
        named = _kept(body, self.keys, acronyms=True)
        own = _kept(body, self.keys, acronyms=False)
        found = {
            who
            for word in own
            for document_id, who in self._with.get(word, ())
            for have in self._told[document_id, who].titles
            if have.heads & _SPEAKS_FOR and own <= have.keys and have.keys - named <= _SPEAKS_FOR | _RANKS
        }
        return tuple(self._speakers[who] for who in sorted(found))

    def _having(self, wanted: frozenset[str]) -> set[tuple[str, str]]:
        """Whose credits in a document have all these words."""
        sets = sorted((self._with.get(word, set()) for word in wanted), key=len)
        found = set(sets[0]) if sets else set()
        for one in sets[1:]:
            found &= one
        return found


def _unnamed(phrase: str) -> str:
    """What somebody is without a given name that was left behind it: "Foreign Minister Fitzwilliam" of one Darcy."""
    *office, last = phrase.split()
    named = office and last[:1].isupper() and lexicon.gender_of(last) is not None
    return " ".join(office) if named and office[-1].casefold() in _PERSONS else phrase


def _parts(phrase: str) -> list[str]:
    """What somebody is, one by one: "former captain" and "winner of the cup" of "former captain and winner of the cup"."""
    *before, last = phrase.split()
    if before and last.endswith(".") and last[:-1].casefold() in ABBREVIATED_TITLES:  # "the party's nominee Gov."
        return [" ".join(before), last]
    parts = re.split(r"\s+and\s+(?:the\s+|an?\s+)?", phrase)
    return parts if len(parts) > 1 and all(words(part) and words(part)[-1] not in _TIED for part in parts) else []


def _in_part(title: Title, have: Title) -> bool:
    """Whether a credit is the title but for whose it is, and names no other owner."""
    lacking, more = title.keys - have.keys, have.keys - title.keys
    if (
        any(one.startswith("@") for one in (*lacking, *more))
        or more - _BODIES - _RANKS
        or len(have.keys & title.keys) < 2
    ):
        return False
    return fits(Title(title.keys - lacking, title.heads, title.former), have)


def _loosely(title: Title, have: Title, there: frozenset[str]) -> bool:
    """Whether a credit is of the kind that a title means, in a document that has most of the title's words, and all its names.

    A place or a name in the credit that the title has not makes them somebody else.
    """
    rest = title.keys - title.heads
    lacking = rest - have.keys
    another = have.names - title.keys - have.heads - _BODIES - _RANKS
    if another or not title.heads or not rest or not _same_kind(title, have) or (have.keys & _LESSER) - title.keys:
        return False
    if (have.former and not title.former) or not lacking & title.names <= there:
        return False
    if have.keys <= title.heads | have.heads | _RANKS:  # no more than "President": all else stands in the document
        return lacking <= there and not any(key.startswith("@") for key in lacking)
    return bool(rest & have.keys) and len(lacking - there) <= len(rest) / 2


def _named(phrase: str, keys: Keys) -> frozenset[str]:
    """The keys of the words of a phrase that are written with a capital, where small ones stand beside them."""
    if not any(word[:1].islower() for word in phrase.split()) and len(phrase.split()) < 2:
        return frozenset()
    return frozenset(
        _kin(key) for word in phrase.split() if word[:1].isupper() and not phrase.isupper() for key in keys.of(word)
    )


def _heads(phrase: str, keys: Keys) -> frozenset[str]:
    """The keys of the nouns that say what somebody is: "founder" and "president" of "founder and vice president of the club"."""
    if party := _PARTY.match(phrase):  # "R-Utah"
        return keys.of(_PARTIES[party[1]])
    front = _TIE.split(_spelt(lexicon.DETERMINERS.sub("", phrase)))[0]
    last = [part.split()[-1] for part in re.split(r"\band\b|&|/", front) if part.split()]
    ends = (words(phrase) or [""])[-1]
    if not any(one.casefold() in _PERSONS for one in last) and ends in _PERSONS:
        last.append(ends)  # "a Medal of Honor recipient"
    return frozenset(_kin(key) for word in last for key in keys.of(re.sub(r"-elect$", "", word)))


def _kept(phrase: str, keys: Keys, *, acronyms: bool) -> frozenset[str]:
    """The keys of a phrase's words, acronyms spelt out among them, each kind of source under one word."""
    phrase = _PARTY.sub(lambda m: f"{_PARTIES[m[1]]} {lexicon.state_of(m[2]) or m[2]}", phrase)
    # no word for having left an office
    phrase = re.sub(r"\bretiree(s?)\b", r"pensioner\1", phrase, flags=re.IGNORECASE)
    phrase = re.sub(r"\b(president|governor|senator)ial\b|\bgubernatorial\b", r"of-office", phrase, flags=re.IGNORECASE)
    plain = _spelt(re.sub(r"\bpress secretary\b", "spokesman", phrase.replace("-", " "), flags=re.IGNORECASE))
    found = keys.of(plain) | keys.of(_spelt(phrase)) | keys.of(" ".join(_acronyms(plain)) if acronyms else "")
    return frozenset(_kin(key) for key in found)


def _kin(key: str) -> str:
    return _GROUPS.get(key, key)


def _spelt(text: str) -> str:
    """A phrase with what is short for something in full: "U.S. Attorney" the American one, a "CEO" and a "chief executive" one word."""
    plain = _INITIALS.sub(lambda m: m[0].replace(".", ""), text)
    for short, whole in _IN_FULL:
        plain = short.sub(whole, plain)
    return _SHORT.sub(lambda m: ABBREVIATED_TITLES[m[1].lower()] + " ", plain)


def _acronyms(text: str) -> list[str]:
    """What the names in a text shorten to: "Service Employees International Union" to SEIU."""
    runs = re.findall(r"(?:[A-Z][\w’']+(?:\s+(?:of|for|and|the|on)(?=\s+[A-Z]))?\s*){2,}", text)
    found = []
    for run in runs:
        initials = [word[0] for word in run.split() if word[0].isupper()]
        found += ["".join(initials[i:j]) for i in range(len(initials)) for j in range(i + 2, len(initials) + 1)]
    return found


# Who somebody is by somebody else: "Darcy's housekeeper", "Bingley's sister" (pure).

_MUTUAL = {
    "running mate": "running mate", "wife": "husband", "husband": "wife", "spouse": "wife husband spouse", "brother": "brother sister",
    "sister": "brother sister", "cousin": "cousin", "rival": "rival", "opponent": "opponent", "colleague": "colleague", "partner": "partner",
    "predecessor": "successor", "successor": "predecessor", "father": "son daughter", "mother": "son daughter", "son": "father mother",
    "daughter": "father mother", "nephew": "uncle aunt", "niece": "uncle aunt", "uncle": "nephew niece", "aunt": "nephew niece",
    "counterpart": "counterpart",
}  # fmt: skip
_RELATION = re.compile(
    r"^(?:the\s+)?(?P<owner>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*)*?)(?:[’']s|(?<=s)[’'])\s+(?:\w+\s+)?(?P<what>"
    + "|".join(_MUTUAL)
    + r")$"
)


@dataclass(frozen=True, slots=True)
class Relation:
    """ "Darcy's sister": whose, and what to them; `back`: what the owner may be to that person."""

    owner: str
    what: str
    back: tuple[str, ...] = field(default=())


def relation_of(phrase: str) -> Relation | None:
    """The relation that a phrase names; None where it names none."""
    found = _RELATION.match(phrase)
    return Relation(found["owner"], found["what"], tuple(_MUTUAL[found["what"]].split())) if found else None


def related(relation: Relation, owner: Speaker, credits_seen: Sequence[Credit]) -> tuple[Speaker, ...]:
    """Those whom the documents call that to the owner, and those whose brother or predecessor the owner is called."""
    found: dict[Speaker, None] = {}
    for credit in credits_seen:
        told = set(words(f"{credit.words} {credit.of or ''}"))
        if credit.speaker != owner and set(words(relation.what)) <= told and _is_of(credit, owner):
            found[credit.speaker] = None
        elif credit.speaker == owner and told & set(relation.back):
            others = (c.speaker for c in credits_seen if c.document_id == credit.document_id and c.speaker != owner)
            found |= {other: None for other in others if _is_of(credit, other)}
    return tuple(found)


def _is_of(credit: Credit, owner: Speaker) -> bool:
    """Whether a credit says whose it is by the owner's name, and by no more of a name than that."""
    whose = f"{credit.words} {credit.of or ''}"
    named = re.search(rf"(?:\b([\w.’'-]+)\s+)?\b{re.escape(owner.name.split()[-1])}\b", whose)
    if owner.name in whose or named is None:
        return owner.name in whose
    return not named[1] or not named[1][:1].isupper() or folded(named[1]) in COURTESY
