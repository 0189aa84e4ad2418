"""Kinds of text that were once given to the wrong person, or to nobody: each shown by a text of our own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import formats
from retrieval.formats.dateline import printed_day
from retrieval.spelling import written
from tests.reading import document, read, reader, said


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


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Mr McCAWBER", "McCawber"),
        ("Mr DeFARGE", "DeFarge"),
        ("MR D'ARTAGNAN", "D'Artagnan"),
        ("Mrs MACSTINGER", "MacStinger"),
        ("MISS MCGRAW", "McGraw"),
        ("Mr VEÑO", "Veño"),
    ],
)
def test_a_label_in_capitals_is_printed_as_the_name_is_written(label: str, name: str) -> None:
    """Mac and Mc, an apostrophe, an accent: as the text has it in small letters, else by how the capitals stand."""
    turns = "".join(
        f"{label}: I have walked to the docks, and you know why.\n\nCaptain CUTTLE: Ay, ay, my lad, I do.\n\n"
        for _ in range(3)
    )
    text = turns + "Nobody had seen Mrs MacStinger since Tuesday.\n"
    assert {q.speaker.name for q in read(text) if q.speaker and q.kind == "turn"} == {name, "Cuttle"}


def test_an_office_of_several_matters_ends_where_the_name_begins() -> None:
    """ "And Lesser Bridges" is nobody."""
    text = "".join(
        "MINISTER FOR ROADS AND LESSER BRIDGES, THE HON. ARTHUR CLENNAM MP: I have seen the bridge, and I shall mend it.\n\n"
        "JOURNALIST: When will you?\n\n"
        for _ in range(3)
    )
    turns = [q for q in read(text, title="Doorstop at the bridge") if q.kind == "turn" and q.speaker]
    assert {q.speaker.name for q in turns if q.speaker} == {"Arthur Clennam"}


def test_marks_of_emphasis_and_line_breaks_are_no_part_of_a_name() -> None:
    """Whoever stands in bold before what they said is told as a reader sees it, across a line's end too."""
    text = (
        "The club spoke to the press.\n\n**Club Secretary Nathaniel\nWinkle**: “We skate on Thursday, whatever the ice may say of it.”\n\n"
        "**Augustus Snodgrass**: “I have written a poem about it.”\n"
    )
    found = {words[0]: str(name) for name, words in said(text)}
    assert found["I have written a poem about it."] == "Augustus Snodgrass"
    assert found["We skate on Thursday, whatever the ice may say of it."].split()[-1] == "Winkle"


@given(st.text(alphabet="aB*_ \n\u200b'McD", max_size=30))
def test_a_name_as_it_is_written_has_nothing_that_nobody_sees(words: str) -> None:
    """No line break, no mark of emphasis, no character without a width; and writing it so again changes nothing."""
    name = written(words)
    assert not set(name) & set("*\n\u200b")
    assert name == written(name) == " ".join(name.split())


def test_a_text_in_another_language_is_not_read_as_if_it_were_english() -> None:
    """Its words would become names; nothing is quoted from it, and its form says why."""
    text = (
        "Der Graf empfing uns in der Halle. „Die Brücke wird im Herbst fertig“, sagte Effi Briest am Abend zu den Gästen. "
        "Der Pfarrer nickte und ging nach Hause, weil es schon spät war und der Wind vom Meer her wehte. Niemand "
        "widersprach ihm, denn alle waren müde von der langen Fahrt über das Haff.\n"
    )
    understood = reader().understood(document(text))
    assert (understood.quotes, understood.form) == ((), "foreign")
    english = "“The bridge will be ready in autumn,” said Effi Briest to the guests, and nobody spoke against it that evening.\n"
    assert reader().understood(document(english)).quotes


def test_a_label_that_is_a_slip_of_another_is_that_other() -> None:
    """One letter left out once, where the right label stands again and again; two that stand often are two people."""
    turns = "".join(
        "PLANTAGENET PALLISER: I have read the bill, and I shall vote for it.\n\nPHINEAS FINN: I shall not, sir.\n\n"
        for _ in range(3)
    )
    text = turns + "PLANTAGENET PALISER: Then I am sorry for it, and so will you be.\n"
    assert [q.speaker.name for q in read(text) if q.speaker and q.kind == "turn"][-1] == "Plantagenet Palliser"
