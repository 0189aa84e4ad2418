"""A question that is not answered: which reason is told, and what is close by whoever was asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.asking import abstain
from retrieval.asking.judged import Judged, rival_of
from retrieval.asking.premise import find_premise
from retrieval.asking.search import day_of
from retrieval.asking.subjects import subjects
from retrieval.model import Answer, Audience, Question, Reason
from retrieval.question import topic_told
from retrieval.rank import Found

if TYPE_CHECKING:
    from retrieval.asking.shelf import Shelf
    from retrieval.catalog import Catalog

_TOLD_OF, _TOLD_FROM = 12, 400  # quotes, and characters of each, that tell what somebody is quoted on


def declined(judged: Judged, audience: Audience, catalog: Catalog, shelf: Shelf) -> Answer:
    """Why there is no answer in what was judged, and what there is instead."""
    understood, question, pool = judged.understood, judged.understood.question, judged.pool
    if not judged.ranked and pool.refused and (question.since or question.until or question.publisher):
        return no(
            question, "out_of_range", abstain.out_of_range(question, _held_dates(question, audience, catalog, shelf))
        )
    if understood.unknown:
        return no(question, "unknown_speaker", abstain.unknown_speaker(understood.unknown, ()))
    if not judged.ranked and pool.refused and question.speakers and (understood.capacity or understood.role):
        when = understood.capacity.told if understood.capacity else f"from a time as {understood.role}"
        return no(question, "speaker_silent", abstain.not_then(question.speakers, when))
    if not judged.ranked and question.speakers and (premise := find_premise(question.text)) is not None:
        return no(question, "speaker_silent", abstain.no_such_time(question.speakers, premise.clause))
    close = _topics([s.found for s in judged.ranked], audience, shelf) if judged.asked else ()
    worded = replace(question, topic=topic_told(understood))
    if not question.speakers:
        return no(question, "no_match", abstain.no_match(worded, close), close)
    rival = rival_of(judged)
    if rival is not None:
        message = abstain.others_words(rival, worded)
        return no(question, "other_speaker", message, (f"{rival.name}, on {question.topic}",))
    return no(question, "speaker_silent", abstain.silent(worded, close, shelf.people), close)


def _topics(found: Sequence[Found], audience: Audience, shelf: Shelf) -> tuple[str, ...]:
    """What somebody is quoted on, as far as a few words can tell it."""
    said = [f for f in found if not f.quote.narrated][:_TOLD_OF]
    texts = [" ".join(s.of(f.document.text) for s in f.quote.fragments)[:_TOLD_FROM] for f in said]
    cut = (t.rsplit(" ", 1)[0] if len(t) == _TOLD_FROM else t for t in texts)
    people = shelf.roster(audience)
    return subjects(cut, people.is_person, is_ordinary=people.people.is_ordinary)


def _held_dates(question: Question, audience: Audience, catalog: Catalog, shelf: Shelf) -> str:
    """From when to when somebody is quoted, in a sentence."""
    ids = [s.id for s in question.speakers if s.id]
    days = sorted(
        day
        for quote in catalog.quotes_by(ids, audience)
        if (card := shelf.card(quote.document_id)) and (day := day_of(quote, card))
    )
    if not days:
        return ""
    upto = f" to {days[-1].isoformat()}" if days[0] != days[-1] else ""
    return f" What I hold is from {days[0].isoformat()}{upto}."


def no(question: Question, reason: Reason, message: str, close: tuple[str, ...] = ()) -> Answer:
    """An answer without quotes: why there are none, and what is close."""
    return Answer(question, reason=reason, message=message, close=close)
