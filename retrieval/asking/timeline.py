"""Somebody's quotes in the order of their dates, as a list and as a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.asking.answer import fits
from retrieval.asking.question import Understood
from retrieval.asking.question_dates import Period, find_period
from retrieval.asking.search import day_of
from retrieval.errors import ConfigurationError, NotFound
from retrieval.model import Audience, Question, QuoteHit, Speaker

if TYPE_CHECKING:
    from retrieval.asking.answer import QuoteFinder


_ALL = 100_000  # quotes among which those of a period are looked for
_WIDTH = 46  # characters of a quote beside its point in the picture


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement and the day it belongs to; None when no date is known."""

    day: date | None
    said: bool  # the day is when the words were said, not merely published
    hit: QuoteHit


@dataclass(frozen=True, slots=True)
class Timeline:
    """A speaker's statements, the dated ones first and in order."""

    speakers: tuple[Speaker, ...]
    topic: str
    entries: tuple[Entry, ...]
    when: str = ""  # the period asked for, in its own words
    undated: bool = False  # nothing is known to be from that period: these are the statements of no known date

    @property
    def heading(self) -> str:
        """What is listed, in words: "Ahab on the whale, since 1840"."""
        about = f" on {self.topic}" if self.topic else ""
        return names(self.speakers) + about + (f", {self.when}" if self.when else "")

    @property
    def reserve(self) -> str:
        """What has to be said of the whole list; nothing where all of it is from the period asked for."""
        return (
            f"Nothing is known to be from that time ({self.when}); the date of these is not known."
            if self.undated
            else ""
        )


def timeline(
    finder: QuoteFinder, speaker: str, topic: str, audience: Audience, limit: int = 200, today: date | None = None
) -> Timeline:
    """The quotes of a speaker, on a topic and from a period when these are given ("the whale since 1840").

    Quotes whose date is not known stand for a period only where none from it is known. NotFound when nobody of that name is quoted.
    """
    period = find_period(topic, today or date.today())  # noqa: DTZ011
    bounded = period if period is not None and period.bounded else None
    about, when = _apart(topic, bounded)
    with finder.reading():
        speakers = finder.named(speaker, audience)
        if not speakers:
            raise NotFound(f"Nobody called {speaker!r} is quoted; `nato-quote speakers` lists who is.")
        found = finder.statements(speakers, about, audience, limit if bounded is None else _ALL)
        entries = [Entry(_day(finder, hit), hit.quote.said_on is not None, hit) for hit in found]
        entries, undated = _within(finder, entries, bounded, speakers)
    entries.sort(key=lambda e: (e.day is None, e.day or date.min, e.hit.document.path, e.hit.quote.extent.start))
    return Timeline(speakers, about, tuple(entries[:limit]), when, undated)


def _apart(topic: str, period: Period | None) -> tuple[str, str]:
    """The words for a topic and those for a period: ("the whale", "since 1840")."""
    if period is None:
        return topic, ""
    about = " ".join((topic[: period.span.start] + " " + topic[period.span.end :]).split())
    about = re.sub(r"^(?:on|about)\s+|\s+(?:on|about)$", "", about.strip(" ,")).strip()
    return about, topic[period.span.start : period.span.end].strip()


def _within(
    finder: QuoteFinder, entries: list[Entry], period: Period | None, speakers: tuple[Speaker, ...]
) -> tuple[list[Entry], bool]:
    """The entries of a period, as a question means it; without any, those of no known date, and that it is these."""
    if period is None:
        return entries, False
    asked = Understood(Question("", "quote", speakers, since=period.since, until=period.until))
    kept = []
    for entry in entries:
        card, document = finder.shelf.card(entry.hit.document.id), entry.hit.document
        if card is not None and fits(asked, entry.hit.quote, card, lambda text=document.text: text):  # type: ignore[misc]
            kept.append(entry)
    undated = [entry for entry in entries if entry.day is None]
    return (kept, False) if kept or not undated else (undated, True)


def _day(finder: QuoteFinder, hit: QuoteHit) -> date | None:
    card = finder.shelf.card(hit.document.id)
    return day_of(hit.quote, card) if card else None


def plot(line: Timeline, path: Path) -> None:
    """The dated statements as a picture: one point each, with its first words."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ConfigurationError("Plots need matplotlib; run: pip install 'nato-quotes[plots]'") from error
    dated = [e for e in line.entries if e.day is not None]
    if not dated:
        raise NotFound("None of these quotes has a known date, so there is nothing to draw.")
    figure = Figure(figsize=(9, 1.2 + 0.28 * len(dated)), layout="constrained")
    axes = figure.subplots()
    days = [e.day for e in dated]
    rows = list(range(len(dated)))
    axes.plot(days, rows, "o", color="tab:blue")  # type: ignore[arg-type]
    axes.set_yticks(rows, labels=[_short(e.hit.text) for e in dated], fontsize=7, parse_math=False)
    axes.invert_yaxis()
    axes.set_title(line.heading, parse_math=False)
    axes.grid(axis="x", alpha=0.3)
    figure.autofmt_xdate()
    figure.savefig(path, dpi=120, format="png")


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[:_WIDTH].rsplit(" ", 1)[0] + " …"


def names(speakers: Sequence[Speaker]) -> str:
    """Speakers as a heading."""
    return ", ".join(s.name for s in speakers)
