"""What a page's article is, is found from several extractors' votes, and every word of it stands in the page."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import documents, formats
from retrieval.formats import Extracted
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata, day, day_in_address, day_in_name
from retrieval.model import Document

SENTENCES = [
    "Mr Barkis drove the carrier’s cart to Yarmouth on Monday, and said on the way that he was willing.",
    "Peggotty packed the boxes in the kitchen, and told the child that the sea air would do him good.",
    "The boat stood on dry land, with a chimney of iron, and Mr Peggotty came out to bid them welcome.",
    "Ham carried the smallest box on his back, and the child under his arm, down the lanes behind the yards.",
    "Mrs Gummidge was low, and said that the fire smoked more for her than it did for other people.",
]
ARTICLE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(inside: str, head: str = "") -> bytes:
    """A page with this in its body and its head."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{inside}</body></html>'.encode()
    )


def extracted(inside: str, head: str = "") -> Extracted:
    """The text of a page with this in it."""
    return formats.extract(page(inside, head), "page.html")


def documents_of(inside: str, head: str = "", path: str = "page.html") -> tuple[Document, ...]:
    """The documents of a page with this in it."""
    data = page(inside, head)
    return documents.build(path, data, formats.extract(data, path), NOTHING_KNOWN)


def running(document: Document) -> list[str]:
    """The lines of a document's running text."""
    return [span.of(document.text) for span in document.body]


def test_a_page_is_one_document_however_its_subjects_change() -> None:
    """Headings part sections of one text; only plain files join several."""
    other = "".join(
        f"<p>{line}</p>"
        for line in (
            "The Nautilus lay under the ice of the pole, and Captain Nemo told Professor Aronnax that the air would last two days.",
            "Ned Land, the harpooner, said that he would sooner be on any other ship in any other sea than under this one.",
            "Conseil counted the fishes at the window, and classed them, and asked his master whether he was comfortable.",
        )
    )
    made = documents_of(f"<article><h1>Two voyages</h1>{ARTICLE}<h2>Under the ice</h2>{other}</article>")
    assert len(made) == 1
    assert "Under the ice" in running(made[0])


def test_a_heading_that_retells_what_is_said_is_no_running_text() -> None:
    """Its words stand whole in the text below; a heading without any is kept."""
    made = documents_of(
        f"<article><h1>To Yarmouth</h1>{ARTICLE}<h2>“I am willing,” says Barkis</h2>{ARTICLE}</article>"
    )[0]
    assert "“I am willing,” says Barkis" in made.text.split("\n")
    assert "“I am willing,” says Barkis" not in running(made)


LEAD = "A child of seven goes to the sea for a fortnight, and does not know why he is sent."


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        (f'<header><h1>To Yarmouth</h1><p class="intro">{LEAD}</p></header>', True),
        (f'<h1>To Yarmouth</h1><div class="article-teaser"><h2>{LEAD}</h2></div><p>By Clara Peggotty</p>', True),
        (f'<h1>To Yarmouth</h1><aside><p>{LEAD}</p></aside>', False),
        (f'<h1>To Yarmouth</h1><p><a href="/sea">{LEAD}</a></p>', False),
        (f'<p>{LEAD}</p><h1>To Yarmouth</h1>', False),
        ("<h1>To Yarmouth</h1>" + "".join(f"<p>{LEAD} Part {n}.</p>" for n in range(7)), False),
    ],
    ids=["intro", "teaser", "aside", "link", "above the headline", "a list"],
)  # fmt: skip
def test_what_leads_in_below_the_headline_is_text(above: str, kept: bool) -> None:
    """A standfirst is the article's own; what only stands near it is not."""
    apart = "".join(f"<div>{line}</div>" for line in ("", "<br>"))
    found = extracted(f"{above}{apart}<article><div>{ARTICLE}</div></article>", "<title>To Yarmouth</title>")
    assert (LEAD in found.text.split("\n")) is kept


def test_a_subheading_that_ends_in_a_colon_is_text() -> None:
    """It announces what follows and tells nobody's words."""
    assert "What was packed:" in running(
        documents_of(f"<article>{ARTICLE}<h3>What was packed:</h3>{ARTICLE}</article>")[0]
    )


def test_struck_words_note_numbers_and_editors_comments_are_no_text() -> None:
    """A raised letter that leads nowhere is part of its word."""
    marked = (
        '<p>Mr Micawber owed <s>nine</s> ten pounds<sup><a href="#n1">1</a></sup> on the 1<sup>st</sup> of May, he said to his landlord.'
        '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>'
    )
    comment = '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Traddles: was it not eleven?</span></p></div>'
    text = extracted(f"<article>{marked}{ARTICLE}</article>{comment}").text
    assert "Mr Micawber owed ten pounds on the 1st of May, he said to his landlord." in text.split("\n")
    assert "eleven" not in text


