"""Corpus files become documents with honest facts, stable ids and offsets that hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import documents
from retrieval.errors import DocumentError

WORDS = "“I am no bird,” Jane Eyre said.\n"


def put(corpus: Path, name: str, content: str | bytes) -> str:
    """Write a corpus file and return its relative path."""
    file = corpus / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def test_front_matter_gives_the_facts_and_stays_out_of_the_text(tmp_path: Path) -> None:
    """What stands after the front matter is the canonical text, unchanged."""
    put(
        tmp_path,
        "a.md",
        "---\ntitle: 'A word: at Thornfield'\npublished: 1847-10-16\nreported_by: The Millcote Herald\n"
        "source_url: https://herald.example/1\nsummary_of: herald-1\nchannels: [C1, C2]\n---\n\n" + WORDS,
    )
    (document,) = documents.read(tmp_path, "a.md")
    assert document.text == "\n" + WORDS
    assert document.title == "A word: at Thornfield"
    assert document.published == date(1847, 10, 16)
    assert document.publisher == "The Millcote Herald"
    assert document.url == "https://herald.example/1"
    assert document.summary_of == "herald-1"
    assert document.channels == ("C1", "C2")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("date: 1847-10-16", date(1847, 10, 16)),
        ("date: '1847-10-16'", date(1847, 10, 16)),
        ("published_time: 1847-10-16 23:50:00-04:00", date(1847, 10, 16)),
        ("published: 1847-10-16T00:10:00Z", date(1847, 10, 16)),
        ("date: 16 October 1847", date(1847, 10, 16)),
        ("date: October 16th, 1847", date(1847, 10, 16)),
        ("date: Sat, 16 Oct 1847 09:00:00 +0000", date(1847, 10, 16)),
        ("date: 1847", None),
        ("date: 1847-02-31", None),
        ("date: some day in autumn", None),
        ("date:", None),
    ],
)
def test_dates_are_read_in_their_own_time_zone_or_not_at_all(
    tmp_path: Path, written: str, expected: date | None
) -> None:
    """A date that is not whole is unknown, never guessed."""
    put(tmp_path, "a.md", f"---\n{written}\n---\n{WORDS}")
    assert documents.read(tmp_path, "a.md")[0].published == expected


@pytest.mark.parametrize(
    "front_matter",
    [
        "---\ntitle: [unclosed\n---\n",
        "---\ntitle: a: b: c\n---\n",
        "---\ntitle: never closed\n",
        "---\ntitle: " + "[" * 5000 + "\n---\n",
    ],
    ids=["unclosed bracket", "two colons", "no end", "nested deep"],
)
def test_broken_front_matter_is_one_sentence(tmp_path: Path, front_matter: str) -> None:
    """The sentence says that it is the front matter."""
    put(tmp_path, "a.md", front_matter + WORDS)
    with pytest.raises(DocumentError, match="front matter"):
        documents.read(tmp_path, "a.md")


def test_a_rule_at_the_start_is_no_front_matter(tmp_path: Path) -> None:
    """Markdown may begin with a rule; its text is all of the file."""
    put(tmp_path, "a.md", "---\nReader, I married him.\n\n---\n" + WORDS)
    assert documents.read(tmp_path, "a.md")[0].text.startswith("---\nReader")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_come_out_as_the_same_characters(tmp_path: Path, encoding: str) -> None:
    """The marks and accents are what they were, and no byte order mark is left."""
    text = "“Où est Adèle?” asked Mrs Fairfax – in vain.\r\nNobody knew.\r\n"
    put(tmp_path, "a.txt", text.encode(encoding))
    assert documents.read(tmp_path, "a.txt")[0].text == text


def test_what_no_store_takes_becomes_the_replacement_character(tmp_path: Path) -> None:
    """NULs and lone surrogates are replaced one by one, so offsets hold."""
    put(tmp_path, "a.txt", b"Jane\x00Eyre \xed\xa0\x80 said so")
    assert documents.read(tmp_path, "a.txt")[0].text == "Jane\ufffdEyre \ufffd said so"


def test_one_bad_byte_does_not_spoil_a_utf8_file(tmp_path: Path) -> None:
    """A file cut in the middle of a character keeps all the others."""
    put(tmp_path, "a.txt", "“Yes,” said Adèle. “Où?”".encode()[:-1])
    assert documents.read(tmp_path, "a.txt")[0].text.startswith("“Yes,” said Adèle. “Où?")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t ", "empty"),
        ("a.txt", b"\x00" * 500, "no words"),
        ("a.txt", "“”" * 10, "no words"),
        ("a.md", "---\ntitle: nothing else\n---\n", "no words"),
        ("a.txt", b"%PDF-1.7 ...", "looks like a PDF"),
        ("a.txt", bytes(range(256)) * 20, "no text"),
        ("a.xyz", WORDS, "no format"),
    ],
)
def test_what_cannot_be_read_is_one_clear_sentence(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    """Each kind of damage is named."""
    put(tmp_path, name, content)
    with pytest.raises(DocumentError, match=said):
        documents.read(tmp_path, name)


def test_a_text_file_has_its_first_line_as_title_and_nothing_else(tmp_path: Path) -> None:
    """Unknown facts are None."""
    put(tmp_path, "a.txt", "\n\n  A Fire at Thornfield  \n\n" + WORDS)
    (document,) = documents.read(tmp_path, "a.txt")
    assert document.title == "A Fire at Thornfield"
    assert (document.published, document.publisher, document.url) == (None, None, None)


def test_a_sidecar_wins_over_what_the_file_says(tmp_path: Path) -> None:
    """Only the facts that it names are replaced."""
    put(tmp_path, "a.md", "---\ntitle: Old\npublisher: The Herald\n---\n" + WORDS)
    put(tmp_path, "a.md.meta.toml", 'title = "New"\npublished = 1847-10-16\nsource_url = "https://x.example/a"\n')
    (document,) = documents.read(tmp_path, "a.md")
    assert (document.title, document.publisher) == ("New", "The Herald")
    assert document.published == date(1847, 10, 16)
    assert document.url == "https://x.example/a"


def test_a_broken_sidecar_is_named(tmp_path: Path) -> None:
    """Facts that cannot be read are an error, not silently missing."""
    put(tmp_path, "a.txt", WORDS)
    put(tmp_path, "a.txt.meta.toml", "title = no quotes")
    with pytest.raises(DocumentError, match=r"a\.txt\.meta\.toml is not valid TOML"):
        documents.read(tmp_path, "a.txt")


def test_the_fingerprint_follows_file_and_sidecar(tmp_path: Path) -> None:
    """A changed sidecar is a changed document."""
    put(tmp_path, "a.txt", WORDS)
    first = documents.fingerprint(tmp_path, "a.txt")
    put(tmp_path, "a.txt.meta.toml", 'title = "New"')
    assert documents.fingerprint(tmp_path, "a.txt") != first


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x.example/a", "https://x.example/a b", "<@U1>"])
def test_only_web_addresses_become_links(tmp_path: Path, address: str) -> None:
    """Anything else in source_url is left out."""
    put(tmp_path, "a.md", f"---\nsource_url: '{address}'\n---\n{WORDS}")
    assert documents.read(tmp_path, "a.md")[0].url is None


def test_a_scan_lists_what_can_be_read_and_says_why_the_rest_is_passed_over(tmp_path: Path) -> None:
    """Nothing outside the folder is followed."""
    outside = tmp_path / "outside"
    corpus = tmp_path / "corpus"
    put(outside, "secret.txt", WORDS)
    for name in [
        "b.txt",
        "sub/a.MD",
        "README.md",
        "people.toml",
        "b.txt.meta.toml",
        ".hidden.txt",
        "c.png",
        ".git/x.txt",
    ]:
        put(corpus, name, WORDS)
    (corpus / "out.txt").symlink_to(outside / "secret.txt")
    (corpus / "folder").symlink_to(outside)
    (corpus / "inner.txt").symlink_to(corpus / "b.txt")
    files, skipped = documents.scan(corpus)
    assert files == ["b.txt", "inner.txt", "sub/a.MD"]
    assert {s.path for s in skipped} == {
        "README.md", "people.toml", "b.txt.meta.toml", ".hidden.txt", "c.png", ".git/", "out.txt", "folder/",
    }  # fmt: skip
    assert all(s.reason for s in skipped)


@pytest.mark.parametrize("path", ["../outside/secret.txt", "/etc/hostname", "out.txt", "a\0.txt"])
def test_no_path_leads_out_of_the_corpus(tmp_path: Path, path: str) -> None:
    """Neither by dots, nor from the root, nor by a link."""
    put(tmp_path, "outside/secret.txt", WORDS)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "out.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    with pytest.raises(DocumentError, match="outside the corpus"):
        documents.read(corpus, path)


def test_an_id_is_readable_and_belongs_to_the_path() -> None:
    """The same path gives the same id; another folder gives another."""
    assert documents.document_id("x/Über den Fluß.txt", 1) == documents.document_id("x/Über den Fluß.txt", 1)
    assert documents.document_id("x/Uber den Flu.txt", 1).startswith("uber-den-flu-")
    assert documents.document_id("x/a.txt", 1) != documents.document_id("y/a.txt", 1)
    assert documents.document_id("x/a.txt", 3) == documents.document_id("x/a.txt", 1) + ".3"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_document_or_a_clear_error(data: bytes) -> None:
    """Whatever the bytes, spans lie inside the text and the text can be stored."""
    from retrieval import formats

    for name in ("a.txt", "a.md"):
        try:
            extracted = formats.extract(data, name)
        except DocumentError:
            continue
        built = documents.build(name, data, extracted, extracted.metadata)
        assert "".join(d.text for d in built) == extracted.text
        for document in built:
            assert document.text.encode("utf-8")
            assert "\0" not in document.text
            assert all(span.end <= len(document.text) for span in document.body)


def test_what_says_the_day_of_a_document_is_told(tmp_path: Path) -> None:
    """Its front matter, its sidecar, its own lines, or the name of its file; a sidecar that repeats the day takes nothing over."""
    said = "“The tide is out,” said Clara Peggotty.\n"
    files = {
        "head.md": f"---\ndate: 1850-11-14\nauthor: Dan Peggotty\nmodified: 1850-12-01\n---\n{said}",
        "beside.txt": said,
        "beside.txt.meta.toml": "published = 1850-11-14",
        "line.txt": f"The boat\nYarmouth, 14 November 1850\n{said}",
        "line.txt.meta.toml": "published = 1850-11-14",
        "1850-11-14.txt": said,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = {name: documents.read(tmp_path, name)[0] for name in files if not name.endswith(".toml")}
    assert {name: d.dated_by for name, d in made.items()} == {
        "head.md": "front matter",
        "beside.txt": "its sidecar",
        "line.txt": "the line under the title",
        "1850-11-14.txt": "file name",
    }
    assert all(d.published == date(1850, 11, 14) for d in made.values())
    assert (made["head.md"].author, made["head.md"].modified) == ("Dan Peggotty", date(1850, 12, 1))
