"""Whoever a cue gives the words to, where the subject of the verb is not the one who speaks."""

from __future__ import annotations

import pytest

from retrieval.model import Span
from retrieval.reading.cast import Cast
from retrieval.reading.cues import cued
from retrieval.reading.layout import regions
from retrieval.reading.parse import Masked, Sheet, Word, masked
from tests.reading import reader, said


def speakers(text: str) -> list[str | None]:
    """The speakers of what stands in quotation marks, in order."""
    return [who for who, _ in said(text)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param(
            "Captain Ahab released a statement saying, “The whale has been seen off the Cape.”", "Ahab", id="sends"
        ),
        pytest.param(
            "Captain Ahab published a series of letters saying “the whale has been seen off the Cape”.",
            "Ahab",
            id="a series of letters",
        ),
        pytest.param(
            "The boats hung idle for a week. Captain Ahab blamed what he called the “sulking of the mates”.",
            "Ahab",
            id="what he called",
        ),
        pytest.param(
            "The storm led Captain Ahab to warn that “nobody will leave this ship alive”.", "Ahab", id="brought to it"
        ),
    ],
)
def test_the_words_are_his_by_whose_doing_they_are_written(text: str, who: str) -> None:
    """A statement, a "what he called" and a "led him to" belong to the person whose they are."""
    assert [who] == speakers(text)


def test_in_a_statement_announcing_it_the_subject_of_the_sentence_speaks() -> None:
    """The letter is not the speaker of the words that its sender says in it."""
    text = "In a letter explaining the delay, Captain Ahab called the new rudder “a plank that dreams of being a door”."
    assert speakers(text) == ["Ahab"]


def sheet_of(text: str, tags: str, *, wrong_head: int = 0) -> Sheet:
    """A paragraph whose parser saw no grammar in it: every word hangs on one."""
    paragraph = Span(0, len(text))
    marked = regions(text, paragraph, 0)
    form: Masked = masked(text, paragraph, marked)
    words, at = [], 0
    for number, (word, tag) in enumerate(zip(_pieces(form.text), tags.split(), strict=True)):
        start = form.text.index(word, at)
        at = start + len(word)
        first, region = form.place(start)
        words.append(
            Word(first, first + len(word), word, word.lower(), tag, "dep", wrong_head if number else 0, 0, region)
        )
    return Sheet(0, paragraph, marked, tuple(words))


def _pieces(text: str) -> list[str]:
    for mark in "“”,.:":
        text = text.replace(mark, f" {mark} ")
    return text.split()


@pytest.mark.parametrize(
    ("text", "tags", "who"),
    [
        pytest.param(
            "“We sail,” said Pequod mate Elijah Starbuck.",
            "`` PRP VBP , '' VBD NNP NN NNP NNP .",
            "Pequod mate Elijah Starbuck",
            id="inverted",
        ),
        pytest.param("“We sail,” the two write.", "`` PRP VBP , '' DT CD NN .", "the two", id="a noun for a verb"),
        pytest.param("Continued Starbuck: “We sail.”", "JJ NNP : `` PRP VBP . ''", "Starbuck", id="leads the line"),
    ],
)
def test_a_cue_beside_the_marks_is_seen_without_grammar(text: str, tags: str, who: str) -> None:
    """Where the parser sees nothing, a reporting verb right beside the marks still has its speaker."""
    found = cued(sheet_of(text, tags), Cast(()))
    assert [who] == [source.mention.of(text) for source in found]


def test_a_noun_that_looks_like_a_reporting_verb_is_no_cue() -> None:
    """ "The Buckeye State is" names no speaker."""
    text = "“We sail,” the Whaling State is told."
    assert cued(sheet_of(text, "`` PRP VBP , '' DT NNP NNP VBZ VBN ."), Cast(())) == ()


def test_a_mark_that_only_closes_opens_nothing() -> None:
    """A straight mark behind a word, with its opening one missing, does not turn the text inside out."""
    text = 'Ishmael saw the oars" and the sails. Queequeg said: "The boat is ready."'
    assert said(text) == [("Queequeg", ("The boat is ready.",))]


def test_a_motto_is_nobodys_words() -> None:
    """What is called a motto or a slogan is no quote."""
    assert said("Captain Ahab leads the whalers of the island. Its motto is “Ready before the frost”.") == []


def test_a_phrase_does_not_inherit_across_its_own_words() -> None:
    """A phrase in marks inside a sentence with no cue is not given to whoever spoke in the paragraph before."""
    text = "“We sail at dawn,” Ahab said.\n\nA door was cut from the galley to the “widows’ pantry”. Nobody goes in."
    assert said(text) == [("Ahab", ("We sail at dawn,",))]


