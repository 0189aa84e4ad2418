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
