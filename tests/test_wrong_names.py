"""Names that documents seem to give and do not: namesakes, first words, nicknames, pages of any kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.people import load_people
from retrieval.reading.reader import Reader
from tests.reading import read, said


def names(text: str) -> list[str | None]:
    """Who is credited, in order."""
    return [name for name, _ in said(text)]


def test_a_wife_who_is_always_named_in_full_does_not_take_her_husbands_surname_over() -> None:
    """The surname alone is his who was named in full first, however often she is named."""
    text = (
        "A neighbour complained on Monday about Edmund Bertram.\n\n"
        "Fanny Bertram, his wife, runs the school. Fanny Bertram opened it in June, and Fanny Bertram pays for it.\n\n"
        "“I never asked for the living,” Bertram said.\n"
    )
    assert names(text) == ["Edmund Bertram"]


def test_two_sisters_are_none_of_them_mrs() -> None:
    """Of "Mrs Dashwood" beside Elinor and Marianne Dashwood nobody can say which she is."""
    text = (
        "Elinor Dashwood came down first.\n\nMarianne Dashwood followed her, and the sisters sat by the window.\n\n"
        "“The roads are bad,” said Mrs Dashwood from her chair.\n"
    )
    assert not {"Elinor Dashwood", "Marianne Dashwood"} & set(names(text))


def test_a_namesake_from_the_same_country_is_not_the_known_person(tmp_path: Path) -> None:
    """A country beside a surname makes nobody its minister; an office beside it does."""
    (tmp_path / "people.toml").write_text(
        '[person]\nmycroft-holmes = { name = "Mycroft Holmes", gender = "m", roles = ["foreign minister, Canada, 1880-01-01..1881-01-01"] }\n',
        encoding="utf-8",
    )
    knowing = Reader(load_people(tmp_path / "people.toml"))
    text = "The Canadian tour ends in May.\n\n“The halls are full, and I sing every night,” Holmes said.\n"
    singer, minister = (
        knowing.read_text(t)[0].speaker for t in (text, text.replace("tour ends", "minister ends the tour"))
    )
    assert singer is not None
    assert minister is not None
    assert (singer.id, minister.id) == ("holmes", "mycroft-holmes")


def test_a_sentences_first_word_is_no_given_name() -> None:
    """ "Walking Bartleby" once, and "Bartleby" elsewhere: nobody is called Walking."""
    text = (
        "Bartleby came in June. Bartleby was pale. Walking Bartleby home was no use.\n\n"
        "“I would prefer not to,” Bartleby said.\n\n“I know where I am,” Bartleby added.\n"
    )
    assert set(names(text)) == {"Bartleby"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Thomas Bertram is a stoker known as “Black Tom.”",
        "Thomas Bertram sailed home, earning the islanders’ nickname “the man without sleep.”",
        "Thomas Bertram sells a dish called “sailor’s comfort” on the quay.",
        "Thomas Bertram has opened an office named “Remembrance of the City” there.",
    ],
)
def test_what_somebody_or_something_is_called_is_nobodys_words(sentence: str) -> None:
    """A nickname, a dish and an office have names; nobody says them."""
    assert names(f"Thomas Bertram came back in June.\n\n{sentence} He pays for it himself.\n") == []


def test_a_description_is_known_by_a_noun_for_people_of_any_kind() -> None:
    """A dispatcher, a follower and an academic speak without a name; a lack and a number do not."""
    text = (
        "“There is a boat adrift,” said a dispatcher at the harbour.\n\nOne academic told the Gazette: “We are not paid.”\n\n"
        "“It is the roof,” said a lack of money.\n"
    )
    assert names(text) == ["dispatcher at the harbour", "academic", None]


def test_nobody_is_no_source() -> None:
    """ "Nobody said" credits nobody."""
    assert set(names("“The bridge is safe,” nobody said at the meeting of the council.\n")) <= {None}


@pytest.mark.parametrize(
    "line", ["The harbour council says that Raveloe is closed.", "The ferry firm claims that Raveloe is full."]
)
def test_it_is_nobody_where_one_body_speaks_of_another(line: str) -> None:
    """Of "the council says that Raveloe is closed. “…,” it says" nobody can say which of the two goes on."""
    assert "Raveloe" not in names(f"{line} “We can do no more than wait for the spring,” it says.\n")


def test_whoever_sends_a_letter_says_what_it_says() -> None:
    """A letter is no speaker where its sender is named with it, nor where the place comes first."""
    told = "a letter saying that the whale had been seen near the islands.\n"
    for text in (f"Captain Ahab sent {told}", f"From the Azores Captain Ahab sent {told}"):
        assert {q.speaker.name for q in read(text) if q.speaker} <= {"Ahab"}
    assert read(f"Captain Ahab sent {told}")[0].speaker is not None
