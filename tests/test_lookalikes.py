"""Names that look like others and characters that turn what stands around them: no new person, no other reading."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.harmless import harmless
from bot.slack.messages import admin_views, answers, listings
from bot.slack.messages.answers import Asked
from retrieval.catalog import SpeakerCount
from retrieval.model import Answer, Question
from retrieval.spelling import folded, in_one_alphabet
from tests.invented import hit
from tests.reading import read

TWINS = {
    "a": "а",
    "e": "е",
    "o": "о",
    "p": "р",
    "c": "с",
    "x": "х",
    "i": "і",
    "B": "В",
    "E": "Е",
    "H": "Н",
    "T": "Т",
    "A": "Α",
    "Z": "Ζ",
    "M": "Μ",
}
NAMES = ["Elizabeth Bennet", "Captain Ahab", "Phileas Fogg", "Mina Harker", "Dorothea Brooke", "Edward Casaubon"]


@given(st.sampled_from(NAMES), st.data())
def test_a_name_in_mixed_alphabets_is_compared_as_the_one_that_it_looks_like(name: str, data: st.DataObject) -> None:
    """Whichever of its letters are look-alikes, as long as one of its own is left."""
    places = [n for n, letter in enumerate(name) if letter in TWINS]
    chosen = data.draw(st.sets(st.sampled_from(places), max_size=len(places)))
    mixed = "".join(TWINS[c] if n in chosen else c for n, c in enumerate(name))
    assert folded(mixed) == folded(name)


@pytest.mark.parametrize(
    "name", ["Анна Каренина", "Ελισάβετ", "Søren Kierkegård", "Łukasz", "Þórður", "Zoë", "李白", "Elizabeth Bennet", ""]
)
def test_a_name_of_one_alphabet_is_left_as_it_is(name: str) -> None:
    """A Russian or Greek name is no look-alike of anything."""
    assert in_one_alphabet(name) == name


@pytest.mark.parametrize("letter", ["a", "B", "e"])
def test_a_look_alike_is_no_new_person(letter: str) -> None:
    """Beside the real one, and in a document of its own."""
    real, mixed = "Elizabeth Bennet", "Elizabeth Bennet".replace(letter, TWINS[letter], 1)
    both = (
        f"{real} came to the ball. “I could easily forgive his pride, if he had not mortified mine”, said {real}.\n\n"
        f"The company had left. “There is nothing left of the lodgings at all”, said {mixed}.\n"
    )
    alone = f"The company had left. “There is nothing left of the lodgings at all”, said {mixed}.\n"
    found = [q.speaker.id for text in (both, alone) for q in read(text) if q.kind == "direct" and q.speaker]
    assert set(found) == {"elizabeth-bennet"}


TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_nothing_that_turns_the_order_is_shown() -> None:
    """Not in the words, the name, the office, the title, the publisher, a list or a modal."""
    bad = f"tsap{TURNING}a"
    shown = hit(words=f"It was {TURNING}the best of times indeed.", speaker=bad, role=bad, title=bad, publisher=bad)
    answer = Answer(Question(text=bad, intent="quote"), (shown,))
    messages = [
        answers.answer(answer, Asked("Ev1", bad)).payload(),
        listings.speakers([SpeakerCount("x", bad, "person", (), 3)]).payload(),
        admin_views.hide(shown, "C1"),
    ]
    for message in messages:
        visible = json.dumps(without_values(harmless(message)), ensure_ascii=False)
        assert not set(visible) & set(TURNING)
    assert set(json.dumps(messages, ensure_ascii=False)) & set(TURNING)


def without_values(value: object) -> object:
    """What of a message is shown."""
    if isinstance(value, dict):
        return {k: without_values(v) for k, v in value.items() if k not in ("value", "private_metadata", "url")}
    return [without_values(v) for v in value] if isinstance(value, list) else value


def test_what_the_bot_itself_reads_is_left_as_it_is() -> None:
    """A button's value comes back as it went."""
    button = {"type": "button", "value": f"a{TURNING}", "text": {"text": f"a{TURNING}"}}
    assert harmless(button) == {"type": "button", "value": f"a{TURNING}", "text": {"text": "a"}}
