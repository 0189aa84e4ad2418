"""Who may see a document: what may restrict it is understood exactly, or the document is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from retrieval import adding, documents, formats
from retrieval.errors import DocumentError
from retrieval.formats.metadata import from_mapping
from retrieval.model import EVERYBODY, Audience
from retrieval.status import read_status
from tests.stores import open_demo, write

WORDS = "“I am no bird,” Jane Eyre said.\n"
HEADS = {
    "empty": "---\nchannels:\n---\n",
    "a comment only": "---\nchannels: # C0123456789\n---\n",
    "a list in a list": "---\nchannels: [[C0123456789]]\n---\n",
    "a mapping": "---\nchannels:\n  allowed: C0123456789\n---\n",
    "an empty list": "---\nchannels: []\n---\n",
    "numbers": "---\nchannels: [123456789]\n---\n",
    "a name": "---\nchannels: '#thornfield'\n---\n",
    "one of two is no id": "---\nchannels: [C0123456789, thornfield]\n---\n",
    "two in one string": "---\nchannels: C0123456789, C0123456780\n---\n",
    "singular": "---\nchannel: C0123456789\n---\n",
    "capital": "---\nChannels: [C0123456789]\n---\n",
    "an n is missing": "---\nchanels: [C0123456789]\n---\n",
    "two slips": "---\nchanles: [C0123456789]\n---\n",
    "something added": "---\nslack-channels: [C0123456789]\n---\n",
    "one word": "---\nslackChannels: [C0123456789]\n---\n",
    "a letter of another alphabet": "---\n\u0441hannels: [C0123456789]\n---\n",
    "an invisible letter": "---\nchan\u200bnels: [C0123456789]\n---\n",
    "nested": "---\naccess:\n  channels: [C0123456789]\n---\n",
    "swallowed by a text": "---\ntitle: >\n  Thornfield\n  channels: [C0123456789]\n---\n",
    "twice": "---\nchannels: [C0123456789]\nchannels: [C0123456780]\n---\n",
    "no colon": "---\nchannels [C0123456789]\n---\n",
    "an equals sign": "---\nchannels = C0123456789\n---\n",
    "TOML": '+++\nchannels = ["C0123456789"]\n+++\n',
    "in a comment of HTML": "<!--\nchannels: [C0123456789]\n-->\n",
    "in a fence": "```yaml\nchannels: [C0123456789]\n```\n",
    "more than dashes": "--- # facts\nchannels: [C0123456789]\n---\n",
    "never closed": "---\nchannels: [C0123456789]\n",
    "never closed, a blank line first": "---\n\nchannels: [C0123456789]\n",
    "closed too early": "---\ntitle: Thornfield\n---\nchannels: [C0123456789]\n---\n",
    "no rule at all": "channels: [C0123456789]\n\n",
    "not valid": "---\ntitle: [a\nchannels: [C0123456789]\n---\n",
    "prose before it": "---\nThornfield Hall\nchannels: [C0123456789]\n---\n",
    "behind a blank line, empty": "\n---\nchannels:\n---\n",
}
SIDECARS = {
    "empty list": "channels = []",
    "an empty text": 'channels = ""',
    "numbers": "channels = [123456789]",
    "a list in a list": 'channels = [["C0123456789"]]',
    "a table": '[channels]\nallowed = "C0123456789"',
    "in a table": '[access]\nchannels = ["C0123456789"]',
    "capital": 'Channels = ["C0123456789"]',
    "singular": 'channel = ["C0123456789"]',
    "a slip": 'chanels = ["C0123456789"]',
    "yes": "channels = true",
    "not valid": "channels = [C0123456789]",
    "too long": 'channels = ["C0123456789"]\n' + "# all that is known\n" * 4000,
}


def refusal(corpus: Path, name: str) -> str:
    """What is said of a document that is refused."""
    with pytest.raises(DocumentError) as found:
        documents.read(corpus, name)
    return str(found.value)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_head_that_is_not_understood_refuses_its_document(tmp_path: Path, head: str, name: str) -> None:
    """Whatever is off in it; the sentence says what to write, or what is wrong with the front matter."""
    write(tmp_path, {name: head + WORDS})
    assert any(word in refusal(tmp_path, name) for word in ("channels", "front matter"))


@pytest.mark.parametrize("before", ["", "\ufeff", "\n", "\ufeff\n \n"], ids=["nothing", "a mark", "a line", "both"])
def test_a_head_is_found_behind_what_nobody_sees(tmp_path: Path, before: str) -> None:
    """A byte order mark and blank lines are not the text's first words."""
    write(tmp_path, {"a.md": before + "---\nchannels: [C0123456789, G1]\n---\n" + WORDS})
    assert documents.read(tmp_path, "a.md")[0].channels == ("C0123456789", "G1")