def test_an_embedded_post_stands_in_one_line_with_its_signature() -> None:
    """The name below the words says whose they are."""
    post = (
        '<blockquote class="twitter-tweet"><p>Something will turn up.<br>It always does.</p>&mdash; Wilkins Micawber (@micawber) '
        '<a href="https://example.org/1">May 14, 2024</a></blockquote>'
    )
    text = extracted(f"<article>{ARTICLE}{post}{ARTICLE}</article>").text
    assert "Something will turn up. It always does. — Wilkins Micawber (@micawber) May 14, 2024" in text.split("\n")


def test_a_preformatted_page_keeps_its_lines() -> None:
    """Such a page is a plain text in a frame."""
    lines = (
        "Record of the House at Yarmouth\n\n  Mr. PEGGOTTY. The boat is dry,\nand so is the cellar.\n  Mr. HAM. It is."
    )
    made = extracted(f"<pre>\n{lines}\n</pre>")
    assert made.text == lines
    assert not made.structured


def test_boxes_called_something_else_are_left_out() -> None:
    """An advertisement between two paragraphs, and a list of other articles behind them."""
    advert = '<div class="ad-slot"><p>Lobsters at half price, from Lyons, this week only and while they last.</p></div>'
    related = (
        '<ul class="related-stories"><li><a href="/a">Steerforth sails from Yarmouth with a crew of four</a></li></ul>'
    )
    text = extracted(f"<article>{ARTICLE}{advert}{ARTICLE}</article>{related}").text
    assert "Lobsters" not in text
    assert "Steerforth" not in text


def test_a_page_of_which_most_was_not_taken_says_so() -> None:
    """The share of the paragraphs that were taken is a number from 0 to 1."""
    assert extracted(f"<article>{ARTICLE}</article>").share == 1.0
    assert formats.extract(b"Plain text is taken whole.", "a.txt").share == 1.0


def test_text_that_only_scripts_would_show_is_taken_from_structured_data() -> None:
    """Where the page itself shows next to nothing."""
    body = "\\n".join(SENTENCES)
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    assert extracted("<div id=root><p>Loading</p></div>", head).text == "\n".join(SENTENCES)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>A boat on dry land - The Yarmouth Post</title>", "<h1>A boat on dry land</h1>", "A boat on dry land"),
        ("<title>A boat on dry land | Yarmouth Post</title>", "", "A boat on dry land"),
        ('<meta property="og:title" content="Peggotty&amp;#8217;s boat">', "", "Peggotty’s boat"),
        ('<meta property="og:title" content="A boat on land"><title>x</title>', "<h1>A boat on dry land</h1>", "A boat on dry land"),
        ("<title>FOR IMMEDIATE RELEASE</title>", "<h1>A boat on dry land</h1>", "A boat on dry land"),
        ("<title>The carrier is willing</title>", "<h1>Yarmouth Post</h1>", "The carrier is willing"),
        ("<title>Post - The carrier of Blunderstone is willing to marry</title>", "<h1>Post</h1>", "The carrier of Blunderstone is willing to marry"),
        ('<meta property="dc:title" content="A boat on land"><meta property="og:title" content="Boat!"><title>x</title>', "", "A boat on land"),
        ('<meta property="og:title" content="The carrier is willing"><title>The carrier is willing - Yarmouth News</title>', "<h1>Yarmouth News Today</h1>", "The carrier is willing"),
        ('<meta property="og:site_name" content="The Post"><title>The carrier is willing: The Post</title>', "", "The carrier is willing"),
        ('<meta property="og:site_name" content="The Post"><title>The carrier is willing | Kent | The Post</title>', "", "The carrier is willing"),
    ],
    ids=["site's name", "site's name alone", "entities", "as shown", "notice of release", "heading is another's", "site's name first",
         "library's data", "heading is the blog's", "behind a colon", "section"],
)  # fmt: skip
def test_a_title_is_what_the_page_calls_its_article(head: str, body: str, title: str) -> None:
    """Without the site's name, with its entities read, and as the reader of the page sees it."""
    assert extracted(f"<article>{body}{ARTICLE}</article>", head).metadata.title == title


