"""Quotation marks, paragraphs and layout: what stands in quotes, with offsets that are true."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.model import Span
from retrieval.reading.layout import layout, normalised, paragraphs, regions
from retrieval.reading.parse import masked


def quoted(text: str) -> list[str]:
    """The words in quotation marks of a text."""
    taken = layout(text)
    return [r.inner.of(text) for n in sorted(taken.regions) for r in taken.regions[n]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"Call me Ishmael," he said.', ["Call me Ishmael,"], id="straight"),
        pytest.param("“Call me Ishmael,” he said.", ["Call me Ishmael,"], id="curly"),
        pytest.param("„Nennt mich Ismael“, sagte er.", ["Nennt mich Ismael"], id="low"),
        pytest.param("«Appelez-moi Ismaël», dit-il.", ["Appelez-moi Ismaël"], id="guillemets"),
        pytest.param("``Call me Ishmael,'' he said.", ["Call me Ishmael,"], id="backticks and apostrophes"),
        pytest.param("''Call me Ishmael,'' he said.", ["Call me Ishmael,"], id="two apostrophes"),
        pytest.param(
            "He was 5'11'' tall (''so he said'') and the sailors' ''ship'' sank.", ["so he said", "ship"], id="feet"
        ),
        pytest.param('“One,” he said. "Two," she said. «Three».', ["One,", "Two,", "Three"], id="mixed in one text"),
        pytest.param("The captain‘s ship and the ‘white whale.", [], id="stray single marks"),
        pytest.param('The plank was 6" wide and 9" long.', [], id="inches"),
        pytest.param("”The whale is near,” said Ahab.", ["The whale is near,"], id="closing mark that opens"),
        pytest.param("“The whale is near,“ said Ahab.", ["The whale is near,"], id="opening mark that closes"),
        pytest.param('<a author="ahab" id="7">The whale</a>', [], id="left over markup"),
    ],
)
def test_marks_of_every_kind_are_paired(text: str, expected: list[str]) -> None:
    """Marks are paired by their kind, and what is none is left alone."""
    assert expected == quoted(text)


def test_a_mark_that_never_closes_ends_with_its_paragraph() -> None:
    """An unclosed quotation does not run into the next speaker's paragraph."""
    text = "Ahab insisted, “the whale is mine.\nStarbuck said: “It is a dumb brute.”"
    assert quoted(text) == ["the whale is mine.", "It is a dumb brute."]


def test_a_quotation_inside_a_quotation_stays_inside() -> None:
    """The inner pair of marks belongs to the outer quotation."""
    assert quoted("“He said, “Never,” and left.”") == ["He said, “Never,” and left."]


def test_paragraphs_of_hard_wrapped_text_are_blocks() -> None:
    """Lines that were broken because the column was full belong together."""
    block = "It was a bright cold morning when the ship left the harbour of\nNantucket, and the crew was silent as it had been for all of the\nweek that the captain had kept to his cabin below the quarterdeck."
    text = f"{block}\n\n{block}\n"
    assert [Span(0, len(block)), Span(len(block) + 2, 2 * len(block) + 2)] == list(paragraphs(text))


def test_one_line_is_one_paragraph_in_unwrapped_text() -> None:
    """Without wrapping every line is a paragraph of its own."""
    text = "A short one.\nAnother line that is a good deal longer than any column of a wrapped text could ever be, by far.\nThird."
    assert len(paragraphs(text)) == 3


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("“The militia needs boots before it needs music,” said", "Fitzwilliam Darcy, who came late.", True),
        ("He paid for the fiddlers and for all of the candles himself and", "left before the dancing began.", True),
        ("The council of Meryton met on Monday to hear what Charles Bingley", "had to say about the bridge.", True),
        ("The council of Meryton met on Monday to hear Charles Bingley", "Darcy came late.", False),
        ("What the council said", "Fitzwilliam Darcy came late.", False),
        ("MR. BINGLEY: I was about to say that we have paid for all of the", "MR. DARCY: Not yet.", False),
        ("The council met on Monday, and nobody came to hear of the bridge.", "said Darcy", False),
    ],
)
def test_a_line_that_breaks_off_goes_on_in_the_next(first: str, second: str, joined: bool) -> None:
    """Also where the lines are of no one width, so that a name on the next line is not cut from "said"."""
    assert len(paragraphs(f"{first}\n{second}\n")) == (1 if joined else 2)
    assert len(paragraphs(f"{first}\n\n{second}\n")) == 2


def test_a_long_quotation_is_parsed_as_a_short_one_and_found_again() -> None:
    """Offsets of the masked text lead back to the original."""
    text = normalised("“We have sailed for three long years and seen nothing,” Ishmael said.")
    region = regions(text, Span(0, len(text)), 0)
    form = masked(text, Span(0, len(text)), region)
    assert form.text == "“We know it,” Ishmael said."
    at = form.text.index("Ishmael")
    assert (text.index("Ishmael"), -1) == form.place(at)
    assert form.place(form.text.index("know"))[1] == 0


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab. ,\n\"“”„«»'`‘’—:ABQ\u00a0\u2028é😀"), max_size=200))
def test_layout_offsets_are_true_for_any_text(text: str) -> None:
    """Every region lies inside its paragraph, holds a letter, and its inner part lies inside the outer."""
    taken = layout(text)
    for number, found in taken.regions.items():
        for region in found:
            assert taken.paragraphs[number].covers(region.inner)
            assert region.outer.covers(region.inner)
            assert any(c.isalnum() for c in region.inner.of(text))


@pytest.mark.parametrize("unit", ['"', "“", "“a” ", '"a"\n', "''", "``a'' ", "— a, said B\n", "A: b\n", "<"])
def test_a_flood_of_marks_ends_in_bounded_time(unit: str) -> None:
    """A million characters of marks are laid out in a moment: the work grows with the length, not faster."""
    text = unit * (1_000_000 // len(unit))
    started = time.monotonic()
    layout(text)
    assert time.monotonic() - started < 20


def test_single_marks_inside_two_apostrophes_are_no_quotations() -> None:
    """Where two apostrophes are left alone, the single marks within them are left alone too."""
    text = "Ishmael spoke. ''My aunt called, 'Shut the hatch, boy,' and the whole kitchen obeyed her,'' he said."
    assert layout(text, apostrophes=False).regions == {}
