"""Two wordings are the same or not, whatever marks and invisible characters they have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.comparing import compared, compared_words, likeness, may_be_left_out, seen, standing, word_diff

HELD = compared(seen("We sailed on Monday, and the harbour was not yet ours. It will be."))


@pytest.mark.parametrize(
    "text",
    [
        "the well\u2011known har\u00adbour",
        "the\u00a0well-known harbour",
        "\u202athe well-known harbour\u202c",
        "the well—known\u200b harbour",
        "\ufeff“the well-known harbour”",
        "[T]he well-known harbour",
    ],
    ids=["soft and hard hyphens", "no-break space", "direction", "zero width", "byte order", "bracketed letter"],
)
def test_what_nobody_sees_makes_no_difference(text: str) -> None:
    """Nor do typographic marks."""
    assert compared_words(text) == ("the", "well", "known", "harbour")


def test_accents_and_numbers_are_compared_as_they_are_meant() -> None:
    """Composed or not, with or without the comma in a thousand."""
    assert compared_words("re\u0301sume\u0301 of 20,000") == compared_words("résumé of 20000")
    assert compared_words("1.5") != compared_words("15")


@pytest.mark.parametrize(
    ("claimed", "edited"),
    [
        ("the harbour was not yet ours", False),
        ("… the harbour was not yet ours …", False),
        ("We sailed […] and the harbour was not yet ours", True),
        ("[The crew] sailed on Monday", True),
        ("the harbour was not … ours", True),
    ],
)
def test_words_stand_where_only_marked_ones_are_passed_over(claimed: str, edited: bool) -> None:
    """An ellipsis may stand for words, a bracket for a few; at the ends neither stands for any."""
    where = standing(compared(seen(claimed)), HELD)
    assert where is not None
    assert where.edited is edited


@pytest.mark.parametrize("claimed", ["the harbour was yet ours", "ours […] sailed", "We … ship", "", "…"])
def test_words_that_stand_nowhere(claimed: str) -> None:
    """Unmarked gaps, another order, other words."""
    assert standing(compared(seen(claimed)), HELD) is None


def test_a_clause_may_be_cut_off_and_a_denial_may_not() -> None:
    """A word or two may not be cut off either; what another clause denies stays there."""
    assert may_be_left_out("we sailed on Monday, and ", ahead=True)
    assert not may_be_left_out("it is not true that ", ahead=True)
    assert not may_be_left_out("hardly ", ahead=True)
    assert may_be_left_out("we did not sail on Monday, but ", ahead=True)


def test_a_diff_takes_the_fewest_steps() -> None:
    """One word for another, one word out, one word in."""
    made = word_diff("We sailed on Monday, and it was ours", "We sailed on Friday, and it was never ours")
    assert [(c.true, c.claimed) for c in made if c.op != "equal"] == [("Monday,", "Friday,"), ("", "never")]


@given(
    st.lists(st.sampled_from(["sea", "ship", "not", "whale", "we", "sail"]), min_size=1, max_size=30),
    st.integers(0, 29),
)
def test_a_stretch_of_a_statement_is_wholly_like_it(words: list[str], at: int) -> None:
    """All of the claimed words stand there in their order."""
    first = at % len(words)
    assert likeness(words[first:], words).claimed > 0.99
