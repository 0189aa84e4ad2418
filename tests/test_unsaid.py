"""Words that a text says somebody did not say are not given to him."""

from __future__ import annotations

import pytest

from tests.reading import read


def speakers(sentence: str) -> list[str | None]:
    """Who is given the words in quotation marks of a short report."""
    text = f"LONDON (Reuters) - Edward Rochester came to Millcote on Monday.\n\n{sentence}\n"
    return [q.speaker.name if q.speaker else None for q in read(text) if q.kind in ("direct", "mixed")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Edward Rochester did not say “they lose it all the time”.",
        "Edward Rochester didn’t say that the clerks were “liars and thieves”.",
        "Edward Rochester never called the clerk “a liar and a thief”.",
        "Edward Rochester has not said that the clerks “lose everything”.",
        "Edward Rochester denied saying that the clerks are “liars and thieves”.",
        "Edward Rochester denied that he had called the clerk “a liar”.",
        "Edward Rochester refused to say “I am sorry for it”.",
        "Edward Rochester declined to call it “a war of clerks”.",
        "“I am not sorry,” Edward Rochester did not say.",
    ],
)
def test_what_was_not_said_is_nobodys(sentence: str) -> None:
    """A denied verb of speech gives its words to nobody."""
    assert "Edward Rochester" not in speakers(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Edward Rochester did not only say “they lose it all the time”, he shouted it.",
        "Edward Rochester said the clerks had “not a moment to lose”.",
        "Edward Rochester, who did not attend, said “they lose it all the time”.",
        "He would not come, Edward Rochester said, “before the month is out”.",
    ],
)
def test_another_not_takes_nothing_away(sentence: str) -> None:
    """Where something else is denied, the words stay whose they are."""
    assert speakers(sentence) == ["Edward Rochester"]
