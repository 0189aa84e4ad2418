"""What a text gives as one statement is shown as one."""

from __future__ import annotations

import pytest

from retrieval.asking.coverage import Surroundings
from retrieval.asking.present import Shown, joined
from retrieval.asking.rank import Found, Nearness, Scored
from retrieval.display import display
from retrieval.model import Document, Kind, Quote, Span, Speaker

NEMO, LAND = Speaker("nemo", "Nemo"), Speaker("ned-land", "Ned Land")
PHRASES = "Nemo said that the harpooner – “led by his appetite” – had “mistaken a raft for a whale”, and that he “would swim”."
SPOKEN = "“It bled more than it hurt,” Nemo said. “I would stand on that bridge again.”"


def shown(text: str, words: str, kind: Kind = "mixed", speaker: Speaker | None = NEMO, score: float = 1.0) -> Shown:
    start = text.index(words)
    span = Span(start, start + len(words))
    quote = Quote(words, "d", kind, (span,), speaker=speaker, confidence=1.0)
    near = Surroundings(frozenset(), frozenset(), frozenset(), frozenset(), len(words.split()))
    found = Found(quote, Document("d", "d.txt", 1, "0", text), Nearness(0.0, 0.0, 0.0), near)
    return Shown(Scored(found, {}, score), (span,), False, display(text, (span,)))


def test_phrases_of_one_sentence_are_one_answer_in_the_place_of_the_best() -> None:
    """Whichever phrase is ranked first, all of them are seen, with the words of the sentence between them."""
    one, two = shown(PHRASES, "mistaken a raft for a whale"), shown(PHRASES, "led by his appetite")
    three = shown(PHRASES, "would swim")
    (only,) = joined([one, two, three])
    assert only.text == "led by his appetite” – had “mistaken a raft for a whale”, and that he “would swim"
    assert [f.of(PHRASES) for f in only.fragments] == [
        "led by his appetite",
        "mistaken a raft for a whale",
        "would swim",
    ]
    assert only.found.quote.id == "mistaken a raft for a whale"


def test_a_statement_that_its_attribution_interrupts_is_shown_whole() -> None:
    """“…,” he said. “…” is one statement, also where its second half is what was asked for."""
    (only,) = joined(
        [
            shown(SPOKEN, "I would stand on that bridge again.", "direct"),
            shown(SPOKEN, "It bled more than it hurt,", "direct"),
        ]
    )
    assert only.text == "It bled more than it hurt,” Nemo said. “I would stand on that bridge again."


def test_the_sentence_that_tells_what_phrases_are_part_of_stands_for_them() -> None:
    """Where it is among the candidates it is shown once, in the place of the best, and its phrases not again."""
    one, two = shown(PHRASES, "mistaken a raft for a whale"), shown(PHRASES, "would swim")
    whole, others = shown(PHRASES, PHRASES, "reported", score=0.5), shown(PHRASES, PHRASES, "reported", LAND)
    (only,) = joined([one, two, whole])
    assert (only.text, only.scored.score) == (PHRASES, one.scored.score)
    assert joined([whole, one, two]) == [whole]
    assert joined([one, whole]) == [one, whole]
    assert len(joined([one, two, others])) == 2


@pytest.mark.parametrize(
    ("text", "one", "other", "kind"),
    [
        ("Nemo called it “a raft”. The sea, he said, was “free”.", "a raft", "free", "mixed"),
        ("“A raft,” Nemo said. He denied that it was his. “The sea is free.”", "A raft,", "The sea is free.", "direct"),
        ("Nemo spoke of “a raft” that, as “somebody” wrote, was “free”.", "a raft", "free", "mixed"),
        ("“A raft,” Nemo said.\n“The sea is free.”", "A raft,", "The sea is free.", "direct"),
        (f"Nemo called it “a raft” {'and so on and on ' * 6}and “free”.", "a raft", "free", "mixed"),
        (f"“A raft,” Nemo said. “{'The sea is free. ' * 20}”", "A raft,", "The sea is free. " * 20, "direct"),
        ("Nemo is said to have said that it was a raft. It was free.", "it was a raft", "It was free", "reported"),
    ],
    ids=[
        "two sentences",
        "a sentence between",
        "words of another between",
        "two paragraphs",
        "far apart",
        "too long",
        "reported",
    ],
)
def test_what_does_not_belong_together_stays_apart(text: str, one: str, other: str, kind: Kind) -> None:
    """Words that the text gives by themselves are two answers."""
    assert len(joined([shown(text, one, kind), shown(text, other, kind)])) == 2


def test_words_of_two_people_are_never_joined() -> None:
    """One sentence may hold phrases of two."""
    parts = [shown(PHRASES, "led by his appetite"), shown(PHRASES, "would swim", speaker=LAND)]
    assert joined(parts) == parts
    assert joined([]) == []
