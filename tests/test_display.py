"""How stored words are shown, and the link that highlights them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.display import collapse, display, link, text_fragment
from retrieval.model import Span


def spans(text: str, *parts: str) -> list[Span]:
    return [Span(text.index(part), text.index(part) + len(part)) for part in parts]


def test_white_space_becomes_one_space_and_nothing_else_changes() -> None:
    """A hard-wrapped quote is shown on one line, its typos and marks untouched."""
    text = "“The  whale\n came witha\u00a0rush…”"
    assert display(text, [Span(1, len(text) - 1)]) == "The whale came witha rush…"


def test_the_words_between_two_fragments_are_shown_where_they_stand() -> None:
    """A split quote is never glued: “I don't,” the captain added, “see it” keeps what stands between."""
    text = "“I don’t,” Ahab added, “see the harbour.”"
    assert display(text, spans(text, "I don’t,", "see the harbour.")) == "I don’t,” Ahab added, “see the harbour."


def test_a_long_gap_is_visible() -> None:
    """Where more than a remark stands between two fragments, the gap is shown as […]."""
    text = "“Call me Ishmael,” he said. " + "The harbour was full of ships from everywhere. " * 4 + "“Some years ago.”"
    assert display(text, spans(text, "Call me Ishmael,", "Some years ago.")) == "Call me Ishmael, […] Some years ago."


def test_a_quote_of_several_paragraphs_has_no_marks_inside() -> None:
    """The mark that opens its next paragraph has no partner, and is left out; a dash stays."""
    text = "“The first day.\n\n“The second day.”"
    assert display(text, spans(text, "The first day.", "The second day.")) == "The first day. The second day."
    text = "“The first day” — “the second day.”"
    assert display(text, spans(text, "The first day", "the second day.")) == "The first day — the second day."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"I don\'t," Ahab added, "see it."', "I don't,” Ahab added, “see it."),
        ("“I don’t” [laughter] “see it.”", "I don’t [laughter] see it."),
        ("«I do,» said Nemo, «see it.»", "I do,” said Nemo, “see it."),
    ],
    ids=["straight", "brackets", "guillemets"],
)
def test_a_clause_between_two_parts_is_told_from_the_words(text: str, shown: str) -> None:
    """Whatever marks the text has, those around the clause are the partners of the pair that is printed."""
    end, begin = (m.strip('"“”«» ') for m in (text[: text.index(" ", 5)], text[text.rindex("see") :]))
    start = text.index(end)
    parts = [Span(start, start + len(end)), Span(text.rindex("see"), text.rindex("see") + len(begin))]
    assert display(text, parts) == shown


@given(st.text())
def test_one_fragment_is_shown_as_it_stands(text: str) -> None:
    """Whatever the text, one whole fragment is that text with white space collapsed."""
    assert display(text, [Span(0, len(text))]) == collapse(text)


def test_a_short_quote_stands_whole_in_the_link() -> None:
    """The text directive carries all the words of a short quote, its own signs encoded."""
    got = link("https://example.org/a", "a well-known fact, & no | more > less")
    assert got == "https://example.org/a#:~:text=a%20well%2Dknown%20fact%2C%20%26%20no%20%7C%20more%20%3E%20less"


def test_a_long_quote_is_linked_by_its_start_and_its_end() -> None:
    """More than ten words become start,end with one bare comma."""
    words = "one two three four five six seven eight nine ten eleven twelve"
    assert text_fragment(words) == "one%20two%20three%20four%20five,eight%20nine%20ten%20eleven%20twelve"


def test_words_around_a_gap_are_linked_by_start_and_end() -> None:
    """What is not contiguous is never linked as if it were."""
    assert text_fragment("It is […] not for sale") == "It%20is,not%20for%20sale"
    assert text_fragment("It is,” Ahab said, “not for sale") == "It%20is%2C,not%20for%20sale"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (None, None),
        ("", None),
        ("javascript:alert(1)", None),
        ("ftp://example.org/x", None),
        ("https://example.org/a.pdf", "https://example.org/a.pdf"),
        ("https://example.org/a#part", "https://example.org/a#part:~:text=Yes"),
    ],
    ids=["none", "empty", "script", "ftp", "pdf", "fragment"],
)
def test_only_web_addresses_are_linked(url: str | None, expected: str | None) -> None:
    """No address, no link; a PDF keeps its plain address; an own fragment stays."""
    assert link(url, "Yes") == expected


def test_the_mark_that_ends_a_quote_is_not_looked_for() -> None:
    """“We shall cross,” she said: where the words stand otherwise, another mark follows them."""
    assert link("https://example.org/a", "We shall cross,") == "https://example.org/a#:~:text=We%20shall%20cross"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1))
def test_a_directive_holds_no_sign_with_a_meaning_of_its_own(words: str) -> None:
    """Whatever the words, what is encoded comes back as them, and only start and end are parted by a comma."""
    made = text_fragment(words)
    assert made.count(",") <= 1
    assert not set(made) & set("-&<>\"' \n")
    if "," not in made:
        assert unquote(made) == " ".join(words.replace("[…]", " ").split()) or "[…]" in words or "“" in words
