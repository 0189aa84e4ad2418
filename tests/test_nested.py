"""Words within words: whoever stands between a speaker and a quotation has it, and a pronoun means nobody it cannot."""

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
            "“The well is dry,” Gabriel Oak told Margaret Hale. “I have seen it,” she answered.",
            ["Gabriel Oak", "Margaret Hale"],
            id="of another gender",
        ),
        pytest.param(
            "“The tea is cold,” Frank Churchill told Robert Martin. “It is not,” he answered.",
            ["Frank Churchill", "Robert Martin"],
            id="of the same gender",
        ),
        pytest.param(
            "“The barn is full,” Gabriel Oak told the shepherd. “It was full before,” Joseph Poorgrass replied.",
            ["Gabriel Oak", "Joseph Poorgrass"],
            id="by name",
        ),
    ],
)
def test_an_answer_is_the_listeners(text: str, wanted: list[str]) -> None:
    """A quotation with a cue of its own behind it is not joined to the one before it."""
    assert names(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Jane Fairfax wrote that Augusta Elton had once told her: “You will never keep a carriage.”",
            "Augusta Elton",
            id="had told her",
        ),
        pytest.param(
            "Fanny Price recalled Thomas Bertram telling her: “You will sit at the end.”",
            "Thomas Bertram",
            id="telling",
        ),
        pytest.param("Fanny Price said that her father had told her “to wait”.", "her father", id="kin"),
        pytest.param(
            "Alan Breck said that the crew “owes me forty guineas”, which Ebenezer Balfour said was “a fable”.",
            "Ebenezer Balfour",
            id="which another said",
        ),
        pytest.param(
            "Dorothea Brooke told Edward Casaubon he was “a great soul”, and he called her “my dear”.",
            "Edward Casaubon",
            id="and he called her",
        ),
        pytest.param(
            "“Rents must fall,” said James Chettam, citing a letter from Arthur Brooke that read: “Rents must rise.”",
            "Arthur Brooke",
            id="citing a letter",
        ),
        pytest.param(
            "Tom Pinch said he had been warned by the owner, Seth Pecksniff, that anyone who talked would “learn to whistle”.",
            "Seth Pecksniff",
            id="warned by",
        ),
        pytest.param(
            "Asked about Arthur Brooke’s claim that the road was “a swamp”, James Chettam laughed.",
            "Arthur Brooke",
            id="claim",
        ),
        pytest.param("Porthos laughed at Aramis’s boast that he could “outwalk a horse”.", "Aramis", id="boast"),
        pytest.param(
            "Emma Woodhouse recalled that George Knightley’s words to her were: “Badly done.”",
            "George Knightley",
            id="words",
        ),
        pytest.param(
            "Dorothea Brooke said Arthur Brooke’s remarks were “charming and useless”.",
            "Dorothea Brooke",
            id="judged remarks",
        ),
        pytest.param(
            "George Knightley, described as “a stone” by Frank Churchill, said nothing.", "Frank Churchill", id="by him"
        ),
        pytest.param("James Chettam said, quoting Arthur Brooke: “The roses are dead.”", "Arthur Brooke", id="quoting"),
        pytest.param(
            "“The gold is mine,” said Ahab, quoting Fedallah, who had told him: “Hemp only can kill thee.”",
            "Fedallah",
            id="who had told him",
        ),
        pytest.param(
            "The report recalls that Edgar Linton had called the gate a “disgrace”.",
            "Edgar Linton",
            id="a report tells of it",
        ),
    ],
)
def test_words_told_to_or_of_somebody_are_not_his(text: str, wanted: str) -> None:
    """The last one who is said to speak before the words has them, not the one who tells of it."""
    assert names(text)[-1] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "George Wickham, whom Fitzwilliam Darcy called “a rake”, said he was “misunderstood”.",
            ["Fitzwilliam Darcy", "George Wickham"],
            id="whom he called",
        ),
        pytest.param(
            "“The King is dead,” Athos told Porthos, who told Aramis, who said: “Long live the King.”",
            ["Athos", "Aramis"],
            id="who told him, who said",
        ),
        pytest.param(
            "The minister, whose predecessor Barrington Erle had called the navy “rust”, said it was “ready”.",
            ["Barrington Erle", "minister"],
            id="whose predecessor",
        ),
        pytest.param(
            "“I cannot go on,” Phineas Finn said. Plantagenet Palliser left with “deep regret”.",
            ["Phineas Finn", None],
            id="another sentence",
        ),
        pytest.param(
            "Phineas Finn wrote to his friend: “I cannot go on.” Palliser accepted with “deep regret”.",
            ["Phineas Finn", None],
            id="another sentence behind a stop inside the marks",
        ),
        pytest.param(
            "“The hat is mine,” said Phineas Finn. Lizzie Eustace: “It is not.”",
            ["Phineas Finn", "Lizzie Eustace"],
            id="a label in the middle of a line",
        ),
        pytest.param(
            "“Are you in love?” a reporter asked George Knightley. “No,” he said.",
            ["reporter", "George Knightley"],
            id="asked",
        ),
    ],
)
def test_a_clause_aside_has_its_own_speaker(text: str, wanted: list[str]) -> None:
    """Between two who speak in one sentence each quotation goes to its own."""
    assert names(text) == wanted