def test_a_head_behind_other_invisible_characters_is_refused(tmp_path: Path) -> None:
    """It is no front matter there, and no text that everybody may see."""
    write(tmp_path, {"a.md": "\u200b\n---\nchannels: [C0123456789]\n---\n" + WORDS})
    assert "channels" in refusal(tmp_path, "a.md")


def test_a_text_file_with_a_restriction_in_its_head_is_told_where_to_write_it(tmp_path: Path) -> None:
    """Plain text has no head that is read; the file beside it has."""
    write(tmp_path, {"a.txt": "---\ntitle: Fire\nchannels: [C0123456789]\n---\n" + WORDS})
    assert "meta.toml" in refusal(tmp_path, "a.txt")


def test_subtitles_say_it_in_their_header_or_are_refused(tmp_path: Path) -> None:
    """One channel is understood there; nothing, or a list, is not."""
    cue = "\n\n00:00:01.000 --> 00:00:04.000\nI am no bird.\n"
    write(tmp_path, {"a.vtt": "WEBVTT\nchannels: C1" + cue, "b.vtt": "WEBVTT\nchannels:" + cue})
    assert documents.read(tmp_path, "a.vtt")[0].channels == ("C1",)
    assert "channels" in refusal(tmp_path, "b.vtt")


@pytest.mark.parametrize("facts", SIDECARS.values(), ids=SIDECARS)
def test_a_sidecar_that_is_not_understood_refuses_its_document(tmp_path: Path, facts: str) -> None:
    """Its value, its key, its form or its length."""
    write(tmp_path, {"a.txt": WORDS, "a.txt.meta.toml": facts})
    assert any(word in refusal(tmp_path, "a.txt") for word in ("channels", "TOML", "longer"))
    with pytest.raises(DocumentError):
        adding.from_path(tmp_path / "a.txt")


@pytest.mark.parametrize("to", ["nowhere", "facts.toml"])
def test_a_sidecar_that_is_a_link_or_a_folder_refuses_its_document(tmp_path: Path, to: str) -> None:
    """And the index sees that it came."""
    write(tmp_path, {"a.txt": WORDS, "facts.toml": 'title = "Fire"', "b.txt": WORDS})
    before = documents.fingerprint(tmp_path, "a.txt"), documents.fingerprint(tmp_path, "b.txt")
    (tmp_path / "a.txt.meta.toml").symlink_to(tmp_path / to)
    (tmp_path / "b.txt.meta.toml").mkdir()
    assert "link" in refusal(tmp_path, "a.txt")
    assert "ordinary" in refusal(tmp_path, "b.txt")
    after = documents.fingerprint(tmp_path, "a.txt"), documents.fingerprint(tmp_path, "b.txt")
    assert not set(before) & set(after)


