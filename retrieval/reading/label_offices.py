"""Who holds the office that a label is: what titles, heads of texts and those who ask say about it (pure, linear)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.lexicon import FEMALE, MALE
from retrieval.model import Document
from retrieval.people import People
from retrieval.reading.label_forms import OFFICES, SMALL_WORDS
from retrieval.spelling import COURTESY, PARTICLES, SUFFIXES, cased, folded

# Words before an office that make it another's
STANDING_IN = frozenset(
    {
        "deputy",
        "acting",
        "assistant",
        "associate",
        "vice",
        "interim",
        "chief",
        "junior",
        "senior",
        "former",
        "then",
        "ex",
    }
)
_TIES = SMALL_WORDS - PARTICLES | frozenset({"with", "on", "by", "from", "at", "after", "before", "during"})
_SHORTEST = 3  # letters of a surname
# "of Ruritania," between an office and the name of its holder
_OF_WHOM = r"(?:\s(?:of|for)\s(?:the\s)?[A-Z][\w’'\-]+(?:\s(?:and\s)?[A-Z][\w’'\-]+){0,3},|,|:)?"
_NAME_RUN = re.compile(r"\s+(?:the\s)?[A-Z][\w’'\-]*\.?(?:[^\S\n]+(?:[A-Z][\w’'\-]*|[A-Z]\.|de|van|von|der|la))*")
_RUN_ABOVE = re.compile(
    r"(?:^|\n)[^\S\n]*((?:[A-Z][\w.’'\-]*[^\S\n]+){1,5}[A-Z][\w’'\-]*)(?:,[^\S\n]*(?:MP|AC|QC|KC))*,?\s+(?:the\s|The\s)?$"
)
_WORD_BEFORE = re.compile(r"([\w]+)[\s\-]+$")
_VOCATIVE = re.compile(
    r"(?:^|[.?!—–,-]\s+)(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Dame|Madam|President|Chair(?:man|woman)?|Minister|Secretary|Senator|General|Admiral)\.?\s"
    r"([A-Z][\w’'\-]+)(?=[,.?!])"
)
_AT_HOUSE = re.compile(r"\b(?:at|to|in|from)\sthe\sWhite\sHouse\b")
_HEAD = 2_000  # characters at either end that say where a record was made
_PRESIDES = re.compile(
    r"^(?:The\s)?President(?:\s\(spoke\sin|\.\s[–—-]\s|\s?[\[(]in\s|:\s+(?:Mr|Mrs|Ms|Miss|Dr|Sir|H\.E)\b)", re.MULTILINE
)


def named_with(office: str, text: str) -> Iterator[list[str]]:
    """For each place where a text gives somebody an office, the names that may stand behind it, longest first."""
    for match in re.finditer(rf"\b{re.escape(office)}(?={_OF_WHOM}\s)", text.replace("-", " "), re.IGNORECASE):
        if _is_anothers(text, match.start()):
            continue
        rest = text[match.end() : match.end() + 90]
        whose = re.match(_OF_WHOM, rest)
        run = _NAME_RUN.match(rest, whose.end() if whose else 0)
        words = _bare(run.group().split(), text) if run else []
        yield [" ".join(words[:size]) for size in range(min(4, len(words)), 0, -1)]


def _is_anothers(text: str, at: int) -> bool:
    """Whether a word before an office makes it another's: "Deputy Prime Minister"."""
    before = _WORD_BEFORE.search(text, max(0, at - 20), at)
    return before is not None and before[1].casefold() in STANDING_IN


def _bare(words: Sequence[str], text: str) -> list[str]:
    """The words of a name: forms of address before it and what follows it left out.

    Where capitals say nothing, because all is in capitals, a name begins with an initial, a given name or a form of address.
    """
    found: list[str] = []
    addressed = False
    for word in words:
        plain = folded(word)
        if plain in SUFFIXES or plain in OFFICES - COURTESY or (word.isupper() and plain in _TIES):
            break
        if found or plain not in COURTESY:
            found.append(cased(word) if len(word) > 2 else word)
        addressed = addressed or (not found and plain in COURTESY - {"the"})
    if not found or len(folded(found[-1])) < _SHORTEST:
        return []
    shouted = words[-1].isupper() and text.isupper()
    sure = addressed or len(folded(found[0])) == 1 or folded(found[0]) in MALE | FEMALE
    return found if sure or not shouted else []


def holders(office: str, text: str) -> set[str]:
    """The names that a title or the head of a text gives an office, behind it or on the line above it."""
    behind = {tokens[0] for tokens in named_with(office, text) if tokens}
    above = set()
    for match in re.finditer(rf"\b{re.escape(office)}\b", text, re.IGNORECASE):
        run = _RUN_ABOVE.search(text, max(0, match.start() - 120), match.start())
        words = _bare(run[1].split(), text) if run is not None and not _is_anothers(text, match.start()) else []
        if len(words) > 1:
            above.add(" ".join(words))
    return behind or above


def addressees(words: str) -> list[str]:
    """The surnames by which somebody who asks addresses whom: "Mr. Pickwick, will you slide?"."""
    return [m[1] for m in _VOCATIVE.finditer(words) if folded(m[1]) not in OFFICES]


def seat_of(document: Document, people: People) -> str | None:
    """The country whose office publishes a record, as its publisher, its address or what is said in it tells."""
    words = (document.publisher or "").split()
    runs = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 4, len(words) + 1)))
    named = {country.name for run in runs if (country := people.places.find(run)) is not None}
    if named:
        return named.pop() if len(named) == 1 else None
    text = document.text
    house = "whitehouse" in (document.url or "") or _AT_HOUSE.search(text[:_HEAD]) or _AT_HOUSE.search(text[-_HEAD:])
    return "United States" if house else None


def presides(text: str) -> bool:
    """Whether "the President" of a record is whoever has the chair of a council or a parliament."""
    return _PRESIDES.search(text) is not None


def listed_holder(office: str, head: str) -> str | None:
    """Who holds an office, as a list above the record says: "President: Mr. Valjean (Montreuil)"."""
    line = rf"^[^\S\n]*{re.escape(office)}:[^\S\n]+(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame)\.?[^\S\n])?([A-Z][\w.’'\- ]{{1,60}}?)[^\S\n]*(?:[(.,;].*)?$"
    found = {" ".join(m[1].split()) for m in re.finditer(line, head, re.MULTILINE | re.IGNORECASE)}
    return found.pop() if len(found) == 1 else None
