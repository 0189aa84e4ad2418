"""Running text is told from headlines, captions and promotion, and joined articles come apart where they join."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import articles
from retrieval.taking.boilerplate import classify

NETHERFIELD = [
    "Netherfield Park has been let at last, ending months of speculation in the village of Longbourn.",
    "Fitzwilliam Darcy, who owns half of Derbyshire, arrived on Monday together with Charles Bingley, the new tenant of the house.",
    "“I am in no humour to give consequence to young ladies,” Mr Darcy said at the assembly in Meryton.",
    "Elizabeth Bennet said she could easily forgive his pride, if he had not mortified hers.",
    "“He is not at all handsome enough to tempt my mother into silence,” Miss Bennet added.",
    "Mr Bingley danced every dance and was angry that the ball at Netherfield closed so early.",
    "The neighbours expect a second ball at Netherfield before the regiment leaves Meryton for Brighton.",
]
PEQUOD = [
    "The whaling ship Pequod has left Nantucket for a voyage of three years, her owners announced.",
    "Captain Ahab, who lost a leg to a white whale off Japan, told the crew that he would chase it round the Horn.",
    "“He’s all a magnet! Look ye, a white whale must be hunted down,” Captain Ahab said on the quarter-deck.",
    "Starbuck, the chief mate, warned that the voyage was meant for oil and not for vengeance.",
    "“Vengeance on a dumb brute seems blasphemous,” Starbuck told the harpooneers Queequeg and Tashtego.",
    "The crew of the Pequod drank to the death of the whale from the sockets of their harpoons.",
    "Ishmael, a sailor before the mast, said the sea would decide between the captain and his whale.",
]
WHITBY = [
    "A Russian schooner has run aground below the East Cliff at Whitby with a dead man lashed to her wheel.",
    "Mina Murray, a schoolmistress who saw the storm from the churchyard, said a huge dog leapt from the bow.",
    "“It made straight for the steep cliff and vanished in the darkness,” Miss Murray told the coastguard.",
    "The Demeter carried nothing but silver sand and fifty boxes of earth, her log shows.",
    "Jonathan Harker, a solicitor of Exeter, said the boxes were consigned to an estate at Purfleet.",
    "“I was promised a quiet sale of Carfax,” Mr Harker said, and declined to name his client in Transylvania.",
    "Professor Abraham Van Helsing of Amsterdam has asked the harbour master to open the boxes at noon.",
]


def body_of(text: str) -> str:
    """All running text of a text, stretches parted by a bar."""
    return " | ".join(span.of(text) for article in articles.split(text) for span in article.body)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n"], ids=["lines", "crlf", "blank lines"])
def test_joined_articles_come_apart_at_their_seams(newline: str) -> None:
    """No blank line is needed, and together the articles cover all of the text."""
    text = newline.join([*NETHERFIELD, *PEQUOD, *WHITBY])
    parts = articles.split(text)
    assert [part.title for part in parts] == [NETHERFIELD[0], PEQUOD[0], WHITBY[0]]
    assert "".join(part.span.of(text) for part in parts) == text
    for part in parts:
        assert all(part.span.covers(span) for span in part.body)


def test_a_headline_opens_its_article() -> None:
    """The seam lies above the headline, and the headline is no running text."""
    text = "\n".join([*NETHERFIELD, "Pequod leaves Nantucket to hunt the white whale", *PEQUOD])
    first, second = articles.split(text)
    assert second.title == "Pequod leaves Nantucket to hunt the white whale"
    assert "Pequod leaves Nantucket to hunt" not in body_of(text)
    assert first.span.end == second.span.start


@pytest.mark.parametrize("article", [NETHERFIELD, PEQUOD, WHITBY], ids=["Netherfield", "Pequod", "Whitby"])
def test_one_article_stays_one(article: list[str]) -> None:
    """No seam is found in a single article, nor in one that is told twice as long."""
    assert len(articles.split("\n".join(article))) == 1
    assert len(articles.split("\n\n".join([*article, *article[2:]]))) == 1


def test_a_text_known_to_be_one_is_not_cut() -> None:
    """What has a front matter is one document."""
    assert len(articles.split("\n".join([*NETHERFIELD, *PEQUOD]), joined=False)) == 1


def test_a_transcript_stays_one_however_its_topics_change() -> None:
    """Labels before turns forbid seams."""
    turns = [f"{'HOLMES' if n % 2 else 'WATSON'}: {line}" for n, line in enumerate([*NETHERFIELD, *PEQUOD, *WHITBY])]
    assert len(articles.split("\n".join(turns))) == 1


def test_a_speech_stays_one_however_its_topics_change() -> None:
    """Who says "I" and "we" all along is one speaker."""
    spoken = ["I thank you all, and we shall speak of this again.", "We have come far, and I am proud of our crew."]
    text = "\n".join(line for part in (NETHERFIELD, PEQUOD, WHITBY) for entry in part for line in (entry, *spoken))
    assert len(articles.split(text)) == 1


def test_labels_on_lines_of_their_own_make_a_transcript() -> None:
    """Also with the time before them."""
    for label in ("Sherlock Holmes:", "[00:12:31] HOLMES:", "00:12 Sherlock Holmes:"):
        text = "\n\n".join(x for line in [*NETHERFIELD, *PEQUOD] for x in (label, line))
        assert len(articles.split(text)) == 1
        assert label in body_of(text)


BOILERPLATE = {
    "Image: Participants at the ball in Netherfield": "caption",
    "Pic: Reuters": "caption",
    "Mina Murray on the cliff. Pic: Reuters": "caption",
    "Photo by Arthur Holmwood": "caption",
    "FILE PHOTO: Captain Ahab on the quarter-deck, Nantucket, June 3, 1851. REUTERS/Ishmael": "caption",
    "Captain Ahab and Starbuck pose for a photograph on Tuesday at Nantucket. (REUTERS/Ishmael/Pool)": "caption",
    "Image source, Getty Images": "caption",
    "[1/5] Captain Ahab speaks off Nantucket, July 12, 1851. REUTERS/Ishmael Acquire Licensing Rights": "caption",
    "after newsletter promotion": "promotion",
    "list 1 of 3": "promotion",
    "CLICK HERE TO GET THE WHALING NEWS APP": "promotion",
    "By entering your email you are agreeing to our Terms of Use and Privacy Policy.": "promotion",
    "Save articles to read later and create your own reading list.": "promotion",
    "This is a breaking news story and will be updated.": "notice",
    "The views expressed in this article are the author's own.": "notice",
    "Advertisement": "promotion",
    "Story continues below advertisement": "promotion",
    "Follow the Whitby Gazette on WhatsApp": "promotion",
    "Keep up with all the latest news from Nantucket by following our Facebook page": "promotion",
    "Sign up for our daily newsletter and get the news of Meryton in your inbox.": "promotion",
    "To show you this content, we need your permission to use cookies.": "promotion",
    "You can change your settings at any time via the Privacy Options.": "promotion",
    "Please use Chrome browser for a more accessible video player": "promotion",
    "31:20": "promotion",
    "SUBSCRIBE TODAY AND NEVER MISS A WHALE": "promotion",
    "Already a subscriber? Activate your complimentary digital account.": "promotion",
    "More on Whaling": "links",
    "Read more related news:": "links",
    "Related Articles": "links",
    "Related Topics:": "links",
    "(Reporting by Ishmael; Editing by Queequeg)": "notice",
    "© 1851 Nantucket Inquirer. All rights reserved.": "notice",
    "By Ishmael, in Nantucket": "notice",
    "This article was originally published in the Inquirer.": "notice",
    "Peace ‘should recognise whales’": "headline",
    "## The second day": "headline",
    "- [Ahab lowers the boats](https://inquirer.example/1)": "links",
}


@pytest.mark.parametrize(("line", "verdict"), BOILERPLATE.items(), ids=list(BOILERPLATE))
def test_boilerplate_is_told_from_running_text(line: str, verdict: str) -> None:
    """A line amid an article is recognised for what it is."""
    text = "\n\n".join([*PEQUOD[:4], line, *PEQUOD[4:]])
    found = {entry.text: entry.verdict for entry in classify(text)}
    assert found[line] == verdict
    assert line not in body_of(text)
    assert [entry for entry in found if found[entry] == "body"] == PEQUOD


RUNNING = [
    "According to Starbuck, the voyage is lost",
    "It was, he said, a matter of oil",
    "Cookies were served to the crew, and we all accepted our share.",
    "Subscribe to nothing, trust nobody, Bildad told his partner.",
    'The captain said: "Your vessel is under our orders."',
    "NANTUCKET, July 12 (Reuters) - Captain Ahab said on Wednesday he would hunt the whale.",
    "Video of the chase shows Ahab standing in the bow.",
    "By then nobody at Longbourn believed him.",
    "A man asked Starbuck whether the log had been kept.",
    "“I never guess.”",
    "“Never again” – Elizabeth Bennet",
    "“I would not sell her for 50 pounds” said Captain Ahab",
    "Ahab said: “Follow us on the chart, and subscribe to my oath.”",
    "He wrote on Facebook: “Read more about the whale in my log.”",
    "Also on Tuesday, Starbuck told the owners:",
    "Support for the voyage fell after the owners asked for donations.",
    "Published in 1851, the log sold few copies.",
    "45% said yes.",
    "Gov. Bildad (R) spoke at the wharf on Monday.",
    "• Captain Ahab promised a gold ounce to the first man who sighted the whale",
    "Q    But you said —",
]


@pytest.mark.parametrize("line", RUNNING)
def test_running_text_is_never_taken_for_boilerplate(line: str) -> None:
    """Short lines, quotations set apart and sentences that only look like promotion stay."""
    assert line in body_of("\n\n".join([*PEQUOD[:4], line, *PEQUOD[4:]]))


def test_a_list_of_headlines_is_left_out_whole() -> None:
    """Questions and quotations in headlines do not save them."""
    listed = [
        "Darcy Denies Sale of Pemberley, Says Housekeeper",
        "Whale Sighted Off Whitby Harbour",
        "What Happens If the Count Buys Carfax?",
        "Van Helsing Says ‘Garlic Works’",
        "Lady Catherine to Visit Hunsford",
    ]
    text = "\n".join([*PEQUOD, "", "Related Articles", *listed])
    assert body_of(text) == "\n".join(PEQUOD)


def test_a_headline_after_read_more_is_left_out_however_long() -> None:
    """The line that announces a link vouches for the next one."""
    headline = "Starbuck warns Nantucket will face a ‘dire voyage’ as the owners of the Pequod and the captain fall out over oil"
    text = "\n".join([*PEQUOD[:3], "Read more related news:", headline, *PEQUOD[3:]])
    assert body_of(text) == "\n".join(PEQUOD[:3]) + " | " + "\n".join(PEQUOD[3:])


def test_the_box_about_the_author_is_left_out() -> None:
    """The paragraph under its heading goes with it."""
    about = "Ishmael is a correspondent of the Nantucket Inquirer who has sailed on merchant ships since 1840."
    assert body_of("\n\n".join([*PEQUOD, "About the author", about, "Daily Newsletter"])) == "\n\n".join(PEQUOD)


def test_hard_wrapped_text_is_one_stretch() -> None:
    """Lines wrapped at a width are paragraphs, so no wrapped line is taken for a headline."""
    import textwrap

    text = "\n\n".join(textwrap.fill(p, 60) for p in PEQUOD)
    assert body_of(text) == text


def test_text_without_full_stops_is_kept() -> None:
    """Where no line is closed, an open line means nothing."""
    text = "\n".join(f"and so the whale went down for the {n} time while we watched" for n in range(20))
    assert body_of(text) == text


def test_a_name_alone_on_its_line_before_each_turn_stays() -> None:
    """Names in capitals that come again and again are labels, not promotion."""
    text = "\n".join(x for line in PEQUOD for x in ("CAPTAIN AHAB OF NANTUCKET", line))
    assert "CAPTAIN AHAB OF NANTUCKET" in body_of(text)


def test_what_was_left_out_has_a_reason() -> None:
    """Each omitted line comes with its reason."""
    text = "\n".join([*PEQUOD[:4], "Advertisement", *PEQUOD[4:]])
    (article,) = articles.split(text)
    (omitted,) = article.omitted
    assert omitted.span.of(text) == "Advertisement"
    assert "advertisement" in omitted.reason


def test_ten_megabytes_end_soon() -> None:
    """Quotation marks, empty lines and one endless line are bounded work."""
    for text in ("“" * 10_000_000, "“\n" * 3_000_000, "\n" * 10_000_000, "Ahab said so. " * 700_000):
        assert "".join(part.span.of(text) for part in articles.split(text)) == text


@given(st.text(alphabet=st.sampled_from('Ab “”".\n\r\u2028:-—#*Q'), max_size=300))
def test_articles_cover_any_text_and_body_lies_inside(text: str) -> None:
    """Whatever the text, nothing is lost and spans are in order."""
    parts = articles.split(text)
    assert "".join(part.span.of(text) for part in parts) == text
    ends = [0, *(edge for part in parts for span in part.body for edge in (span.start, span.end))]
    assert ends == sorted(ends)
