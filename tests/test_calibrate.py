"""The examples that evidence is fitted on, and the fit itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.asking.calibrate import Example, each_alone, examples, examples_alone, fit_answer
from retrieval.asking.rank import ANSWER_FEATURES
from retrieval.evaluate import Case
from retrieval.model import EVERYBODY
from tests.asking import finder_of, index_of
from tests.stores import write

HERBERT = "“The fever breaks when the lamp is low,” Herbert Pocket said."
TEXTS = {
    "barnard.md": f"---\ntitle: At Barnard's Inn\npublished: 1861-03-01\n---\n{HERBERT}\n",
    "forge.md": "---\ntitle: At the forge\npublished: 1861-03-02\n---\n“What larks we had upon the marshes,” Joe Gargery said.\n",
}
CASES = [
    Case(
        "1",
        "What did Herbert Pocket say about the fever?",
        "words",
        True,
        "Herbert Pocket",
        ("The fever breaks when the lamp is low",),
        ("barnard",),
    ),
    Case(
        "2",
        "What did Joe Gargery say about the marshes?",
        "words",
        True,
        "Joe Gargery",
        ("What larks we had upon the marshes",),
        ("forge",),
    ),
]


def test_each_document_alone_meets_its_own_question_and_anothers_topic(tmp_path: Path) -> None:
    """In a corpus of one: its question is answerable, and its speaker said nothing of what the other document is asked about."""
    corpus = write(tmp_path / "corpus", TEXTS)
    rooms = each_alone(corpus, tmp_path / "alone")
    assert sorted(rooms) == ["barnard", "forge"]
    with index_of(tmp_path / "alone", tmp_path / "data") as index:
        finder = finder_of(index)
        with finder.reading():
            found = examples_alone(CASES, finder, rooms, "great")
            assert examples(CASES, finder, "great", EVERYBODY) == []  # nobody but its own audience sees a document
    assert [(e.case.id, e.case.answerable, any(e.right)) for e in found] == [
        ("1", True, True),
        ("1", False, False),
        ("2", True, True),
        ("2", False, False),
    ]
    assert found[1].case.question == "What did Herbert Pocket say about marshes?"
    assert {path.name for path in corpus.iterdir()} == set(TEXTS)  # the corpus itself is as it was


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    folder = tmp_path_factory.mktemp("fitted")
    with index_of(write(folder / "corpus", TEXTS), folder / "data") as index:
        finder = finder_of(index)
        with finder.reading():
            return examples(CASES, finder)


@pytest.mark.parametrize(("name", "sign"), [("whole", 1), ("far", -1)])
def test_a_feature_that_would_have_to_say_the_contrary_of_its_name_weighs_nothing(
    fitted: list[Example], name: str, sign: int
) -> None:
    """Where a higher cosine came with wrong answers alone, the cosine is not used, not turned round."""
    assert ANSWER_FEATURES[name] == sign

    def with_amount(right: bool, amount: float) -> Example:
        one = fitted[0]
        judged = replace(one.judged, features=dict.fromkeys(ANSWER_FEATURES, 0.0) | {name: amount})
        return Example(one.case, judged, (right, *one.right[1:]))

    said = [with_amount(right=True, amount=0.9), with_amount(right=False, amount=0.1)] * 20
    contrary = [with_amount(right=False, amount=0.9), with_amount(right=True, amount=0.1)] * 20
    good, bad = (said, contrary) if sign > 0 else (contrary, said)
    assert fit_answer(good)[0][name] * sign > 0
    assert fit_answer(bad)[0][name] == 0
