"""Somebody's quotes in the order of their dates, as a list and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.asking.search import day_of
from retrieval.errors import ConfigurationError, NotFound
from retrieval.model import Audience, QuoteHit, Speaker

if TYPE_CHECKING:
    from retrieval.asking.answer import QuoteFinder


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


def timeline(finder: QuoteFinder, speaker: str, topic: str, audience: Audience, limit: int = 200) -> Timeline:
    """The quotes of a speaker, on a topic when one is given. NotFound when nobody of that name is quoted."""
    with finder.reading():
        speakers = finder.named(speaker, audience)
        if not speakers:
            raise NotFound(f"Nobody called {speaker!r} is quoted; `nato-quote speakers` lists who is.")
        found = finder.statements(speakers, topic, audience, limit)
        entries = [Entry(_day(finder, hit), hit.quote.said_on is not None, hit) for hit in found]
    entries.sort(key=lambda e: (e.day is None, e.day or date.min, e.hit.document.path, e.hit.quote.extent.start))
    return Timeline(speakers, topic, tuple(entries))


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
    axes.set_title(
        ", ".join(s.name for s in line.speakers) + (f" on {line.topic}" if line.topic else ""), parse_math=False
    )
    axes.grid(axis="x", alpha=0.3)
    figure.autofmt_xdate()
    figure.savefig(path, dpi=120, format="png")


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[:_WIDTH].rsplit(" ", 1)[0] + " …"


def names(speakers: Sequence[Speaker]) -> str:
    """Speakers as a heading."""
    return ", ".join(s.name for s in speakers)
