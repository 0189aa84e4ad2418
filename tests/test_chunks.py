"""Passages and windows: whole sentences, bounded, every offset right."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import chunks
from retrieval.model import Document, Quote, Span, Speaker
from retrieval.sentences import _BREAK, paragraphs, sentences
from tests.embed_demo import count_words

WORDS = st.sampled_from(
    ["Ahab", "sees", "Mr.", "Darcy.", "rain", "U.S.", "“No,”", "she", "said.", "3.5", "end?", "…", "«Oui»"]
)
SPACES = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\r\n", "  \n \n", "\u00a0", "\t"])
TEXTS = st.lists(st.tuples(WORDS, SPACES), max_size=120).map(lambda parts: "".join(w + s for w, s in parts))


def document(text: str, body: tuple[Span, ...] = (), title: str | None = None) -> Document:
    return Document(id="letter-1", path="letter.txt", article=1, sha256="0", text=text, body=body, title=title)


def pieces(text: str) -> int:
    """A stand-in for word pieces: one for every four letters begun, and two for the model's own."""
    return 2 + sum(-(-len(word) // 4) for word in text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ahab slept. The sea did not.", ["Ahab slept.", "The sea did not."], id="plain"),
        pytest.param("Mr. Darcy bowed. Elizabeth left.", ["Mr. Darcy bowed.", "Elizabeth left."], id="title"),
        pytest.param(
            "Dr. J. H. Watson wrote it. I read it.", ["Dr. J. H. Watson wrote it.", "I read it."], id="initials"
        ),
        pytest.param(
            "“Call me.” He left. “Why?” she asked.", ["“Call me.”", "He left.", "“Why?” she asked."], id="marks"
        ),
        pytest.param("It rose 3.5 feet. Then it fell.", ["It rose 3.5 feet.", "Then it fell."], id="number"),
        pytest.param("The U.S. consul came. He sat.", ["The U.S. consul came.", "He sat."], id="letters"),
        pytest.param(
            "A hard-wrapped\nline goes on. And on.", ["A hard-wrapped\nline goes on.", "And on."], id="wrapped"
        ),
        pytest.param("Chapter One\n\nIt began.", ["Chapter One", "It began."], id="heading"),
        pytest.param("Holmes smoked.\nWatson wrote.", ["Holmes smoked.", "Watson wrote."], id="line"),
        pytest.param("", [], id="empty"),
        pytest.param(" \n\n ", [], id="blank"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Sentences end where a reader would end them."""
    assert [s.of(text) for s in sentences(text)] == expected


@given(TEXTS)
def test_sentences_lose_nothing(text: str) -> None:
    """Sentences stand in order, do not overlap, and leave out nothing but white space."""
    found = list(sentences(text))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    kept = "".join(s.of(text) for s in found)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)
    assert [s for p in paragraphs(text) for s in sentences(text, p)] == found


@given(st.text(alphabet="ab .!”\n\r\t\f ", max_size=40), st.data())
def test_paragraphs_end_at_every_break(text: str, data: st.DataObject) -> None:
    """Looking where lines end misses no break, in the whole text and in a part of it."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    breaks = [found.span() for found in _BREAK.finditer(text, start, end)]
    ends = [start, *(place for pair in breaks for place in pair), end]
    between = [text[a:b].strip() for a, b in zip(ends[::2], ends[1::2], strict=True)]
    assert [p.of(text) for p in paragraphs(text, Span(start, end))] == [part for part in between if part]


@given(TEXTS)
def test_passages_are_bounded_and_complete(text: str) -> None:
    """Passages cover the whole text in order, and none is longer than the bound."""
    found = chunks.passages(document(text), pieces)
    assert all(pieces(p.span.of(text)) <= chunks.PASSAGE_TOKENS for p in found)
    assert re.sub(r"\s", "", "".join(p.span.of(text) for p in found)) == re.sub(r"\s", "", text)
    assert len({p.id for p in found}) == len(found)


def test_passages_stay_in_the_body() -> None:
    """What is not running text (a menu, a caption) is in no passage."""
    text = "MENU HOME\n\nThe Pequod sailed. Nobody waved.\n\nSubscribe now"
    start = text.index("The Pequod")
    body = (Span(start, text.index("\n\nSubscribe")),)
    (found,) = chunks.passages(document(text, body), count_words)
    assert found.span.of(text) == "The Pequod sailed. Nobody waved."


def test_a_giant_word_is_cut() -> None:
    """A text without a single space is cut into bounded passages too."""
    text = "x" * 5000
    found = chunks.passages(document(text), lambda t: len(t) // 4)
    assert "".join(p.span.of(text) for p in found) == text


def quoted(text: str, words: str, speaker: str = "Captain Ahab", **kwargs: object) -> Quote:
    at = text.index(words)
    spans = (Span(at, at + len(words)),)
    return Quote("q1", "letter-1", "direct", spans, speaker=Speaker("ahab", speaker), **kwargs)  # type: ignore[arg-type]


def test_a_quote_window_says_who_and_what_led_to_it() -> None:
    """A quote's window holds the speaker, the sentence that leads into it, and the quote's own sentence."""
    text = "The crew asked about the whale. “We sail on,” said Captain Ahab. Rain fell."
    quote = quoted(text, "We sail on,", lead=Span(0, 31))
    (window,) = chunks.windows(document(text), [quote], [], pieces)
    assert window.text == "Captain Ahab — The crew asked about the whale. — “We sail on,” said Captain Ahab."
    assert window.owner == "q1"
    assert quote.extent.start >= window.span.start
    assert window.span.end >= quote.extent.end


@given(TEXTS, st.integers(1, 900), st.data())
def test_windows_fit_the_model(text: str, repeat: int, data: st.DataObject) -> None:
    """Whatever the text, the model can read every window whole, and the windows of a quote cover it."""
    text = (text * (repeat % 40)) or "word"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote("q1", "letter-1", "turn", (Span(start, end),), speaker=Speaker("x", "The Count of Somewhere"))
    doc = document(text, title="A title of some words")
    found = chunks.windows(doc, [quote], chunks.passages(doc, count_words), pieces, key="k", limit=64)
    assert all(pieces(w.text) <= 64 for w in found)
    assert len({w.id for w in found}) == len(found)
    covered = "".join(w.span.of(text) for w in found if w.owner == "q1")
    assert re.sub(r"\s", "", covered) == re.sub(r"\s", "", text[start:end])


def test_a_long_turn_has_several_windows() -> None:
    """A turn of many sentences is searched in windows that all point to the one statement."""
    text = " ".join(f"Sentence number {n} speaks of the sea." for n in range(120))
    quote = Quote("q1", "letter-1", "turn", (Span(0, len(text)),), speaker=Speaker("ahab", "Captain Ahab"))
    found = chunks.windows(document(text), [quote], [], pieces)
    assert len(found) > 3
    assert {w.owner for w in found} == {"q1"}
    assert all(w.text.startswith("Captain Ahab — ") for w in found)
    assert all(pieces(w.span.of(text)) <= chunks.PART_PIECES for w in found)


@pytest.mark.parametrize("piece", [" ", "x", "!", "“", "\n", "a. ", ". \n", "(“ ", "A. B. ", "🐋"])
def test_no_text_takes_long(piece: str) -> None:
    """A text of one thing over and over is cut as fast as any other."""
    text = piece * (60_000 // len(piece))
    began = time.monotonic()
    list(sentences(text))
    assert time.monotonic() - began < 3


def test_a_word_without_end_is_cut() -> None:
    """What a model takes for a single unknown piece is cut all the same: no window is thousands of letters long."""
    text = "x" * 50_000
    quote = Quote("q1", "letter-1", "turn", (Span(0, len(text)),), speaker=Speaker("ahab", "Captain Ahab"))
    found = chunks.windows(document(text), [quote], [], lambda _: 3)
    assert max(len(w.text) for w in found) < 8 * 256 + 50
