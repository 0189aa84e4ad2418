"""The data folder is its owner's alone: folders 0700, files 0600, also those that libraries made in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# What the program keeps in its folder. Whatever else lies there is somebody else's, and left as it is.
OURS = (
    "records.sqlite*", "index.sqlite*", "*.sqlite*", "writer.lock", "chroma", "drafts", "seats", "handover", "removed",
    "encoder-*",
)  # fmt: skip


def make(folder: Path) -> None:
    """Make a folder that nobody else may look into; one that is there is closed, unless it is everybody's (as /tmp is)."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(OSError):  # another user's, or a file system without modes
        if not folder.stat().st_mode & stat.S_ISVTX:
            folder.chmod(0o700)


def close(folder: Path) -> None:
    """Take from others whatever the program keeps in its data folder."""
    for pattern in OURS:
        for path in folder.glob(pattern):
            _close_one(path)
            for inside in _inside(path):
                _close_one(inside)


def _inside(path: Path) -> Iterator[Path]:
    if path.is_dir() and not path.is_symlink():
        yield from path.rglob("*")


def _close_one(path: Path) -> None:
    with suppress(OSError):  # gone meanwhile, or another user's
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            os.chmod(path, 0o700)  # noqa: PTH101  # of the thing itself and of no link's end
        elif stat.S_ISREG(mode):
            os.chmod(path, 0o600)  # noqa: PTH101
