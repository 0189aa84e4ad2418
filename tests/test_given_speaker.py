"""A speaker that a person gives: carried from where it is written to who reads the text, and told in citations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import adding, cite, documents
from retrieval.as_json import document_facts_json
from retrieval.errors import DocumentError
from retrieval.formats.given_speaker import IN_HEAD, IN_SIDECAR, speaker_name
from retrieval.formats.metadata import Metadata
from retrieval.ingest import Index
from retrieval.model import (
    ADMIN,
    Credit,
    Document,
    Quote,
    QuoteHit,
    Span,
    Speaker,
    Understanding,
    quote_id,
    words_sha256,
)
from retrieval.people import People
from retrieval.records import Records
from retrieval.syncing.correcting import Corrector
from tests.stores import open_demo, write

SPEECH = "I declare after all there is no enjoyment like reading.\n"


class OneVoice:
    """Stands for the reader: the whole text is the words of the speaker that was given."""

    def understood(self, document: Document) -> Understanding:
        return Understanding(self.read(document))

    def credits(self, document: Document) -> tuple[Credit, ...]:
        return ()

    def read(self, document: Document) -> tuple[Quote, ...]:
        if document.speaker_given is None:
            return ()
        all_of_it = (Span(0, len(document.text.rstrip())),)
        return (
            Quote(
                quote_id(document.id, document.text, all_of_it),
                document.id,
                "turn",
                all_of_it,
                speaker=Speaker("given", document.speaker_given),
                evidence=f"The speaker was given by {document.speaker_given_by}.",
                words_sha256=words_sha256(document.text, all_of_it),
            ),
        )


def read(corpus: Path, name: str = "a.md") -> Document:
    """The first document of a file."""
    return documents.read(corpus, name)[0]


def speakers(index: Index) -> set[str]:
    """Whose words the index holds."""
    return {speaker.name for speaker in index.catalog.speakers(ADMIN)}


def test_a_head_names_the_speaker(tmp_path: Path) -> None:
    """And the document knows that it was the head."""
    write(tmp_path, {"a.md": "---\nspeaker: Caroline  Bingley\n---\n" + SPEECH})
    assert (read(tmp_path).speaker_given, read(tmp_path).speaker_given_by) == ("Caroline Bingley", IN_HEAD)


def test_a_sidecar_wins_and_may_say_who_gave_it(tmp_path: Path) -> None:
    """What a head says of who gave it is not believed."""
    write(tmp_path, {"a.md": "---\nspeaker: Jane Bennet\nspeaker_given_by: the Queen\n---\n" + SPEECH})
    assert read(tmp_path).speaker_given_by == IN_HEAD
    write(tmp_path, {"a.md.meta.toml": 'speaker = "Caroline Bingley"\n'})
    assert (read(tmp_path).speaker_given, read(tmp_path).speaker_given_by) == ("Caroline Bingley", IN_SIDECAR)
    write(tmp_path, {"a.md.meta.toml": 'speaker = "Caroline Bingley"\nspeaker_given_by = "ann@hall"\n'})
    assert read(tmp_path).speaker_given_by == "ann@hall"


def test_what_is_added_keeps_who_gave_it(tmp_path: Path) -> None:
    """In the sidecar that `add` writes."""
    facts = Metadata(speaker="Caroline Bingley", speaker_given_by="ann@hall")
    path = adding.keep(tmp_path, adding.from_bytes(SPEECH.encode(), "a.txt", facts))
    assert (read(tmp_path, path).speaker_given, read(tmp_path, path).speaker_given_by) == (
        "Caroline Bingley",
        "ann@hall",
    )


@pytest.mark.parametrize(
    "value",
    ["", "  ", None, 12, "1813", ["Jane Bennet"], {"name": "Jane"}, True, "A" * 81, "…", "jane bennet",
     "Jane Bennet and Mary Bennet", "Jane Bennet, Mary Bennet", "She was at Longbourn", "Jane Bennet speaks.",
     "Jane: no", "https://x.example", "Jane\nBennet", "nobody", "Jane/Mary"],
)  # fmt: skip
def test_what_is_no_name_is_refused(value: object) -> None:
    """With a sentence that says what to write."""
    with pytest.raises(DocumentError, match="write the name alone"):
        speaker_name(value)


@pytest.mark.parametrize(
    "name",
    ["Jane Bennet", "Mr. Bennet", "J. R. Bennet Jr.", "Ludwig van der Rohe", "D'Artagnan", "Jean-Luc O’Hara", "Éowyn",
     "Countess of Meryton", "Adèle", "李白", "Jane al-Bennet"],
)  # fmt: skip
def test_names_are_taken_as_they_are(name: str) -> None:
    """Initials, particles, other alphabets."""
    assert speaker_name(name) == name


@given(st.text(max_size=100) | st.lists(st.text(max_size=5), max_size=2) | st.integers() | st.none())
def test_any_value_is_a_short_line_or_an_error(value: object) -> None:
    """Never something else."""
    try:
        name = speaker_name(value)
    except DocumentError:
        return
    assert 0 < len(name) <= 80
    assert any(c.isalpha() for c in name)
    assert name == " ".join(name.split())


@pytest.mark.parametrize("line", ["speaker:", "speaker: [Jane Bennet]", "speaker: 12"])
def test_a_head_with_no_name_refuses_its_document(tmp_path: Path, line: str) -> None:
    """It is not passed over in silence."""
    write(tmp_path, {"a.md": f"---\n{line}\n---\n" + SPEECH})
    with pytest.raises(DocumentError, match="speaker"):
        read(tmp_path)


def test_the_catalog_keeps_it_and_lists_show_it(tmp_path: Path) -> None:
    """Like any other fact of a document."""
    corpus = write(tmp_path / "corpus", {"a.md": "---\nspeaker: Caroline Bingley\n---\n" + SPEECH})
    with open_demo(tmp_path / "data", corpus, make_reader=lambda _: OneVoice()) as index:
        index.sync()
        (document,) = index.catalog.documents(ADMIN)
        assert document_facts_json(document)["speaker_given"] == "Caroline Bingley"
        assert document_facts_json(document)["speaker_given_by"] == IN_HEAD
        assert speakers(index) == {"Caroline Bingley"}


def test_an_edit_counts_when_the_document_has_been_read_again_and_is_taken_back(tmp_path: Path) -> None:
    """Also through a rebuild of the index."""
    corpus = write(tmp_path / "corpus", {"a.txt": SPEECH})
    records = Records(tmp_path / "data" / "records.sqlite")
    with open_demo(tmp_path / "data", corpus, make_reader=lambda _: OneVoice()) as index:
        index.sync()
        corrector = Corrector(index.catalog, records, People([]))
        (document,) = index.catalog.documents(ADMIN)
        made = corrector.edit(document.id, {"speaker": "Caroline Bingley"}, "ann")
        for rebuild in (False, True):
            index.sync(rebuild=rebuild)
            assert speakers(index) == {"Caroline Bingley"}
        (document,) = index.catalog.documents(ADMIN)
        assert (document.speaker_given, document.speaker_given_by) == ("Caroline Bingley", "ann")
        corrector.undo(made.id, "ann")
        index.sync()
        assert speakers(index) == set()
        assert index.catalog.documents(ADMIN)[0].speaker_given is None
        with pytest.raises(ValueError, match="write the name alone"):
            corrector.edit(document.id, {"speaker": "she said so."}, "ann")
    records.close()


def test_other_edits_leave_a_given_speaker_as_it_is(tmp_path: Path) -> None:
    """A form that hands back what it showed changes nothing, and nothing is read again."""
    corpus = write(tmp_path / "corpus", {"a.md": "---\nspeaker: Caroline Bingley\n---\n" + SPEECH})
    records = Records(tmp_path / "data" / "records.sqlite")
    with open_demo(tmp_path / "data", corpus, make_reader=lambda _: OneVoice()) as index:
        index.sync()
        (document,) = index.catalog.documents(ADMIN)
        facts = {"title": "An evening at Netherfield", "speaker": "Caroline Bingley"}
        Corrector(index.catalog, records, People([])).edit(document.id, facts, "ann")
        assert index.catalog.documents(ADMIN)[0].speaker_given_by == IN_HEAD
        assert index.sync().replaced == ()
    records.close()


def test_a_citation_says_who_gave_the_speaker() -> None:
    """Of the text without labels only: a label and an admin's word about one quote need no such reserve."""
    document = Document("d", "a.md", 1, "", SPEECH, speaker_given="Caroline Bingley", speaker_given_by="ann@hall")
    (quote,) = OneVoice().read(document)
    hit = QuoteHit(quote, document, SPEECH.strip(), quote.fragments, False, None, "", "", 1.0)
    assert "Caroline Bingley, speaker given by ann@hall;" in cite.plain(hit)
    assert "speaker given by ann@hall" in cite.bibtex(hit)
    labelled = replace(hit, quote=replace(quote, mention=Span(0, 1)))
    another = replace(hit, quote=replace(quote, speaker=Speaker("jane", "Jane Bennet"), evidence="An admin says so."))
    assert "given by" not in cite.plain(labelled) + cite.plain(another)