def test_a_quote_from_somebody_is_his() -> None:
    """In "the quotation from Starbuck appeared" it is Starbuck who is the source, and not the quotation."""
    text = "“We sail at dawn.” The quotation from Captain Starbuck appeared in the paper."
    ready = reader().prepared(text)
    assert [s.mention.of(text) for s in cued(ready.parsed[0], ready.cast)] == ["Captain Starbuck"]


def test_a_participle_behind_a_comma_belongs_to_the_sentence() -> None:
    """The men in the clause before it do not say what the subject of the whole sentence says."""
    text = (
        "Captain Ahab grew angry when he was asked about a sailor who had left him at the last harbour, saying, "
        "“The man was never any good with the oars.”"
    )
    assert said(text) == [("Ahab", ("The man was never any good with the oars.",))]


def test_two_who_speak_together_are_no_single_person() -> None:
    """Words of two are not credited to the second of them."""
    assert speakers("When a whale is seen, Ahab and Starbuck call it a “floating island” of oil.") != ["Starbuck"]


def test_a_party_before_a_name_is_not_the_speaker() -> None:
    """The name counts, not the word for what he belongs to."""
    text = "“They are spending their last days in port,” said Harbour ranking Democrat Elijah Pogram (D-Nantucket)."
    assert speakers(text) == ["Elijah Pogram"]


def test_a_letter_that_is_read_out_is_the_source() -> None:
    """ "“…,” read the letter" gives the words to the letter."""
    text = "Starbuck's men sent a letter home. “Our hunt has made a rich man of the captain,” read the letter."
    ready = reader().prepared(text)
    assert "the letter" in [s.mention.of(text) for s in cued(ready.parsed[0], ready.cast)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param(
            "Queequeg left the table early, and Starbuck was, in the words of an old neighbour, “a lantern in a fog” to them all.",
            "old neighbour",
            id="in the words of",
        ),
        pytest.param(
            "On the discharge papers of Ahab, in a box, a doctor had typed “a good deal of hatred for whales.”",
            "doctor",
            id="typed",
        ),
        pytest.param(
            "The Board of Coaching Roads heard Captain Ahab.\n\nThe board writes in its yearly paper that “two axles had "
            "been filed through before anybody sat down.”",
            "Board of Coaching Roads",
            id="a body whose name goes on",
        ),
    ],
)
def test_the_words_are_theirs_who_are_told_to_have_them(text: str, who: str) -> None:
    """In whose words a thing is told, who typed a note, which body "the commission" is."""
    assert speakers(text) == [who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param(
            "Or maybe Phineas Finn, harbour master Abel Magwitch says. “Several towns have asked for a second look.”",
            "Abel Magwitch",
            id="a name set beside another without a closing comma",
        ),
        pytest.param(
            "“It is time that we had a bridge of our own,” exhorted Phineas Finn’s host, miller Abel Magwitch.",
            "Abel Magwitch",
            id="a calling behind the verb with the name behind it",
        ),
        pytest.param(
            "Fitzwilliam Darcy would not leave the subject of the ford. Elizabeth Bennet, tired, finally answered: “Then let us "
            "learn to swim, and begin today.”",
            "Elizabeth Bennet",
            id="a participle between the name and the verb",
        ),
        pytest.param(
            "Back from the poll, Dorothea Brooke said it was no day for counting hands but added, “You have seen the faces "
            "at every window.”",
            "Dorothea Brooke",
            id="a verb joined to a clause about nobody",
        ),
        pytest.param(
            "Laura Kennedy noted on Friday that Phineas Finn wrote that the mill should close, and Abel Magwitch later "
            "called the plan “very weak on bread.”",
            "Abel Magwitch",
            id="a new clause behind what somebody else noted",
        ),
    ],
)
def test_the_verb_beside_the_words_is_its_own_subjects(text: str, who: str) -> None:
    """Whoever stands before the verb beside the marks speaks, also where the parser ties the verb to another name."""
    assert speakers(text) == [who]


def test_an_article_of_a_treaty_is_no_person() -> None:
    """What "Article 7" affirms is given to no person of that name, and to nobody who is named before it."""
    text = (
        "Phineas Finn signed the Port Treaty in Barchester. Article 7 affirms: “No captain shall leave a sailor behind "
        "in a port where he would be hunted.”"
    )
    assert speakers(text) == [None]
