"""What can be looked up in an index without asking a question: people, quotes by their id, where somebody is quoted."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from retrieval.asking.asked_speakers import Capacity
from retrieval.asking.credit_index import Title, fits, related, relation_of, title_of
from retrieval.asking.declining import Premise, is_said, is_told
from retrieval.asking.memory import Card, Memory
from retrieval.asking.mentioned_people import Asked
from retrieval.asking.present import Worth, hits, shown
from retrieval.asking.question import Understood
from retrieval.asking.quoted import Known, Roster, means_one
from retrieval.asking.rank import Found, Nearness, Scored
from retrieval.asking.search import Pool, Search, VectorSearch, day_of
from retrieval.errors import NO_INDEX, IndexMissing
from retrieval.model import Audience, Document, Quote, QuoteHit, Span, Speaker
from retrieval.people import People
from retrieval.terms import fold, tokens, words

_LEFT = re.compile(r"\W*(?:the\s+)?(?:former|ex|onetime)\b", re.IGNORECASE)  # an office that somebody held before
_TERM = timedelta(days=4 * 365)  # how far from its document somebody may hold an office that it tells
_ENTERING = timedelta(days=60)  # how long somebody is new in an office
_READ_FOR_A_TITLE = 16  # windows whose documents are read for who bears a title

if TYPE_CHECKING:
    from retrieval.catalog import Catalog
    from retrieval.embed import Embedder


class Lookup:
    """Reads one index for one person at a time. Safe to use from several threads."""

    def __init__(self, catalog: Catalog, vectors: VectorSearch, embedder: Embedder, people: People) -> None:
        self._catalog, self._embedder = catalog, embedder
        self.shelf = Memory(catalog, people, self._is_word)
        self.search = Search(catalog, vectors, self.shelf)

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """One state of the index for all that is read inside. Raises IndexMissing while there is no whole one."""
        with self._catalog.snapshot():
            if self._catalog.facts().get("last_index") is None:
                raise IndexMissing(NO_INDEX)  # what there is of it would make "I hold nothing on that" a lie
            with self.shelf.turned():
                yield

    def named(self, name: str, audience: Audience) -> tuple[Speaker, ...]:
        """Whom a name, however it is spelt, means among the people known and quoted."""
        roster = self.shelf.roster(audience)
        match = roster.by_name(name) or roster.by_role(name) or roster.by_body(name) or roster.described(name)
        match = match or roster.misspelt(name)
        return match.speakers if match else ()

    def quotes_with(self, claimed: str, audience: Audience) -> list[Quote]:
        """Quotes that hold many of the claimed words, whoever said them."""
        return self.search.saying(tokens(claimed), audience)

    def written_in(self, claimed: str, holds: Callable[[str], bool], audience: Audience) -> Document | None:
        """A document whose running text holds the claimed words, be they nobody's quotation; `holds` compares.

        Words that an admin has hidden stand nowhere.
        """
        found = self._catalog.search(tokens(claimed), audience, owners="passages", limit=_READ_FOR_A_TITLE)
        for window in self._catalog.windows([name for name, _ in found]).values():
            document = self.shelf.document(window.document_id)
            if document is not None and holds(_left(document.text, self._catalog.hidden_in(document.id))):
                return document
        return None

    def hidden_in(self, document_id: str) -> tuple[Span, ...]:
        """The words of a document that an admin has hidden."""
        return self._catalog.hidden_in(document_id)

    def stands_in_documents(self, name: str, audience: Audience) -> bool:
        """Whether a name stands in a document as it is written, be it that nothing there is quoted as theirs."""
        wanted = words(name)
        found = self._catalog.search(wanted, audience, owners="passages", limit=_READ_FOR_A_TITLE) if wanted else ()
        for window in self._catalog.windows([one for one, _ in found]).values():
            document = self.shelf.document(window.document_id)
            there = tokens(window.span.of(document.text)) if document else []
            plain = [fold(re.sub(r"[’']s$|\.", "", token)) for token in there]
            for at in range(len(there) - len(wanted) + 1):
                if plain[at : at + len(wanted)] == wanted and there[at][0].isupper():
                    return True
        return False

    def present(self, quotes: Sequence[Quote], worth: Worth, limit: int) -> tuple[QuoteHit, ...]:
        """These quotes as hits, verified, each statement once with all its sources."""
        found = []
        for quote in quotes:
            document = self.shelf.document(quote.document_id)
            if document is not None:
                near = self.shelf.surroundings(document, quote, quote.extent)
                found.append(Scored(Found(quote, document, Nearness(1.0, 1.0, 1.0), near), {}, 1.0))
        return hits(shown(found, worth, self.shelf), limit, self._catalog.hidden_in)

    def speakers(self, audience: Audience) -> tuple[Known, ...]:
        """Everybody who is quoted, most quoted first."""
        return tuple(sorted(self.shelf.roster(audience).known, key=lambda k: (-k.quotes, k.speaker.name)))

    def sources_of(self, speaker: Speaker, audience: Audience) -> list[dict[str, str | int | None]]:
        """In which documents a speaker is quoted, and how often, most often first."""
        counts = Counter(self.shelf.quoted_in(speaker))
        rows = []
        for document_id, n in counts.most_common():
            card = self.shelf.card(document_id)
            document = self.shelf.document(document_id)
            if card and document and audience.may_see(card.channels):
                rows.append({"id": document.id, "title": document.title, "path": document.path, "quotes": n})
        return rows

    def quote(self, quote_id: str, audience: Audience) -> QuoteHit | None:
        """One quote by its id, with its further sources; None when there is none that the audience may see."""
        with self.reading():
            quote = self._catalog.quote(quote_id)
            card = self.shelf.card(quote.document_id) if quote else None
            if quote is None or card is None or not audience.may_see(card.channels):
                return None
            whole = self.present([quote], lambda _document, parts: [0.0] * len(parts), 1)
            return whole[0] if whole else None

    def relatives(self, phrase: str, audience: Audience) -> tuple[Speaker, ...]:
        """Those whom the documents call somebody's "running mate" or "sister", where a phrase asks for that."""
        relation, roster = relation_of(phrase), self.shelf.roster(audience)
        match = roster.by_name(relation.owner) if relation else None
        if relation is None or match is None:
            return ()
        found = [s for owner in match.speakers for s in related(relation, owner, roster.credits.credits)]
        return tuple(dict.fromkeys(s for s in found if roster.counts.get(s.id or "")))

    def in_their_words(self, understood: Understood, audience: Audience) -> Understood:
        """A question with those whom the documents call what it calls its speaker."""
        known, roster = understood.question.speakers, self.shelf.roster(audience)
        found_kind = understood.asked == "described" and not understood.unknown
        phrase = understood.typed if found_kind else understood.role
        if not phrase or not _one_known(phrase, understood.question.text):
            return understood
        sure = known if found_kind else tuple(s for s in known if roster.holds_role(s))
        if understood.asked == "role" and len(sure) == len(known) and not _LEFT.match(phrase):
            return understood
        meant = roster.called(phrase) or self.relatives(phrase, audience)
        if not meant:
            return understood
        question = replace(understood.question, speakers=tuple(dict.fromkeys((*meant, *sure))), intent="quote")
        asked: Asked = "described" if understood.asked == "nobody" else understood.asked
        return replace(understood, question=question, unknown="", asked=asked)

    def credited(self, title: Title, quote: Quote, audience: Audience) -> bool:
        """Whether the document calls whoever says a quote by the title."""
        if quote.speaker is None:
            return False
        own = quote.speaker.name if quote.speaker.unnamed else quote.role or ""
        called = self.shelf.roster(audience).credits
        return (bool(own) and fits(title, title_of(own, self.shelf.keys))) or called.bears(
            title, quote.document_id, quote.speaker
        )

    def borne_out(self, pool: Pool, premise: Premise, speakers: Sequence[Speaker]) -> Pool:
        """The candidates from documents that tell what a question takes for granted of its speakers."""
        surnames = {s.name.split()[-1] for s in speakers if s.type == "person" and not s.unnamed}
        if not surnames:
            return pool
        texts = {f.document.id: f.document.text for f in pool.found}
        told = {name for name, text in texts.items() if is_told(premise, surnames, text, self.shelf.keys)}
        borne_out = (
            f
            for f in pool.found
            if f.document.id in told or is_said(premise, " ".join(s.of(f.document.text) for s in f.quote.fragments))
        )
        return replace(pool, found=tuple(borne_out))

    def in_office(self, role: str, quote: Quote, card: Card, audience: Audience) -> bool:
        """Whether the speaker held the office asked about when the words were said, as far as that is known."""
        if not role or quote.speaker is None or quote.speaker.id is None:
            return True
        day, roster = day_of(quote, card), self.shelf.roster(audience)
        if not roster.holds_role(quote.speaker):
            return self._may_have_held(role, quote.speaker, day, roster)
        if day is not None:
            holders = roster.people.by_role(role, on=day)
            if not holders or any(p.id == quote.speaker.id for p in holders):
                return True
        elif not roster.is_bare(role):
            return True
        # of a president somewhere, undated words are those of whom the document calls so
        return any(self.credited(title, quote, audience) for title in roster.titles_of(role))

    def _may_have_held(self, role: str, speaker: Speaker, day: date | None, roster: Roster) -> bool:
        """Whether a document of about that day, or of no day, calls the speaker so; nobody knows who is called so nowhere."""
        found = (bearer for bearer in roster.credits.called(roster.titles_of(role)) if bearer.speaker.id == speaker.id)
        cards = [self.shelf.card(one) for bearer in found for one in bearer.documents]
        days = [card.published for card in cards if card is not None]
        return day is None or not days or any(one is None or abs(one - day) <= _TERM for one in days)

    def credits_of(self, speaker: Speaker, audience: Audience) -> list[dict[str, str | None]]:
        """What the documents call a speaker, each with its document and that document's date, once."""
        found: dict[tuple[str, str], dict[str, str | None]] = {}
        for credit in self.shelf.roster(audience).credits.credits:
            if (credit.speaker.id or credit.speaker.name) == (speaker.id or speaker.name):
                document = self.shelf.document(credit.document_id)
                told = " ".join(credit.words.split())
                day = document.published.isoformat() if document and document.published else None
                title = (document.title or document.path) if document else None
                facts = {"words": told, "kind": credit.kind, "of": credit.of, "document": title, "published": day}
                found.setdefault((told, credit.document_id), facts)
        return list(found.values())

    def in_capacity(self, capacity: Capacity | None, quote: Quote, card: Card, audience: Audience) -> bool:
        """Whether words are known to be from the time in an office that a question wants them from."""
        if capacity is None:
            return True
        if quote.speaker is None or quote.speaker.id is None:
            return False
        roster, day = self.shelf.roster(audience), day_of(quote, card)
        roles = roster.people.held(quote.speaker.id, capacity.office)
        since = min((role.since for role in roles if role.since), default=None)
        if capacity.when == "before":
            return bool(day and since and day < since)
        if capacity.when == "becoming":
            return bool(day and any(r.since and r.since <= day <= r.since + _ENTERING for r in roles))
        if capacity.when == "after" and day and since:
            return day >= since
        if day is not None and roles:
            return any(role.held_on(day) for role in roles)
        credit = title_of(quote.role or "", self.shelf.keys).keys
        ways = [*roster.office_words(capacity.office), *(role.title for role in roles)]
        return bool(credit) and any(title_of(way, self.shelf.keys).keys <= credit for way in ways)

    def _search_words(self, phrase: str, audience: Audience) -> tuple[tuple[str, float], ...]:
        return self._catalog.search(words(phrase), audience, owners="passages", limit=_READ_FOR_A_TITLE)

    def _is_word(self, word: str) -> bool:
        """Whether the embedding model knows the word whole, which it does with all but rare and misspelt ones."""
        return self._embedder.count(word) <= 3


def _one_known(phrase: str, question: str) -> bool:
    """Whether a question means somebody in particular by what it calls them: not "a diplomat", "some aide"."""
    any_one = rf"\b(?:an?|one|some|several|two|another)\s+{re.escape(phrase)}"
    return means_one(phrase) and not re.search(any_one, question, re.IGNORECASE)


def _left(text: str, hidden: Sequence[Span]) -> str:
    """A text with what is hidden in it cut out visibly, so that no words reach across."""
    for span in sorted(hidden, key=lambda s: -s.start):
        text = f"{text[: span.start]} … {text[span.end :]}"
    return text
