"""The date that a PDF or a Word document bears at its top: taken where it is sure, and nothing in its place where it is not."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import docx
import pytest

from retrieval import formats
from retrieval.formats.dateline import dateline
from tests.formats.making import lines, pdf, word

DAY = date(1895, 7, 10)
STORY = (
    "The storm that broke over Whitby on Saturday was the greatest on record, and nobody who saw the schooner come in with a dead "
    "man at the wheel will forget it. “The ship ran straight for the harbour,” Mina Harker said on 12 July 1895."
)


@pytest.mark.parametrize(
    "top",
    [
        "10 July 1895",
        "July 10, 1895",
        "BRIEFING ROOM\nJULY 10, 1895",
        "1895-07-10",
        "Wednesday, 10 July 1895",
        "Whitby, 10 July 1895",
        "Whitby, North Riding, 10 July 1895 at 10:30",
        "10 Jul. 1895 | Press release",
        "Press Release (1895) 24 Issued on 10 July 1895",
        "Published: 10 July 1895\nLast updated: 12 July 1895",
        "Published on 10th July 1895\n11 July 1895",
        "Date: 10 July 1895",
        "FOR IMMEDIATE RELEASE\nJuly 10, 1895",
        "The Whitby Gazette\nThe great storm\nBy Mina Harker\n10 July 1895",
        "Time for a lighthouse\n10 July 1895",
    ],
)
def test_a_date_at_the_top_is_taken(top: str) -> None:
    """A line at the top that says a day, whole and alone, gives the day of the document."""
    assert dateline(f"{top}\n{STORY}") == DAY


@pytest.mark.parametrize(
    "opening",
    ["WHITBY, 10 July 1895 (The Gazette) – ", "Whitby, July 10, 1895 /Courier/ -- ", "WHITBY 10 July 1895 — "],
)
def test_a_dateline_before_the_text_is_taken(opening: str) -> None:
    """The place and day from which a report was sent, before its first words, give its day."""
    assert dateline(f"The great storm\n{opening}{STORY}") == DAY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(STORY, id="a day within the text"),
        pytest.param(f"On 10 July 1895 a storm broke over Whitby.\n{STORY}", id="a sentence that begins with one"),
        pytest.param(f"July 1895\n{STORY}", id="a month"),
        pytest.param(f"10/07/1895\n{STORY}", id="a day or a month, nobody knows which"),
        pytest.param(f"10 July 1895\n11 July 1895\n{STORY}", id="two days"),
        pytest.param(f"9-11 July 1895\n{STORY}", id="several days"),
        pytest.param(f"Last updated: 12 July 1895\n{STORY}", id="when it was altered"),
        pytest.param(f"Printed on 12 July 1895\n{STORY}", id="when it was printed"),
        pytest.param(f"Date: 10 July 1895\nTime: 18:00\nVenue: The Crescent\n{STORY}", id="an event"),
        pytest.param(f"Invitation\n10 July 1895\n{STORY}", id="an invitation"),
        pytest.param(f"Harbour Conference, 10 July 1895\n{STORY}", id="an occasion"),
        pytest.param(f"Mina’s journal\n10 July 1895\n{STORY}\n11 July 1895\n{STORY}", id="a chronicle"),
        pytest.param(f"{STORY}\n10 July 1895", id="the end"),
        pytest.param("31 June 1895\n" + STORY, id="a day that never was"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_date_rather_than_a_wrong_one(text: str) -> None:
    """Where the top does not say for sure when the document was published, it has no date."""
    assert dateline(text) is None


def test_a_day_after_the_file_was_saved_is_none_of_its_own() -> None:
    """A document cannot have been published long after its file was made: such a day is that of something else."""
    assert dateline(f"10 July 1895\n{STORY}", saved=date(1895, 7, 9)) == DAY
    assert dateline(f"10 July 1895\n{STORY}", saved=date(1895, 7, 1)) is None


def test_documents_bear_their_dates() -> None:
    """PDF and Word documents have the date of their top line, whatever the file says of itself."""
    texts = ["The great storm", "", "Whitby, 10 July 1895", "", *(STORY[n : n + 60] for n in range(0, len(STORY), 60))]
    assert formats.extract(pdf([lines(texts)]), "a.pdf").metadata.published == DAY
    assert formats.extract(word(["The great storm", "Whitby, 10 July 1895", STORY]), "a.docx").metadata.published == DAY
    assert formats.extract(word(["The great storm", STORY]), "a.docx").metadata.published is None


def test_a_word_document_that_is_older_than_its_date() -> None:
    """An announcement of something later, by the day on which it was saved, has no date."""
    document = docx.Document()
    for text in ("The regatta", "10 July 2024", STORY):
        document.add_paragraph(text)
    document.core_properties.modified = datetime(2024, 6, 1, tzinfo=UTC)
    stream = io.BytesIO()
    document.save(stream)
    assert formats.extract(stream.getvalue(), "a.docx").metadata.published is None
