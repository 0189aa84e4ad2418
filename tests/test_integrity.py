"""verify finds what is not as it should be, and --repair mends it from the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from retrieval.doctor import examine, pins
from retrieval.ingest import Index
from retrieval.integrity import verify
from retrieval.model import ADMIN
from retrieval.status import read_status
from tests.stores import SAYINGS, contents, open_demo, write


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as made:
        made.sync()
        yield made


def sql(index: Index, statement: str) -> None:
    with index.catalog.engine.connect().execution_options(writes=True) as connection:
        connection.exec_driver_sql(statement)
        connection.commit()


def one_window(index: Index) -> str:
    with index.catalog.reading() as connection:
        return str(connection.exec_driver_sql("SELECT min(id) FROM windows").scalar_one())


def lose_a_vector(index: Index) -> None:
    collection = index.collection()
    assert collection is not None
    collection.delete([one_window(index)])


def alter_a_vector(index: Index) -> None:
    collection, window = index.collection(), one_window(index)
    assert collection is not None
    collection.delete([window])
    collection.add([window], np.full((1, 64), 0.125, np.float32), [{"document": "x"}])


def add_a_stray(index: Index) -> None:
    collection = index.collection()
    assert collection is not None
    collection.add(["nobody"], np.full((1, 64), 0.125, np.float32), [{"document": "x"}])


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        pytest.param(lambda i: sql(i, "UPDATE documents SET text = replace(text, 'whale', 'Whale')"), "document", id="text"),
        pytest.param(lambda i: sql(i, "UPDATE quotes SET words_sha256 = 'x' WHERE rowid = 1"), "quote", id="words"),
        pytest.param(lambda i: sql(i, "UPDATE quotes SET fragments = '[[0, 99999]]'"), "quote", id="offsets"),
        pytest.param(lambda i: write(i.corpus, {"whale.txt": "Other words."}), "file", id="changed file"),
        pytest.param(lambda i: (i.corpus / "whale.txt").unlink(), "file", id="deleted file"),
        pytest.param(lambda i: write(i.corpus, {"new.txt": "More."}), "file", id="new file"),
        pytest.param(lambda i: sql(i, "INSERT INTO full_text(full_text) VALUES ('delete-all')"), "full text", id="full text"),
        pytest.param(lose_a_vector, "vector", id="lost vector"),
        pytest.param(alter_a_vector, "vector", id="altered vector"),
        pytest.param(add_a_stray, "vector", id="stray vector"),
    ],
)  # fmt: skip
def test_found_and_mended(index: Index, tmp_path: Path, harm: Callable[[Index], None], kind: str) -> None:
    """Whatever is harmed is found, and after a repair the index is that of a clean build."""
    assert verify(index).faults == ()
    harm(index)
    assert kind in {fault.kind for fault in verify(index).faults}
    mended = verify(index, repair=True)
    assert mended.faults == ()
    assert kind in {fault.kind for fault in mended.mended}
    with open_demo(tmp_path / "clean", index.corpus) as clean:
        clean.sync()
        assert contents(index) == contents(clean)


def test_everything_is_counted(index: Index) -> None:
    """A verified index says how much was looked at."""
    seen = verify(index)
    assert (seen.documents, seen.quotes, seen.vectors) == (3, 3, 6)


def test_another_process_has_the_vectors(index: Index) -> None:
    """Beside a process that owns the folder all but the vectors is looked at."""
    with open_demo(index.data, index.corpus) as other:
        seen = verify(other)
        assert (seen.vectors, seen.faults) == (None, ())


def test_status_of_an_index(index: Index) -> None:
    """The status names counts, failures, model, time and who writes."""
    write(index.corpus, {"bad.txt": "x", "bad.txt.meta.toml": "-", "notes.xyz": "?"})
    index.sync()
    status = read_status(index.corpus, index.data)
    assert {name: status[name] for name in ("documents", "quotes", "passages", "speakers")} == {
        "documents": 3, "quotes": 3, "passages": 3, "speakers": 3
    }  # fmt: skip
    assert [f["path"] for f in status["failed"]] == ["bad.txt"]
    assert "notes.xyz" in {s["path"] for s in status["skipped"]}
    assert status["model"] == "demo"
    assert status["last_index"].endswith("+00:00")
    assert "index" in status["writer"]
    assert status["foreign"] is None
    assert read_status(index.data, index.data)["foreign"] == str(index.corpus)


def test_status_of_nothing(tmp_path: Path) -> None:
    """Where nothing was indexed the status is empty, and asking for it makes no file."""
    status = read_status(tmp_path, tmp_path / "data")
    assert (status["documents"], status["last_index"], status["model"]) == (0, None, None)
    assert not (tmp_path / "data").exists()


def test_doctor(index: Index) -> None:
    """On a sound installation every check is well; each that is not says what to do."""
    checks = list(examine(index.corpus, index.data))
    assert [check.name for check in checks if not check.well] == []
    assert {"Python", "encoding", "SQLite", "index", "disk", "embedding model", "English parser"} <= {
        c.name for c in checks
    }
    bad = {c.name: c for c in examine(index.corpus / "none", index.data / "none", chroma_url="http://127.0.0.1:9")}
    for name in ("corpus folder", "index", "Chroma server"):
        assert not bad[name].well
        assert bad[name].todo


def test_doctor_reads_the_lock(tmp_path: Path) -> None:
    """The versions that were tested are read from the lock file."""
    (tmp_path / "lock").write_text("torch==2.13.0\nslack_bolt==1.30.0  # Slack's own\nnothing\n")
    assert pins(tmp_path / "lock") == {"torch": "2.13.0", "slack-bolt": "1.30.0"}
    assert pins(None) == {}


def test_counts_as_the_catalog_has_them(index: Index) -> None:
    """The quick status and the catalog agree."""
    counts = index.catalog.counts(ADMIN)
    status = read_status(index.corpus, index.data)
    assert (counts.documents, counts.quotes) == (status["documents"], status["quotes"]) == (len(SAYINGS),) * 2
