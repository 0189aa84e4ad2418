"""More of what people have is read: rolling captions, other subtitles, forwarded letters, comments left out."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval import formats
from retrieval.errors import DocumentError


def test_captions_that_roll_come_out_once() -> None:
    data = (
        b"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nPIP:<00:00:00.500><c> I</c><00:00:00.900><c> was</c>\n\n"
        b"00:00:02.000 --> 00:00:02.010\nPIP: I was\n\n"
        b"00:00:02.010 --> 00:00:04.000\nPIP: I was\nvery<00:00:02.500><c> afraid.</c>\n"
    )
    assert formats.extract(data, "a.vtt").text == "PIP: I was very afraid."


def test_the_same_word_of_two_voices_comes_out_twice() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Pip>Yes.\n\n00:02.000 --> 00:03.000\n<v Joe>Yes.\n"
    assert formats.extract(data, "a.vtt").text == "PIP: Yes.\nJOE: Yes."


def test_a_label_in_brackets_is_a_label_and_its_words_run_on_into_nobody_elses() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n[PIP]: Yes.\n\n00:02.000 --> 00:03.000\n[SPEAKER_00]: No.\n"
    assert formats.extract(data, "a.vtt").text == "[PIP]: Yes.\n[SPEAKER_00]: No."


def test_sbv_is_read_as_subtitles() -> None:
    data = b"0:00:01.000,0:00:02.000\nPIP: I was\n\n0:00:02.000,0:00:03.000\nafraid.\n"
    assert formats.extract(data, "a.sbv").text == "PIP: I was afraid."


@pytest.mark.parametrize("name", ["a.ttml", "a.dfxp"])
def test_ttml_is_read_as_subtitles(name: str) -> None:
    data = (
        b'<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="00:00:01.000" end="2s">PIP: I <span>was</span>'
        b'<br/>afraid.</p><p begin="3s" end="4s">JOE: Ever &lt;the best&gt; of friends.</p></div></body></tt>'
    )
    assert formats.extract(data, name).text == "PIP: I was afraid.\nJOE: Ever <the best> of friends."


def test_ttml_with_entities_is_refused() -> None:
    with pytest.raises(DocumentError, match="entities"):
        formats.extract(b'<!DOCTYPE tt [<!ENTITY a "b">]><tt>&a;</tt>', "a.ttml")


def test_a_comment_in_markdown_is_no_text() -> None:
    text = formats.extract(b"# Forge\n\nJoe works.<!-- do not\nprint --> Pip sleeps.\n", "a.md").text
    assert text == "# Forge\n\nJoe works. Pip sleeps.\n"


def test_a_letter_forwarded_as_a_quotation_has_its_writers_date_and_name() -> None:
    data = (
        b"From: Pip <pip@forge.example>\nSubject: Fwd: The forge\nDate: Tue, 12 Mar 2024 12:01:00 +0000\n\nFYI\n\n"
        b"Begin forwarded message:\n\n> From: Joe Gargery <joe@forge.example>\n> Subject: The forge\n"
        b"> Date: 11 March 2024 at 11:58:00 GMT\n>\n> The forge is shut.\n> Come on Monday.\n"
    )
    extracted = formats.extract(data, "a.eml")
    assert (extracted.metadata.published, extracted.metadata.publisher) == (date(2024, 3, 11), "Joe Gargery")
    assert "The forge is shut.\nCome on Monday." in [span.of(extracted.text) for span in extracted.body]


@pytest.mark.parametrize(("name", "advice"), [("a.doc", ".docx"), ("a.7z", ".zip"), ("a.png", "words")])
def test_what_cannot_be_read_says_what_to_do(name: str, advice: str) -> None:
    with pytest.raises(DocumentError, match=advice):
        formats.extract(b"x", name)
