"""A document to its attributed quotes: the stages in order.

layout → masking → parse → cast → attribution (cue and mention) → speakers (mention to person) → quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from retrieval.attribution import attributed
from retrieval.candidates import Verdict
from retrieval.cast import Cast, cast_of
from retrieval.language import English, Name
from retrieval.linear import Linear, load_models
from retrieval.masking import Masked, masked
from retrieval.model import Document, Kind, Quote, Span, Speaker, quote_id, words_sha256
from retrieval.people import People
from retrieval.pronouns import stage_of
from retrieval.quotes import Layout, layout
from retrieval.sheet import Sheet, laid_back
from retrieval.speakers import Context, Resolved, resolve
from retrieval.turns import Turn, is_questioner

# Change it whenever the same document would give other quotes: an index made by another version is rebuilt.
PIPELINE_VERSION = "1"
# Below this a speaker is not named. Higher: fewer names, fewer wrong ones.
LINE = 0.5
_SPEECH_LINE = 0.7
_LONGEST_PARSED = 6_000
_MOST_PARSED = 3_000


@dataclass(frozen=True, slots=True)
class Explained:
    """One stretch that was looked at: what became of it, and why in a sentence."""

    span: Span
    verdict: str  # "Captain Ahab", "unattributed", "left out"
    sentence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A quotation with its verdict and its speaker."""

    verdict: Verdict
    resolved: Resolved


@dataclass(frozen=True)
class Prepared:
    """A text before anything is decided about it."""

    text: str
    layout: Layout
    sheets: tuple[Sheet, ...]
    cast: Cast

    @property
    def parsed(self) -> tuple[Sheet, ...]:
        """The paragraphs that were parsed."""
        return tuple(s for s in self.sheets if s.words)

    @property
    def following(self) -> dict[int, Span]:
        """For each paragraph with quotations the one after it."""
        every = self.layout.paragraphs
        return {n: every[n + 1] for n in self.layout.regions if n + 1 < len(every)}


@dataclass(frozen=True)
class Reading:
    """Everything that was found in one text."""

    layout: Layout
    sheets: tuple[Sheet, ...]
    cast: Cast
    judged: tuple[Judged, ...]


class Reader:
    """Reads documents. The parser is loaded at the first one."""

    def __init__(self, people: People, *, line: float = LINE) -> None:
        self._people = people
        self._line = line
        self._english = English()
        self._models: dict[str, Linear] = {}

    def read(self, document: Document) -> tuple[Quote, ...]:
        """The document's quotes, sorted by start; what it cannot attribute has no speaker."""
        return self._quotes(document.id, document.text, document.body, document.published, document.title)

    def read_text(self, text: str, *, dated: date | None = None) -> tuple[Quote, ...]:
        """The quotes of a bare text."""
        return self._quotes("text", text, (), dated, None)

    def segments(self, text: str, *, dated: date | None = None) -> list[dict[str, Any]]:
        """One entry per pair of quotation marks that holds somebody's words, offsets inside the marks.

        Keys: start, end, kind, cue, speaker (the mention as written), speaker_start, speaker_end, speaker_resolved
        (the name it stands for); what is not known is left out.
        """
        reading = self._reading(text, (), dated)
        entries = [
            _entry(text, judged, self._line) for judged in reading.judged if judged.verdict.speech >= _SPEECH_LINE
        ]
        return sorted(entries, key=lambda e: e["start"])

    def explain(self, document: Document) -> list[Explained]:
        """For every quotation and turn what became of it and why, what was left out included."""
        reading = self._reading(document.text, document.body, document.published)
        found = []
        for judged in reading.judged:
            span = judged.verdict.region.inner
            if judged.verdict.speech < _SPEECH_LINE:
                found.append(
                    Explained(span, "left out", f"no sign that somebody says it ({judged.verdict.speech:.2f})")
                )
                continue
            speaker = judged.resolved.speaker if judged.resolved.confidence >= self._line else None
            found.append(
                Explained(
                    span,
                    speaker.name if speaker else "unattributed",
                    f"{judged.resolved.evidence} ({judged.resolved.confidence:.2f})",
                )
            )
        for turn in reading.layout.turns:
            label = turn.label.name(document.text)
            found.append(Explained(turn.span, label, f"the turn is labelled “{label}”"))
        return sorted(found, key=lambda e: e.span)

    def _quotes(
        self, document_id: str, text: str, body: Sequence[Span], dated: date | None, title: str | None
    ) -> tuple[Quote, ...]:
        reading = self._reading(text, body, dated)
        found = [self._turn_quote(document_id, text, turn, dated) for turn in reading.layout.turns]
        for judged in reading.judged:
            if judged.verdict.speech >= _SPEECH_LINE and not _inside_turn(judged.verdict.region.inner, reading.layout):
                found.append(self._region_quote(document_id, text, judged))
        return tuple(sorted(found, key=lambda q: q.extent))

    def _turn_quote(self, document_id: str, text: str, turn: Turn, dated: date | None) -> Quote:
        label = turn.label.name(text)
        known = self._people.by_name(label)
        speaker = None
        if not is_questioner(label) and len(known) == 1:
            speaker = Speaker(known[0].id, known[0].name, known[0].type)
        return _quote(
            document_id,
            text,
            "turn",
            (turn.span,),
            None,
            turn.label.span,
            speaker,
            0.9 if speaker else 0.0,
            f"the turn is labelled “{label}”",
            dated,
        )

    def _region_quote(self, document_id: str, text: str, judged: Judged) -> Quote:
        region, choice, resolved = judged.verdict.region, judged.verdict.choice, judged.resolved
        inner = region.inner
        kind: Kind = "direct" if inner.of(text)[:1].isupper() else "mixed"
        speaker = resolved.speaker if resolved.confidence >= self._line else None
        return _quote(
            document_id,
            text,
            kind,
            (inner,),
            choice.cue if choice else None,
            choice.mention if choice else None,
            speaker,
            resolved.confidence,
            resolved.evidence,
            None,
        )

    def prepared(self, text: str, body: Sequence[Span] = ()) -> Prepared:
        """A text taken apart, parsed and its names gathered: everything that comes before a decision."""
        taken = layout(text, body)
        sheets = self._sheets(taken)
        cast = cast_of(text, (n for s in sheets for n in s.names), self._people)
        return Prepared(text, taken, tuple(sheets), cast)

    def _reading(self, text: str, body: Sequence[Span], dated: date | None) -> Reading:
        ready = self.prepared(text, body)
        taken, sheets, cast = ready.layout, ready.sheets, ready.cast
        models = self._model()
        with_words = ready.parsed
        verdicts = attributed(text, with_words, ready.following, cast, models)
        context = Context(text, cast, stage_of(text, with_words), self._people, models, dated)
        return Reading(taken, tuple(sheets), cast, tuple(_resolved(verdicts, context)))

    def _model(self) -> dict[str, Linear]:
        if not self._models:
            self._models = load_models()
        return self._models

    def _sheets(self, taken: Layout) -> list[Sheet]:
        """Every paragraph with its names; those with quotations, and the one before each, parsed."""
        inside = _turn_paragraphs(taken)
        wanted = [n for n in sorted({m for n in taken.regions for m in (n - 1, n) if m >= 0}) if n not in inside]
        wanted = [n for n in wanted if taken.paragraphs[n].end - taken.paragraphs[n].start <= _LONGEST_PARSED * 3][
            :_MOST_PARSED
        ]
        forms: dict[int, Masked] = {
            n: masked(taken.plain, taken.paragraphs[n], taken.regions.get(n, ())) for n in wanted
        }
        forms = {n: m for n, m in forms.items() if len(m.text) <= _LONGEST_PARSED}
        rest = [n for n in range(len(taken.paragraphs)) if n not in forms and n not in inside][:_MOST_PARSED]
        plain = {n: masked(taken.plain, _capped(taken.paragraphs[n]), ()) for n in rest}
        parses = dict(zip(forms, self._english.parse([m.text for m in forms.values()]), strict=True))
        every = {**forms, **plain}
        names = dict(zip(every, self._english.names([m.text for m in every.values()]), strict=True))
        sheets = []
        for n in sorted(every):
            paragraph, form = taken.paragraphs[n], every[n]
            if n in parses:
                sheets.append(laid_back(n, paragraph, taken.regions.get(n, ()), form, parses[n], names[n]))
            else:
                back = tuple(Name(form.place(x.start)[0], form.place(x.end - 1)[0] + 1, x.label) for x in names[n])
                sheets.append(Sheet(n, paragraph, taken.regions.get(n, ()), (), back))
        return sheets


