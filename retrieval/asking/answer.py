"""QuoteFinder.ask: text → question → candidates → rank → verify → Answer, or an honest abstention."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from retrieval.asking import merging, refusals
from retrieval.asking.checked_answers import answer_of, checked, with_reserve
from retrieval.asking.claim_questions import claim_question
from retrieval.asking.claims import LONGEST
from retrieval.asking.coverage import Wanted, mended, wanted
from retrieval.asking.declining import (
    Judged,
    beside_the_point,
    declined,
    find_deed,
    find_premise,
    has_to_do,
    is_borne_out,
    is_filler,
    no,
    says_not_quite,
)
from retrieval.asking.lookup import Lookup
from retrieval.asking.memory import Card
from retrieval.asking.present import Shown, disagreement, hits, joined, shown, words_first, worth_by_words
from retrieval.asking.question import Understood, topic_told, understand
from retrieval.asking.quoted import means_one
from retrieval.asking.rank import (
    Found,
    Scored,
    Weights,
    answer_features,
    load_weights,
    order,
    probability,
    rivals_of,
    telling,
)
from retrieval.asking.search import Pool, VectorSearch, Wish, day_of, said_between
from retrieval.asking.trace import Trace
from retrieval.lexicon import gender_of
from retrieval.model import Answer, Audience, Question, Quote, QuoteHit, Speaker
from retrieval.people import People
from retrieval.rules import rule
from retrieval.storing.one_thread import products_alone
from retrieval.terms import fold, tokens, words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from retrieval.catalog import Catalog
    from retrieval.embed import Embedder

    Matrix = npt.NDArray[np.float32]


_YEARS = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_CONSIDERED = 12  # ranked candidates that are cut, verified and merged
_ON_TOPIC = 3.5  # how far behind the best statement another one may be and still count as on the topic
_BESIDE_THE_FIRST = 4.5  # how far behind the first quote further ones may be and still be shown with it
_SAYS_SOMETHING = 8  # words from which a statement stands for itself where no topic is asked for
_NEAREST = 2  # quotes that are shown beside a refusal
_NEAR = 0.1  # how likely the first must be an answer for it to be shown even so, marked as none
_GUESSED = 0.65  # how likely the words must be the answer where the speaker's name is only guessed


class QuoteFinder(Lookup):
    """Answers questions from one index. Safe to use from several threads."""

    def __init__(
        self,
        catalog: Catalog,
        vectors: VectorSearch,
        embedder: Embedder,
        people: People,
        weights: Weights | None = None,
    ) -> None:
        super().__init__(catalog, vectors, embedder, people)
        self._weights = weights or load_weights()
        products_alone()

    def weigh(self, weights: Weights) -> None:
        """Order and decide by other weights from now on."""
        self._weights = weights

    def ask(
        self,
        text: str,
        audience: Audience,
        *,
        before: Question | None = None,
        limit: int = 3,
        today: date | None = None,
        explain: bool = False,
    ) -> Answer:
        """The quotes that answer `text` for `audience`, best first, or the reason why there are none.

        With `explain` the answer's `trace` tells, stage by stage, what was seen; it tells nothing that the audience may not see.
        """
        started = time.perf_counter()
        trace = Trace(self._weights)
        with self.reading():
            answer = self._checked(text, audience, before, limit, today, trace)
        answer = replace(answer, took_ms=(time.perf_counter() - started) * 1000)
        return replace(answer, trace=trace.told(answer)) if explain else answer

    def statements(
        self, speakers: Sequence[Speaker], topic: str, audience: Audience, limit: int
    ) -> tuple[QuoteHit, ...]:
        """All that these speakers said, or what they said on a topic, each statement once."""
        worth = worth_by_words(self._wanted(topic, audience), self.shelf)
        if not topic.strip():
            ids = [s.id for s in speakers if s.id is not None]
            return self.present(self._catalog.quotes_by(ids, audience), worth, limit)
        names = " and ".join(s.name for s in speakers)
        question = Question(topic, "quote", tuple(speakers), topic)
        judged = self.judge(
            Understood(question, "name", search=f"What did {names} say about {topic}?", clause=topic), audience
        )
        if judged.probability < self._weights.line:
            return ()
        near = [s for s in judged.ranked if s.score >= judged.ranked[0].score - _ON_TOPIC]
        return self.present([s.found.quote for s in near], worth, limit)

    def confidence(self, text: str, audience: Audience) -> float:
        """How sure the first candidate for a question is an answer, whether or not it would be shown; 0 without one."""
        with self.reading():
            understood = self.understand(text, audience)
            if understood.refusal or (understood.unknown and understood.asked != "described"):
                return 0.0
            return self.judge(understood, audience).probability

    def understand(
        self, text: str, audience: Audience, before: Question | None = None, today: date | None = None
    ) -> Understood:
        """What is understood of a question."""
        understood = understand(
            text, self.shelf.roster(audience), publishers=self.shelf.publishers(audience), before=before, today=today
        )
        return understood if understood.refusal else self.in_their_words(understood, audience)

    def judge(self, understood: Understood, audience: Audience) -> Judged:
        """Candidates, ranked, and how likely the first one answers: what calibration fits."""
        question = understood.question
        views = self._views(understood.clause or question.topic, understood.search)
        asked = wanted(
            question.topic,
            self.shelf.keys,
            partial(self.shelf.frequency, audience=audience),
            self.shelf.size(audience),
            names=self._topic_names(understood, audience),
            named_outright=understood.named_outright,
        )
        who = question.intent == "who_said" and not understood.quoted
        deed = find_deed(understood.search, self.shelf.roster(audience), self.shelf.keys) if who else None
        done_to = deed.done_to if deed else ()
        held = understood.role if understood.asked == "role" else ""
        wish = Wish(
            audience,
            speakers=question.speakers,
            passages=not question.speakers and not understood.unknown and question.intent == "passage",
            accepts=lambda quote, card: (
                fits(understood, quote, card, lambda: self._text_of(quote))
                and quote.speaker not in (*understood.besides, *done_to)
                and self.in_office(held, quote, card, audience)
                and self.in_capacity(understood.capacity, quote, card, audience)
            ),
            narrow=bool(question.since or question.until or question.publisher or understood.capacity or held),
        )
        terms = [w.term.folded for w in asked]
        pool = self.search.pool(views, terms, wish)
        asked = self._mended(asked, pool)
        if any(w.meant for w in asked):
            views = self._views(respelt(understood.clause or question.topic, asked), respelt(understood.search, asked))
            pool = self.search.pool(views, [w.meant or w.term.folded for w in asked], wish)
        if understood.unknown:
            pool = self._called(pool, understood, audience)
        if deed is not None:
            done = (f for f in pool.found if is_borne_out(deed, f.quote, f.document, self.shelf.keys))
            pool = replace(pool, found=tuple(done))
        if (premise := find_premise(question.text)) is not None:
            pool = self.borne_out(pool, premise, question.speakers)
            asked = tuple(w for w in asked if w.key not in self.shelf.keys.of(premise.event))
        ranked = order(pool.found, asked, self._weights, question.text)
        terms = [w.meant or w.term.folded for w in asked]
        others = self.search.others(views, terms, audience, question.speakers) if question.speakers and ranked else []
        rivals = rivals_of(others, asked)
        features: dict[str, float] = {}
        sure = 0.0
        if ranked:
            nobody = not question.speakers and not understood.unknown
            features = answer_features(ranked, asked, rivals, question=question, nobody=nobody)
            sure = probability(features, self._weights)
        return Judged(understood, asked, tuple(ranked), tuple(others), features, sure, pool)

    def _checked(
        self,
        text: str,
        audience: Audience,
        before: Question | None,
        limit: int,
        today: date | None,
        trace: Trace,
    ) -> Answer:
        """The answer; to a question that claims words what a check of them finds, and what comes near only after it."""
        claim = claim_question(text[:LONGEST])
        if claim is None or not self.shelf.visible(audience):
            return self._answer(text, audience, before, limit, today, trace)
        understood = trace.understood = self.understand(text, audience, before, today)
        verdict = checked(claim, understood, self, audience)
        answer = answer_of(verdict, claim, understood, limit)
        if answer is not None:
            return answer
        return with_reserve(self._answer(text, audience, before, limit, today, trace), verdict, claim)

    def _answer(
        self,
        text: str,
        audience: Audience,
        before: Question | None,
        limit: int,
        today: date | None,
        trace: Trace,
    ) -> Answer:
        understood = trace.understood = self.understand(text, audience, before, today)
        question = understood.question
        if understood.refusal:
            return no(question, understood.refusal, understood.message)
        if not self.shelf.visible(audience):
            return no(question, "nothing_held", refusals.EMPTY_CORPUS)
        if question.intent == "who_said" and len(words(understood.quoted)) >= 2:
            return self._who_said(understood, audience, limit)
        if understood.unknown and understood.asked != "described":
            return self._nobody(understood, understood.unknown, "name_unknown", audience, limit, trace)
        if understood.doubt and self._may_be_a_name(understood.doubt, audience):
            return self._nobody(understood, understood.doubt, "name_in_doubt", audience, limit, trace)
        roster = self.shelf.roster(audience)
        if question.speakers and not any(s.unnamed or roster.counts.get(s.id or "") for s in question.speakers):
            country, others = roster.speaks_for(question.speakers)
            message = refusals.never_quoted(question.speakers, understood.role, understood.typed, country, others)
            return no(question, "never_quoted", message)
        judged = trace.reads(self.judge(understood, audience))
        if understood.any_year and not judged.ranked:
            question = replace(question, since=None, until=None)
            understood = replace(understood, question=question, event=understood.any_year)
            judged = trace.reads(self.judge(understood, audience))
        if understood.guess and judged.probability < max(_GUESSED, self._weights.line):
            return self._nobody(understood, understood.typed, "name_guessed", audience, limit, trace)
        why = self._against(judged)
        if (why or not judged.ranked) and (beyond := self._undated(understood, audience)) is not None:
            return self._shown(trace.reads(beyond), limit, trace)
        if why or not judged.ranked:
            miswritten = understood.asked == "fuzzy" or (understood.unknown and not judged.ranked)
            meant = self._meant(understood, understood.typed, audience) if miswritten else None
            return (
                self._read_as(understood.typed, trace.reads(meant), limit, trace)
                if meant
                else self._with_nearest(declined(judged, why, audience, self._catalog, self.shelf), judged, trace)
            )
        if understood.guess:
            return self._read_as(understood.typed, judged, limit, trace)
        return self._shown(judged, limit, trace)

    def _undated(self, understood: Understood, audience: Audience) -> Judged | None:
        """The question put to documents without a date, where it names a period; None where these do not answer it either."""
        question = understood.question
        if not (question.since or question.until) or understood.guess:
            return None
        judged = self.judge(replace(understood, undated=True), audience)
        return judged if judged.ranked and not self._against(judged) else None

    def _against(self, judged: Judged) -> str:
        """What speaks against answering with the first candidate, with its amount; empty: nothing, or there is none."""
        if not judged.ranked:
            return ""
        if not judged.asked and judged.understood.question.speakers and not judged.understood.guess:
            return ""  # whatever they said is asked for, and that they did
        if judged.probability < self._weights.line:
            return f"the evidence is {judged.probability:.2f}, below the line {self._weights.line:.2f}"
        return beside_the_point(judged, self._is_word)

    def _may_be_a_name(self, doubt: str, audience: Audience) -> bool:
        """Whether words that open a question like a name are one: no words of the documents, a given name, or capitals and no words of the language."""
        first, *more = doubt.split()
        capital = all(word[:1].isupper() for word in doubt.split())
        people = self.shelf.roster(audience).people
        strange = bool(more) and people.places.find(doubt) is None and not any(map(people.is_ordinary, doubt.split()))
        named = (gender_of(first) is not None and (not more or capital)) or (capital and strange)
        return named or not all(self.shelf.frequency(words(doubt), audience).values())

    def _nobody(
        self, understood: Understood, typed: str, code: str, audience: Audience, limit: int, trace: Trace
    ) -> Answer:
        """The answer to a question about a name that nobody who is quoted bears, as it is written."""
        meant = self._meant(understood, typed, audience)
        if meant is not None:
            return self._read_as(typed, trace.reads(meant), limit, trace)
        if typed[:1].isupper() and self.stands_in_documents(typed, audience):
            return no(understood.question, "only_named", refusals.only_named(typed), decided=f"“{typed}” is named")
        roster = self.shelf.roster(audience)
        near = [p.name for p, _ in roster.people.fuzzy(typed)] or [s.name for s in roster.near(typed)]
        told = refusals.unknown_speaker(typed, near[:2])
        return no(understood.question, code, told, decided=f"“{typed}”: {refusals.CODES[code].decides}")

    def _meant(self, understood: Understood, typed: str, audience: Audience) -> Judged | None:
        """The question with the one whose name may be meant, where their words bear it out."""
        near = self.shelf.roster(audience).near(typed) if typed else ()
        judged = self._read(understood, typed, near, audience)
        if judged is None or len(near) == 1:
            return judged
        speaker = judged.ranked[0].found.quote.speaker  # of all those near, who said what fits; and what else did they?
        return self._read(understood, typed, [s for s in near if s == speaker], audience)

    def _read(self, now: Understood, typed: str, speakers: Sequence[Speaker], audience: Audience) -> Judged | None:
        """The question with these speakers in place of the name that was typed; None where their words do not fit."""
        if not speakers:
            return None
        topic = now.question.topic.replace(typed, " ").strip() if now.doubt else now.question.topic
        search = now.search.replace(typed, speakers[0].name)
        question = replace(now.question, speakers=tuple(speakers), topic=topic, intent="quote")
        read = replace(now, question=question, asked="fuzzy", unknown="", doubt="", shared=False, search=search)
        judged = self.judge(read, audience)
        return judged if judged.ranked and judged.probability >= max(_GUESSED, self._weights.line) else None

    def _read_as(self, typed: str, judged: Judged, limit: int, trace: Trace) -> Answer:
        answer = self._shown(judged, limit, trace)
        name = judged.understood.question.speakers[0].name
        return (
            replace(answer, message=f"{refusals.read_as(typed, name)} {answer.message}".strip())
            if answer.answered
            else answer
        )

    def _shown(self, judged: Judged, limit: int, trace: Trace) -> Answer:
        question = judged.understood.question
        ranked = words_first(telling(self._ordered(judged), judged.asked, question.text))
        worth = worth_by_words(judged.asked, self.shelf)
        best = max(s.score for s in ranked)
        near = [s for s in ranked if s.score >= best - _BESIDE_THE_FIRST]
        near = [s for s in near if not is_filler(s, judged.asked)]
        ready = shown((near or ranked)[: max(_CONSIDERED, 2 * limit)], worth, self.shelf, trace.stopped)
        if not ready:
            return no(question, "withheld", refusals.WITHHELD)
        if judged.understood.shared and (names := namesakes(ready)):
            return no(question, "several_fit", refusals.ambiguous(names), tuple(s.name for s in names))
        found = hits(joined(ready), 2 * limit if judged.understood.further else limit, self._catalog.hidden_in)
        if judged.understood.further:
            found = found[limit:]
        if not found:
            return no(question, "nothing_more", refusals.no_more(question))
        if judged.understood.asked in {"described", "role"} and found[0].quote.speaker:
            question = replace(
                question, speakers=tuple(dict.fromkeys(h.quote.speaker for h in found if h.quote.speaker))
            )
        not_quite = refusals.not_just_that(question.speakers) if says_not_quite(judged) else ""
        notes = (
            disagreement(found[0]),
            refusals.undated(judged.understood.event),
            refusals.of_no_known_day(question) if judged.understood.undated else "",
            not_quite,
            refusals.left(judged.understood.also),
        )
        return Answer(question, found, message=" ".join(note for note in notes if note))

    def _with_nearest(self, refusal: Answer, judged: Judged, trace: Trace) -> Answer:
        """A refusal with the speaker's nearest words beside it, where they have something to do with what was asked."""
        if refusal.code not in refusals.NEAR or judged.probability < _NEAR or not has_to_do(judged):
            return refusal
        worth = worth_by_words(judged.asked, self.shelf)
        ranked = [s for s in judged.ranked if s.score >= judged.ranked[0].score - _ON_TOPIC]
        ready = shown(ranked[:_CONSIDERED], worth, self.shelf, trace.stopped)
        near = hits(joined(ready), _NEAREST, self._catalog.hidden_in) if ready else ()
        if not near:
            return refusal
        told = replace(refusal.question, topic=topic_told(judged.understood))
        return replace(refusal, near=near, close=(), message=refusals.silent(told, (), self.shelf.people))

    def _ordered(self, judged: Judged) -> list[Scored]:
        """The ranked candidates, newest first where the question asks for the latest; what says nothing last."""
        ranked = list(judged.ranked)
        if not judged.asked:
            ranked.sort(key=lambda s: s.found.near.length < _SAYS_SOMETHING)
        if judged.understood.question.order != "latest":
            return ranked
        near = [s for s in ranked if s.score >= ranked[0].score - 1.0 or not judged.asked]
        dated = sorted(near, key=lambda s: self._day(s.found) or date.min, reverse=True)
        if not judged.asked:
            dated.sort(key=lambda s: s.found.near.length < _SAYS_SOMETHING)
        return [*dated, *(s for s in ranked if s not in near)]

    def _day(self, found: Found) -> date | None:
        card = self.shelf.card(found.document.id)
        return day_of(found.quote, card) if card else None

    def _who_said(self, understood: Understood, audience: Audience, limit: int) -> Answer:
        """Whose words stand in quotation marks in the question."""
        question = understood.question
        claimed = tuple(words(understood.quoted))
        quotes = self.search.saying(claimed, audience)
        exact: list[Quote] = []
        unattributed = False
        for quote in quotes:
            document = self.shelf.document(quote.document_id)
            if document is None:
                continue
            theirs = tuple(words(" ".join(f.of(document.text) for f in quote.fragments)))
            if not merging.contains(theirs, claimed) and merging.compared(theirs, claimed) != "differs":
                continue
            if quote.speaker is None:
                unattributed = True
                continue
            exact.append(quote)
        found = self.present(exact, worth_by_words(self._wanted(understood.quoted, audience), self.shelf), limit)
        if found:
            return Answer(question, found)
        if unattributed:
            return no(question, "words_of_nobody", refusals.UNATTRIBUTED)
        return no(question, "words_not_found", refusals.no_match(question, ()))

    def _text_of(self, quote: Quote) -> str:
        document = self.shelf.document(quote.document_id)
        return document.text if document else ""

    def _wanted(self, topic: str, audience: Audience) -> tuple[Wanted, ...]:
        frequency = partial(self.shelf.frequency, audience=audience)
        return wanted(topic, self.shelf.keys, frequency, self.shelf.size(audience))

    def _views(self, topic: str, whole: str) -> Matrix:
        """The question's two vectors: what it is about, and all that it says."""
        return self._embedder.embed([topic or whole, whole or topic])

    def _mended(self, asked: tuple[Wanted, ...], pool: Pool) -> tuple[Wanted, ...]:
        """Misspelt words of the question, taken for words that the candidates have."""
        if all(w.known for w in asked):
            return asked
        vocabulary = frozenset(word for f in pool.found for word in f.near.folded)
        return mended(asked, vocabulary, self.shelf.keys, self._is_word)

    def _called(self, pool: Pool, understood: Understood, audience: Audience) -> Pool:
        """The candidates whose speaker a document calls what the question calls the speaker ("the ambassador")."""
        titles = self.shelf.roster(audience).titles_of(understood.unknown)
        called = [f for f in pool.found if any(self.credited(t, f.quote, audience) for t in titles)]
        if not called and means_one(understood.unknown):
            loosely = self.shelf.roster(audience).credits.bears_loosely
            called = [
                f
                for f in pool.found
                if (who := f.quote.speaker) and any(loosely(t, f.document.id, who, f.article) for t in titles)
            ]
        return replace(pool, found=tuple(called))

    def _topic_names(self, understood: Understood, audience: Audience) -> dict[str, tuple[frozenset[str], ...]]:
        """Words of the topic that are somebody's name, also where they are written small, with that person's offices."""
        people = self.shelf.roster(audience).people
        found: dict[str, tuple[frozenset[str], ...]] = {}
        for token in tokens(understood.question.topic):
            persons = people.by_name(token) if len(token) > 4 else ()
            if persons:
                one = persons[0].roles if len(persons) == 1 else ()
                found[bare(token)] = tuple(self.shelf.keys.of(f"{role.of} {role.title}") for role in one)
        return found


