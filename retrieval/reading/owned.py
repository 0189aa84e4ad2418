"""Words that the form of the sentence gives to somebody beside its verb: "Ahab's claim that", "described by Pip as" (pure)."""

from __future__ import annotations

import re

from retrieval.model import Span

_NAME = r"(?P<name>(?:[A-Z][\w.\-]*(?:['’][A-Z]\w+)?\s){0,3}(?:[a-z]’)?[A-Z][\w\-]*(?:['’][A-Z]\w+)?)"
_THINGS = (
    "claim|warning|assertion|argument|accusation|allegation|boast|contention|insistence|suggestion|promise|pledge|vow|complaint|"
    "prediction|assurance|admission|remark|comment|description|denial|threat|demand|plea|appeal|prophecy|conclusion|quip|joke|phrase|words"
)
# "Ahab's claim that the ship was “", "Ahab's description of it as “", "Ahab's words – “", "Ahab's words were: “"; not "Ahab's remarks were “rude”"
_OWNER = re.compile(
    rf"{_NAME}['’]s?\s(?:(?!that\b)[a-z\-]+\s){{0,2}}(?P<thing>(?:{_THINGS})s?)"
    r"(?:\s(?:that|of)\s[^.;:,“”\"–—]*|\s?[–—:,]?\s?|\s(?:[a-z]+\s){0,3}(?:was|were|is|are):\s)$"
)
_CALLED = (
    r"(?P<thing>described|called|dubbed|labell?ed|branded|termed|denounced|dismissed|hailed|praised|characteri[sz]ed)"
)
# "accused by Ahab of “", "described by Ahab as a “"
_BY_BEFORE = re.compile(
    rf"\b(?:{_CALLED}|(?P<charge>accused|suspected))\s(?:\w+ly\s)?by\s{_NAME}\s(?:as|of)\s(?:being\s)?(?:an?\s|the\s)?$"
)
_CALLED_BEFORE = re.compile(rf"\b{_CALLED}\s(?:as\s)?(?:an?\s|the\s)?$")
_BY_AFTER = re.compile(rf",?\s(?:\w+\s)?by\s{_NAME}(?=[,.;)\s])")
# "“A.” Pip Gargery: “": a label in the middle of a line
_LABELLED = re.compile(rf"[.?!][”\"’']?\s(?=\w[\w.\-]*\s){_NAME}(?P<thing>:)\s?$")
_REACH = 240


def owned(text: str, start: int, end: int, first: int) -> tuple[Span, Span] | None:
    """Who has the words between two marks, and the word that says so; `first` is where the paragraph begins."""
    before = text[max(first, start - _REACH) : start]
    shift = start - len(before)
    for pattern in (_OWNER, _BY_BEFORE, _LABELLED):
        found = pattern.search(before)
        if found is not None:
            thing = "thing" if found["thing"] else "charge"  # only one pattern has a charge
            return Span(shift + found.start("name"), shift + found.end("name")), Span(
                shift + found.start(thing), shift + found.end(thing)
            )
    called = _CALLED_BEFORE.search(before)
    by = _BY_AFTER.match(text, end) if called is not None else None
    if called is None or by is None:
        return None
    return Span(by.start("name"), by.end("name")), Span(shift + called.start("thing"), shift + called.end("thing"))
