"""Asking a real index: answers, their sources and contexts, and every way to abstain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.as_json import answer_json
from retrieval.asking.answer import QuoteFinder
from retrieval.asking.present import shown, worth_by_words
from retrieval.display import collapse
from retrieval.ingest import open_index
from retrieval.model import ADMIN, EVERYBODY, Answer, Audience
from retrieval.sentences import sentences
from tests.asking import EMBEDDER, NOVELS, finder_of, index_of, novels_data, reader

TODAY = date(1890, 1, 1)


@pytest.fixture(scope="module")
def finder() -> Iterator[QuoteFinder]:
    with open_index(novels_data(), NOVELS, embedder=EMBEDDER, make_reader=lambda _: reader()) as index:
        yield finder_of(index)


def ask(finder: QuoteFinder, text: str, audience: Audience = EVERYBODY) -> Answer:
    return finder.ask(text, audience, today=TODAY)


@pytest.mark.parametrize(
    ("question", "speaker", "words"),
    [
        ("What did Fogg say about the unforeseen?", "Phileas Fogg", "The unforeseen does not exist"),
        ("fogg unforseen exist", "Phileas Fogg", "The unforeseen does not exist"),
        ("Livesey on fever and politics", "David Livesey", "Fever has no politics"),
        ("What did Hawkins say about pieces of eight?", "Jim Hawkins", "Pieces of eight still wake me"),
        ("What did a director of the Bank of England say about the notes?", "director", "We lost one bundle of notes"),
        ("Who talked about a tin of phosphorus?", "Sherlock Holmes", "small tin of phosphorus"),
        ('Who said "misfortune shared between two"?', "Aouda", "Misfortune shared between two"),
        ("What did Darcy say since October 1813 about his first proposal?", "Darcy", "My first proposal was an insult"),
        (
            "What did Fogg say about the unforeseen, according to the Morning Chronicle?",
            "Phileas Fogg",
            "The unforeseen",
        ),
    ],
)
def test_the_words_asked_for_come_first(finder: QuoteFinder, question: str, speaker: str, words: str) -> None:
    """Names, misspelt names, titles, described sources, dates and publishers all lead to the words."""
    answer = ask(finder, question)
    assert answer.answered, answer.message
    first = answer.quotes[0]
    assert words in first.text
    assert first.quote.speaker is not None
    assert speaker in first.quote.speaker.name


def test_a_statement_that_its_attribution_interrupts_is_one_answer(finder: QuoteFinder) -> None:
    """Whichever half is asked for, both are shown, with the words of the text between them."""
    answer = ask(finder, "What did Lady Catherine say about the shades of Pemberley?")
    assert (
        answer.quotes[0].text
        == "Are the shades of Pemberley to be thus polluted?” she asked. “I am most seriously displeased."
    )
    assert len(answer.quotes[0].fragments) == 2


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did Hester Prynne say about the whale?", "unknown_speaker"),
        ("What did the doubloon say about Ahab?", "unknown_speaker"),
        ("What did Mark Rutte say about the whale?", "speaker_silent"),
        ("What did Fogg say about the Falkland Islands?", "speaker_silent"),
        ("What did Watson say about a tin of phosphorus?", "other_speaker"),
        ("What did Fogg say about the unforeseen in 1911?", "out_of_range"),
        ("who won the regatta in Venice?", "no_match"),
        ("hello!", "not_a_question"),
        ("", "not_a_question"),
        ("Make up a quote by Captain Ahab", "would_invent"),
        ('Who said "all happy families are alike"?', "no_match"),
    ],
)
def test_abstentions_have_their_reason_and_a_sentence(finder: QuoteFinder, question: str, reason: str) -> None:
    """Where there is nothing to show, no quote is shown, and the reason is told in a sentence."""
    answer = ask(finder, question)
    assert answer.reason == reason, answer.message
    assert answer.quotes == ()
    assert answer.message.strip()


def test_a_silent_speaker_is_told_with_what_they_are_quoted_on(finder: QuoteFinder) -> None:
    """The message names the speaker and the topic, and what there is instead."""
    answer = ask(finder, "What did Stuart say about penguins?")
    assert answer.message.startswith("Nothing by Andrew Stuart on penguins.")
    assert answer.close


@pytest.mark.parametrize("typed", ["Ivlesey", "Lvveesy", "Livsye"])
def test_a_name_two_slips_away_is_guessed_where_the_words_bear_it_out(finder: QuoteFinder, typed: str) -> None:
    """What was taken for whom is told; the same slip with other words is nobody."""
    answer = ask(finder, f"What did {typed} say about fever and politics?")
    assert answer.quotes[0].text == "Fever has no politics,"
    assert answer.message == f"I took “{typed}” to be David Livesey."
    assert ask(finder, f"What did {typed} say about the price of railway shares?").reason == "unknown_speaker"


def test_a_name_that_the_documents_hold_is_not_unknown(finder: QuoteFinder) -> None:
    """Who is written about without being quoted is silent, not unknown; known people without a quote are told so."""
    named = ask(finder, "What did Jack Stapleton say about the mire?")
    assert (named.reason, named.quotes) == ("speaker_silent", ())
    assert named.message == "“Jack Stapleton” is named in the documents, but I know of no words there that are theirs."
    assert ask(finder, "What did Jens Stoltenberg say about fever?").message == "I have no quotes by Jens Stoltenberg."


def test_other_peoples_words_are_told_as_theirs(finder: QuoteFinder) -> None:
    """The sentence says whose words they are, and whose not."""
    message = ask(finder, "What did Watson say about a tin of phosphorus?").message
    assert message == "Nothing by John Watson on a tin of phosphorus. Sherlock Holmes is quoted on that."


def test_every_fragment_is_verbatim_and_context_stands_beside_it(finder: QuoteFinder) -> None:
    """Each fragment equals the canonical text at its place, and so do the contexts."""
    answer = ask(finder, "What did Fogg say about the unforeseen?")
    for hit in answer.quotes:
        for fragment in hit.fragments:
            assert fragment.of(hit.document.text)
        plain = collapse(hit.document.text)
        assert hit.context_before in plain
        assert hit.context_after in plain


def test_the_json_has_the_agreed_form(finder: QuoteFinder) -> None:
    """What callers rely on is there, and what is unknown is null."""
    made = answer_json(ask(finder, "What did Fogg say about the unforeseen?"))
    assert list(made) == ["status", "reason", "message", "close", "question", "quotes", "took_ms"]
    assert list(made["question"]) == ["text", "intent", "speakers", "topic", "since", "until", "publisher", "order"]
    quote = made["quotes"][0]
    assert list(quote) == [
        "id", "kind", "text", "fragments", "speaker", "speaker_id", "role", "mention", "unnamed", "said_on", "confidence",
        "truncated", "document", "link", "context_before", "context_after", "score", "also_in",
    ]  # fmt: skip
    assert list(quote["document"]) == ["id", "article", "title", "publisher", "published", "url", "path", "sha256"]
    assert quote["document"]["path"] == "fogg-wager.md"
    assert quote["document"]["url"] is None
    assert quote["link"] is None
    assert quote["unnamed"] is False


def test_a_follow_up_inherits_the_speaker(finder: QuoteFinder) -> None:
    """ "and about sunrises?" asks the same person."""
    before = ask(finder, "What did Passepartout say about the gas?").question
    answer = finder.ask("and about sunrises?", EVERYBODY, before=before, today=TODAY)
    assert answer.answered, answer.message
    assert "eighty sunrises" in answer.quotes[0].text


REPORT = "---\ntitle: {title}\npublished: {day}\npublisher: {publisher}\n---\n\n{text}\n"


def write(
    corpus: Path, name: str, text: str, day: str = "1811-11-12", publisher: str = "The Courier", extra: str = ""
) -> None:
    corpus.mkdir(exist_ok=True)
    body = REPORT.format(title=f"Report {name}", day=day, publisher=publisher, text=text)
    (corpus / f"{name}.md").write_text(body.replace("---\n\n", f"{extra}---\n\n", 1), encoding="utf-8")


def test_one_statement_in_two_papers_is_one_answer(tmp_path: Path) -> None:
    """The longest wording is shown, the clipped one is listed with its source."""
    corpus = tmp_path / "corpus"
    write(
        corpus,
        "whole",
        "“The bridge at Lambton was mended in spring, and the mill after it,” Elizabeth Bennet said on Monday.",
    )
    write(corpus, "clipped", "The bridge “was mended in spring”, Elizabeth Bennet said.", publisher="The Gazette")
    with index_of(corpus, tmp_path / "data") as index:
        answer = ask(finder_of(index), "What did Elizabeth Bennet say about the bridge?")
    assert answer.answered, answer.message
    assert "and the mill after it" in answer.quotes[0].text
    assert [(s.wording, s.document.publisher) for s in answer.quotes[0].also_in] == [("clipped", "The Gazette")]


def test_differing_wordings_are_told(tmp_path: Path) -> None:
    """Where two papers print other words, the answer says so and shows the difference."""
    corpus = tmp_path / "corpus"
    write(
        corpus, "one", "“We shall cross the bridge to Lambton before the first snow of winter,” Elizabeth Bennet said."
    )
    write(
        corpus,
        "two",
        "“We shall cross the bridge to Meryton before the first snow of winter,” Elizabeth Bennet said.",
        publisher="The Gazette",
    )
    with index_of(corpus, tmp_path / "data") as index:
        answer = ask(finder_of(index), "What did Elizabeth Bennet say about crossing the bridge?")
    assert [s.wording for s in answer.quotes[0].also_in] == ["differs"]
    assert "Lambton" in answer.message
    assert "Meryton" in answer.message


def test_papers_that_credit_one_statement_in_other_words_do_not_differ(tmp_path: Path) -> None:
    """“…,” she said. “…” and “…,” said Miss Bennet. “…” are the same words; each source is shown with its own fragments."""
    corpus = tmp_path / "corpus"
    said = "“We shall cross the bridge at Lambton before the snow,” {}. “The ice would carry nobody this winter.”"
    write(corpus, "one", said.format("Elizabeth Bennet said"))
    write(corpus, "two", said.format("said Elizabeth Bennet of Longbourn"), publisher="The Gazette")
    with index_of(corpus, tmp_path / "data") as index:
        answer = ask(finder_of(index), "What did Elizabeth Bennet say about crossing the bridge?")
    (hit,) = answer.quotes
    (source,) = hit.also_in
    assert (len(hit.fragments), source.wording, answer.message) == (2, "same", "")
    assert [f["text"] for f in answer_json(answer)["quotes"][0]["also_in"][0]["fragments"]] == [
        f.of(hit.document.text) for f in hit.fragments
    ]


def test_the_latest_comes_first_when_asked_for(tmp_path: Path) -> None:
    """ "latest" orders by date what is on the topic."""
    corpus = tmp_path / "corpus"
    write(corpus, "old", "“The bridge is rotten,” Elizabeth Bennet said.", day="1811-01-01")
    write(corpus, "new", "“That bridge is quite safe again,” Elizabeth Bennet said.", day="1813-01-01")
    with index_of(corpus, tmp_path / "data") as index:
        answer = ask(finder_of(index), "Elizabeth Bennet's latest on the bridge")
    assert answer.quotes[0].text == "That bridge is quite safe again,"


def test_what_the_audience_may_not_see_is_neither_shown_nor_hinted_at(tmp_path: Path) -> None:
    """A document of another channel gives no quote, no name and no hint; its own channel and admins see it."""
    corpus = tmp_path / "corpus"
    write(corpus, "open", "“The soup was excellent,” Charles Bingley said.")
    write(
        corpus, "closed", "“I shall propose in the spring,” Fitzwilliam Darcy said.", extra="channels: [C0PEMBERLEY]\n"
    )
    with index_of(corpus, tmp_path / "data") as index:
        finder = finder_of(index)
        hidden = ask(finder, "What did Fitzwilliam Darcy say about the spring?")
        assert not hidden.answered
        assert "propose" not in hidden.message + " ".join(hidden.close)
        assert ask(finder, "What did Darcy say about the spring?", Audience("C0PEMBERLEY")).answered
        assert ask(finder, "What did Darcy say about the spring?", ADMIN).answered


def test_an_altered_character_in_the_store_withholds_the_quote(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The gate: one stored character changed, and the quote is not shown but reported."""
    corpus = tmp_path / "corpus"
    write(corpus, "report", "“The bridge at Lambton was mended in spring,” Elizabeth Bennet said.")
    with index_of(corpus, tmp_path / "data") as index:
        assert ask(finder_of(index), "What did Elizabeth Bennet say about the bridge?").answered
    with sqlite3.connect(tmp_path / "data" / "index.sqlite") as store:
        store.execute("UPDATE documents SET text = replace(text, 'in spring', 'in string')")
    with open_index(tmp_path / "data", corpus, embedder=EMBEDDER, make_reader=lambda _: reader()) as index:
        answer = ask(finder_of(index), "What did Elizabeth Bennet say about the bridge?")
    assert not answer.answered
    assert any(line.startswith("quote withheld") for line in caplog.messages)


