"""A text taken apart, parsed where it pays, and its names gathered: what comes before any decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from retrieval.model import Span
from retrieval.people import People
from retrieval.reading.cast import Cast, cast_of
from retrieval.reading.form import DATELINE
from retrieval.reading.layout import Layout, layout, signature_below
from retrieval.reading.one_voice import Heard
from retrieval.reading.parse import English, Masked, Name, Sheet, laid_back, masked
from retrieval.reading.pull_quotes import pull_quotes
from retrieval.reading.reported_speech import REPORTS

# Bounds that no document written by people meets; they keep a hostile one from taking the machine.
_LONGEST_PARSED = 6_000
_MOST_PARSED = 20_000
_LONGEST_DATELINE = 120


@dataclass(frozen=True)
class Prepared:
    """A text before anything is decided about it."""

    text: str
    layout: Layout
    sheets: tuple[Sheet, ...]
    cast: Cast
    heard: Heard | None = None  # the document's form, where a whole document was read

    @property
    def parsed(self) -> tuple[Sheet, ...]:
        """The paragraphs that were parsed."""
        return tuple(s for s in self.sheets if s.words)

    @property
    def quoting(self) -> tuple[Sheet, ...]:
        """The parsed paragraphs that hold quotations, and the one before each."""
        wanted = {m for n in self.layout.regions for m in (n - 1, n)}
        return tuple(s for s in self.parsed if s.number in wanted)

    @cached_property
    def pulled(self) -> frozenset[int]:
        """The numbers of the paragraphs that are pull quotes."""
        return pull_quotes(self.text, self.layout)

    @property
    def following(self) -> dict[int, Span]:
        """For each paragraph with quotations the one after it; behind a post its signature, in the running text or not."""
        every, taken = self.layout.paragraphs, self.layout
        after = {n: every[n + 1] for n in taken.regions if n + 1 < len(every)}
        return after | {
            n: below for n in taken.regions if (below := signature_below(taken.plain, taken.whole, every[n]))
        }


def prepared(
    text: str, body: Sequence[Span], english: English, people: People, *, reported: bool, dated: date | None = None
) -> Prepared:
    """A text with its paragraphs parsed: those with quotations, the one before each, and reporting ones when asked for."""
    # the annotated corpora, on which pairs of marks are trained and measured, take two apostrophes for no opening mark,
    # and know no embedded posts
    taken = layout(text, body, apostrophes=reported, posts=reported)
    return parsed_text(text, taken, english, people, reported=reported, dated=dated)


def parsed_text(
    text: str,
    taken: Layout,
    english: English,
    people: People,
    *,
    reported: bool,
    dated: date | None,
    found: Heard | None = None,
) -> Prepared:
    """A laid out text with its paragraphs parsed; those that are somebody's own words throughout need no parser."""
    sheets = _sheets(taken, english, told_spans(taken, found), reported=reported)
    cast = cast_of(text, (n for s in sheets for n in s.names), people, dated)
    return Prepared(text, taken, tuple(sheets), cast, found)


def _sheets(taken: Layout, english: English, told: Sequence[Span], *, reported: bool) -> list[Sheet]:
    """Every paragraph outside turns with its names; the wanted ones parsed."""
    inside = _in_spans(taken, told)
    forms: dict[int, Masked] = {}
    for n in _wanted(taken, reported=reported):
        if n in inside or len(forms) >= _MOST_PARSED:
            continue
        if taken.paragraphs[n].end - taken.paragraphs[n].start <= _LONGEST_PARSED * 3:
            form = masked(taken.plain, _past_dateline(taken, n), taken.regions.get(n, ()))
            if len(form.text) <= _LONGEST_PARSED:
                forms[n] = form
    rest = [n for n in range(len(taken.paragraphs)) if n not in forms and n not in inside][:_MOST_PARSED]
    every = forms | {n: masked(taken.plain, _capped(taken.paragraphs[n]), ()) for n in rest}
    parses = dict(zip(forms, english.parse([m.text for m in forms.values()]), strict=True))
    if not forms:
        return [
            Sheet(n, taken.paragraphs[n], taken.regions.get(n, ())) for n in sorted(every)
        ]  # a transcript: no parser
    names = dict(zip(every, english.names([m.text for m in every.values()]), strict=True))
    sheets = []
    for n in sorted(every):
        regions = taken.regions.get(n, ())
        if n in parses:
            sheets.append(laid_back(n, taken.paragraphs[n], regions, every[n], parses[n], names[n]))
        else:
            back = tuple(Name(every[n].place(x.start)[0], every[n].place(x.end - 1)[0] + 1, x.label) for x in names[n])
            sheets.append(Sheet(n, taken.paragraphs[n], regions, (), back))
    return sheets


def _wanted(taken: Layout, *, reported: bool) -> list[int]:
    wanted = {m for n in taken.regions for m in (n - 1, n) if m >= 0}
    if reported:
        wanted.update(
            n
            for n, p in enumerate(taken.paragraphs)
            if REPORTS.search(taken.plain, p.start, min(p.end, p.start + _LONGEST_PARSED))
        )
    return sorted(wanted)


def _past_dateline(taken: Layout, n: int) -> Span:
    """A paragraph without the place that it is dated from, which the parser would take for its subject."""
    paragraph = taken.paragraphs[n]
    dated = DATELINE.match(taken.plain, paragraph.start, min(paragraph.end, paragraph.start + _LONGEST_DATELINE))
    first = min((r.outer.start for r in taken.regions.get(n, ())), default=paragraph.end)
    return Span(dated.end(), paragraph.end) if dated and dated.end() <= first else paragraph


def _capped(paragraph: Span) -> Span:
    return Span(paragraph.start, min(paragraph.end, paragraph.start + _LONGEST_PARSED))


def told_spans(taken: Layout, found: Heard | None) -> list[Span]:
    """The stretches that are somebody's words as a whole, labels included, in order."""
    voice = found.voice if found is not None else None
    parts = list(voice.parts) if voice is not None else []
    labelled = [Span(turn.label.span.start, turn.span.end) for turn in taken.turns]
    return parts if voice is not None and voice.replaces else parts + labelled


def _in_spans(taken: Layout, told: Sequence[Span]) -> frozenset[int]:
    """The paragraphs that lie in these stretches; linear, both being in order."""
    found, at = set(), 0
    for n, paragraph in enumerate(taken.paragraphs):
        while at < len(told) and told[at].end < paragraph.end:
            at += 1
        if at < len(told) and told[at].start < paragraph.end:
            found.add(n)
    return frozenset(found)
