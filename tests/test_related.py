"""Whom a question means by what somebody is to somebody else, by a headline, or by a description that a name could begin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.asking.answer import QuoteFinder
from retrieval.asking.credit_index import Relation, related, relation_of
from retrieval.model import EVERYBODY, Answer, Speaker
from retrieval.reading.circumstances import slug
from tests.asking import finder_over, reader
from tests.reading import document

TEXTS = {
    "poll": """Meryton picks its members

Charles Bingley spoke in Meryton on Monday. “The ball will pay for the bridge,” said Fitzwilliam Darcy, a Bingley backer. “I trust my
cook,” Bingley said. Bingley’s running mate, Colonel George Fitzwilliam, was cheered. “The militia needs boots,” Fitzwilliam said.

Rose Maylie, 25, a retiree in Brixton, had come by coach. “The soup was cold and the speeches were long,” she said.
""",
    "union": """UBW chief says whales are scarce.

In a letter out on Thursday, Ned Land said his members would strike. “We shall not lower a boat for such pay,” Land said. “The oil is
gone from these waters,” Land said. “It was a quiet winter,” said Pierre Aronnax.
""",
    "club": """Club news

“The crossing cannot fail,” said Reform Club chairman Phileas Fogg. “I should have taken the earlier train,” said Andrew Stuart, the
former Reform Club chairman. A senior club adviser, who asked not to be named, said: “The members tip badly.” “The stairs are
steep,” said senior club adviser Tom Sawyer.
""",
    "regatta": """Medals at the regatta

“The tide was kind,” said Huck Finn, a Medal of the River winner. Becky Thatcher, the undersecretary for locks, wrote to the council: “The
gates will stay open until June.” “My boys rowed well,” said Polly Sawyer, a Blue Ribbon mom from St Petersburg.
""",
}


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuoteFinder]:
    texts = {f"{name}.txt": text for name, text in TEXTS.items()}
    with finder_over(tmp_path_factory.mktemp("related"), texts) as made:
        yield made


def ask(finder: QuoteFinder, text: str) -> Answer:
    return finder.ask(text, EVERYBODY)


def first(answer: Answer) -> str:
    speaker = answer.quotes[0].quote.speaker if answer.quotes else None
    return speaker.name if speaker else ""


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did the Bingley backer say about the bridge?", "Fitzwilliam Darcy"),
        ("What did Bingley's running mate say about the militia?", "George Fitzwilliam"),
        ("What did the retiree in Brixton say about the soup?", "Rose Maylie"),
        ("What did the UBW president say about the oil?", "Ned Land"),
        ("What did the former Reform Club chairman say about the train?", "Andrew Stuart"),
        ("What did the Medal of the River recipient say about the tide?", "Huck Finn"),
        ("What did the undersecretary for locks write about the gates?", "Becky Thatcher"),
        ("What did the Blue Ribbon mother say about her boys?", "Polly Sawyer"),
    ],
)
def test_whoever_the_documents_call_so_is_meant(finder: QuoteFinder, question: str, name: str) -> None:
    """A backer, a relation, a kind of person in a place, the headline's chief, a former chairman."""
    assert first(ask(finder, question)) == name


@pytest.mark.parametrize(
    "question",
    [
        "What did the Bingley adviser say about the cook?",
        "What did a Bingley supporter say about the cook?",
        "What did the Fogg official say about the crossing?",
        "What did Darcy's running mate say about the militia?",
        "What did the UBC president say about the oil?",
    ],
)
def test_somebodys_man_is_not_somebody(finder: QuoteFinder, question: str) -> None:
    """The words of Bingley are not shown for those of an adviser of his whom no document knows."""
    answer = ask(finder, question)
    assert (answer.answered, answer.reason) == (False, "unknown_speaker")


def test_anybody_of_a_kind_is_an_unnamed_one(finder: QuoteFinder) -> None:
    """ "A senior club adviser" is the source without a name, be it that a named one is called so too."""
    shown = ask(finder, "What did a senior club adviser say about the members?").quotes
    assert [hit.quote.speaker.unnamed for hit in shown if hit.quote.speaker] == [True]


def relatives(relation: Relation, owner: str, name: str, text: str) -> set[str]:
    """Whom a text calls that to the owner."""
    stated = reader().credits(document(f"{text}\n\n“So it was,” {owner} told {name}."))
    bearer = next((c.speaker for c in stated if c.speaker.name == owner), Speaker(slug(owner), owner))
    return {speaker.name for speaker in related(relation, bearer, stated)}


@pytest.mark.parametrize(
    ("phrase", "owner", "name", "text"),
    [
        ("Darcy's sister", "Fitzwilliam Darcy", "Georgiana Darcy", "Mr Darcy’s younger sister, Georgiana Darcy, played."),
        ("Bingley's sister", "Charles Bingley", "Caroline Bingley", "Charles Bingley sat beside his sister, Miss Caroline Bingley."),
        ("Fogg's running mate", "Phileas Fogg", "Andrew Stuart", "Stuart (Savile Row) said his running mate Phileas Fogg would win."),
        ("Holmes's brother", "Sherlock Holmes", "Mycroft Holmes", "Mycroft Holmes, the elder brother of Sherlock Holmes, spoke."),
        ("Ahab's successor", "Ahab", "Starbuck", "Ahab spoke of his successor, Starbuck."),
    ],
)  # fmt: skip
def test_a_relation_is_read_from_either_side(phrase: str, owner: str, name: str, text: str) -> None:
    """ "His sister, Caroline Bingley", "the elder brother of", and a running mate's own running mate."""
    relation = relation_of(phrase)
    assert relation is not None
    assert name in relatives(relation, owner, name, text)


@pytest.mark.parametrize(
    ("phrase", "owner", "name", "text"),
    [
        ("Fogg's running mate", "Phileas Fogg", "Tom Sawyer", "Fogg attacked Huckleberry Finn and his running mate, Tom Sawyer."),
        ("Darcy's sister", "Fitzwilliam Darcy", "Caroline Bingley", "Darcy left. Bingley’s sister, Caroline Bingley, stayed."),
        ("Darcy's sister", "Fitzwilliam Darcy", "Fitzwilliam Darcy", "Darcy’s sister, Darcy said, plays."),
    ],
)  # fmt: skip
def test_a_relation_of_somebody_else_is_not_taken(phrase: str, owner: str, name: str, text: str) -> None:
    """ "His" is whoever was named last, and nobody is his own sister."""
    relation = relation_of(phrase)
    assert relation is not None
    assert name not in relatives(relation, owner, name, text)
