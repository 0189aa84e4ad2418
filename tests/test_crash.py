"""Killed anywhere and run again, a sync ends in the state of a clean build: real processes, real SIGKILL."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.stores import open_demo, saying, write

PROJECT = Path(__file__).resolve().parent.parent
# How many points: before commits and what is done to Chroma, and before single statements of a transaction.
POINTS = {"changes": (99, 2), "pipeline": (10, 2), "model": (4, 1)}


def before() -> dict[str, str]:
    return {f"letters/{n}.txt": saying(n) for n in range(6)} | {"long.txt": long_letter("storm")}


def change(corpus: Path) -> None:
    """What happens to the corpus between two syncs: files go, come, change, are renamed and broken."""
    write(
        corpus,
        {
            "letters/1.txt": saying(1, "tomorrow"),
            "letters/7.txt": saying(7),
            "letters/copy.txt": saying(7),
            "long.txt": long_letter("calm"),
            "broken.txt": "Nothing.",
            "broken.txt.meta.toml": "no toml at all",
        },
    )
    (corpus / "letters/2.txt").unlink()


def long_letter(word: str) -> str:
    return "\n\n".join(f"“On day {n} came a {word}”, said Captain Ahab. We wrote {n * n} lines." for n in range(60))


def points_of(steps: list[str], between: int, within: int) -> list[int]:
    """Where to kill, by a seed: before commits and what is done to Chroma, and before single statements."""
    numbered, seeded = list(enumerate(steps, 1)), random.Random(6)
    outer = [number for number, what in numbered if what != "sql"]
    inner = [number for number, what in numbered if what == "sql"]
    return sorted(seeded.sample(outer, min(between, len(outer))) + seeded.sample(inner, within))


def drive(scenario: str, template: Path, corpus: Path, work: Path, *points: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.crash_driver", scenario, str(template), str(corpus), str(work)]
    done = subprocess.run(
        [*command, *map(str, points)], cwd=PROJECT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("scenario", POINTS)
def test_killed_anywhere(scenario: str, tmp_path: Path) -> None:
    """Whatever the step at which the process is killed, the next run ends where a build from nothing ends."""
    corpus = write(tmp_path / "corpus", before())
    with open_demo(tmp_path / "template", corpus) as index:
        index.sync()
    change(corpus)
    (tmp_path / "nothing").mkdir()
    (clean,) = drive(scenario, tmp_path / "nothing", corpus, tmp_path / "clean")
    (whole,) = drive(scenario, tmp_path / "template", corpus, tmp_path / "whole")
    assert whole["found"] == clean["found"]
    points = points_of(whole["steps"], *POINTS[scenario])
    for killed in drive(scenario, tmp_path / "template", corpus, tmp_path / "work", *points):
        assert killed["signal"] == signal.SIGKILL, killed
        assert killed["found"] == clean["found"], f"killed before step {killed['at']}"


def test_killed_in_a_first_index(tmp_path: Path) -> None:
    """A first index that is killed goes on where it was, to the same end."""
    corpus = write(tmp_path / "corpus", before())
    (tmp_path / "nothing").mkdir()
    (whole,) = drive("changes", tmp_path / "nothing", corpus, tmp_path / "whole")
    points = points_of(whole["steps"], 5, 2)
    for killed in drive("changes", tmp_path / "nothing", corpus, tmp_path / "work", *points):
        assert (killed["signal"], killed["found"]) == (signal.SIGKILL, whole["found"])
