"""Another process that asks until it is told to stop (by a line on stdin), and prints what it got as JSON.

python -m tests.reading_process DATA CORPUS COUNT [CHROMA_URL]
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from retrieval.asking.answer import QuoteFinder
from retrieval.errors import NatoQuotesError
from retrieval.ingest import Index
from retrieval.model import EVERYBODY
from retrieval.people import load_people
from tests.stores import open_demo

NAMES = ("Elizabeth Bennet", "Captain Ahab", "Sherlock Holmes", "Jane Eyre", "Count Dracula")


def letter(number: int, state: str) -> str:
    """A document with one statement, whose words say which state of the corpus it belongs to."""
    return (
        f"Letter {number}\n\n“The horse called {horse(number)} {state} at noon”, said {NAMES[number % 5]}. "
        f"It is day {number} in the village of {horse(number + 7)}shire.\n"
    )


def horse(number: int) -> str:
    """A name of its own for each number."""
    return "".join("bdfgklmnprst"[int(d)] + "aeiou"[int(d) % 5] for d in f"{number % 1000:03}").capitalize() + "x"


def ask_until(finder: QuoteFinder, stop: threading.Event, step: int, count: int) -> dict[str, Any]:
    """Ask about one horse after the other; every answer has to be the old or the new words of the right letter."""
    asked, wrong, number = 0, [], step
    seen: set[str] = set()
    told: set[str] = set()
    while not stop.is_set():
        number = (number + 37) % count
        try:
            answer = finder.ask(
                f"What did {NAMES[number % 5]} say about the horse called {horse(number)}?", EVERYBODY, limit=1
            )
        except NatoQuotesError as error:
            told.add(str(error))
            continue
        asked += 1
        text = answer.quotes[0].text if answer.quotes else f"{answer.reason}: {answer.message}"
        state = text.removeprefix(f"The horse called {horse(number)} ").removesuffix(" at noon")
        if state in ("runs", "rests"):
            seen.add(state)
        else:
            wrong.append([number, text])
        time.sleep(0.01)
    return {"asked": asked, "wrong": wrong[:5], "seen": sorted(seen), "told": sorted(told)}


def finder_of(index: Index) -> QuoteFinder:
    return QuoteFinder(index.catalog, index.vectors, index.embedder, load_people())


def main() -> None:
    data, corpus, count, *url = sys.argv[1:]
    with open_demo(Path(data), Path(corpus), chroma_url=url[0] if url else None) as index:
        finder, stop = finder_of(index), threading.Event()
        finder.ask("warm", EVERYBODY)
        print("ready", flush=True)
        threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
        print(json.dumps(ask_until(finder, stop, 5, int(count))), flush=True)


if __name__ == "__main__":
    main()
