"""Progress of an index run on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.syncing.reconcile import Progress

LINE_SECONDS = 5.0  # between two lines where there is no terminal

Show = Callable[["Progress"], None]


@contextmanager
def showing() -> Iterator[Show]:
    """What to call with each step of a sync. Work that is done within a second shows nothing."""
    if sys.stderr.isatty():
        yield from _bar()
    else:
        yield _lines()


def _lines() -> Show:
    began = last = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= LINE_SECONDS or (progress.done == progress.total and now - began > 1):
            last = now
            print(line(progress), file=sys.stderr, flush=True)  # noqa: T201  stderr is where progress goes

    return show


def line(progress: Progress) -> str:
    """How far it is, how fast, and how long it will take, in one line."""
    left = "" if progress.left is None or progress.done == progress.total else f", about {spell(progress.left)} left"
    return f"indexing: {progress.done} of {progress.total} files, {progress.rate:.1f} a second{left}"


def spell(seconds: float) -> str:
    """A length of time as people say it: 40 s, 3 min, 1 h 20 min."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _bar() -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[path]}"),
    )
    with Bar(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("indexing", total=None, rate="", path="")

        def show(progress: Progress) -> None:
            path = progress.path if len(progress.path) <= 40 else "…" + progress.path[-39:]
            bar.update(task, completed=progress.done, total=progress.total, rate=f"{progress.rate:.1f}/s", path=path)

        yield show
