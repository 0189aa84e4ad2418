"""Reading many texts with every core: one reader a process, the order kept."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from retrieval.reading.reader import Reader

_FEW = 8  # texts; fewer are read sooner than a second process has loaded the parser
_reader: list[Reader] = []  # of this worker process


def segments_of(reader: Reader, texts: Iterable[str], *, workers: int | None = None) -> Iterator[list[dict[str, Any]]]:
    """`Reader.segments` of each text, in order; in several processes where there are cores and texts enough."""
    every = iter(texts)
    first = list(islice(every, _FEW))
    workers = min(workers or os.cpu_count() or 1, 8)
    if len(first) < _FEW or workers < 2 or not _may_fork():
        for text in chain(first, every):
            yield reader.segments(text)
        return
    context = multiprocessing.get_context("fork")
    with context.Pool(workers, initializer=_take, initargs=(reader,)) as pool:
        yield from pool.imap(_segments, chain(first, every), chunksize=2)


def _may_fork() -> bool:
    """Whether a copy of this process is safe to run: no other threads, and no numerics library that keeps some."""
    alone = threading.active_count() == 1 and "torch" not in sys.modules and "numpy" not in sys.modules
    return alone and "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"


def _take(reader: Reader) -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ.setdefault(
            name, "1"
        )  # the processes share the cores; read when the parser is loaded, later than this
    _reader[:] = [reader]


def _segments(text: str) -> list[dict[str, Any]]:
    return _reader[0].segments(text)
