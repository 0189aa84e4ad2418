"""Sentences that are partly in quotation marks: their quoted words, and beside them what the document says in its own."""

from __future__ import annotations

import pytest

from tests.reading import read


def told(text: str) -> list[tuple[str | None, str]]:
    """The reported sentences of a text with their speakers."""
    return [(q.speaker.name if q.speaker else None, q.extent.of(text)) for q in read(text) if q.kind == "reported"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Elinor Dashwood said that only mending the old bridge was “not sufficient” for the village.",
            "Elinor Dashwood",
        ),
        (
            "The work on the new bridge would be “a waste of good oak” before March, Elinor Dashwood told reporters.",
            "Elinor Dashwood",
        ),
        (
            "Mending the old bridge once more would be “not sufficient”, according to Elinor Dashwood.",
            "Elinor Dashwood",
        ),
        (
            "Before the meeting Elinor Dashwood had called the missing timetable for the bridge “absurd”.",
            "Elinor Dashwood",
        ),
    ],
    ids=["behind the verb", "before it", "according to", "called"],
)
def test_a_sentence_with_a_quoted_phrase_is_also_told_whole(text: str, who: str) -> None:
    """What the phrase is about stands in the document's own words: the sentence is a report beside the quoted words."""
    assert told(text) == [(who, text)]
    assert [q.kind for q in read(text) if q.speaker and q.speaker.name == who] in (
        ["reported", "mixed"],
        ["mixed", "reported"],
    )


def test_a_report_runs_to_the_closing_mark_of_its_sentence() -> None:
    """A quotation at the end of a sentence belongs to it, marks and all."""
    text = (
        "It rained all day. Jonathan Harker said the road to the castle was closed because of “the wolves and the snow "
        "and the want of horses.” Nobody answered."
    )
    assert told(text) == [
        (
            "Jonathan Harker",
            "Jonathan Harker said the road to the castle was closed because of “the wolves and the snow and the want of horses.”",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“I shall never dance with him again in all my life,” Elizabeth Bennet said at the ball in Meryton.",
        "Elizabeth Bennet said: “The ball at Meryton was a great success for all of us.”",
        "Elizabeth Bennet called it “absurd”.",
        "While Elizabeth Bennet called the ball at Meryton “a disgrace”, Jane Bennet walked home over the fields.",
        "Elizabeth Bennet did not call the long road to the house of her aunt “absurd”.",
    ],
    ids=["a sentence in marks", "behind a colon", "nothing besides", "by the way", "not said"],
)
def test_nothing_is_told_twice(text: str) -> None:
    """Where the marks hold the whole statement, or the text denies it, there is no report beside it."""
    assert told(text) == []


def test_a_sentence_of_two_speakers_is_nobodys_report() -> None:
    """What one says in a sentence and the other calls so is not told as the first one's words."""
    text = "Elizabeth Bennet said the ball at Meryton was over, and Jane Bennet called the supper there “a disgrace”."
    assert [who for who, _ in told(text)] == []


def test_words_in_marks_that_nobody_speaks_hide_no_report() -> None:
    """A name in quotation marks is no quotation, and the sentence is a report like any other."""
    text = "Jonathan Harker said that the schooner “Demeter” would leave the harbour of Varna at dawn."
    assert told(text) == [("Jonathan Harker", text)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "The crew was divided, with Captain Ahab saying that the harbour of Nantucket was closed to them all.",
            "Ahab",
        ),
        ("At Easter Captain Ahab sent a letter saying the owners had to wait another year for their oil.", "Ahab"),
        ("Jonathan Harker, who has said that the castle has no door to the road, lives in Exeter.", "Jonathan Harker"),
        (
            "Jonathan Harker left the meeting early, telling reporters that the schooner had gone down.",
            "Jonathan Harker",
        ),
    ],
    ids=["with somebody saying", "sent a letter saying", "who has said", "telling"],
)
def test_what_somebody_is_told_to_say_by_the_way_is_a_report(text: str, who: str) -> None:
    """A participle or a clause about somebody can hold what he said as well as the sentence's own verb."""
    assert told(text) == [(who, text)]


def test_a_conclusion_from_what_somebody_did_is_no_report() -> None:
    """ "Suggesting" behind a deed is the writer's thought, not the doer's words."""
    assert told("Captain Ahab lost the vote on Tuesday, suggesting that the crew had turned against him.") == []


def test_a_subject_before_a_long_aside_is_the_verbs() -> None:
    """ "Had in the days before called": the words are whose sentence it is, not the next one's."""
    text = (
        "President Jonathan Harker, in Varna for the last day, had in the days before called the missing timetable “absurd”. "
        "Speaking on Tuesday, Abraham Van Helsing said that he trusted the board."
    )
    assert [q.speaker.name for q in read(text) if q.speaker and q.kind == "mixed"] == ["Jonathan Harker"]
