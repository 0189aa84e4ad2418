"""The day on which something was said, as the sentence tells it: "on Tuesday", "Friday", "on 29 November" (pure)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from retrieval.reading.sheet import Sheet

_WEEKDAYS = {
    name: i for i, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_MONTHS = {
    name: i
    for i, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY_FIRST = re.compile(
    rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>(?:19|20)\d\d))?\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d–-])(?:,?\s+(?P<year>(?:19|20)\d\d))?\b", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"\b(?P<last>last\s+)?(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", re.IGNORECASE
)
_NEAR = re.compile(r"\b(?P<day>yesterday|today)\b", re.IGNORECASE)
_DEPENDENTS = ("npadvmod", "prep", "advmod", "tmod", "dative", "dep", "oprd")


def said_on(sheet: Sheet, cue: int, published: date | None) -> date | None:
    """The day that hangs on the cue, None when none does or it cannot be placed."""
    found: set[int] = {cue}
    for child in sheet.children[cue]:
        word = sheet.words[child]
        if word.region < 0 and word.dep in _DEPENDENTS:
            found.update(i for i in sheet.subtree(child, 14) if abs(i - cue) <= 16)
    found.discard(cue)
    words = " ".join(sheet.words[i].text for i in sorted(found) if sheet.words[i].region < 0)
    return day_in(words, published)


def day_in(words: str, published: date | None) -> date | None:
    """The one day that words name, counted back from the day of publication."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        match = pattern.search(words)
        if match:
            return _calendar_day(match, published)
    if published is None:
        return None
    near = _NEAR.search(words)
    if near:
        return published - timedelta(days=near["day"].casefold() == "yesterday")
    weekday = _WEEKDAY.search(words)
    if weekday is None or re.search(r"\b(?:next|since|until|before|after|every|ago)\b", words, re.IGNORECASE):
        return None
    back = (published.weekday() - _WEEKDAYS[weekday["day"].casefold()]) % 7
    if weekday["last"] and back == 0:
        back = 7
    return published - timedelta(days=back)


def _calendar_day(match: re.Match[str], published: date | None) -> date | None:
    month, day = _MONTHS[match["month"][:3].casefold()], int(match["day"])
    try:
        if match["year"]:
            return date(int(match["year"]), month, day)
        if published is None:
            return None
        this_year = date(published.year, month, day)
        return this_year if this_year <= published else date(published.year - 1, month, day)
    except ValueError:
        return None
