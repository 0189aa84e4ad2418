"""The index deleted, replaced or rebuilt under those who use it: real processes, real files."""

from __future__ import annotations

import gc
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.library import Library
from retrieval.errors import IndexMissing
from retrieval.ingest import Index
from retrieval.model import EVERYBODY
from retrieval.watch import Follower, follow_in_thread
from tests.embed_demo import EmbedDemo
from tests.reading_process import NAMES, finder_of, horse, letter
from tests.stores import contents, open_demo, write
from tests.test_readers import letters, reading_process
from tests.test_watch import came_true

COUNT = 120


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    corpus = write(tmp_path / "corpus", letters("runs", COUNT))
    with open_demo(tmp_path / "data", corpus) as made:
        made.sync()
        yield made


def delete_index(data: Path) -> None:
    for path in data.glob("index.sqlite*"):
        path.unlink()


def asked(number: int) -> str:
    return f"What did {NAMES[number % 5]} say about the horse called {horse(number)}?"


def same_as_made_afresh(index: Index, folder: Path) -> bool:
    with open_demo(folder / "clean", index.corpus) as clean:
        clean.sync()
        return contents(index) == contents(clean)


def test_a_deleted_index_is_made_anew_while_it_is_asked(index: Index, tmp_path: Path) -> None:
    """When index.sqlite is deleted, who asks here or in another process gets right words or a sentence, and soon words again."""
    errors: list[Exception] = []
    end = follow_in_thread(Follower(index, failed=errors.append))
    finder = finder_of(index)
    with reading_process(index.data, index.corpus, COUNT) as outside:
        time.sleep(0.5)
        delete_index(index.data)
        with pytest.raises(IndexMissing, match=r"no index at the moment.*Please try again in a few minutes"):
            finder.ask(asked(7), EVERYBODY)
        assert came_true(lambda: not index.lost, 10)
        assert [h.text for h in finder.ask(asked(7), EVERYBODY).quotes][:1] == [
            f"The horse called {horse(7)} runs at noon"
        ]
        write(index.corpus, letters("rests", COUNT))
        index.sync()
        assert "rests" in finder.ask(asked(7), EVERYBODY).quotes[0].text
        time.sleep(0.5)
    end()
    (got,) = outside
    assert (got["wrong"], got["seen"]) == ([], ["rests", "runs"])
    assert all("no index at the moment" in sentence for sentence in got["told"])
    assert errors == []
    assert same_as_made_afresh(index, tmp_path)


def test_deleted_in_the_middle_of_a_sync(index: Index, tmp_path: Path) -> None:
    """An index that is deleted while it is written, even when somebody else begins another, is whole in the end."""
    corpus = write(index.corpus, letters("rests", COUNT))
    taken: list[bool] = []

    def take(_: object) -> None:
        if not taken:
            taken.append(True)
            delete_index(index.data)
            open_demo(index.data, corpus).close()  # a command in another shell, which makes an empty one

    with pytest.raises(IndexMissing):
        index.sync(take)
    assert index.lost
    index.sync()
    assert not index.lost
    assert same_as_made_afresh(index, tmp_path)


def test_lists_are_not_empty_while_there_is_no_index(index: Index) -> None:
    """Without an index nobody is told that there are no speakers, no documents and no such quote."""
    shelf = Library(index, finder_of(index))
    (hit, *_) = shelf.ask(asked(3), EVERYBODY).quotes
    delete_index(index.data)
    looks = (
        lambda: shelf.speakers(EVERYBODY),
        lambda: shelf.documents(EVERYBODY),
        lambda: shelf.counts(EVERYBODY),
        lambda: shelf.find_documents("horse"),
        lambda: shelf.timeline("Captain Ahab", EVERYBODY),
        lambda: shelf.check("runs at noon", EVERYBODY),
        lambda: shelf.hit(hit.quote.id, hit.document.id, EVERYBODY),
        lambda: shelf.examples(EVERYBODY),
    )
    for look in looks:
        with pytest.raises(IndexMissing, match="try again"):
            look()


def test_an_older_copy_that_is_put_back(index: Index, tmp_path: Path) -> None:
    """Another index.sqlite that is put in the place of the one in use counts from the next question on."""
    index.catalog.close()
    shutil.copy(index.catalog.path, tmp_path / "copy.sqlite")
    finder = finder_of(index)
    write(index.corpus, letters("rests", COUNT))
    index.sync()
    assert "rests" in finder.ask(asked(7), EVERYBODY).quotes[0].text
    delete_index(index.data)
    (tmp_path / "copy.sqlite").rename(index.catalog.path)
    assert "runs" in finder.ask(asked(7), EVERYBODY).quotes[0].text
    index.sync()
    assert "rests" in finder.ask(asked(7), EVERYBODY).quotes[0].text
    assert same_as_made_afresh(index, tmp_path)


def test_deleted_vectors_are_put_back(index: Index, tmp_path: Path) -> None:
    """When the folder of the vectors is deleted while it is in use, questions are answered, and a sync puts them back."""
    finder = finder_of(index)
    shutil.rmtree(index.data / "chroma")
    assert finder.ask(asked(7), EVERYBODY).answered
    write(index.corpus, {"7.txt": letter(7, "rests")})
    index.sync()
    assert "rests" in finder.ask(asked(7), EVERYBODY).quotes[0].text
    assert same_as_made_afresh(index, tmp_path)


def test_an_empty_store_of_vectors_is_not_searched(index: Index, tmp_path: Path) -> None:
    """A bot that starts without the folder of the vectors searches the catalog's copy until they are put back."""
    index.close()
    shutil.rmtree(index.data / "chroma")
    with open_demo(index.data, index.corpus) as again:
        again.own("serve")
        vector = again.embedder.embed([letter(7, "runs")])[0]
        assert len(again.vectors.query(vector, 10, EVERYBODY)) == 10
        again.sync()
        assert len(again.vectors.query(vector, 10, EVERYBODY)) == 10
        assert same_as_made_afresh(again, tmp_path)


def test_rebuilt_by_another_process(index: Index, tmp_path: Path) -> None:
    """While one process rebuilds the index another one asks, and every answer is right."""
    with reading_process(index.data, index.corpus, COUNT) as outside, ThreadPoolExecutor(1) as pool:
        write(index.corpus, letters("rests", COUNT))
        pool.submit(index.sync, rebuild=True).result(60)
        time.sleep(0.5)
    (got,) = outside
    assert (got["wrong"], got["told"], got["seen"]) == ([], [], ["rests", "runs"])
    assert index.embedder.name == EmbedDemo().name
    assert same_as_made_afresh(index, tmp_path)


def test_only_the_newest_state_is_kept(index: Index) -> None:
    """Threads that have asked at earlier states of the index and now wait keep nothing of them in memory."""

    def states() -> int:
        gc.collect()
        return sum(type(thing).__name__ == "_State" for thing in gc.get_objects())

    finder, before = finder_of(index), states()
    with ThreadPoolExecutor(3) as waiting:
        together = threading.Barrier(3)

        def ask(number: int) -> bool:
            together.wait(20)
            return finder.ask(asked(number), EVERYBODY).answered

        for round_ in range(3):
            write(index.corpus, {f"{round_}.txt": letter(round_, "rests")})
            index.sync()
            assert all(waiting.map(ask, range(3)))
        assert states() <= before  # the one that a finder begins with has given way to the newest
