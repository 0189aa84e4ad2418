"""Texts of many forms, read as a whole, against what a person wrote down about them (tests/gold).

The texts are invented, in the mouths of people of old novels. What the reader still gets wrong carries `known`, with
the reason, in its entry: such an entry may fail, every other one may not.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from tests.gold_scores import Scored, entries_of, gold_files, place, scored, strangers, text_of
from tests.reading import read

# The share of entries that must be right, over all texts. Raise it when the reader gets better; never lower it.
RIGHT = 0.74


@cache
def scores(name: str) -> tuple[Scored, ...]:
    """What the reader made of each entry of a text."""
    text = text_of(name)
    quotes = read(text, title=text.splitlines()[0], published=date(2024, 5, 14))
    return tuple(scored(text, entry, quotes) for entry in entries_of(name))


def failures(name: str, outcome: str) -> list[str]:
    """The entries of a text with this outcome that nobody has written down as known."""
    return [s.line(name) for s in scores(name) if s.outcome == outcome and "known" not in s.entry]


@pytest.mark.parametrize("name", gold_files())
def test_nobody_is_credited_with_the_words_of_another(name: str) -> None:
    """A wrong name is the worst error: there is none but those that are written down as known."""
    assert failures(name, "wrong") == []


@pytest.mark.parametrize("name", gold_files())
def test_scare_quotes_titles_and_slogans_are_left_out(name: str) -> None:
    """What stands in quotation marks and was said by nobody is no quote."""
    assert failures(name, "kept") == []


@pytest.mark.parametrize("name", gold_files())
def test_no_quote_stands_where_nobody_speaks(name: str) -> None:
    """Every named quote in marks, and every turn, lies on words that somebody wrote down as said."""
    text = text_of(name)
    quotes = read(text, title=text.splitlines()[0], published=date(2024, 5, 14))
    found = [[fragment.of(text) for fragment in q.fragments] for q in strangers(text, entries_of(name), quotes)]
    assert found == []


@pytest.mark.parametrize("name", gold_files())
def test_what_was_written_down_stands_in_the_text(name: str) -> None:
    """Each entry's words are found where it says, and say of whom they are or that they are no speech."""
    text = text_of(name)
    for entry in entries_of(name):
        assert place(text, entry).of(text) == entry["words"]
        assert entry.get("not_speech") or {"kind", "speaker"} <= entry.keys()


def test_most_are_found_with_the_right_speaker() -> None:
    """Over all texts the share of right entries holds."""
    outcomes = Counter(s.outcome for name in gold_files() for s in scores(name))
    assert outcomes["right"] >= RIGHT * outcomes.total(), dict(outcomes)
