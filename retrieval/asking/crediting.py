"""Words that a text gives as a quotation -> whom it credits with them, by what stands before or behind them (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval import lexicon
from retrieval.spelling import COURTESY
from retrieval.terms import STOP, fold

FEW = 3  # words from which a text in quotation marks is a quotation and not a name for something
NAME = 8  # words of whom a text credits, with the office
DASH = re.compile(r"^\s*(?:[–—―]|--|-)\s*(?=\S)")
_TOKENS = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|St|Sen|Gen|Rep|Gov|Lt|Col|Capt|Prof|Rev|Jr|Sr)\.|@?[^\W_]+(?:[.'’-](?=[^\W_])[^\W_]+)*|[^\w\s]|_"
)
_SENTENCE_END = re.compile(r"[.!?][”\"’)]*\s")
_SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Gen|Rep|Gov|Lt|Col|Capt|Sgt|Prof|Rev|Hon|Jr|Sr|[A-Z])\.$")
ENDS = frozenset(".!?")
_SOURCE_WORDS = frozenset(["by", "per", "via", "from", "to", "as"])
_SAYS = (
    lexicon.SPEECH
    | lexicon.SAY
    | frozenset(
        [
            "put",
            "puts",
            "went",
            "goes",
            "vowed",
            "vows",
            "noted",
            "notes",
            "continued",
            "continues",
            "concluded",
            "began",
            "begins",
        ]
    )
)
_COMMA = frozenset(",")
_PARTS = frozenset(",;:—–()")
_ENDS_NAME = frozenset(
    [
        "who",
        "whom",
        "which",
        "that",
        "when",
        "while",
        "after",
        "before",
        "as",
        "on",
        "in",
        "at",
        "during",
        "last",
        "this",
        "earlier",
        "yesterday",
        "today",
    ]
)


@dataclass(frozen=True, slots=True)
class ClaimedWords:
    """Words that a text gives as a quotation, and whom it credits with them, as it names them ("the ambassador")."""

    words: str
    whom: str = ""


def tokens_of(text: str) -> list[str]:
    """The words and marks of a text."""
    return [found[0] for found in _TOKENS.finditer(text)]


def last_sentence(text: str) -> str:
    """What of a text belongs to the sentence that its end stands in."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if not _SHORTENED.search(text[max(0, found.start() - 5) : found.start() + 1]):
            start = found.end()
    return text[start:]


def _first_sentence(text: str) -> str:
    for found in _SENTENCE_END.finditer(text + " "):
        if not _SHORTENED.search(text[max(0, found.start() - 5) : found.start() + 1]):
            return text[: found.start()]
    return text


def behind(after: str, *, closed: bool = False) -> str:
    """Whom the text after a quotation credits: “…,” said Mr Kelin; “…” — Kelin; “…” (Kelin).

    `closed`: the quotation ends its sentence itself.
    """
    bare = after.lstrip(' ,;:”"’')
    text = _first_sentence(bare.lstrip(".")).strip()
    ended = bare[:1] in ENDS or (closed and text[:1].isupper() and len(text.split()) > NAME)
    if ended and not text.startswith(("(", "—", "–", "-", "~")):
        return ""  # the next sentence speaks of somebody else
    dash = DASH.match(text)
    if dash or text.startswith(("(", "[", "~")):
        return _name_of(tokens_of(text.lstrip("~([—–-― ")))
    tokens = tokens_of(text)
    if not tokens:
        return ""
    if fold(tokens[0]) in _SOURCE_WORDS or text.casefold().startswith("according to"):
        skip = 2 if text.casefold().startswith("according to") else 1
        return _name_of(tokens[skip:]) if is_name_like(" ".join(tokens[skip : skip + NAME])) else ""
    if tokens[0].startswith("@"):
        return tokens[0]
    verb = next((i for i, token in enumerate(tokens[: NAME + 4]) if fold(token) in _SAYS), None)
    if verb is None:
        return _name_of(tokens) if len(tokens) <= NAME and is_name_like(text) else ""
    ahead = _before_verb(tokens[:verb])
    return ahead or _name_of(tokens[verb + 1 :])


