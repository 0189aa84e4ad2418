"""A Question as JSON and back: follow-ups are understood from records and message metadata, also weeks later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from retrieval.model import Question, QuoteHit, Speaker

LONGEST = 1500  # characters of a question that are read; more is not a question


def question_to_json(question: Question) -> dict[str, Any]:
    """The question as plain JSON values; what is empty is left out."""
    values = asdict(question)
    for name in ("since", "until"):
        values[name] = values[name].isoformat() if values[name] else None
    return {name: value for name, value in values.items() if value}


def with_shown(question: Question, hits: Sequence[QuoteHit], offset: int = 0) -> dict[str, Any]:
    """The question as JSON, with the quotes that its answer shows, and how many have been shown: for "when was that?" and "more"."""
    shown = [[hit.quote.id, hit.document.id] for hit in hits]
    return question_to_json(question) | {"shown": shown, "upto": offset + len(shown)}


def shown_upto(values: Mapping[str, Any] | None, least: int) -> int:
    """How many quotes have been shown on a question, `least` where that is not known."""
    upto = (values or {}).get("upto")
    return upto if isinstance(upto, int) and upto > 0 else least


def shown_in(values: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """The quotes that an answer has shown, each with its document, as `with_shown` wrote them."""
    pairs = (values or {}).get("shown")
    return [(str(one[0]), str(one[1])) for one in pairs if len(one) == 2] if isinstance(pairs, list) else []


def question_from_json(values: Mapping[str, Any] | None) -> Question | None:
    """The question that `question_to_json` wrote; None for anything that is none."""
    if not values or not isinstance(values.get("text"), str):
        return None
    try:
        return Question(
            text=values["text"],
            intent=values.get("intent", "quote"),
            speakers=tuple(Speaker(s["id"], s["name"], s["type"]) for s in values.get("speakers", ())),
            topic=values.get("topic", ""),
            since=_day(values.get("since")),
            until=_day(values.get("until")),
            publisher=values.get("publisher"),
            order=values.get("order", "relevance"),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
