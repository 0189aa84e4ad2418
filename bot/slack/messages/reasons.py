"""How an answer or a refusal came about, in words: the trace of a question for people (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.messages import kit, views
from bot.slack.messages.kit import Element
from bot.slack.messages.views import View

SHOWN = 3
_FOUND_BY = {
    "name": "by name",
    "fuzzy": "by a name that is nearly it",
    "role": "by the office",
    "body": "as a body",
    "described": "by the description",
}


def why(trace: Mapping[str, Any]) -> View:
    """The modal behind "Why?": what was understood, what was looked at, how much spoke for it, and what decided."""
    stages = (("Understood", _understood), ("Looked at", _looked), ("Weighed", _weighed), ("Decided", _decided))
    lines = [
        kit.line(kit.words(f"{name}: ", bold=True), kit.words(told)) for name, tell in stages if (told := tell(trace))
    ]
    first = trace.get("candidates") or ()
    listed: list[Element] = []
    if first:
        listed = [kit.line(kit.words("First in order:", bold=True)), kit.bullets(_candidates(first))]
    return views.modal("Why?", [kit.rich(*lines, *listed)])


def _understood(trace: Mapping[str, Any]) -> str:
    question = trace.get("question") or {}
    parts = []
    if speakers := question.get("speakers"):
        how = _FOUND_BY.get(str(question.get("speaker found by")), "")
        parts.append(f"words of {', '.join(speakers)}{f' (found {how})' if how else ''}")
    if unknown := question.get("nobody's name"):
        parts.append(f"somebody called “{unknown}”, whom I do not know")
    if topic := question.get("topic"):
        parts.append(f"on “{topic}”")
    for name, said in (("since", "since"), ("until", "until"), ("publisher", "published by")):
        if value := question.get(name):
            parts.append(f"{said} {value}")
    if question.get("order") == "latest":
        parts.append("the latest first")
    return kit.cut(", ".join(parts), 900, "…")


def _looked(trace: Mapping[str, Any]) -> str:
    search = trace.get("search") or {}
    looked = search.get("looked at")
    if not looked:
        return ""
    by_words = search.get("by words", 0)
    rest = f"; {by_words} of them hold words of the question" if by_words else "; none holds words of the question"
    held = trace.get("gates") or ()
    kept = f"; {len(held)} held back ({', '.join(sorted({str(g['why']) for g in held}))})" if held else ""
    return kit.cut(f"{looked} statement{'' if looked == 1 else 's'} in the documents{rest}{kept}", 900, "…")


def _weighed(trace: Mapping[str, Any]) -> str:
    evidence = trace.get("evidence") or {}
    if "probability" not in evidence:
        return ""
    sure, line = float(evidence["probability"]), float(evidence["line"])
    verdict = "enough to answer" if sure >= line else "too little to answer"
    asked = ", ".join(f"“{word}”" for word in evidence.get("asked words") or ())
    return kit.cut(
        f"I am {sure:.0%} sure that the first is what was asked{f' ({asked})' if asked else ''}; from {line:.0%} on I answer: {verdict}",
        900,
        "…",
    )


def _decided(trace: Mapping[str, Any]) -> str:
    outcome = trace.get("outcome") or {}
    if "answered" in outcome:
        return f"answered, with {outcome['answered']} statement{'' if outcome['answered'] == 1 else 's'}"
    near = outcome.get("shown as nearest")
    told = f"no answer, since {outcome.get('decided by') or 'nothing fits'}"
    return kit.cut(f"{told}; {near} shown as the nearest" if near else told, 900, "…")


def _candidates(found: Sequence[Mapping[str, Any]]) -> list[list[Element]]:
    return [
        [
            kit.words(kit.cut(f"“{one.get('words', '')}”", 200, "…”")),
            kit.words(f" — {kit.cut(str(one.get('speaker') or 'nobody credited'), 80, '…')}"),
        ]
        for one in found[:SHOWN]
    ]