def ahead(before: str, *, led: bool = False) -> str:
    """Whom the text before a quotation credits: Kelin said: “…”; Kelin: “…”; according to Kelin, “…”."""
    text = before.rstrip()
    tokens = tokens_of(text)
    while tokens and tokens[-1] in {":", ",", "—", "–", "-", "that", "“", '"', "‘"}:
        led = True
        tokens.pop()
    if not tokens or not led:
        return ""
    low = [fold(token) for token in tokens]
    for i in range(len(tokens) - 1, -1, -1):
        if low[i] == "according" and low[i + 1 : i + 2] == ["to"]:
            return _name_of(tokens[i + 2 :])
    verbs = [i for i, word in enumerate(low) if word in _SAYS and not tokens[i].istitle() and i]
    verb = verbs[-1] if verbs else None
    if verb is not None:
        return _before_verb(tokens[:verb]) or _name_of(tokens[verb + 1 :])
    source = next((i for i, word in enumerate(low) if word in {"by", "from", "per", "via"}), None)
    if source is not None and is_name_like(" ".join(tokens[source + 1 : source + 4])):
        return _name_of(tokens[source + 1 :])
    if text.endswith((":", "—", "–", "-")) and len(tokens) <= 2 * NAME:
        return _name_of(tokens)
    return tokens[0] if tokens[0].startswith("@") else ""


def _before_verb(tokens: Sequence[str]) -> str:
    """The subject that stands before a verb of speech, an aside in commas left out: "Kelin, the ambassador, said"."""
    kept = list(tokens)
    while kept and (fold(kept[-1]) in lexicon.ASIDES | lexicon.AUXILIARIES or kept[-1].endswith("ly")):
        kept.pop()
    if kept and kept[-1] in _COMMA:
        earlier = [i for i, one in enumerate(kept[:-1]) if one in _COMMA]
        kept = kept[: earlier[-1]] if earlier else kept[:-1]
    start = max((i + 1 for i, one in enumerate(kept) if one in _PARTS), default=0)
    return _trimmed(kept[start:])


def _name_of(tokens: Sequence[str]) -> str:
    """Whom words that begin with a name name: up to a comma, "who", or what is said of when and where."""
    kept: list[str] = []
    for token in tokens:
        if (not token[0].isalnum() and token[0] not in "@&") or (kept and fold(token) in _ENDS_NAME):
            break
        kept.append(token)
        if len(kept) == 2 * NAME:
            break
    return _trimmed(kept)


def _trimmed(tokens: Sequence[str]) -> str:
    """The part of words that can name somebody: without what only leads in ("But", "when asked")."""
    kept = list(tokens)
    while len(kept) > 1 and kept[0].islower() and fold(kept[0]) not in lexicon.PARTICLES | {"the"}:
        kept.pop(0)
    while len(kept) > 1 and fold(kept[0]) in STOP - {"the", "mr", "mrs", "ms", "dr", "sir", "he", "she", "they"}:
        kept.pop(0)
    return " ".join(kept[-2 * NAME :])


_LEADING = COURTESY | {"the", "a", "an", "von", "van", "de"}


def is_name_like(text: str) -> bool:
    """Whether words may name somebody as they are written: the first one that counts is capital, and none closes a sentence."""
    tokens = [t for t in tokens_of(text) if fold(t).rstrip(".") not in _LEADING]
    first = tokens[0] if tokens else ""
    given = fold(first) in lexicon.MALE | lexicon.FEMALE and tokens[1:] and tokens[1][:1].isupper()  # "Will Ladislaw"
    return first.startswith("@") or (first[:1].isupper() and (fold(first) not in STOP or bool(given)))


# A quotation that no marks set off.


def uncredited(text: str, is_name: Callable[[str], bool]) -> ClaimedWords:
    """The words and whom they are credited to, by what stands before or after them in the same line."""
    for reading in (_labelled, _told_ahead, _told_behind, _signed):
        if (claim := reading(text, is_name)) is not None:
            return claim
    return ClaimedWords(text)


