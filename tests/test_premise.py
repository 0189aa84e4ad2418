"""What a question takes for granted of its speaker: told by a document, or the question is declined."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.asking.answer import QuoteFinder
from retrieval.asking.declining import find_premise
from retrieval.model import EVERYBODY
from tests.asking import finder_over

TEXTS = {
    "club": """The Reform Club

Phileas Fogg resigned from the Reform Club on Saturday. “I have a train to catch,” Fogg told the members. “My umbrella stays here,” he
said.
""",
    "vote": """The vote at Meryton

Charles Bingley lost the Meryton election on Monday. “The better dancer has won,” Bingley said.

“I would vote for him again,” said Fitzwilliam Darcy. The mayor had asked Darcy to step down.
""",
    "duel": """A letter

“I hereby resign my commission,” George Wickham wrote to his colonel. “The regiment was dull,” Wickham said.
""",
}


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuoteFinder]:
    texts = {f"{name}.txt": text for name, text in TEXTS.items()}
    with finder_over(tmp_path_factory.mktemp("premise"), texts) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Fogg say when he resigned?", "I have a train to catch,"),
        ("What did Fogg say about trains after he stepped down from the club?", "I have a train to catch,"),
        ("What did Bingley say after he lost the election?", "The better dancer has won,"),
        ("What did Wickham say when he resigned his commission?", "I hereby resign my commission,"),
    ],
)
def test_what_a_document_tells_may_be_taken_for_granted(finder: QuoteFinder, question: str, words: str) -> None:
    """Under another word for it too, or because the speaker does it in so many words."""
    shown = finder.ask(question, EVERYBODY).quotes
    assert shown
    assert shown[0].text.startswith(words)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("What did Bingley say when he resigned?", "when he resigned"),
        ("What did Bingley say after he won the election?", "after he won the election"),
        ("What did Bingley say after he lost the Lambton election?", "after he lost the Lambton election"),
        ("What did Darcy say when he stepped down?", "when he stepped down"),
        ("What did Fogg say in his inaugural address?", "in his inaugural address"),
        ("What did Fogg say after he was arrested?", "after he was arrested"),
    ],
)
def test_what_never_befell_the_speaker_is_told_so(finder: QuoteFinder, question: str, clause: str) -> None:
    """Nobody's words are from a time when he did what no document says he did; what might have happened did not."""
    answer = finder.ask(question, EVERYBODY)
    assert (answer.answered, answer.reason) == (False, "speaker_silent")
    assert clause in answer.message


@pytest.mark.parametrize(
    "question",
    [
        "What did Fogg say when he arrived in Suez?",
        "What did Fogg say about when he resigned?",
        "What did Fogg say in his letter?",
        "What did Fogg say when Bingley resigned?",
    ],
)
def test_other_times_take_nothing_for_granted(question: str) -> None:
    """Coming and going is told in too many words to be looked for, and what is asked about is no premise."""
    assert find_premise(question) is None
