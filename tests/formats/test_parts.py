"""A file of several documents: each has its own words and facts, and what restricts the file restricts them all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import documents
from retrieval.errors import DocumentError
from retrieval.formats import Extracted, Part
from retrieval.formats.gathering import BETWEEN, Gathered, gathered
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata
from retrieval.model import Document, Locator, Span
from retrieval.taking import limits

PIP = "“I was afraid of the marshes,” said Pip."
JOE = "“Ever the best of friends,” said Joe."


def two(of_file: Metadata = NOTHING_KNOWN, *facts: Metadata) -> Extracted:
    """A file of two documents with these facts."""
    first, second = facts or (Metadata(title="The marshes"), Metadata(title="The forge"))
    middle = len(PIP) + 2
    parts = (Part(Span(0, len(PIP)), first), Part(Span(middle, middle + len(JOE)), second))
    return Extracted(f"{PIP}\n\n{JOE}", of_file, parts=parts)


def build(extracted: Extracted, known: Metadata = NOTHING_KNOWN) -> tuple[Document, ...]:
    """The documents of a file."""
    return documents.build("letters.csv", b"x", extracted, known)


def test_each_part_is_a_document_with_its_own_text_and_facts() -> None:
    """Numbered through the file, under the ids that joined texts have."""
    first, second = build(two())
    assert [d.text for d in (first, second)] == [PIP, JOE]
    assert [d.title for d in (first, second)] == ["The marshes", "The forge"]
    assert [d.id for d in (first, second)] == [documents.document_id("letters.csv", n) for n in (1, 2)]
    assert [d.article for d in (first, second)] == [1, 2]
    assert [[s.of(d.text) for s in d.body] for d in (first, second)] == [[PIP], [JOE]]


def test_what_restricts_the_file_restricts_every_part() -> None:
    """Whether the file says so or its sidecar does."""
    assert [d.channels for d in build(two(Metadata(channels=("C1",))))] == [("C1",), ("C1",)]
    assert [d.channels for d in build(two(), Metadata(channels=("C1", "C2")))] == [("C1", "C2"), ("C1", "C2")]


def test_a_part_may_be_closed_further_and_never_opened() -> None:
    """The channels are those that both allow; where that is none, the file is refused."""
    narrow = two(Metadata(channels=("C1", "C2")), Metadata(channels=("C2", "C3")), NOTHING_KNOWN)
    assert [d.channels for d in build(narrow)] == [("C2",), ("C1", "C2")]
    with pytest.raises(DocumentError, match="nobody"):
        build(two(Metadata(channels=("C1",)), Metadata(channels=("C2",)), NOTHING_KNOWN))


def test_what_is_stated_beside_the_file_gives_no_part_anothers_title_or_address() -> None:
    """A publisher counts for all of them, a day for those that have none."""
    known = Metadata(
        title="All letters", url="https://forge.example/", publisher="The Forge", published=date(1861, 1, 1)
    )
    first, second = build(two(NOTHING_KNOWN, Metadata(published=date(1860, 12, 1)), NOTHING_KNOWN), known)
    assert [d.title for d in (first, second)] == [None, None]
    assert [d.url for d in (first, second)] == [None, None]
    assert [d.publisher for d in (first, second)] == ["The Forge", "The Forge"]
    assert [d.published for d in (first, second)] == [date(1860, 12, 1), date(1861, 1, 1)]


def test_a_day_in_the_name_of_a_file_is_no_day_of_several_documents() -> None:
    """That in a document's own address is."""
    facts = Metadata(url="https://forge.example/1861/08/03/joe"), NOTHING_KNOWN
    built = documents.build("letters-1860-12-01.csv", b"x", two(NOTHING_KNOWN, *facts), NOTHING_KNOWN)
    assert [d.published for d in built] == [date(1861, 8, 3), None]


def test_a_speaker_stated_beside_several_documents_is_refused() -> None:
    """Whose words each is stands with each."""
    with pytest.raises(DocumentError, match="several documents"):
        build(two(), Metadata(speaker="Joe Gargery"))


def test_the_only_part_of_a_file_takes_what_is_stated_beside_it() -> None:
    """It is the file."""
    only = Extracted(PIP, parts=(Part(Span(0, len(PIP)), Metadata(title="Marshes")),))
    (document,) = build(only, Metadata(title="The marshes", speaker="Philip Pirrip"))
    assert (document.title, document.speaker_given) == ("The marshes", "Philip Pirrip")


def test_parts_cross_from_the_worker() -> None:
    """With their facts, and with what was left out."""
    facts = Metadata(
        title="Forge", publisher="Joe", published=date(1861, 1, 1), url="https://forge.example/", author="Pip", dated_by="address",
        channels=("C1",), speaker="Joe Gargery", speaker_given_by="its row",
    )  # fmt: skip
    part = Part(Span(0, len(PIP)), facts, joined=True, headed=True, structured=True)
    extracted = Extracted(PIP, locators=(Locator(Span(0, 3), "row 1"),), parts=(part,), left_out=("a.png",))
    assert limits._from_json(limits.to_json(extracted)) == extracted


@given(st.lists(st.tuples(st.text(min_size=1), st.booleans()), min_size=1, max_size=8))
def test_gathered_texts_keep_every_offset(texts: list[tuple[str, bool]]) -> None:
    """Each part, body and locator covers what it covered in its own text."""
    found = [
        Gathered(Extracted(text, body=(Span(0, len(text) // 2),) if halved else ()), f"row {n}")
        for n, (text, halved) in enumerate(texts)
    ]
    extracted = gathered(found)
    assert extracted.text == BETWEEN.join(text for text, _ in texts)
    assert [part.span.of(extracted.text) for part in extracted.parts] == [text for text, _ in texts]
    assert [locator.span.of(extracted.text) for locator in extracted.locators] == [text for text, _ in texts]
    if any(halved for _, halved in texts):
        expected = [text[: len(text) // 2] if halved else text for text, halved in texts]
        assert [span.of(extracted.text) for span in extracted.body] == expected
