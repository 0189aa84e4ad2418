"""The sentences of answers without quotes: true, and fit to be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.answer import QuoteFinder
from retrieval.asking import abstain
from retrieval.check import check
from retrieval.ingest import open_index
from retrieval.model import EVERYBODY, Answer, Question, Speaker
from retrieval.people import load_people
from retrieval.reader import Reader
from retrieval.records import Records
from retrieval.storing.corrections import Corrector
from tests.asking import EMBEDDER, NOVELS, finder_of, index_of, novels_data, people, reader

TODAY = date(1890, 1, 1)
PEOPLE = """
[person]
sydney-carton = { name = "Sydney Carton", gender = "m", roles = ["spokesperson, France, 1792..1794", "prime minister, France, 1795..1799"] }
ernest-defarge = { name = "Ernest Defarge", gender = "m", roles = ["spokesperson, France, 1795..1799"] }
"""


@pytest.fixture(scope="module")
def finder() -> Iterator[QuoteFinder]:
    with open_index(novels_data(), NOVELS, embedder=EMBEDDER, make_reader=lambda _: reader()) as index:
        yield finder_of(index)


def ask(finder: QuoteFinder, text: str) -> Answer:
    return finder.ask(text, EVERYBODY, today=TODAY)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("What did Stuart say about penguins?", "Nothing by Andrew Stuart on penguins. "),
        ("Why does Stuart fear penguins?", "Nothing by Andrew Stuart that answers this."),
        ("who won the regatta in Venice?", "I found no quote that answers this."),
        ("Did anyone mention Venice?", "I found no quote that answers this."),
        ("anything about the regatta in Venice?", "I found no quote on the regatta in Venice."),
        ("What did he say about fever?", "I cannot tell who “he” is. Name the speaker, "),
    ],
)
def test_a_refusal_repeats_the_topic_only_where_it_is_one(finder: QuoteFinder, question: str, message: str) -> None:
    """What stands behind "about" is told; what is left over of a question is not strung together."""
    assert ask(finder, question).message.startswith(message)


def test_whoever_is_meant_by_an_office_or_a_shared_name_is_told_so() -> None:
    """Several people whom nobody quotes are told with what the question calls them."""
    pair = (Speaker("a", "Tom Sawyer"), Speaker("b", "Sid Sawyer"))
    assert abstain.never_quoted(pair) == "I have no quotes by Tom Sawyer or Sid Sawyer."
    assert abstain.never_quoted(pair, role="mayor") == "I have no quotes by “mayor” (Tom Sawyer or Sid Sawyer)."
    assert "anybody called “Sawyer”" in abstain.never_quoted(pair, typed="Sawyer")
    bare = (Speaker("a", "Tom Sawyer"), Speaker("c", "Sawyer"))
    assert abstain.never_quoted(bare) == "I have no quotes by Tom Sawyer."


def test_what_somebody_is_quoted_on_is_told_by_he_or_she_where_that_is_known() -> None:
    """A given name tells; where none does, nobody is called "they"."""
    question = Question("", "quote", topic="penguins")

    def told(*speakers: Speaker) -> str:
        return abstain.silent(Question("", "quote", speakers, question.topic), ("whales",), people())

    assert told(Speaker("a", "Elizabeth Bennet")).endswith("She is quoted on whales.")
    assert told(Speaker("b", "Queequeg")).endswith("There are quotes on whales.")
    assert told(Speaker(None, "senior harpooner", "unnamed")).startswith("Nothing by “senior harpooner” on penguins.")


def test_words_from_another_time_than_the_office_asked_for_are_not_denied(tmp_path: Path) -> None:
    """Who is quoted, but not as the holder of that office, is told to be quoted; no sentence says there is nothing."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "people.toml").write_text(PEOPLE, encoding="utf-8")
    report = "---\npublished: 1797-05-01\n---\n\n“It is a far better thing that I do,” Sydney Carton said.\n"
    (corpus / "paris.md").write_text(report, encoding="utf-8")
    known = load_people(corpus / "people.toml")
    with open_index(tmp_path / "data", corpus, embedder=EMBEDDER, make_reader=lambda _: Reader(known)) as index:
        index.sync()
        finder = QuoteFinder(index.catalog, index.vectors, index.embedder, known)
        as_spokesman = ask(finder, "What did the French spokesman say?")
        assert (
            as_spokesman.message == "I have quotes by Sydney Carton, but know of none from a time as French spokesman."
        )
        assert ask(finder, "What did Carton say as prime minister of France?").answered
        early = ask(finder, "What did Carton say before he became prime minister of France?")
        assert early.message.endswith("but know of none from before becoming prime minister of France.")
        assert not ask(finder, "What did Carton say when he became prime minister of France?").answered


def test_hidden_words_are_found_by_no_check(tmp_path: Path) -> None:
    """A quote that an admin has hidden stands in no document any more, whatever else of the document is found."""
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    words = "I shall propose to her at Lambton in spring"
    rest = "\n\n".join(f"On day {n} the guests spoke of spring at Lambton, and who would propose." for n in range(60))
    (corpus / "secret.md").write_text(f"“{words},” Fitzwilliam Darcy said.\n\n{rest}\n", encoding="utf-8")
    with index_of(corpus, data) as index:
        finder = finder_of(index)
        assert check(words, finder, EVERYBODY).status == "exact"
        (document,) = index.catalog.documents(EVERYBODY)
        records = Records(data / "records.sqlite")
        Corrector(index.catalog, records, people()).hide(index.catalog.quotes_of(document.id)[0].id, "an admin")
        verdict = check(words, finder, EVERYBODY)
        records.close()
    assert (verdict.status, verdict.hits) == ("not_found", ())
    assert "stand in" not in verdict.message
