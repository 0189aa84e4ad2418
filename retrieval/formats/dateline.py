"""The date that a document bears at its top, where a file itself tells none; taken only where nothing speaks against it.

A file's own dates are those of the file: of a scan, of a template, of the last time somebody saved it. They give no
date here, and serve as a check: what was written cannot bear a date that is later than the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from retrieval.formats.metadata import day

HEAD_LINES, HEAD_LETTERS = 14, 1500
LONGEST_LINE = 120  # letters of one that gives a date and nothing else
RUNNING_TEXT = 160  # letters of a line from which it is no heading
AHEAD = timedelta(days=2)  # a release is made ready before the day it bears

_MONTH = r"(?i:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?)"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_PLACE = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?:, [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?)?"
_TIME = r"(?:,? (?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,4}\)?)?)?"
_PUBLISHED = r"(?:date )?(?:published|posted|issued|released)(?: on)?|(?:publication|release|issue) date|date of (?:publication|issue|release)"
_KIND = r"(?:joint )?(?:press|media|news) (?:release|statement|note)|for immediate release|statement|speech|remarks|communiqu[eé]|date|dated"
# "Brussels, 10 July 2024" · "Published on 10 July 2024 at 10:30" · "Press release | 10 July 2024"
_LINE = re.compile(
    rf"(?:(?i:{_KIND})(?: \(\d{{4}}\) \d+)?(?: ?[:|,·–—-])? )?(?:(?P<published>(?i:{_PUBLISHED}))[:,]? )?"
    rf"(?:{_PLACE}(?:,| ?[|·–—-]) )?{_WEEKDAY}(?P<day>{_DATE}){_TIME}"
    rf"(?: ?[|·–—-] ?(?i:{_KIND})(?: \(\d{{4}}\) \d+)?)?\.?"
)
# "LONDON, July 10, 2024 (Reuters) – …", at the beginning of the running text
_OPENING = re.compile(rf"(?:{_PLACE},? )(?:{_WEEKDAY})(?P<day>{_DATE})(?: ?[(/][\w .]+[)/])? ?(?:[–—]|--?) ?(?=\S)")
# what is announced for a day, or was held on one, is seldom published on it
_EVENT = re.compile(
    r"(?i:(?:when|where|venue|location|time|place|register|registration|deadline) ?:|(?:agenda|program|programme)$|"
    r"(?:rsvp|invitation|save the date|minutes of|valid (?:from|until)|embargo(?:ed)?|draft|version)\b)"
)
_OCCASION = re.compile(
    r"\b(?:Summit|Conference|Meeting|Council|Forum|Declaration|Treaty|Agreement|Session|Dialogue|War|Battle|Day|Anniversary)\b"
)


def dateline(text: str, saved: date | None = None) -> date | None:
    """The day that a line of its own, or the opening of the running text, gives at the top of a document.

    None where there is none, where lines give different ones (as in a chronicle), where the top announces an event, and
    where the day is later than that on which the file was `saved`.
    """
    head = list(_head(text))
    if any(_EVENT.match(line) for line in head):
        return None
    published: set[date | None] = set()
    borne = {_day(_OPENING.match(head[-1]))} if head else set()
    for line in head:
        found = _LINE.fullmatch(line)
        if found is not None and not _OCCASION.search(line):
            (published if found["published"] else borne).add(_day(found))
    elsewhere = {_day(_LINE.fullmatch(line)) for line in map(_plain, text.split("\n")) if len(line) < LONGEST_LINE}
    days = (published or borne | (elsewhere if borne - {None} else set())) - {None}
    only = days.pop() if len(days) == 1 else None
    return None if only is None or (saved is not None and only > saved + AHEAD) else only


def _day(found: re.Match[str] | None) -> date | None:
    return day(found["day"]) if found is not None else None


def _head(text: str) -> Iterator[str]:
    """The lines at the top, up to and with the first of the running text."""
    number = letters = 0
    for line in map(_plain, text.split("\n")):
        if line:
            yield line
            number, letters = number + 1, letters + len(line)
            if len(line) > RUNNING_TEXT or number == HEAD_LINES or letters > HEAD_LETTERS:
                return


def _plain(line: str) -> str:
    return " ".join(line.split())
