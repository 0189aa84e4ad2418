"""A document to its attributed quotes: the stages in order.

layout → masking → parse → cast → attribution (cue and mention) → speakers (mention to person) → statements → quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import zip_longest
from typing import Any

from retrieval.lexicon import CROWDS
from retrieval.linear import Linear, load_models
from retrieval.model import Credit, Document, Quote, Span, Speaker, Understanding, quote_id, words_sha256
from retrieval.people import People
from retrieval.reading import time_budget
from retrieval.reading.attribution import attributed
from retrieval.reading.cast import Character
from retrieval.reading.circumstances import Circumstances, slug
from retrieval.reading.document_credits import credits_of, introductions
from retrieval.reading.explain import SPEECH, certainty, trace_of
from retrieval.reading.form import FOREIGN, letters
from retrieval.reading.label_forms import Label, is_questioner, names_body, parts_of_label, quoting_label
from retrieval.reading.label_offices import seat_of
from retrieval.reading.label_speakers import Labels
from retrieval.reading.layout import Layout, Region, layout
from retrieval.reading.live_pages import alone, entries, of_entry
from retrieval.reading.one_voice import SEVERAL, Heard, OneVoice, heard
from retrieval.reading.parse import English
from retrieval.reading.prepared_text import Prepared, parsed_text, prepared, told_spans
from retrieval.reading.reported_speech import ReportedSentence, reports
from retrieval.reading.resolve import context_of, resolve, resolved
from retrieval.reading.roles import Roles
from retrieval.reading.ruled_out import barred
from retrieval.reading.statements import (
    Attributed,
    Partly,
    Statement,
    day_in,
    disowned,
    is_sentence,
    kind_of,
    lead_of,
    partly_quoted,
    said_on,
    sentences_with_speech,
    statements,
)
from retrieval.reading.turns import Turn, asked_before
from retrieval.spelling import folded, is_piece, written

# Below this a speaker is not named. Higher: fewer names, fewer wrong ones.
LINE = 0.7
# A description is no name: it may be a little less sure.
_DESCRIBED = 0.75
_HEAD = 600  # characters before the first turn in which a record may say its day


@dataclass(frozen=True, slots=True)
class Explained:
    """One stretch that was looked at: what became of it, and why in a sentence."""

    span: Span
    verdict: str  # the speaker's name, "unattributed" or "left out"
    sentence: str
    trace: Mapping[str, Any] = field(default_factory=dict)  # of a quotation: stage by stage, with amounts


@dataclass(frozen=True, slots=True)
class Account:
    """What was made of a document as a whole."""

    heard: Heard
    share: float  # of the letters of its running text, told as somebody's words

    @property
    def whose(self) -> str | None:
        """Whose text it is, and why; None where it is no one person's."""
        voice = self.heard.voice
        return f"{voice.speaker.name if voice.speaker else 'nobody'} ({voice.evidence})" if voice is not None else None

    def lines(self) -> Iterator[str]:
        """The sentences that tell it to a person."""
        form = self.heard.form
        yield f"form: {form.told} ({form.evidence}; {form.score:.2f})"
        if self.whose is not None:
            yield f"whose: {self.whose}"
        yield f"told as somebody's words: {self.share:.0%} of the text"


@dataclass(frozen=True)
class Reading:
    """Everything that was decided about one text."""

    ready: Prepared
    judged: tuple[Attributed, ...]
    context: Circumstances


