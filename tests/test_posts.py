"""Posts that an article embeds without quotation marks."""

from __future__ import annotations

import pytest

from tests.reading import said

_WORDS = "Nobody sent the whale a card for our feast, and I dare say she is too proud to come without one."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "", id="as it is copied from a page"),
        pytest.param('<tweet id="7479" author="@ahab" datetime="1851-10-18">', "</tweet>.", id="marked up"),
    ],
)
def test_an_embedded_post_is_the_words_of_whoever_signs_it(before: str, after: str) -> None:
    """The name and the handle behind a dash, with the day, tell whose the words are; markup is no part of them."""
    text = (
        "The owners deny a report that the whale is invited.\n\n"
        f"{before}{_WORDS} — Captain Ahab (@realAhab) October 18, 2024{after}\n\nNobody else had heard of it."
    )
    assert said(text) == [("Ahab", (_WORDS,))]


def test_a_line_that_only_names_a_handle_is_no_post() -> None:
    """Without the day it is an article's own sentence."""
    text = "The owners deny a report that the whale is invited — Captain Ahab (@realAhab) wrote of it.\n\nNobody knew."
    assert said(text) == []


def test_words_in_marks_beside_a_post_are_read_as_ever() -> None:
    """A post takes its own paragraph only."""
    text = (
        "“We never thought of a whale,” said Starbuck, the mate.\n\n"
        f"{_WORDS} — Captain Ahab (@realAhab) October 18, 2024\n\nNobody else spoke."
    )
    assert [who for who, _ in said(text)] == ["Starbuck", "Ahab"]
