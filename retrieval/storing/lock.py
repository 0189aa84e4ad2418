"""One writer for a data folder: a lock that the operating system takes back when its holder dies."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from retrieval.errors import IndexBusy, IndexFault
from retrieval.storing import private
from retrieval.storing.identity import identity

# What follows the corpus, and takes requests for a sync from other processes.
FOLLOWERS = ("serve", "index --watch")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a folder's lock."""

    pid: int
    host: str
    since: str  # ISO 8601, UTC
    doing: str  # "serve", "index"

    def __str__(self) -> str:
        return f"`{self.doing}`, process {self.pid} on {self.host}, since {self.since.replace('T', ' ')[:19]} UTC"


class FolderLock:
    """The writer's lock of a data folder, held until `release` or the end of the process.

    The lock is the system's (flock), so a dead holder holds nothing; what is written in the file only says who it was.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "writer.lock"
        self._file: int | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def acquire(self, doing: str, *, wait: float = 0.0) -> None:
        """Take the lock, waiting up to `wait` seconds for it; raises IndexBusy that names the holder."""
        if self._file is not None:
            if self._is_there(self._file):
                return
            self.release()  # the folder was deleted or moved away: what is locked is no longer what others look at
        file = self._open()
        until = time.monotonic() + wait
        while not _taken(file):
            if time.monotonic() >= until:
                os.close(file)
                raise IndexBusy(_busy(self.path.parent, self.holder()))
            time.sleep(0.05)
        mine = Holder(os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(timespec="seconds"), doing)
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps(asdict(mine)).encode(), 0)
        self._file = file

    def release(self) -> None:
        """Let another process write; releasing what is not held does nothing."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def holder(self) -> Holder | None:
        """Who wrote into the lock last and has not released it; None when nobody did."""
        try:
            return Holder(**json.loads(self.path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def owner(self) -> Holder | None:
        """The process that holds the lock at this moment (None: nobody does)."""
        if not self.path.is_file():
            return None
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            return None if _taken(file) else self.holder() or Holder(0, "an unknown host", "", "another command")
        finally:
            os.close(file)

    def _is_there(self, file: int) -> bool:
        mine = os.fstat(file)
        return identity(self.path) == (mine.st_dev, mine.st_ino)

    def _open(self) -> int:
        try:
            private.make(self.path.parent)
            return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise IndexFault(
                f"{self.path.parent} cannot be written ({error.strerror}); make it writable for this user, or choose "
                "another folder with --data. What was indexed before is still there."
            ) from error


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time, for what takes a moment in a folder."""
    held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _busy(folder: Path, holder: Holder | None) -> str:
    who = str(holder) if holder else "another process"
    if holder and holder.doing in FOLLOWERS:
        return (
            f"{folder} belongs to {who}, which follows the corpus by itself: a changed file is indexed within seconds. "
            "To index from here, stop it first."
        )
    return f"{folder} is being written by {who}; try again when it has finished."
