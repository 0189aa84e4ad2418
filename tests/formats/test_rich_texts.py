"""Rich text and OpenDocument: the words that a reader sees, and none that were deleted, hidden or set beside them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import formats
from retrieval.errors import DocumentError
from tests.formats.making import odt


def of_odt(body: str) -> str:
    """The text of such a document."""
    return formats.extract(odt(body), "a.odt").text


def of_rtf(body: str, encoding: str = "ascii") -> str:
    """The text of a rich text with this body."""
    return formats.extract(("{\\rtf1\\ansi\\ansicpg1252 " + body + "}").encode(encoding), "a.rtf").text


def test_an_opendocument_text_is_read_in_its_order() -> None:
    """Headings, lists, tables and text boxes; spaces and breaks as the format writes them."""
    body = (
        "<text:h>The forge</text:h><text:p>“Ever<text:s/>the <text:span>best</text:span> of\n friends,” <text:a>said</text:a> Joe.</text:p>"
        "<text:list><text:list-item><text:p>Pip<text:tab/>slept.</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>One</text:p></table:table-cell><table:table-cell>"
        "<text:p>Two</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>Before<draw:frame><draw:text-box><text:p>Within</text:p></draw:text-box></draw:frame>after<text:line-break/>all</text:p>"
    )
    assert of_odt(body).splitlines() == [
        "The forge", "“Ever the best of friends,” said Joe.", "Pip slept.", "One", "Two", "Before", "Within", "after", "all",
    ]  # fmt: skip


def test_comments_notes_and_deletions_of_an_opendocument_text_are_no_text() -> None:
    """And the words around them run on."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes><text:p>“Ever the best<office:annotation><dc:creator>Pip</dc:creator><text:p>Really?</text:p>"
        "</office:annotation> of<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note> friends,”"
        '<text:change text:change-id="1"/> said Joe.</text:p><text:section text:display="none"><text:p>Hidden.</text:p></text:section>'
    )
    assert of_odt(body) == "“Ever the best of friends,” said Joe."


def test_an_opendocument_text_has_its_title_and_the_day_at_its_top() -> None:
    """The day on which it was saved is only a check."""
    meta = "<dc:title>The forge</dc:title><dc:date>1861-09-01T00:00:00</dc:date>"
    body = "<text:p>London, 3 August 1861</text:p><text:p>“Ever the best of friends,” said Joe.</text:p>"
    facts = formats.extract(odt(body, meta), "a.odt").metadata
    assert (facts.title, facts.published) == ("The forge", date(1861, 8, 3))
    assert formats.extract(odt("<text:p>No.</text:p>", meta), "a.odt").metadata.published is None


@pytest.mark.parametrize(
    "data",
    [
        odt("<text:p>&a;</text:p>", head='<!DOCTYPE a [<!ENTITY a "no">]>'),
        odt("<text:p>unclosed"),
        b"PK\x03\x04 no more",
    ],
    ids=["entities", "no XML", "no archive"],
)
def test_an_opendocument_text_that_is_none_is_one_sentence(data: bytes) -> None:
    """With what to do."""
    with pytest.raises(DocumentError, match=r"[Ss]ave it"):
        formats.extract(data, "a.odt")


def test_rich_text_is_read_with_its_marks_and_letters() -> None:
    """By code page, by number and by name; a table's cells on lines of their own; a link without its address."""
    body = (
        r"{\fonttbl{\f0 Times;}}{\info{\title The forge}{\author Pip}}\pard \ldblquote Ever the \b best\b0  of friends,\rdblquote  said Jo\'e9.\par "
        r"\u8220?No,\u8221? {\field{\*\fldinst{HYPERLINK "
        r'"https://forge.example/"}}{\fldrslt said}} Pip \u-10179?\u-8704?.\par One\cell Two\cell\row }'
    )
    extracted = formats.extract(("{\\rtf1\\ansi\\ansicpg1252 " + body).encode(), "a.rtf")
    assert extracted.text.splitlines() == ["“Ever the best of friends,” said Joé.", "“No,” said Pip 😀.", "One", "Two"]
    assert extracted.metadata.title == "The forge"


def test_raw_letters_of_a_code_page_are_read() -> None:
    """Though rich text should escape them."""
    assert of_rtf("“No,” said José.", "cp1252") == "“No,” said José."


def test_deleted_and_hidden_words_of_rich_text_are_no_text() -> None:
    """The words around them run on."""
    assert (
        of_rtf(r"Ever {\deleted\revauth1 never }the {\b\v secretly }best. {\annotation Really?}{\footnote A note.}")
        == "Ever the best."
    )


@pytest.mark.parametrize("body", [r"Ever \v never\v0 the best.", r"Ever {\deleted never\plain  the} best."])
def test_hidden_words_that_end_within_their_group_refuse_rich_text(body: str) -> None:
    """Words would be lost from the middle of a sentence."""
    with pytest.raises(DocumentError, match="accept the changes"):
        of_rtf(body)


def test_what_is_no_rich_text_says_so() -> None:
    """And a rich text of another name is told apart."""
    with pytest.raises(DocumentError, match="no rich text"):
        formats.extract(b"Ever the best.", "a.rtf")
    with pytest.raises(DocumentError, match=r"rich text\. If so, rename it to end in \.rtf"):
        formats.extract(b"{\\rtf1 Ever the best.}", "a.txt")


@given(
    st.text(st.characters(min_codepoint=33, exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=40)
)
def test_any_words_come_out_of_rich_text_as_they_were_written(words: str) -> None:
    """Each letter written by its number."""
    units = (words.encode("utf-16-le")[n : n + 2] for n in range(0, len(words.encode("utf-16-le")), 2))
    escaped = "".join(f"\\u{int.from_bytes(unit, 'little', signed=True)}?" for unit in units)
    expected = " ".join(f"Pip {words}".split())
    assert " ".join(of_rtf("Pip " + escaped).split()) == expected
