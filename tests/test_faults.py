"""Disk full, a read-only folder, a locked database: a clear error, and the old index still answers."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.errors import IndexBusy, IndexFault
from retrieval.ingest import Index
from retrieval.model import EVERYBODY
from retrieval.storing import tables
from tests.stores import contents, open_demo, saying, write

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as made:
        made.sync()
        yield made


def still_answers(index: Index) -> bool:
    found = index.catalog.search(["whale"], EVERYBODY)
    vector = index.embedder.embed(["the white whale"])[0]
    return (
        bool(found)
        and bool(index.vectors.query(vector, 3, EVERYBODY))
        and index.catalog.counts(EVERYBODY).documents == 3
    )


def test_a_disk_that_is_full(index: Index) -> None:
    """When no page can be added the sync ends with a sentence, nothing is half done, and with room it goes on."""

    def full(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    tables.event.listen(index.catalog.engine, "connect", full)
    index.catalog.engine.dispose()
    write(index.corpus, {f"{n}.txt": saying(n) * 20 for n in range(40)})
    with pytest.raises(IndexFault, match="free some space"):
        index.sync()
    assert still_answers(index)
    tables.event.remove(index.catalog.engine, "connect", full)
    index.catalog.engine.dispose()
    assert index.sync().documents == 43


def test_a_database_that_is_locked(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """While something else holds the database, reading goes on; a sync says so after a while, and later goes on."""
    monkeypatch.setattr(tables, "BUSY_SECONDS", 0.2)
    index.catalog.reopen()
    other = sqlite3.connect(index.catalog.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    write(index.corpus, {"new.txt": saying(1)})
    with pytest.raises(IndexBusy, match="try again"):
        index.sync()
    assert still_answers(index)
    other.execute("ROLLBACK")
    other.close()
    assert index.sync().documents == 4


READ_ONLY = """
import os, sys
from pathlib import Path
import chromadb
from retrieval.errors import NatoQuotesError
from retrieval.model import EVERYBODY
from tests.stores import open_demo
if os.geteuid() == 0:  # root may write anywhere, nobody may not
    os.setgid(65534)
    os.setuid(65534)
with open_demo(Path(sys.argv[1]), Path(sys.argv[2])) as index:
    vector = index.embedder.embed(["whale"])[0]
    print(len(index.catalog.search(["whale"], EVERYBODY)) > 0, len(index.vectors.query(vector, 3, EVERYBODY)))
    try:
        index.sync()
    except NatoQuotesError as error:
        print(type(error).__name__, error)
"""


@pytest.mark.parametrize("owned", [False, True], ids=["alone", "beside its owner"])
def test_a_folder_that_may_not_be_written(owned: bool) -> None:
    """For somebody who may only read the data folder the index answers; to sync says what to do."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to everybody else
        assert_only_read(Path(name), owned)


def assert_only_read(folder: Path, owned: bool) -> None:
    data = folder / "data"
    index = open_demo(data, write(folder / "corpus"))
    index.sync()
    if not owned:
        index.close()
    folder.chmod(0o755)
    for path in (*data.glob("*.sqlite*"), data / "writer.lock"):
        path.chmod(0o444)
    data.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(data), str(folder / "corpus")],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    data.chmod(0o755)
    index.close()
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert first == "True 3"
    assert "IndexFault" in second
    assert "--data" in second


def test_vectors_that_are_gone(index: Index, tmp_path: Path) -> None:
    """When the folder of the vectors was deleted, the next sync puts them back without embedding anything."""
    import shutil

    index.close()
    shutil.rmtree(tmp_path / "data" / "chroma")
    with open_demo(tmp_path / "data", index.corpus) as again:
        before = again._new_embedder.embedded
        again.sync()
        assert again._new_embedder.embedded == before
        with open_demo(tmp_path / "clean", index.corpus) as clean:
            clean.sync()
            assert contents(again) == contents(clean)


def test_an_index_that_was_deleted(index: Index, tmp_path: Path) -> None:
    """When index.sqlite was deleted, the next sync makes it anew, and leaves nothing of the old vectors."""
    index.close()
    for path in (tmp_path / "data").glob("index.sqlite*"):
        path.unlink()
    with open_demo(tmp_path / "data", index.corpus) as again:
        assert not again.built
        assert len(again.sync().added) == 3
        assert again.vectors.chroma is not None
        assert len(again.vectors.chroma.names()) == 1
