"""PDFs come out as paragraphs in reading order, without running heads, each page to be found again."""

from __future__ import annotations

import pytest

from retrieval import formats
from retrieval.errors import DocumentError
from tests.formats.making import lines, pdf

LEFT = [
    "“I never in my life saw him in ill",
    "humour,” Mrs Reynolds said of her",
    "master, and the visitors were much",
    "surprised at it. He had been good-",
    "natured as a child, and those who",
    "are good-natured when children are",
    "so when they grow up. She went on to",
    "praise his gene-",
    "rosity to the poor.",
]
RIGHT = [
    "The whaling ship Pequod left on",
    "Christmas Day. “Aye, aye! and I’ll",
    "chase him round Good Hope,” Captain",
    "Ahab told the crew, which answered",
    "with three cheers for the captain.",
    "Starbuck stood by and was silent,",
    "for he feared the voyage would be",
    "the last that any of them made on",
    "the old ship.",
]


def text_of(data: bytes) -> str:
    """The text of a PDF."""
    return formats.extract(data, "a.pdf").text


def test_two_columns_are_read_one_after_the_other() -> None:
    """Whichever order the file draws them in."""
    left, right = lines(LEFT, x=40), lines(RIGHT, x=330)
    rows = [place for pair in zip(left, right, strict=True) for place in pair]
    expected_left = (
        "“I never in my life saw him in ill humour,” Mrs Reynolds said of her master, and the visitors were much surprised at it. "
        "He had been good-natured as a child, and those who are good-natured when children are so when they grow up. "
        "She went on to praise his generosity to the poor."
    )
    expected_right = " ".join(RIGHT)
    for order in (left + right, rows):
        assert text_of(pdf([order])).split("\n") == [expected_left, expected_right]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    """They stand on every page; the words of the page do not."""
    pages = [
        [
            (72, 760, "The Whitby Gazette"),
            *lines([f"On day {word} the storm went on and nobody", "left the harbour before noon."]),
            (300, 40, f"Page {n} of 4"),
        ]
        for n, word in enumerate(["one", "two", "three", "four"], 1)
    ]
    text = text_of(pdf(pages))
    assert "Gazette" not in text
    assert "Page" not in text
    assert text.count("left the harbour before noon.") == 4


def test_each_page_can_be_cited() -> None:
    """The locators cover the words of their pages."""
    extracted = formats.extract(
        pdf([lines(["The first page speaks of whales."]), lines(["The second page speaks of bats."])]), "a.pdf"
    )
    assert [(loc.label, loc.span.of(extracted.text)) for loc in extracted.locators] == [
        ("p. 1", "The first page speaks of whales."),
        ("p. 2", "The second page speaks of bats."),
    ]


def test_a_sentence_that_runs_over_a_page_is_one() -> None:
    """Also where a word is cut at the page's end."""
    first = [
        "A quotation that starts on the first page and has so many words",
        "that it does not end there but goes on with a gener-",
    ]
    second = ["ous number of words on the next page, as long as it takes.", "", "Then comes another paragraph."]
    text = text_of(pdf([lines(first), lines(second)]))
    assert "a generous number of words" in text
    assert text.split("\n")[-1] == "Then comes another paragraph."


def test_labels_open_paragraphs() -> None:
    """A transcript's turns stand at line starts."""
    said = [
        "INSPECTOR LESTRADE: Is there any point to which you would",
        "draw my attention?",
        "SHERLOCK HOLMES: To the curious incident of the dog in the",
        "night-time.",
        "Q  And the horse?",
    ]
    assert text_of(pdf([lines(said)])).split("\n") == [
        "INSPECTOR LESTRADE: Is there any point to which you would draw my attention?",
        "SHERLOCK HOLMES: To the curious incident of the dog in the night-time.",
        "Q And the horse?",
    ]


def test_the_title_is_taken_unless_it_is_a_file_name() -> None:
    """The date of the file's making is no date of publication."""
    page = lines(["“Quite so,” said Sherlock Holmes to the inspector."])
    facts = formats.extract(pdf([page], title="A Statement from Baker Street"), "a.pdf").metadata
    assert (facts.title, facts.published) == ("A Statement from Baker Street", None)
    assert formats.extract(pdf([page], title="Microsoft Word - x.doc"), "a.pdf").metadata.title is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf([[]] * 3), "pictures of pages"),
        (b"%PDF-1.7\nnothing else", "no PDF that can be read"),
        (pdf([lines(["“Yes,” said Ahab of the Pequod."])])[:200], "no PDF that can be read|no pages|pictures"),
    ],
    ids=["scan", "header only", "cut off"],
)
def test_what_holds_no_text_is_one_sentence(data: bytes, said: str) -> None:
    """A scan is told from damage."""
    with pytest.raises(DocumentError, match=said):
        text_of(data)


def test_more_pages_than_a_document_has_are_refused() -> None:
    """The sentence names the limit."""
    with pytest.raises(DocumentError, match="1,001 pages; at most 1,000"):
        text_of(pdf([[]] * 1001))
