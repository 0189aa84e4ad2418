"""Runs a sync in a process of its own that kills itself (SIGKILL) at the n-th thing it writes, then one that ends.

    python -m tests.crash_driver SCENARIO TEMPLATE CORPUS WORK [N …]

Without N it prints how many things the scenario writes. With them it prints a JSON line for each: whether the process
was killed, and the fingerprint of what catalog and vectors hold after another process has run the sync to its end.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from retrieval.vectors import Chroma, Vectors
from tests.embed_demo import EmbedDemo
from tests.stores import contents, open_demo

SCENARIOS: dict[str, dict[str, Any]] = {
    "changes": {},
    "pipeline": {"pipeline": lambda _: "2"},
    "model": {"embedder": EmbedDemo("other", 48)},
}
READS = ("SELECT", "PRAGMA", "BEGIN", "WITH")


class Countdown:
    """Notes what is about to be written, in Chroma and in SQLite, and ends the process before the n-th."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.steps: list[str] = []

    def step(self, what: str) -> None:
        self.steps.append(what)
        if len(self.steps) == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch_sqlite(self) -> None:
        """Each statement that writes is a step, and so is each commit."""

        @event.listens_for(Engine, "before_cursor_execute")
        def before(_c: object, _cursor: object, statement: str, *_more: object) -> None:
            if not statement.lstrip().upper().startswith(READS):
                self.step("commit" if statement == "COMMIT" else "sql")

        @event.listens_for(Engine, "commit")
        def commit(_c: object) -> None:
            self.step("commit")


class KilledChroma(Chroma):
    """A real Chroma that says what is about to be done to it."""

    countdown: Countdown

    def collection(self, name: str) -> Vectors:
        self.countdown.step("collection")
        made = super().collection(name)
        made.__class__ = KilledVectors
        made.countdown = self.countdown  # type: ignore[attr-defined]
        return made

    def drop(self, name: str) -> None:
        self.countdown.step("drop")
        super().drop(name)


class KilledVectors(Vectors):
    """A real collection that says what is about to be done to it."""

    countdown: Countdown

    def add(self, *args: Any) -> None:
        self.countdown.step("add")
        super().add(*args)

    def delete(self, *args: Any) -> None:
        self.countdown.step("delete")
        super().delete(*args)


def run(scenario: str, data: Path, corpus: Path, at: int) -> list[str]:
    """One sync that ends itself at step `at`; returns the steps there were when it did not."""
    countdown = Countdown(at)
    with open_demo(data, corpus, **SCENARIOS[scenario]) as index:
        index.own("index")
        assert index.vectors.chroma is not None
        index.vectors.chroma.__class__ = KilledChroma
        index.vectors.chroma.countdown = countdown  # type: ignore[attr-defined]
        countdown.watch_sqlite()
        index.sync()
    return countdown.steps


def fingerprint(scenario: str, data: Path, corpus: Path) -> str:
    """Run the sync to its end, and say what is there."""
    with open_demo(data, corpus, **SCENARIOS[scenario]) as index:
        index.sync()
        index.sync()
        assert index.vectors.chroma is not None
        assert len(index.vectors.chroma.names()) == 1
        assert [p.name for p in data.glob("index*.sqlite")] == ["index.sqlite"]
        return hashlib.sha256(json.dumps(contents(index), default=repr, sort_keys=True).encode()).hexdigest()


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """Do `work` in a forked process; gives the signal that ended it (0: none) and what it returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            with os.fdopen(writing, "w") as out:
                out.write(json.dumps(work()))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    return (os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0), (json.loads(said) if said else None)


def main() -> None:
    scenario, template, corpus, work, *points = sys.argv[1:]
    import chromadb  # noqa: F401  once, before the processes are forked

    for number in [int(p) for p in points] or [0]:
        data = Path(work) / f"data-{number}"
        shutil.copytree(template, data)
        ended_by, steps = in_child(lambda data=data, number=number: run(scenario, data, Path(corpus), number))
        _, found = in_child(lambda data=data: fingerprint(scenario, data, Path(corpus)))
        print(json.dumps({"at": number, "signal": ended_by, "steps": steps, "found": found}), flush=True)
        shutil.rmtree(data)


if __name__ == "__main__":
    main()
