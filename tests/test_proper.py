"""What of some words can be a person's name."""

from __future__ import annotations

import pytest

from retrieval.reading.proper_names import person_name

ORDINARY = frozenset("power peace efforts decline stone white whale hunt".split())  # noqa: SIM905 - a list of words reads better as one


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Nantucket Post Ahab", "Ahab"),
        ("Ahab Says", "Ahab"),
        ("Continued Starbuck", "Starbuck"),
        ("Chairman Edward Ferrars of the Budget Committee", "Edward Ferrars"),
        ("Gazette’s Catherine Earnshaw", "Catherine Earnshaw"),
        ("Spokeswoman Jane Eyre", "Jane Eyre"),
        ("Prof Aronnax", "Aronnax"),
        ("Mathilde de la Mole", "Mathilde de la Mole"),
        ("Charles d'Artagnan", "Charles d'Artagnan"),
        ("John F. Watson", "John F. Watson"),
    ],
)
def test_what_stands_around_a_name_is_cut(words: str, name: str) -> None:
    """Titles, publishers, committees and verbs are no part of a name."""
    assert person_name(words, ORDINARY.__contains__) == name


@pytest.mark.parametrize(
    "words",
    [
        "of her readiness to be helmsman",
        "ROLL TIDE Nantucket",
        "White Whale Impedes Peace Efforts",
        "How Pequod’s Decline",
        "Friday",
        "A",
        "Reuters",
        "leaders",
        "interior chief, Javert",
    ],
)
def test_what_is_no_name_is_refused(words: str) -> None:
    """Clauses, headlines, days, papers and bare callings name nobody."""
    assert person_name(words, ORDINARY.__contains__) is None