@pytest.mark.parametrize("name", ["a.meta.toml", "a.txt.META.toml", "A.txt.meta.toml", "a.txt.toml", "a.txt.meta.yaml"])
def test_a_sidecar_by_another_name_closes_the_document_that_it_may_mean(tmp_path: Path, name: str) -> None:
    """With a restriction in it; without one it is passed over as ever."""
    write(tmp_path, {"a.txt": WORDS, "b.txt": WORDS, name: 'channels = ["C0123456789"]'})
    files, skipped = documents.scan(tmp_path)
    assert files == ["b.txt"]
    assert next(s.reason for s in skipped if s.path == "a.txt").startswith(f"{name} beside it")
    with pytest.raises(DocumentError, match="beside it"):
        adding.from_path(tmp_path / "a.txt")
    write(tmp_path, {name: 'title = "Fire"'})
    assert documents.scan(tmp_path)[0] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 'News channels: a word'\ntags: [channel, bird]\nchanges: many\n# channels: [C1]\n---\n",
        "---\ntags:\n  - channels\n---\n",
        "---\nThe channels of the Thames were narrow.\n---\n",
        "Channel: the BBC of Millcote\nDate: today\n\n",
        "# Channels: a history\n\n",
        "***\n\nChannels of water, said nobody.\n\n",
    ],
)
def test_the_word_in_a_text_restricts_nothing(tmp_path: Path, text: str) -> None:
    """Titles, tags, comments and prose may speak of channels."""
    write(tmp_path, {"a.md": text + WORDS})
    assert documents.read(tmp_path, "a.md")[0].channels == ()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["C1", "C0123456789", " G7 "]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=2),
    max_leaves=5,
)


@given(VALUES)
def test_a_value_gives_exactly_the_channels_it_lists_or_an_error(value: object) -> None:
    """Never everybody, and never another channel."""
    for written in (
        lambda: from_mapping({"channels": value}).channels,
        lambda: (
            formats.extract(
                ("---\n" + yaml.safe_dump({"channels": value}, allow_unicode=True) + "---\n" + WORDS).encode(
                    errors="replace"
                ),
                "a.md",
            ).metadata.channels
        ),
    ):
        try:
            found = written()
        except DocumentError:
            continue
        listed = value if isinstance(value, list) else [value]
        assert found == tuple(str(item).strip() for item in listed)
        assert found


@given(st.sampled_from("channels"), st.integers(0, 7), st.sampled_from("abelnsCHN_ -."), st.integers(0, 2))
def test_a_key_that_is_one_slip_off_is_never_everybody(letter: str, at: int, other: str, how: int) -> None:
    """A letter more, less or another one."""
    key = ("channels"[:at] + other + "channels"[at:], "channels"[:at] + other + "channels"[at + 1 :],
           "channels"[:at] + "channels"[at + 1 :])[how]  # fmt: skip
    head = "---\n" + json.dumps(key) + ": [C0123456789]\n---\n"
    try:
        found = formats.extract((head + WORDS).encode(), "a.md").metadata.channels
    except DocumentError:
        return
    assert found == ("C0123456789",)
    assert letter


def test_a_restriction_that_breaks_is_closed_in_the_index_and_told(tmp_path: Path) -> None:
    """What was restricted and cannot be understood any more is shown to nobody, and status names it."""
    corpus = write(tmp_path / "corpus", {"a.md": "---\nchannels: [C1]\n---\n“The bridge holds”, said Jane Eyre.\n"})
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
        assert [d.channels for d in index.catalog.documents(Audience("C1"))] == [("C1",)]
        write(corpus, {"a.md": "---\nchannels:\n---\n“The bridge holds”, said Jane Eyre.\n"})
        report = index.sync()
        assert report.failed[0].path == "a.md"
        assert index.catalog.documents(EVERYBODY) == index.catalog.documents(Audience("C1")) == ()
    (told,) = read_status(corpus, tmp_path / "data")["failed"]
    assert told["path"] == "a.md"
    assert "channels" in told["error"]


def test_a_file_that_cannot_be_read_any_more_is_shown_to_nobody(tmp_path: Path) -> None:
    """Neither to those who saw it nor to others; a link in its sidecar's place counts as such."""
    corpus = write(tmp_path / "corpus", {"a.txt": "“The bridge holds”, said Jane Eyre.\n"})
    sidecar = corpus / "a.txt.meta.toml"
    sidecar.write_text('channels = ["C1"]')
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
        sidecar.rename(tmp_path / "elsewhere.toml")
        sidecar.symlink_to(tmp_path / "elsewhere.toml")
        index.sync()
        assert index.catalog.documents(EVERYBODY) == index.catalog.documents(Audience("C1")) == ()
