"""Words in quotation marks stand above the sentence that only reports them."""

from __future__ import annotations

import pytest

from retrieval.asking.coverage import Surroundings
from retrieval.asking.present import words_first
from retrieval.asking.rank import Found, Nearness, Scored
from retrieval.model import Document, Kind, Quote, Span, Speaker

NEMO, LAND = Speaker("nemo", "Nemo"), Speaker("ned-land", "Ned Land")
REPORTED, WORDS, LATER = "Nemo said that the sea belonged to nobody.", "Its laws are mine,", "I have a library."
PARTLY = "Nemo called the sea “nobody's”. “Ask the whales.”"
TEXT = f"{PARTLY}\n\n{REPORTED}\n\n“{WORDS}” he said.\n\n{'The lamps burned on. ' * 12}\n\n“{LATER}”"


def scored(words: str, kind: Kind, score: float, speaker: Speaker = NEMO, document: str = "d") -> Scored:
    start = TEXT.index(words)
    quote = Quote(words, document, kind, (Span(start, start + len(words)),), speaker=speaker)
    near = Surroundings(frozenset(), frozenset(), frozenset(), frozenset(), len(words.split()))
    return Scored(Found(quote, Document(document, "d.txt", 1, "0", TEXT), Nearness(0.0, 0.0, 0.0), near), {}, score)


def test_the_words_behind_a_reported_sentence_stand_before_it() -> None:
    """Who is told what Nemo said is shown how he said it, where the text goes on with his words."""
    told, later, said = scored(REPORTED, "reported", 5.0), scored(LATER, "direct", 4.0), scored(WORDS, "direct", 3.0)
    assert words_first([told, later, said]) == [said, told, later]


@pytest.mark.parametrize(
    "other",
    [
        scored(LATER, "direct", 4.9),
        scored(WORDS, "direct", 2.0),
        scored(WORDS, "reported", 4.9),
        scored(WORDS, "direct", 4.9, LAND),
        scored(WORDS, "direct", 4.9, NEMO, "another"),
    ],
    ids=["far behind it", "fits much less", "reported too", "somebody else's", "another document"],
)
def test_a_reported_sentence_stays_first_where_no_words_bear_it_out(other: Scored) -> None:
    """What stands elsewhere, is another's or has little to do with the question does not come before it."""
    told = scored(REPORTED, "reported", 5.0)
    assert words_first([told, other]) == [told, other]


def test_a_sentence_with_words_of_the_speaker_in_it_gives_way_to_none() -> None:
    """What is told partly in the speaker's own words says them already."""
    told = scored("Nemo called the sea “nobody's”.", "reported", 5.0)
    said = scored("Ask the whales.", "direct", 4.9)
    assert words_first([told, said]) == [told, said]


def test_words_that_lead_keep_their_place() -> None:
    """Only a reported sentence gives way, and where there is nothing there is nothing to order."""
    said, told = scored(WORDS, "direct", 5.0), scored(REPORTED, "reported", 4.0)
    assert words_first([said, told]) == [said, told]
    assert words_first([]) == []