class Reader:
    """Reads documents. The parser is loaded at the first one.

    `line` trades coverage for precision: a speaker who is less sure than this is not named. With `mentions` false
    `segments` tells of such a quotation no mention either, though the text has one. A document that takes longer than the
    seconds `allowed` for its characters raises DocumentError.
    """

    def __init__(
        self,
        people: People,
        *,
        line: float = LINE,
        mentions: bool = True,
        allowed: Callable[[int], float] = time_budget.allowed,
    ) -> None:
        self._allowed = allowed
        self._people = people
        self._line = line
        self._mentions = mentions
        self._english = English()
        self._models: dict[str, Linear] = {}
        self._last: tuple[Document, list[tuple[Document, Reading]], tuple[Quote, ...]] | None = None

    def read(self, document: Document) -> tuple[Quote, ...]:
        """The document's quotes, sorted by start; what it cannot attribute has no speaker."""
        return self._read(document)[1]

    def credits(self, document: Document) -> tuple[Credit, ...]:
        """What the document calls each of its people; a document that was just read is not read again."""
        with time_budget.bounded(document.path, self._allowed(len(document.text))):
            return self._credits(document)

    def _credits(self, document: Document) -> tuple[Credit, ...]:
        last = self._last
        readings, quotes = last[1:] if last is not None and last[0] == document else self._read(document)
        found: dict[Credit, None] = {}
        for _, reading in readings:
            ready = reading.ready
            sheets = (*ready.parsed, *introductions(ready, quotes, self._english))
            made = credits_of(document, quotes, sheets, ready.cast, reading.context.roles, self._people)
            found.update(dict.fromkeys(made))
        return tuple(found)

    def _read(self, document: Document) -> tuple[list[tuple[Document, Reading]], tuple[Quote, ...]]:
        with time_budget.bounded(document.path, self._allowed(len(document.text))):
            readings = self._readings(document)
            quotes = self._quotes(readings)
        self._last = (document, readings, quotes)
        return readings, quotes

    def understood(self, document: Document) -> Understanding:
        """The document's quotes with its form, whose text it is, and how much of it is told, all in one reading."""
        readings, quotes = self._read(document)
        account = self._account(document, readings[0][1], quotes)
        form = account.heard.form
        return Understanding(quotes, form.name, form.evidence, account.whose, round(account.share, 3))

    def account(self, document: Document) -> Account:
        """The document's form, whose text it is where it is one person's, and how much of it is told as somebody's."""
        readings = self._readings(document)
        return self._account(document, readings[0][1], self._quotes(readings))

    def _account(self, document: Document, reading: Reading, quotes: Sequence[Quote]) -> Account:
        found = reading.ready.heard or heard(document, reading.ready.layout, self._people)
        said = [f for q in quotes if q.speaker and not q.narrated for f in q.fragments]
        whole = document.body or (Span(0, len(document.text)),)
        return Account(found, min(1.0, letters(document.text, said) / max(1, letters(document.text, whole))))

    def read_text(self, text: str, *, dated: date | None = None) -> tuple[Quote, ...]:
        """The quotes of a bare text."""
        return self.read(Document(id="text", path="text", article=1, sha256="", text=text, published=dated))

    def segments(self, text: str, *, dated: date | None = None) -> list[dict[str, Any]]:
        """One entry per pair of quotation marks that holds somebody's words, offsets inside the marks.

        Keys: start, end, kind, cue, speaker (as written beside the cue: "who" of "Ahab, who said"), speaker_start, speaker_end, speaker_resolved
        (the name it stands for, a body's as the document has it, absent when unsure); what is not known is left out. Two
        apostrophes open no quotation here, as in the annotated corpora that this is measured on; in `read` they do.
        """
        return self.entries(self.prepared(text, dated=dated), dated=dated)

    def entries(
        self, ready: Prepared, models: Mapping[str, Linear] | None = None, *, dated: date | None = None
    ) -> list[dict[str, Any]]:
        """What `segments` gives, of a text that is already taken apart, perhaps decided by other models."""
        reading = self.decided(ready, models, dated=dated)
        return [
            entry(ready.text, judged, self._line, ready.layout.paragraphs, mentions=self._mentions)
            for judged in reading.judged
            if judged.verdict.speech >= SPEECH
        ]

    def explain(self, document: Document) -> list[Explained]:
        """For every quotation, turn and report what became of it and why, what was left out included."""
        readings = self._readings(document)
        judged = [j for _, reading in readings for j in reading.judged]
        traces = {j.verdict.region.inner.start: trace_of(document.text, j, self._models, self._line) for j in judged}
        kept = [
            Explained(
                q.extent,
                q.speaker.name if q.speaker else "unattributed",
                f"{q.evidence} ({q.confidence:.2f})",
                traces.get(q.fragments[0].start, {}),
            )
            for q in self._quotes(readings)
        ]
        out = [
            Explained(
                j.verdict.region.inner,
                "left out",
                f"no sign that somebody says it ({j.verdict.speech:.2f})",
                traces[j.verdict.region.inner.start],
            )
            for j in judged
            if j.verdict.speech < SPEECH
        ]
        if any(reading.ready.layout.capped for _, reading in readings):
            out.append(
                Explained(
                    Span(len(document.text), len(document.text)), "left out", "more quotations than a document can hold"
                )
            )
        return sorted(kept + out, key=lambda e: e.span)

    def prepared(
        self, text: str, body: Sequence[Span] = (), *, reported: bool = False, dated: date | None = None
    ) -> Prepared:
        """A text taken apart, parsed and its names gathered: everything that comes before a decision."""
        return prepared(text, body, self._english, self._people, reported=reported, dated=dated)

    def _readings(self, document: Document) -> list[tuple[Document, Reading]]:
        """The reading of a document; of a live page one of each entry, in which nothing is known of the others."""
        text = document.text
        taken = layout(text, document.body, document.title)
        found = heard(document, taken, self._people)
        live = entries(document, taken.whole) if found.form.name == "live" else ()
        apart = [(entry, body) for entry in live if (body := of_entry(document, entry))]
        if not apart:
            return [(document, self._reading_of(document, taken, found))]
        return [
            (part := replace(document, body=body), self._reading_of(part, layout(alone(text, entry), body), found))
            for entry, body in apart
        ]

    def _reading_of(self, document: Document, taken: Layout, found: Heard) -> Reading:
        dated = document.published
        ready = parsed_text(taken.text, taken, self._english, self._people, reported=True, dated=dated, found=found)
        return self.decided(ready, dated=dated)

    def decided(
        self, ready: Prepared, models: Mapping[str, Linear] | None = None, *, dated: date | None = None
    ) -> Reading:
        """Whose words each quotation of a text is; by the packaged models where no others are given."""
        if not self._models:
            self._models = load_models()
        models = models or self._models
        verdicts = attributed(ready.text, ready.quoting, ready.following, ready.cast, models, ready.pulled)
        context = context_of(ready.text, ready.cast, ready.parsed, self._people, models, dated, ready.pulled)
        judged = tuple(Attributed(v, r) for v, r in resolved(verdicts, context, SPEECH))
        return Reading(ready, disowned(ready.text, judged), context)

    def _quotes(self, readings: Sequence[tuple[Document, Reading]]) -> tuple[Quote, ...]:
        found: list[Quote] = []
        for document, reading in readings:
            if reading.ready.heard is not None and reading.ready.heard.form == FOREIGN:
                continue  # the rules know the grammar of English, and would take any word for a name
            maker = _Maker(document, reading, self._people, self._line)
            found += [*maker.turns(), *maker.statements(), *maker.reports()]
        return tuple(sorted(found, key=lambda q: (q.extent, q.kind)))


