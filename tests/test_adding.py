"""Adding a document: a look before it is kept, a safe name, a sidecar with what is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import adding, documents, formats
from retrieval.errors import DocumentError
from retrieval.formats.metadata import Metadata
from retrieval.model import Audience, Document, Quote, Span, Speaker, Understanding
from tests.formats.making import lines, pdf

TEXT = (
    "A Fire at Thornfield\n\nThe house burned down on Monday.\n\n“I saw the battlements in flames,” Jane Eyre said.\n\n"
    "“Reader, I married him,” Jane Eyre said.\n"
)


class SaidReader:
    """Finds words between double marks and credits them to Jane Eyre."""

    def understood(self, document: Document) -> Understanding:
        return Understanding(self.read(document))

    def read(self, document: Document) -> tuple[Quote, ...]:
        speaker = Speaker("jane-eyre", "Jane Eyre")
        found, start = [], document.text.find("“")
        while start >= 0:
            end = document.text.index("”", start)
            found.append(
                Quote(f"q{start}", document.id, "direct", (Span(start + 1, end),), speaker=speaker, confidence=0.9)
            )
            start = document.text.find("“", end)
        return tuple(found)


class FixedShelf:
    """Knows the documents that it was given."""

    def __init__(self, *found: Document) -> None:
        self._found = found

    def documents(self, audience: Audience) -> tuple[Document, ...]:
        return self._found


def test_a_preview_says_what_was_understood() -> None:
    """Title, quotes by whom, the first lines, and questions in the document's own words."""
    (seen,) = adding.preview(adding.from_bytes(TEXT.encode(), "fire.txt"), SaidReader(), FixedShelf())
    assert seen.document.title == "A Fire at Thornfield"
    assert seen.document.published is None
    assert seen.quotes == 2
    assert seen.speakers == (adding.SpeakerQuotes("Jane Eyre", 2),)
    assert seen.first_lines[0] == "The house burned down on Monday."
    assert seen.duplicates == ()
    assert seen.questions == ("What did Jane Eyre say about battlements?",)  # the other quote names no subject


def test_duplicates_are_shown_whole_and_nearly() -> None:
    """The same bytes, the same text, and nearly the same words are recognised."""
    candidate = adding.from_bytes((TEXT * 9).encode(), "fire.txt")
    (document,) = candidate.articles
    again = adding.from_bytes((TEXT * 9).encode(), "copy.txt").articles[0]
    nearly = adding.from_bytes((TEXT * 9 + "More soon.\n").encode(), "nearly.txt").articles[0]
    other = adding.from_bytes(
        "“A whale!” said Ahab, and nobody on the ship doubted him.\n".encode(), "other.txt"
    ).articles[0]
    (seen,) = adding.preview(candidate, None, FixedShelf(document, again, nearly, other))
    assert [d.path for d in seen.duplicates] == ["added/copy.txt"]
    (seen,) = adding.preview(candidate, None, FixedShelf(nearly, other))
    assert [d.path for d in seen.duplicates] == ["added/nearly.txt"]


def test_a_file_is_copied_with_what_is_known_beside_it(tmp_path: Path) -> None:
    """What was stated wins over the file; reading the corpus gives it back."""
    source = tmp_path / "from" / "Mr. Rochester’s  statement (final).PDF"
    source.parent.mkdir()
    source.write_bytes(pdf([lines(["“I saw the battlements in flames,” Jane Eyre said."])], title="A Fire"))
    corpus = tmp_path / "corpus"
    stated = Metadata(
        title="Fire: “all” of it", published=date(1847, 10, 16), url="https://x.example/a", channels=("C1",)
    )
    path = adding.keep(corpus, adding.from_path(source, stated))
    assert path.startswith("added/Mr-Rochester")
    assert documents.scan(corpus)[0] == [path]
    (document,) = documents.read(corpus, path)
    assert (document.title, document.published, document.url) == (
        "Fire: “all” of it",
        date(1847, 10, 16),
        "https://x.example/a",
    )
    assert document.channels == ("C1",)


def test_a_sidecar_beside_the_source_is_heeded(tmp_path: Path) -> None:
    """It is read, and what is stated now wins over it."""
    source = tmp_path / "fire.txt"
    source.write_text(TEXT, encoding="utf-8")
    (tmp_path / "fire.txt.meta.toml").write_text('title = "Old"\npublisher = "The Herald"\n', encoding="utf-8")
    facts = adding.from_path(source, Metadata(title="New")).facts
    assert (facts.title, facts.publisher) == ("New", "The Herald")


def test_keeping_twice_keeps_once_and_another_text_gets_its_own_name(tmp_path: Path) -> None:
    """Nothing is overwritten."""
    first = adding.keep(tmp_path, adding.from_bytes(TEXT.encode(), "fire.txt"))
    again = adding.keep(tmp_path, adding.from_bytes(TEXT.encode(), "fire.txt"))
    other = adding.keep(tmp_path, adding.from_bytes("“A whale!” said Ahab.".encode(), "fire.txt"))
    assert (first, again, other) == ("added/fire.txt", "added/fire.txt", "added/fire-2.txt")
    assert (tmp_path / first).read_text(encoding="utf-8") == TEXT


def test_nothing_is_written_through_a_link_out_of_the_corpus(tmp_path: Path) -> None:
    """A folder that leads elsewhere is refused."""
    (tmp_path / "outside").mkdir()
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "added").symlink_to(tmp_path / "outside")
    with pytest.raises(DocumentError, match="leads out of the corpus"):
        adding.keep(corpus, adding.from_bytes(TEXT.encode(), "fire.txt"))
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("name", ["missing.txt", ".", "a\0b.txt"])
def test_a_path_that_leads_to_no_file_is_one_sentence(tmp_path: Path, name: str) -> None:
    """Folders and broken names too."""
    with pytest.raises(DocumentError):
        adding.from_path(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("CON.txt", "document-CON.txt"),
        ("README.md", "document-README.md"),
        (".hidden.md", "hidden.md"),
        ("a.meta.txt", "document-a-meta.txt"),
        ("Überblick: Lage.PDF", "Überblick-Lage.pdf"),
        ("...", "document"),
        ("a\nb\x1b[31m.txt", "a-b-31m.txt"),
        ("x" * 300 + ".txt", "x" * 80 + ".txt"),
    ],
)
def test_names_are_made_safe(name: str, expected: str) -> None:
    """No folder, no hidden file, no device, no control character."""
    assert adding.safe_name(name) == expected


@given(st.text(max_size=120))
def test_any_name_becomes_one_that_the_corpus_takes(name: str) -> None:
    """Whatever it was called, it is one plain file name, and making it safe again changes nothing."""
    safe = adding.safe_name(name + ".txt")
    assert safe == Path(safe).name
    assert not safe.startswith(".")
    assert formats.known(safe)
    assert len(safe.encode()) < 200
    assert adding.safe_name(safe) == safe


@given(
    st.builds(
        Metadata,
        title=st.text(min_size=1, max_size=50),
        publisher=st.text(max_size=20) | st.none(),
        published=st.dates(min_value=date(1000, 1, 1)) | st.none(),
    )
)
def test_a_sidecar_gives_back_what_was_put_in(facts: Metadata) -> None:
    """Whatever characters are in a title."""
    import tomllib

    from retrieval.formats.metadata import from_mapping, one_line

    clean = Metadata(one_line(facts.title or ""), one_line(facts.publisher or ""), facts.published)
    assert from_mapping(tomllib.loads(adding.sidecar_text(clean))) == clean
