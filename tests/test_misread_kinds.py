"""Kinds of text that were once given to the wrong person, or to nobody: each shown by a text of our own."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval import formats
from retrieval.formats.dateline import printed_day
from tests.reading import read, said


@pytest.mark.parametrize(
    "place", ["ROULETTENBURG, Hesse. —", "ROULETTENBURG (Gazette) –", "RAVELOE, Warks. (June 3, 1861) –"], ids=range(3)
)
def test_the_place_that_a_report_is_dated_from_announces_nothing(place: str) -> None:
    """Behind a dateline the sentence's own subject speaks."""
    text = f"{place} Captain Ahab announced that the ship would be sold in December.\n"
    assert {q.speaker.name for q in read(text) if q.speaker} == {"Ahab"}


@pytest.mark.parametrize("who", ["a Devon Unionist", "an Ulster Republican", "a Texan Democrat"])
def test_one_of_a_party_is_nobody_by_name(who: str) -> None:
    """An article before a party's or a people's word leaves its member without a name, and each is another one."""
    text = f"“The squire will lose by a mile,” {who} predicted.\n\n“The parson has the better horse,” a Welsh Democrat said.\n"
    first, second = [q.speaker for q in read(text) if q.kind == "direct"]
    assert first is not None
    assert second is not None
    assert first.unnamed
    assert first.id is None
    assert first.name != second.name


def test_a_term_that_is_defined_in_brackets_is_no_speech() -> None:
    """ "(the “Board”)" is nobody's words, though somebody else in the sentence says something."""
    text = (
        "Mr Bulstrode told the Middlemarch Hospital Council (the “Board”) that its rules were old. “They are older than the "
        "fever,” Bulstrode said.\n"
    )
    assert [words for _, words in said(text)] == [("They are older than the fever,",)]


def test_a_letter_that_holds_another_is_not_one_persons() -> None:
    """Of a forwarded chain nobody gets the words of all the others, and an address is no part of a name."""
    text = (
        "Dear Jane,\n\nI send you what came this morning, and I would keep it from Mother.\n\nFrom: Caroline Bingley "
        "<caroline@netherfield.example>\nSent: 12 March 1812\nTo: Charles Bingley\nSubject: The house\n\nWe shall not come "
        "back to the house before the winter, and I am not sorry for it. The rooms were damp.\n\nYours,\nCaroline Bingley\n"
    )
    quotes = read(text)
    assert [q for q in quotes if q.kind == "turn" and q.speaker is not None] == []
    assert not any("@" in q.speaker.name for q in quotes if q.speaker)


@pytest.mark.parametrize("asks", ["asked", "pressed", "interviewed", "questioned"])
def test_whoever_asks_is_not_who_answers(asks: str) -> None:
    """ "Ahab pressed Starbuck on it. He said": Starbuck's words, or nobody's."""
    text = f"Captain Ahab {asks} Mr. Starbuck about the oil. He said: “I counted nine barrels and no more.”\n"
    assert said(text)[0][0] in ("Starbuck", None)


def test_whom_an_interviewer_asks_about_does_not_answer() -> None:
    """ "I ask if Brooke will stand again. “…,” he says": the guest's words, or nobody's, and never Brooke's."""
    text = (
        "Edward Casaubon has kept the books of the parish since he was young.\n\nIn the garden I ask if Arthur Brooke will stand "
        "again for Middlemarch.\n\n“I should think the horses would rather not,” he says.\n"
    )
    assert said(text)[0][0] != "Arthur Brooke"


def test_somebodys_neighbours_are_not_somebody() -> None:
    """A possessive that ends in s alone is one, too."""
    text = "Mrs Bates’ neighbours say “the lamp burns all night”.\n"
    assert "Bates" not in {who for who, _ in said(text)}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A word to the reading club\n10 July 1895\n\nTHE CHAIR: We begin.\n", date(1895, 7, 10)),
        ("The sale\n\nRAVELOE, Warks. (June 3, 1861) – The mill was sold to a stranger.\n", date(1861, 6, 3)),
        ("A word on 3 June 1861\n10 July 1895\n\nTHE CHAIR: We begin.\n", None),
        ("The sale\n\nThe mill was sold on 3 June 1861 to a stranger from Treby.\n", None),
    ],
    ids=["under the title", "dateline", "two days", "in a sentence"],
)
def test_a_plain_text_has_the_day_that_its_first_lines_bear(text: str, day: date | None) -> None:
    """Taken only where the lines at the top name no other day."""
    assert printed_day(text) == day
    assert formats.extract(text.encode(), "club.txt").metadata.published == day
