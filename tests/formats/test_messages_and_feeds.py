"""Mailboxes, feeds and saved pages: each message and each item a document with its own day, title and address."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval import documents, formats
from retrieval.errors import DocumentError
from retrieval.formats.metadata import NOTHING_KNOWN
from retrieval.model import Document

MESSAGE = "From: {who} <x@forge.example>\nSubject: {what}\nDate: {day} Aug 1861 10:00:00 +0000\n\n{words}\n\n"
OPENING = "From x@forge.example Sat Aug  3 10:00:00 1861\n"
JOE = MESSAGE.format(who="Joe Gargery", what="The forge", day=3, words="“Ever the best of friends,” said Joe.")
PIP = MESSAGE.format(
    who="Philip Pirrip", what="Re: The forge", day=4, words="> the forge\nI was afraid.\n\n>From that day on I slept."
)

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Forge</title><link>https://forge.example/</link>
<item><title>Joe &amp; Pip</title><link>https://forge.example/1</link><pubDate>Sat, 03 Aug 1861 23:00:00 -0500</pubDate>
<description>Only a teaser.</description><content:encoded><![CDATA[<p>“Ever the best of friends,” said Joe.</p><p>Pip slept.</p>
<script>evil()</script>]]></content:encoded></item>
<item><title>No words</title><link>https://forge.example/2</link></item>
<item><title>Short</title><link>javascript:alert(1)</link><description>&lt;p&gt;“No,” said Pip.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Forge</title><id>urn:x</id><updated>1861-09-01T00:00:00Z</updated>
<entry><title>Joe</title><id>urn:1</id><link href="https://forge.example/1"/><published>1861-08-03T10:00:00Z</published>
<updated>1861-09-01T00:00:00Z</updated><content type="text">“Ever the best of friends,” said Joe &lt;the smith&gt;.</content></entry>
<entry><title>Pip</title><id>urn:2</id><updated>1861-09-01T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>“No,” said Pip.</p></div></content></entry></feed>"""
PAGE = """From: <Saved by Blink>
Snapshot-Content-Location: https://forge.example/1
Subject: The forge
Date: Sat, 1 Jan 2022 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b----"

------b----
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://forge.example/1

<html><head><title>The forge</title></head><body><article><p>=E2=80=9CEver the best of =
friends,=E2=80=9D said Joe.</p><p>Pip said nothing.</p></article></body></html>
------b----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://forge.example/1.png

AAAA
------b------
"""


def read(data: str, name: str) -> tuple[Document, ...]:
    """The documents of a file."""
    return documents.build(name, data.encode(), formats.extract(data.encode(), name), NOTHING_KNOWN)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_message_of_a_mailbox_is_a_document(end: str) -> None:
    """With its own sender, subject and day, and only what was written for it as running text."""
    first, second = read((OPENING + JOE + OPENING + PIP).replace("\n", end), "a.mbox")
    assert (first.title, first.publisher, first.published) == ("The forge", "Joe Gargery", date(1861, 8, 3))
    assert (second.title, second.publisher, second.published) == ("The forge", "Philip Pirrip", date(1861, 8, 4))
    assert second.body[0].of(second.text).startswith("I was afraid.")
    assert "the forge" not in "".join(span.of(second.text) for span in second.body)
    assert (first.locators[0].label, second.locators[0].label) == ("message 1", "message 2")


def test_a_line_that_begins_with_from_parts_no_message() -> None:
    """Escaped it stands as it was written; a sentence that begins so is a sentence."""
    spoken = MESSAGE.format(
        who="Joe", what="Forge", day=3, words="Look.\n\nFrom Pip I heard nothing since 1860\nat all."
    )
    first, second = read(OPENING + spoken + OPENING + PIP, "a.mbox")
    assert "From Pip I heard nothing since 1860\nat all." in first.text
    assert "\nFrom that day on I slept." in second.text


def test_a_message_that_cannot_be_read_is_passed_over_and_said() -> None:
    """The others go on; a mailbox of no other is refused."""
    closed = MESSAGE.format(who="Joe", what="Forge", day=3, words="---\nchannels: C1\n---\nNo.")
    extracted = formats.extract((OPENING + JOE + OPENING + closed).encode(), "a.mbox")
    assert len(extracted.parts) == 1
    assert extracted.left_out[0].startswith("holds message 2, which was passed over: Its head may restrict")
    with pytest.raises(DocumentError, match="no message"):
        formats.extract((OPENING + closed).encode(), "a.mbox")
    with pytest.raises(DocumentError, match="begin as a mailbox"):
        formats.extract(JOE.encode(), "a.mbox")


@pytest.mark.parametrize("name", ["a.rss", "a.xml"])
def test_each_item_of_a_feed_is_a_document(name: str) -> None:
    """Its content rather than its teaser, with the feed as its publisher; a link that is no address is none."""
    first, second = read(RSS, name)
    assert first.text == "“Ever the best of friends,” said Joe.\nPip slept."
    assert (first.title, first.publisher, first.url) == ("Joe & Pip", "The Forge", "https://forge.example/1")
    assert (first.published, second.published) == (date(1861, 8, 3), None)
    assert (second.text, second.title, second.url) == ("“No,” said Pip.", "Short", None)
    assert formats.extract(RSS.encode(), name).left_out == (
        "has 1 items without words, first item 2, which were passed over",
    )


def test_an_atom_feed_is_read_alike() -> None:
    """The day of the last change is not the day on which it was published."""
    first, second = read(ATOM, "a.atom")
    assert first.text == "“Ever the best of friends,” said Joe <the smith>."
    assert (first.published, second.published) == (date(1861, 8, 3), None)
    assert (second.text, second.title) == ("“No,” said Pip.", "Pip")


def test_what_is_no_feed_or_defines_entities_is_refused() -> None:
    """An item with a restriction that no feed has, too."""
    with pytest.raises(DocumentError, match="no RSS or Atom feed"):
        formats.extract(b"<?xml version='1.0'?><letters><letter>No.</letter></letters>", "a.xml")
    with pytest.raises(DocumentError, match="entities"):
        formats.extract(b'<!DOCTYPE rss [<!ENTITY a "b">]>' + RSS.encode(), "a.rss")
    with pytest.raises(DocumentError, match="restrict"):
        formats.extract(RSS.replace("<link>javascript", "<channels>C1</channels><link>javascript").encode(), "a.rss")


def test_a_saved_page_is_read_like_the_page() -> None:
    """Its address is the browser's note; the day on which it was saved is no day of publication."""
    (page,) = read(PAGE.replace("\n", "\r\n"), "a.mhtml")
    assert page.text == "“Ever the best of friends,” said Joe.\nPip said nothing."
    assert (page.title, page.url, page.published) == ("The forge", "https://forge.example/1", None)
    with pytest.raises(DocumentError, match="no web page"):
        formats.extract(JOE.encode(), "a.mht")