def _capped(paragraph: Span) -> Span:
    return Span(paragraph.start, min(paragraph.end, paragraph.start + _LONGEST_PARSED))


def _turn_paragraphs(taken: Layout) -> frozenset[int]:
    if not taken.turns:
        return frozenset()
    return frozenset(n for n, p in enumerate(taken.paragraphs) if _inside_turn(p, taken))


def _inside_turn(span: Span, taken: Layout) -> bool:
    return any(t.label.span.start <= span.start and span.end <= t.span.end for t in taken.turns)


def _resolved(verdicts: Iterable[Verdict], context: Context) -> Iterable[Judged]:
    """Each verdict with its speaker; whoever spoke last has the floor for the next."""
    floor: int | None = None
    said: dict[Span, Resolved] = {}
    for verdict in verdicts:
        choice = verdict.choice
        if choice is None or choice.mention is None:
            yield Judged(verdict, Resolved(None, 0.0, "nobody is named with it"))
            continue
        found = said.get(choice.mention)
        if found is None:
            found = said[choice.mention] = resolve(choice, context, floor)
        if verdict.speech >= _SPEECH_LINE and found.character is not None:
            floor = found.character.number
        yield Judged(verdict, found)


def _entry(text: str, judged: Judged, line: float) -> dict[str, Any]:
    region, choice, resolved = judged.verdict.region, judged.verdict.choice, judged.resolved
    entry: dict[str, Any] = {
        "start": region.inner.start,
        "end": region.inner.end,
        "kind": "direct" if region.inner.of(text)[:1].isupper() else "mixed",
    }
    if choice is not None and choice.cue is not None:
        entry["cue"] = choice.cue.of(text)
    if choice is not None and choice.mention is not None:
        entry |= {
            "speaker": choice.mention.of(text),
            "speaker_start": choice.mention.start,
            "speaker_end": choice.mention.end,
        }
    if resolved.speaker is not None and not resolved.speaker.unnamed and resolved.confidence >= line:
        entry["speaker_resolved"] = resolved.speaker.name
    return entry


def _quote(
    document_id: str,
    text: str,
    kind: Kind,
    fragments: tuple[Span, ...],
    cue: Span | None,
    mention: Span | None,
    speaker: Speaker | None,
    confidence: float,
    evidence: str,
    said_on: date | None,
) -> Quote:
    return Quote(
        id=quote_id(document_id, text, fragments),
        document_id=document_id,
        kind=kind,
        fragments=fragments,
        cue=cue,
        mention=mention,
        speaker=speaker,
        said_on=said_on,
        confidence=round(confidence, 3),
        evidence=evidence,
        words_sha256=words_sha256(text, fragments),
    )
