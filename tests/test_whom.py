"""Whom a question means where its words could be read as naming somebody else."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.asking.question import Understood, understand
from retrieval.asking.quoted import Known, Roster
from retrieval.model import Speaker
from retrieval.people_file import Person
from tests.asking import people, roster

TODAY = date(1872, 12, 22)


@pytest.fixture(scope="module")
def known() -> Roster:
    """Speakers of novels, Mark Tapley and somebody of the name of Deal among them."""
    base = roster()
    more = [
        Known(Speaker("mark-tapley", "Mark Tapley"), quotes=4),
        Known(Speaker("barnaby-deal", "Barnaby Deal"), quotes=3),
        Known(Speaker("french-foreign-minister", "Armand Chauvelin"), roles=("French foreign minister",), quotes=2),
    ]
    persons = [Person("jean-valjean", "Jean Valjean", aliases=("Jean-Pierre",))]
    return Roster(people().with_learned(persons), [*base.known, *more])


def asked(text: str, known: Roster, **more: object) -> Understood:
    return understand(text, known, today=TODAY, **more)  # type: ignore[arg-type]


def names(understood: Understood) -> list[str]:
    return [s.name for s in understood.question.speakers]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mark Taplay on the voyage", "Mark Tapley"),
        ("Latest from Fogg", "Phileas Fogg"),
        ("latest from fogg on trains", "Phileas Fogg"),
        ("fogg's latest", "Phileas Fogg"),
        ("darcys view on dancing", "Fitzwilliam Darcy"),
        ("the frances foreign minister quote on bread", "Armand Chauvelin"),
        ("Fogg on Darcy's letter", "Phileas Fogg"),
        ("What's in the RT deal for Phileas Fogg?", "Phileas Fogg"),
        ("Should Darcy publish those letters? What did clubman Fogg say?", "Phileas Fogg"),
    ],
)
def test_the_speaker_is_whoever_the_words_mean(text: str, name: str, known: Roster) -> None:
    """Names that are words too, "latest from", a missing apostrophe, "X on Y's letter", a sentence that only leads up."""
    assert names(asked(text, known)) == [name]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("What did Jean-Pierre Raffles say about diamonds?", "Jean-Pierre Raffles"),
        ("Why would Fogg dance, according to the Sense and Sensibility author?", "Sense and Sensibility author"),
        ("What does Raffles make of the fuss over Fogg's letters?", "Raffles"),
        ("Why does that young Meryton dancer, Raffles, want Fogg to win?", "that young Meryton dancer Raffles"),
        ("What did he say about trains?", "he"),
        ("What does she think of dancing?", "she"),
    ],
)
def test_somebody_else_is_not_taken_for_a_known_one(text: str, unknown: str, known: Roster) -> None:
    """A longer name, a description and a "he" that nobody was named for stay unknown."""
    understood = asked(text, known)
    assert (names(understood), understood.unknown) == ([], unknown)


@pytest.mark.parametrize(
    "text", ["thanks, and what about trains?", "Did any leader find it too early for Darcy to see Fogg?"]
)
def test_small_words_and_objects_name_no_speaker(text: str, known: Roster) -> None:
    """ "And" is no part of a body's name, and whoever is seen is not asked."""
    assert names(asked(text, known)) == []


def test_a_name_that_the_paper_bears_is_nobody() -> None:
    """ "Irving" of "the Irving Post" is not Washington Irving, and who is quoted nowhere is told by the whole name."""
    known = Roster(people(), [Known(Speaker("washington-irving", "Washington Irving"), quotes=3)])
    understood = asked("Jeff Holt on the Irving Post editorial?", known)
    assert (names(understood), understood.doubt) == ([], "Jeff Holt")


def test_a_year_beside_a_name_is_a_period(known: Roster) -> None:
    """ "Fogg 1868" asks for what Fogg said in that year."""
    question = asked("Fogg 1868", known).question
    assert (question.since, question.until, question.topic) == (date(1868, 1, 1), date(1868, 12, 31), "")


@pytest.mark.parametrize(
    ("text", "office", "when"),
    [
        ("What did Fogg say as prime minister about trains?", "prime minister", "as"),
        ("What did Fogg say when he was foreign minister?", "foreign minister", "as"),
        ("What did Fogg say when he became president of France about trains?", "president of France", "becoming"),
        ("What did Fogg say before he became prime minister?", "prime minister", "before"),
        ("What did Fogg say after becoming president?", "president", "after"),
    ],
)
def test_an_office_bounds_a_question(text: str, office: str, when: str, known: Roster) -> None:
    """The office and how the words lie to it are understood, and are no part of the topic."""
    understood = asked(text, known)
    assert understood.capacity is not None
    assert (understood.capacity.office, understood.capacity.when) == (office, when)
    assert office.split()[0] not in understood.question.topic
    assert names(understood) == ["Phileas Fogg"]


@pytest.mark.parametrize("text", ["What did Fogg say when he was young?", "What did Fogg say about trains as a cure?"])
def test_what_is_no_office_bounds_nothing(text: str, known: Roster) -> None:
    """Only an office is one."""
    assert asked(text, known).capacity is None
