"""A document that takes too long to read is refused with what to do, and the index goes on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from retrieval.errors import DocumentError
from retrieval.ingest import open_index
from retrieval.model import ADMIN
from retrieval.reading.reader import Reader
from retrieval.reading.time_budget import allowed, bounded, go_on
from tests.asking import EMBEDDER, people
from tests.stores import write

SHORT = "---\ntitle: At the mill\npublished: 1860-04-04\n---\n“The flood will come back,” Maggie Tulliver said.\n"
LONG = (
    "---\ntitle: At Dorlcote\npublished: 1860-04-05\n---\n"
    + "“I was never bred up to the law,” Mr Tulliver said.\n\n" * 40
)


def test_the_index_goes_on_behind_a_document_that_takes_too_long(tmp_path: Path) -> None:
    """It is named with what to do; the others are read; and with more time it is read itself."""
    corpus = write(tmp_path / "corpus", {"a-long.md": LONG, "short.md": SHORT})
    impatient = Reader(people(), allowed=lambda characters: 60.0 if characters < 500 else 0.0)
    with open_index(tmp_path / "data", corpus, embedder=EMBEDDER, make_reader=lambda _: impatient) as index:
        told = index.sync()
        assert [d.path for d in index.catalog.documents(ADMIN)] == ["short.md"]
        assert ["takes too long to read; split it" in str(failure) for failure in told.failed] == [True]
    with open_index(tmp_path / "data", corpus, embedder=EMBEDDER, make_reader=lambda _: Reader(people())) as index:
        write(corpus, {"a-long.md": LONG + "\n"})
        assert index.sync().failed == ()
        assert sorted(d.path for d in index.catalog.documents(ADMIN)) == ["a-long.md", "short.md"]


def test_what_was_read_before_is_kept(tmp_path: Path) -> None:
    """Its last good reading goes on being shown, and it is named, until the file changes; nobody tries it again in vain."""
    corpus = write(tmp_path / "corpus", {"a-long.md": LONG, "short.md": SHORT})
    with open_index(tmp_path / "data", corpus, embedder=EMBEDDER, make_reader=lambda _: Reader(people())) as index:
        index.sync()
        before = index.catalog.counts(ADMIN)
    tried: list[int] = []
    impatient = Reader(people(), allowed=lambda characters: tried.append(characters) or 0.0)  # type: ignore[func-returns-value]
    with open_index(tmp_path / "data", corpus, embedder=EMBEDDER, make_reader=lambda _: impatient) as index:
        write(corpus, {"a-long.md": LONG + "\n“Another thing,” Mrs Tulliver said.\n"})
        told = index.sync()
        assert told.replaced == ()
        assert ["split it into parts" in f.error and "is kept" in f.error for f in told.failed] == [True]
        assert index.catalog.counts(ADMIN) == before
        once = len(tried)
        assert [f.path for f in index.sync().failed] == ["a-long.md"]
        assert len(tried) == once
    with open_index(tmp_path / "data", corpus, embedder=EMBEDDER, make_reader=lambda _: Reader(people())) as index:
        write(corpus, {"a-long.md": LONG + "\n“Nothing more,” Mrs Tulliver said.\n"})
        assert index.sync().failed == ()
        assert index.catalog.counts(ADMIN).quotes == before.quotes + 1


def test_what_is_limited_by_now_is_not_kept(tmp_path: Path) -> None:
    """A file that names channels since is shown to nobody, however long it would take to read it."""
    corpus = write(tmp_path / "corpus", {"a-long.md": LONG})
    with open_index(tmp_path / "data", corpus, embedder=EMBEDDER, make_reader=lambda _: Reader(people())) as index:
        index.sync()
    impatient = Reader(people(), allowed=lambda _: 0.0)
    with open_index(tmp_path / "data", corpus, embedder=EMBEDDER, make_reader=lambda _: impatient) as index:
        write(corpus, {"a-long.md": LONG.replace("---\n“", "channels: [C9]\n---\n“", 1)})
        assert len(index.sync().failed) == 1
        assert index.catalog.documents(ADMIN) == ()


def test_a_time_is_over_only_within_its_own_bounds() -> None:
    """Outside of any nothing is bounded; an inner bound ends with itself."""
    go_on()
    with bounded("mill.md", 60.0):
        with bounded("flood.md", 0.0):
            time.sleep(0.001)
            with pytest.raises(DocumentError, match=r"flood\.md"):
                go_on()
        go_on()
    go_on()


def test_a_long_text_is_allowed_more_time_than_it_takes() -> None:
    """A minute for any, and for a million characters nine minutes."""
    assert allowed(0) == 60.0
    assert 500 < allowed(1_000_000) < 600
