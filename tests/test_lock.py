"""One writer for a data folder: real processes, a real lock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retrieval.errors import IndexBusy, IndexFault
from retrieval.storing.lock import FolderLock

HOLD = """
import sys, time
from pathlib import Path
from retrieval.storing.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
lock.acquire(sys.argv[2])
print("held", flush=True)
time.sleep(60)
"""


def holder(folder: Path, doing: str) -> subprocess.Popen[str]:
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder), doing], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def ended(process: subprocess.Popen[str]) -> None:
    process.wait(10)
    assert process.stdout is not None
    process.stdout.close()


def test_the_holder_is_named(tmp_path: Path) -> None:
    """Whoever comes second is told who holds the lock, where, and since when."""
    other = holder(tmp_path, "index")
    with pytest.raises(IndexBusy) as busy:
        FolderLock(tmp_path).acquire("index")
    assert f"process {other.pid} on {os.uname().nodename}" in str(busy.value)
    assert f"since {time.strftime('%Y-')}" in str(busy.value)
    found = FolderLock(tmp_path).owner()
    assert found is not None
    assert (found.pid, found.doing) == (other.pid, "index")
    other.kill()
    ended(other)


def test_a_dead_holder_holds_nothing(tmp_path: Path) -> None:
    """The lock of a process that was killed is taken over at once."""
    other = holder(tmp_path, "serve")
    other.send_signal(signal.SIGKILL)
    ended(other)
    assert FolderLock(tmp_path).owner() is None
    mine = FolderLock(tmp_path)
    mine.acquire("index")
    assert mine.held
    mine.release()
    assert FolderLock(tmp_path).owner() is None


def test_waiting_for_it(tmp_path: Path) -> None:
    """Who is willing to wait gets the lock as soon as it is free."""
    other = holder(tmp_path, "index")
    os.kill(other.pid, signal.SIGTERM)
    mine = FolderLock(tmp_path)
    mine.acquire("index", wait=10)
    assert mine.held
    mine.release()
    ended(other)


def test_taken_once(tmp_path: Path) -> None:
    """Taking it again, and releasing it twice, does nothing; two parts of one process do not share it."""
    mine = FolderLock(tmp_path)
    mine.acquire("serve")
    mine.acquire("serve")
    with pytest.raises(IndexBusy, match="follows the corpus by itself"):
        FolderLock(tmp_path).acquire("index")
    mine.release()
    mine.release()
    FolderLock(tmp_path).acquire("index")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where there can be no lock file, the sentence says what to do."""
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(IndexFault, match="--data"):
        FolderLock(tmp_path / "file" / "data").acquire("index")


def test_a_lock_whose_file_went_is_taken_again(tmp_path: Path) -> None:
    """When the folder is deleted under its writer, nobody else becomes one beside it."""
    mine = FolderLock(tmp_path / "data")
    mine.acquire("serve")
    mine.path.unlink()
    mine.acquire("serve")
    with pytest.raises(IndexBusy, match="`serve`"):
        FolderLock(tmp_path / "data").acquire("index")
    mine.path.unlink()
    other = FolderLock(tmp_path / "data")
    other.acquire("index")
    with pytest.raises(IndexBusy, match="`index`"):
        mine.acquire("serve")
    other.release()
