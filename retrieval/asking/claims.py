"""A pasted text -> the quotations that it claims, each with whom its own sentence names (pure, linear in the text)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval import lexicon
from retrieval.asking.crediting import (
    DASH,
    ENDS,
    FEW,
    NAME,
    ClaimedWords,
    ahead,
    behind,
    is_name_like,
    last_sentence,
    uncredited,
)
from retrieval.terms import fold

LONGEST = 6000  # characters of a pasted text that are read
MOST = 10  # quotations of one text that are checked
_BETWEEN = 90  # characters of a clause that a quotation is interrupted by
_OPEN, _CLOSE = "“„«\u201f", "”»"
_MARKS = re.compile(r"``|''|[“”„«»\u201f\"]")
_SINGLE = re.compile(r"(?<![\w’‘'])[‘']([^‘’'\n]*(?:[’'](?=\w)[^‘’'\n]*)*)[’'](?!\w)")
_SET_APART = re.compile(r"^\s*(?:&gt;|>)[\s>]*")
_BULLET = re.compile(r"^\s*(?:[-*•◦▪·]|\(?\d{1,2}[.)])\s+")
_LINE_ENDS = re.compile(r"\r\n?|[\n\u2028\u2029]")
_STRESSED = re.compile(r"(?<![\w*])[*_~]+(?=[\w“\"‘])|(?<=[\w.,!?”\"’])[*_~]+(?![\w*])")


@dataclass(frozen=True, slots=True)
class Pasted:
    """The quotations of a pasted text, and whether more of it was left unread."""

    claims: tuple[ClaimedWords, ...]
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
    found: list[ClaimedWords] = []
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


def _telling(claims: list[ClaimedWords]) -> list[ClaimedWords]:
    """The claims without names for something in quotation marks, where there are longer ones."""
    return [c for c in claims if len(c.words.split()) >= FEW] or claims


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


def _credit_line(line: str) -> str:
    """Whom a line of its own credits: "— Mark Rutte, NATO chief"; empty where it is none."""
    dash = DASH.match(line)
    rest = line[dash.end() :] if dash else ""
    if not rest or _MARKS.search(rest) or len(rest.split()) > 2 * NAME or rest[-1] in ".!?:—–-":
        return ""
    name = rest.partition(",")[0].partition("(")[0].split()
    plain = all(w[:1].isupper() or w[:1] == "@" or fold(w) in lexicon.PARTICLES | {"of", "the", "for"} for w in name)
    return rest if plain and is_name_like(rest) and not any(w.endswith(".") and len(w) > 4 for w in name) else ""


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
        found = [m for m in found if len(m.words.split()) >= FEW] if 2 * inside >= len(text.split()) else []
    return [m for m in found if any(c.isalnum() for c in m.words)]


def _shuts(text: str, at: int) -> bool:
    """Whether a straight mark can only close: it stands right behind a word and before a space."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return text[at] == '"' and (before.isalnum() or before in set(",.!?…")) and bool(before) and after.isspace()


def _closes(text: str, at: int) -> bool:
    """Whether a mark that mostly opens closes here: „…“ in the German manner, or a slip."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isspace() and (not after or not after.isalnum())


def _of_marked(
    block: _Block, quotations: Sequence[_Marked], blocks: Sequence[_Block], number: int
) -> list[ClaimedWords]:
    """The claims of a paragraph with quotation marks; parts that a clause interrupts are one."""
    claims: list[ClaimedWords] = []
    open_end = False  # the quotation goes on after a clause
    for i, one in enumerate(quotations):
        since = quotations[i - 1].end + 1 if i else 0
        until = quotations[i + 1].start - 1 if i + 1 < len(quotations) else len(block.text)
        before, after = block.text[since : one.start - 1], block.text[one.end + 1 : until]
        goes_on = open_end
        open_end = bool(i + 1 < len(quotations) and _interrupts(one.words, after))
        if goes_on:
            claims[-1] = replace(claims[-1], words=f"{claims[-1].words} {one.words}")
            credit = claims[-1].whom or behind(after, closed=one.words[-1:] in ENDS)
            claims[-1] = replace(claims[-1], whom=credit)
            continue
        # What stands between two quotations credits the one before it, unless it leads into the next.
        own_before = ahead(last_sentence(before), led=True) if not i or not _belongs_before(before) else ""
        whom = own_before or behind(after, closed=one.words[-1:] in ENDS)
        if not whom and not i:
            whom = block.credit or (ahead(blocks[number - 1].text, led=True) if _leads(blocks, number) else "")
        credited = claims[-1].whom if claims and not whom else ""  # “…,” he said. “…”
        claims.append(ClaimedWords(one.words, whom or credited or block.credit))
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
    return not last_sentence(between).strip(" ,;:—–-.")


def _of_plain(block: _Block, before: str, is_name: Callable[[str], bool]) -> list[ClaimedWords]:
    """The claim of a paragraph without marks, less what credits it."""
    text = block.text
    if block.apart:
        return (
            [ClaimedWords(text, block.credit or ahead(before, led=True))]
            if before or block.credit
            else [uncredited(text, is_name)]
        )
    claim = uncredited(text, is_name)
    return [replace(claim, whom=claim.whom or block.credit)]


# Whose words they are where a sentence only says "he".

_PRONOUNS = frozenset(["he", "she", "they", "him", "her", "them", "his"])


def _named(claims: Sequence[ClaimedWords]) -> Iterator[ClaimedWords]:
    """The claims, "he" taken for whoever the text credited last."""
    last = ""
    for claim in claims:
        if fold(claim.whom) in _PRONOUNS:
            yield replace(claim, whom=last)
        else:
            last = claim.whom or last
            yield claim
