"""What words are about, told in a few of them; and the questions made of that."""

from __future__ import annotations

import pytest

from retrieval.asking.refusals import questions_for
from retrieval.asking.topics import subjects
from retrieval.model import Document, Quote, Span, Speaker

PERSONS = {"Darcy", "Bingley", "Jane"}


def is_person(name: str) -> bool:
    return name in PERSONS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We shall meet at the Netherfield Ball, and Darcy will dance.", ("the Netherfield Ball",)),
        ("I have seen the sea around Nantucket, and naval power is nothing to it.", ("naval power", "Nantucket")),
        ("Nobody here has read the treaty.", ("the treaty",)),
        ("We pay for the Ruritania war effort, dear.", ("Ruritania",)),
        ("Well, I’ve said so, and I’m glad.", ()),
        ("Bingley and Jane are happy, says Mr Bingley.", ()),
        ("They qualify actions generally.", ()),
    ],
)
def test_a_few_telling_words(text: str, told: tuple[str, ...]) -> None:
    """Names of places and events, and things with their article; nobody's name, no verbs, no adverbs, no contractions."""
    assert subjects([text], is_person) == told


def test_what_several_quotes_name_comes_first() -> None:
    """Each subject is told once, and what is spoken of most often before the rest."""
    texts = ["They speak of peace in Lyme Regis.", "All of Lyme Regis is wet.", "We like the bridge."]
    assert subjects(texts, is_person) == ("Lyme Regis", "the bridge")


def test_questions_are_whole_sentences_about_what_was_said() -> None:
    """A document's example questions name their speaker and a subject; a quote without a subject gives none."""
    said = (
        "We shall repair the bridge before the winter comes.",
        "I am so very glad of it, my dear.",
        "Nobody sails to Nantucket in such weather.",
    )
    text = " ".join(said)
    people = (
        Speaker("ahab", "Ahab"),
        Speaker("starbuck", "Starbuck"),
        Speaker("harbour-board", "Harbour Board", "body"),
    )
    quotes = [
        Quote(
            f"q{n}",
            "d",
            "direct",
            (Span(text.index(words), text.index(words) + len(words)),),
            speaker=who,
            confidence=0.9,
        )
        for n, (words, who) in enumerate(zip(said, people, strict=True))
    ]
    document = Document("d", "d.txt", 1, "0", text)
    assert questions_for(document, quotes) == (
        "What did Ahab say about the bridge?",
        "What did the Harbour Board say about Nantucket?",
    )
