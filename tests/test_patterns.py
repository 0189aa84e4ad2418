"""The patterns that meet what people and pages send first are linear: four times the text takes about four times as long."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.worst_repetition import collected, seconds, texts, used

PROJECT = Path(__file__).resolve().parent.parent
PATTERNS = collected(("bot.", "retrieval.taking.", "retrieval.spelling", "retrieval.display"))
SHORT, LONG = 1_500, 6_000
NOTHING, MOST_SECONDS, MOST_TIMES = 0.01, 0.1, 10.0  # a square takes sixteen times as long


@pytest.fixture(scope="module")
def methods() -> dict[str, set[str]]:
    """How each pattern is used."""
    return used(PROJECT)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear_on_its_worst_repetition(name: str, methods: dict[str, set[str]]) -> None:
    """The best of three counts, since the machine has others to serve."""
    pattern, how = PATTERNS[name], methods.get(name.rsplit(".", 1)[1].split("[")[0], set())
    for short, long in zip(texts(pattern, SHORT), texts(pattern, LONG), strict=True):
        if seconds(pattern, how, short) < NOTHING / 4 and seconds(pattern, how, long) < NOTHING:
            continue
        few, many = (min(seconds(pattern, how, text) for _ in range(3)) for text in (short, long))
        assert many < NOTHING or (many < MOST_SECONDS and many / few < MOST_TIMES), (short[:40], few, many)


ASKED = collected(("retrieval.asking.",))
A_QUESTION = 0.25  # seconds; a hundred times what a pattern takes of a question that somebody asks


@pytest.mark.parametrize("name", ASKED)
def test_no_question_keeps_a_pattern_busy(name: str, methods: dict[str, set[str]]) -> None:
    """A question has 1,500 characters at most, and single spaces: on these none takes long, whatever they are."""
    pattern, how = ASKED[name], methods.get(name.rsplit(".", 1)[1].split("[")[0], set())
    for text in texts(pattern, SHORT):
        question = " ".join(text.split())[:SHORT]
        assert min(seconds(pattern, how, question) for _ in range(2)) < A_QUESTION, question[:40]


READ = collected(
    ("retrieval.reading.", "retrieval.formats.", "retrieval.lexicon", "retrieval.sentences", "retrieval.titles")
)
# Not linear, and never given more than so many characters: by whom they are called, as these lines say
BOUNDED = {
    "retrieval.formats.dateline._LINE": "lines of a head, 200 characters each",
    "retrieval.formats.dateline._EVENT": "lines of a head",
    "retrieval.formats.html._CHARSET": "the first 4,096 bytes of a page",
    "retrieval.formats.md._HEADING": "the first 2,000 characters",
    "retrieval.formats.restriction._LONE_KEY": "200 characters of a line",
    "retrieval.reading.candidates._OWNER": "240 characters before a quotation mark",
    "retrieval.reading.frames._CLOCK_ALONE": "a label's 110 characters",
    "retrieval.reading.frames._NAME_AND_OFFICE": "a label's 110 characters",
    "retrieval.reading.interviews._MARKED": "a paragraph shorter than a question may be",
    "retrieval.reading.label_offices._NAME_RUN": "90 characters behind an office",
    "retrieval.reading.label_offices._WORD_BEFORE": "20 characters before an office",
    "retrieval.reading.layout._LABEL_LINE": "matched once a line, with bounded parts",
    "retrieval.reading.ruled_out._OWNER": "60 characters before a pronoun",
    "retrieval.reading.turns._END": "a line of a heading's length",
    "retrieval.sentences._LAST_WORD": "20 characters before a full stop",
}
SOME, MORE, AT_ONCE, TIMES = 2_000, 8_000, 0.01, 9.0  # characters; seconds; a square takes sixteen times as long


@pytest.mark.parametrize("name", [name for name in READ if name not in BOUNDED])
def test_a_pattern_on_documents_is_linear(name: str, methods: dict[str, set[str]]) -> None:
    """Each part of it over and over takes no time at all, or about four times as long in a text of four times the length."""
    pattern, how = READ[name], methods.get(name.rsplit(".", 1)[1].split("[")[0], set())
    for short, long in zip(texts(pattern, SOME), texts(pattern, MORE), strict=True):
        if seconds(pattern, how, short) < AT_ONCE:
            continue
        few, many = (min(seconds(pattern, how, text) for _ in range(3)) for text in (short, long))
        assert few < AT_ONCE or many / few < TIMES, (short[:40], few, many)


def test_what_is_bounded_by_its_callers_is_there() -> None:
    """The list names no pattern that is gone."""
    assert set(BOUNDED) <= set(READ)
