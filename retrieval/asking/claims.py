"""A pasted text -> the quotations that it claims, each with whom its own sentence names (pure, linear in the text)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval import lexicon
from retrieval.spelling import COURTESY
from retrieval.terms import STOP, fold

LONGEST = 6000  # characters of a pasted text that are read
MOST = 10  # quotations of one text that are checked
_FEW = 3  # words from which a text in quotation marks is a quotation and not a name for something
_NAME = 8  # words of whom a text credits, with the office
_BETWEEN = 90  # characters of a clause that a quotation is interrupted by
_OPEN, _CLOSE = "“„«\u201f", "”»"
_MARKS = re.compile(r"``|''|[“”„«»\u201f\"]")
_SINGLE = re.compile(r"(?<![\w’‘'])[‘']([^‘’'\n]*(?:[’'](?=\w)[^‘’'\n]*)*)[’'](?!\w)")
_SET_APART = re.compile(r"^\s*(?:&gt;|>)[\s>]*")
_BULLET = re.compile(r"^\s*(?:[-*•◦▪·]|\(?\d{1,2}[.)])\s+")
_DASH = re.compile(r"^\s*(?:[–—―]|--|-)\s*(?=\S)")
_LINE_ENDS = re.compile(r"\r\n?|[\n\u2028\u2029]")
_TOKENS = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|St|Sen|Gen|Rep|Gov|Lt|Col|Capt|Prof|Rev|Jr|Sr)\.|@?[^\W_]+(?:[.'’-](?=[^\W_])[^\W_]+)*|[^\w\s]|_"
)
_SENTENCE_END = re.compile(r"[.!?][”\"’)]*\s")
_SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Gen|Rep|Gov|Lt|Col|Capt|Sgt|Prof|Rev|Hon|Jr|Sr|[A-Z])\.$")
_STRESSED = re.compile(r"(?<![\w*])[*_~]+(?=[\w“\"‘])|(?<=[\w.,!?”\"’])[*_~]+(?![\w*])")
_ENDS = frozenset(".!?")
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
class Claim:
    """Words that a text gives as a quotation, and whom it credits with them, as it names them ("the ambassador")."""

    words: str
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """The quotations of a pasted text, and whether more of it was left unread."""

    claims: tuple[Claim, ...]
    cut: bool = False  # the text was longer than what is read
    more: int = 0  # further quotations


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, a bullet or a run of lines that are set apart as a quotation."""

    text: str
    apart: bool = False
    credit: str = ""  # of a line below it that only says whose words they are


@dataclass(frozen=True, slots=True)
class _Marked:
    """Words in quotation marks, and where the marks stand."""

    start: int
    end: int
    words: str
    closed: bool = True


def pasted(text: str, is_name: Callable[[str], bool] = lambda _words: False) -> Pasted:
    """What a text claims to be quotations. `is_name` says whether words written small are somebody's name."""
    blocks = list(_blocks(text[:LONGEST]))
    marked = [_marked(block.text) for block in blocks]
    plain = any(block.apart for block in blocks), any(marked)
    found: list[Claim] = []
    for number, (block, quotations) in enumerate(zip(blocks, marked, strict=True)):
        if quotations:
            claims = _of_marked(block, quotations, blocks, number)
            if found and marked[number - 1] and not marked[number - 1][-1].closed and not found[-1].whom:
                found[-1] = replace(found[-1], whom=claims[0].whom)  # a quotation of several paragraphs
            found += claims
        elif block.apart or not any(plain):
            lead = blocks[number - 1].text if number and block.apart and not blocks[number - 1].apart else ""
            found += _of_plain(block, lead, is_name)
    found = _telling(list(dict.fromkeys(_named(found))))
    return Pasted(tuple(found[:MOST]), cut=len(text) > LONGEST, more=max(0, len(found) - MOST))


def _telling(claims: list[Claim]) -> list[Claim]:
    """The claims without names for something in quotation marks, where there are longer ones."""
    return [c for c in claims if len(c.words.split()) >= _FEW] or claims


