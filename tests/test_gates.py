"""The gate: nothing is shown that is not what indexing recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import gates
from retrieval.gates import withheld
from retrieval.model import Document, Quote, Span, Speaker, words_sha256

TEXT = "“I am done with society entirely,” Captain Nemo said. “I obey none of its laws.”"
PARTS = (Span(1, 33), Span(55, 79))
DOCUMENT = Document("d", "d.txt", 1, "0" * 64, TEXT)
QUOTE = Quote("q", "d", "direct", PARTS, words_sha256=words_sha256(TEXT, PARTS))


def test_untouched_words_pass() -> None:
    """The recorded text and words may be shown, whole or in part."""
    assert withheld(DOCUMENT, QUOTE, PARTS, DOCUMENT.text_sha256) is None
    assert withheld(DOCUMENT, QUOTE, [Span(1, 10)], DOCUMENT.text_sha256) is None


@given(st.integers(0, len(TEXT) - 1), st.characters(exclude_categories=("Cs",)))
def test_any_altered_character_is_noticed(at: int, character: str) -> None:
    """One other character anywhere in the stored text, inside the quote or not, and it is withheld."""
    altered = replace(DOCUMENT, text=TEXT[:at] + character + TEXT[at + 1 :])
    assert (withheld(altered, QUOTE, PARTS, DOCUMENT.text_sha256) is None) == (character == TEXT[at])


def test_the_words_alone_are_checked_where_no_text_hash_is_given() -> None:
    """A changed word is noticed by the quote's own hash."""
    altered = replace(DOCUMENT, text=TEXT.replace("none", "some"))
    assert withheld(altered, QUOTE, PARTS) is not None


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        (replace(QUOTE, document_id="other"), PARTS),
        (QUOTE, ()),
        (QUOTE, (Span(0, 33),)),
        (QUOTE, (Span(33, 55),)),
        (replace(QUOTE, fragments=(Span(1, 999),)), (Span(1, 999),)),
        (replace(QUOTE, words_sha256=""), PARTS),
    ],
    ids=["other document", "nothing", "beyond the start", "between fragments", "beyond the text", "no hash"],
)
def test_what_is_no_part_of_the_quote_is_withheld(quote: Quote, shown: tuple[Span, ...]) -> None:
    """Only words inside the quote's own fragments of its own document may be shown."""
    assert withheld(DOCUMENT, quote, shown, DOCUMENT.text_sha256) is not None


def test_a_passage_is_covered_by_the_hash_of_its_text() -> None:
    """A passage has no words of its own recorded; the text's hash decides."""
    passage = Quote("p", "d", "passage", (Span(0, 20),))
    assert withheld(DOCUMENT, passage, passage.fragments, DOCUMENT.text_sha256) is None
    assert withheld(DOCUMENT, passage, passage.fragments, "0" * 64) is not None


def test_each_gate_is_told_by_its_name() -> None:
    """Every gate has a name of its own, a promise and a sentence; what stops a quote is one of them."""
    names = [gate.name for gate in gates.GATES]
    assert len(set(names)) == len(names)
    assert all(gate.promise.endswith(".") and gate.stopped for gate in gates.GATES)
    altered = replace(DOCUMENT, text=TEXT.replace("none", "some"))
    assert withheld(altered, QUOTE, PARTS, DOCUMENT.text_sha256) is gates.TEXT
    assert withheld(altered, QUOTE, PARTS) is gates.WORDS
    assert withheld(None, QUOTE, PARTS) is gates.CATALOG
    assert withheld(DOCUMENT, QUOTE, (Span(0, 33),), DOCUMENT.text_sha256) is gates.PART


def test_words_of_somebody_else_or_of_nobody_answer_no_question_about_a_speaker() -> None:
    """The gate `speaker`: by id, a source without one by its description."""
    nemo, unnamed = Speaker("nemo", "Nemo"), Speaker(None, "a sailor", "unnamed")
    his = replace(QUOTE, speaker=nemo)
    assert gates.may_answer(his, {gates.identity_of(nemo)})
    assert gates.may_answer(his, ())
    assert not gates.may_answer(his, {gates.identity_of(unnamed)})
    assert not gates.may_answer(QUOTE, ())
    assert gates.may_answer(replace(QUOTE, speaker=unnamed), {gates.identity_of(unnamed)})