def test_a_character_that_is_altered_after_a_first_answer_withholds_the_quote(tmp_path: Path) -> None:
    """What was read before is no proof of what is stored now."""
    corpus = tmp_path / "corpus"
    write(corpus, "report", "“The bridge at Lambton was mended in spring,” Elizabeth Bennet said.")
    with index_of(corpus, tmp_path / "data") as index:
        finder = finder_of(index)
        assert ask(finder, "What did Elizabeth Bennet say about the bridge?").answered
        with sqlite3.connect(tmp_path / "data" / "index.sqlite") as store:
            store.execute("UPDATE documents SET text = replace(text, 'in spring', 'in string')")
        assert not ask(finder, "What did Elizabeth Bennet say about the bridge?").answered


def test_a_period_is_looked_through_however_much_else_was_said(tmp_path: Path) -> None:
    """The one statement of a year is found among many nearer ones of other years."""
    corpus = tmp_path / "corpus"
    early = "The soup was cold"
    many = [
        f"“In 18{n % 90 + 10} I, Elizabeth Bennet, say what I did say {n} times,” Elizabeth Bennet said."
        for n in range(120)
    ]
    write(corpus, "later", "\n\n".join(many), day="1813-01-01")
    write(corpus, "early", f"“{early},” Elizabeth Bennet said.", day="1811-05-01")
    with index_of(corpus, tmp_path / "data") as index:
        answer = ask(finder_of(index), "What did Elizabeth Bennet say in 1811?")
    assert [hit.text for hit in answer.quotes] == [f"{early},"]


