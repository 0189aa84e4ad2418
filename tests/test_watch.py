"""Following the corpus: changes are noticed within two seconds, and whoever asks for a sync gets its report."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval.errors import IndexFault, NatoQuotesError
from retrieval.ingest import Index
from retrieval.model import ADMIN, Failure, Report
from retrieval.syncing import handover
from retrieval.watch import Follower, follow_in_thread
from tests.stores import SAYINGS, open_demo, write


def came_true(condition: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


class Follow:
    """An index that is being followed, and what was told of it."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.data = write(folder / "corpus"), folder / "data"
        self.index: Index = open_demo(self.data, self.corpus)
        self.reports: list[Report] = []
        self.errors: list[NatoQuotesError] = []
        self.end = follow_in_thread(Follower(self.index, self.reports.append, self.errors.append))
        assert came_true(lambda: len(self.reports) == 1, 10)
        time.sleep(0.3)  # until the folder is watched

    def paths(self) -> set[str]:
        return {d.path for d in self.index.catalog.documents(ADMIN)}


@pytest.fixture
def follow(tmp_path: Path) -> Iterator[Follow]:
    made = Follow(tmp_path)
    yield made
    made.end()
    made.index.close()


def test_changes_are_followed(follow: Follow) -> None:
    """A new, a changed, a renamed and a deleted file are each in the index soon, and each is told once."""
    write(follow.corpus, {"deep/er/new.txt": "“It is begun”, said Jane Eyre."})
    assert came_true(lambda: "deep/er/new.txt" in follow.paths(), 4)
    write(follow.corpus, {"whale.txt": SAYINGS["whale.txt"].replace("white", "pale")})
    assert came_true(lambda: follow.index.catalog.search(["pale"], ADMIN) != (), 4)
    (follow.corpus / "whale.txt").rename(follow.corpus / "moby.txt")
    assert came_true(lambda: "moby.txt" in follow.paths(), 4)
    (follow.corpus / "moby.txt").unlink()
    assert came_true(lambda: "moby.txt" not in follow.paths(), 4)
    assert came_true(lambda: len(follow.reports) == 5, 4)
    assert [r.added or r.replaced or r.renamed or r.removed for r in follow.reports[1:]] == [
        ("deep/er/new.txt",), ("whale.txt",), ("moby.txt",), ("moby.txt",)
    ]  # fmt: skip
    assert follow.errors == []


def test_noticed_within_two_seconds(follow: Follow) -> None:
    """From the change to the new words in the index, watching and settling take less than two seconds."""
    began = time.monotonic()
    write(follow.corpus, {"quick.txt": "“The post is swift today”, said Elizabeth Bennet."})
    assert came_true(lambda: follow.index.catalog.search(["swift"], ADMIN) != (), 4)
    assert time.monotonic() - began < 2.0 + 1.0  # and the sync itself, on a machine that does other things too


def test_a_file_that_breaks_is_told(follow: Follow) -> None:
    """A file that can no longer be read is told, once."""
    write(follow.corpus, {"whale.txt.meta.toml": "no toml"})
    assert came_true(lambda: len(follow.reports) == 2, 4)
    assert [f.path for f in follow.reports[1].failed] == ["whale.txt"]
    write(follow.corpus, {"dance.txt": "“Shall we”, said Jane Eyre."})
    assert came_true(lambda: len(follow.reports) == 3, 4)
    assert follow.reports[2].added == ("dance.txt",)


def test_a_corpus_that_goes_and_comes(follow: Follow) -> None:
    """When the whole folder goes nothing is forgotten; the error says so."""
    follow.corpus.rename(follow.corpus.with_name("away"))
    assert came_true(lambda: bool(follow.errors), 6)
    assert "not there" in str(follow.errors[0])
    assert follow.paths() == set(SAYINGS)


def test_asked_from_outside(follow: Follow) -> None:
    """Another process asks the owner for a sync and gets its report."""
    request = handover.ask(follow.data, rebuild=True)
    report = handover.wait(follow.data, request, alive=lambda: True)
    assert report is not None
    assert set(report.added) == set(SAYINGS)  # rebuilt
    assert list((follow.data / handover.FOLDER).iterdir()) == []


def test_an_owner_that_goes(tmp_path: Path) -> None:
    """When the owner goes without an answer, whoever asked is told that there is none."""
    request = handover.ask(tmp_path)
    assert handover.pending(tmp_path) == (request,)
    assert handover.wait(tmp_path, request, alive=lambda: False) is None
    assert handover.pending(tmp_path) == ()


def test_an_answer_comes_back_whole(tmp_path: Path) -> None:
    """A report and an error come back as they were given."""
    report = Report(added=("a.txt",), failed=(Failure("b.txt", "broken"),), documents=3, seconds=0.5)
    request = handover.ask(tmp_path)
    handover.answer(tmp_path, request, report)
    assert handover.wait(tmp_path, request, alive=lambda: False) == report
    request = handover.ask(tmp_path)
    handover.answer(tmp_path, request, None, "The disk is full.")
    with pytest.raises(IndexFault, match="disk is full"):
        handover.wait(tmp_path, request, alive=lambda: True)


def test_stops_at_once(tmp_path: Path) -> None:
    """A follower that is told to stop ends within a moment."""
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as index:
        stop = threading.Event()
        thread = threading.Thread(target=Follower(index).run, args=(stop,))
        thread.start()
        assert came_true(lambda: index.built, 10)
        stop.set()
        thread.join(3)
        assert not thread.is_alive()
