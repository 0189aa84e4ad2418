"""A pasted text is taken apart into the quotations that it claims, each with whom its own sentence names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.claims import LONGEST, MOST, pasted
from retrieval.asking.crediting import ClaimedWords

IDLE = "I am not idle, I wait"


def small(words: str) -> bool:
    return words in {"ahab", "fogg"}


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        (f"Phileas Fogg said: “{IDLE}”", "Phileas Fogg"),
        (f"“{IDLE},” said Mr Fogg.", "Mr Fogg"),
        (f"“{IDLE},” Fogg told reporters on Monday.", "Fogg"),
        (f"“{IDLE}” — Phileas Fogg", "Phileas Fogg"),
        (f"“{IDLE}”\n— Phileas Fogg, of the Reform Club", "Phileas Fogg, of the Reform Club"),
        (f"> {IDLE[:8]}\n> {IDLE[9:]}\n— Fogg", "Fogg"),
        (f"Fogg wrote:\n> {IDLE}", "Fogg"),
        (f"Fogg: {IDLE}", "Fogg"),
        (f"fogg said {IDLE}", "fogg"),
        (f"per Fogg, “{IDLE}”", "Fogg"),
        (f"According to Fogg, {IDLE}", "Fogg"),
        (f"{IDLE}, said Fogg", "Fogg"),
        (f"@fogg {IDLE}", "@fogg"),
        (f'"{IDLE}" (Fogg)', "Fogg"),
        (f"‘{IDLE},’ said Fogg", "Fogg"),
        (f"Fogg, who had met Ahab, said on Monday that “{IDLE}”. Nobody answered.", "Fogg"),
        (IDLE, ""),
    ],
)  # fmt: skip
def test_whom_a_text_credits(text: str, whom: str) -> None:
    """Before the words or behind them, in marks or without, set apart or in a line."""
    found = pasted(text, small).claims
    assert [c.whom for c in found] == [whom]
    assert found[0].words.rstrip(",.") == IDLE


def test_each_quotation_has_its_own_speaker() -> None:
    """Two sentences, two names; a list, a name each."""
    text = "“The sea is wide today,” Ahab said. But Fogg, who never met Ahab, disagreed: “It is a day’s delay.”"
    assert [(c.words[:7], c.whom) for c in pasted(text).claims] == [("The sea", "Ahab"), ("It is a", "Fogg")]
    text = "From the evening:\n- “The sea is wide today” (Ahab)\n- “It is a day’s delay” (Fogg)"
    assert [c.whom for c in pasted(text).claims] == ["Ahab", "Fogg"]


def test_a_clause_that_interrupts_is_no_part_of_the_words() -> None:
    """What stands between two parts of one sentence only says whose they are."""
    text = "“The sea,” Ahab told the mates, “is wide today.” He added: “We sail before it turns.”"
    assert pasted(text).claims == (
        ClaimedWords("The sea, is wide today.", "Ahab"),
        ClaimedWords("We sail before it turns.", "Ahab"),
    )


def test_what_opens_like_a_label_and_is_none() -> None:
    """A colon does not make a speaker."""
    assert pasted("Let me be clear: the sea is wide").claims == (ClaimedWords("Let me be clear: the sea is wide"),)


def test_a_quotation_whose_opening_mark_was_not_copied() -> None:
    """The words before a mark that can only close are words, too."""
    text = "The sea is wide today,” said Ahab. “We sail before it turns."
    assert [c.words for c in pasted(text).claims] == ["The sea is wide today,", "We sail before it turns."]


def test_long_texts_are_cut_and_say_so() -> None:
    """So are texts with very many quotations."""
    assert pasted("word " * LONGEST).cut
    many = pasted("\n\n".join(f"“This is quotation number {n}”" for n in range(30)))
    assert (len(many.claims), many.more) == (MOST, 20)


@pytest.mark.parametrize("mark", ["“", '"', "”", "'", "‘", "[", "(", "> ", "- ", ". ", ", ", "said ", "a “b ", "@"])
def test_a_text_of_nothing_but_marks_takes_no_time(mark: str) -> None:
    """Forty thousand of them are read within a fraction of a second."""
    began = time.perf_counter()
    pasted(mark * 40_000)
    assert time.perf_counter() - began < 1.0


@given(st.text(alphabet="aB “”\"'‘’„«»>-—:,.()@\n", max_size=300))
def test_whatever_is_pasted_is_read(text: str) -> None:
    """Claims hold words of the text, and nothing else."""
    for claim in pasted(text).claims:
        assert set(claim.words) <= set(text) | {" "}


def test_a_given_name_that_is_a_verb_too_is_a_name_under_a_quotation() -> None:
    text = "> I have my music, and the\n> birds do not send in a bill.\n— Will Ladislaw"
    assert [claim.whom for claim in pasted(text).claims] == ["Will Ladislaw"]
