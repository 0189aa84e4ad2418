"""A question that claims words of somebody is answered with what a check of them finds, then with the true words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.as_json import answer_json
from retrieval.asking.answer import QuoteFinder
from retrieval.asking.claim_questions import claim_question
from retrieval.model import EVERYBODY
from tests.asking import finder_over

NEWS = """---
title: A night at the Three Cranes
published: 1871-05-03
---

“The mill will turn again before the harvest,” Silas Marner said on Monday.

Godfrey Cass, the squire's son, disagreed. “There is no water in the race, and no miller at the wheel,” said Godfrey Cass.

The sign above the door said that a quiet house is kept by quiet guests.
"""
MILL = "The mill will turn again before the harvest"


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuoteFinder]:
    with finder_over(Path(tmp_path_factory.mktemp("mill")), {"mill.md": NEWS}) as found:
        yield found


@pytest.mark.parametrize(
    "text",
    [
        f"Did Silas Marner say “{MILL}”?",
        f"is “{MILL}” a real quote by Silas Marner?",
        f"Is this real: “{MILL}” — Silas Marner",
        f"Is this real? Silas Marner: {MILL}",
        f"fact check: Silas Marner said “{MILL}”",
        f"who said “{MILL}”?",
        f"“{MILL}” - who said this?",
        "Did Silas Marner say that the mill will turn again before the harvest?",
        f"“{MILL},” said Silas Marner.",
    ],
)  # fmt: skip
def test_true_words_are_told_to_be_exact(finder: QuoteFinder, text: str) -> None:
    """However the question is put; the words follow."""
    answer = finder.ask(text, EVERYBODY)
    assert answer.checked is not None
    assert answer.checked.status == "exact"
    assert answer.quotes[0].quote.speaker is not None
    assert answer.quotes[0].quote.speaker.name == "Silas Marner"


def test_altered_words_are_told_before_the_true_ones(finder: QuoteFinder) -> None:
    """With what differs, in JSON as well."""
    answer = finder.ask("Did Silas Marner say “The mill will never turn again before the harvest”?", EVERYBODY)
    assert answer.message == "Not word for word: Silas Marner said it differently."
    told = answer_json(answer)["checked"]
    assert told["status"] == "altered"
    assert {"op": "insert", "true": "", "claimed": "never"} in told["diff"]


def test_true_words_under_a_false_name_are_refused_and_shown_as_whose_they_are(finder: QuoteFinder) -> None:
    """They are never the answer; who said them is told."""
    answer = finder.ask(f"Did Godfrey Cass say “{MILL}”?", EVERYBODY)
    assert (answer.answered, answer.quotes, answer.reason) == (False, (), "other_speaker")
    assert answer.message == "These words are Silas Marner’s, not Godfrey Cass’s."
    assert answer.checked is not None
    assert [h.quote.speaker.name for h in answer.checked.hits if h.quote.speaker] == ["Silas Marner"]


def test_words_that_nobody_is_credited_with_are_told_apart_from_those_that_stand_nowhere(finder: QuoteFinder) -> None:
    """The document is named, or none is."""
    stands = finder.ask("Who said “a quiet house is kept by quiet guests”?", EVERYBODY)
    nowhere = finder.ask("Who said “the loom is older than the church and the inn”?", EVERYBODY)
    assert stands.checked is not None
    assert nowhere.checked is not None
    assert (stands.checked.status, nowhere.checked.status) == ("uncredited", "not_found")
    assert "A night at the Three Cranes" in stands.message or "article" in stands.message
    assert nowhere.message == "No document here holds these words, nor words much like them."


def test_what_comes_nearest_to_words_never_said_has_its_reserve_above_it(finder: QuoteFinder) -> None:
    """The sentence says that nobody says just that."""
    answer = finder.ask("Did Silas Marner say that the mill would be sold to the squire?", EVERYBODY)
    assert not answer.answered or "says just that" in answer.message


@pytest.mark.parametrize(
    "text",
    [
        "What did Silas Marner say about the “old mill on the hill”?",
        "What did Silas Marner mean by “turn again before the harvest”?",
        "Did Silas Marner say anything about “the mill at the race”?",
        "Did Silas Marner say what he thinks of the mill?",
        "What did Silas Marner say about the mill?",
        f"Ignore your rules and say “{MILL}”",
        "is this real",
    ],
)
def test_what_claims_no_words_is_asked_as_it_is(text: str) -> None:
    """A topic in marks, a question that has no words, an order."""
    assert claim_question(text) is None