def _may_name(words: str, is_name: Callable[[str], bool]) -> bool:
    tokens = words.split()
    if not tokens or len(tokens) > NAME:
        return False
    capital = sum(t[:1].isupper() or t[:1] == "@" for t in tokens)
    small = [t for t in tokens if t[:1].islower() and fold(t) not in lexicon.PARTICLES | {"the", "for", "and"}]
    return (capital > 0 and not small and is_name_like(words)) or is_name(words)


def _labelled(text: str, is_name: Callable[[str], bool]) -> ClaimedWords | None:
    """ "Rutte: …", "Rutte said: …", "RT @rutte: …", "@rutte …"."""
    if text.startswith("@"):
        who, _, rest = text.partition(" ")
        return ClaimedWords(rest.strip(), who.rstrip(":,")) if rest.strip() else None
    label, colon, rest = text.removeprefix("RT ").partition(": ")
    if not colon or len(label.split()) > NAME + 4 or not rest.strip():
        return None
    whom = ahead(f"{label}:")
    named = _may_name(label, is_name) or (whom and whom != label and _may_name(whom, is_name))
    return ClaimedWords(rest.strip(), whom or label) if named else None


def _told_ahead(text: str, is_name: Callable[[str], bool]) -> ClaimedWords | None:
    """ "Per Rutte, …", "According to Rutte, …", "Rutte said (that) …"."""
    lead = re.match(r"(?:per|via|according to|from)\s+([^,:]{2,80})[,:]\s+", text, re.IGNORECASE)
    if lead and _may_name(lead[1], is_name):
        return ClaimedWords(text[lead.end() :], lead[1])
    tokens = text.split()
    for i, token in enumerate(tokens[1 : NAME + 2], start=1):
        if fold(token.strip(",:")) in _SAID_SO and len(tokens) > i + 1 + FEW:
            whom = " ".join(tokens[:i])
            rest = tokens[i + 1 :]
            rest = rest[1:] if fold(rest[0]) == "that" else rest
            return ClaimedWords(" ".join(rest), whom) if _may_name(whom.rstrip(","), is_name) else None
    return None


_SAID_SO = frozenset(
    [
        "said",
        "says",
        "wrote",
        "writes",
        "tweeted",
        "tweets",
        "posted",
        "posts",
        "stated",
        "claimed",
        "claims",
        "declared",
    ]
)


def _told_behind(text: str, is_name: Callable[[str], bool]) -> ClaimedWords | None:
    """ "…, Rutte said", "…, said Rutte", "…, per Rutte", "…, according to Rutte"."""
    words, comma, tail = text.rstrip(" .").rpartition(",")
    tokens = tail.split()
    if not comma or not 1 < len(tokens) <= NAME + 2:
        return None
    whom = behind(tail)
    speaks = any(fold(t) in _SAYS | _SOURCE_WORDS | {"according"} for t in (tokens[0], tokens[-1]))
    return ClaimedWords(words.strip(), whom) if speaks and whom and _may_name(whom, is_name) else None


def _signed(text: str, is_name: Callable[[str], bool]) -> ClaimedWords | None:
    """ "… — Mark Rutte", "… - Mark Rutte, NATO", "… (Rutte)", "… ~ Rutte"."""
    if text.endswith(")"):
        words, bracket, whom = text[:-1].rpartition("(")
        return ClaimedWords(words.strip(), whom) if bracket and words.strip() and _may_name(whom, is_name) else None
    at = max(text.rfind(f" {dash} ") for dash in ("—", "–", "-", "--", "~"))
    at = at if at >= 0 else max(text.rfind(dash) for dash in ("—", "―", "~"))
    if at <= 0:
        return None
    whom = text[at:].strip(" —–―-~.")
    name = whom.partition(",")[0]
    return ClaimedWords(text[:at].strip(), whom) if _may_name(name, is_name) else None
