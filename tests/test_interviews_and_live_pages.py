"""Interviews whose questions are set apart are their guest's, and the entries of a live page know nothing of each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import documents, formats
from retrieval.formats.metadata import NOTHING_KNOWN
from retrieval.model import Document, Quote, Span
from retrieval.reading.interviews import interview
from retrieval.reading.layout import layout
from retrieval.reading.live_pages import entries
from tests.reading import reader

ASKED = (
    ("How do you find the school at Lowood now?", "I find it better warmed than it was. We have burnt coal since November, and I no longer break the ice in the basin."),
    ("You have left Thornfield. Do you miss it?", "I miss the garden, and my pupil. I do not miss the third storey, where I slept badly for a year."),
    ("What will you do with your inheritance?", "I shall share it with my cousins in four equal parts, and I am told by everybody that it is not wise."),
    ("Will you teach again?", "I have taught all my life, and I do not see how I could stop."),
)  # fmt: skip


def page(intro: str, asked: str = "<p><strong>{}</strong></p>", title: str = "A Morning at Moor House") -> Document:
    """An interview as a web page."""
    inside = "".join(f"{asked.format(q)}<p>{a}</p>" for q, a in ASKED)
    data = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{intro}</p>{inside}</article></body></html>".encode()
    return documents.build("a.html", data, formats.extract(data, "a.html"), NOTHING_KNOWN)[0]


def turns(made: Document) -> list[Quote]:
    """The answers."""
    return [quote for quote in reader().read(made) if quote.kind == "turn"]


INTRO = "Jane Eyre opens the door of the cottage on the moor herself, and puts the kettle on before a word is said."


@pytest.mark.parametrize(
    "asked", ["<p><strong>{}</strong></p>", "<h3>{}</h3>", "<p><b>{}</b></p>"], ids=["strong", "heading", "b"]
)
def test_the_answers_are_the_guests(asked: str) -> None:
    """Where the introduction names nobody else; the questions are nobody's words, and lead to what answers them."""
    made = page(INTRO, asked)
    found = turns(made)
    assert {q.speaker.name for q in found if q.speaker} == {"Jane Eyre"}
    assert [q.fragments[0].of(made.text) for q in found] == [a for _, a in ASKED]
    assert [q.lead.of(made.text) for q in found if q.lead] == [q for q, _ in ASKED]
    assert reader().understood(made).form == "interview"


def test_questions_in_the_marks_of_markdown_are_set_apart() -> None:
    """As in a page."""
    text = f"# A Morning at Moor House\n\n{INTRO}\n\n" + "\n\n".join(f"**{q}**\n\n{a}" for q, a in ASKED)
    made = Document("d", "a.md", 1, "", text, "A Morning at Moor House")
    assert {q.speaker.name for q in turns(made) if q.speaker} == {"Jane Eyre"}


@pytest.mark.parametrize(
    "intro",
    [
        pytest.param("Jane Eyre and Edward Rochester open the door of the house together, and put the kettle on.", id="two"),
        pytest.param("The governess opens the door of the cottage on the moor herself, and puts the kettle on.", id="nobody"),
    ],
)  # fmt: skip
def test_answers_are_nobodys_where_no_one_guest_is_named(intro: str) -> None:
    """They are kept all the same, and it is said that nobody is told."""
    made = page(intro)
    assert [q.speaker for q in turns(made)] == [None] * len(ASKED)
    assert "give `speaker:`" in (reader().understood(made).whose or "")


def test_whoever_asks_is_no_guest_and_the_title_tells_one_of_two() -> None:
    """By the grammar of asking, and by where a title puts its guest."""
    assert {
        q.speaker.name
        for q in turns(page("Emma Woodhouse met Jane Eyre at the cottage on the moor in May."))
        if q.speaker
    } == {"Jane Eyre"}
    both = page(
        "Jane Eyre talks of Edward Rochester, whom she has married, in the cottage on the moor.",
        title="Interview with Jane Eyre",
    )
    assert {q.speaker.name for q in turns(both) if q.speaker} == {"Jane Eyre"}


def test_a_guide_whose_headings_ask_is_no_interview() -> None:
    """Nobody answers in the first person."""
    parts = ("How is a lamp cleaned?", "How often should you trim its wick?", "Where do you buy the oil?")
    text = "\n\n".join(
        f"## {q}\n\nThe glass is washed in warm water, and the wick is cut straight with scissors." for q in parts
    )
    made = Document("d", "a.md", 1, "", text)
    assert interview(made, layout(text).whole) is None


LIVE = (
    "Fire at Thornfield: live\n\n10.05 am\n\nEdward Rochester has reached the house. “I shall go up to the roof,” Rochester said. He was seen at the door, "
    "and the servants were brought out to the lawn by the back stairs.\n\n10.40 am\n\n“The roof has fallen in,” he said from the lawn, where the crowd "
    "had been kept back by the men of the village since the morning.\n\n11.15 am\n\nThe engine from Millcote is here. “We came as fast as the horses "
    "could go,” said Adam Bede, and the men ran the hose down to the brook.\n"
)


def test_a_name_does_not_go_from_one_entry_of_a_live_page_to_the_next() -> None:
    """ "He" in an entry that names nobody is nobody that is sure."""
    made = Document("d", "a.txt", 1, "", LIVE, "Fire at Thornfield: live")
    assert reader().understood(made).form == "live"
    said = {
        q.fragments[0].of(LIVE): q.speaker.name if q.speaker else None
        for q in reader().read(made)
        if q.kind == "direct"
    }
    assert said["We came as fast as the horses could go,"] == "Adam Bede"
    assert said["The roof has fallen in,"] is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Order of the day\n\n10.05 Tea\n\n11.10 Whist\n\n12.30 Supper\n", id="a programme"),
        pytest.param(LIVE.replace("10.40 am", "At twenty to eleven"), id="two times"),
        pytest.param(LIVE.replace("10.05 am", "11.05 am").replace("11.15 am", "10.15 am") * 3, id="in no order"),
    ],
)
def test_times_alone_make_no_live_page(text: str) -> None:
    """They stand over entries of some length, and go one way."""
    assert entries(Document("d", "a.txt", 1, "", text), layout(text).whole) == ()


@given(
    st.lists(
        st.sampled_from(["10.05 am", "11:30", "5 minutes ago", "The fire burns on. " * 9, "Live", "“No,” he said."]),
        max_size=24,
    )
)
def test_entries_cover_a_live_page_in_order(lines: list[str]) -> None:
    """Each character lies in one entry, where there are any."""
    text = "\n\n".join(lines)
    found = entries(Document("d", "a.txt", 1, "", text, "Live"), layout(text).whole)
    assert not found or "".join(span.of(text) for span in found) == text
    assert all(isinstance(span, Span) for span in found)
