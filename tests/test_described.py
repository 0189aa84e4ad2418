"""Sources without a name, crowds, and whose words a quoting sentence reports."""

from __future__ import annotations

import pytest

from retrieval.asking.quoted import Known, Roster
from retrieval.model import Speaker
from retrieval.people import People
from tests.reading import read, said


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("A group of pro-Ruritanian protesters chanted:", "pro-Ruritanian protesters"),
        ("Hundreds of demonstrators chanted:", "demonstrators"),
        ("A crowd of several hundred angry marchers shouted:", "angry marchers"),
    ],
)
def test_a_crowd_is_named_as_the_text_names_it(who: str, name: str) -> None:
    """It hides nobody: it is a body, without the words that count it."""
    speakers = [q.speaker for q in read(f"{who} “Ruritania in the League!”")]
    assert [(s.name, s.type, s.unnamed) for s in speakers if s] == [(name, "body", False)]


def test_a_crowd_is_found_by_another_word_for_it() -> None:
    """A question says "demonstrators" where the text says "protesters"."""
    crowd = Speaker("pro-ruritanian-protesters", "pro-Ruritanian protesters", "body")
    found = Roster(People([]), [Known(crowd, quotes=1)]).described("the demonstrators")
    assert found is not None
    assert found.speakers == (crowd,)


def test_other_plurals_stay_unnamed() -> None:
    """Officials and diplomats are sources without a name, in small letters where the sentence begins with them."""
    speakers = [q.speaker for q in read("Diplomats said: “We are tired of the soup.”")]
    assert [(s.name, s.unnamed) for s in speakers if s] == [("diplomats", True)]


def test_one_of_several_officials_is_an_official() -> None:
    """ "one of the senior officials" is one source without a name."""
    text = "“At first that meant very little,” said one of the senior admiralty officials, looking back."
    speakers = [q.speaker for q in read(text)]
    assert [(s.name, s.unnamed) for s in speakers if s] == [("senior admiralty official", True)]


@pytest.mark.parametrize(
    "text",
    [
        "“There is nothing to discuss,” the agency quoted Alexei Karenin as saying.",
        "Alexei Karenin was quoted by the agency as saying: “There is nothing to discuss.”",
        "Alexei Karenin was cited by the Morning Chronicle as saying: “There is nothing to discuss.”",
        "“There is nothing to discuss,” Alexei Karenin was quoted by the Strelsau News Agency as saying.",
        "Konstantin Levin also quoted Mr Karenin as saying: “There is nothing to discuss.”",
    ],
)
def test_whoever_is_quoted_speaks_not_whoever_quotes(text: str) -> None:
    """An agency, a paper or another person who passes the words on is not their speaker."""
    assert [name for name, _ in said(text)] in (["Alexei Karenin"], ["Karenin"])


def test_of_one_who_reports_what_another_said_the_other_speaks() -> None:
    """ "Ahab praised a letter from Pip saying the ship would sail “at any time”": Pip's words."""
    text = "Mr Ahab said he had read a letter from Mr Starbuck saying Nantucket was ready to sign “at any time”."
    assert [name for name, _ in said(text)] == ["Starbuck"]


def test_a_record_speaks_for_itself() -> None:
    """The minutes that record something are its source, not whoever signed them."""
    text = "The minutes, which record that “nothing was decided”, were signed by Dorothea Brooke."
    assert [(s.name, s.unnamed) for q in read(text) if (s := q.speaker)] == [("minutes", True)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Bohemian Foreign Ministry denied it. In a post it said: “We closed it in March.”",
            "Bohemian Foreign Ministry",
        ),
        ("Demonstrators on the other bank put it briefly. “Ruritania in the League!” they chanted.", "demonstrators"),
        ("The ministers had voted late. “We are tired of the soup,” they said.", "ministers"),
    ],
)
def test_it_and_they_are_the_body_or_the_group_spoken_of(text: str, name: str) -> None:
    """The subject of the line's sentence before, when that is no person."""
    assert [q.speaker.name for q in read(text) if q.speaker and q.kind != "reported"] == [name]


