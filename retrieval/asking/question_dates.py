"""Periods that a question names: "since May 2023", "last week", "in 2023", "before the 3rd of June 2024"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.model import Span

_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name
}
_MONTHS["sept"] = 9
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2, "few": 3, "past": 1}

_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_POINTS = (
    r"(?P<iso>(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d)",
    rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
    rf"{_MONTH}\s+{_DAY}(?!\d)(?:,?\s+{_YEAR})?",
    rf"{_MONTH}(?:\s+of)?,?\s+{_YEAR}",
    rf"(?:the\s+)?(?:(?P<season>spring|summer|autumn|fall|winter)(?:\s+of)?)\s+{_YEAR}",
    rf"(?:the\s+year\s+)?{_YEAR}(?!\d)",
    rf"{_MONTH}(?!\w)",
)


def _numbered(pattern: str, number: int) -> str:
    """A pattern whose groups carry its number, so that several can be alternatives of one expression."""
    return re.sub(r"[?]P<([a-z]+)>", rf"?P<\g<1>{number}>", pattern)


_POINT = "(?:" + "|".join(f"(?:{_numbered(p, i)})" for i, p in enumerate(_POINTS)) + ")"
_LEADS = r"(?P<lead>since|after|from|before|until|till|up to|prior to|in|during|on|of|throughout|as of|back in|between)"
_DATED = re.compile(rf"\b{_LEADS}\s+(?:early\s+|late\s+|mid-?)?{_POINT}(?!\w)", re.IGNORECASE)
_RANGE = re.compile(
    rf"\b(?:between|from)\s+(?P<first>[\w\s,]{{4,22}}?)\s+(?:and|to|until|till)\s+(?P<second>[\w\s,]*?{_YEAR})(?!\w)",
    re.IGNORECASE,
)
_WITHIN = frozenset({"in", "on", "during", "back in", "throughout"})
_SIMPLE = re.compile(rf"^{_POINT}$", re.IGNORECASE)
_BARE_ISO = re.compile(r"\b(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d\b")
_RELATIVE = re.compile(
    r"\b(?P<since>since\s+|from\s+|before\s+)?(?:(?P<day>yesterday|today|this\s+morning)|"
    r"(?:over\s+|in\s+|during\s+|within\s+)?(?:the\s+)?(?P<which>last|past|previous|this)\s+"
    r"(?:(?P<count>\d+|two|three|four|five|six|few|couple\s+of)\s+)?(?P<unit>day|week|month|year|spring|summer|autumn|fall|winter|"
    + "|".join(sorted((m for m in _MONTHS if len(m) > 3), key=len, reverse=True))
    + r")s?|(?:(?P<ago>\d+|a|one|two|three|four|five|six|a\s+few|a\s+couple\s+of)\s+(?P<ago_unit>day|week|month|year)s?\s+ago))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time a question asks for: where it stands in the question, its first and last day.

    `month_day` is set for a day named without its year ("on 29 November"): it bounds nothing, any year may be meant.
    """

    span: Span
    since: date | None = None
    until: date | None = None
    month_day: tuple[int, int | None] | None = None
    year_guessed: bool = False  # "after 6 January" is after the last one, unless another one is well known

    @property
    def bounded(self) -> bool:
        return self.since is not None or self.until is not None


def find_period(text: str, today: date) -> Period | None:
    """The period that `text` asks for, or None. Relative ones ("last week") are counted from `today`."""
    return _range(text) or _dated(text, today) or _relative(text, today) or _iso(text)


def periods_named(text: str) -> Iterator[tuple[Span, date, date]]:
    """Every time that `text` names with its year ("in 2001", "on 3 May 2011"), its first and its last day."""
    for found in _DATED.finditer(text):
        days = _point_days(found)
        if days and isinstance(days[0], date) and isinstance(days[1], date) and found["lead"].casefold() in _WITHIN:
            yield Span(*found.span()), days[0], days[1]


def _range(text: str) -> Period | None:
    found = _RANGE.search(text)
    if not found:
        return None
    second = _days_of(found["second"].strip())
    first_text = found["first"].strip()
    first = _days_of(first_text) or _days_of(f"{first_text} {found['year']}")
    if not first or not second:
        return None
    since, until = min(first[0], second[0]), max(first[1], second[1])
    return Period(Span(*found.span()), since, until)


