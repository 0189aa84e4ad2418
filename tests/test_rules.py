"""Rules can be counted and switched off, and the list of what overrules a model is whole."""

from __future__ import annotations

import pytest

from retrieval.rules import RULES, rule, switched_off
from tests.bench.rules_list import PLACE, page
from tests.reading import said


@rule("whose words", off=0)
def twice(number: int) -> int:
    """The number doubled."""
    return 2 * number


@rule("order", keep=0)
def turned(words: list[str]) -> list[str]:
    """The words the other way round."""
    return words[::-1]


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """The rules of this file stand in no list."""
    for name in [name for name in RULES if name.startswith("tests.")]:
        RULES.pop(name)


def test_a_rule_speaks_as_ever_where_nothing_is_switched() -> None:
    """Answering knows nothing of the counting."""
    assert twice(4) == 8
    assert turned(["a", "b"]) == ["b", "a"]


def test_what_a_rule_says_is_counted_and_saying_nothing_is_not() -> None:
    """It fires where it says something else than without it."""
    with switched_off() as fired:
        assert [twice(4), twice(0)] == [8, 0]
        turned(["a", "b"])
        turned(["a", "a"])
    assert dict(fired) == {"tests.test_rules.twice": 1, "tests.test_rules.turned": 1}


def test_a_rule_that_is_off_says_nothing() -> None:
    """It returns its nothing, or what it was given, and only inside."""
    RULES["tests.test_rules.twice"] = RULES["tests.test_rules.turned"] = next(iter(RULES.values()))
    with switched_off(["tests.test_rules.twice", "tests.test_rules.turned"]) as fired:
        assert twice(4) == 0
        assert turned(["a", "b"]) == ["a", "b"]
    assert not fired
    assert twice(4) == 8


def test_a_rule_of_reading_that_is_off_changes_whose_words_they_are() -> None:
    """ "X did not say" gives X the words once nobody looks at the "not"."""
    text = "Captain Ahab came aboard. Ahab did not say: “I shall leave the whale alone.”"
    assert said(text)[0][0] is None
    with switched_off(["reading.denials.unsaid"]):
        assert said(text)[0][0] == "Ahab"


def test_an_unknown_rule_is_told() -> None:
    """Nobody measures what is not there."""
    with pytest.raises(KeyError, match=r"no rule is called reading\.nothing"), switched_off(["reading.nothing"]):
        pass


def test_each_rule_says_what_it_does_and_the_list_is_up_to_date() -> None:
    """docs/rules.md is what `python -m tests.bench.rules_list` writes."""
    assert all(r.says for r in RULES.values()), [r.name for r in RULES.values() if not r.says]
    assert PLACE.read_text(encoding="utf-8") == page(), "run: python -m tests.bench.rules_list"
