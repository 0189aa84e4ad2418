"""What is known of quotes that were just shown, as a message: when they were said, where they stand (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.messages import answers, kit
from bot.slack.messages.kit import Message
from bot.slack.questions import with_shown
from retrieval.asking.leaning import AboutShown
from retrieval.cite import brief_of_ours, source_title
from retrieval.model import Question, QuoteHit

_WORDS = 90  # characters of a quote that tell which one is meant


def told(kind: AboutShown, hits: Sequence[QuoteHit], question: Question) -> Message:
    """The facts that were asked for, a line for each quote, with the link to its source."""
    facts = [_fact(kind, hit) for hit in hits]
    lines = [
        kit.line(
            kit.words(f"“{kit.cut(' '.join(hit.text.split()), _WORDS, '…')}” — ", italic=True),
            kit.words(f"{fact} "),
            *answers.citation(hit.document, hit.link, title=source_title(hit)),
        )
        for hit, fact in zip(hits, facts, strict=True)
    ]
    return Message(
        text="\n".join(f"{fact} {answers.spoken(hit)}" for hit, fact in zip(hits, facts, strict=True)),
        blocks=(kit.rich(*lines),),
        understood=with_shown(question, hits),
        quotes=tuple(hit.quote.id for hit in hits),
    )


def _fact(kind: AboutShown, hit: QuoteHit) -> str:
    if kind == "when":
        return when(hit)
    if kind == "where":
        return "Where it was said I do not know; it stands in:"
    return f"It stands in ({brief}):" if (brief := brief_of_ours(hit)) else "It stands in:"


def when(hit: QuoteHit) -> str:
    """When the words were said, as far as that is known."""
    if hit.quote.said_on:
        return f"Said on {answers.day(hit.quote.said_on)}."
    if hit.document.published:
        return f"Published on {answers.day(hit.document.published)}; the day on which it was said is not known."
    return "Neither the day on which it was said nor that of its publication is known."
