"""One statement printed by several sources is one answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.merging import Wordings, compared, difference, merged, same_speaker, wordings
from retrieval.model import Speaker
from retrieval.terms import words

NEMO = Speaker("nemo", "Nemo")
LONG = "I am done with society entirely, and I obey none of its laws."


@pytest.mark.parametrize(
    ("main", "other", "expected"),
    [
        (LONG, LONG.upper(), "same"),
        (LONG, "“done with society entirely”", "clipped"),
        ("done with society", LONG, "clipped"),
        (LONG, "I am done with company entirely, and I obey none of its laws.", "differs"),
        (LONG, "The sea does not belong to despots at all.", None),
        (LONG, "I am", None),
        (LONG, "of its", None),
        ("I like it", "I like tea", None),
        ("", LONG, None),
    ],
    ids=["same", "clipped", "longer", "one word", "another", "two words", "stop words", "too short to tell", "empty"],
)
def test_two_wordings_are_compared(main: str, other: str, expected: str | None) -> None:
    """Equal words, a part of them, other words for the same, or two statements."""
    assert compared(words(main), words(other)) == expected


def one(key: str, text: str, document: str | None = None, speaker: Speaker | None = NEMO) -> Wordings:
    return wordings(key, document or key, speaker, text)


def test_copies_are_grouped_longest_first() -> None:
    """The order of the groups is that of their best member; in a group the longest wording leads."""
    groups = merged([one("a", "done with society entirely"), one("b", "The sea is free."), one("c", LONG)])
    assert [[w.key for w in g] for g in groups] == [["c", "a"], ["b"]]


def test_one_document_keeps_its_longest_wording() -> None:
    """A pull quote of the same article is no further source."""
    groups = merged([one("a", LONG, "d"), one("b", "done with society entirely", "d")])
    assert [[w.key for w in g] for g in groups] == [["a"]]


def test_a_pair_of_words_that_a_text_lifts_out_of_a_statement_is_no_second_one() -> None:
    """A headline's “done with society” beside the statement is the statement; so are two telling words, in one document only."""
    lifted, whole = one("a", "obey none", "d"), one("b", LONG, "d")
    assert [[w.key for w in g] for g in merged([one("c", "society entirely", "d"), whole])] == [["b"]]
    assert len(merged([one("c", "society entirely", "e"), whole])) == 2
    assert len(merged([one("c", "none of", "d"), whole])) == 2
    assert [[w.key for w in g] for g in merged([lifted, whole])] == [["b"]]


def test_other_peoples_words_are_never_merged() -> None:
    """The same words by two people are two statements."""
    other = Speaker("ned-land", "Ned Land")
    assert len(merged([one("a", LONG), one("b", LONG, speaker=other)])) == 2
    assert not same_speaker(NEMO, None)
    assert same_speaker(Speaker(None, "a sailor", "unnamed"), Speaker(None, "an old sailor", "unnamed"))


def test_a_courtesy_joins_nothing() -> None:
    """Two speeches that both begin with "Thank you so much" stay two."""
    first = one("a", "Thank you so much. The Nautilus dives at dawn, and nobody leaves it.")
    second = one("b", "Thank you so much. Iceland lies behind us and the whales are gone.")

    assert [len(group) for group in merged([first, one("c", "Thank you so much."), second])] == [1, 1, 1]


def test_a_clip_that_fits_two_statements_does_not_join_them() -> None:
    """What is grouped must fit the longest wording, not only a short one that fits both."""
    first = one("a", "The whales are gone from this sea, and the Nautilus dives at dawn to follow them north.")
    second = one("b", "My crew has heard that the whales are gone from this sea for good.")

    groups = merged([one("c", "the whales are gone from this sea"), second, first])

    assert sorted(sorted(w.key for w in group) for group in groups) == [["a", "c"], ["b"]]


def test_the_difference_is_shown_with_a_word_beside_it() -> None:
    """What stands in each wording at the first place where they differ."""
    assert difference("We cross the bridge to Lambton before snow", "We cross the bridge to Meryton before snow") == (
        "to Lambton before",
        "to Meryton before",
    )
    assert difference(LONG, LONG) is None


@given(st.text(), st.text())
def test_comparing_is_the_same_both_ways(a: str, b: str) -> None:
    """Which of two wordings comes first does not matter."""
    assert compared(words(a), words(b)) == compared(words(b), words(a))


def test_statements_that_differ_in_a_number_are_two() -> None:
    """Three hundred ships are not four hundred, in figures as in words; a figure's comma makes no difference."""
    one = words("We counted 2,300 ships off the cape on the third morning")
    assert compared(one, words("We counted 2,400 ships off the cape on the third morning")) is None
    assert compared(one, words("We counted 2300 ships off the cape on the third morning")) == "differs"
    five = words("Five of us rowed to the island and nobody else came back")
    assert compared(five, words("Six of us rowed to the island and nobody else came back")) is None
