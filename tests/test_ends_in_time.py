"""SIGTERM ends the process in time whatever hangs, and a damaged folder of vectors is made anew."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.slack import serve
from retrieval.integrity import verify
from tests.stores import open_demo, write

ROOT = Path(__file__).resolve().parents[1]
HANGS = {
    "while starting": "time.sleep(60)",
    "a thread that is waited for": "threading.Thread(target=time.sleep, args=(60,)).start()",
    "what is done at the exit": "atexit.register(time.sleep, 60)",
    "the interpreter's own end": "sys.modules['held'] = Held()",
    "a callback that never gives way": "weakref.finalize(stop, spin)",
}
PROGRAM = """
import atexit, sys, threading, time, weakref
from bot.slack import serve
serve.END_SECONDS = 1.0
class Held:
    def __del__(self):
        spin()
def spin():
    while True:
        pass
stop = threading.Event()
serve._stop_on_signals(stop)
print("ready", flush=True)
{hang}
stop.wait()
"""


@pytest.mark.parametrize("name", HANGS)
def test_the_process_ends_in_time_whatever_hangs(name: str) -> None:
    """Before it is ready, in a thread, at the exit, and while the interpreter closes, where no thread runs any more."""
    assert serve.END_SECONDS + 0.3 < 10
    code = PROGRAM.format(hang=HANGS[name])
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.2)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    finally:
        process.kill()
        process.stdout.close()
    assert time.monotonic() - began < 5


def garbage(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"garbage" * 1000)


def cut(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes((folder / "chroma.sqlite3").read_bytes()[:20_000])


def overwritten(folder: Path) -> None:
    data = bytearray((folder / "chroma.sqlite3").read_bytes())
    data[8192:60_000] = b"\xff" * (60_000 - 8192)
    (folder / "chroma.sqlite3").write_bytes(data)


def emptied(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"")


def a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"x")


def no_tables(folder: Path) -> None:
    with sqlite3.connect(folder / "chroma.sqlite3") as store:
        store.execute("DROP TABLE collections")
    store.close()


@pytest.mark.parametrize("damage", [garbage, cut, overwritten, emptied, a_file, no_tables])
def test_a_damaged_folder_of_vectors_is_told_and_made_anew(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """`verify` names it, `verify --repair` mends it from the catalog's copy, and nothing is wrong afterwards."""
    corpus = write(tmp_path / "corpus", {"a.md": "---\ntitle: The Log\n---\n“The whale is mine”, said Captain Ahab.\n"})
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
        before = verify(index)
    damage(tmp_path / "data" / "chroma")
    with open_demo(tmp_path / "data", corpus) as index:
        assert verify(index).faults != ()
    with open_demo(tmp_path / "data", corpus) as index:
        mended = verify(index, repair=True)
    assert (mended.faults, mended.vectors) == ((), before.vectors)
    assert mended.mended != ()
    assert before.faults == ()
