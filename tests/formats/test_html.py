"""Web pages come out as their article's paragraphs, with the facts that the page states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import trafilatura

from retrieval import articles, formats
from retrieval.errors import DocumentError
from retrieval.formats import Extracted

PAGES = Path(__file__).parent / "pages"

# what a reader takes for each page's article, and what none may quote
EXPECTED = {
    "netherfield": (
        [
            "“What is his name?” asked Mr Bennet. “Bingley,” his wife replied.",
            "“A single man of large fortune; four or five thousand a year,” Mrs Bennet said. “What a fine thing for our girls!”",
            "“I hope Mr Bingley will like it, Lizzy,” he said.",
            "The ladies were then obliged to wait for the ball at the assembly rooms.",
        ],
        [
            "cookies",
            "half price",
            "Related",
            "delighted",
            "newsletter",
            "correspondent",
            "Wickham",
            "Handsome",
            "reserved",
            "Pic:",
            "Home",
        ],
    ),
    "pequod": (
        [
            "“Aye, aye! and I’ll chase him round Good Hope,” Captain Ahab told the crew.",
            "“I came here to hunt whales, not my commander’s vengeance,” Starbuck, the chief mate, answered.",
            "Ahab nailed a gold ounce to the mast on Wednesday.",
        ],
        ["Most read", "Count buys", "Share", "Image:", "Follow", "By Ishmael", "Advertisement", "Tags"],
    ),
    "whitby": (
        [
            "„It made for the cliff,“ said Mina Murray, who watched from the churchyard.",
            "«It was a great dog,» a coastguard added; 'a very great dog.'",
            "The harbour master declined to comment.",
        ],
        ["consent", "Skip to content", "Read more", "Leave a reply", "I saw it too", "Sponsored", "subscribe"],
    ),
    "baker-street": (
        [
            "INSPECTOR LESTRADE: Mr Holmes, is there any point to which you would wish to draw my attention?",
            "SHERLOCK HOLMES: To the curious incident of the dog in the night-time.",
            "INSPECTOR LESTRADE: The dog did nothing in the night-time.",
            "SHERLOCK HOLMES: That was the curious incident.",
        ],
        ["Latest transcripts", "Sign in", "Cookie", "Contact us"],
    ),
    "pemberley": (
        [
            "“I never in my life saw him in ill humour,” Mrs Reynolds said in a statement.",
            "“He was the sweetest-tempered, most generous-hearted boy in the world,” she said.",
            "Mr Darcy’s steward has since confirmed her words.",
        ],
        ["Media contact", "Other releases", "cookie", "Wickham’s debts"],
    ),
}


def page(name: str) -> Extracted:
    """A saved page as it is extracted."""
    return formats.extract((PAGES / f"{name}.html").read_bytes(), f"{name}.html")


def running(extracted: Extracted) -> str:
    """The running text of an extracted page."""
    return "\n".join(span.of(extracted.text) for part in articles.split(extracted.text) for span in part.body)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_keeps_its_article_and_loses_the_rest(name: str) -> None:
    """Every sentence is there to the letter; menus, advertisements, captions, boxes and comments are not."""
    wanted, unwanted = EXPECTED[name]
    text = running(page(name))
    for sentence in wanted:
        assert sentence in text.split("\n")
    for word in unwanted:
        assert word.lower() not in text.lower()


def test_cleaning_adds_to_trafilatura_alone() -> None:
    """Over the five pages: all wanted sentences stay, and most of what trafilatura alone lets through goes."""
    alone, ours, lost_alone, lost = 0, 0, 0, 0
    for name, (wanted, unwanted) in EXPECTED.items():
        raw = trafilatura.extract((PAGES / f"{name}.html").read_text(encoding="utf-8")) or ""
        cleaned = running(page(name))
        alone += sum(word.lower() in raw.lower() for word in unwanted)
        ours += sum(word.lower() in cleaned.lower() for word in unwanted)
        lost_alone += sum(sentence not in raw.split("\n") for sentence in wanted)
        lost += sum(sentence not in cleaned.split("\n") for sentence in wanted)
    print(f"left in: trafilatura alone {alone}, with cleaning {ours}; lost: {lost_alone}, {lost}")
    assert (ours, lost) == (0, 0)
    assert alone + lost_alone > 5


def test_facts_come_from_meta_tags() -> None:
    """Title without the site's name, publisher, the date in its own time zone, the canonical address."""
    facts = page("netherfield").metadata
    assert facts.title == "Netherfield let at last"
    assert facts.publisher == "The Meryton Courier"
    assert facts.published == date(1813, 1, 28)
    assert facts.url == "https://courier.example/1813/01/28/netherfield"


