"""Word documents come out paragraph by paragraph, without what was deleted."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from retrieval import formats
from retrieval.errors import DocumentError
from tests.formats.making import bomb, word


def test_paragraphs_and_tables_come_in_their_order() -> None:
    """One paragraph a line; a table's cells in between."""
    document = docx.Document()
    document.add_paragraph("“I never guess,” Sherlock Holmes said.")
    cell = document.add_table(1, 2).rows[0].cells
    cell[0].text, cell[1].text = "Dr Watson:", "“Wonderful.”"
    document.add_paragraph("The case was closed.")
    stream = io.BytesIO()
    document.save(stream)
    text = formats.extract(stream.getvalue(), "a.docx").text
    assert text.split("\n") == [
        "“I never guess,” Sherlock Holmes said.",
        "Dr Watson:",
        "“Wonderful.”",
        "The case was closed.",
    ]


def test_insertions_stay_and_deletions_go() -> None:
    """Tracked changes are read as if accepted; links keep their words."""
    document = docx.Document()
    paragraph = document.add_paragraph("Holmes said ")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>“never”</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>“always”</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:hyperlink {nsdecls('w')}><w:r><w:t> to Watson.</w:t></w:r></w:hyperlink>"))
    stream = io.BytesIO()
    document.save(stream)
    assert formats.extract(stream.getvalue(), "a.docx").text == "Holmes said “never” to Watson."


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("A Study", None, "A Study"),
        ("", "In Scarlet", "In Scarlet"),
        ("A Study", "In Scarlet", "In Scarlet"),
        ("", None, None),
    ],
)
def test_the_title_is_the_heading_or_the_property(title: str, heading: str | None, expected: str | None) -> None:
    """The date of the file is no date of publication."""
    facts = formats.extract(word(["“Elementary,” said Holmes."], title=title, heading=heading), "a.docx").metadata
    assert facts.title == expected
    assert facts.published is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bomb(), "unpacks to 200 MB"),
        (word(["“Yes,” said Holmes."])[:900], "damaged"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (bomb(2_000_000), "no Word document"),
        (word([]), "no words"),
    ],
    ids=["bomb", "cut off", "header only", "other archive", "empty"],
)
def test_damage_and_bombs_are_one_sentence(data: bytes, said: str) -> None:
    """Nothing is unpacked before its size is known."""
    with pytest.raises(DocumentError, match=said):
        formats.extract(data, "a.docx")
