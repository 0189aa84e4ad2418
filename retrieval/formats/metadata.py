"""What is known about a document apart from its text, and how it is read from front matter and sidecar files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from retrieval.formats.decode import clean
from retrieval.formats.given_speaker import IN_HEAD, speaker_name
from retrieval.formats.restriction import channels_of

TITLE_LIMIT = 300
EARLIEST_YEAR = 1000  # what lies before is a program's empty date, such as 0001-01-01

# the names that a fact goes by, the first that is present wins
_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "published": ("published", "date", "published_time"),
    "modified": ("modified", "updated", "last_modified", "modified_time"),
    "author": ("author", "byline"),
    "publisher": ("publisher", "reported_by"),
    "url": ("source_url", "url"),
    "summary_of": ("summary_of",),
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_DAY_FIRST = re.compile(r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\.?,?\s+(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[/.](\d{1,2})[/.](\d{1,2})(?![\d/.]*\d)|年(\d{1,2})月(\d{1,2})日)")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
# "Mon Aug 03 12:45:00 EDT 2015", as programs write it
_OF_PROGRAMS = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) [\d:]{8}(?: [A-Z+\d:-]{3,6})? (\d{4})(?!\d)")
_IN_ADDRESS = re.compile(
    r"[/_-]((?:1[5-9]|20)\d\d)(?:([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)"
)
_IN_NAME = re.compile(r"(?:^|[\s_.(-])((?:1[5-9]|20)\d\d)([_.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_FIRST = re.compile(r"(?:[A-Za-z]+,\s+)?([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document. None is unknown; nothing here is a guess."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    summary_of: str | None = None
    author: str | None = None
    modified: date | None = None  # when it was last changed; never taken for the day of publication
    dated_by: str | None = None  # what says when it was published, in words; None: whoever gave it with the document
    channels: tuple[str, ...] = ()
    speaker: str | None = None  # whose the running text is that no label gives to anybody
    speaker_given_by: str | None = None  # who says so

    def under(self, other: Metadata) -> Metadata:
        """These facts, with those of `other` in their place wherever it knows any."""
        merged = replace(self, **{f.name: v for f in fields(other) if (v := getattr(other, f.name))})
        if other.published is None or (self.dated_by and self.published == other.published):
            return replace(merged, dated_by=self.dated_by)  # whoever says the same day again has it from there
        return replace(merged, dated_by=other.dated_by)


NOTHING_KNOWN = Metadata()


def from_mapping(
    mapping: Mapping[Any, Any], restrictions: int | None = None, *, dated_by: str | None = None
) -> Metadata:
    """The facts of a front matter or a sidecar; keys and values that are not understood are left out.

    Not so what may restrict who sees the document, and who speaks it: that is understood, or a DocumentError says what to write.
    `restrictions` are the lines of it that look like one, where they were counted; `dated_by` is what it is called where it
    says the day of publication.
    """
    found: dict[str, Any] = {}
    for name, keys in _NAMES.items():
        value = next((mapping[key] for key in keys if mapping.get(key) not in (None, "")), None)
        if isinstance(value, str | int | float | date):
            found[name] = _READERS.get(name, one_line)(value)
    if "speaker" in mapping:
        found |= {"speaker": speaker_name(mapping["speaker"]), "speaker_given_by": IN_HEAD}
    if found.get("published"):
        found["dated_by"] = dated_by
    return Metadata(**found, channels=channels_of(mapping, restrictions))


def one_line(value: object) -> str | None:
    """A value as one line of text of bearable length, or None when nothing is in it."""
    text = " ".join(_CONTROL.sub(" ", clean(str(value))[: 4 * TITLE_LIMIT]).split())
    return shortened(text, TITLE_LIMIT) or None


def shortened(text: str, limit: int) -> str:
    """`text` cut at a word so that it has at most `limit` characters, the cut shown by an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[:limit].rsplit(" ", 1)[0] if " " in text[:limit] else text[: limit - 1]
    return cut.rstrip(" ,;:–—-") + "…"


def web_address(value: object) -> str | None:
    """An http(s) address, or None: nothing else may ever become a link, nor one that names a user before its host."""
    text = str(value).strip()
    if (
        re.fullmatch(r"https?://[^\s/?#<>\"|\\^`{}@]+(?:[/?#][^\s<>\"|\\^`{}]*)?", text, re.IGNORECASE)
        and len(text) < 2000
        and _has_host(text)
    ):
        return text
    return None


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # a bracket that belongs to no address
        return False


def day(value: object) -> date | None:
    """A date in one of the ways people and machines write it, in its own time zone; None where it is not whole."""
    if isinstance(value, date):
        return _date(str(value.year), str(value.month), str(value.day))
    text = str(value).strip()[:100]
    if found := _ISO.match(text):
        return _date(*found.groups())
    if found := _DAY_FIRST.match(text):
        return _date(found[3], found[2], found[1])
    if found := _MONTH_FIRST.match(text):
        return _date(found[3], found[1], found[2])
    if found := _YEAR_FIRST.match(text):
        return _date(found[1], found[2] or found[4], found[3] or found[5])
    if found := _DOTTED.match(text):
        return _date(found[3], found[2], found[1])
    if found := _OF_PROGRAMS.match(text):
        return _date(found[3], found[1], found[2])
    return None


def day_in_address(address: str | None) -> date | None:
    """The day that the path of an address gives, as those of news do (/2024/05/14/); None where it gives none whole."""
    found = _IN_ADDRESS.search((address or "").split("?")[0])
    return _date(found[1], found[3] or found[5], found[4] or found[6]) if found else None


def day_in_name(name: str) -> date | None:
    """The day in the name of a file, written year first; None where there is none, or more than one."""
    days = {_date(found[1], found[3], found[4]) for found in _IN_NAME.finditer(name)} - {None}
    return days.pop() if len(days) == 1 else None


def dated(facts: Metadata, name: str) -> Metadata:
    """The facts with the day that the document's address gives, or the name of its file, where nothing else gives one."""
    if facts.published is not None:
        return facts
    for found, dated_by in ((day_in_address(facts.url), "address"), (day_in_name(name), "file name")):
        if found is not None:
            return replace(facts, published=found, dated_by=dated_by)
    return facts


def _date(year: str, month: str, day_of_month: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower())
    if number is None or int(year) < EARLIEST_YEAR:
        return None
    try:
        return date(int(year), number, int(day_of_month))
    except ValueError:
        return None  # the 31st of February is no date that anybody knows


_READERS = {"published": day, "modified": day, "url": web_address}
