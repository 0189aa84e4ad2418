"""The sentences of answers without quotes: true, and fit to be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.asking import refusals
from retrieval.asking.answer import QuoteFinder
from retrieval.asking.check import check
from retrieval.asking.quoted import Known, Roster
from retrieval.ingest import open_index
from retrieval.model import EVERYBODY, Answer, Question, Speaker
from retrieval.people import load_people
from retrieval.reading.reader import Reader
from retrieval.records import Records
from retrieval.syncing.correcting import Corrector
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
        ("George Wharf on the fever", "I have no quotes by “George Wharf”."),
        ("What did he say about fever?", "I cannot tell who “he” is. Name the speaker, "),
    ],
)
def test_a_refusal_repeats_the_topic_only_where_it_is_one(finder: QuoteFinder, question: str, message: str) -> None:
    """What stands behind "about" is told; what is left over of a question is not strung together."""
    assert ask(finder, question).message.startswith(message)


def test_whoever_is_meant_by_an_office_or_a_shared_name_is_told_so() -> None:
    """Several people whom nobody quotes are told with what the question calls them."""
    pair = (Speaker("a", "Tom Sawyer"), Speaker("b", "Sid Sawyer"))
    assert refusals.never_quoted(pair) == "I have no quotes by Tom Sawyer or Sid Sawyer."
    assert refusals.never_quoted(pair, role="mayor") == "I have no quotes by “mayor” (Tom Sawyer or Sid Sawyer)."
    assert "anybody called “Sawyer”" in refusals.never_quoted(pair, typed="Sawyer")
    bare = (Speaker("a", "Tom Sawyer"), Speaker("c", "Sawyer"))
    assert refusals.never_quoted(bare) == "I have no quotes by Tom Sawyer."


def test_what_somebody_is_quoted_on_is_told_by_he_or_she_where_that_is_known() -> None:
    """A given name tells; where none does, nobody is called "they"."""
    question = Question("", "quote", topic="penguins")

    def told(*speakers: Speaker) -> str:
        return refusals.silent(Question("", "quote", speakers, question.topic), ("whales",), people())

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


TALK = """---
title: The talk at Marshalsea
published: 1855-06-01
---

**MR. CLENNAM:**  The marsh will be drained before the winter, and the debtors shall have their share of the land.

**MR. MEAGLES:**  I thank the Circumlocution Office for its patience with us all.

**MR. CLENNAM:**  Now it is your turn to ask a question.

**MR. MEAGLES:**  Will the bridge be mended too?

**MR. CLENNAM:**  The bridge at Southwark is mended, and I walked on it this morning.

**MR. MEAGLES:**  You once told us that Merdle has no conscience; will you dine with Merdle?

**MR. CLENNAM:**  I shall tell you when the dinner is over. A guest should not speak of his host before the soup.
"""
PAPER = """---
title: Words at the Marshalsea
publisher: The Marshalsea Post
published: 1855-06-02
---

William Dorrit, who called Daniel Doyce “a dreamer” in the yard, would say no more. “He never finished a machine,” Dorrit said.

“The harbour at Dover has to be dredged at once,” Flora Finching said.

“It has slept for thirty years,” said Henry Gowan, who accused the Office of sloth.
"""


@pytest.fixture(scope="module")
def marshalsea(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuoteFinder]:
    folder = tmp_path_factory.mktemp("marshalsea")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "talk.md").write_text(TALK, encoding="utf-8")
    (folder / "corpus" / "paper.md").write_text(PAPER, encoding="utf-8")
    with index_of(folder / "corpus", folder / "data") as index:
        yield finder_of(index)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Who called Doyce a dreamer?", "William Dorrit"),
        ("Who accused the Office of sloth?", "Henry Gowan"),
        ("Who thanked the Circumlocution Office?", "Meagles"),
        ("Who called Dorrit a dreamer?", None),
        ("Who thanked Doyce?", None),
        ("Who criticised Dover?", None),
    ],
)
def test_who_did_something_to_somebody_has_to_have_done_it(
    marshalsea: QuoteFinder, question: str, speaker: str | None
) -> None:
    """The words must bear the deed out; whoever it was done to is not the one who did it."""
    answer = ask(marshalsea, question)
    assert [h.quote.speaker.name.split()[-1] for h in answer.quotes if h.quote.speaker][:1] == (
        [speaker.split()[-1]] if speaker else []
    )


def test_a_question_of_fact_is_not_answered_by_stray_words(marshalsea: QuoteFinder) -> None:
    """A word in common is no answer to what nobody said."""
    for question in ("Is the Office ready to send ships to Dover?", "Who won the bridge cup?", "who won the land cup?"):
        assert ask(marshalsea, question).reason == "no_match"


def test_did_somebody_say_that_is_answered_with_a_reserve(marshalsea: QuoteFinder) -> None:
    """Words that are not just what was asked are told to be the nearest; those that are, to be exact."""
    near = ask(marshalsea, "Did Clennam say the bridge at Southwark was burnt?")
    assert near.message == "I know of no quote in which Clennam says just that; this comes nearest."
    assert ask(marshalsea, "Did Clennam say the bridge at Southwark is mended?").message.startswith(
        "These are the exact"
    )


def test_what_was_put_to_somebody_is_not_what_they_said(marshalsea: QuoteFinder) -> None:
    """ "You once told us that …" is the asker's; whoever answers something else has not said it."""
    assert not ask(marshalsea, "Did Clennam say that Merdle has no conscience?").answered
    assert ask(marshalsea, "What did Clennam say about dinner with Merdle?").answered


