"""An Answer as the JSON object that `ask --json` and `ask --batch` print."""

from __future__ import annotations

from typing import Any

from retrieval.model import Answer, Document, Question, QuoteHit, Source, Span, Verdict


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer in the form that callers rely on; what is unknown is null.

    The quotes of the status `near` are the nearest ones, and no answer.
    """
    return {
        "status": answer.status,
        "reason": answer.reason,
        "message": answer.message,
        "close": list(answer.close),
        "question": question_json(answer.question),
        "quotes": [hit_json(hit) for hit in (answer.quotes or answer.near)],
        "took_ms": round(answer.took_ms, 1),
        **({"checked": verdict_json(answer.checked)} if answer.checked is not None else {}),
        **({"trace": answer.trace} if answer.trace is not None else {}),
    }


def question_json(question: Question) -> dict[str, Any]:
    """What was understood of the question."""
    return {
        "text": question.text,
        "intent": question.intent,
        "speakers": [{"id": speaker.id, "name": speaker.name} for speaker in question.speakers],
        "topic": question.topic,
        "since": question.since.isoformat() if question.since else None,
        "until": question.until.isoformat() if question.until else None,
        "publisher": question.publisher,
        "order": question.order,
    }


def hit_json(hit: QuoteHit) -> dict[str, Any]:
    """One shown quote; a passage has no speaker, and all that belongs to one is null."""
    quote, document = hit.quote, hit.document
    passage = quote.kind == "passage"
    speaker = None if passage else quote.speaker
    return {
        "id": quote.id,
        "kind": quote.kind,
        "text": hit.text,
        "fragments": _fragments(document, hit.fragments),
        "speaker": speaker.name if speaker else None,
        "speaker_id": speaker.id if speaker else None,
        "role": None if passage else quote.role,
        "mention": quote.mention.of(document.text) if quote.mention and not passage else None,
        "unnamed": None if passage else bool(speaker and speaker.unnamed),
        "said_on": quote.said_on.isoformat() if quote.said_on and not passage else None,
        "confidence": None if passage else round(quote.confidence, 3),
        "truncated": hit.truncated,
        "document": document_json(document),
        "link": hit.link,
        "context_before": hit.context_before,
        "context_after": hit.context_after,
        "score": round(hit.score, 4),
        "also_in": [_source_json(source) for source in hit.also_in],
    }


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as `check --json` prints it, with those on the other quotations of the text."""
    return {
        "status": verdict.status,
        "message": verdict.message,
        "claimed": verdict.claimed,
        "speaker": verdict.speaker.name if verdict.speaker else None,
        "speaker_id": verdict.speaker.id if verdict.speaker else None,
        "quotes": [hit_json(hit) for hit in verdict.hits],
        "diff": [{"op": c.op, "true": c.true, "claimed": c.claimed} for c in verdict.diff],
        "stands_in": document_json(verdict.place.document) | {"link": verdict.place.link} if verdict.place else None,
        **({"note": verdict.note} if verdict.note else {}),
        **({"further": [verdict_json(one) for one in verdict.further]} if verdict.further else {}),
    }


def document_json(document: Document) -> dict[str, Any]:
    """Where words stand, as far as it is known."""
    return {
        "id": document.id,
        "article": document.article,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published.isoformat() if document.published else None,
        "url": document.url,
        "path": document.path,
        "sha256": document.sha256,
    }


def document_facts_json(document: Document) -> dict[str, Any]:
    """All that is known of a document: where it stands, who dated it, its form, whose it is, and how much of it was taken."""
    return document_json(document) | {
        "author": document.author,
        "dated_by": document.dated_by,
        "modified": document.modified.isoformat() if document.modified else None,
        "form": document.form,
        "form_by": document.form_by,
        "whose": document.whose,
        "told": document.told,
        "taken": document.taken,
        "speaker_given": document.speaker_given,
        "speaker_given_by": document.speaker_given_by,
    }


def _source_json(source: Source) -> dict[str, Any]:
    return document_json(source.document) | {
        "text": source.text,
        "fragments": _fragments(source.document, source.fragments or source.quote.fragments),
        "link": source.link,
        "wording": source.wording,
    }


def _fragments(document: Document, fragments: tuple[Span, ...]) -> list[dict[str, Any]]:
    return [{"text": f.of(document.text), "start": f.start, "end": f.end} for f in fragments]