@pytest.mark.parametrize(
    ("report", "found"),
    [
        ("“The bridge at Lambton is old,” Elizabeth Bennet told the Courier in March 1811.", True),
        ("In March 1811 Elizabeth Bennet said: “The bridge at Lambton is old.”", True),
        ("Elizabeth Bennet said after a visit in 1811 that the bridge at Lambton was “old and wet”.", True),
        ("“The bridge at Lambton was built in 1811,” Elizabeth Bennet said.", False),
        ("Lambton was flooded in March 1811, and Elizabeth Bennet said: “The bridge at Lambton is old.”", False),
        ("Elizabeth Bennet said that the bridge at Lambton, built in 1811, was old.", False),
    ],
    ids=["behind the verb", "before it", "a visit", "in the words", "of something else", "in what was reported"],
)
def test_the_year_that_a_text_gives_for_words_is_theirs(report: str, found: bool, tmp_path: Path) -> None:
    """What a later report says was said in 1811 is found in that year; a year that is only spoken of is none."""
    corpus = tmp_path / "corpus"
    write(corpus, "later", report, day="1816-01-01")
    with index_of(corpus, tmp_path / "data") as index:
        answer = ask(finder_of(index), "What did Elizabeth Bennet say about the bridge at Lambton in 1811?")
    assert answer.answered is found
    assert answer.reason == (None if found else "out_of_range")


