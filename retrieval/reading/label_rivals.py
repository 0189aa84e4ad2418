"""Whom a record's label cannot mean: a namesake with a label of his own, a president who only presides (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.naming.names import folded

_MERE_ADDRESS = frozenset("the mr mister mrs ms miss madam hon rt mx sir lord lady dame".split())  # noqa: SIM905 - a list of words reads better as one
_SHORT = 4  # letters of an abbreviation
_ADDRESSED = re.compile(r"((?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord)\.?)\s([\w’'\-]+)", re.IGNORECASE)
_ALIKE = {"ms": "miss"}
_PRESIDES = re.compile(
    r"^(?:The\s)?President(?:\s\(spoke\sin|\.\s[–—-]\s|\s?[\[(]in\s|:\s+(?:Mr|Mrs|Ms|Miss|Dr|Sir|H\.E)\b)", re.MULTILINE
)
_HEADED = re.compile(
    r"^President:\s+((?:(?:Mr|Mrs|Ms|Miss|Dr)\.?|Sir|Dame)\s[A-Z][\w.’'\- ]{1,60}?)\s*(?:[(.,;].*)?$", re.MULTILINE
)


def is_another(label: str, full: str, names: Iterable[str], text: str) -> bool:
    """Whether "Judge Thatcher" is not Becky Thatcher, who has a label of her own and is nowhere called a judge."""
    surname = folded(full).split()[-1]
    told = [w for w in re.findall(r"[^\W\d_]+", label) if folded(w) not in _MERE_ADDRESS]
    office = [w for w in told if folded(w) != surname]
    if not office or folded(full) not in {folded(n) for n in names}:
        return False
    called = re.escape(office[-1]) if len(office[-1]) > _SHORT else rf"{re.escape(office[-1])}\w*"  # "GEN." is General
    person = re.escape(full)
    tied = rf"\b{called}\b[^.\n]{{0,40}}\b{person}|\b{person}\b[^.\n]{{0,60}}\b{called}\b"
    return re.search(tied, text, re.IGNORECASE) is None


def addressed(label: str, labels: Iterable[str]) -> str | None:
    """A surname with its form of address where a record has another person of that surname: "Mrs. Bennet" beside "MR. BENNET"."""
    mine = _ADDRESSED.fullmatch(label)
    if mine is None:
        return None
    others = {
        m[1].casefold().rstrip(".")
        for w in labels
        if (m := _ADDRESSED.fullmatch(w)) and folded(m[2]) == folded(mine[2])
    }
    return f"{mine[1].title()} {mine[2].title()}" if len({_ALIKE.get(o, o) for o in others}) > 1 else None


def presides(text: str) -> bool:
    """Whether "the President" of a record is whoever has the chair of a council or a parliament."""
    return _PRESIDES.search(text) is not None


def in_the_chair(front: str) -> str | None:
    """Who has the chair, as the list above a record says: "President: Mr. Valjean (Montreuil)"."""
    found = {" ".join(m[1].split()) for m in _HEADED.finditer(front)}
    return found.pop() if len(found) == 1 else None
