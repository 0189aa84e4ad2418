"""A Question as JSON and back: follow-ups are understood from records and message metadata, also weeks later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from retrieval.model import Question, Speaker

LONGEST = 1500  # characters of a question that are read; more is not a question


def question_to_json(question: Question) -> dict[str, Any]:
    """The question as plain JSON values; what is empty is left out."""
    values = asdict(question)
    for name in ("since", "until"):
        values[name] = values[name].isoformat() if values[name] else None
    return {name: value for name, value in values.items() if value}


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
