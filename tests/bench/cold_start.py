"""What a command costs from its start to its end: python -m tests.bench.cold_start [OTHER_CHECKOUT …] [-n REPEATS] (default 7).

Each command runs in a process of its own over an index of the shipped corpus that the checkout has made before, with the
checkouts in turn, so that a busy machine is as busy for one as for the other. Printed: medians of wall time and of
processor seconds, and the least processor seconds.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.settings import PROJECT

COMMANDS = {
    "status": ["status"],
    "timeline": ["timeline", "Rutte"],
    "check": ["check", "Rutte: “Allies have been working on building the bridge”"],
    "ask": ["ask", "what did Rutte say about the bridge?"],
}
# Before the shell had a folder of its own the command line stood in bot/.
PROGRAM = (
    "import sys; sys.argv[0] = 'nato-quote'\ntry: from bot.shell.cli import main\nexcept ModuleNotFoundError: from bot.cli import main\n"
    "main()"
)


def run(checkout: Path, data: Path, arguments: Sequence[str]) -> tuple[float, float]:
    """Wall and processor seconds of one run."""
    folders = {"PYTHONPATH": str(checkout), "CORPUS_DIR": str(PROJECT / "corpus"), "DATA_DIR": str(data)}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=os.environ | folders,
        capture_output=True,
        cwd=data,
        check=False,
    )
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode not in (0, 3):
        raise SystemExit(ran.stderr.decode())
    return wall, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def main() -> None:
    """Make each checkout's index, then measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("others", nargs="*", type=Path)
    parser.add_argument("-n", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        places = {checkout: Path(folder, str(n)) for n, checkout in enumerate([PROJECT, *given.others])}
        for checkout, data in places.items():
            data.mkdir()
            wall, processor = run(checkout, data, ["index"])
            print(f"{checkout}  index made: {wall:.1f} s, processor {processor:.1f} s")
        for name, arguments in COMMANDS.items():
            took: dict[Path, list[tuple[float, float]]] = {checkout: [] for checkout in places}
            for _ in range(given.n + 1):
                for checkout, data in places.items():
                    took[checkout].append(run(checkout, data, arguments))
            for checkout, runs in took.items():
                walls, processors = zip(*runs[1:], strict=True)  # the first finds the disk cold
                print(
                    f"{name:<9} wall {statistics.median(walls):5.2f} s   processor {statistics.median(processors):5.2f} s,"
                    f" least {min(processors):5.2f} s   {checkout}"
                )


if __name__ == "__main__":
    main()