def _blocks(text: str) -> Iterator[_Block]:
    """The paragraphs of a text, bullets and quoted lines by themselves."""
    held: list[str] = []
    apart = False
    made: list[_Block] = []

    def done() -> None:
        words = " ".join(" ".join(held).split())
        if words:
            made.append(_Block(words, apart))
        held.clear()

    for raw in _LINE_ENDS.split(text):
        set_apart = _SET_APART.match(raw)
        line = _STRESSED.sub("", raw[set_apart.end() :] if set_apart else raw).strip()
        credit = _credit_line(line)
        if bool(set_apart) != apart or not line or _BULLET.match(line) or credit:
            done()
            apart = bool(set_apart)
            if credit and made and not made[-1].credit:
                made[-1] = replace(made[-1], credit=credit)
                continue
            line = _BULLET.sub("", line)
        held.append(line)
    done()
    for number in range(len(made) - 1, 0, -1):  # a name below several quoted paragraphs is that of all of them
        if made[number].apart and made[number - 1].apart and not made[number - 1].credit:
            made[number - 1] = replace(made[number - 1], credit=made[number].credit)
    yield from made


def _tokens(text: str) -> list[str]:
    """The words and marks of a text."""
    return [found[0] for found in _TOKENS.finditer(text)]


def _credit_line(line: str) -> str:
    """Whom a line of its own credits: "— Mark Rutte, NATO chief"; empty where it is none."""
    dash = _DASH.match(line)
    rest = line[dash.end() :] if dash else ""
    if not rest or _MARKS.search(rest) or len(rest.split()) > 2 * _NAME or rest[-1] in ".!?:—–-":
        return ""
    name = rest.partition(",")[0].partition("(")[0].split()
    plain = all(w[:1].isupper() or w[:1] == "@" or fold(w) in lexicon.PARTICLES | {"of", "the", "for"} for w in name)
    return rest if plain and _is_name_like(rest) and not any(w.endswith(".") and len(w) > 4 for w in name) else ""


def _marked(text: str) -> list[_Marked]:
    """The words in quotation marks, read once from left to right; what is not closed ends with the paragraph."""
    found: list[_Marked] = []
    start: int | None = None
    inner = 0
    for mark in _MARKS.finditer(text):
        opens = mark[0] in _OPEN or mark[0] == "``" or (mark[0] in "\"“''" and start is None)
        if start is None and (mark[0] in _CLOSE or (opens and _shuts(text, mark.start()))):
            begun = found[-1].end + 1 if found else 0  # words whose own opening mark was not copied
            found.append(_Marked(begun, mark.start(), text[begun : mark.start()].strip()))
        elif start is None:
            if opens:
                start = mark.end()
        elif (mark[0] in _OPEN and mark[0] != "“") or (
            mark[0] == "“" and text[start - 1] not in "„‚" and not _closes(text, mark.start())
        ):
            inner += 1
        elif inner and mark[0] in _CLOSE:
            inner -= 1
        else:
            found.append(_Marked(start, mark.start(), text[start : mark.start()].strip()))
            start, inner = None, 0
    if start is not None:
        found.append(_Marked(start, len(text), text[start:].strip(), closed=False))
    if not found:
        found = [_Marked(m.start(1), m.end(1), m[1].strip()) for m in _SINGLE.finditer(text)]
        inside = sum(len(m.words.split()) for m in found)
        found = [m for m in found if len(m.words.split()) >= _FEW] if 2 * inside >= len(text.split()) else []
    return [m for m in found if any(c.isalnum() for c in m.words)]


def _shuts(text: str, at: int) -> bool:
    """Whether a straight mark can only close: it stands right behind a word and before a space."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return text[at] == '"' and (before.isalnum() or before in set(",.!?…")) and bool(before) and after.isspace()


def _closes(text: str, at: int) -> bool:
    """Whether a mark that mostly opens closes here: „…“ in the German manner, or a slip."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isspace() and (not after or not after.isalnum())


def _of_marked(block: _Block, quotations: Sequence[_Marked], blocks: Sequence[_Block], number: int) -> list[Claim]:
    """The claims of a paragraph with quotation marks; parts that a clause interrupts are one."""
    claims: list[Claim] = []
    open_end = False  # the quotation goes on after a clause
    for i, one in enumerate(quotations):
        since = quotations[i - 1].end + 1 if i else 0
        until = quotations[i + 1].start - 1 if i + 1 < len(quotations) else len(block.text)
        before, after = block.text[since : one.start - 1], block.text[one.end + 1 : until]
        goes_on = open_end
        open_end = bool(i + 1 < len(quotations) and _interrupts(one.words, after))
        if goes_on:
            claims[-1] = replace(claims[-1], words=f"{claims[-1].words} {one.words}")
            credit = claims[-1].whom or _behind(after, closed=one.words[-1:] in _ENDS)
            claims[-1] = replace(claims[-1], whom=credit)
            continue
        # What stands between two quotations credits the one before it, unless it leads into the next.
        own_before = _ahead(_last_sentence(before), led=True) if not i or not _belongs_before(before) else ""
        whom = own_before or _behind(after, closed=one.words[-1:] in _ENDS)
        if not whom and not i:
            whom = block.credit or (_ahead(blocks[number - 1].text, led=True) if _leads(blocks, number) else "")
        credited = claims[-1].whom if claims and not whom else ""  # “…,” he said. “…”
        claims.append(Claim(one.words, whom or credited or block.credit))
    return claims


