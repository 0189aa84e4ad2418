"""The office that a question wants the words to be from: "as foreign minister", "before he became president" (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from retrieval.model import Span

When = Literal["as", "becoming", "before", "after"]

_WHO = r"(?:he|she|they|[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})\s+"
_BECAME = r"(?:became|becomes|was|were|is|had\s+become|has\s+become|got|took\s+(?:over|office)\s+as|was\s+(?:made|named|elected|appointed)|served\s+as)"
_ENTERS = re.compile(r"\b(?:bec[ao]m\w+|took|made|named|elected|appointed)\b")
_OFFICE = r"(?:the\s+|an?\s+)?(?P<office>[^\W\d_][^,.;:?!]*?)"
_ENDS = r"(?=\s*(?:[,.;:?!]|$)|\s+(?:about|on|regarding|concerning|when|since|before|after)\b)"
_CLAUSE = re.compile(
    rf"\b(?P<lead>when|while|once|before|after|since)\s+(?:{_WHO}(?:still\s+|already\s+)?{_BECAME}\s+|becoming\s+|being\s+){_OFFICE}{_ENDS}"
)
_AS = re.compile(
    rf"(?:\b(?:say|said|says|saying|talk|spoke|speak|tell|told)|^\W*(?:[A-Z][\w’'-]+\s*){{1,3}})\s*\b(?P<as>(?P<lead>as)\s+{_OFFICE}){_ENDS}"
)


@dataclass(frozen=True, slots=True)
class Capacity:
    """An office as the question has it, and whether the words are to be from holding it, from before or from after."""

    office: str
    when: When
    span: Span

    @property
    def told(self) -> str:
        """The time that is meant, as it stands behind "none": "from before becoming foreign minister"."""
        lead = {
            "as": "from a time as",
            "becoming": "from the time of becoming",
            "before": "from before becoming",
            "after": "from after becoming",
        }
        return f"{lead[self.when]} {self.office}"


def find_capacity(text: str, is_office: Callable[[str], bool]) -> Capacity | None:
    """The office that bounds a question, or None; `is_office` tells offices from other words ("when he was young")."""
    for found in (_CLAUSE.search(text), _AS.search(text)):
        if found is not None and is_office(found["office"]):
            start = found.start("as") if found.re is _AS else found.start()
            return Capacity(found["office"].strip(), _when(found), Span(start, found.end()))
    return None


def _when(found: re.Match[str]) -> When:
    lead = found["lead"].lower()
    if lead in {"before", "after", "since"}:
        return "before" if lead == "before" else "after"
    return "becoming" if lead != "as" and _ENTERS.search(found[0]) else "as"
