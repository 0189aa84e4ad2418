"""The date that a PDF or a Word document bears at its top: taken where it is sure, and nothing in its place where it is not."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import docx
import pytest

from retrieval import formats
from retrieval.formats.dateline import at_the_top, dateline
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
        "MEMORANDUM\nTO: The Harbour Board\nDATE: 10 July 1895\nSUBJECT: The pier",
        "FOR IMMEDIATE RELEASE 10 July 1895",
        "For immediate release: Wednesday, 10 July 1895",
        "Press Release No. 24, 10 July 1895",
        "Press release 24/1895 | 10 July 1895",
        "10 July 1895 | Press Release | Whitby",
        "The Whitby Gazette\nVol. 3, No. 24, Wednesday, July 10, 1895",
        "Our ref: HB/24 Date: 10 July 1895\nDear Mrs Harker,",
        "The Crescent, Whitby\n10th of July, 1895\nDear Mrs Harker,",
        "The state of the pier\n(10 July 1895)",
        "10-Jul-1895",
        "1895-07-10T10:30:00Z",
        "10 July 1895 (updated 12 July 1895)",
        "Published 10 July 1895 | Updated 12 July 1895",
        "First published: 10 July 1895\nLast updated: 12 July 1895",
        "Posted on July 10, 1895 by Mina Harker",
        "10 July 1895 · 4 min read",
        "Speech by Dr John Seward\nDelivered on 10 July 1895",
        "Statement by the Harbour Board, 10 July 1895",
        "Dated this 10th day of July 1895",
    ],
)
def test_a_date_at_the_top_is_taken(top: str) -> None:
    """A line at the top that says a day, whole and alone, gives the day of the document."""
    assert dateline(f"{top}\n{STORY}") == DAY


@pytest.mark.parametrize(
    "opening",
    [
        "WHITBY, 10 July 1895 (The Gazette) – ", "Whitby, July 10, 1895 /Courier/ -- ", "WHITBY 10 July 1895 — ",
        "WHITBY, Yorks. (July 10, 1895) – ", "(WHITBY, July 10, 1895) – ", "WHITBY – July 10, 1895 – ",
        "WHITBY--(COAST WIRE)--July 10, 1895--", "July 10, 1895 – WHITBY – ", "10 July 1895, Whitby (Coast-Wire) — ",
        "WHITBY | July 10, 1895 | ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("first", [STORY, "The harbour board mended the pier.\n" + STORY], ids=["long", "short"])
def test_a_dateline_before_the_text_is_taken(opening: str, first: str) -> None:
    """The place and day from which a report was sent, before its first words, give its day; however short its first paragraph is."""
    found = at_the_top(f"The great storm\n{opening}{first}")
    assert (found.published, found.dated_by) == (DAY, "dateline")


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
        pytest.param(f"Friday, 10 July 1895\n{STORY}", id="another weekday"),
        pytest.param(f"HARBOUR BOARD MINUTES\n10 July 1895\n{STORY}", id="minutes"),
        pytest.param(f"Harbour Board\n10 July 1895\nPresent: Dr Seward, Mrs Harker\n{STORY}", id="who was present"),
        pytest.param(f"Under embargo until\n10 July 1895\n{STORY}", id="an embargo"),
        pytest.param(f"NOT FOR PUBLICATION BEFORE\n10 July 1895\n{STORY}", id="not before"),
        pytest.param(f"Call for tenders\nClosing date\n10 July 1895\n{STORY}", id="a closing date"),
        pytest.param(f"What is on\n10 July 1895 – Regatta\n{STORY}", id="what is held on a day"),
        pytest.param(f"GRAND REGATTA\n10 July 1895\nTickets one shilling\n{STORY}", id="a poster"),
        pytest.param(f"10 July 1895 – 12 July 1895\n{STORY}", id="from one day to another"),
        pytest.param(f"The Netherfield Ball, 10 July 1895\n{STORY}", id="an occasion by its name"),
        pytest.param(f"Signed at Whitby, 10 July 1895\n{STORY}", id="where it was signed"),
        pytest.param(f"Invitation\n10 July 1895\n{STORY}", id="an invitation"),
        pytest.param(f"Harbour Conference, 10 July 1895\n{STORY}", id="an occasion"),
        pytest.param(f"Mina’s journal\n10 July 1895\n{STORY}\n11 July 1895\n{STORY}", id="a chronicle"),
        pytest.param(f"{STORY}\n10 July 1895", id="the end"),
        pytest.param("31 June 1895\n" + STORY, id="a day that never was"),
        pytest.param(f"Whitby, 10 July 1895 – Regatta of all boats\n{STORY}", id="what is held at a place on a day"),
        pytest.param(
            f"On July 10, 1895 — weeks after the storm — the pier was mended.\n{STORY}", id="a sentence with dashes"
        ),
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


def test_a_place_with_a_day_that_is_the_title_is_what_it_is_about() -> None:
    """A heading such as "Trafalgar, 21 October 1805" dates the battle, and not the account of it."""
    assert dateline(f"Whitby, 10 July 1895\n{STORY}", title="Whitby, 10 July 1895") is None
    assert dateline(f"Statement, 10 July 1895\n{STORY}", title="Statement, 10 July 1895") == DAY


def test_lines_set_close_in_a_pdf_stay_apart_at_a_date() -> None:
    """The head of a letter whose lines have no gaps between them still has its date on a line of its own."""
    head = ["Dr John Seward, Chairman of the Board", "Whitby, 10 July 1895", "“The pier will be mended”"]
    shown = pdf([lines([*head, "", *(STORY[n : n + 70] for n in range(0, len(STORY), 70))])])
    assert formats.extract(shown, "a.pdf").metadata.published == DAY


def test_a_word_document_that_is_older_than_its_date() -> None:
    """An announcement of something later, by the day on which it was saved, has no date."""
    document = docx.Document()
    for text in ("The regatta", "10 July 2024", STORY):
        document.add_paragraph(text)
    document.core_properties.modified = datetime(2024, 6, 1, tzinfo=UTC)
    stream = io.BytesIO()
    document.save(stream)
    assert formats.extract(stream.getvalue(), "a.docx").metadata.published is None
