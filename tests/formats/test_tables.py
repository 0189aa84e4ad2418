"""A table of texts and JSON lines: one document a row, its facts from the other columns, nothing cut and nothing opened."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import documents, formats
from retrieval.errors import DocumentError
from retrieval.formats.metadata import NOTHING_KNOWN
from retrieval.formats.text_entries import GIVEN_BY
from retrieval.model import Document

JOE = "Ever the best of friends,\nain't us, Pip?"


def table(*rows: tuple[str, ...], delimiter: str = ",") -> bytes:
    """A CSV of these rows."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def read(data: bytes, name: str = "a.csv") -> tuple[Document, ...]:
    """The documents of a file."""
    return documents.build(name, data, formats.extract(data, name), NOTHING_KNOWN)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_row_is_a_document_with_its_facts(delimiter: str) -> None:
    """Whatever parts the cells, and however the names of the columns are written."""
    header = ("Title", "DATE", "url", "Publisher", "Speaker", "Text", "page")
    row = ("The forge", "1861-08-03", "https://forge.example/1", "The Forge", "Joe Gargery", JOE, "9")
    data = table(header, row, ("", "", "", "", "", "Pip said nothing.", ""), delimiter=delimiter)
    first, second = read(data)
    assert (first.text, first.title, first.published) == (JOE, "The forge", date(1861, 8, 3))
    assert (first.url, first.publisher) == ("https://forge.example/1", "The Forge")
    assert (first.speaker_given, first.speaker_given_by) == ("Joe Gargery", GIVEN_BY)
    assert (second.text, second.title, second.published) == ("Pip said nothing.", None, None)
    assert (second.speaker_given, second.locators[0].label) == (None, "row 3")


def test_json_lines_are_documents_with_the_same_facts() -> None:
    """By the same names."""
    lines = [{"text": JOE, "Title": "The forge", "date": "1861-08-03", "speaker": "Joe Gargery"}, {"text": "No."}]
    first, second = read("\n".join(map(json.dumps, lines)).encode(), "a.jsonl")
    assert (first.text, first.title, first.published) == (JOE, "The forge", date(1861, 8, 3))
    assert (first.speaker_given, second.speaker_given, second.text) == ("Joe Gargery", None, "No.")


def test_a_table_without_texts_says_which_columns_are_meant() -> None:
    """And which there are."""
    with pytest.raises(DocumentError, match=r"no column `text` \(it has `name`, `words`\); .*`title`, `date`, `url`"):
        read(table(("name", "words"), ("Joe", JOE)))
    with pytest.raises(DocumentError, match=r"no column `text` \(it has `words`\)"):
        read(b'{"words": "No."}', "a.jsonl")


@pytest.mark.parametrize("speaker", ["joe", "Joe said: no", "Joe Gargery, the blacksmith; and Pip"])
def test_a_speaker_that_is_no_name_refuses_the_file(speaker: str) -> None:
    """With its row."""
    with pytest.raises(DocumentError, match="In row 2: `speaker`"):
        read(table(("speaker", "text"), (speaker, JOE)))
    with pytest.raises(DocumentError, match="In line 1: `speaker`"):
        read(json.dumps({"speaker": speaker, "text": JOE}).encode(), "a.jsonl")


def test_channels_restrict_each_row() -> None:
    """One or several ids in a cell, a list in an object."""
    first, second = read(table(("text", "Channels"), (JOE, "C1"), ("No.", "C1, C2")))
    assert (first.channels, second.channels) == (("C1",), ("C1", "C2"))
    (only,) = read(b'{"text": "No.", "channels": ["C1", "C2"]}', "a.jsonl")
    assert only.channels == ("C1", "C2")


@pytest.mark.parametrize(
    ("column", "cell"), [("channels", ""), ("channels", "#forge"), ("channel", "C1"), ("Chanels", "C1")]
)
def test_a_restriction_that_is_not_understood_refuses_the_file(column: str, cell: str) -> None:
    """An empty cell, a channel's name, a column of nearly that name."""
    with pytest.raises(DocumentError, match="In row 2"):
        read(table(("text", column), (JOE, cell)))
    with pytest.raises(DocumentError, match="In line 1"):
        read(json.dumps({"text": JOE, column: cell}).encode(), "a.jsonl")


def test_a_restriction_in_the_words_of_a_row_refuses_the_file() -> None:
    """As at the head of any text."""
    with pytest.raises(DocumentError, match="In row 2: Its head may restrict"):
        read(table(("text",), ("---\nchannels: C1\n---\n" + JOE,)))


def test_a_key_that_stands_twice_refuses_the_file() -> None:
    """The second would hide the first."""
    with pytest.raises(DocumentError, match="twice"):
        read(b'{"text": "No.", "channels": ["C1"], "Channels": ["C2"]}', "a.jsonl")
    with pytest.raises(DocumentError, match="two columns"):
        read(table(("text", "Text"), (JOE, "No.")))


def test_words_that_lost_their_quotation_marks_are_never_cut() -> None:
    """A row of more cells than columns is refused, and so is a mark in the middle."""
    with pytest.raises(DocumentError, match="Row 2 has more cells"):
        read(b"title,text\nForge,Ever the best of friends, Pip\n")
    with pytest.raises(DocumentError, match="Row 2 cannot be told apart"):
        read(b'title,text\nForge,"Ever" the best of friends\n')


def test_rows_without_words_are_passed_over_and_said() -> None:
    """And a file of nothing else is refused."""
    extracted = formats.extract(table(("text", "title"), ("", "Forge"), (JOE, "Forge")), "a.csv")
    assert len(extracted.parts) == 1
    assert extracted.left_out == ("has 1 lines without words, first row 2, which were passed over",)
    with pytest.raises(DocumentError, match="nothing in it to quote"):
        read(table(("text", "title"), ("", "Forge")))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=6))
def test_the_words_of_a_row_stand_as_they_were_written(texts: list[str]) -> None:
    """In a table and in JSON lines alike, white space around them aside."""
    expected = [f"Pip: {text}".strip() for text in texts]
    assert [d.text for d in read(table(("text",), *((text,) for text in expected)))] == expected
    lines = "\n".join(json.dumps({"text": text}) for text in expected).encode()
    assert [d.text for d in read(lines, "a.jsonl")] == expected
