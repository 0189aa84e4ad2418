"""No file hangs, exhausts or escapes: each is a document or one clear sentence, within time and memory."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from retrieval import documents
from retrieval.errors import DocumentError
from retrieval.model import Document
from retrieval.taking import limits
from retrieval.taking.limits import Allowance, Worker
from tests import hostile
from tests.formats.making import lines, pdf, word

SHARE = 6  # every sixth hostile file in a test; `python -m tests.hostile` reads all 500


def test_hostile_files_are_documents_or_one_clear_sentence(tmp_path: Path) -> None:
    """Of every kind some, and nothing is written outside the corpus folder."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    rng = random.Random(hostile.SEED)
    made = []
    for maker, count in hostile.KINDS:
        for _ in range(max(1, count // SHARE)):
            data, suffix = maker(rng)
            name = hostile.names(rng, len(made), suffix)
            (corpus / name).write_bytes(data)
            made.append(name)
    with Worker() as worker:
        for name in made:
            check(corpus, name, worker)
    assert [p.name for p in tmp_path.iterdir()] == ["corpus"]
    assert sorted(p.name for p in corpus.iterdir()) == sorted(made)


def check(corpus: Path, name: str, worker: Worker) -> None:
    """One file's documents have storable texts and spans inside them, or its error is a sentence."""
    started = time.monotonic()
    try:
        found = documents.read(corpus, name, worker=worker)
    except DocumentError as error:
        sentence = str(error)
        assert sentence.endswith((".", ".00:01:23,000."))
        assert "Traceback" not in sentence
        assert len(sentence) < 400
        found = ()
    assert time.monotonic() - started < 40
    for document in found:
        sound(document)


def sound(document: Document) -> None:
    """What every store may rely on."""
    assert document.text.encode("utf-8")
    assert "\0" not in document.text
    assert any(c.isalnum() for c in document.text)
    assert all(span.end <= len(document.text) for span in document.body)
    assert all(locator.span.end <= len(document.text) for locator in document.locators)


def test_there_are_five_hundred_hostile_files() -> None:
    """As many as the program is meant to make."""
    assert sum(count for _, count in hostile.KINDS) == 500


def test_a_document_that_overruns_its_time_is_given_up() -> None:
    """The worker is stopped, and the next document gets another."""
    slow = pdf([lines(["“Listen,” said Dracula to Mr Harker."] * 50)] * 400)
    with Worker(Allowance(seconds=0.4)) as worker:
        started = time.monotonic()
        with pytest.raises(DocumentError, match=r"took longer than 0\.4 seconds"):
            worker.extract(slow, "slow.pdf")
        assert time.monotonic() - started < 3
    with Worker() as worker:
        assert "Dracula" in worker.extract(word(["“Listen,” said Dracula."]), "a.docx").text


def test_a_document_that_overruns_its_memory_is_given_up() -> None:
    """With a sentence, and the worker goes on with the next one."""
    with Worker(Allowance(megabytes=160)) as worker:
        with pytest.raises(DocumentError, match="memory"):
            worker.extract(b"<html>" + b"<p>Dracula said so.</p>" * 140_000, "big.html")
        assert "Dracula" in worker.extract(word(["“Listen,” said Dracula."]), "a.docx").text


def test_a_worker_that_dies_is_started_anew() -> None:
    """Whoever kills it."""
    with Worker() as worker:
        worker.extract(word(["“Listen,” said Dracula."]), "a.docx")
        assert worker._process is not None
        worker._process.kill()
        worker._process.wait()
        assert "Dracula" in worker.extract(word(["“Listen,” said Dracula."]), "a.docx").text


def test_all_facts_cross_from_the_worker() -> None:
    """Title, locators and body come back as they were found."""
    from retrieval import formats

    for name, data in {
        "a.pdf": pdf([lines(["“Listen to them,” said Dracula."])], title="Night"),
        "a.eml": hostile.good(".eml"),
        "a.vtt": hostile.good(".vtt"),
        "a.html": hostile.good(".html"),
    }.items():
        with Worker() as worker:
            assert worker.extract(data, name) == formats.extract(data, name)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"said " * 5_100_000, "larger than 25 MB"),
        ("a.txt", b"said " * 2_500_000, "more than 12 million characters"),
    ],
    ids=["bytes", "characters"],
)
def test_size_and_length_have_their_sentences(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """Before anything is parsed."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=said):
        documents.read(tmp_path, name)


def test_text_is_checked_by_its_length() -> None:
    """The limit itself is still taken."""
    limits.check_text("a" * limits.TEXT_CHARACTERS, "a.txt")
    limits.check_size(limits.FILE_BYTES, "a.txt")
    with pytest.raises(DocumentError):
        limits.check_text("a" * (limits.TEXT_CHARACTERS + 1), "a.txt")