def test_two_people_of_one_name_are_asked_back(tmp_path: Path) -> None:
    """When two namesakes said it, the bot names both and guesses neither."""
    corpus = tmp_path / "corpus"
    write(corpus, "one", "“The bridge at Lambton is safe,” Sherlock Holmes said.")
    write(corpus, "two", "“The bridge at Lambton is not safe,” Mycroft Holmes said.")
    with index_of(corpus, tmp_path / "data") as index:
        finder = finder_of(index)
        answer = ask(finder, "What did Holmes say about the bridge at Lambton?")
        assert answer.reason == "ambiguous_speaker"
        assert "Sherlock Holmes" in answer.message
        assert "Mycroft Holmes" in answer.message
        assert ask(finder, "What did Mycroft Holmes say about the bridge at Lambton?").answered


def test_an_empty_corpus_is_told(tmp_path: Path) -> None:
    """With nothing to quote from, the answer says so."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    with index_of(corpus, tmp_path / "data") as index:
        assert ask(finder_of(index), "What did Fogg say?").reason == "empty_corpus"


def test_a_long_statement_is_cut_to_whole_sentences_around_the_answer(tmp_path: Path) -> None:
    """Of a long speech the run that answers is shown, and the cut is visible."""
    corpus = tmp_path / "corpus"
    filler = " ".join(
        f"Chapter {n} of my voyage was spent counting fishes of the kind numbered {n}." for n in range(1, 30)
    )
    write(corpus, "speech", f"“{filler} The captain served sea cucumber on Sundays. {filler}” Ned Land said.")
    with index_of(corpus, tmp_path / "data") as index:
        answer = ask(finder_of(index), "What did Ned Land say about sea cucumber?")
    first = answer.quotes[0]
    assert first.truncated
    assert "The captain served sea cucumber on Sundays." in first.text
    assert len(first.text.split()) <= 80
    assert first.text.endswith(".")


def test_of_a_long_statement_the_part_that_means_what_is_asked_is_shown(tmp_path: Path) -> None:
    """Where no word of the question occurs in a long speech, its meaning says which run of sentences is shown."""
    corpus = tmp_path / "corpus"
    before, after = (
        " ".join(f"On day {n} of my voyage I counted {n * 7} fishes beside the ship." for n in days)
        for days in (range(1, 25), range(25, 50))
    )
    write(
        corpus, "speech", f"“{before} The surgeon pulled a rotten molar and my jaw was swollen. {after}” Ned Land said."
    )
    with index_of(corpus, tmp_path / "data") as index:
        finder = finder_of(index)
        with finder.reading():
            judged = finder.judge(finder.understand("What did Ned Land say about toothache?", EVERYBODY), EVERYBODY)
            [ready] = shown(judged.ranked[:1], worth_by_words(judged.asked, finder.shelf), finder.shelf)
    focus = judged.ranked[0].found.nearness.focus
    assert focus is not None
    assert "molar" in focus.of(ready.found.document.text)
    assert ready.truncated
    assert ready.fragments[0].start < focus.end
    assert ready.fragments[-1].end > focus.start


def test_a_sentence_is_worth_showing_for_a_word_that_means_nearly_what_is_asked(tmp_path: Path) -> None:
    """Of two sentences without the question's word, the one with a word akin to it is worth more."""
    corpus = tmp_path / "corpus"
    words_ = "The sails were patched with care. They departed in haste."
    write(corpus, "speech", f"“{words_}” Ned Land said.")
    with index_of(corpus, tmp_path / "data") as index:
        finder = finder_of(index)
        with finder.reading():
            judged = finder.judge(finder.understand("What did Ned Land say about the hurry?", EVERYBODY), EVERYBODY)
            found = judged.ranked[0].found
            parts = [part for fragment in found.quote.fragments for part in sentences(found.document.text, fragment)]
            patched, haste = worth_by_words(judged.asked, finder.shelf)(found.document, parts)
    assert patched == 0.0
    assert haste > 0.2


