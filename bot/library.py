"""What the bot asks of the index, in one place. Every question goes through one audience."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from retrieval.errors import NO_INDEX, IndexMissing, NotFound
from retrieval.model import Answer, Audience, Document, Question, Quote, QuoteHit, Span, Speaker

if TYPE_CHECKING:
    from retrieval.asking.answer import QuoteFinder
    from retrieval.asking.timeline import Timeline
    from retrieval.catalog import Catalog, Counts, SpeakerCount
    from retrieval.ingest import Index
    from retrieval.model import Verdict
    from retrieval.records import Records
    from retrieval.storing.corrections import Correction
    from retrieval.storing.store import State
    from retrieval.syncing.correcting import Corrector


SAMPLES = 4
MANY = 100_000  # statements of somebody: all of them
LONGEST_NAME = 6  # words of a speaker's name or office
_TRIED = 12  # documents that examples are drawn from


@dataclass(frozen=True, slots=True)
class InContext:
    """A quote with the whole of its statement and what stands around it."""

    hit: QuoteHit
    before: str  # the paragraph before, and the quote's own up to it
    after: str


@dataclass
class Library:
    """The documents as the bot sees them."""

    index: Index
    finder: QuoteFinder
    _examples: dict[tuple[State, Audience], tuple[str, ...]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def catalog(self) -> Catalog:
        """The catalog, when it is whole. Raises IndexMissing while the index is being made anew."""
        if self.index.lost:
            raise IndexMissing(NO_INDEX)
        return self.index.catalog

    def ask(self, text: str, audience: Audience, *, before: Question | None = None, limit: int = 3) -> Answer:
        """The answer to a question."""
        return self.finder.ask(text, audience, before=before, limit=limit)

    def why(self, text: str, audience: Audience, before: Question | None = None) -> Mapping[str, Any]:
        """How the answer to a question comes about, stage by stage."""
        return self.finder.ask(text, audience, before=before, explain=True).trace or {}

    def hit(self, quote_id: str, document_id: str, audience: Audience) -> QuoteHit | None:
        """A quote by its id, whole and verified again; None when it is gone, withheld, or not for this audience."""
        from retrieval.asking.present import around, gate_against
        from retrieval.display import display, link

        catalog = self.index.catalog
        with self.finder.reading():
            document = catalog.document(document_id)
            if document is None or not audience.may_see(document.channels):
                return None
            quote = catalog.quote(quote_id) or self._passage(quote_id)
            if quote is None or quote.document_id != document.id:
                return None
            if gate_against(document, quote, quote.fragments, self.finder.shelf) is not None:
                return None
            hidden = catalog.hidden_in(document.id)
        shown = display(document.text, quote.fragments)
        before, after = around(document, quote.fragments, hidden)
        return QuoteHit(
            quote, document, shown, quote.fragments, False, link(document.url, shown), before, after, quote.confidence
        )

    def as_shown(
        self, shown: Sequence[tuple[str, str]], audience: Audience, text: str, before: Question | None, limit: int
    ) -> tuple[QuoteHit, ...]:
        """The quotes of an answer that was given, as they were shown and with their other sources.

        The question is asked again; what it no longer finds is taken by its id. Each is (quote id, document id).
        """
        again = {h.quote.id: h for h in self.ask(text, audience, before=before, limit=limit).quotes} if text else {}
        found = (again.get(quote) or self.hit(quote, document, audience) for quote, document in shown)
        return tuple(hit for hit in found if hit is not None)

    def context(self, quote_id: str, document_id: str, audience: Audience) -> InContext | None:
        """A quote with the paragraphs around it, or None as for `hit`."""
        hit = self.hit(quote_id, document_id, audience)
        if hit is None:
            return None
        hidden = self.catalog.hidden_in(hit.document.id)
        before, after = paragraphs_around(hit.document, hit.quote.extent, hidden)
        return InContext(hit, before, after)

    def counts(self, audience: Audience) -> Counts:
        """How much there is."""
        return self.catalog.counts(audience)

    def check(
        self,
        text: str,
        audience: Audience,
        tells_hidden: Callable[[], bool] = lambda: False,
        *,
        one_named: bool = False,
    ) -> Verdict:
        """Whether the quotations of a text are real words of whoever it names; admins are told of hidden ones.

        With `one_named` the one person whom a message names is whom it credits with what it credits to nobody else.
        """
        from retrieval.asking.check import check

        return check(text, self.finder, audience, tells_hidden=tells_hidden, one_named=one_named)

    def timeline(self, words: str, audience: Audience) -> Timeline:
        """What somebody said, by date: `words` begin with the speaker, and a topic may follow ("Ahab on the whale")."""
        from retrieval.asking.timeline import timeline

        speaker, topic = self._speaker_and_topic(words.split(), audience)
        return timeline(self.finder, speaker, topic, audience)

    def whom(self, words: str, audience: Audience) -> tuple[tuple[Speaker, ...], str]:
        """Who is meant by words that begin with a name, and on what. Raises NotFound when nobody of that name is quoted."""
        speaker, topic = self._speaker_and_topic(words.split(), audience)
        with self.finder.reading():
            found = self.finder.named(speaker, audience)
        if not found:
            raise NotFound(f"Nobody called “{speaker[:80]}” is quoted; “speakers” lists who is.")
        return found, topic

    def quotes_on(self, speakers: Sequence[tuple[str | None, str]], topic: str, audience: Audience) -> frozenset[str]:
        """The quotes of speakers (ids and names) that are on a topic."""
        with self.finder.reading():
            named = {s for _, name in speakers for s in self.finder.named(name, audience)}
            meant = tuple(s for s in named if any(s.id == known for known, _ in speakers))
            found = self.finder.statements(meant, topic, audience, MANY) if meant else ()
        return frozenset(hit.quote.id for hit in found)

    def _speaker_and_topic(self, words: Sequence[str], audience: Audience) -> tuple[str, str]:
        def split(count: int) -> tuple[str, str]:
            rest = words[count + 1 :] if words[count : count + 1] and words[count] in ("on", "about") else words[count:]
            return " ".join(words[:count]), " ".join(rest)

        longest = min(len(words), LONGEST_NAME)
        with self.finder.reading():
            roster = self.finder.shelf.roster(audience)
            for count in range(longest, 0, -1):
                name = " ".join(words[:count])
                if roster.by_name(name) or roster.by_role(name) or roster.by_body(name):
                    return split(count)
            for count in (2, 1, 3):  # a name that is misspelt, first as most names are
                if count <= longest and self.finder.named(" ".join(words[:count]), audience):
                    return split(count)
        return split(longest if longest < 3 else 2)

    def citations(self, hit: QuoteHit) -> tuple[tuple[str, str], ...]:
        """The citation of a quote, in each of the forms that people paste: (what it is for, the text)."""
        from retrieval.cite import bibtex, markdown, plain

        return (("As text", plain(hit)), ("For Markdown", markdown(hit)), ("For BibTeX", bibtex(hit)))

    def speakers(self, audience: Audience) -> tuple[SpeakerCount, ...]:
        """Everybody who is quoted, most quoted first."""
        return self.catalog.speakers(audience)

    def documents(self, audience: Audience) -> tuple[Document, ...]:
        """All documents, newest publication first, those without a date last."""
        found = self.catalog.documents(audience)
        dated = sorted((d for d in found if d.published), key=lambda d: str(d.published), reverse=True)
        return (*dated, *(d for d in found if not d.published))

    def quote_counts(self) -> dict[str, int]:
        """How many quotes each document has."""
        return self.catalog.quote_counts()

    def find_documents(self, words: str) -> tuple[Document, ...]:
        """Documents whose title, publisher, file name or id holds all of the words, newest first; for admins."""
        from retrieval.model import ADMIN

        wanted = words.casefold().split()
        texts = ((d, f"{d.id} {d.path} {d.title or ''} {d.publisher or ''}".casefold()) for d in self.documents(ADMIN))
        return tuple(d for d, text in texts if all(word in text for word in wanted))

    def together(self) -> dict[str, int]:
        """How many documents each file holds."""
        from collections import Counter

        from retrieval.model import ADMIN

        return dict(Counter(d.path for d in self.catalog.documents(ADMIN)))

    def questions_of(self, documents: Sequence[Document]) -> tuple[str, ...]:
        """Up to three questions that these documents answer."""
        from retrieval.asking.refusals import questions_for

        found = (q for d in documents for q in questions_for(d, self.index.catalog.quotes_of(d.id)))
        return tuple(dict.fromkeys(found))[:3]

    def corrector(self, records: Records) -> Corrector:
        """What corrects quotes and documents, at once in every answer."""
        from retrieval.syncing.correcting import Corrector

        with self.finder.reading():
            return Corrector(self.index.catalog, records, self.finder.shelf.people)

    def read_again_after(self, correction: Correction) -> None:
        """Ask whoever follows the corpus to read a document again that has another speaker now."""
        from retrieval.storing.corrections import gives_speaker
        from retrieval.syncing import handover

        if gives_speaker(correction):
            handover.ask(self.index.data)

    def examples(self, audience: Audience) -> tuple[str, ...]:
        """Questions that the documents at hand do answer: each was asked before it is given."""
        key = (self.index.catalog.generation(), audience)
        with self._lock:
            if key not in self._examples:
                self._examples = {k: v for k, v in self._examples.items() if k[0] == key[0]}
                self._examples[key] = self._found_examples(audience)
            return self._examples[key]

    def _found_examples(self, audience: Audience) -> tuple[str, ...]:
        from retrieval.asking.refusals import questions_for

        found: dict[str, str] = {}  # one of each speaker
        for document in self.documents(audience)[:_TRIED]:
            for question in questions_for(document, self.index.catalog.quotes_of(document.id)):
                answer = self.ask(question, audience, limit=1)
                speaker = answer.quotes[0].quote.speaker if answer.quotes else None
                if speaker is not None:
                    found.setdefault(speaker.name, question)
            if len(found) >= SAMPLES:
                break
        return tuple(found.values())[:SAMPLES]

    def _passage(self, passage_id: str) -> Quote | None:
        passage = self.index.catalog.passage(passage_id)
        if passage is None:
            return None
        return Quote(passage.id, passage.document_id, "passage", (passage.span,))


def paragraphs_around(document: Document, extent: Span, hidden: Sequence[Span] = ()) -> tuple[str, str]:
    """The paragraph before and the one after, each with what stands in the quote's own paragraphs beside it (pure).

    They stop short of words that an admin has hidden.
    """
    from retrieval.display import collapse
    from retrieval.sentences import paragraphs

    spans = list(paragraphs(document.text))
    touched = [i for i, span in enumerate(spans) if span.start < extent.end and extent.start < span.end]
    first = spans[max(0, touched[0] - 1)] if touched else extent
    last = spans[min(len(spans) - 1, touched[-1] + 1)] if touched else extent
    start = max([first.start, *(h.end for h in hidden if h.end <= extent.start)])
    end = min([last.end, *(h.start for h in hidden if h.start >= extent.end)])
    before = Span(min(start, extent.start), extent.start)
    after = Span(extent.end, max(end, extent.end))
    # The marks around the words go: the words are shown apart.
    left, right = collapse(before.of(document.text)), collapse(after.of(document.text))
    return left.rstrip(' "“„«‘'), right.lstrip(' "”“»’')
