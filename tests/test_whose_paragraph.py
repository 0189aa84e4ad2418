"""Whose the words of an article are where something stands between them and their speaker."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.model import Span
from retrieval.reading.layout import layout
from retrieval.reading.pull_quotes import pull_quotes
from tests.reading import read, said

PULLED = (
    "“The fewer oars a boat has, the better are its chances in the ice,” said Peter Peggotty, a fisherman, during a hearing in September.\n\n"
    "“If you have no great ship, you will never come home from the ice,” Stubb said of the voyage.\n\n"
    "“The ship is not used for what she was built for,” he continued. “She carries herrings.”\n\n"
    "Stubb, earlier in the hearing, was stern. “If you have no great ship, you will never come home from the ice,” he said. “You need "
    "oak, and iron, and a hundred men.” Thomas Stubb was the second mate of a whaler.\n"
)


def test_a_pull_quote_between_two_paragraphs_takes_nobody_the_floor() -> None:
    found = {words[0][:20]: who for who, words in said(PULLED)}
    assert found["The ship is not used"] == "Peter Peggotty"


def test_a_pull_quote_is_one_only_beside_a_longer_paragraph() -> None:
    taken = layout(PULLED, [Span(0, len(PULLED))])
    assert [taken.paragraphs[n].of(PULLED)[:12] for n in pull_quotes(PULLED, taken)] == ["“If you have"]
    song = "“Row, brothers, row, the stream runs fast,” they sang.\n\n" * 3
    assert pull_quotes(song, layout(song, [Span(0, len(song))])) == frozenset()


@given(st.text(alphabet="ab “”.\n", max_size=200))
def test_a_pull_quote_has_words_that_stand_twice(text: str) -> None:
    taken = layout(text, [Span(0, len(text))])
    for number in pull_quotes(text, taken):
        words = taken.regions[number][0].inner.of(text).split()
        assert len(words) >= 2
        assert text.count(words[0]) > 1


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        (  # what stands behind the words has words of its own
            (
                "Queequeg sells boats. Marco Daggoo, his mate, said they would be bigger. “We begin with something smaller,” he said. “Our "
                "strength will lead us to more and more whales in the years to come.” He declined to say when the boat would be ready.\n"
            ),
            "Our strength",
            "Marco Daggoo",
        ),
        (  # a given name and its beginning are one person's
            (
                "The smoke came from the fires. Joshua Apley, a doctor, studies it. Josh Apley wrote so in November.\n\n“It is as if you "
                "poured it all into a sink,” Apley said. “It overflows.”\n"
            ),
            "It is as if",
            "Joshua Apley",
        ),
        (  # a second calling is the same person's
            (
                "“Life was not long enough,” Teresa Ross Hayden recalled.\n\n“He could have had a better life,” Patrick Ross Hayden, Teresa’s "
                "husband and the paper’s editor in chief, said, “if he had been more careful.”\n"
            ),
            "He could have",
            "Patrick Ross Hayden",
        ),
    ],
)
def test_the_words_are_whose_the_sentence_says(text: str, words: str, who: str) -> None:
    found = [q.speaker.name if q.speaker else None for q in read(text) if any(words in f.of(text) for f in q.fragments)]
    assert found == [who]


def test_whoever_carries_what_another_said_is_not_the_speaker() -> None:
    text = (
        "The harbour was calm.\n\nAs yet, there is no proof that the third wreck has to do with the earlier two, the harbour commission "
        "said, according to the Nantucket Mirror.\n"
    )
    assert {q.speaker.name for q in read(text) if q.speaker} == {"harbour commission"}


def test_a_body_in_capitals_keeps_them() -> None:
    found = read(
        "Who counts the wrecks? According to WHO, there were 3,248 wrecks between 1840 and 1845, with 584 deaths.\n"
    )
    assert {(q.speaker.name, q.speaker.type) for q in found if q.speaker} == {("WHO", "body")}


def test_the_president_is_no_vice_president() -> None:
    text = (
        "The club’s vice president, Tracy Tupman, came late, and so did Nathaniel Winkle.\n\nThe president said that the coach would "
        "leave at nine.\n"
    )
    assert not [q for q in read(text) if q.speaker and q.speaker.name == "Tracy Tupman"]


def test_a_thing_of_which_there_are_many_is_no_speaker() -> None:
    text = "Breathing was hard for him.\n\nA CT of his chest showed a “ground glass” pattern, Doctor Manette said.\n"
    assert not [q for q in read(text) if q.speaker and q.speaker.name == "CT"]
