"""What answering weighs about candidates: whether they fit the question, who rivals them, who shares a name (pure)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retrieval.asking.dated import said_between
from retrieval.asking.evidence import Wanted, covered
from retrieval.asking.present import Shown
from retrieval.asking.search import day_of
from retrieval.asking.shelf import Card
from retrieval.asking.terms import fold
from retrieval.model import Quote, Speaker
from retrieval.question import Understood
from retrieval.rank import Found, Rivals

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
    since, until = question.since, question.until
    if day is not None and (since is None or since <= day) and (until is None or day <= until):
        return True
    return since is not None and until is not None and said_between(text(), quote, since, until)


def rivals_of(others: Sequence[Found], asked: Sequence[Wanted]) -> Rivals:
    """What others have to say to the question."""
    return Rivals(
        max((f.nearness.topic for f in others), default=0.0),
        max((covered(asked, f.near.sentence) for f in others), default=0.0),
    )


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


def respelt(text: str, asked: Sequence[Wanted]) -> str:
    for one in asked:
        if one.meant:
            text = text.replace(one.term.written, one.meant)
    return text


def bare(token: str) -> str:
    """A token as terms are folded: without its possessive ending."""
    return fold(token.removesuffix("’s").removesuffix("'s").rstrip("’'"))
