"""How an index of 5,000 generated documents is made and kept: times and peak memory. Prints a table.

    python -m tests.bench.index_scale [DOCUMENTS] [--real N]

The stores are measured with a tiny embedder and reader; with `--real N` the first N documents are also indexed with the
real reader and model, and the time for all of them is worked out from that.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.stores import open_demo, write

NAMES = ("Elizabeth Bennet", "Captain Ahab", "Sherlock Holmes", "Jane Eyre", "Count Dracula", "Mr Darcy", "Mina Harker")
VERBS = ("said", "told the company", "added", "wrote in a letter")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=5000)
    parser.add_argument("--real", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.documents)
        if given.real:
            real(Path(folder), given.real, given.documents)


def measure(folder: Path, count: int) -> None:
    corpus = write(folder / "corpus", dict(document(n) for n in range(count)))
    size = sum(path.stat().st_size for path in corpus.rglob("*.txt"))
    print(f"{count:,} documents, {size / 1e6:.1f} MB of text")
    small = write(folder / "small", dict(document(n) for n in range(count // 5)))
    print(f"  peak memory for a fifth of them      {in_process(first, folder / 'small-data', small)['peak']:8.0f} MB")
    told = in_process(first, folder / "data", corpus)
    print(f"  first index                          {told['seconds']:8.1f} s   {told['windows']:,} windows")
    print(f"  peak memory                          {told['peak']:8.0f} MB")
    print(f"  of it vectors in Chroma's memory     {told['windows'] * 64 * 4 / 1e6:8.1f} MB")
    cold = in_process(first, folder / "data", corpus)
    print(f"  nothing to do, cold (imports too)    {cold['whole']:8.2f} s")
    warm = in_process(running, folder / "data", corpus)
    for name, seconds in warm.items():
        print(f"  {name:<36} {seconds:8.2f} s")


def first(data: Path, corpus: Path) -> dict[str, float]:
    """One sync in a process of its own."""
    with open_demo(data, corpus) as index:
        began = time.monotonic()
        index.sync()
        return {"seconds": time.monotonic() - began, "windows": index.catalog.size()}


def running(data: Path, corpus: Path) -> dict[str, float]:
    """Syncs in a process that runs already."""
    with open_demo(data, corpus) as index:
        index.sync()
        one = sorted(corpus.rglob("*.txt"))[17]
        return {
            "nothing to do, running": timed(index.sync),
            "one file changed, running": timed(lambda: (one.write_text(document(10**6)[1]), index.sync())),
            "one file removed, running": timed(lambda: (one.unlink(), index.sync())),
            "one file added, running": timed(lambda: (one.write_text(document(10**6 + 1)[1]), index.sync())),
            "a folder of 100 files renamed": timed(
                lambda: ((corpus / "3").rename(corpus / "renamed"), index.sync()),
            ),
        }


def real(folder: Path, some: int, count: int) -> None:
    """A first index with the real reader and embedding model."""
    from bot.settings import Settings
    from bot.wiring import make_index

    corpus = write(folder / "real", dict(document(n) for n in range(some)))
    with make_index(Settings(_env_file=None, corpus_dir=corpus, data_dir=folder / "real-data")) as index:
        began = time.monotonic()
        index.sync()
        seconds, windows = time.monotonic() - began, index.catalog.size()
    print(f"  real models, {some} documents           {seconds:8.1f} s   {windows / seconds:.0f} windows a second")
    print(f"  so for {count:,} documents about         {seconds / some * count / 60:8.0f} min")


def in_process(work: Callable[[Path, Path], dict[str, float]], data: Path, corpus: Path) -> dict[str, float]:
    """Do the work in a fresh process, and add its peak memory (MB) and its whole time, imports and all."""
    began = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found: dict[str, Any] = json.loads(pool.apply(_told, (work, data, corpus)))
    return found | ({"whole": time.monotonic() - began} if work is first else {})


def _told(work: Callable[[Path, Path], dict[str, float]], data: Path, corpus: Path) -> str:
    found = work(data, corpus)
    if work is first:
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return json.dumps(found)


def timed(call: Callable[[], object]) -> float:
    began = time.monotonic()
    call()
    return time.monotonic() - began


def document(number: int) -> tuple[str, str]:
    """A made document of about three hundred words of its own, in folders of a hundred."""
    seeded = random.Random(number)
    words = ["".join(seeded.choice("bcdfglmnprst") + seeded.choice("aeiou") for _ in range(3)) for _ in range(120)]
    lines = [f"Report {number} from {words[0].capitalize()}"]
    for _ in range(8):
        name, verb = seeded.choice(NAMES), seeded.choice(VERBS)
        spoken, told = seeded.sample(words, 16), seeded.sample(words, 22)
        lines.append(f"“{' '.join(spoken).capitalize()}”, {verb} {name}. {' '.join(told).capitalize()}.")
    return f"{number // 100}/{number}.txt", "\n\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
