"""Questions and timelines that name a period: known dates meet it, and documents without a date are shown with that reserve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from retrieval.asking.answer import QuoteFinder
from retrieval.asking.timeline import timeline
from retrieval.cite import NO_DATE, bibtex, markdown, plain
from retrieval.model import EVERYBODY
from tests.asking import finder_over

_HEAD = "---\npublished: {}\n---\n"
TEXTS = {
    "old.txt": _HEAD.format("1851-04-02")
    + "“The ferry toll is fair,” said Phileas Fogg. “The ferry is slow,” said Emma Woodhouse.\n",
    "new.txt": _HEAD.format("1872-10-03") + "“The ferry toll is a robbery,” said Phileas Fogg.\n",
    "whale.txt": _HEAD.format("1872-11-05")
    + "“The whale is white,” said Captain Ahab. “I will hunt the whale round the horn,” he added.\n",
    "undated.txt": "“The ferry toll will be paid by travellers alone,” said Captain Ahab. “The whale sank our ship,” said Captain Ahab.\n",
    "later.txt": "The dues of 1868\n\n“The toll drowns the poor before the sea does,” said Captain Nemo.\n",
}
TODAY = date(1873, 1, 1)


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuoteFinder]:
    with finder_over(tmp_path_factory.mktemp("periods"), TEXTS) as made:
        yield made


def test_words_without_a_date_are_shown_with_that_reserve(finder: QuoteFinder) -> None:
    """Nobody knows that they are not from the period; where nothing that is dated answers, they do."""
    answer = finder.ask("What did Captain Ahab say about the ferry toll since 1860?", EVERYBODY, today=TODAY)
    assert [hit.document.path for hit in answer.quotes] == ["undated.txt"]
    assert answer.message == (
        "I know of no words since 1860-01-01 that answer this; these stand in documents whose date is not known."
    )


def test_dated_words_go_before_those_without_a_date(finder: QuoteFinder) -> None:
    """Where something is known to be from the period, it is the answer, and nothing is reserved."""
    answer = finder.ask("What did Captain Ahab say about the whale since 1860?", EVERYBODY, today=TODAY)
    assert [hit.document.path for hit in answer.quotes] == ["whale.txt"]
    assert answer.message == ""


def test_words_of_another_time_stay_out_of_the_period(finder: QuoteFinder) -> None:
    """A known date outside it is outside, and the sentence says what there is."""
    answer = finder.ask("What did Emma Woodhouse say about the ferry since 1860?", EVERYBODY, today=TODAY)
    assert answer.reason == "out_of_range"
    assert not answer.quotes


@pytest.mark.parametrize(
    ("words", "days", "when"),
    [
        ("", ["1851-04-02", "1872-10-03"], ""),
        ("since June 1860", ["1872-10-03"], "since June 1860"),
        ("before 1872", ["1851-04-02"], "before 1872"),
        ("after 1871", ["1872-10-03"], "after 1871"),
        ("on the ferry toll before 1860", ["1851-04-02"], "before 1860"),
        ("in 1872", ["1872-10-03"], "in 1872"),
        ("after 1872", [], "after 1872"),
    ],
)
def test_a_timeline_means_by_a_period_what_a_question_means(
    finder: QuoteFinder, words: str, days: list[str], when: str
) -> None:
    """ "since", "before" and "after" bound the list; the rest of the words is the topic."""
    found = timeline(finder, "Fogg", words, EVERYBODY, today=TODAY)
    assert [entry.day.isoformat() for entry in found.entries if entry.day] == days
    assert (found.when, found.undated) == (when, False)
    assert found.topic in {"", "the ferry toll"}


def test_a_timeline_without_a_dated_word_of_that_time_says_so(finder: QuoteFinder) -> None:
    """What has no date is listed with the reserve, not left out and not taken for it."""
    found = timeline(finder, "Ahab", "before 1860", EVERYBODY, today=TODAY)
    assert {entry.hit.document.path for entry in found.entries} == {"undated.txt"}
    assert found.reserve == "Nothing is known to be from that time (before 1860); the date of these is not known."


def test_a_citation_says_that_its_date_is_not_known(finder: QuoteFinder) -> None:
    """In each of the forms; one with a date says nothing of it."""
    undated = finder.ask("What did Captain Ahab say about the ferry toll?", EVERYBODY).quotes[0]
    dated = finder.ask("What did Phileas Fogg say about robbery?", EVERYBODY).quotes[0]
    for form in (plain, markdown, bibtex):
        assert NO_DATE in form(undated)
        assert NO_DATE not in form(dated)


def test_a_refusal_names_the_nearest_days_on_either_side(finder: QuoteFinder) -> None:
    """What is told of what is held does not speak against the refusal."""
    answer = finder.ask("What did Phileas Fogg say about the ferry toll in 1860?", EVERYBODY, today=TODAY)
    assert answer.message == (
        "Nothing by Phileas Fogg between 1860-01-01 and 1860-12-31 that I know the date of. "
        "The nearest that I hold is from 1851-04-02 and from 1872-10-03."
    )


def test_a_document_that_names_a_later_year_is_of_no_earlier_time(finder: QuoteFinder) -> None:
    """Nobody knows its date, but that it is not from the period."""
    answer = finder.ask("What did Captain Nemo say about the toll in 1850?", EVERYBODY, today=TODAY)
    assert not answer.quotes