def test_facts_come_from_json_ld() -> None:
    """JSON-LD is preferred to the page's title."""
    facts = page("pequod").metadata
    assert facts.title == "Pequod leaves Nantucket"
    assert facts.publisher == "Nantucket Inquirer"
    assert facts.published == date(1851, 11, 14)


def test_what_a_page_does_not_say_stays_unknown() -> None:
    """A year in the footer and a date in the text are no date of publication."""
    facts = page("whitby").metadata
    assert facts.published is None
    assert facts.url is None


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<time datetime="1813-01-28" class="published">x</time>', date(1813, 1, 28)),
        ('<meta name="date" content="28 January 1813">', date(1813, 1, 28)),
        ('<link rel="canonical" href="https://x.example/1813/01/28/a">', date(1813, 1, 28)),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "1813-01-28T23:59:00Z"}</script>',
            date(1813, 1, 28),
        ),
        ('<script type="application/ld+json">{broken</script>', None),
        ('<script type="application/ld+json">' + "[" * 3000 + "</script>", None),
        ("<p>© 1813</p>", None),
    ],
    ids=["time", "meta", "address", "json-ld", "broken json-ld", "deep json-ld", "footer year"],
)
def test_dates_come_only_from_where_pages_state_them(markup: str, expected: date | None) -> None:
    """No date is taken from running text."""
    data = f"<html><head>{markup}</head><body><p>{'“Quite so,” said Mr Darcy of Pemberley. ' * 5}</p></body></html>"
    assert formats.extract(data.encode(), "a.html").metadata.published == expected


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15", "utf-16"])
def test_a_page_is_read_in_its_own_encoding(charset: str) -> None:
    """The encoding that the page names is heeded, and marks survive."""
    said = (
        "“Où est Adèle?” asked Mrs Fairfax – in vain."
        if charset != "iso-8859-15"
        else "«Où est Adèle?» asked Mrs Fairfax, for 5 €."
    )
    data = f'<html><head><meta charset="{charset}"></head><body><article><p>{said}</p><p>{"Nobody knew. " * 20}</p></article></body></html>'
    assert said in formats.extract(data.encode(charset), "a.html").text


def test_a_page_that_holds_nothing_but_scripts_is_an_error() -> None:
    """The sentence says what to do."""
    with pytest.raises(DocumentError, match="scripts"):
        formats.extract(b"<html><body><div id=root></div><script>render()</script></body></html>", "a.html")


def test_names_set_apart_become_labels() -> None:
    """A definition list of speakers reads like a transcript."""
    said = "".join(
        f"<dt>{name}</dt><dd>{words}</dd>"
        for name, words in [("HOLMES", "You see, but you do not observe."), ("WATSON", "Frequently.")] * 4
    )
    text = formats.extract(f"<html><body><article><dl>{said}</dl></article></body></html>".encode(), "a.html").text
    assert "HOLMES: You see, but you do not observe." in text.split("\n")
    assert "WATSON: Frequently." in text.split("\n")


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000 + "“Deep,” said Ahab.",
        "<p>“Cut off,” said Ahab of the Peq",
        "<<<>>>“Odd,” said Ahab.",
        "<table>" * 500 + "<tr><td>“Old,” said Ahab.",
    ],
    ids=["deep", "cut off", "odd", "tables"],
)
def test_damaged_markup_is_a_text_or_an_error(markup: str) -> None:
    """Never anything else."""
    try:
        assert "said Ahab" in formats.extract(markup.encode(), "a.html").text
    except DocumentError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either way is right