def test_it_is_never_a_person() -> None:
    """A person who is the subject of the sentence before is not "it"."""
    text = "Alexei Karenin read the note twice. “We closed it in March,” it said."
    assert [s.name if s else None for q in read(text) if (s := q.speaker) is None or s.type == "person"] == [None]


def test_one_name_can_be_a_whole_name() -> None:
    """Whoever is brought in by one name is found again by it."""
    text = "“It is expected,” said Fantine, a harbour clerk.\n\nFantine keeps the list. “I write them out,” she said."
    assert [name for name, _ in said(text)] == ["Fantine", "Fantine"]


def test_a_day_between_the_verb_and_its_clause_hides_no_report() -> None:
    """ "suggested the same day that …" reports."""
    text = "Rudolf Elphberg, Finland's defence minister, suggested the same day that Sweden might be spared some of the tolls."
    assert [(q.kind, q.speaker.name) for q in read(text) if q.speaker] == [("reported", "Rudolf Elphberg")]


def test_a_stranger_who_was_brought_in_speaks_unnamed() -> None:
    """ "A village teacher", then "the teacher": a source without a name, by the fuller description."""
    text = (
        "A village teacher, who had three sick children, sold her clock.\n\n“Nobody sews by night and lives long,” said the "
        "teacher, who has left the parish since."
    )
    speakers = [q.speaker for q in read(text) if q.kind == "direct"]
    assert [(s.name, s.unnamed) for s in speakers if s] == [("village teacher", True)]


def test_a_stranger_of_whom_nobody_was_told_is_nobody() -> None:
    """ "The visitor" may be somebody whom the text names."""
    text = (
        "King Rudolf received Colonel Sapt in Zenda.\n\n“I have learned that nothing happens here,” the visitor added."
    )
    assert [q.speaker for q in read(text) if q.kind == "direct"] == [None]


def test_the_nominee_of_long_ago_is_not_the_nominee_of_these_lines() -> None:
    """What the document once called somebody says nothing where the lines before speak of another."""
    text = (
        "Republican nominee Silas Phelps lost in Missouri years ago, and lost badly.\n\nJudge Thatcher is sure of the "
        "river towns.\n\nThe Republican nominee called the ferrymen “idle and quarrelsome people”."
    )
    assert "Silas Phelps" not in [q.speaker.name for q in read(text) if q.speaker]


def test_one_title_before_several_names_is_each_ones() -> None:
    """ "The host" behind "the hosts A and B" is whichever of them was named last; both at once are neither."""
    text = (
        "Elinor Dashwood spoke to the hosts Joe Willet and Mary Garth.\n\nShe went because Willet asked her.\n\n"
        "“I said that she was right to go to the ball,” the host said."
    )
    assert said(text) == [("Joe Willet", ("I said that she was right to go to the ball,",))]
    both = text.replace("She went because Willet asked her.", "Both Willet and Garth asked her to come.")
    assert said(both) == [(None, ("I said that she was right to go to the ball,",))]


def test_senators_who_are_named_together_are_senators_each() -> None:
    """A state between the names parts them not."""
    text = (
        "Senators Charles Gould, of Iowa, and Patrick Garth, of Vermont, want the tolls gone.\n\nGarth spoke on Tuesday.\n\n"
        "“No carter has ever seen where his penny went,” the senator said."
    )
    assert said(text) == [("Patrick Garth", ("No carter has ever seen where his penny went,",))]


def test_who_added_something_under_another_word_is_whoever_spoke_last() -> None:
    """ "The visitor added" goes on with the words before; "the visitor said", or somebody else named since, does not."""
    text = "“We shall hold the castle,” Jonathan Harker said.\n\n“Nothing happens here that is not our affair,” the visitor added."
    assert said(text)[-1] == ("Jonathan Harker", ("Nothing happens here that is not our affair,",))
    assert said(text.replace("added", "said"))[-1][0] is None
    between = text.replace("Harker said.", "Harker said to Abraham Van Helsing.")
    assert said(between)[-1][0] is None