def test_thanks_are_no_answer(tmp_path: Path) -> None:
    """Words of courtesy alone stand for nothing where the speaker said something."""
    corpus = tmp_path / "corpus"
    write(corpus, "talk", "“Thank you very much,” Ned Land said.\n\n“The harpoon is in the boat,” Ned Land said.")
    with index_of(corpus, tmp_path / "data") as index:
        finder = finder_of(index)
        with finder.reading():
            judged = finder.judge(finder.understand("What did Ned Land say about weapons?", EVERYBODY), EVERYBODY)
    assert {s.found.document.text[s.found.quote.extent.start :][:3] for s in judged.ranked} == {"The"}


@pytest.mark.parametrize(
    "text",
    ["\ud800 what did Fogg say", "what did Fogg say \x00", "what did Fogg say about " + "x" * 50_000, "'; DROP TABLE quotes;--", 'NEAR("a" OR *',
     "what did " + "Fogg " * 2000 + "say", "什么", "😀", "according to", "on", "who said “”", "did did did"],
)  # fmt: skip
def test_no_text_breaks_asking(finder: QuoteFinder, text: str) -> None:
    """Whatever is asked, there is an answer or a sentence, as JSON too."""
    answer = ask(finder, text)
    assert answer.answered or answer.message
    assert answer_json(answer)["status"] in {"answered", "near", "abstained"}