def entry(
    text: str, judged: Attributed, line: float, paragraphs: Sequence[Span], *, mentions: bool = True
) -> dict[str, Any]:
    """One line of `quotes --jsonl`: a pair of marks with its cue, its speaker as written and the name that stands for."""
    sure = certainty(judged) >= line
    region, choice, found = judged.verdict.region, judged.verdict.choice, judged.resolved
    result: dict[str, Any] = {
        "start": region.inner.start,
        "end": region.inner.end,
        "kind": "direct" if is_sentence(text, judged, paragraphs) else "mixed",
    }
    if choice is not None and choice.cue is not None:
        result["cue"] = choice.cue.of(text)
    if choice is not None and choice.mention is not None and (sure or mentions):
        written = choice.relative or choice.mention
        result |= {"speaker": written.of(text), "speaker_start": written.start, "speaker_end": written.end}
    if found.speaker is not None and not found.speaker.unnamed and sure:
        body = found.character is not None and found.speaker.type == "body"
        result["speaker_resolved"] = found.character.name if body and found.character else found.speaker.name
    return result


class _Maker:
    """Makes the Quote records of one reading."""

    def __init__(self, document: Document, reading: Reading, people: People, line: float) -> None:
        self._document = document
        self._text = document.text
        self._reading = reading
        self._people = people
        self._line = line
        self._paragraphs = reading.ready.layout.paragraphs
        self._sheets = {s.number: s for s in reading.ready.parsed}
        self._roles: Roles = reading.context.roles
        self._characters: dict[tuple[str | None, str | None], list[Character]] = {}  # by who is known, and by name
        for character in reading.ready.cast.characters:
            if character.person and character.known:
                self._characters.setdefault((character.known, None), []).append(character)
            self._characters.setdefault((None, character.name), []).append(character)

    def turns(self) -> Iterator[Quote]:
        """The turns of a transcript, or the parts of one person's text."""
        voice = self._voice
        if voice is not None and voice.parts:
            yield from self._parts(voice)
        if voice is None or not voice.replaces:
            yield from self._labelled_turns()

    @property
    def _voice(self) -> OneVoice | None:
        found = self._reading.ready.heard
        return found.voice if found is not None else None

    def _parts(self, voice: OneVoice) -> Iterator[Quote]:
        mention = voice.label.span if voice.label is not None else None
        day = self._document.published
        for part, lead in zip_longest(voice.parts, voice.leads):
            sure = 0.95 if voice.speaker else 0.0
            yield self._quote(
                "turn", (part,), None, mention, voice.speaker, sure, voice.evidence, day, lead, voice.role
            )

    def _labelled_turns(self) -> Iterator[Quote]:
        """The turns of a transcript; those of whoever asks have no speaker."""
        told = self._reading.ready.layout.turns
        written = [turn.label.name(self._text) for turn in told]
        head = self._text[: told[0].label.span.start] if told else ""
        labels = Labels(
            self._text,
            self._document.title,
            self._document.published,
            self._people,
            written,
            asked_before(self._text, told, _HEAD),
            head,
            seat_of(self._document, self._people),
        )
        day = day_in(head[:_HEAD], None) or self._document.published
        last: Turn | None = None
        for turn in told:
            label = turn.label.name(self._text)
            speaker, evidence = labels.speaker(label)
            asked = last is not None and is_questioner(last.label.name(self._text))
            lead = (
                Span(max(last.span.start, last.span.end - 300), last.span.end) if asked and last is not None else None
            )
            yield self._quote(
                "turn",
                (turn.span,),
                None,
                turn.label.span,
                speaker,
                0.95 if speaker else 0.0,
                evidence,
                day,
                lead,
                labels.role(label),
            )
            last = turn

    def statements(self) -> Iterator[Quote]:
        """What stands in quotation marks, put together as statements."""
        told = told_spans(self._reading.ready.layout, self._reading.ready.heard)
        spoken = [
            j
            for j in self._reading.judged
            if (j.verdict.speech >= SPEECH or self._in_front(j.verdict.region) is not None)
            and not any(span.covers(j.verdict.region.outer) for span in told)
        ]
        for statement in statements(self._text, spoken, self._paragraphs):
            yield self._statement(statement)

    def _statement(self, statement: Statement) -> Quote:
        source, first = statement.source, statement.first.verdict.region
        choice = source.verdict.choice
        day = self._day(choice.cue if choice else None, source.verdict.region.paragraph)
        lead = lead_of(self._text, first.outer.start, self._paragraphs, first.paragraph)
        sure, speaker, evidence, office = certainty(source), source.resolved.speaker, source.resolved.evidence, None
        mention = choice.mention if choice else None
        if (labelled := self._in_front(first)) is not None:
            found, told, office = self._whose_label(labelled)
            if found is not None or mention is None or not labelled.span.covers(mention):
                sure, mention, speaker, evidence = 0.95, labelled.span, found, told
        return self._quote(
            kind_of(self._text, statement, self._paragraphs),
            statement.fragments(self._text),
            choice.cue if choice else None,
            mention,
            speaker,
            sure,
            evidence,
            day,
            lead,
            office,
        )

    def _in_front(self, region: Region) -> Label | None:
        """The label before a paragraph's quotation: one of many such, or one with an office ("**Club Secretary Winkle:** “…”")."""
        label = self._quoting.get(region.paragraph)
        if label is None or label.speech != region.outer.start:
            return None
        name = label.name(self._text)
        listed = len(self._quoting) >= SEVERAL
        named = parts_of_label(name, lambda _: None).office and self._whose_label(label)[0] is not None
        return label if listed or named else None

    @cached_property
    def _quoting(self) -> dict[int, Label]:
        """The labels of paragraphs that give somebody's words in quotation marks, by paragraph."""
        found = {
            n: quoting_label(self._text, self._paragraphs[n], marked[0].outer.start)
            for n, marked in self._reading.ready.layout.regions.items()
        }
        return {n: label for n, label in found.items() if label is not None}

    def _whose_label(self, label: Label) -> tuple[Speaker | None, str, str | None]:
        """Who a label names, why, and the office; nobody where it names none."""
        name = label.name(self._text)
        labels = Labels(self._text, self._document.title, self._document.published, self._people, (name,))
        speaker, evidence = labels.speaker(name)
        if speaker is None and names_body(name):
            return Speaker(slug(name) or None, name, "body"), f"the words are labelled “{name}”", None
        if speaker is None or speaker.unnamed:
            return None, evidence, None
        if folded(speaker.name) not in folded(name) and not self._people.by_name(speaker.name):
            return None, evidence, None  # "Edward Ferrars of the Hospital Committee" is no name as a whole
        return speaker, evidence.replace("the turn is labelled", "the words are labelled"), labels.role(name)

    def reports(self) -> Iterator[Quote]:
        """Sentences in which the document says in its own words what somebody said."""
        said: dict[int, list[Attributed]] = {}
        for judged in self._reading.judged:
            if judged.verdict.speech >= SPEECH:
                said.setdefault(judged.verdict.region.paragraph, []).append(judged)
        for sheet in self._reading.ready.parsed:
            inside = said.get(sheet.number, [])
            for report in reports(sheet, self._reading.ready.cast, sentences_with_speech(sheet, inside)):
                yield self._report(report, sheet.number)
            for told in partly_quoted(self._text, sheet, inside, self._paragraphs):
                yield self._partly(told)

    def _partly(self, told: Partly) -> Quote:
        """A sentence that is partly in quotation marks: whoever says these says it."""
        source = told.said
        choice, number = source.verdict.choice, source.verdict.region.paragraph
        return self._quote(
            "reported",
            (told.span,),
            choice.cue if choice else None,
            choice.mention if choice else None,
            source.resolved.speaker,
            certainty(source),
            source.resolved.evidence,
            self._day(choice.cue if choice else None, number),
            lead_of(self._text, told.span.start, self._paragraphs, number),
        )

    def _report(self, report: ReportedSentence, number: int) -> Quote:
        context = self._reading.context
        others = barred(self._text, context.cast, report.candidate, None, None)
        found = resolve(report.candidate, context, self._floor(report.span.start), barred=others)
        lead = lead_of(self._text, report.span.start, self._paragraphs, number)
        day = said_on(self._sheets[number], report.cue, self._document.published)
        return self._quote(
            "reported",
            (report.span,),
            report.candidate.cue,
            report.candidate.mention,
            found.speaker,
            found.confidence * 0.95,
            found.evidence,
            day,
            lead,
        )

    def _floor(self, at: int) -> int | None:
        """Who spoke last before an offset."""
        before = [j for j in self._reading.judged if j.verdict.region.inner.start < at and j.verdict.speech >= SPEECH]
        character = before[-1].resolved.character if before else None
        return character.number if character else None

    def _day(self, cue: Span | None, number: int) -> date | None:
        if cue is None:
            return None
        for sheet in (self._sheets.get(number), self._sheets.get(number - 1)):
            for i, word in enumerate(sheet.words if sheet else ()):
                if word.start == cue.start and sheet is not None:
                    return said_on(sheet, i, self._document.published)
        return None

    def _role(self, speaker: Speaker, day: date | None, labelled: str | None) -> str | None:
        """The speaker's role: as the document has it, or as it is known for the day where that says more."""
        known = self._people.role_at(speaker.id, day or self._document.published) if speaker.id else None
        if labelled:
            return known if known and self._roles.is_short_for(labelled, known) else labelled
        found = {
            c.number: c for key in ((speaker.id, None), (None, speaker.name)) for c in self._characters.get(key, ())
        }
        for number in sorted(found):
            written = self._roles.of(found[number])
            if written:
                return known if known and self._roles.is_short_for(written, known) else written
        return known

    def _quote(
        self,
        kind: Any,
        fragments: tuple[Span, ...],
        cue: Span | None,
        mention: Span | None,
        speaker: Speaker | None,
        confidence: float,
        evidence: str,
        day: date | None,
        lead: Span | None,
        labelled: str | None = None,
    ) -> Quote:
        if speaker is not None and (name := written(speaker.name)) != speaker.name:
            speaker = replace(speaker, name=name)
        if speaker is not None and is_piece(speaker.name):
            evidence, speaker = f"{evidence}; “{speaker.name}” is a piece of a name", None
        described = speaker is not None and (speaker.unnamed or speaker.name.split()[-1].casefold() in CROWDS)
        line = self._line * (_DESCRIBED if described else 1.0)
        named = speaker if confidence >= line else None
        if speaker is not None and named is None:
            evidence += "; not sure enough"
        time_budget.go_on()
        return Quote(
            id=quote_id(self._document.id, self._text, fragments),
            document_id=self._document.id,
            kind=kind,
            fragments=fragments,
            cue=cue,
            mention=mention,
            speaker=named,
            role=self._role(named, day, labelled) if named is not None and named.type == "person" else None,
            said_on=day,
            confidence=round(confidence, 3),
            evidence=evidence,
            lead=lead,
            words_sha256=words_sha256(self._text, fragments),
        )
