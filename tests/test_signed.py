"""Names that stand with words by the look of the line alone."""

from __future__ import annotations

import pytest

from tests.reading import said

_PEOPLE = "Captain Ahab and Mr Starbuck met Jonathan Harker in Nantucket on Monday.\n\n"


@pytest.mark.parametrize(
    ("line", "who"),
    [
        pytest.param("• Jonathan Harker, on the missing ship: “It did not lose its way.”", "Jonathan Harker", id="on"),
        pytest.param("Harker, when told of this: “I would thank him to show it.”", "Jonathan Harker", id="when"),
        pytest.param(
            "The lawyer called the plan sound. Harker: “They are dogs. They want supper and a purpose.”",
            "Jonathan Harker",
            id="a name and a colon behind a sentence",
        ),
    ],
)
def test_a_name_and_a_colon_need_no_verb(line: str, who: str) -> None:
    """Round-ups of quotes name the speaker and what he was asked about."""
    assert [name for name, _ in said(_PEOPLE + line)] == [who]


def test_a_word_and_a_colon_are_no_name() -> None:
    """ "Then: “…”" names nobody."""
    assert [
        name for name, _ in said(_PEOPLE + "Nobody spoke for a while. Then: “They want supper and a purpose.”")
    ] != ["Then"]


def test_a_line_with_name_and_office_below_a_quotation_signs_it() -> None:
    """Testimonials stand so in press releases and on pages of opinions."""
    text = (
        "“The battery has been short of crews since Borodino. I will take forty tomorrow.”\n"
        "Major Fyodor Dolokhov, Third Battery\n\nThe council sat until midnight."
    )
    assert said(text) == [
        ("Fyodor Dolokhov", ("The battery has been short of crews since Borodino. I will take forty tomorrow.",))
    ]


def test_a_sentence_below_a_quotation_does_not_sign_it() -> None:
    """Whoever the next line tells of has not said the words."""
    text = (
        "“The battery has been short of crews since Borodino. I will take forty tomorrow.”\n"
        "Fyodor Dolokhov, who commands it, was not in the room\n\nThe council sat until midnight."
    )
    assert [name for name, _ in said(text)] == [None]