def _leads(blocks: Sequence[_Block], number: int) -> bool:
    return number > 0 and not blocks[number - 1].apart and blocks[number - 1].text.rstrip().endswith(":")


def _interrupts(words: str, between: str) -> bool:
    """Whether what stands after a quotation only interrupts it: “…,” he said, “…”."""
    clause = between.strip()
    if not clause or len(clause) > _BETWEEN or clause[-1] in ".!?:;":
        return False
    return words.rstrip()[-1:] not in ".!?" and clause.endswith((",", "—", "–", "-", "that"))


def _belongs_before(between: str) -> bool:
    """Whether the text between two quotations only credits the first of them."""
    return not _last_sentence(between).strip(" ,;:—–-.")


def _last_sentence(text: str) -> str:
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


def _behind(after: str, *, closed: bool = False) -> str:
    """Whom the text after a quotation credits: “…,” said Mr Kelin; “…” — Kelin; “…” (Kelin).

    `closed`: the quotation ends its sentence itself.
    """
    bare = after.lstrip(' ,;:”"’')
    text = _first_sentence(bare.lstrip(".")).strip()
    ended = bare[:1] in _ENDS or (closed and text[:1].isupper() and len(text.split()) > _NAME)
    if ended and not text.startswith(("(", "—", "–", "-", "~")):
        return ""  # the next sentence speaks of somebody else
    dash = _DASH.match(text)
    if dash or text.startswith(("(", "[", "~")):
        return _name_of(_tokens(text.lstrip("~([—–-― ")))
    tokens = _tokens(text)
    if not tokens:
        return ""
    if fold(tokens[0]) in _SOURCE_WORDS or text.casefold().startswith("according to"):
        skip = 2 if text.casefold().startswith("according to") else 1
        return _name_of(tokens[skip:]) if _is_name_like(" ".join(tokens[skip : skip + _NAME])) else ""
    if tokens[0].startswith("@"):
        return tokens[0]
    verb = next((i for i, token in enumerate(tokens[: _NAME + 4]) if fold(token) in _SAYS), None)
    if verb is None:
        return _name_of(tokens) if len(tokens) <= _NAME and _is_name_like(text) else ""
    ahead = _before_verb(tokens[:verb])
    return ahead or _name_of(tokens[verb + 1 :])


def _ahead(before: str, *, led: bool = False) -> str:
    """Whom the text before a quotation credits: Kelin said: “…”; Kelin: “…”; according to Kelin, “…”."""
    text = before.rstrip()
    tokens = _tokens(text)
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
    if source is not None and tokens[source + 1 : source + 2] and _is_name_like(tokens[source + 1]):
        return _name_of(tokens[source + 1 :])
    if text.endswith((":", "—", "–", "-")) and len(tokens) <= 2 * _NAME:
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
        if len(kept) == 2 * _NAME:
            break
    return _trimmed(kept)


def _trimmed(tokens: Sequence[str]) -> str:
    """The part of words that can name somebody: without what only leads in ("But", "when asked")."""
    kept = list(tokens)
    while len(kept) > 1 and kept[0].islower() and fold(kept[0]) not in lexicon.PARTICLES | {"the"}:
        kept.pop(0)
    while len(kept) > 1 and fold(kept[0]) in STOP - {"the", "mr", "mrs", "ms", "dr", "sir", "he", "she", "they"}:
        kept.pop(0)
    return " ".join(kept[-2 * _NAME :])


_LEADING = COURTESY | {"the", "a", "an", "von", "van", "de"}


def _is_name_like(text: str) -> bool:
    """Whether words may name somebody as they are written: the first one that counts is capital, and none closes a sentence."""
    first = next((t for t in _tokens(text) if fold(t).rstrip(".") not in _LEADING), "")
    return first.startswith("@") or (first[:1].isupper() and fold(first) not in STOP)


# A quotation that no marks set off.


