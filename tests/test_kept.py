"""The memory of bounded size that answering uses."""

from __future__ import annotations

from pathlib import Path

from retrieval.asking.memory import Memory, Remembered
from retrieval.model import EVERYBODY
from tests.asking import people
from tests.stores import open_demo, write


def test_what_was_used_last_stays() -> None:
    """When there is too much, what was not used for longest goes."""
    kept: Remembered[str, str] = Remembered(10, len)
    kept.put("a", "four")
    kept.put("b", "five!")
    assert kept.get("a") == "four"
    kept.put("c", "five?")
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("four", None, "five?")


def test_a_thing_put_twice_weighs_once() -> None:
    """The same key again takes the place of what was there, and its weight."""
    kept: Remembered[str, str] = Remembered(10, len)
    for _ in range(9):
        kept.put("a", "four")
    kept.put("b", "five!")
    assert (kept.get("a"), kept.get("b")) == ("four", "five!")


def test_one_thing_that_is_too_large_is_held_alone() -> None:
    """What weighs more than all that may be kept is there until the next thing comes."""
    kept: Remembered[str, str] = Remembered(3, len)
    kept.put("a", "eleven")
    assert kept.get("a") == "eleven"
    kept.put("b", "no")
    assert (kept.get("a"), kept.get("b")) == (None, "no")


def test_only_what_is_not_held_is_read() -> None:
    """Of many keys those not held are read at once; what is not there is left out, and the order is that of the keys."""
    kept: Remembered[str, str] = Remembered(100, len)
    kept.put("b", "B")
    asked: list[list[str]] = []

    def read(keys: list[str]) -> dict[str, str]:
        asked.append(keys)
        return {key: key.upper() for key in keys if key != "z"}

    assert list(kept.all(["c", "b", "z", "a", "b"], read).items()) == [("c", "C"), ("b", "B"), ("a", "A")]
    assert kept.all(["a", "c"], read) == {"a": "A", "c": "C"}
    assert asked == [["c", "z", "a"]]


def test_made_up_words_do_not_fill_the_memory(tmp_path: Path) -> None:
    """How rare a word is stays at hand for the words asked about last, and is known rightly of all others too."""
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as index:
        index.sync()
        shelf = Memory(index.catalog, people(), most_words=50)
        with index.catalog.snapshot(), shelf.turned():
            for number in range(0, 300, 10):
                found = shelf.frequency(["whale", *(f"word{n}" for n in range(number, number + 10))], EVERYBODY)
                assert found.pop("whale") > 0
                assert set(found.values()) == {0}
            assert shelf.words_at_hand == 50
