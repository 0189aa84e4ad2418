"""The bot, asked through Slack while its files change, for as long as is said: nothing may be refused, and nothing may grow.

    python -m tests.bench.soak [SECONDS [still]]

Members ask in channels, by command and by direct message, over the sockets of a Slack on loopback; files are edited,
added, renamed and removed all the while, and followed. Every letter is there at any time, in its old or new words, so
every refusal is a wrong one. Memory and open files of the bot's process are told as they grow by the minute, after a warm-up;
with `still` no file changes, which tells what asking alone takes.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any

import numpy as np

from tests import slack_server
from tests.bench.index_scale import document
from tests.block_kit import literal_text
from tests.reading_process import NAMES, horse, letter
from tests.scenarios.child import launch
from tests.slack_server import SlackServer
from tests.stores import write
from tests.test_readers import letters

LETTERS, OTHERS, ASKERS = 200, 30, 3
WARM_UP = 0.3  # of the time; what grows then are caches that have a bound
SAMPLE_SECONDS = 2.0
KEPT = 400  # messages and calls that the Slack on loopback remembers
MOST_MB, MOST_FILES = 1.0, 1.0  # a minute, and still flat


@dataclass
class Watched:
    """What was asked and answered, and what the process took."""

    asked: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    samples: list[tuple[float, float, float]] = field(default_factory=list)  # seconds, megabytes, open files


def main() -> None:
    """Run for the time that is said, ten minutes where none is."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), seconds, still="still" in sys.argv[2:])
    raise SystemExit(0 if told(found) else 1)


def run(folder: Path, seconds: float, *, still: bool = False) -> Watched:
    """Start the bot, ask, change, measure; stop it."""
    slack, corpus, found = SlackServer(), write(folder / "corpus", letters("runs", LETTERS)), Watched()
    tokens = {"slack_bot_token": slack_server.BOT_TOKEN, "slack_app_token": slack_server.APP_TOKEN}
    places = {"data_dir": folder / "data", "corpus_dir": corpus, "slack_api_url": slack.url}
    process = launch(follows=True, **tokens, **places)
    try:
        slack.wait(lambda: slack.connections, "the bot is connected", 120)
        slack.answer_to(slack.mention(question(0)), 300)
        stop = threading.Event()
        threads = [threading.Thread(target=ask_until, args=(slack, stop, n, found)) for n in range(ASKERS)]
        threads.append(threading.Thread(target=measure, args=(process, stop, found)))
        for thread in threads:
            thread.start()
        if still:
            time.sleep(seconds)
        else:
            stir(corpus, folder / "new", seconds)
        stop.set()
        for thread in threads:
            thread.join(60)
    finally:
        process.terminate()
        process.wait(20)
        slack.close()
    return found


def question(number: int) -> str:
    return f"What did {NAMES[number % 5]} say about the horse called {horse(number)}?"


def ask_until(slack: SlackServer, stop: threading.Event, asker: int, found: Watched) -> None:
    """Ask about one horse after the other, in a channel, by direct message and by command."""
    number = 11 * asker
    while not stop.is_set():
        number = (number + 37) % LETTERS
        way = ("mention", "direct", "command")[(number + asker) % 3]
        try:
            message = _answer(slack, way, number, f"U{asker}")
        except AssertionError:
            found.unanswered.append(f"{way}: {question(number)}")
            continue
        found.asked[way] += 1
        _judge(literal_text(message["blocks"]), number, found)
        _forget(slack)


def _answer(slack: SlackServer, way: str, number: int, user: str) -> dict[str, Any]:
    if way == "command":
        return slack.response_to(slack.command(question(number), user=user), 30)
    event = (
        slack.mention(question(number), user=user) if way == "mention" else slack.direct(question(number), user=user)
    )
    return slack.answer_to(event, 30)


def _judge(text: str, number: int, found: Watched) -> None:
    states = [state for state in ("runs", "rests") if f"The horse called {horse(number)} {state} at noon" in text]
    found.seen.update(states)
    if not states:
        found.refused.append(text[:200])
    elif len(states) > 1 or NAMES[number % 5].split()[-1] not in text:
        found.wrong.append(text[:200])


def _forget(slack: SlackServer) -> None:
    """A Slack that remembers everything would take the time that the bot should have."""
    with slack.changed:
        for kept in (slack.messages, slack.calls, slack.responses):
            del kept[:-KEPT]
        for known in (slack.acks, slack.sent):
            for old in list(known)[:-KEPT]:
                del known[old]


def measure(process: Popen[bytes], stop: threading.Event, found: Watched) -> None:
    """Look at the process every other second."""
    began = time.monotonic()
    here = Path(f"/proc/{process.pid}")
    while not stop.wait(SAMPLE_SECONDS):
        with contextlib.suppress(OSError):
            pages = int((here / "statm").read_text().split()[1])
            megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
            found.samples.append((time.monotonic() - began, megabytes, len(list((here / "fd").iterdir()))))


def stir(corpus: Path, beside: Path, seconds: float) -> None:
    """Change files at random until the time is up; there are never more than a few beside the letters."""
    seeded, until, number = random.Random(5), time.monotonic() + seconds, 0
    beside.mkdir()
    while time.monotonic() < until:
        for _ in range(seeded.randrange(1, 12)):
            changed = seeded.randrange(LETTERS)
            _put(corpus / f"{changed}.txt", letter(changed, seeded.choice(["runs", "rests"])), beside)
        number += 1
        path, text = document(number)
        _put(corpus / path, text, beside)
        others = sorted(corpus.glob("*/*.txt"))
        if number % 5 == 0:
            moved = seeded.choice(others)
            moved.rename(moved.with_name(f"moved-{number}.txt"))
            others.remove(moved)
        for old in seeded.sample(others, max(0, len(others) - OTHERS)):
            old.unlink()
        time.sleep(seeded.uniform(0.1, 1.5))


def _put(file: Path, text: str, beside: Path) -> None:
    """A file that is there in its old state or its new one, as editors save it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = beside / file.name
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def told(found: Watched) -> bool:
    """Print what came of it; whether all was as it has to be."""
    ways = ", ".join(f"{n:,} by {way}" for way, n in sorted(found.asked.items()))
    print(f"asked {found.asked.total():,} ({ways}); states seen: {sorted(found.seen)}")
    for name in ("refused", "wrong", "unanswered"):
        print(f"{name}: {len(getattr(found, name))} {getattr(found, name)[:3]}")
    if not found.samples:
        print("nothing was measured: it was too short")
        return False
    late = np.array([s for s in found.samples if s[0] >= WARM_UP * found.samples[-1][0]])
    memory, files = _a_minute(late, 1), _a_minute(late, 2)
    parts = ", ".join(f"{_a_minute(part, 1):+.2f}" for part in np.array_split(late, 3) if len(part) > 1)
    print(
        f"memory {late[0, 1]:.0f} MB after the warm-up, {late[-1, 1]:.0f} MB at the end, {memory:+.2f} MB a minute ({parts} by third);"
        f" open files {late[0, 2]:.0f} and {late[-1, 2]:.0f}, {files:+.2f} a minute"
    )
    flat = memory < MOST_MB and files < MOST_FILES
    return flat and bool(found.asked) and not (found.refused or found.wrong or found.unanswered)


def _a_minute(samples: Any, column: int) -> float:
    """How much a column grows by the minute."""
    return 60 * float(np.polyfit(samples[:, 0], samples[:, column], 1)[0])


if __name__ == "__main__":
    main()
