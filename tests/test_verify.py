"""The gate: nothing is shown that is not what indexing recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.model import Document, Quote, Span, words_sha256
from retrieval.verify import fault

TEXT = "“I am done with society entirely,” Captain Nemo said. “I obey none of its laws.”"
PARTS = (Span(1, 33), Span(55, 79))
DOCUMENT = Document("d", "d.txt", 1, "0" * 64, TEXT)
QUOTE = Quote("q", "d", "direct", PARTS, words_sha256=words_sha256(TEXT, PARTS))


def test_untouched_words_pass() -> None:
    """The recorded text and words may be shown, whole or in part."""
    assert fault(DOCUMENT, QUOTE, PARTS, DOCUMENT.text_sha256) is None
    assert fault(DOCUMENT, QUOTE, [Span(1, 10)], DOCUMENT.text_sha256) is None


@given(st.integers(0, len(TEXT) - 1), st.characters(exclude_categories=("Cs",)))
def test_any_altered_character_is_noticed(at: int, character: str) -> None:
    """One other character anywhere in the stored text, inside the quote or not, and it is withheld."""
    altered = replace(DOCUMENT, text=TEXT[:at] + character + TEXT[at + 1 :])
    assert (fault(altered, QUOTE, PARTS, DOCUMENT.text_sha256) is None) == (character == TEXT[at])


def test_the_words_alone_are_checked_where_no_text_hash_is_given() -> None:
    """A changed word is noticed by the quote's own hash."""
    altered = replace(DOCUMENT, text=TEXT.replace("none", "some"))
    assert fault(altered, QUOTE, PARTS) is not None


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
    assert fault(DOCUMENT, quote, shown, DOCUMENT.text_sha256) is not None


def test_a_passage_is_covered_by_the_hash_of_its_text() -> None:
    """A passage has no words of its own recorded; the text's hash decides."""
    passage = Quote("p", "d", "passage", (Span(0, 20),))
    assert fault(DOCUMENT, passage, passage.fragments, DOCUMENT.text_sha256) is None
    assert fault(DOCUMENT, passage, passage.fragments, "0" * 64) is not None