# What answering weighs about candidates: whether they fit the question, who rivals them, who shares a name (pure).

_NAMESAKES = 0.85  # how much less likely a namesake's words may be and still make the question ambiguous


def fits(understood: Understood, quote: Quote, card: Card, text: Callable[[], str]) -> bool:
    """Whether a quote lies in the period and comes from the publisher asked for; an unknown date is in no period.

    `text` gives that of the quote's document: it may say itself when the words were said ("told the paper in March 2011").
    """
    question = understood.question
    if question.publisher is not None and card.publisher != question.publisher:
        return False
    if question.since is None and question.until is None:
        return True
    day = day_of(quote, card)
    if understood.undated:
        later = question.until is not None and any(int(year) > question.until.year for year in _YEARS.findall(text()))
        return day is None and not later  # what names a later year was written later
    since, until = question.since, question.until
    if day is not None and (since is None or since <= day) and (until is None or day <= until):
        return True
    return since is not None and until is not None and said_between(text(), quote, since, until)


@rule("answer or not", off=())
def namesakes(ready: Sequence[Shown]) -> list[Speaker]:
    """The speakers of one name whose words fit about equally well; empty when one of them is plainly meant."""
    best: dict[str | None, tuple[float, Speaker]] = {}
    for one in ready:
        speaker = one.found.quote.speaker
        if speaker is not None and speaker.id not in best:
            best[speaker.id] = (one.scored.score, speaker)
    top = max(score for score, _ in best.values()) if best else 0.0
    near = [speaker for score, speaker in best.values() if score >= top - _NAMESAKES]
    return near if len(near) > 1 else []


@rule("which words", keep=0)
def respelt(text: str, asked: Sequence[Wanted]) -> str:
    """The question with the words that misspelt ones were taken for."""
    for one in asked:
        if one.meant:
            text = text.replace(one.term.written, one.meant)
    return text


def bare(token: str) -> str:
    """A token as terms are folded: without its possessive ending."""
    return fold(token.removesuffix("’s").removesuffix("'s").rstrip("’'"))
