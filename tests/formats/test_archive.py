"""A zip of documents: each is read as it would be alone, nothing is unpacked, nothing closed comes out of it open."""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

from retrieval import adding, documents, formats
from retrieval.errors import DocumentError
from retrieval.formats import archive
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata
from retrieval.model import Document, Silence
from tests.embed_demo import ReadDemo
from tests.formats.making import word, zipped
from tests.stores import open_demo

JOE = "“Ever the best of friends,” said Joe."
PIP = "“I was afraid of the marshes,” said Pip."


def read(members: dict[str, str | bytes], known: Metadata = NOTHING_KNOWN) -> tuple[Document, ...]:
    """The documents of a zip of these members."""
    data = zipped(members)
    return documents.build("a.zip", data, formats.extract(data, "a.zip"), known)


def test_each_member_is_a_document_as_it_would_be_alone() -> None:
    """In the order of their names, with its place, whatever its format."""
    table = "text,title\nNo.,Forge\nYes.,Marsh\n"
    members = {"b/joe.md": f"---\ntitle: Forge\n---\n{JOE}", "a.docx": word([PIP]), "c.csv": table}
    first, second, third, fourth = read(members)
    assert [d.text for d in (first, second, third, fourth)] == [PIP, JOE, "No.", "Yes."]
    assert [d.title for d in (second, third, fourth)] == ["Forge", "Forge", "Marsh"]
    places = [d.locators[0].label for d in (first, second, third, fourth)]
    assert places == ["a.docx", "b/joe.md", "c.csv, row 2", "c.csv, row 3"]


def test_a_sidecar_in_the_archive_says_what_it_says_beside_a_file() -> None:
    """And so does the one beside the archive."""
    members = {"a.txt": JOE, "a.txt.meta.toml": 'title = "Forge"\nchannels = ["C1", "C2"]\n', "b.txt": PIP}
    closed, other = read(members)
    assert (closed.title, closed.channels, other.channels) == ("Forge", ("C1", "C2"), ())
    closed, other = read(members, Metadata(channels=("C2",)))
    assert (closed.channels, other.channels) == (("C2",), ("C2",))
    with pytest.raises(DocumentError, match="nobody"):
        read(members, Metadata(channels=("C3",)))


@pytest.mark.parametrize(
    "name", ["a.meta.toml", "a.txt.meta.TOML.bak", "channels.yml", "settings.toml", ".a.txt.meta.toml"]
)
def test_a_file_that_may_restrict_another_closes_the_archive(name: str) -> None:
    """Under whatever name it lies there."""
    with pytest.raises(DocumentError, match="may restrict"):
        read({"a.txt": JOE, name: 'channels = ["C1"]\n'})


def test_a_sidecar_that_is_not_understood_closes_the_archive() -> None:
    """It never means everybody."""
    with pytest.raises(DocumentError, match="channel ids"):
        read({"a.txt": JOE, "b.txt": PIP, "a.txt.meta.toml": 'channels = "forge"\n'})


def test_what_is_not_read_is_passed_over_and_said(tmp_path: Path) -> None:
    """When it is added, and when the corpus is read."""
    members: dict[str, str | bytes] = {
        "a.txt": JOE,
        "b.png": "x",
        "c.zip": zipped({"d.txt": PIP}),
        "e.md": "---\na: [\n---\n",
    }
    members |= {"__MACOSX/._a.txt": "x", "README.md": "All letters.", "notes.toml": "a = 1"}
    told = formats.extract(zipped(members), "a.zip").left_out
    assert [line.split(":")[0] for line in told] == [
        f"holds {name}, which was passed over" for name in ("b.png", "c.zip", "e.md")
    ]
    (shown,) = adding.preview(adding.from_bytes(zipped(members), "a.zip"), ReadDemo())
    assert shown.silent[:3] == told
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.zip").write_bytes(zipped(members))
    with open_demo(tmp_path / "data", corpus) as index:
        assert index.sync().silent[:3] == tuple(Silence("a.zip", line) for line in told)


@pytest.mark.parametrize("name", ["../a.txt", "/a.txt", "b/../../a.txt", "C:/a.txt", "b\\a.txt", "a\n.txt"])
def test_a_name_that_leads_away_refuses_the_archive(name: str) -> None:
    """Though nothing is ever unpacked."""
    with pytest.raises(DocumentError, match="leads out"):
        read({"a.txt": JOE, name: PIP})


def test_an_encrypted_archive_is_refused() -> None:
    """The flag of one member is enough."""
    data = bytearray(zipped({"a.txt": JOE}))
    place = data.index(b"PK\x01\x02") + 8
    struct.pack_into("<H", data, place, 1)
    with pytest.raises(DocumentError, match="encrypted"):
        formats.extract(bytes(data), "a.zip")


def test_two_members_of_one_name_refuse_the_archive() -> None:
    """Which of them counts is not sure."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", JOE)
        file.writestr("A.txt", PIP)
    with pytest.raises(DocumentError, match="twice"):
        formats.extract(out.getvalue(), "a.zip")


def test_a_link_in_an_archive_is_passed_over() -> None:
    """It leads nowhere that is read."""
    link = zipfile.ZipInfo("b.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", JOE)
        file.writestr(link, "/etc/passwd")
    extracted = formats.extract(out.getvalue(), "a.zip")
    assert (extracted.text, len(extracted.left_out)) == (JOE, 1)


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    """In all, in one member, and in their number."""
    with pytest.raises(DocumentError, match="unpacks to more"):
        formats.extract(zipped({f"{n}.txt": b"a" * 22_000_000 for n in range(7)}), "a.zip")
    with pytest.raises(DocumentError, match="larger than 25 MB"):
        formats.extract(zipped({"a.txt": b"a " * 12_600_000}), "a.zip")
    with pytest.raises(DocumentError, match="more than 2,000 files"):
        formats.extract(zipped({f"{n}.txt": JOE for n in range(archive.MOST_MEMBERS + 1)}), "a.zip")


def test_an_archive_without_documents_says_why() -> None:
    """An Office file of another name too."""
    with pytest.raises(DocumentError, match=r"no document.*b\.png"):
        read({"b.png": "x"})
    with pytest.raises(DocumentError, match="Office file"):
        formats.extract(word([JOE]), "a.zip")
    with pytest.raises(DocumentError, match="damaged"):
        formats.extract(b"PK\x03\x04 but no more", "a.zip")


def test_several_texts_in_a_member_are_taken_apart_as_in_a_file(tmp_path: Path) -> None:
    """The archive changes nothing about its members."""
    from tests.test_articles import NETHERFIELD, PEQUOD

    text = "\n".join([*NETHERFIELD, *PEQUOD])
    (tmp_path / "a.txt").write_text(text)
    alone = documents.read(tmp_path, "a.txt")
    packed = read({"a.txt": text, "b.jsonl": json.dumps({"text": JOE})})
    assert [d.text for d in packed] == [*(d.text for d in alone), JOE]
    assert [d.title for d in packed[:-1]] == [d.title for d in alone]
    assert [[s.of(d.text) for s in d.body] for d in packed[:-1]] == [[s.of(d.text) for s in d.body] for d in alone]


def test_a_member_has_the_day_in_its_own_name() -> None:
    """As a file has."""
    first, second = read({"letter-1861-08-03.txt": JOE, "note.txt": PIP})
    assert (first.published, second.published) == (date(1861, 8, 3), None)
