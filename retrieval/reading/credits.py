"""The descriptions that stand around a name: titles before it, appositions behind it, fuller forms earlier on (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.lexicon import BODY_NOUNS, DETERMINERS, PERSON_NOUNS, STRONG, is_person_noun, with_state
from retrieval.reading.name_mentions import Mention
from retrieval.role_words import FURTHER, KIN, LINK, OPENERS, THIN, TITLE_WORDS
from retrieval.spelling import folded

_TOKEN = re.compile(r"[^\W_][\w’'.\-]*|[^\w\s]")
_ABBREVIATED = {"Sen.": "Senator", "Gov.": "Governor", "Rep.": "Representative", "Amb.": "Ambassador"}
_ABBREVIATION = r"(?<=\b[A-Z])\.(?=[A-Z]\b)|(?<=\.[A-Z])\.(?=\s\w)"  # the stops of "U.K." end no role
_ROLE = rf"(?P<role>(?:[^,.;:()“”\"\n]|{_ABBREVIATION}){{4,120}})"
_APPOSITION = re.compile(rf"\s*,\s*{_ROLE}")
# Where a description goes on to something else: "editor and a relative of Casaubon", "staff for men such as …"
_CUT = re.compile(r"\s(?:who|whose|which|and (?:an?|the|his|her)|whom|such as|like|including|under)\s")
_DESCRIBING = re.compile(r"(?:[A-Z]\.){2,}|[\w’'\-]+")
_PREDICATE = re.compile(
    r",?\s(?:who\s)?(?:is|serves\sas|served\sas|has\sserved\sas|became|was\s(?:elected|appointed|named|made|sworn\sin\sas))\s(?:the\s|an?\s)?"
    + _ROLE
)
_OPENS_CLAUSE = frozenset(
    "as while when where if but after before because since although though in on at with for to of by from and or so yet".split()  # noqa: SIM905 - a list of words reads better as one
)
_WHEN = re.compile(r"\s(?:since|during|in\s\d|in\s[A-Z]|on\s|after|until|under|for\s(?:the\slast|\w+\syears))")
_LONG_WINDOW = 180
_NEW_CLAUSE = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "it",
        "but",
        "more",
        "because",
        "as",
        "than",
    ]
)
_ANY_FIRM = frozenset(["company", "firm", "group", "organization", "organisation", "agency"])
_FIRM_REACH = 1_200  # characters before "the company" in which it is named
_SHORT = 4  # letters of the words that a headline leaves small
_FEW = 3  # long words of a line that are a name and no headline
_WINDOW = 110
COURTESY_ONLY = frozenset(["sir", "mr", "mrs", "ms", "dr", "dame", "lord", "lady", "baroness", "mx"])


def is_role(words: str) -> bool:
    """Whether a description names an office or a calling."""
    if any(w.casefold() in FURTHER for w in words.split()):
        return True
    return any(
        w.casefold().strip("’'s") in PERSON_NOUNS or is_person_noun(w.casefold())
        for w in re.findall(r"[\w’'\-]+", words)
    )


def title_before(text: str, name: Mention, own: frozenset[str] = frozenset()) -> str | None:
    """The title right in front of a name, with the state in brackets behind it: "Vermont Senator" of "Sen. X (D-Vt.)"."""
    title = _title_before(text, name, own)
    return with_state(text, name.end, title) if title else None


def _title_before(text: str, name: Mention, own: frozenset[str]) -> str | None:
    """The title right in front: "Lithuanian Foreign Minister" of "said Lithuanian Foreign Minister X"."""
    start = max(0, name.start - _WINDOW)
    before = text[start : name.start]
    before = before[max(before.rfind("\n"), before.rfind("”"), before.rfind("“")) + 1 :]
    if not before.endswith((" ", "\u00a0")):
        return None
    if before.rstrip().endswith(","):  # "NATO's Secretary General, Jens Stoltenberg, …": closed on both sides
        if " " not in name.text or text[name.end : name.end + 1] not in (",", ".", ")"):
            return None
        before = before.rstrip()[:-1] + " "
    kept: list[str] = []
    tokens = _TOKEN.findall(before)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        lower = token.casefold()
        if (
            lower in ("in", "at")
            and kept
            and at
            and tokens[at - 1].casefold() in PERSON_NOUNS
            and tokens[at - 1][-1] != "s"
        ):
            kept.append(token)  # "the party's candidate in Nantucket, Ahab"
            continue
        base = re.sub(r"['’]s?$", "", lower)
        if not token[0].isalnum() or lower in OPENERS or len(kept) >= 9 or _ends_sentence(token):
            break
        if (token.isupper() and len(token) > 5 and "-" not in token) or (
            token.istitle() and lower in STRONG and lower not in ("state", "states", "post", "report")
        ):
            break  # a headline
        if not (
            token[0].isupper() or lower in LINK or lower in TITLE_WORDS or base in PERSON_NOUNS or base in BODY_NOUNS
        ):
            break
        kept.append(token)
    kept.reverse()
    while kept and (kept[-1].casefold().rstrip(".") in COURTESY_ONLY or folded(kept[-1]) in own):
        kept.pop()  # "Prime Minister Sir", and a given name that was not taken for part of the name
    if kept and kept[-1].casefold() == "under":
        return None  # "the harbour master under President Ahab" is somebody else's office
    for i in range(len(kept) - 1, 0, -1):
        if kept[i].casefold() in ("for", "to") and is_role(" ".join(kept[i + 1 :])):
            kept = kept[i + 1 :]  # "a spokesman for Senator Ahab": the senator is Ahab
            break
    while kept and (kept[0].casefold() in LINK or kept[0].casefold() in OPENERS):
        kept.pop(0)
    if kept and kept[-1] in _ABBREVIATED:
        short = _ABBREVIATED[kept.pop()]
        whose = (
            kept and all(w[0].isupper() or w.casefold() in ("of", "the") for w in kept) and not is_role(" ".join(kept))
        )
        if whose and kept[-1].casefold() not in LINK:
            return " ".join((*kept, short))  # "South Carolina Gov. Ahab"
        if not kept or not is_role(" ".join(kept)) or kept[-1].casefold() in THIN | LINK:
            return short
    words = " ".join(kept)
    return words if kept and kept[-1].casefold() not in LINK and is_role(words) else None


def _ends_sentence(token: str) -> bool:
    """Whether a word ends a sentence, and is no "Sen." or "U.S."."""
    return token.endswith(".") and len(token) > 5 and "." not in token[:-1]


def apposition_after(text: str, name: Mention) -> str | None:
    """The description behind a name: "a professor at the university" of "X, a professor at the university, said"."""
    found = _APPOSITION.match(text, name.end, min(len(text), name.end + _WINDOW))
    if not found:
        return None
    words = _CUT.split(found["role"].strip())[0].strip()
    first = words.split()[0].casefold() if words else ""
    if not is_role(words) or len(words.split()) > 12 or first in _OPENS_CLAUSE:
        return None
    if (
        first not in ("the", "a", "an", "then", "now")
        and not words[0].isupper()
        and first not in PERSON_NOUNS
        and "'s" not in words
        and "’s" not in words
    ):
        return None
    if any(w.casefold() in STRONG and w.endswith(("ed", "id")) for w in words.split()):
        return None  # "X, the paper noted …"
    if re.search(r"\b(?:said|says|told|who|whose|which|has|had|was|were|is|are|will|would)\b", words):
        return None
    return words


def told_of(text: str, name: Mention) -> str | None:
    """What a sentence says that somebody is: "chairman of the council" of "X is the chairman of the council"."""
    found = _PREDICATE.match(text, name.end, min(len(text), name.end + _LONG_WINDOW))
    for part in re.split(r"\sand\s(?:the\s|an?\s)?", found["role"].strip()) if found else ():
        words = _CUT.split(_WHEN.split(part)[0])[0].strip()
        head = (list(heads_of(words)) or [""])[-1]
        if (
            (is_person_noun(head) or head in FURTHER)
            and head not in KIN
            and head[-1:] != "s"
            and len(words.split()) <= 10
        ):
            return words
    return None


def described_before(text: str, head: str, at: int, least: int = 2) -> str | None:
    """The fuller description with the same head that stands before `at`: "A senior U.S. official" for "the official"."""
    start = max(0, at - 12_000)
    found = None
    for match in re.finditer(rf"\b{re.escape(head)}\b", text[start:at]):
        end = start + match.end()
        words = [head]
        for token in reversed(text[max(0, end - len(head) - 80) : end - len(head)].rsplit("\n", 1)[-1].split()):
            if token.casefold() in ("a", "an", "one", "the", "another"):
                if len(words) >= least:
                    found = " ".join(words)
                break
            if not _DESCRIBING.fullmatch(token) or len(words) > 6 or token.casefold() in _NEW_CLAUSE:
                break
            words.insert(0, token)
    return found


def body_before(text: str, head: str, at: int) -> str | None:
    """The full name with the same head that stands before `at`: "Ukrainian Foreign Ministry" for "the Ministry"."""
    pattern = re.compile(rf"((?:[A-Z][\w.’'\-]*\s+){{1,5}}{re.escape(head.capitalize())})\b")
    found: list[str] = [
        " ".join(re.sub(r"^(?:The|A|An)\s+", "", m.group(1)).split())
        for m in pattern.finditer(text, max(0, at - 12_000), at)
        if not _in_headline(text, m.start())
    ]
    of_what = re.compile(
        rf"\b({re.escape(head.capitalize())}\s(?:of|on|for)\s(?:the\s)?[A-Z][\w’'\-]*(?:\s[A-Z][\w’'\-]*){{0,3}})"
    )
    found += [" ".join(m.group(1).split()) for m in of_what.finditer(text, max(0, at - 12_000), at)]
    full = [f for f in found if len(f.split()) > 1]
    if head in _ANY_FIRM and not (full and full[-1] in " ".join(text[max(0, at - _FIRM_REACH) : at].split())):
        return None  # "the company" is the one that is spoken of, which need not have the word in its name
    return full[-1] if full and len(set(full)) == 1 else None


def _in_headline(text: str, at: int) -> bool:
    """Whether a place is in a line that is written large throughout: "Popular Website Shows Bias"."""
    end = text.find("\n", at)
    line = text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]
    long = [w for w in re.findall(r"[^\W\d_]+", line[:300]) if len(w) > _SHORT]
    return len(long) > _FEW and all(w[0].isupper() for w in long)


def heads_of(words: str) -> Sequence[str]:
    """The words of a description before its first preposition or comma, in small letters."""
    front = re.split(r"\b(?:of|for|from|in|at|with|on|to|who)\b|,", DETERMINERS.sub("", words))[0]
    return [w.casefold() for w in re.findall(r"[^\W\d_][\w’'\-]*", front)]
