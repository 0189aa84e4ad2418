"""The answer to a question that claims words: what a check of them found first, then the true words."""

from __future__ import annotations

from dataclasses import replace

from retrieval.asking import refusals
from retrieval.asking.ascribing import Ascribed, ascribed
from retrieval.asking.check import verdict_on
from retrieval.asking.claim_questions import ClaimQuestion
from retrieval.asking.declining import no
from retrieval.asking.lookup import Lookup
from retrieval.asking.question import Understood
from retrieval.model import Answer, Audience, Speaker, Verdict

_WORD_FOR_WORD = ("exact", "edited", "altered")


def checked(claim: ClaimQuestion, understood: Understood, finder: Lookup, audience: Audience) -> Verdict:
    """The verdict on the words that a question claims, of whoever it names; on the one that is not exact, if one is not."""
    named = _whom(understood)
    verdicts = []
    for one in claim.claims:
        whom = ascribed(one.whom, finder, audience) if one.whom else Ascribed()
        known = named.named or not whom.named
        verdicts.append(verdict_on(one.words, named if named.asked and known else whom, finder, audience))
    return min(verdicts, key=lambda v: v.status == "exact")


def answer_of(verdict: Verdict, claim: ClaimQuestion, understood: Understood, limit: int) -> Answer | None:
    """The answer that a verdict makes by itself; None where what comes nearest must be looked for."""
    question = understood.question
    asks_who = question.intent == "who_said"
    word_for_word = verdict.status in _WORD_FOR_WORD and not _is_retold(verdict, claim)
    if (word_for_word and _is_theirs(verdict)) or (
        verdict.status == "stitched" and claim.manner == "quoted" and _is_theirs(verdict)
    ):
        return Answer(question, verdict.hits[:limit], message=_told(verdict, asks_who), checked=verdict)
    if verdict.status == "other_speaker" or (verdict.hits and not _is_theirs(verdict) and verdict.status == "altered"):
        return replace(no(question, "said_by_another", verdict.message), checked=verdict)
    if claim.manner == "told":
        return None
    if verdict.status == "uncredited":
        return replace(no(question, "words_of_nobody", verdict.message), checked=verdict)
    if verdict.speaker is None and not question.speakers:
        return replace(no(question, "words_not_found", verdict.message), checked=verdict)
    return None


def with_reserve(answer: Answer, verdict: Verdict, claim: ClaimQuestion) -> Answer:
    """What comes nearest to claimed words that stand nowhere, with the sentence that says so before it."""
    if not answer.answered and _is_retold(verdict, claim) and _is_theirs(verdict):
        nearest = refusals.not_just_that((verdict.speaker,)) if verdict.speaker else verdict.message
        return Answer(answer.question, verdict.hits, message=nearest)
    if not answer.answered:
        kept = answer.message if claim.manner == "told" else f"{verdict.message} {answer.message}".strip()
        return replace(answer, message=kept, checked=verdict if claim.manner == "quoted" else None)
    reserve = refusals.not_just_that(answer.question.speakers) if answer.question.speakers else ""
    parts = [verdict.message if claim.manner == "quoted" else "", "" if reserve in answer.message else reserve]
    message = " ".join(part for part in (*parts, answer.message) if part)
    return replace(answer, message=message, checked=verdict if claim.manner == "quoted" else None)


def _whom(understood: Understood) -> Ascribed:
    """Whom the question asks about."""
    speakers = understood.question.speakers
    if speakers:
        return Ascribed(speakers[0], speakers)
    return Ascribed(Speaker(None, understood.unknown)) if understood.unknown else Ascribed()


def _is_retold(verdict: Verdict, claim: ClaimQuestion) -> bool:
    """Whether a question only retells what was said: it claims no wording, so none is altered."""
    return verdict.status == "altered" and claim.manner == "told"


def _is_theirs(verdict: Verdict) -> bool:
    """Whether the words found are by whoever they were ascribed to, if they were."""
    return bool(verdict.hits) and (verdict.speaker is None or not verdict.by_another)


def _told(verdict: Verdict, asks_who: bool) -> str:
    """What stands above the words; whoever asks for the speaker alone is told by the words themselves."""
    return "" if asks_who and verdict.status == "exact" else verdict.message
