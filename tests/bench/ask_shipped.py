"""How long a question takes on the shipped corpus, with the model loaded: python -m tests.bench.ask_shipped."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path

from bot.settings import PROJECT, load_settings
from bot.wiring import open_finder
from retrieval.model import EVERYBODY

QUESTIONS = PROJECT / "tests" / "eval" / "questions.jsonl"


def main() -> None:
    """Index the shipped corpus into a folder of its own, ask every question of the repository, print the times."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with open_finder(load_settings(PROJECT / "corpus", Path(folder))) as finder:
            finder.ask(questions[0], EVERYBODY)
            print(f"from nothing to the first answer: {time.perf_counter() - began:.1f} s")
            took = sorted(finder.ask(question, EVERYBODY).took_ms for question in questions)
    print(f"{len(took)} questions: p50 {statistics.median(took):.1f} ms, p95 {took[int(len(took) * 0.95)]:.1f} ms")


if __name__ == "__main__":
    main()