def test_a_day_without_its_year_may_be_of_any_year(marshalsea: QuoteFinder) -> None:
    """After the last such day nothing was said; what fits is shown with the reserve. "Since" asks for what is new."""
    shown = ask(marshalsea, "What did Clennam say about the marsh after January 6?")
    assert "drained" in shown.quotes[0].text
    assert shown.message.startswith("I do not know the day to find what was said “after January 6”")
    assert ask(marshalsea, "What has Clennam said about the marsh since January 6?").reason == "out_of_range"


@pytest.mark.parametrize("question", ["anders on the bridge", "rupert on Dover"])
def test_a_given_name_in_small_letters_is_somebodys(marshalsea: QuoteFinder, question: str) -> None:
    """What others said on the topic is not shown for what somebody unknown is asked for."""
    assert ask(marshalsea, question).reason == "unknown_speaker"


def test_where_an_emphasis_lies_is_no_topic(marshalsea: QuoteFinder) -> None:
    """ "Say the priority must be" asks for whatever was said, where all there is by somebody is a line or two."""
    assert ask(marshalsea, "What did Finching say the priority must be?").answered


def test_a_turn_of_the_conversation_is_not_shown_for_a_topic(marshalsea: QuoteFinder) -> None:
    """ "Now it is your turn" has nothing of the marsh."""
    answer = ask(marshalsea, "What did Clennam say about the marsh?")
    assert "drained" in answer.quotes[0].text
    assert not any("your turn" in hit.text for hit in answer.quotes)


def test_the_second_of_two_questions_is_told_to_be_left(finder: QuoteFinder) -> None:
    """Who asks two people in one breath is told which question was not answered; one question is told nothing."""
    both = ask(finder, "What did Fogg say about the unforeseen and what did Passepartout answer?")
    assert {h.quote.speaker.name for h in both.quotes if h.quote.speaker} == {"Phileas Fogg"}
    assert both.message == "I take one question at a time: ask about Passepartout on its own."
    assert ask(finder, "What did Fogg say about the unforeseen?").message == ""


def test_a_claim_is_told_to_be_anothers_words_and_a_topic_to_be_anothers() -> None:
    """Whoever asks for certain words is told whose they are; whoever asks on a topic, who is quoted on it."""
    asked = Speaker("fitzwilliam-darcy", "Fitzwilliam Darcy")
    ministry = Speaker("circumlocution", "Circumlocution Office", type="body")
    nobody = Speaker("", "aides", type="unnamed")
    claim = Question("?", "quote", (asked,), topic="how not to do it in any season of the year")
    on_it = Question("?", "quote", (asked,), topic="how not to do it")
    assert refusals.others_words(ministry, claim) == (
        "Those words are the Circumlocution Office’s, not Fitzwilliam Darcy’s."
    )
    assert refusals.others_words(ministry, on_it) == (
        "Nothing by Fitzwilliam Darcy on how not to do it. The Circumlocution Office is quoted on that."
    )
    assert refusals.others_words(nobody, claim).startswith("Those words are an unnamed source’s (“aides”), not")
    assert refusals.others_words(nobody, on_it).endswith(" An unnamed source (“aides”) is quoted on that.")


def test_one_word_that_only_another_said_is_told_as_theirs(finder: QuoteFinder) -> None:
    """A topic of one rare word is somebody else's where they alone used it."""
    answer = ask(finder, "What did Darcy say about the doubloon?")
    assert (answer.reason, answer.message) == (
        "other_speaker",
        "Nothing by Fitzwilliam Darcy on the doubloon. Ahab is quoted on that.",
    )


@pytest.mark.parametrize(
    "question",
    [
        "What did Gowan say about sloth in the Rosings Gazette?",
        "In Reuters, what did Gowan say?",
        "According to the Rosings Gazette what did Gowan say?",
    ],
)
def test_a_paper_that_is_not_held_is_told_so(marshalsea: QuoteFinder, question: str) -> None:
    """Who publishes nothing here limits the question all the same."""
    answer = ask(marshalsea, question)
    assert answer.reason == "out_of_range"
    assert answer.message.startswith("I hold nothing that says it is from ")
    assert answer.message.endswith(" with words by Henry Gowan.")


def test_a_house_that_is_not_quoted_is_told_with_who_speaks_for_its_country() -> None:
    """Nobody's words are taken for the house's, and who is quoted for the country is named."""
    roster = Roster(people(), [Known(Speaker("razumov", "Kirylo Razumov"), roles=("Russian ambassador",), quotes=2)])
    kremlin = roster.by_body("the Kremlin")
    assert kremlin is not None
    country, others = roster.speaks_for(kremlin.speakers)
    assert refusals.never_quoted(kremlin.speakers, country=country, others=others) == (
        "I have no quotes by the Kremlin; for Russia there are quotes by Kirylo Razumov."
    )


def test_a_refusal_points_to_nothing_that_is_not_near(finder: QuoteFinder) -> None:
    """Where no words have to do with what was asked, no topic is named; what was looked for is."""
    on_topic = ask(finder, "any quote on the price of turnips in Lapland?")
    assert "nearest" not in on_topic.message
    assert "turnips in Lapland" in on_topic.message
    who = ask(finder, "who said that turnips grow best under glass in Lapland?")
    assert "nearest" not in who.message
    assert "turnips grow best under glass" in who.message
