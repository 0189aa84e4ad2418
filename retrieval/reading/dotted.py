"""Labels that a full stop closes: "Mr. SAWYER. I yield.", "Chairman Bingley. …", "Emma Bovary (Verts). – …" (pure, linear)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.model import Span
from retrieval.reading.label_forms import LONGEST_LABEL, Label, is_office

_INDENT = r"[\s*_>]*"
_NAME = r"[A-Z][\w’'\-]+(?:\s(?:[A-Z]\.|[A-Z][\w’'\-]+|de|van|von|der|la)){0,3}"
_TITLED = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Adm|Prof)\.\s|(?:Miss|Madam|(?:Vice\s|Acting\s|Co-)?Chair(?:man|woman|person)?|Ranking\sMember|Senator|Representative|"
    r"Congressman|Congresswoman|Delegate|(?:Lieutenant\s|Major\s|Brigadier\s|Attorney\s)?General|(?:Vice\s|Rear\s)?Admiral|"
    r"(?:Under\s|Deputy\s|Assistant\s)?Secretary|Ambassador|Director|Administrator|Commissioner|Judge|Justice|Captain|Colonel|Major|"
    r"Commander|Sergeant|Sheriff|Chief|Governor|Mayor|Professor|Doctor|Father|Reverend|Lord|Lady|Sir|Dame|Baroness)\s)"
)
_CHAIR = (
    r"The\s(?:Vice\s|VICE\s|Acting\s|ACTING\s)?(?:CHAIR(?:MAN|WOMAN|PERSON)?|Chair(?:man|woman|person)?|SPEAKER|Speaker|CLERK|Clerk|"
    r"PRESIDENT|President|PRESIDING\sOFFICER|Presiding\sOfficer|WITNESS|Witness|COURT|Court)(?:\spro\stempore)?"
)
_BRACKET = r"(?:\s?[\[(][^\])\n]{1,60}[\])])?"
_OF_STATE = r"(?:\sof\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?)?"
# "Mr. SAWYER of Missouri. I yield"
_CONGRESS = re.compile(rf"{_INDENT}(?P<name>{_TITLED}{_NAME}|{_CHAIR}){_OF_STATE}{_BRACKET}\.\s+(?=[“\"‘'(\[—–A-Z])")
_WORD = r"[A-ZÀ-ÞŠŽ][\w’'\-]*\.?"
# "Josef Knecht, Vice-President of the Commission. – Madam President, …"
_PARLIAMENT = re.compile(
    rf"{_INDENT}(?P<name>President|{_WORD}(?:\s(?:{_WORD}|de|da|di|du|del|van|von|der|den|la|le|zu)){{1,5}})"
    rf"{_BRACKET}(?:,\s(?P<role>[^\n.:“”\"]{{2,90}}))?\.\s[–—-]\s"
)
_FEWEST = 3  # such labels of two people make a record
_SHARE = 20  # of that many paragraphs one carries a label


def dotted_labels(text: str, paragraphs: Sequence[Span]) -> tuple[list[Label | None], frozenset[str]]:
    """For each paragraph the label with a full stop that opens it, and their names; nothing in a text that is no record."""
    for form in (_CONGRESS, _PARLIAMENT):
        labels = [_label(text, p, form) for p in paragraphs]
        times = Counter(label.name(text) for label in labels if label is not None)
        total = sum(times.values())
        if len(times) >= 2 and total >= _FEWEST and total * _SHARE >= len(paragraphs):
            return labels, frozenset(times)
    return [], frozenset()


def _label(text: str, paragraph: Span, form: re.Pattern[str]) -> Label | None:
    found = form.match(text, paragraph.start, min(paragraph.end, paragraph.start + LONGEST_LABEL + 60))
    if found is None:
        return None
    told = found.groupdict().get("role")
    end = found.end("role") if told and is_office(told) else found.end("name")
    return Label(Span(found.start("name"), end), found.end(), capitals=False)
