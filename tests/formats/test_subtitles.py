"""Subtitles come out as paragraphs with labels, and each word's time can be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import documents, formats
from retrieval.errors import DocumentError

EXPECTED = (
    "SHERLOCK HOLMES: You see, but you do not observe. The distinction is clear.\n"
    "DR WATSON: Frequently.\n"
    "SHERLOCK HOLMES: How often?"
)
SRT = """1
00:00:01,000 --> 00:00:03,000
SHERLOCK HOLMES: You see, but you

2
00:00:03,000 --> 00:01:20,500
<i>do not observe.</i> The distinction
is clear.

3
00:01:21,000 --> 00:01:22,000
DR WATSON: Frequently.

4
00:01:22,000 --> 00:01:23,000
{\\an8}SHERLOCK HOLMES: How often?
"""
VTT = """WEBVTT - a talk
Kind: captions
Language: en

STYLE
::cue { color: red }

NOTE
not spoken

intro
00:01.000 --> 00:03.000 align:start
<v Sherlock Holmes>You see, but you</v>

00:00:03.000 --> 00:01:20.500
<v Sherlock Holmes>do not <c.loud>observe</c>. The distinction
is clear.

00:01:21.000 --> 00:01:22.000
<v.first Dr Watson>Frequently.

00:01:22.000 --> 00:01:23.000
<v Sherlock Holmes>How often?
"""


@pytest.mark.parametrize(("name", "data"), [("a.srt", SRT), ("a.vtt", VTT)], ids=["srt", "vtt"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_cues_are_joined_to_sentences_and_speakers_are_labels(name: str, data: str, newline: str) -> None:
    """Tags, numbers, notes and styles are not spoken."""
    assert formats.extract(data.replace("\n", newline).encode(), name).text == EXPECTED


@pytest.mark.parametrize(("name", "data"), [("a.srt", SRT), ("a.vtt", VTT)], ids=["srt", "vtt"])
def test_the_first_words_are_no_title(tmp_path: Path, name: str, data: str) -> None:
    """What somebody says first heads nothing, and it is kept as running text."""
    (tmp_path / name).write_text(data, encoding="utf-8")
    (read,) = documents.read(tmp_path, name)
    assert read.title is None
    assert "You see, but you do not observe." in "".join(span.of(read.text) for span in read.body)


def test_the_time_of_words_is_known() -> None:
    """A locator for each cue, on the words of that cue."""
    extracted = formats.extract(SRT.encode(), "a.srt")
    times = {loc.span.of(extracted.text): loc.label for loc in extracted.locators}
    assert times["do not observe. The distinction is clear."] == "00:00:03"
    assert times["DR WATSON: Frequently."] == "00:01:21"


def test_captions_that_roll_up_are_told_once() -> None:
    """A line that is still on the screen is not said again."""
    data = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nthe dog did\n\n00:02.000 --> 00:03.000\nthe dog did\nnothing in the night\n"
    )
    assert formats.extract(data.encode(), "a.vtt").text == "the dog did nothing in the night"


def test_dashes_and_arrows_open_a_new_voice() -> None:
    """Two voices in one cue stand on two lines."""
    data = "1\n00:00:01,000 --> 00:00:03,000\n- Do you guess?\n- Never.\n\n2\n00:00:03,000 --> 00:00:04,000\n>> WATSON: Indeed.\n"
    assert formats.extract(data.encode(), "a.srt").text == "- Do you guess?\n- Never.\nWATSON: Indeed."


def test_a_pause_after_a_sentence_opens_a_paragraph() -> None:
    """Silence inside a sentence does not."""
    cues = [(1, "The dog did"), (9, "nothing."), (20, "Nothing at all.")]
    data = "\n".join(
        f"{n}\n00:00:{at:02d},000 --> 00:00:{at + 1:02d},000\n{words}\n" for n, (at, words) in enumerate(cues, 1)
    )
    assert formats.extract(data.encode(), "a.srt").text == "The dog did nothing.\nNothing at all."


@pytest.mark.parametrize("data", [b"no cues at all", b"1\n00:00:01 -> 00:00:02\nwords"], ids=["text", "wrong arrow"])
def test_a_file_without_cues_is_one_sentence(data: bytes) -> None:
    """The sentence shows what a cue looks like."""
    with pytest.raises(DocumentError, match="No cues"):
        formats.extract(data, "a.srt")
