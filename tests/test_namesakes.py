"""Whose a surname is where a family shares it: never the one whom the text names in full, unless it is."""

from __future__ import annotations

import pytest

from tests.reading import read, said


def names(text: str) -> list[str | None]:
    """Who speaks, quotation by quotation."""
    return [name for name, _ in said(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Dr Primrose and his daughter Olivia Primrose came to the fair on Monday.\n\n"
            "“The roof has been mended,” Dr Primrose said.\n\n“I am glad of it,” Olivia Primrose said.",
            ["Dr Primrose", "Olivia Primrose"],
            id="a title that the daughter does not have",
        ),
        pytest.param(
            "Mrs Dashwood and her daughter Marianne Dashwood left Norland on Friday.\n\n"
            "“I want a smaller house,” Mrs Dashwood said.\n\n“I want none,” Marianne said.",
            ["Mrs Dashwood", "Marianne Dashwood"],
            id="two of one gender",
        ),
        pytest.param(
            "Mr and Mrs Musgrove opened the gate with their daughter, Louisa Musgrove.\n\n"
            "“The steps are slippery,” Mr Musgrove said. “I want them mended,” Mrs Musgrove told the paper.",
            ["Mr Musgrove", "Mrs Musgrove"],
            id="husband and wife",
        ),
        pytest.param(
            "Tom Tulliver, a miller, spoke first. His uncle, Captain Tulliver, stood behind him.\n\n"
            "“I am proud of him,” Captain Tulliver said.\n\n“I found the deeds,” Tulliver said.",
            ["Captain Tulliver", "Tom Tulliver"],
            id="kin brought in behind him",
        ),
        pytest.param(
            "Phineas Finn and his wife Marie Finn arrived. They were late.\n\n“He is late,” Mrs Finn said.",
            ["Marie Finn"],
            id="both named in full",
        ),
        pytest.param(
            "Frank Osbaldistone left the race on Monday. “I wish them well,” Mr Osbaldistone said.\n\nThe party of Robert Osbaldistone is his "
            "no more.\n\n“I have no regrets,” Mr Osbaldistone said.",
            ["Frank Osbaldistone", "Frank Osbaldistone"],
            id="a namesake who comes later",
        ),
        pytest.param(
            "Squire Cass and his son Godfrey Cass quarrelled on Monday.\n\n“He is mistaken,” Squire Cass said later.",
            ["Squire Cass"],
            id="a squire and his son",
        ),
    ],
)
def test_a_namesake_keeps_the_name_that_the_text_gives(text: str, wanted: list[str]) -> None:
    """A form of address that is somebody else's tells the bearer of a surname from the one named in full."""
    assert names(text) == wanted


def test_a_surname_of_a_family_is_nobodys_for_sure() -> None:
    """Where a namesake was brought in first, the surname alone can be either's."""
    text = (
        "Dr Primrose and his daughter Olivia Primrose came to the fair on Monday.\n\n"
        "“The roof has been mended,” Primrose said."
    )
    assert names(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Dr Victor Frankenstein spoke on Monday.\n\n“It breathes,” Dr Frankenstein said.", id="same title"
        ),
        pytest.param(
            "Victor Frankenstein, a physician, spoke on Monday.\n\n“It breathes,” Dr Frankenstein said.", id="calling"
        ),
        pytest.param("Victor Frankenstein spoke on Monday.\n\n“It breathes,” Mr Frankenstein said.", id="courtesy"),
        pytest.param(
            "Victor Frankenstein said on Monday that the town knew what Mr Frankenstein wanted.\n\n"
            "“It breathes,” Mr Frankenstein said.",
            id="courtesy in the sentence of the full name",
        ),
    ],
)
def test_an_address_of_the_one_named_in_full_is_his(text: str) -> None:
    """A form of address that fits the only bearer of a name says nothing against him."""
    assert set(names(text)) == {"Victor Frankenstein"}


def test_a_couple_without_full_names_is_two_people() -> None:
    """Mr and Mrs of one surname are told apart by it."""
    text = "Mr Bennet spoke on Monday. “I shall read,” Mr Bennet said.\n\n“My poor nerves,” Mrs Bennet said."
    found = read(text)
    assert [q.speaker.name for q in found if q.speaker and q.kind != "reported"] == ["Mr Bennet", "Mrs Bennet"]
    assert len({q.speaker.id for q in found if q.speaker}) == 2
