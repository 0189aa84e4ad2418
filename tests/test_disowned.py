"""Words that a text shows as a fake, or as a post's claim, are nobody's; those that somebody said of it are his."""

from __future__ import annotations

import pytest

from tests.reading import read, said


@pytest.mark.parametrize(
    "text",
    [
        "A post shared 4,000 times claims that Phileas Fogg told the club: “The world has grown too small for us.”",
        "The screenshot falsely quotes Phileas Fogg as saying: “The world has grown too small for us.”",
        "Phileas Fogg told the club: “The world has grown too small for us.” The quote is false.",
        "Phileas Fogg told the club: “The world has grown too small for us.” Fogg never said this.",
        "Passepartout told the court that Phileas Fogg had said: “Let them walk, all of them.” Fogg denies saying so.",
    ],
    ids=["a post's claim", "falsely", "the quote is false", "never said this", "denies saying so"],
)
def test_words_that_are_shown_as_a_fake_are_nobodys(text: str) -> None:
    """Whoever is named with words that the text calls a fake has not said them."""
    assert [speaker for speaker, _ in said(text + "\n\nThe club meets on Monday.\n")] == [None]


def test_a_fake_is_a_fake_wherever_the_text_shows_it() -> None:
    """The same words elsewhere in the document are nobody's either."""
    text = (
        "“The world has grown too small for honest men,” Phileas Fogg is seen telling the club.\n\n"
        "Fogg did not say “the world has grown too small for honest men”, a waiter said.\n"
    )
    assert {speaker for speaker, words in said(text) if "honest" in words[0]} == {None}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("In a post on X, Phileas Fogg claimed: “The bank was robbed at noon.” The claim is false.", "Phileas Fogg"),
        ("“I will come,” Phileas Fogg told Aouda. He never said that he would stay.", "Phileas Fogg"),
        ("“We will not wait,” said Phileas Fogg. There is no evidence that the train is late.", "Phileas Fogg"),
        ("“I was asked to sign it,” Phileas Fogg told reporters. “I never said it.”", "Phileas Fogg"),
    ],
    ids=["said it in a post", "never said that he would", "evidence of something else", "his own denial"],
)
def test_what_somebody_did_say_stays_his(text: str, speaker: str) -> None:
    """False or not, what he said is his."""
    assert {s for s, _ in said(text + "\n")} == {speaker}


def test_a_question_whether_somebody_said_something_reports_nothing() -> None:
    """ "Did Fogg say that …?" tells nobody's words."""
    text = "Did Phileas Fogg say that the world was too small?\n\nPhileas Fogg said that the train was late.\n"
    assert [q.fragments[0].of(text) for q in read(text) if q.kind == "reported"] == [
        "Phileas Fogg said that the train was late."
    ]