def test_whoever_a_sentence_is_about_is_not_its_he() -> None:
    """Of "Knightley, he said, “is …”" somebody else speaks."""
    text = (
        "Emma Woodhouse met the vicar, Philip Elton, at Highbury on Monday. George Knightley came late.\n\n"
        "“The roads are poor,” Elton said.\n\nKnightley, he said, “is not a patient man”."
    )
    assert names(text) == ["Philip Elton", "Philip Elton"]


def test_he_is_not_the_one_whom_he_tells() -> None:
    """A listener named behind the verb is not its subject."""
    text = "Robert Martin met Frank Churchill on Monday. “The tea is cold,” he told Churchill."
    assert names(text) == ["Robert Martin"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Fitzwilliam Darcy came with his sister, Georgiana Darcy, on Monday. Elizabeth Bennet stayed at home.\n\n"
            "“I shall walk,” Elizabeth Bennet said.\n\n“She walks everywhere,” her sister said.",
            "her sister",
            id="another one's sister",
        ),
        pytest.param(
            "Elizabeth Bennet spoke first.\n\n“It rains,” she told her sister Jane Bennet.\n\n“It always rains,” her sister said.",
            "Jane Bennet",
            id="her own",
        ),
    ],
)
def test_kin_are_those_of_the_one_spoken_of(text: str, wanted: str) -> None:
    """ "her sister" is the sister named before only where she is the sister of the same person."""
    assert names(text)[-1] == wanted


def test_a_story_that_somebody_is_said_to_have_told_is_not_told_in_his_words() -> None:
    """What "told her “a different story”" has in marks only names what was told."""
    text = "Nelly Dean, the housekeeper, said Isabella Linton had told her “a different story”."
    assert "Isabella Linton" not in names(text)


def test_where_a_report_was_filed_is_nobody() -> None:
    """A dateline is no part of the sentence behind it."""
    text = "STRELSAU, Oct 14 (Reuters) - Ruritanian President Rudolf Rassendyll said on Monday his forces would hold the line."
    assert [q.speaker.name for q in read(text) if q.speaker] == ["Rudolf Rassendyll"]


def test_a_headlines_dash_names_nobody_whom_the_text_does_not() -> None:
    """ "– Interview Roundup" behind a quoted headline is no speaker."""
    text = "“It Is a War of Attrition” – Interview Roundup\n\nThe siege went on. “If the dike holds,” Aramis said."
    assert "Interview Roundup" not in names(text)


def test_a_surname_that_is_a_word_can_be_the_topic() -> None:
    """Whoever a sentence is about is meant by its "she", and nobody named before is."""
    text = "“George was charming,” said Amelia Sedley.\n\nSharp herself laughs at it. “He never lost a friend,” she told the paper."
    assert names(text) == ["Amelia Sedley", None]
