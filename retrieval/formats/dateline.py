"""The date that a document bears at its top, where a file itself tells none; taken only where nothing speaks against it.

A file's own dates are those of the file: of a scan, of a template, of the last time somebody saved it. They give no
date here, and serve as a check: what was written cannot bear a date that is later than the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from retrieval.formats.metadata import NOTHING_KNOWN, Metadata, day

HEAD_LINES, HEAD_LETTERS = 14, 1500
_TOP_LINES = 6  # in which a plain text says its day
LONGEST_LINE = 120  # letters of one that gives a date and nothing else
RUNNING_TEXT = 160  # letters of a line from which it is no heading
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AHEAD = timedelta(days=2)  # a release is made ready before the day it bears

_MONTH = r"(?i:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?)"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: day)?(?: of)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,2}}-{_MONTH}-\d{{4}}|\d{{4}}/\d{{1,2}}/\d{{1,2}}|\d{{4}}年\d{{1,2}}月\d{{1,2}}日|\d{{4}}-\d{{2}}-\d{{2}}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)"
)
_ANY = re.compile(_DATE)
_WEEKDAY = r"(?:(?P<weekday>(?i:Mon|Tue|Wed|Thu|Fri|Sat|Sun))(?i:s|nes|rs|ur)?(?i:day)?\.?,? (?:the )?)?"
_NO_PLACE = r"(?!The (?!Hague)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Captain|Dr|Mr|Mrs|Ms|Miss|Sir|Lord|Lady|President|General)\b)"
_PLACE = rf"{_NO_PLACE}[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}}(?:, [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?)?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,4}\)?)?"
_NUMBER = r"(?i:(?:vol(?:ume)?|issue|number|no|nr)\b\.? ?[\w/-]+|\(\d{4}\) \d+|\d+/\d+)"
_PUBLISHED = (
    r"(?:date )?(?:first |originally )?(?:published|posted|issued|released)(?: online)?(?: on)?|(?:publication|release|issue) date"
    r"|date of (?:publication|issue|release)"
)
_KIND = (
    r"(?:joint )?(?:press|media|news) (?:release|statement|note|briefing|conference)|for immediate release|statement|speech|"
    r"remarks|communiqu[eé]|news|sent|date|dated(?: this)?|(?:as )?delivered(?: on)?"
)
# "Brussels, 10 July 2024" · "Published on 10 July 2024 at 10:30" · "Press release No. 24, 10 July 2024"
_LINE = re.compile(
    rf"(?:(?i:(?:our |your )?ref(?:erence)?)\.?:? ?\S+ (?=(?i:date)))?"
    rf"(?:(?i:{_KIND})(?: {_NUMBER})?(?: ?[:|,·–—-])? )?(?:{_NUMBER}(?:,| ?[|·–—-]) )*"
    rf"(?:(?P<published>(?i:{_PUBLISHED}))[:,]? (?:{_CLOCK},? )?)?"
    rf"(?:(?P<place>{_PLACE})(?:,| ?[|·–—-]) )?{_WEEKDAY}(?P<day>{_DATE})(?:,? (?:at )?{_CLOCK})?(?: by [A-Z][\w.’' -]+)?\.?"
)
# "Statement by the Harbour Board, 10 July 1895"
_TITLED = re.compile(
    rf"(?i:(?:joint |opening |closing )?(?:statement|speech|remarks|address|message|letter)) (?:by|of|from|to) .{{3,90}}?, "
    rf"{_WEEKDAY}(?P<day>{_DATE})"
)
# what may stand beside the day in a line that is parted by strokes, dots or dashes
_STROKES, _DASHES = re.compile(r" ?[|·•] ?"), re.compile(r" [–—-] ")
_BESIDE = re.compile(
    rf"(?:(?i:{_KIND})(?: {_NUMBER})?|{_NUMBER}|(?i:by) {_PLACE}|(?P<place>{_PLACE})|\d+(?i: min(?:utes?)?)(?i: read)?|{_CLOCK}|"
    r"(?i:(?:last )?(?:updated|modified|revised)\b.*))"
)
_ALTERED = re.compile(r" ?\((?i:(?:last )?(?:updated|modified|revised))[^)]*\)$")
# "LONDON, July 10, 2024 (Reuters) – …", "LONDON (July 10, 2024) – …", "LONDON – July 10, 2024 – …", "July 10, 2024 – LONDON – …", at
# the beginning of the running text
_DASH = r" ?(?:[–—]|--?) ?"
_WIRE = r"(?: ?[(/\[][\w .&-]{2,40}[)/\]])"
_OPENING = re.compile(
    rf"[(\[]?(?P<from>{_PLACE})(?:\.?,? |{_DASH}|{_DASH}{_WIRE}{_DASH}| ?[|/] ?)[(\[]?{_WEEKDAY}(?P<day>{_DATE})[)\]]?{_WIRE}?(?:{_DASH}| ?[|/] ?)(?=\S)"
)
_OPENING_WITH_DAY = re.compile(
    rf"[(\[]?{_WEEKDAY}(?P<day>{_DATE})[)\]]?(?:,? |{_DASH}| ?[|/] ?)[(\[]?(?P<from>{_PLACE})[)\]]?{_WIRE}?{_DASH}(?=\S)"
)
_ENDS = re.compile(r"[.?!…][\"”’')\]]{0,2}$")
LEAST_WORDS = 5  # of the text behind a dateline
# what is announced for a day, or was held on one, is seldom published on it
_EVENT = re.compile(
    r"(?i:(?:when|where|venue|location|time|place|register|registration|deadline|present|attendees|attending|apologies|"
    r"in attendance) ?:|(?:agenda|program|programme)$|(?:closing|expiry|effective|review) date$|.*(?<![\d ] )\bminutes$|"
    r"(?:rsvp|invitation|join (?:us|me)|you are invited|save the date|minutes of|valid (?:from|until)|draft|version|"
    r"not for (?:publication|release|broadcast)|tickets?|admission|doors open)\b|.*\bembargo)"
)
_OCCASION = re.compile(
    r"\b(?:Summit|Conference|Meeting|Council|Forum|Declaration|Treaty|Agreement|Session|Dialogue|War|Battle|Day|Anniversary)\b"
)


def dateline(text: str, saved: date | None = None, title: str | None = None) -> date | None:
    """The day that a line of its own, or the opening of the running text, gives at the top of a document.

    None where there is none, where lines give different ones (as in a chronicle), where the top announces an event, and
    where the day is later than that on which the file was `saved`. A place with a day that is the `title` is what the
    document is about.
    """
    head = list(_head(text))
    if any(_EVENT.match(line) for line in head):
        return None
    published: set[date | None] = set()
    borne = {_day(opening(line)) for line in head}
    for line in head:
        found = _dated(line)
        if found is not None and not _OCCASION.search(line):
            said = found.groupdict()
            if line != title or not said.get("place"):
                (published if said.get("published") else borne).add(_day(found))
    elsewhere = {_day(_dated(line)) for line in map(_plain, text.split("\n")) if len(line) < LONGEST_LINE}
    days = (published or borne | (elsewhere if borne - {None} else set())) - {None}
    only = days.pop() if len(days) == 1 else None
    return None if only is None or (saved is not None and only > saved + AHEAD) else only


def printed_day(text: str) -> date | None:
    """The day that the first lines of a plain text bear, where they name no other day: under the title, or before its first words."""
    lines = [line for line in map(_plain, text[:HEAD_LETTERS].split("\n")) if line][:_TOP_LINES]
    found = dateline("\n".join(lines))
    if found is None:
        return None
    every = {
        day(re.sub(r"(?<=\d)(?:st|nd|rd|th)?(?: day)? of ", " ", m[0])) for line in lines for m in _ANY.finditer(line)
    }
    return found if every <= {found, None} else None


def under_the_title(text: str) -> Metadata:
    """What the first lines of a plain text say about it: the day that they bear."""
    return _borne(printed_day(text), text)


def at_the_top(text: str, saved: date | None = None, title: str | None = None) -> Metadata:
    """As `dateline`, with which of the two places says it."""
    return _borne(dateline(text, saved, title), text)


def _borne(found: date | None, text: str) -> Metadata:
    if found is None:
        return NOTHING_KNOWN
    opens = any(_day(opening(line)) == found for line in _head(text))
    return Metadata(published=found, dated_by="dateline" if opens else "the line under the title")


def opening(line: str) -> re.Match[str] | None:
    """The place and day that stand before the first words of a text; None where no sentence follows them.

    Behind a place in capitals or a day in brackets no sentence need end: the line may go on.
    """
    found = _OPENING.match(line) or _OPENING_WITH_DAY.match(line)
    if found is None:
        return None
    follows = line[found.end() :]
    if len(follows.split()) < LEAST_WORDS or follows[0].islower():
        return None
    return (
        found
        if found["from"].isupper() or ")" in found[0] or _ENDS.search(follows) or len(line) > RUNNING_TEXT
        else None
    )


def is_dated(line: str) -> bool:
    """Whether a line says a day, and nothing but what stands beside one."""
    return len(line) < LONGEST_LINE and _dated(_plain(line)) is not None


def _dated(line: str) -> re.Match[str] | None:
    """A line that says a day, with what may stand beside it."""
    line = _ALTERED.sub("", line)
    bare = line[1:-1] if line.startswith("(") and line.endswith(")") else line
    return _LINE.fullmatch(bare) or _TITLED.fullmatch(bare) or _parted(bare)


def _parted(line: str) -> re.Match[str] | None:
    """The part of a line that says a day, where all others may stand beside one."""
    strokes = _STROKES.split(line)
    parts = strokes if len(strokes) > 1 else _DASHES.split(line)
    if len(parts) == 1:
        return None
    # Behind a dash stands what is held on a day ("10 July 1895 – Regatta"), behind a stroke where it was published.
    beside = [_BESIDE.fullmatch(part) for part in parts]
    kept = [p for p, b in zip(parts, beside, strict=True) if b is None or (b["place"] and parts is not strokes)]
    return _LINE.fullmatch(kept[0]) if len(kept) == 1 else None


def _day(found: re.Match[str] | None) -> date | None:
    """The day that was found; none where the weekday beside it is another one's."""
    if found is None:
        return None
    written = re.sub(r"(?<=\d)(?:st|nd|rd|th)?(?: day)? of ", " ", found["day"])
    named = day(written if written[:4].isdigit() else written.replace("-", " "))
    weekday = found.groupdict().get("weekday")
    return None if named and weekday and WEEKDAYS[named.weekday()] != weekday.casefold() else named


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
