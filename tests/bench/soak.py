"""Sync and asking at once, for as long as is said: nothing may fail, and every answer must be right.

    python -m tests.bench.soak [SECONDS]

Three threads and another process ask; files are edited, added, renamed and removed all the while, and followed.
"""

from __future__ import annotations

import contextlib
import random
import resource
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from retrieval.errors import NatoQuotesError
from retrieval.model import Report
from retrieval.watch import Follower, follow_in_thread
from tests.bench.index_scale import document
from tests.reading_process import ask_until, finder_of, letter
from tests.stores import open_demo, write
from tests.test_readers import letters, reading_process

LETTERS = 200


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), seconds)


def run(folder: Path, seconds: float) -> None:
    corpus = write(folder / "corpus", letters("runs", LETTERS))
    reports: list[Report] = []
    errors: list[NatoQuotesError] = []
    with open_demo(folder / "data", corpus) as index:
        index.sync()
        finder, stop = finder_of(index), threading.Event()
        end = follow_in_thread(Follower(index, reports.append, errors.append))
        with reading_process(folder / "data", corpus, LETTERS) as outside, ThreadPoolExecutor(3) as pool:
            asking = [pool.submit(ask_until, finder, stop, step, LETTERS) for step in (0, 5, 11)]
            stir(corpus, seconds)
            stop.set()
            found = [future.result() for future in asking]
        end()
        index.sync()
    for got in [*found, *outside]:
        print(f"asked {got['asked']:,}, wrong {got['wrong']}, seen {got['seen']}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(reports)} syncs changed something, {len(errors)} errors {[str(e) for e in errors[:3]]}, peak {peak:.0f} MB"
    )
    raise SystemExit(1 if errors or any(got["wrong"] or got["told"] for got in [*found, *outside]) else 0)


def stir(corpus: Path, seconds: float) -> None:
    """Change files at random until the time is up."""
    seeded, until, number = random.Random(5), time.monotonic() + seconds, 0
    while time.monotonic() < until:
        for _ in range(seeded.randrange(1, 12)):
            letter_number = seeded.randrange(LETTERS)
            write(corpus, {f"{letter_number}.txt": letter(letter_number, seeded.choice(["runs", "rests"]))})
        number += 1
        write(corpus, dict([document(number)]))
        others = sorted(corpus.glob("*/*.txt"))
        with contextlib.suppress(IndexError, FileNotFoundError):
            if number % 3 == 0:
                seeded.choice(others).unlink()
            if number % 5 == 0:
                moved = seeded.choice(others)
                moved.rename(moved.with_name(f"moved-{number}.txt"))
        time.sleep(seeded.uniform(0.1, 1.5))


if __name__ == "__main__":
    main()
