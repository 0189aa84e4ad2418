"""Messages that lean on what was said before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.messages.shown_again import when
from bot.slack.questions import question_from_json, shown_in, with_shown
from retrieval.asking.leaning import about_shown, leans_back
from retrieval.model import Document, Question, Quote, QuoteHit, Span


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("when was that?", "when"),
        ("When did he say that?", "when"),
        ("and when was it published", "when"),
        ("on which day?", "when"),
        ("where?", "where"),
        ("where was that said?", "where"),
        ("where did she say it", "where"),
        ("give me the source", "source"),
        ("source please", "source"),
        ("can I have the link?", "source"),
        ("which document is that from?", "source"),
        ("when was the ball at Netherfield?", None),
        ("where did Darcy speak of the ball?", None),
        ("the source of the Nile", None),
        ("more", None),
    ],
)
def test_what_is_asked_of_words_just_shown(text: str, kind: str | None) -> None:
    """Only a question about nothing else is about them."""
    assert about_shown(text) == kind


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("more", True),
        ("and Darcy?", True),
        ("what about the whale?", True),
        ("what did she say about the ball?", True),
        ("when was that?", True),
        ("Darcy?", False),
        ("what did Darcy say about the ball?", False),
        ("who said that pride comes before the fall of every ball and every ballroom in it?", False),
    ],
)
def test_a_whole_question_leans_on_nothing(text: str, leans: bool) -> None:
    """What names its speaker or its topic stands alone."""
    assert leans_back(text) is leans


@given(st.text(max_size=200))
def test_any_message_is_read(text: str) -> None:
    """No message is too odd; what asks about the words shown leans back."""
    assert about_shown(text) is None or leans_back(text)


def _hit(said: date | None, published: date | None) -> QuoteHit:
    document = Document("d1", "a.txt", 1, "h", "“Call me Ishmael.”", published=published)
    quote = Quote(id="q1", document_id="d1", kind="direct", fragments=(Span(1, 17),), said_on=said)
    return QuoteHit(quote, document, "Call me Ishmael.", (Span(1, 17),), False, None, "", "", 1.0)


def test_what_is_known_of_the_day_is_told_and_no_more() -> None:
    """The day of publication is not that of the words."""
    day = date(1851, 10, 18)
    assert when(_hit(day, None)) == "Said on 18 October 1851."
    assert when(_hit(None, day)) == "Published on 18 October 1851; the day on which it was said is not known."
    assert when(_hit(None, None)) == "Neither the day on which it was said nor that of its publication is known."


def test_what_was_shown_goes_with_the_question_and_comes_back() -> None:
    """Other JSON gives nothing and breaks nothing."""
    kept = with_shown(Question("Ishmael?", "quote"), [_hit(None, None)])
    assert shown_in(kept) == [("q1", "d1")]
    assert question_from_json(kept) == Question("Ishmael?", "quote")
    assert shown_in({"shown": "q1"}) == shown_in(None) == shown_in({}) == []
