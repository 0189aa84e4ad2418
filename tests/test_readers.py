"""Readers never wait and never see half: questions are answered all through a sync, from the old or the new corpus."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.embed_demo import EmbedDemo
from tests.reading_process import ask_until, finder_of, letter
from tests.stores import contents, open_demo, write

PROJECT = Path(__file__).resolve().parent.parent


def letters(state: str, count: int) -> dict[str, str]:
    return {f"{number}.txt": letter(number, state) for number in range(count)}


@contextmanager
def reading_process(data: Path, corpus: Path, count: int, *url: str) -> Iterator[list[dict[str, Any]]]:
    """Another process that asks all the while; what it got is in the list afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reading_process", str(data), str(corpus), str(count), *url],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    got: list[dict[str, Any]] = []
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield got
        said, _ = process.communicate("stop\n", timeout=60)
        got.append(json.loads(said))
    finally:
        process.kill()
        process.wait()


def assert_right(got: dict[str, Any]) -> None:
    assert (got["wrong"], got["told"]) == ([], [])
    assert got["asked"] > 20
    assert got["seen"] == ["rests", "runs"]


def test_threads_and_processes_ask_during_a_sync(tmp_path: Path) -> None:
    """While 500 documents are replaced, threads of this process and another process get old or new words, never neither."""
    corpus = write(tmp_path / "corpus", letters("runs", 500))
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
        finder, stop = finder_of(index), threading.Event()
        with reading_process(tmp_path / "data", corpus, 500) as outside, ThreadPoolExecutor(2) as pool:
            inside = [pool.submit(ask_until, finder, stop, step, 500) for step in (0, 11)]
            time.sleep(0.5)
            write(corpus, letters("rests", 500))
            report = index.sync()
            time.sleep(0.5)
            stop.set()
            found = [future.result() for future in inside]
        assert len(report.replaced) == 500
        for got in [*found, *outside]:
            assert_right(got)
        assert index.vectors.chroma is not None


def test_asked_during_a_rebuild(tmp_path: Path) -> None:
    """While the index is built for another model, questions are answered from the old one, then from the new one."""
    corpus = write(tmp_path / "corpus", letters("runs", 150))
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
    with open_demo(tmp_path / "data", corpus, embedder=EmbedDemo("other", 96)) as index:
        index.embedder._make = EmbedDemo  # the old model, by the name that the index remembers
        index.own("index")
        finder, stop = finder_of(index), threading.Event()
        with ThreadPoolExecutor(2) as pool:
            inside = [pool.submit(ask_until, finder, stop, step, 150) for step in (0, 11)]
            index.sync()
            time.sleep(0.3)
            stop.set()
            for future in inside:
                got = future.result()
                assert (got["wrong"], got["told"], got["seen"]) == ([], [], ["runs"])
        assert index.embedder.name == "other"


@pytest.fixture(scope="module")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder), "--host", "127.0.0.1"]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def test_processes_ask_through_a_server(tmp_path: Path, chroma_server: str) -> None:
    """With CHROMA_URL other processes search the server's vectors during a sync, and every answer is right."""
    corpus = write(tmp_path / "corpus", letters("runs", 150))
    with open_demo(tmp_path / "data", corpus, chroma_url=chroma_server) as index:
        index.sync()
        assert not index.lock.held
        with reading_process(tmp_path / "data", corpus, 150, chroma_server) as outside:
            write(corpus, letters("rests", 150))
            index.sync()
            time.sleep(0.5)
        (got,) = outside
        assert_right(got)
        with open_demo(tmp_path / "clean", corpus) as clean:
            clean.sync()
            assert contents(index) == contents(clean)
