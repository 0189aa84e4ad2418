"""Cue and speaker for what stands in quotation marks: the traps of real documents, in the mouths of people of old novels."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reading import read, reader, said


def speakers(text: str) -> list[str | None]:
    """The speakers of what stands in quotation marks, in order."""
    return [who for who, _ in said(text)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param("“We sail at dawn,” Ishmael said.", "Ishmael", id="subject"),
        pytest.param("“We sail at dawn,” said Elizabeth Bennet.", "Elizabeth Bennet", id="inverted"),
        pytest.param("Elizabeth Bennet told reporters: “We sail at dawn.”", "Elizabeth Bennet", id="told reporters"),
        pytest.param(
            "According to Elizabeth Bennet, the ball was “the dullest of the year”.",
            "Elizabeth Bennet",
            id="according to",
        ),
        pytest.param("“She went down at noon,” Edward Ferrars, a doctor, said.", "Edward Ferrars", id="apposition"),
        pytest.param(
            "“The gate is shut,” said Mr Heathcliff, whose house stands on the moor.",
            "Heathcliff",
            id="clause behind the name",
        ),
        pytest.param(
            "“This is a great day for the fleet.” — Commissioner Elinor Dashwood", "Elinor Dashwood", id="dash"
        ),
        pytest.param(
            "“This is a great day for the fleet.”\n― Elinor Dashwood, Norland.",
            "Elinor Dashwood",
            id="dash on the next line",
        ),
        pytest.param("From Chairwoman Elinor Dashwood: “The accord is a beginning.”", "Elinor Dashwood", id="from"),
        pytest.param("Elinor Dashwood (Lab): “We have waited for years.”", "Elinor Dashwood", id="party in brackets"),
        pytest.param("Elizabeth Bennet posted on X: “I shall not dance.”", "Elizabeth Bennet", id="post"),
        pytest.param("“I shall not dance,” tweeted Fitzwilliam Darcy.", "Fitzwilliam Darcy", id="tweet"),
        pytest.param(
            "Asked whether he would sail, Jonathan Harker said: “Yes, at dawn.”", "Jonathan Harker", id="asked"
        ),
        pytest.param(
            "Elizabeth Bennet made a speech.\n\nSaid Bennet:\n\n“We sail at dawn, all of us.”",
            "Elizabeth Bennet",
            id="cue in the paragraph before",
        ),
        pytest.param(
            "The Nantucket Harbour Ministry said in a statement, “The pier is safe.”",
            "Nantucket Harbour Ministry",
            id="body",
        ),
        pytest.param(
            "“MR. STARBUCK: We sail at dawn, whatever the weather may be.”", "Starbuck", id="label inside the marks"
        ),
    ],
)
def test_the_speaker_is_found_by_grammar_and_form(text: str, who: str) -> None:
    """Whoever the grammar or the form of the line names is the speaker."""
    assert [who] == speakers(text)


def test_a_split_quotation_is_one_quote_of_two_spans() -> None:
    """The cue between the halves is no part of the quote."""
    text = "“I don’t,” Heathcliff added, “see the future of this house.”"
    assert said(text) == [("Heathcliff", ("I don’t,", "see the future of this house."))]


def test_a_quotation_over_paragraphs_is_one_quote() -> None:
    """No closing mark, and the next paragraph opens with one: the same statement."""
    text = "“The first day was calm,” Ishmael said. “We saw nothing.\n\n“On the second we saw the whale.”\n\nQueequeg was silent."
    assert said(text) == [
        ("Ishmael", ("The first day was calm,", "We saw nothing.", "On the second we saw the whale."))
    ]


def test_a_paragraph_of_quotation_alone_inherits_the_speaker() -> None:
    """Right after an attributed one, and with nobody named between."""
    text = "“The gate is shut,” Catherine Earnshaw said.\n\n“Nobody has come through it since the winter.”"
    assert speakers(text) == ["Catherine Earnshaw", "Catherine Earnshaw"]


def test_an_unclosed_quotation_does_not_reach_the_next_speaker() -> None:
    """The next paragraph's words are its own speaker's."""
    text = "Captain Ahab insisted, “the whale and nothing but the whale.\n\nElizabeth Bennet disagreed. “It is madness,” she said."
    assert speakers(text) == ["Ahab", "Elizabeth Bennet"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The so-called “fortress cities” are empty.", id="scare quotes"),
        pytest.param("The crew had read “Wuthering Heights” in the winter and then gone to sleep.", id="title"),
        pytest.param("She appeared on the Gazette’s “Evening Hour” last week.", id="show"),
        pytest.param("The “white” whale was seen near the pier.", id="a word in the article's own sentence"),
        pytest.param("“(Crosstalk.)”", id="stage direction"),
    ],
)
def test_what_nobody_says_is_left_out(text: str) -> None:
    """Scare quotes, titles and slogans are not speech."""
    assert said(text) == []
    assert reader().segments(text) == []


def test_a_document_can_be_the_source() -> None:
    """The declaration speaks, not a person near it."""
    text = (
        "Elizabeth Bennet was in Norland. The declaration says that “the fleet will defend every harbour of the coast”."
    )
    quote = read(text)[0]
    assert quote.speaker is not None
    assert quote.speaker.unnamed
    assert quote.speaker.name == "declaration"


def test_words_inside_words_are_not_told_apart_from_the_outer_speakers() -> None:
    """A quotation in a quotation makes no quote of its own."""
    text = "“He told me, “Never again,” and left,” Catherine Earnshaw said."
    assert said(text) == [("Catherine Earnshaw", ("He told me, “Never again,” and left,",))]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Elizabeth Bennet said the ball would be a great success.", "Elizabeth Bennet"),
        ("Mr Darcy suggested Friday it was possible that he would attend the ball.", "Darcy"),
        ("The ship will leave the harbour at dawn, Jonathan Harker said.", "Jonathan Harker"),
        ("Elinor Dashwood told reporters that the accord had been signed at noon.", "Elinor Dashwood"),
        ("According to Elinor Dashwood, the accord had been signed at noon.", "Elinor Dashwood"),
    ],
)
def test_reported_speech_is_its_sentence(text: str, who: str) -> None:
    """What an article says in its own words is kind "reported", with its sentence as span."""
    (quote,) = read(text)
    assert ("reported", text, who) == (
        quote.kind,
        quote.fragments[0].of(text),
        quote.speaker.name if quote.speaker else None,
    )


def test_reported_speech_of_diplomats_is_unnamed() -> None:
    """ "Diplomats say" credits nobody by name."""
    (quote,) = read("Diplomats say that the fleet will leave the harbour before winter.")
    assert quote.speaker is not None
    assert quote.speaker.unnamed


def test_dialogue_set_with_dashes_is_read() -> None:
    """Dashes stand for marks where a text has no others; the text is not repaired."""
    text = "— I will not go back, said Jonathan Harker.\n— You must, answered Mina Harker.\n"
    assert said(text) == [("Jonathan Harker", ("I will not go back,",)), ("Mina Harker", ("You must,",))]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Elinor Dashwood said on 29 November, “We sail at dawn.”", date(1851, 11, 29)),
        ("Elinor Dashwood said on Tuesday, “We sail at dawn.”", date(1851, 12, 2)),
        ("“We sail at dawn,” Elinor Dashwood said Friday.", date(1851, 11, 28)),
        ("“We sail at dawn,” Elinor Dashwood said.", None),
    ],
)
def test_the_day_of_a_statement_is_read_from_its_sentence(sentence: str, day: date | None) -> None:
    """Relative to the day of publication; without a day in the sentence it is unknown."""
    (quote,) = read(sentence, published=date(1851, 12, 3))
    assert day == quote.said_on


def test_a_direct_quote_is_a_sentence_and_a_mixed_one_a_part() -> None:
    """The kinds follow the grammar of what stands around the marks."""
    text = "“We sail at dawn,” Ishmael said. He called the voyage “a long and wicked folly”."
    assert [q.kind for q in read(text) if q.kind in ("direct", "mixed")] == ["direct", "mixed"]


def test_segments_are_one_a_pair_of_marks_with_the_mention_as_written() -> None:
    """Offsets lie inside the marks, the name that a pronoun stands for is given apart."""
    text = "Elizabeth Bennet came in. “We sail at dawn,” she said. “All of us.”"
    first, second = reader().segments(text)
    assert text[first["start"] : first["end"]] == "We sail at dawn,"
    assert (first["cue"], first["speaker"], first["speaker_resolved"]) == ("said", "she", "Elizabeth Bennet")
    assert text[first["speaker_start"] : first["speaker_end"]] == "she"
    assert text[second["start"] : second["end"]] == "All of us."


def test_a_show_is_no_speech_where_somebody_speaks_on_it() -> None:
    """ "In the last instalment of “…,” Ahab said": the name of the show is left out, his words are not."""
    text = "In the last instalment of “Lanterns and Harpoons,” Captain Ahab said: “I will have that whale.”"
    assert said(text) == [("Ahab", ("I will have that whale.",))]


def test_the_title_of_an_essay_is_no_speech() -> None:
    """ "Her commentary, “…,” is thoughtful" names the commentary."""
    text = "Dorothea Brooke’s commentary, “Sailors, tell your story,” is very thoughtful and was read by many."
    assert said(text) == []


def test_a_whole_sentence_behind_a_colon_is_speech_though_no_verb_of_speech_leads_to_it() -> None:
    """Whoever the sentence is about brings in the words."""
    text = "Before the mast stood three empty chairs, and Captain Ahab had one answer for all of them: “We sail without you.”"
    assert said(text) == [("Ahab", ("We sail without you.",))]


@pytest.mark.parametrize(
    "text",
    [
        "John Thornton had a poll of the parish held, so that the vestry would at last act on the “Enclosure Petition” of 1850.",
        "John Thornton, who owns a small house billed as “the last resort of honest men,” noted that it opens at eight.",
        "Featuring songs of the county, “Girls of Raveloe” is a celebration of women at the loom.",
    ],
)
def test_names_of_laws_shows_and_businesses_are_nobodys_words(text: str) -> None:
    """What a thing is called or passed off as is left out."""
    assert said(text) == []