def _of_plain(block: _Block, before: str, is_name: Callable[[str], bool]) -> list[Claim]:
    """The claim of a paragraph without marks, less what credits it."""
    text = block.text
    if block.apart:
        return (
            [Claim(text, block.credit or _ahead(before, led=True))]
            if before or block.credit
            else [_uncredited(text, is_name)]
        )
    claim = _uncredited(text, is_name)
    return [replace(claim, whom=claim.whom or block.credit)]


def _uncredited(text: str, is_name: Callable[[str], bool]) -> Claim:
    """The words and whom they are credited to, by what stands before or after them in the same line."""
    for reading in (_labelled, _told_ahead, _told_behind, _signed):
        if (claim := reading(text, is_name)) is not None:
            return claim
    return Claim(text)


def _may_name(words: str, is_name: Callable[[str], bool]) -> bool:
    tokens = words.split()
    if not tokens or len(tokens) > _NAME:
        return False
    capital = sum(t[:1].isupper() or t[:1] == "@" for t in tokens)
    small = [t for t in tokens if t[:1].islower() and fold(t) not in lexicon.PARTICLES | {"the", "for", "and"}]
    return (capital > 0 and not small and _is_name_like(words)) or is_name(words)


def _labelled(text: str, is_name: Callable[[str], bool]) -> Claim | None:
    """ "Rutte: …", "Rutte said: …", "RT @rutte: …", "@rutte …"."""
    if text.startswith("@"):
        who, _, rest = text.partition(" ")
        return Claim(rest.strip(), who.rstrip(":,")) if rest.strip() else None
    label, colon, rest = text.removeprefix("RT ").partition(": ")
    if not colon or len(label.split()) > _NAME + 4 or not rest.strip():
        return None
    whom = _ahead(f"{label}:")
    named = _may_name(label, is_name) or (whom and whom != label and _may_name(whom, is_name))
    return Claim(rest.strip(), whom or label) if named else None


def _told_ahead(text: str, is_name: Callable[[str], bool]) -> Claim | None:
    """ "Per Rutte, …", "According to Rutte, …", "Rutte said (that) …"."""
    lead = re.match(r"(?:per|via|according to|from)\s+([^,:]{2,80})[,:]\s+", text, re.IGNORECASE)
    if lead and _may_name(lead[1], is_name):
        return Claim(text[lead.end() :], lead[1])
    tokens = text.split()
    for i, token in enumerate(tokens[1 : _NAME + 2], start=1):
        if fold(token.strip(",:")) in _SAID_SO and len(tokens) > i + 1 + _FEW:
            whom = " ".join(tokens[:i])
            rest = tokens[i + 1 :]
            rest = rest[1:] if fold(rest[0]) == "that" else rest
            return Claim(" ".join(rest), whom) if _may_name(whom.rstrip(","), is_name) else None
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


def _told_behind(text: str, is_name: Callable[[str], bool]) -> Claim | None:
    """ "…, Rutte said", "…, said Rutte", "…, per Rutte", "…, according to Rutte"."""
    words, comma, tail = text.rstrip(" .").rpartition(",")
    tokens = tail.split()
    if not comma or not 1 < len(tokens) <= _NAME + 2:
        return None
    whom = _behind(tail)
    speaks = any(fold(t) in _SAYS | _SOURCE_WORDS | {"according"} for t in (tokens[0], tokens[-1]))
    return Claim(words.strip(), whom) if speaks and whom and _may_name(whom, is_name) else None


def _signed(text: str, is_name: Callable[[str], bool]) -> Claim | None:
    """ "… — Mark Rutte", "… - Mark Rutte, NATO", "… (Rutte)", "… ~ Rutte"."""
    if text.endswith(")"):
        words, bracket, whom = text[:-1].rpartition("(")
        return Claim(words.strip(), whom) if bracket and words.strip() and _may_name(whom, is_name) else None
    at = max(text.rfind(f" {dash} ") for dash in ("—", "–", "-", "--", "~"))
    at = at if at >= 0 else max(text.rfind(dash) for dash in ("—", "―", "~"))
    if at <= 0:
        return None
    whom = text[at:].strip(" —–―-~.")
    name = whom.partition(",")[0]
    return Claim(text[:at].strip(), whom) if _may_name(name, is_name) else None


# Whose words they are where a sentence only says "he".

_PRONOUNS = frozenset(["he", "she", "they", "him", "her", "them", "his"])


def _named(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims, "he" taken for whoever the text credited last."""
    last = ""
    for claim in claims:
        if fold(claim.whom) in _PRONOUNS:
            yield replace(claim, whom=last)
        else:
            last = claim.whom or last
            yield claim