def _dated(text: str, today: date) -> Period | None:
    for found in _DATED.finditer(text):
        days = _point_days(found)
        lead = found["lead"].casefold()
        span = Span(*found.span())
        if isinstance(days, tuple) and isinstance(days[0], date):
            first, last = days
            if lead in {"since", "from", "as of"}:
                return Period(span, since=first)
            if lead == "after":
                return Period(span, since=last + timedelta(days=1))
            if lead in {"before", "prior to"}:
                return Period(span, until=first - timedelta(days=1))
            if lead in {"until", "till", "up to"}:
                return Period(span, until=last)
            if lead != "of":
                return Period(span, first, last)
        elif days and lead in {"since", "after"} and (last_time := _last_time(days, today)):
            since = last_time[0] if lead == "since" else last_time[1] + timedelta(days=1)
            return Period(span, since=since, year_guessed=lead == "after" and days[1] is not None)
        elif days and lead in {"on", "in", "during", "back in"}:
            return Period(span, month_day=days)
    return None


def _last_time(month_day: tuple[date | int, date | int | None], today: date) -> tuple[date, date] | None:
    """The last such month or day that has begun: "since March" is since the March before `today`."""
    month, day = month_day
    if not isinstance(month, int) or isinstance(day, date):
        return None
    for year in range(today.year, today.year - 5, -1):  # 29 February comes every fourth year
        first, last = _month_days(year, month)
        if day is not None and day <= last.day:
            first = last = date(year, month, day)
        if first <= today and (day is None or first.day == day):
            return first, last
    return None


def _iso(text: str) -> Period | None:
    found = _BARE_ISO.search(text)
    days = _days_of(found[0]) if found else None
    return Period(Span(*found.span()), *days) if found and days else None


def _relative(text: str, today: date) -> Period | None:
    found = _RELATIVE.search(text)
    if not found:
        return None
    since, until = _relative_days(found, today)
    span = Span(*found.span())
    lead = (found["since"] or "").strip().casefold()
    if lead == "before":
        return Period(span, until=since - timedelta(days=1))
    return Period(span, since, None if lead else until)


def _relative_days(found: re.Match[str], today: date) -> tuple[date, date | None]:
    if found["day"]:
        day = today - timedelta(days=1) if found["day"].casefold() == "yesterday" else today
        return day, day
    if found["ago"]:
        words = re.sub(r"^a\s+(few|couple)", r"\1", found["ago"].casefold())
        return _before(today, _number(words), found["ago_unit"].casefold()), today
    which, unit = found["which"].casefold(), found["unit"].casefold()
    if unit in _SEASONS:
        return _season(unit, today, current=which == "this")
    if unit in _MONTHS:
        month = _MONTHS[unit]
        year = today.year if month < today.month or which == "this" else today.year - 1
        return _month_days(year, month)
    if which == "this":
        return _calendar_unit(unit, today), today
    if found["count"] or which == "past":
        return _before(today, _number(found["count"] or "one"), unit), today
    start = _calendar_unit(unit, today)
    return _calendar_unit(unit, start - timedelta(days=1)), start - timedelta(days=1)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS.get(" ".join(words.casefold().split()), 1)


def _before(today: date, count: int, unit: str) -> date:
    """The day `count` units before `today`."""
    if unit in {"day", "week"}:
        return today - timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _calendar_unit(unit: str, day: date) -> date:
    """The first day of the week, month or year that `day` lies in."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _season(name: str, today: date, *, current: bool) -> tuple[date, date]:
    """The season meant by "last summer" (the last one that has ended) or "this summer"."""
    first, last = _SEASONS[name]
    for year in (today.year, today.year - 1, today.year - 2):
        end_year = year + 1 if last < first else year
        since, until = date(year, first, 1), _month_days(end_year, last)[1]
        if (current and since <= today) or until < today:
            return since, until
    raise AssertionError("a season of the year before last has always ended")


def _month_days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _days_of(words: str) -> tuple[date, date] | None:
    found = _SIMPLE.match(words)
    days = _point_days(found) if found else None
    return days if days and isinstance(days[0], date) else None


def _point_days(found: re.Match[str]) -> tuple[date, date] | tuple[int, int | None] | None:
    """First and last day of the point in time; (month, day) where the year is missing; None for no real date."""
    got = {name: value for name, value in found.groupdict().items() if value is not None}
    part = {name.rstrip("0123456789"): value for name, value in got.items() if name[-1].isdigit()}
    try:
        if "iso" in part:
            day = date.fromisoformat(part["iso"])
            return day, day
        year = int(part["year"]) if "year" in part else None
        month = _MONTHS[part["month"].casefold()] if "month" in part else None
        if month and "day" in part:
            if year is None:
                return (month, int(part["day"]))
            day = date(year, month, int(part["day"]))
            return day, day
        if month:
            return _month_days(year, month) if year else (month, None)
        if year and "season" in part:
            first, last = _SEASONS[part["season"].casefold()]
            return date(year, first, 1), _month_days(year + (last < first), last)[1]
        return (date(year, 1, 1), date(year, 12, 31)) if year else None
    except ValueError:
        return None
