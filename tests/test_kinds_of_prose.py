"""Sentences that obituaries, digests, match reports and analyses are made of: whose words stand in them."""

from __future__ import annotations

import pytest

from retrieval.articles import split
from tests.reading import said


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "In an earlier work, The Art of Waiting, Kutuzov argued that “patience and time are the two strongest warriors”.",
            "Kutuzov",
        ),
        (
            "Jane Trotwood married young. Her husband, she wrote in a letter, was “handsome, and there it ended”.",
            "Jane Trotwood",
        ),
        ("Ruritanian foreign minister Rudolf Rassendyll: “We will come.”", "Rudolf Rassendyll"),
        ("• League spokesperson Becky Sharp: “We were told on Monday.”", "Becky Sharp"),
        ("Will Ladislaw, on X: “We are not there yet.”", "Will Ladislaw"),
    ],
    ids=["a title in front", "an aside with a pronoun", "a calling and a colon", "in a list", "on X"],
)
def test_the_one_who_speaks_is_found(text: str, speaker: str) -> None:
    """A title, an aside, a calling before the name do not hide the speaker."""
    assert [s for s, _ in said(text + "\n")] == [speaker]


def test_whom_only_a_quotation_names_is_not_meant_by_a_pronoun() -> None:
    """ "She" behind “Janet! Donkeys!” is the one whom the text is about."""
    text = (
        "Jane Trotwood died on Sunday. She was 91.\n\n“Janet! Donkeys!” became a catchphrase of the town.\n\n"
        "She once told an interviewer: “Never be mean in anything; never be false.”\n"
    )
    assert ("Jane Trotwood", ("Never be mean in anything; never be false.",)) in said(text)


def test_a_country_behind_a_town_is_not_who_speaks() -> None:
    """ "The mayor of Paris, France, said" is the mayor, not France."""
    assert [s for s, _ in said("The mayor of Paris, France, said it was “fine”.\n")] == ["mayor of Paris, France"]


def test_an_office_with_a_capital_is_nobodys_name() -> None:
    """ "The Chair said" is a speaker without a name."""
    from tests.reading import read

    quotes = read("The Chair said that the Council would “get three quotes and take the middle one”.\n")
    assert [q.speaker.unnamed for q in quotes if q.speaker] == [True]


def test_a_surname_with_a_particle_is_the_full_names() -> None:
    """ "von Tarlenheim" after "Fritz von Tarlenheim" is one person."""
    text = (
        "Fritz von Tarlenheim, who heads the opposition, said the regent “knew in March.”\n\n"
        "“He was told. I told him,” von Tarlenheim said.\n"
    )
    assert {s for s, _ in said(text)} == {"Fritz von Tarlenheim"}


def test_a_judge_who_is_named_first_is_not_his_daughter() -> None:
    """ "Judge Thatcher" before "Becky Thatcher, his daughter" are two people."""
    text = (
        "Judge Thatcher, who chairs the board, called the row “two boys and one raft”.\n\n"
        "Becky Thatcher declined to comment. “I only live here,” she said.\n"
    )
    assert [s for s, _ in said(text)] == ["Judge Thatcher", "Becky Thatcher"]


def test_a_single_name_that_can_be_a_surname_is_not_passed_over_for_its_gender() -> None:
    """ "Joyce testified …. “…,” he said." is not the man who was named before Joyce."""
    text = (
        "Samuel Seegrave took the witness through the night.\n\n“Did you see his face?” Seegrave asked.\n\n"
        "Joyce testified that he had been told to say nothing. “I was told the house had ears,” he said.\n"
    )
    assert ("Samuel Seegrave", ("I was told the house had ears,",)) not in said(text)


@pytest.mark.parametrize(
    "note",
    [
        "This story has been corrected to show that Elphberg said “as full as it was,” not “fuller than it was.”",
        "Correction: Michael Elphberg called the moat “deep” and not, as was printed here on Sunday, “dry”.",
        "An earlier version of this report had Elphberg tell reporters that “the moat is dry”; he did not.",
    ],
)
def test_a_correction_is_no_running_text(note: str) -> None:
    """What a correction quotes is what was wrong."""
    text = (
        "Elphberg denies it\n\n“The moat is as full as it was,” Michael Elphberg told reporters at the gate on Monday.\n\n"
        f"He said that the bridge would stay where it was, and that nobody had asked him about it.\n\n{note}\n"
    )
    assert any(note in o.span.of(text) for article in split(text) for o in article.omitted)


@pytest.mark.parametrize(
    "office",
    ["Minister for Coasts", "Minister for the Armed Forces", "Minister of State for Europe", "Secretary of State"],
)
def test_a_minister_for_something_is_named_behind_it(office: str) -> None:
    """The name behind an office and its matter is the holder's; a spokesman for somebody is not that one."""
    assert said(f"{office} Emma Woodhouse said: “We have waited.”\n") == [("Emma Woodhouse", ("We have waited.",))]
    assert "Emma Woodhouse" not in {s for s, _ in said("A spokesman for Emma Woodhouse said: “We have waited.”\n")}


def test_kin_with_the_surname_alone_are_not_the_one_named_in_full() -> None:
    """ "His father, the lawyer Wakem, … Wakem said" is not the son."""
    text = (
        "The painter Philip Wakem has won the prize. “I did not expect it,” he said.\n\n"
        "His father, the lawyer Wakem, was not there. “I sent a telegram,” Wakem said.\n"
    )
    assert said(text)[0][0] == "Philip Wakem"
    assert said(text)[1][0] != "Philip Wakem"


def test_a_quotation_that_a_short_message_breaks_over_lines_is_whole() -> None:
    """Too few lines to tell a width: a line that breaks off inside a quotation goes on in the next."""
    text = (
        'Dear George,\n\nI would change one line. Mr Weston said on the telephone: "The ball will\n'
        'go ahead, whatever the roof does." Please use that instead.\n\nEmma\n'
    )
    assert said(text) == [("Weston", ("The ball will\ngo ahead, whatever the roof does.",))]
