"""Whom a description renames that stands where a name stood before."""

from __future__ import annotations

import pytest

from tests.reading import read, said


def speakers(text: str) -> list[tuple[str | None, bool]]:
    """The speaker of each quotation, and whether he is unnamed."""
    return [
        (q.speaker.name if q.speaker else None, bool(q.speaker and q.speaker.unnamed))
        for q in read(text)
        if q.kind in ("direct", "mixed")
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Sen. Philip Sterling answered first.\n\n“I have been warning of this railroad throughout the session,” "
            "the Missouri senator said in a statement.",
            id="the state's senator",
        ),
        pytest.param(
            "Rep. Philip Sterling (D-Mo.) came back to Hawkeye on Friday.\n\n“We need the railroad before the winter,” "
            "the Missouri congressman said.",
            id="a representative is a congressman",
        ),
        pytest.param(
            "Philip Sterling is not saying much about the railroad, with one exception.\n\nThe Republican presidential "
            "nominee told a crowd in Hawkeye: “We need the railroad before the winter.”",
            id="the only one who is named just before",
        ),
    ],
)
def test_a_description_with_a_telling_word_renames_whoever_was_named_just_before(text: str) -> None:
    """The news does not repeat a name: it says what the person is."""
    assert speakers(text) == [("Philip Sterling", False)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Philip Sterling met Laura Hawkins in Hawkeye.\n\n“We need the railroad before the winter,” "
            "the Republican nominee said.",
            id="two are named",
        ),
        pytest.param(
            "Washington Hawkins came to Hawkeye on Friday.\n\n“We need the railroad before the winter,” "
            "the Missouri senator said.",
            id="nobody was called a senator",
        ),
        pytest.param(
            "Sen. Philip Sterling (D-Kan.) came to Hawkeye on Friday.\n\n“We need the railroad before the winter,” "
            "the Missouri senator said.",
            id="another state's senator",
        ),
        pytest.param(
            "A wealthy businessman had come with Philip Sterling to Hawkeye.\n\n“We need the railroad before the winter,” "
            "the wealthy businessman said.",
            id="somebody without a name was brought in by the word",
        ),
        pytest.param(
            "Laura Hawkins came to Hawkeye on Friday.\n\n“We need the railroad before the winter,” "
            "the New York businessman said.",
            id="a woman is no businessman",
        ),
        pytest.param(
            "Philip Sterling came to Hawkeye on Friday.\n\n“We need the railroad before the winter,” "
            "the local official said.",
            id="an official may be anybody",
        ),
    ],
)
def test_a_description_that_can_mean_somebody_else_names_nobody(text: str) -> None:
    """A wrong name is the worst error."""
    assert [who for who, unnamed in speakers(text) if not unnamed] in ([], [None])


def test_a_surname_with_a_letter_amiss_is_that_of_the_full_name_before() -> None:
    """An article that spells one person in two ways speaks of one person."""
    text = (
        "Estella Havisham saw the play in Rochester.\n\nHavishan said it was too long.\n\n“Nobody laughed at all,” she "
        "said.\n\n“It was far too long for me,” Havishan added."
    )
    assert {who for who, _ in said(text)} == {"Estella Havisham"}


def test_a_surname_that_differs_by_more_is_another_person() -> None:
    """Two letters of a short name make another one."""
    text = "Lucy Snowe came to Villette.\n\n“I have nothing to say of it,” said Snell."
    assert [who for who, _ in said(text)] == ["Snell"]


def test_another_reading_that_means_the_same_person_leaves_him_as_sure() -> None:
    """ "According to Ahab he was …": who is spoken of and who speaks are one."""
    text = (
        "Captain Ahab spoke to the crew on Friday.\n\nAccording to Ahab, he had dined with the owners every winter, and today "
        "“would sooner dine with the sharks than with any of them.”"
    )
    assert [who for who, _ in said(text)] == ["Ahab"]


def test_a_paper_that_carries_the_words_leaves_their_speaker_as_sure() -> None:
    """ "The ministry said in a statement, “…,” the Gazette reports": the ministry speaks."""
    text = (
        "The Ruritanian Foreign Ministry said on Tuesday that it will refuse the crown.\n\nThe Ministry said in a "
        "statement, “Having the bitter experience of Zenda behind us, we will not settle for any alternatives,” the "
        "Strelsau Gazette reports."
    )
    assert [who for who, _ in said(text)] == ["Ruritanian Foreign Ministry"]


def test_a_dateline_is_no_speaker() -> None:
    """The town at the head of an article says nothing."""
    text = (
        "STRELSAU -- King Rudolf, who unveiled the gate of the Elphbergs on Monday, said that every stone in it "
        "“was carried here by somebody who could not sleep for hunger.”"
    )
    assert "STRELSAU" not in [who for who, _ in said(text)]


def test_a_name_behind_the_place_of_a_description_is_the_speakers_and_a_clause_aside_gives_nobody_words() -> None:
    """ "said his old friend at Lowick Manor, Arthur Brooke, who remembered Ladislaw telling him": Brooke goes on."""
    text = (
        "Mr Casaubon died on Monday. “It was the work of his life, and nobody will ever read it,” said his old friend at "
        "Lowick Manor, Arthur Brooke, who remembered Ladislaw telling him of it. “He went on sorting "
        "his papers while the house was asleep.”"
    )
    found = said(text)
    assert found[0][0] == "Arthur Brooke"
    assert all(who in ("Arthur Brooke", None) for who, _ in found)
