"""A label in brackets is somebody's; a note in brackets, a reference and an address are nobody's, and end what was said."""

from __future__ import annotations

import pytest

from retrieval import formats
from retrieval.reading import layout
from retrieval.reading.turns import turns

TALK = (
    ("[Pip Gargery]", "I was afraid of the marshes that night."),
    ("[Joe Gargery]", "Ever the best of friends, old chap, were we not?"),
    ("[Note]", "The forge was shut on that day and nobody came."),
    ("[Pip Gargery]", "We were the best of friends, Joe, always."),
    ("[Forge]", "https://forge.example/two"),
    ("[Joe Gargery]", "What larks we had, Pip, at the battery."),
    ("[1]", "The letters of Mr Wopsle, second edition."),
    ("[Forge]", 'https://forge.example/three "The forge"'),
)
SAID = [
    ("Pip Gargery", TALK[0][1]),
    ("Joe Gargery", TALK[1][1]),
    ("Pip Gargery", TALK[3][1]),
    ("Joe Gargery", TALK[5][1]),
]


def said(text: str) -> list[tuple[str, str]]:
    """Who says what in a text."""
    found = turns(text, layout.paragraphs(text, layout._LABEL_LINE))
    return [(turn.label.name(text), turn.span.of(text)) for turn in found]


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.vtt"])
def test_notes_and_references_in_brackets_are_nobodys_words(name: str) -> None:
    """Neither their own nor those of whoever spoke before, in a text and in captions."""
    lines = [f"{label}: {words}" for label, words in TALK]
    data = "\n\n".join(lines)
    if name == "a.vtt":
        data = "WEBVTT\n\n" + "".join(
            f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{line}\n\n" for n, line in enumerate(lines)
        )
    assert said(formats.extract(data.encode(), name).text) == SAID


def test_a_bracket_within_a_line_that_ends_with_a_clock_is_no_label() -> None:
    """And nothing fails over it."""
    text = "Emma (aside) Woodhouse  9:12 AM\nI am quite well.\n\nFrank Churchill  9:13 AM\nSo am I.\n"
    assert all("Emma" not in name for name, _ in said(text))