@pytest.mark.parametrize(
    ("head", "body", "dated_by"),
    [
        ('<script type="application/ld+json">{"@type": "Article", "datePublished": "1850-11-14", "dateModified": "1850-12-01"}</script>', "", "structured data"),
        ('<meta name="article:published_time" value="1850-11-14T08:00:00Z">', "", "the page's own data"),
        ("", '<time class="published" datetime="1850-11-14">x</time>', "a time mark in the page"),
        ("", "<h1>A boat</h1><p>Published on 14 November 1850</p>", "the line under the title"),
        ("", '<h1>A boat</h1><div><span class="post-date">Nov 14, 1850</span></div>', "the line under the title"),
        ("", "<h1>A boat</h1><p>By Clara Peggotty in Yarmouth, November 14, 1850 2:24 pm</p>", "the line under the title"),
        ("", "<h1>A boat</h1><p>YARMOUTH (Nov. 14, 1850) – The fleet went out at dawn and had not come back by night.</p>", "dateline"),
        ('<link rel="canonical" href="https://post.example/1850/11/14/boat">', "", "address"),
    ],
    ids=["structured", "meta", "time", "line", "named line", "byline", "dateline", "address"],
)  # fmt: skip
def test_where_a_date_comes_from_is_told(head: str, body: str, dated_by: str) -> None:
    """The first publication, never a later change."""
    facts = extracted(f"<article>{body}{ARTICLE}</article>", head).metadata
    assert (facts.published, facts.dated_by) == (date(1850, 11, 14), dated_by)


def test_a_later_change_is_kept_apart_from_the_publication() -> None:
    """So that nobody takes the one for the other."""
    head = '<script type="application/ld+json">//<![CDATA[\n{"@type": "Article", "datePublished": "1850-11-14", "dateModified": "1850-12-01"}\n//]]></script>'
    facts = extracted(f"<article>{ARTICLE}</article>", head).metadata
    assert (facts.published, facts.modified) == (date(1850, 11, 14), date(1850, 12, 1))


def test_the_name_of_a_file_dates_it_where_nothing_else_does() -> None:
    """A date given with the document goes before it."""
    assert documents_of(f"<article>{ARTICLE}</article>", path="1850-11-14_boat.html")[0].published == date(1850, 11, 14)
    given = Metadata(published=date(1849, 5, 1))
    data = page(f"<article>{ARTICLE}</article>")
    made = documents.build("1850-11-14.html", data, formats.extract(data, "a.html"), given)
    assert made[0].published == date(1849, 5, 1)


def test_days_are_read_as_people_and_programs_write_them() -> None:
    """What could be read in two ways is not read."""
    assert day("Mon Aug 03 12:45:00 EDT 1850") == date(1850, 8, 3)
    assert day("1850/8/3") == day("1850.08.03") == day("3.8.1850") == date(1850, 8, 3)
    assert day("8/3/1850") is None
    assert day_in_address("https://a.example/news/a-boat-18500803") == date(1850, 8, 3)
    assert day_in_address("https://a.example/1850/8/") is None
    assert day_in_name("1850-08-03 and 1850-08-04") is None


def test_a_notice_of_release_is_no_title() -> None:
    """Nor is the date below it."""
    data = b"FOR IMMEDIATE RELEASE\n\n14 November 1850\n\nA boat on dry land\n\nThe boat stood on dry land, Mr Peggotty said."
    made = documents.build("a.txt", data, formats.extract(data, "a.txt"), NOTHING_KNOWN)
    assert made[0].title == "A boat on dry land"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "h2", "li", "div", "blockquote", "td", "span"]),
            st.sampled_from([*SENTENCES, "Home", "Menu", "By Ishmael"]),
            st.sampled_from(["", "ad", "related", "body"]),
        ),
        max_size=25,
    )
)
def test_every_line_stands_in_the_page(parts: list[tuple[str, str, str]]) -> None:
    """Whatever the extractors make of a page, its words are taken from the page itself, and spans lie within the text."""
    inside = "".join(f'<{tag} class="{name}">{text}</{tag}> ' for tag, text, name in parts)
    made = extracted(f"<article><p>{SENTENCES[0]}</p>{inside}</article>")
    plain = " ".join([SENTENCES[0], *(text for _, text, _ in parts)])
    assert all(word in plain for line in made.text.split("\n") for word in line.split())
    assert all(0 <= span.start < span.end <= len(made.text) for span in made.body)
    assert 0.0 <= made.share <= 1.0


@pytest.mark.parametrize(
    "empty", ["0001-01-01T00:00:00", "0000-00-00", "1/1/0001", "1.1.0001", date(1, 1, 1), datetime(1, 1, 1)]
)
def test_a_programs_empty_date_is_no_date(empty: object) -> None:
    """Whatever writes it: text, or a date as a library gives it."""
    assert day(empty) is None


@given(st.dates() | st.datetimes(), st.text(max_size=40))
def test_a_day_before_print_is_none_and_any_other_is_itself(value: date, text: str) -> None:
    """So that nothing that counts back from it leaves the calendar; and no text breaks it."""
    read = day(value)
    whole = value.date() if isinstance(value, datetime) else value
    assert read == (whole if value.year >= 1000 else None)
    assert day(whole.isoformat()) == read
    found = day(text)
    assert found is None or found.year >= 1000
