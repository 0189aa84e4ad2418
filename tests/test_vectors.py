"""Vectors in a real Chroma, embedded in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import ConfigurationError, IndexFault
from retrieval.vectors import Chroma, Vectors

AXES = np.eye(4, dtype=np.float32)


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[Chroma]:
    made = Chroma(tmp_path / "chroma")
    yield made
    made.close()


@pytest.fixture
def vectors(chroma: Chroma) -> Vectors:
    made = chroma.collection("some-windows")
    made.add(["a", "b", "c"], AXES[:3], [{"document": d} for d in ("one", "one", "two")])
    return made


def test_nearest_first_with_cosines(vectors: Vectors) -> None:
    """A query gives window ids, nearest first, with the cosine of each."""
    found = vectors.query(np.array([0.8, 0.6, 0, 0], dtype=np.float32), 2)
    assert [name for name, _ in found] == ["a", "b"]
    assert [round(cosine, 3) for _, cosine in found] == [0.8, 0.6]


def test_query_in_some_documents(vectors: Vectors) -> None:
    """A query can be limited to documents; to none of them it finds nothing."""
    assert [name for name, _ in vectors.query(AXES[0], 5, document_ids=["two"])] == ["c"]
    assert vectors.query(AXES[0], 5, document_ids=[]) == ()


def test_add_leaves_what_is_there(vectors: Vectors) -> None:
    """An id that is there already keeps its vector: ids belong to one state of the content."""
    vectors.add(["a", "d"], AXES[2:], [{"document": "three"}] * 2)
    assert vectors.ids() == {"a", "b", "c", "d"}
    assert vectors.get(["a"])["a"].tolist() == AXES[0].tolist()


def test_get_and_delete_pass_over_the_unknown(vectors: Vectors) -> None:
    """Asking for or deleting a window that is not there is no error."""
    vectors.delete(["b", "nobody"])
    assert set(vectors.get(["a", "b", "nobody"])) == {"a"}
    assert vectors.count() == 2


def test_many_batches(chroma: Chroma) -> None:
    """More windows than Chroma takes at a time go in, are listed and come out."""
    vectors = chroma.collection("many-windows")
    names = [f"w{n}" for n in range(4500)]
    vectors.add(names, np.tile(AXES, (1125, 1)), [{"document": "d"}] * 4500)
    assert vectors.ids() == set(names)
    vectors.delete(names[:4000])
    assert vectors.count() == 500


def test_kept_over_a_restart(chroma: Chroma, vectors: Vectors, tmp_path: Path) -> None:
    """What was added is there when the folder is opened again."""
    chroma.close()
    again = Chroma(tmp_path / "chroma")
    assert again.collection("some-windows").ids() == {"a", "b", "c"}
    again.drop("some-windows")
    again.drop("some-windows")
    assert again.names() == ()
    again.close()


def test_server_that_is_not_there() -> None:
    """A Chroma server that does not answer is one sentence that names the setting."""
    with pytest.raises(IndexFault, match="CHROMA_URL"):
        Chroma("http://127.0.0.1:9")


def test_address_that_is_none() -> None:
    """A setting that is no address is told as such."""
    with pytest.raises(ConfigurationError, match="http://"):
        Chroma("localhost")
